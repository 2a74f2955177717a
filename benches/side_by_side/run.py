#!/usr/bin/env python3
"""Measures shilu beside less, vim and lnav in one pseudo-terminal, and prints a table in Markdown.

    run.py                         all sizes, 5 rounds, warm
    run.py --cold                  cold starts as well
    run.py --quick                 75K and 10M, 3 rounds, fewer keys: only to see that it works
    run.py --sizes 75K,1G --peers less

The programs take turns within every round (A B C, C B A), so that they meet the same noise. See README.md beside this
file. Exit code: 0, 1 if a scenario failed, 2 for wrong use. A missed budget is no failure.
"""
import argparse
import dataclasses
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Callable, Optional

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BENCH = ROOT.parent / "shared" / "bench"
DATA = Path(tempfile.gettempdir()) / "shilu-bench"
SIZES = {"75K": 75_000, "10M": 10_000_000, "100M": 100_000_000, "1G": 1_000_000_000}
LESS, OURS, MUTE = "less", "shilu", "shilu (mute)"
PEERS = ("less", "vim", "lnav")
MUTE_STEPS = {"indexed", "settle", "line_down", "page", "held_key"}


# ------------------------------------------------------------------------------------------- what is measured
@dataclasses.dataclass
class Limit:
    """A budget: at most `most`, or `most` times what less needs for its step `of`. Everywhere, or only at `size`."""

    most: float
    of: Optional[str] = None
    size: Optional[str] = None
    words: str = ""


@dataclasses.dataclass
class Measure:
    """A row of the table: a figure of a step, or two, joined by a stroke."""

    what: str
    run: str
    step: str
    metrics: tuple
    limit: Optional[Limit] = None
    beside: Optional[str] = None  # the step of less that is compared, if it has another name
    show: Callable = lambda value: f"{value:.3g}" if value < 100 else f"{value:.0f}"


KEY = ("ms_median", "ms_p99")
AS_PAGE = Limit(1, of="page", words="at most less's page")


def key(what, step):
    """A key that is compared with less's page."""
    return Measure(f"{what}, ms, median / p99", "keys", step, KEY, AS_PAGE, "page")


def megabytes(kilobytes):
    """Kilobytes as the kernel counts them."""
    return f"{kilobytes / 1024:.1f}"


MEASURES = [
    Measure("first complete frame, ms", "start", "first_frame", ("text_ms",),
            Limit(2, of="first_frame", size="75K", words="at most 2 × less")),
    Measure("first complete frame, cold, ms", "cold", "first_frame", ("text_ms",)),
    Measure("index complete, ms", "index", "first_frame", ("text_ms",)),
    Measure("end, right after the first frame, ms", "early", "early_end", ("text_ms",)),
    Measure("row, right after that, ms", "early", "early_row", ("ms_median",)),
    Measure("row, ms, median / p99", "keys", "line_down", KEY,
            Limit(2, of="line_down", words="at most 2 × less's row"), "line_down"),
    Measure("row, bytes", "keys", "line_down", ("bytes_median",), Limit(1000, words="at most 1000")),
    key("page", "page"),
    Measure("page, bytes", "keys", "page", ("bytes_median",)),
    key("next post", "post"),
    key("end and beginning", "ends"),
    key("go to a time", "go_to_time"),
    key("next post by this speaker", "same_speaker"),
    key("post by speaker number 3", "speaker"),
    Measure("200 held row keys, ms", "keys", "held_key", ("total_ms",)),
    Measure("search of a rare string, ms", "keys", "search", ("text_ms",),
            Limit(1 / 50, of="search", size="1G", words="at most 1/50 of less")),
    Measure("memory, peak resident, MB", "keys", "mem", ("VmHWM_kb",), show=megabytes),
    Measure("memory, private, MB", "keys", "mem", ("RssAnon_kb",),
            Limit(.06 * SIZES["1G"] / 1024, size="1G", words="at most 6 % of the file"), show=megabytes),
    Measure("idle 5 s, wake-ups", "keys", "idle", ("wakeups",), Limit(0, words="none")),
    Measure("idle 5 s, CPU ms", "keys", "idle", ("cpu_ms",)),
]
GROWTH = Limit(1.2, words="at most 1.2")


