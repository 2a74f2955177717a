#!/usr/bin/env python3
"""Measures how punctually `shilu play`, the reader and `asciinema play` show what they replay, and prints a table in Markdown.

    timing.py                      200 marks at 1x, 10x and 600x; five minutes at 1x; processor time at 60x; paused
    timing.py --quick              200 marks at 10x and 600x, one round: only to see that it works
    timing.py --only 1x,drift --rounds 5 --asciinema PATH

All play the same marks at the same offsets, in one pseudo-terminal, taking turns. Exit code: 0, 1 if a scenario
failed, 2 for wrong use. A missed budget is no failure.
"""
import argparse
import dataclasses
import datetime
import json
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BENCH = ROOT.parent / "shared" / "bench"
DATA = Path(tempfile.gettempdir()) / "shilu-bench"
OURS, READER, PEER = "shilu", "reader", "asciinema"


# ------------------------------------------------------------------------------------------- what is measured
@dataclasses.dataclass
class Part:
    """Marks over a span of the record, in seconds, replayed at a speed; for how long it is watched."""

    name: str
    marks: int
    span: float
    speed: int
    watch: float
    kind: str = "play"


PARTS = [
    Part("1x", 200, 20, 1, 23),
    Part("10x", 200, 100, 10, 13),
    Part("600x", 200, 6000, 600, 13),
    Part("drift", 300, 300, 1, 304),
    Part("cpu", 200, 1770, 60, 30),
    Part("paused", 200, 20, 1, 5, kind="pause"),
]
BUDGETS = {"err_ms_median": (0.35, 1), "err_ms_p99": (2, 5), "drift_ppm": (5, 5), "wakeups": (0, 0)}
PUNCTUAL = (("error, median, ms", "err_ms_median"), ("the same with its sign, ms", "signed_ms_median"),
            ("error, p99, ms", "err_ms_p99"), ("error, largest, ms", "err_ms_max"))
ROWS = {
    "1x": PUNCTUAL, "10x": PUNCTUAL, "600x": PUNCTUAL,
    "drift": PUNCTUAL + (("drift in five minutes, ppm", "drift_ppm"),),
    "cpu": (("processor time in 30 s, ms", "cpu_ms"), ("bytes written", "bytes")),
    "paused": (("wake-ups in 5 s", "wakeups"), ("processor time in 5 s, ms", "cpu_ms")),
}


# ------------------------------------------------------------------------------------------- the marks
def offsets(part):
    """Whole milliseconds, since a transcript has no finer ones: exponential gaps, none longer than four times the mean."""
    chance = random.Random(part.name)
    mean = part.span / part.marks
    gaps = [min(4 * mean, max(.002, chance.expovariate(1 / mean))) for _ in range(part.marks - 1)]
    scale, at, found = part.span / sum(gaps), .5, [500]
    for gap in gaps:
        at += gap * scale
        found.append(round(at * 1000))
    return found


def write(part, folder):
    """The same marks as a recording of a terminal, as a transcript, and for the harness."""
    marks = [(f"M{number:04d}.", at) for number, at in enumerate(offsets(part))]
    base = folder / f"timing-{part.name}"
    cast = [json.dumps({"version": 2, "width": 80, "height": 24})]
    cast += [json.dumps([at / 1000, "o", f"{mark} 江上有雾。\r\n"], ensure_ascii=False) for mark, at in marks]
    base.with_suffix(".cast").write_text("\n".join(cast) + "\n", encoding="utf8")
    posts = [{"id": number + 1, "start_ms": at, "speaker": 1, "body": [f"{mark} 江上有雾。"]}
             for number, (mark, at) in enumerate(marks)]
    record = {"schema": "shilu/1", "meta": {"clock": "offset", "resolution_ms": 1},
              "speakers": [{"id": 1, "label": "馆长陆知远"}], "posts": posts}
    base.with_suffix(".json").write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf8")
    times = {"marks": [[mark, at / 1000] for mark, at in marks]}
    base.with_suffix(".marks.json").write_text(json.dumps(times), encoding="utf8")
    return base


# ------------------------------------------------------------------------------------------- runs
def scenario(name, part, asciinema):
    """What a program is asked to do: its own scenario file, with the steps of the part."""
    found = json.loads((HERE / f"play-{name}.json").read_text(encoding="utf8"))
    if name == PEER:
        found["cmd"][0] = str(asciinema)
    play = {"do": "play", "label": "play", "seconds": part.watch, "marks": "{base}.marks.json", "speed": part.speed,
            # The reader draws what has changed: what it shows is read off the screen.
            "on": "screen" if name == READER else "raw"}
    pause = [{"do": "start", "label": "start", "wait": "M0000.", "timeout": 10},
             {"do": "send", "label": "pause", "send": " "},
             {"do": "idle", "label": "play", "seconds": part.watch}]
    return {**found, "name": name, "steps": pause if part.kind == "pause" else [play]}


