#!/bin/sh
# Starts the runtime under a process id that is noted: a start that is killed must leave none behind on its port.
echo $$ >> "$HOOKSWITCH_RUNTIMES"
exec "$HOOKSWITCH_RUNTIME" "$@"