# ------------------------------------------------------------------------------------------- programs and data
def version(*command):
    """The first line that a program says about itself."""
    out = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    return ((out.stdout or out.stderr).strip().splitlines() or ["?"])[0]


def load(path):
    """A scenario; files it names are made independent of where it lies."""
    scenario = json.loads(path.read_text(encoding="utf8"))
    files = scenario.get("home_files", {})
    scenario["home_files"] = {place: str(path.parent / name) for place, name in files.items()}
    return scenario


def scenarios(wanted, bench):
    """-> the scenarios that can be run, a line for each version, a line for each peer that is skipped."""
    ours = load(HERE / "shilu.json")
    found, versions, skipped = [ours, mute(ours)], [version(ROOT / ours["cmd"][0], "--version")], []
    paths = dict(zip(PEERS, (HERE / "less.json", HERE / "vim.json", bench / "scenarios" / "lnav014.json")))
    for peer in wanted:
        if not shutil.which(peer):
            skipped.append(f"{peer}: not installed")
        elif not paths[peer].exists():
            skipped.append(f"{peer}: no scenario {paths[peer]}")
        else:
            found.append({**load(paths[peer]), "name": peer})
            versions.append(version(peer, "-V" if peer == "lnav" else "--version"))
    return found, versions, skipped + [f"{peer}: not asked for" for peer in paths if peer not in wanted]


def mute(ours):
    """Ours in a terminal that answers no question, so that the program can trust none of its widths."""
    steps = [step for step in ours["steps"] if step["do"] == "start" or step["label"] in MUTE_STEPS]
    return {**ours, "name": MUTE, "answer": False, "steps": steps}


def record(size, data, bench, programs):
    """The record of a size and its other forms; made once."""
    path = data / f"t{size}.txt"
    if not meta_of(path).exists():
        make(bench, path, "--size", size)
    if any(scenario.get("ext") == ".log" for scenario in programs) and not meta_of(path.with_suffix(".log")).exists():
        make(bench, path.with_suffix(".log"), "--lnav", path)
    return path


def meta_of(path):
    """Written by gen.py when the record is complete."""
    return path.with_name(path.name + ".meta.json")


def make(bench, path, *how):
    """Writes a record with gen.py."""
    print(f"making {path}", file=sys.stderr)
    subprocess.run([sys.executable, bench / "gen.py", *how, "--out", path], check=True, stdout=subprocess.DEVNULL)


# ------------------------------------------------------------------------------------------- runs
def is_early(step):
    return step.get("label", "").startswith("early_")


def only_start(scenario):
    """The first complete frame and nothing else."""
    return {**scenario, "steps": scenario["steps"][:1]}


def only_index(scenario):
    """As a first frame, but what is waited for is what tells that the index is complete."""
    indexed = next(step for step in scenario["steps"] if step["label"] == "indexed")
    condition = {name: indexed[name] for name in ("wait", "gone", "wait_re", "timeout") if name in indexed}
    return {**scenario, "steps": [{"do": "start", "label": "first_frame", **condition}]}


def only_early(scenario):
    """The keys right after the first frame: one millisecond of silence is enough for it."""
    steps = [step for step in scenario["steps"] if step["do"] == "start" or is_early(step)]
    return {**scenario, "quiet_ms": 1, "steps": steps}


def without_early(scenario, quick):
    """Everything after the first frame, with the index complete."""
    steps = [dict(step) for step in scenario["steps"] if not is_early(step)]
    for step in steps if quick else []:
        step.update({"n": min(step["n"], 40)} if step["do"] == "keys" else {})
    return {**scenario, "steps": steps}


