#!/usr/bin/env bash
# Takes the README's pictures of the real program in a real terminal window.
# Needs: xvfb xterm xdotool x11-utils imagemagick fonts-noto-cjk fonts-dejavu-core, and a release build.
set -euo pipefail
cd "$(dirname "$0")/.."
for tool in Xvfb xterm xdotool xdpyinfo import convert; do
  command -v "$tool" >/dev/null || { echo "missing: $tool" >&2; exit 1; }
done
shilu=${1:-target/release/shilu}
display=:77
Xvfb "$display" -screen 0 1400x900x24 -nolisten tcp >/dev/null 2>&1 &
server=$!
trap 'kill $server 2>/dev/null || true' EXIT
export DISPLAY=$display LC_ALL=C.UTF-8
until xdpyinfo >/dev/null 2>&1; do :; done

# shoot NAME COLUMNSxROWS "OPTIONS" KEYS... (a key `wait:SECONDS` waits)
shoot() {
  local name=$1 size=$2 options=$3
  shift 3
  # shellcheck disable=SC2086
  xterm -u8 -tn xterm-256color -geometry "$size+0+0" -bw 0 -b 10 +sb \
    -fa 'DejaVu Sans Mono' -fd 'Noto Sans Mono CJK SC' -fs 12 -xrm 'XTerm*allowSendEvents: true' \
    -bg '#14181d' -fg '#d8dee9' -e env COLORTERM=truecolor "$shilu" --lang zh --theme dark $options &
  local terminal=$!
  local window=
  until window=$(xdotool search --onlyvisible --class xterm | head -n 1) && [ -n "$window" ]; do :; done
  sleep 1.5
  for key in "$@"; do
    case $key in
      wait:*) sleep "${key#wait:}" ;;
      type:*) xdotool type --window "$window" "${key#type:}" ;;
      *) xdotool key --window "$window" "$key" ;;
    esac
    sleep 0.2
  done
  sleep 0.5
  import -window "$window" "assets/$name.png"
  convert "assets/$name.png" -strip -colors 128 -define png:compression-level=9 "png8:assets/$name.png"
  kill "$terminal"
  wait "$terminal" 2>/dev/null || true
}

shoot reader 112x34 "" parenright parenright parenright