def measure(part, names, options):
    """One interleaved run of ptybench -> {program: what it reports}."""
    base = write(part, options.data)
    rounds = 1 if part.name == "drift" else options.rounds
    with tempfile.TemporaryDirectory(prefix="side-by-side-") as folder:
        out = Path(folder) / "out.json"
        command = [sys.executable, HERE / "terminal.py", options.bench, "run"]
        for name in names:
            path = Path(folder) / f"{name}.json"
            path.write_text(json.dumps(scenario(name, part, options.asciinema)), encoding="utf8")
            command += ["--scenario", path]
        command += ["--set", f"base={base}", "--set", f"speed={part.speed}", "--rounds", str(rounds), "--out", out]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode or not out.exists():
            sys.exit(f"ptybench failed in the part {part.name}:\n{done.stderr}")
        return json.loads(out.read_text(encoding="utf8"))["programs"]


# ------------------------------------------------------------------------------------------- the table
def figure(programs, name, metric):
    """The median over the rounds; None if it is missing."""
    return programs.get(name, {}).get("steps", {}).get("play", {}).get(metric, {}).get("median")


def show(value):
    """Three digits."""
    return "-" if value is None else f"{value:.3g}" if abs(value) < 100 else f"{value:.0f}"


def verdict(metric, values):
    """The budgets of `play` and of the reader, and whether they are kept."""
    if metric not in BUDGETS or None in values:
        return ""
    kept = ["ok" if abs(value) <= most else "over" for value, most in zip(values, BUDGETS[metric])]
    return ", ".join(f"{most} {word}" for most, word in zip(BUDGETS[metric], kept))


def table(results, names):
    """The lines of the table."""
    yield "| " + " | ".join(["", "part", *names, "budget"]) + " |"
    yield "|---|---|" + "---:|" * len(names) + "---|"
    for part, programs in results.items():
        for what, metric in ROWS[part]:
            values = [figure(programs, name, metric) for name in names]
            yield "| " + " | ".join([what, part, *map(show, values), verdict(metric, values[:2])]) + " |"


def failures(results, names):
    """A line for every scenario that could not go on, or did not show all of its marks."""
    for part, programs in results.items():
        for name in names:
            yield from (f"{part}, {name}: {error}" for error in programs[name]["errors"])
            seen, marks = figure(programs, name, "marks_seen"), figure(programs, name, "marks")
            if seen != marks:
                yield f"{part}, {name}: {seen:.0f} of {marks:.0f} marks were seen"


# ------------------------------------------------------------------------------------------- the door
def arguments():
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=BENCH, help="folder of ptybench.py")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the marks; kept")
    parser.add_argument("--only", help=f"some of {','.join(part.name for part in PARTS)}")
    parser.add_argument("--rounds", type=int, default=3, help="3 if not given; five minutes are played once")
    parser.add_argument("--asciinema", type=Path, default=shutil.which(PEER), help="the peer, version 3")
    parser.add_argument("--quick", action="store_true", help="only to see that it works")
    parser.add_argument("--no-build", action="store_true")
    parser.add_argument("--out", type=Path, help="where to keep every figure, as JSON")
    options = parser.parse_args()
    wanted = (options.only or ("10x,600x" if options.quick else ",".join(part.name for part in PARTS))).split(",")
    options.parts = [part for part in PARTS if part.name in wanted]
    options.rounds = 1 if options.quick else options.rounds
    options.bench, options.data = options.bench.resolve(), options.data.resolve()
    if unknown := [name for name in wanted if name not in ROWS]:
        parser.error(f"--only: {', '.join(unknown)} is not one of {', '.join(ROWS)}")
    if not (options.bench / "ptybench.py").exists():
        parser.error(f"--bench: {options.bench} has no ptybench.py")
    return options


def version(command):
    """The first line that a program says about itself."""
    out = subprocess.run([command, "--version"], capture_output=True, text=True, check=False)
    return (out.stdout.strip().splitlines() or ["?"])[0]


def main():
    """Measures, prints, and says by the exit code whether every scenario went through."""
    options = arguments()
    if not options.no_build:
        subprocess.run(["cargo", "build", "--release", "--locked"], cwd=ROOT, check=True)
    options.data.mkdir(parents=True, exist_ok=True)
    names = [OURS, READER] + ([PEER] if options.asciinema else [])
    results = {}
    for part in options.parts:
        print(f"{datetime.datetime.now():%H:%M:%S} {part.name}: {', '.join(names)}", file=sys.stderr)
        results[part.name] = measure(part, names, options)
    if options.out:
        options.out.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf8")
    print("\n".join(table(results, names)))
    versions = [version(program) for program in (ROOT / "target" / "release" / OURS, options.asciinema) if program]
    print(f"\nRounds: {options.rounds}{', QUICK: not for quoting' if options.quick else ''}. Versions: {'; '.join(versions)}. "
          f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}.")
    if not options.asciinema:
        print(f"Skipped: {PEER}: not installed.")
    failed = list(failures(results, names))
    print(f"Failed: {len(failed)}.")
    for line in failed:
        print(f"FAILED {line}", file=sys.stderr)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
