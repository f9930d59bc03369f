"""Measures nordclass beside its rivals and prints the tables of docs/performance.md.

    pip install -e '.[bench]'
    python benchmarks/run.py [--only throughput,latency,...] [--documents 20000] [--model DIR]

Everything runs on one core but the lines for two processes and training; where it says CPU, time is the
processor's.
"""

from __future__ import annotations

import os

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import argparse
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from process_family import watched
from rivals import fasttext_supervised, kiwi_pipeline, micro_f1
from texts import ROOT, articles, labelled

LANGUAGES = ("ko", "en", "mixed")
SENTENCE = "한-우즈베키스탄, 디지털정부 협력 양해각서 체결"
PYTHON = sys.executable


def table(head: list[str], rows: list[list[Any]]) -> None:
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(map(str, row)) + " |")
    print(flush=True)


def verdict(value: float, limit: float, at_least: bool = False) -> str:
    return "met" if (value >= limit if at_least else value <= limit) else "**missed**"


def rate(work: Callable[[], object], documents: int) -> float:
    begun = time.process_time()
    work()
    return documents / (time.process_time() - begun)


def _each(classify: Callable[[str], object], texts: Sequence[str]) -> None:
    for text in texts:
        classify(text)


def throughput(model: str | None, rows: int, rounds: int = 5) -> None:
    from nordclass import load
    from nordclass.model.heads import sector_rows  # noqa: F401 - so that nothing is imported while measuring

    classifier = load(model)
    train = {lang: labelled(lang, "train") for lang in ("ko", "en")}
    dev = {lang: labelled(lang, "dev") for lang in ("ko", "en")}
    train["mixed"], dev["mixed"] = train["ko"] + train["en"], dev["ko"] + dev["en"]
    train["mixed"] = train["mixed"][:: max(len(train["mixed"]) // rows, 1)] if rows else train["mixed"]
    kiwi, labels = kiwi_pipeline(train["mixed"])
    rival = fasttext_supervised(train["mixed"])

    def nordclass(texts: list[str]) -> Any:
        found = [{s.code: s.score for s in classifier.scores(text).sectors} for text in texts]
        return [[probabilities.get(label, 0.0) for label in labels] for probabilities in found]

    def f1_of_labels(rows: list[dict[str, Any]]) -> float:
        hits = told = gold = 0
        for row in rows:
            found = {s.code for s in classifier.classify(row["text"], title=row["title"]).sectors}
            hits, told, gold = (
                hits + len(found & {*row["sectors"]}),
                told + len(found),
                gold + len(row["sectors"]),
            )
        return 2 * hits / (told + gold)

    print(
        f"## Throughput on one core\n\nRivals trained on {len(train['mixed'])} labelled articles; "
        "documents per CPU second.\n"
    )
    out = []
    for lang in LANGUAGES:
        texts = [f"{title}\n{text}" for title, text in articles(lang, 400)]
        few = texts[:30]
        speeds: dict[str, list[float]] = {"nordclass": [], "obvious": [], "fastText": []}
        for _ in range(rounds):  # side by side, so that what else the machine does strikes all alike
            speeds["nordclass"].append(rate(partial(_each, classifier.classify, texts), len(texts)))
            speeds["obvious"].append(rate(partial(kiwi, few), len(few)))
            if rival:
                speeds["fastText"].append(rate(partial(rival[0], texts), len(texts)))
        ours, theirs = (statistics.median(speeds[name]) for name in ("nordclass", "obvious"))
        ratio = statistics.median(a / b for a, b in zip(speeds["nordclass"], speeds["obvious"], strict=True))
        limit = [f">= 60: {verdict(ratio, 60, True)}"] if lang == "ko" else [""]
        out.append(
            [
                lang,
                "nordclass",
                f"{ours:.0f}",
                f"{ratio:.1f} x the obvious",
                f"{f1_of_labels(dev[lang]):.3f}",
                *limit,
            ]
        )
        out.append(
            [lang, "obvious pipeline", f"{theirs:.1f}", "1", f"{micro_f1(kiwi, labels, dev[lang]):.3f}", ""]
        )
        if rival:
            fast = statistics.median(
                a / b for a, b in zip(speeds["nordclass"], speeds["fastText"], strict=True)
            )
            limit = [f"nordclass >= fastText: {verdict(fast, 1, True)}"] if lang == "en" else [""]
            speed = statistics.median(speeds["fastText"])
            out.append(
                [
                    lang,
                    "fastText",
                    f"{speed:.0f}",
                    f"nordclass {fast:.2f} x",
                    f"{micro_f1(*rival, dev[lang]):.3f}",
                    *limit,
                ]
            )
    table(["texts", "what", "documents / s", "ratio", "sector micro-F1 (dev)", "limit"], out)


def latency(model: str | None) -> None:
    from nordclass import load

    classifier = load(model)
    out = []
    for lang in LANGUAGES:
        pairs = articles(lang, 300)
        times: dict[Callable[[], float], list[float]] = {time.process_time: [], time.perf_counter: []}
        for turn in range(4):
            for title, text in pairs:
                begun = {clock: clock() for clock in times}
                classifier.classify(text, title=title)
                if turn:
                    for clock, found in times.items():
                        found.append((clock() - begun[clock]) * 1e3)
        (cpu_median, cpu_last), (median, last) = (
            (statistics.median(found), statistics.quantiles(found, n=100)[98]) for found in times.values()
        )
        limit = f"median <= 1.5 ms: {verdict(cpu_median, 1.5)} (CPU), {verdict(median, 1.5)} (clock)"
        out.append([lang, f"{cpu_median:.2f}, {cpu_last:.2f} ms", f"{median:.2f}, {last:.2f} ms", limit])
    print("## Latency of a warm classify, 1,500 characters: median, 99th percentile\n")
    table(["texts", "CPU", "clock", "limit"], out)


def cpu(*command: str) -> float:
    """CPU seconds of a command: the median of seven runs."""
    times = []
    for _ in range(7):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(times)


def start(model: str | None) -> None:
    tail = """
import sys
heavy = {"numpy", "scipy", "sklearn", "joblib", "kiwipiepy"} & set(sys.modules)
print(len(sys.modules), *sorted(heavy), file=sys.stderr)
"""
    main = "from nordclass.cli import main; main({!r}, standalone_mode=False)"
    chosen = ["--model", model] if model else []
    empty = cpu(PYTHON, "-c", "pass")
    out = [["python -c pass", f"{empty * 1e3:.0f} ms", "", ""]]
    for name, code, limit in (
        ("import nordclass", "import nordclass", 0.05),
        ("nordclass --help", main.format(["--help"]), 0.25),
        ("nordclass classify", main.format(["classify", SENTENCE, *chosen]), 0.45),
    ):
        done = subprocess.run([PYTHON, "-c", code + tail], check=True, capture_output=True, text=True)
        modules = done.stderr.split()
        value = cpu(PYTHON, "-c", code) - (empty if limit == 0.05 else 0)
        out.append(
            [
                name,
                f"{value * 1e3:.0f} ms",
                " ".join(modules),
                f"<= {limit * 1e3:.0f} ms: {verdict(value, limit)}",
            ]
        )
    load = """
import time
import numpy, nordclass.model.store as store
begun = time.process_time()
store.load({!r})
print(time.process_time() - begun)
"""
    loads = [
        float(subprocess.run([PYTHON, "-c", load.format(model)], check=True, capture_output=True).stdout)
        for _ in range(7)
    ]
    out.append(["loading the model", f"{statistics.median(loads) * 1e3:.0f} ms", "", ""])
    print(
        "## Cold start, CPU time\n\n"
        "`import nordclass` without the interpreter's own start; the others with it.\n"
    )
    table(["what", "CPU", "modules loaded", "limit"], out)


def memory(model: str | None) -> None:
    code = """
import resource, sys
sys.path.insert(0, {path!r})
from texts import articles
from nordclass import load
classifier = load({model!r})
texts = articles("mixed", 6000)
rss = lambda: int(next(l for l in open("/proc/self/status") if l.startswith("VmRSS")).split()[1]) / 1024
before = rss()
marks = []
for i, (title, text) in enumerate(texts):
    classifier.classify(text, title=title)
    if i in (2000, 4000, 5999):
        marks.append(rss())
print(before, *marks, "kiwipiepy" in sys.modules)
"""
    source = code.format(path=str(ROOT / "benchmarks"), model=model)
    done = subprocess.run([PYTHON, "-c", source], check=True, capture_output=True, text=True)
    *marks, loaded = done.stdout.split()
    sizes = [float(mark) for mark in marks]
    shown = ", ".join(f"{size:.0f}" for size in sizes)
    kiwi = "loaded" if loaded == "True" else "not loaded"
    print(
        "## Resident memory of a labelling process, MB\n\n"
        "Before (with 6,000 texts in memory), after 2,000, 4,000 and 6,000 documents.\n"
    )
    table(["MB", "Kiwi", "limit"], [[shown, kiwi, f"<= 200 MB: {verdict(sizes[-1], 200)}"]])


def processes(model: str | None, documents: int) -> None:
    from nordclass import load

    classifier = load(model)
    pairs = articles("mixed", documents)
    speeds: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(2):
        for jobs, found in speeds.items():
            begun = time.perf_counter()
            count = sum(1 for _ in classifier.classify_many(pairs, n_jobs=jobs))
            found.append(count / (time.perf_counter() - begun))
    ratio = statistics.median(two / one for one, two in zip(speeds[1], speeds[2], strict=True))
    print(f"## Two processes, {documents} documents (wall clock)\n")
    one, two = (statistics.median(speeds[jobs]) for jobs in (1, 2))
    table(
        ["one, documents / s", "two", "ratio", "limit"],
        [[f"{one:.0f}", f"{two:.0f}", f"{ratio:.2f}", f">= 1.7: {verdict(ratio, 1.7, True)}"]],
    )


def sizes(model: str | None) -> None:
    from nordclass.model.store import default_path

    folder = Path(model) if model else default_path()
    weight = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
    out = [["model folder", f"{weight:.1f} MB", f"<= 20 MB: {verdict(weight, 20)}"]]
    with tempfile.TemporaryDirectory() as scratch:
        command = [PYTHON, "-m", "build", "--wheel", "--no-isolation", "-o", scratch, str(ROOT)]
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:
            wheel = next(Path(scratch).glob("*.whl"))
            out.append(["wheel", f"{wheel.stat().st_size / 1e6:.1f} MB", ""])
    print("## Sizes\n")
    table(["what", "size", "limit"], out)


def training(counts: list[int]) -> None:
    out = []
    for count in counts:
        command = [PYTHON, str(ROOT / "benchmarks" / "training.py"), str(count)]
        used = watched(command)
        if used.code:
            last = (used.err.strip().splitlines() or [f"ended with {used.code}"])[-1]
            out.append([f"{count:,}", "failed", "", "", last[:80]])
            continue
        held = f"{used.megabytes / 1024:.2f} GB"
        out.append([f"{count:,}", f"{used.out.strip()} s", f"{used.cpu:.0f} s", held, ""])
    print("## Training (wall of the training; CPU and highest memory of all processes together)\n")
    table(["documents", "wall", "CPU", "memory", ""], out)


def main() -> None:
    parts = ("start", "sizes", "latency", "throughput", "memory", "processes", "training")
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default=",".join(parts), help=f"some of {', '.join(parts)}")
    parser.add_argument("--documents", type=int, default=20_000, help="for two processes")
    parser.add_argument("--training", default="1000,10000,100000", help="numbers of documents to train on")
    parser.add_argument(
        "--rows", type=int, default=0, help="at most about so many to train the rivals on; 0: all"
    )
    parser.add_argument("--model", help="folder of a model; else the shipped one")
    options = parser.parse_args()
    chosen = options.only.split(",")
    names = ("numpy", "scikit-learn", "kiwipiepy", "ahocorasick-rs")
    print(
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores; "
        f"load average {os.getloadavg()[0]:.1f}"
    )
    print(", ".join(f"{name} {version(name)}" for name in names) + "\n", flush=True)
    for name in parts:
        if name not in chosen:
            continue
        if name == "processes":
            processes(options.model, options.documents)
        elif name == "throughput":
            throughput(options.model, options.rows)
        elif name == "training":
            training([int(count) for count in options.training.split(",")])
        else:
            globals()[name](options.model)


if __name__ == "__main__":
    main()
