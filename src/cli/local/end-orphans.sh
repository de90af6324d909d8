#!/bin/sh
# Waits until the process that started it is gone, however that ended, and ends the runtimes that it has left behind.
# Nobody writes to the standard input: it ends when nobody can any more.
cat > /dev/null
[ -f "$1" ] || exit 0
while read -r pid; do
  name=$(cat "/proc/$pid/comm" 2> /dev/null || ps -o comm= -p "$pid" 2> /dev/null)
  case "$name" in *workerd*) kill -9 "$pid" 2> /dev/null ;; esac
done < "$1"
