"""What growing costs: indexes of 1,000 to 1,000,000 passages, made (`large_made.py`), vectors given.

    python bench/large.py [--passages 1000 10000 100000 1000000] [--work DIR] [--questions 300]

For each size, in a process of its own each:
build    a full build, all of it (walking, reading, splitting, storing, both indexes) but for the model's passes:
         seconds, the most memory that it ever held, and how large each file is
rebuild  the same after one document has changed
ask      real questions, each in turn by bare `SentenceTransformer.encode(question)` and by a whole answer without the
         second look; before that the resident memory of the process, when it has answered them all
recall   of the ten nearest passages by the vectors that were given, how many a search finds, for those questions and
         for the same within a twentieth of the documents

Writes bench/out/large.json, from which `bench/large_plot.py` draws. DIR takes 6 GB for a million passages, and keeps
the real passages; the rest is removed.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import numpy as np
from indexes import QUOTES
from large_made import Given, Made, real
from resident import resident
from sets import training_rows
from tables import show, write

from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.arrays import Vectors
from index.build.builder import Builder, BuildSettings
from index.build.recall import least_scores, recall
from index.encode.encoder import Encoder
from index.encode.local import load_encoder
from index.store.disk import layout
from index.store.disk.shelf import Shelf
from index.text.words import Ids

SIZES = (1_000, 10_000, 100_000, 1_000_000)
WARM = 20
BLOCK = 16_384
PART = 0.05
DEPTH = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "large")
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--step", choices=_STEPS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    if given.step:
        print(json.dumps(_STEPS[given.step](given.work, given.passages[0], given.questions)))
        return
    results = [_measured(given.work, passages, given.questions) for passages in given.passages]
    rows = [(f"{result['passages']:,}", *(tell(result) for tell in _SHOWN.values())) for result in results]
    show(("passages", *_SHOWN), [*rows, _BARS])
    write("large", {"results": results})


_SHOWN: dict[str, Callable[[dict[str, Any]], str]] = {
    "build, vectors given": lambda result: f"{result['build']['seconds']:,.0f} s",
    "its most memory": lambda result: f"{result['build']['peak'] / 1e9:.2f} GB",
    "one document changed": lambda result: f"{result['rebuild']['seconds']:.1f} s",
    "disk": lambda result: f"{sum(result['build']['disk'].values()) / 1e9:.2f} GB",
    "memory when it answers (of that own)": lambda result: (
        f"{result['ask']['resident'] / 1e9:.2f} GB ({result['ask']['own'] / 1e9:.2f})"
    ),
    "answer, p50": lambda result: f"{result['ask']['answer']['p50']:.1f} ms",
    "÷ encode": lambda result: f"{result['ask']['answer']['p50'] / result['ask']['encode']['p50']:.2f}",
    "p95": lambda result: f"{result['ask']['answer']['p95']:.0f} ms",
    "recall@10": lambda result: f"{result['recall']['all']:.3f}",
    "in a twentieth": lambda result: f"{result['recall']['part']:.3f}",
}
_BARS = ("bar at a million", "1,200 s", "4 GB", "", "3 GB", "1.5 GB", "", "2.0", "50 ms", "0.98", "")


def _measured(work: Path, passages: int, questions: int) -> dict[str, Any]:
    try:
        result = {"passages": passages} | {step: _apart(step, work, passages, questions) for step in _STEPS}
    finally:
        for name in ("documents", "data"):
            shutil.rmtree(work / name, ignore_errors=True)
    print(json.dumps(result), flush=True)
    return result


def _apart(step: str, work: Path, passages: int, questions: int) -> dict[str, Any]:
    command = [sys.executable, __file__, "--step", step, "--work", str(work)]
    command += ["--passages", str(passages), "--questions", str(questions)]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return cast(dict[str, Any], json.loads(output.splitlines()[-1]))


def _write(work: Path, passages: int, _: int) -> dict[str, Any]:
    Made(real(work, load_encoder(device="cpu")), passages).write(work / "documents")
    return {}


def _build(work: Path, passages: int, _: int) -> dict[str, Any]:
    builder = _builder(work, passages)
    before, steps = time.process_time(), _Steps()
    report = builder.build(work / "documents", steps.progress, fresh=True)
    place = Shelf(work / "data").place()
    manifest = json.loads((place / "manifest.json").read_text("utf-8"))
    return {
        "seconds": report.seconds,
        "cpu": time.process_time() - before + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime,
        "steps": steps.seconds(),
        "peak": 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        "peak_of_readers": 1024 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss,
        "passages": report.passages,
        "sentences": manifest["counts"]["sentences"],
        "clustering": manifest["clustering"],
        "disk": _sizes(place),
    }


def _rebuild(work: Path, passages: int, _: int) -> dict[str, Any]:
    builder = _builder(work, passages)
    files = sorted((work / "documents").rglob("*.md"))
    changed = files[len(files) // 3]
    changed.write_text(changed.read_text("utf-8").replace(" the ", " that "), "utf-8")
    before, steps = time.process_time(), _Steps()
    report = builder.build(work / "documents", steps.progress)
    return {
        "seconds": report.seconds,
        "cpu": time.process_time() - before,
        "steps": steps.seconds(),
        "encoded": report.encoded,
        "documents": report.documents,
    }


class _Steps:
    """When each step of a build began."""

    def __init__(self) -> None:
        self._began: dict[str, float] = {"beginning": time.perf_counter()}

    def progress(self, step: str, done: int, of: int) -> None:
        name = f"{step}, done" if step == "writing" and done == of else step
        self._began.setdefault(name, time.perf_counter())

    def seconds(self) -> dict[str, float]:
        times = [*self._began.values(), time.perf_counter()]
        return {name: times[at + 1] - times[at] for at, name in enumerate(self._began)}


def _ask(work: Path, _: int, count: int) -> dict[str, Any]:
    from speed import bare_model

    encoder = load_encoder(device="cpu")
    answerer = Answerer(Shelf(work / "data").open(), encoder, quotes=QUOTES, threshold=None, reranker=None)
    asked = _questions(count + WARM)
    for question in asked:
        answerer.answer(Asked(question))
    held = resident(os.getpid())
    bare = bare_model()
    times: dict[str, list[float]] = {"encode": [], "answer": []}
    cpu: dict[str, list[float]] = {"encode": [], "answer": []}
    steps: dict[str, Callable[[str], object]] = {
        "encode": bare.encode,
        "answer": lambda text: answerer.answer(Asked(text)),
    }
    for turn, question in enumerate(asked):
        for name in sorted(steps, reverse=bool(turn % 2)):
            started, spent = time.perf_counter(), time.process_time()
            steps[name](question)
            cpu[name].append(1000 * (time.process_time() - spent))
            times[name].append(1000 * (time.perf_counter() - started))
    return {
        "resident": held.total,
        "own": held.own,
        "questions": count,
        **{name: _quantiles(series[WARM:]) for name, series in times.items()},
        **{f"{name} cpu": _quantiles(series[WARM:]) for name, series in cpu.items()},
    }


def _quantiles(times: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return {"p25": cuts[24], "p50": cuts[49], "p75": cuts[74], "p95": cuts[94], "p99": cuts[98]}


def _recall(work: Path, passages: int, count: int) -> dict[str, Any]:
    encoder = load_encoder(device="cpu")
    made = Made(real(work, encoder), passages)
    generation = Shelf(work / "data").open()
    numbers = _numbers(generation.folder / layout.DOCUMENTS)
    questions = real_questions(encoder, count)
    part = np.flatnonzero(numbers < PART * passages)
    recalls = {}
    for name, rows, inside in (
        ("all", np.arange(len(numbers)), None),
        ("part", part, generation.dense.filter_of(part)),
    ):
        least = least_scores(_blocks(made, numbers[rows]), questions)
        recalls[name] = recall(
            lambda vector, inside=inside: generation.dense.search(vector, DEPTH, inside)[0],
            lambda rows: made.vectors(numbers[rows]),
            questions,
            least,
        )
    return recalls


def _numbers(path: Path) -> Ids:
    """Return the number that was made of each passage, by row: that of its section."""
    with contextlib.closing(sqlite3.connect(path)) as database:
        sections = {number: json.loads(text) for number, text in database.execute("SELECT id, sections FROM documents")}
        rows = database.execute("SELECT document, section FROM passages ORDER BY row")
        return np.array([int(sections[document][at][-1].rpartition(" ")[2]) for document, at in rows])


def _blocks(made: Made, numbers: Ids) -> Iterator[Vectors]:
    for at in range(0, len(numbers), BLOCK):
        yield made.vectors(numbers[at : at + BLOCK])


def real_questions(encoder: Encoder, count: int) -> Vectors:
    """Return the vectors of questions on the real passages."""
    return np.concatenate([encoder.questions([question]) for question in _questions(count)])


def _questions(count: int) -> list[str]:
    """Return questions on the real passages."""
    questions = list(dict.fromkeys(row["question"] for row in training_rows("squad_train_part")))
    return [questions[i] for i in np.random.default_rng(2).permutation(len(questions))[:count]]


def _builder(work: Path, passages: int) -> Builder:
    encoder = load_encoder(device="cpu")
    given = cast(Encoder, Given(encoder, Made(real(work, encoder), passages)))
    return Builder(Shelf(work / "data"), given, BuildSettings())


def _sizes(place: Path) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for path in place.rglob("*"):
        if path.is_file():
            name = path.relative_to(place).parts[0]
            sizes[name] = sizes.get(name, 0) + path.stat().st_size
    return sizes


_STEPS = {"write": _write, "build": _build, "ask": _ask, "recall": _recall, "rebuild": _rebuild}


if __name__ == "__main__":
    main()