def plan(programs, options):
    """Which scenarios each run has."""
    runs = {"start": [only_start(it) for it in programs]}
    if options.cold:
        runs["cold"] = runs["start"]
    runs["index"] = [only_index(it) for it in programs if it["name"] == OURS]
    runs["early"] = [only_early(it) for it in programs if any(map(is_early, it["steps"]))]
    runs["keys"] = [without_early(it, options.quick) for it in programs]
    return runs


def variables(path):
    """What a scenario of ours names beyond the texts of the record."""
    marks = json.loads(meta_of(path).read_text(encoding="utf8"))["marks"]
    return {"name": path.name, "time_mid": marks["mid"]["stamp"], "time_late": marks["cjk"]["stamp"]}


def measure(run, parts, path, options):
    """One interleaved run of ptybench -> {program: what it reports}."""
    with tempfile.TemporaryDirectory(prefix="side-by-side-") as folder:
        out = Path(folder) / "out.json"
        command = [sys.executable, HERE / "terminal.py", options.bench, *(["--cold"] if run == "cold" else []), "run"]
        for number, scenario in enumerate(parts):
            part = Path(folder) / f"{number}.json"
            part.write_text(json.dumps(scenario), encoding="utf8")
            command += ["--scenario", part]
        for name, value in variables(path).items():
            command += ["--set", f"{name}={value}"]
        command += ["--file", path, "--rounds", str(options.rounds), "--out", out]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode or not out.exists():
            sys.exit(f"ptybench failed in the run {run}:\n{done.stderr}")
        return json.loads(out.read_text(encoding="utf8"))["programs"]


def run_all(programs, options):
    """-> {size: {run: {program: what ptybench reports}}}"""
    results = {}
    for size in options.sizes:
        path = record(size, options.data, options.bench, programs)
        results[size] = {}
        for run, parts in plan(programs, options).items():
            print(f"{size}, {run}: {', '.join(part['name'] for part in parts)}", file=sys.stderr)
            results[size][run] = measure(run, parts, path, options)
    return results


def reports(results):
    """-> (where it is from, what ptybench reports) for each program of each run."""
    for size, runs in results.items():
        for run, programs in runs.items():
            for name, report in programs.items():
                yield f"{size}, {run}, {name}", report


def failures(results):
    """A line for every scenario that could not go on."""
    return [f"{where}: {error}" for where, report in reports(results) for error in report["errors"]]


def doubts(results):
    """A line for every text that did not come though the scenario went on, and for every key that did nothing."""
    for where, report in reports(results):
        failed = {error.partition(":")[0] for error in report["errors"]}
        yield from (f"{where}: {label}: its text did not come" for label in report["missed"] if label not in failed)
        for label, figures in report["steps"].items():
            dead = figures.get("unchanged", {}).get("max", 0)
            if dead:
                yield f"{where}: {label}: up to {dead:.0f} of its keys left the screen as it was"


# ------------------------------------------------------------------------------------------- the table
def figures(programs, name, step, metrics):
    """The medians over the rounds; None if one is missing."""
    found = programs.get(name, {}).get("steps", {}).get(step, {})
    values = [found.get(metric, {}).get("median") for metric in metrics]
    return None if None in values else values


def verdict(limit, size, ours, base):
    """The budget, and whether it is kept."""
    if not limit or limit.size not in (None, size) or not ours or (limit.of and not base):
        return ""
    most = [limit.most * value for value in base] if limit.of else [limit.most] * len(ours)
    kept = all(value <= bound for value, bound in zip(ours, most))
    return f"{limit.words}: {'ok' if kept else 'over'}"


def row(it, size, programs, names):
    """The cells of one measure at one size; None if nobody has it."""
    found = {name: figures(programs, name, it.step, it.metrics) for name in names}
    if not any(found.values()):
        return None
    ours, base = found[OURS], figures(programs, LESS, it.beside or it.step, it.metrics)
    ratio = " / ".join(f"{a / b:.3g}" for a, b in zip(ours, base)) if ours and base and all(base) else "-"
    cells = [" / ".join(map(it.show, values)) if values else "-" for values in found.values()]
    return [it.what, size, *cells, ratio, verdict(it.limit, size, ours, base)]


