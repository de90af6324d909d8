#!/bin/sh
# Waits until the process that started it is gone, however that ended, and ends the runtimes that it has left behind.
# Nobody writes to the standard input: it ends when nobody can any more.
cat > /dev/null
[ -f "$1" ] || exit 0
while read -r pid; do
  name=$(cat "/proc/$pid/comm" 2> /dev/null || ps -o comm= -p "$pid" 2> /dev/null)
  case "$name" in *workerd*) ;; *) continue ;; esac
  kill -9 "$pid" 2> /dev/null
  # Its port is free only when it is gone, or a mere entry that nobody has taken notice of.
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    kill -0 "$pid" 2> /dev/null || break
    case "$(cat "/proc/$pid/stat" 2> /dev/null)" in *") Z "*) break ;; esac
    sleep 0.1
  done
done < "$1"
