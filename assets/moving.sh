#!/usr/bin/env bash
# Makes the README's moving picture, assets/replay.gif: the demo's cast, played in a real terminal window.
#
# Needs, of Debian: xvfb xterm imagemagick gifsicle python3 fonts-noto-cjk fonts-dejavu-core; and a release build.
# 1. `shilu export --to asciicast` writes the replay of the whole demo: silence is cut to a minute, which 60x makes a second.
# 2. A terminal window plays the events of the cast one after the other, without waiting. After each the terminal is asked
#    where its cursor stands: when it answers it has drawn. From FROM to TO seconds a picture is taken then.
# 3. The pictures become a loop: each stands as long as its screen stood in the cast, the last one longer.
# A whole run takes about a minute. What it shows is chosen here:
set -euo pipefail
from=57 to=80 hold=2.5 size=100x30
cd "$(dirname "$0")/.."
for tool in Xvfb xterm import convert gifsicle python3; do
  command -v "$tool" >/dev/null || { echo "missing: $tool" >&2; exit 1; }
done
shilu=${1:-target/release/shilu}
display=:78
work=$(mktemp -d)
Xvfb "$display" -screen 0 1400x900x24 -nolisten tcp >/dev/null 2>&1 &
server=$!
trap 'kill $server 2>/dev/null || true; rm -rf "$work"' EXIT
export DISPLAY=$display LC_ALL=C.UTF-8
until xterm -e true 2>/dev/null; do :; done

"$shilu" export --to asciicast --lang zh --theme dark --size "$size" \
  --gaps cap --idle-limit 60s --speed 60 -o "$work/demo.cast"

# Runs in the window, whose id xterm tells it.
cat >"$work/player.py" <<'PLAYER'
import json, os, subprocess, sys, termios, tty

cast, folder, start, end, hold = sys.argv[1], sys.argv[2], *map(float, sys.argv[3:])
terminal = os.open("/dev/tty", os.O_RDWR)
tty.setraw(terminal)


def drawn():
    # Reversed and back, which paints all anew, so that nothing is left of glyphs that reached over the edge of their cells.
    os.write(terminal, b"\x1b[?5h\x1b[?5l\x1b[6n")
    answer = b""
    while not answer.endswith(b"R"):
        answer += os.read(terminal, 16)


shown = []
now = 0.0
for line in open(cast, encoding="utf-8").read().splitlines()[1:]:
    interval, code, data = json.loads(line)
    now += interval
    if code != "o" or now > end:
        continue
    os.write(terminal, data.encode())
    if now >= start:
        drawn()
        name = f"{folder}/{len(shown):04}.png"
        subprocess.run(["import", "-window", os.environ["WINDOWID"], name], check=True)
        shown.append((now, name))
with open(f"{folder}/frames", "w") as frames:
    behind = [at for at, _ in shown[1:]] + [shown[-1][0] + hold]
    for (at, name), next_at in zip(shown, behind):
        frames.write(f"{name} {round((next_at - at) * 100)}\n")
PLAYER

xterm -u8 -tn xterm-256color -geometry "$size+0+0" -bw 0 -b 10 +sb +bdc \
  -fa 'DejaVu Sans Mono' -fd 'Noto Sans Mono CJK SC' -fs 11 -bg '#14181d' -fg '#d8dee9' \
  -e python3 "$work/player.py" "$work/demo.cast" "$work" "$from" "$to" "$hold"
[ -s "$work/frames" ] || { echo "no picture was taken" >&2; exit 1; }

# One palette for all pictures, so that no colour flickers.
mapfile -t pictures < <(cut -d' ' -f1 "$work/frames")
convert "${pictures[@]}" -sample 25% -append +dither -colors 64 -unique-colors "$work/palette.png"
parts=()
while read -r picture delay; do
  convert "$picture" +dither -remap "$work/palette.png" "$picture.gif"
  parts+=(--delay "$delay" "$picture.gif")
done <"$work/frames"
gifsicle --loopcount=forever -O3 "${parts[@]}" -o assets/replay.gif
ls -l assets/replay.gif