def growth(results, run, names):
    """How much longer the first frame takes for the largest record than for the smallest."""
    if not {"75K", "1G"} <= results.keys() or run not in results["1G"]:
        return None
    ratios = []
    for name in names:
        pair = [figures(results[size][run], name, "first_frame", ("text_ms",)) for size in ("1G", "75K")]
        ratios.append(pair[0][0] / pair[1][0] if all(pair) else None)
    budget = verdict(GROWTH, "1G", [ratios[0]] if ratios[0] else None, None) if run == "start" else ""
    cells = [f"{ratio:.3g}" if ratio else "-" for ratio in ratios]
    return [f"first complete frame{', cold' if run == 'cold' else ''}, ratio", "1G to 75K", *cells, "-", budget]


def table(results, names):
    """The lines of the table."""
    rows = []
    for it in MEASURES:
        rows += [row(it, size, runs.get(it.run, {}), names) for size, runs in results.items()]
        if it.step == "first_frame" and it.run in ("start", "cold"):
            rows.append(growth(results, it.run, names))
    head = ["", "record", *names, "shilu to less", "budget"]
    yield "| " + " | ".join(head) + " |"
    yield "|---|---|" + "---:|" * (len(names) + 1) + "---|"
    yield from ("| " + " | ".join(cells) + " |" for cells in rows if cells)


# ------------------------------------------------------------------------------------------- the door
def arguments():
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=BENCH, help="folder of ptybench.py and gen.py")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the records; kept")
    parser.add_argument("--sizes", help=f"some of {','.join(SIZES)}")
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--rounds", type=int, help="5 if not given")
    parser.add_argument("--cold", action="store_true", help="measure cold starts as well")
    parser.add_argument("--quick", action="store_true", help="only to see that it works")
    parser.add_argument("--no-build", action="store_true")
    parser.add_argument("--out", type=Path, help="where to keep every figure, as JSON")
    options = parser.parse_args()
    options.sizes = (options.sizes or ("75K,10M" if options.quick else ",".join(SIZES))).split(",")
    options.rounds = options.rounds or (3 if options.quick else 5)
    options.bench, options.data = options.bench.resolve(), options.data.resolve()
    options.peers = [peer for peer in options.peers.split(",") if peer]
    if unknown := [size for size in options.sizes if size not in SIZES]:
        parser.error(f"--sizes: {', '.join(unknown)} is not one of {', '.join(SIZES)}")
    if unknown := [peer for peer in options.peers if peer not in PEERS]:
        parser.error(f"--peers: {', '.join(unknown)} is not one of {', '.join(PEERS)}")
    if missing := [name for name in ("ptybench.py", "gen.py") if not (options.bench / name).exists()]:
        parser.error(f"--bench: {options.bench} has no {' and no '.join(missing)}")
    return options


def main():
    """Measures, prints, and says by the exit code whether every scenario went through."""
    options = arguments()
    if not options.no_build:
        subprocess.run(["cargo", "build", "--release", "--locked"], cwd=ROOT, check=True)
    options.data.mkdir(parents=True, exist_ok=True)
    programs, versions, skipped = scenarios(options.peers, options.bench)
    for line in skipped:
        print(f"SKIPPED {line}", file=sys.stderr)
    results = run_all(programs, options)
    if options.out:
        options.out.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf8")
    print("\n".join(table(results, [it["name"] for it in programs])))
    print(f"\nRounds: {options.rounds}{', QUICK: not for quoting' if options.quick else ''}. Versions: {'; '.join(versions)}. "
          f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}.")
    print(f"Skipped: {len(skipped)}{''.join(f'; {line}' for line in skipped)}.")
    failed, doubtful = failures(results), list(doubts(results))
    print(f"Doubtful: {len(doubtful)}. Failed: {len(failed)}.")
    for line in [f"DOUBTFUL {line}" for line in doubtful] + [f"FAILED {line}" for line in failed]:
        print(line, file=sys.stderr)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
