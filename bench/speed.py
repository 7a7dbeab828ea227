"""Speed beside what it cannot go below: the model itself. Everything warm, in one run, interleaved.

    python bench/speed.py [--eval ../shared/eval] [--part answer|build|rebuild|start ...]

answer   a whole answer on squad ÷ bare `SentenceTransformer.encode(question)`, medians; with the
         second look and without, also with nothing kept of the passages asked for before
build    a full build of squad ÷ bare `encode` of its passages, without and with the header that is encoded with them
rebuild  of 10,000 documents of a paragraph each, one of them changed ÷ their full build
start    CPU seconds (user and system) of `quoth --help`

The last column but one divides medians, the last the best time of each, which other work disturbs least.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indexes import QUOTES, indexed, quiet
from sets import EVAL, questions, training_rows
from tables import show, write

from index.answer.answerer import Answerer
from index.answer.reranker import Reranker
from index.answer.reranker.pointer import Pointer
from index.build import vectors
from index.build.builder import Builder, BuildSettings
from index.encode.encoder import Encoder
from index.encode.local import load_encoder
from index.encode.model import DEFAULT_MODEL, locate
from index.store.disk.generation import Generation
from index.store.disk.shelf import Shelf
from index.store.passage_text import texts

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Times = dict[str, list[float]]

QUESTIONS = 200
BUILDS = 4
REBUILDS = 5
DOCUMENTS = 10_000
PARAGRAPHS = ("squad_train_part", "squad11_dev13", "squadshifts_new_wiki", "squad_train_sent")
STARTS = 7

_WITHOUT, _WITH = "a whole answer without the second look, warm", "a whole answer with it, warm"
_BUILD, _CHANGED, _HELP = "a full build of squad", "the same after one document changed", "`quoth --help`, CPU time"
_BARS = {_WITHOUT: "1.25", _WITH: "12", _BUILD: "1.05", _CHANGED: "0.01", _HELP: "0.3 s"}
"""At most so many times the first of its part."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=Path, default=EVAL, help="the folder of sets")
    parser.add_argument("--part", nargs="+", choices=_PARTS, default=list(_PARTS))
    given = parser.parse_args()
    encoder, bare = load_encoder(device="cpu"), bare_model()
    results = {part: _PARTS[part](given.eval, encoder, bare) for part in given.part}
    rows = [(part, *row) for part, of_part in results.items() for row in of_part]
    columns = ("what", "median", "÷", "at best", "bar")
    show(columns, [(what, middle, *ratios, _BARS.get(what, "")) for _, what, middle, _, *ratios in rows])
    write("speed", {"rows": rows})


def bare_model() -> SentenceTransformer:
    """Load the model as anyone would."""
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(locate(DEFAULT_MODEL)), device="cpu")


def _answer(sets: Path, encoder: Encoder, bare: SentenceTransformer) -> list[tuple[str, ...]]:
    asked = questions(sets / "squad")
    asked = asked[:: len(asked) // QUESTIONS][:QUESTIONS]
    with indexed(sets / "squad" / "docs", encoder) as generation:
        warm, second = _answerer(generation, encoder), _answerer(generation, encoder, Pointer("cpu"))
        for answerer in (warm, second):
            answerer.answer_all([question.asked for question in asked])
        steps: dict[str, Callable[[Any], object]] = {
            "bare `encode(question)`, squad": lambda question: bare.encode(question.question),
            _WITHOUT: lambda question: warm.answer(question.asked),
            _WITH: lambda question: second.answer(question.asked),
            "a whole answer without it, by an answerer with empty caches": lambda question: _answerer(
                generation, encoder
            ).answer(question.asked),
        }
        return _rows(_interleaved(steps, asked), 1000, "ms")


def _build(sets: Path, encoder: Encoder, bare: SentenceTransformer) -> list[tuple[str, ...]]:
    documents = sets / "squad" / "docs"
    with indexed(documents, encoder) as generation:
        texts = _texts(generation)
    with tempfile.TemporaryDirectory() as folder:
        builder = Builder(Shelf(Path(folder)), encoder, BuildSettings())
        steps: dict[str, Callable[[Any], object]] = {
            f"bare `encode` of squad's {len(texts)} passages": lambda _: bare.encode(
                [passage.text for passage in texts], show_progress_bar=False
            ),
            "bare `encode` of the same with the header that goes before them": lambda _: bare.encode(
                [f"{passage.header}\n{passage.text}" for passage in texts], show_progress_bar=False
            ),
            _BUILD: lambda _: builder.build(documents, quiet, fresh=True),
        }
        return _rows(_interleaved(steps, range(BUILDS)), 1, "s")


def _rebuild(_: Path, encoder: Encoder, __: SentenceTransformer) -> list[tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        files = _many(Path(folder) / "documents")
        builder = Builder(Shelf(Path(folder) / "data"), encoder, BuildSettings())
        times: Times = {f"a full build of {len(files):,} documents of a paragraph each": [], _CHANGED: []}
        full, changed = times.values()
        for turn in range(REBUILDS):
            if turn % 2 == 0:
                full.append(_timed(lambda: builder.build(files[0].parent, quiet, fresh=True)))
            file = files[turn * len(files) // REBUILDS]
            file.write_text(f"{file.read_text('utf-8')}\nA line that was not there before, number {turn}.\n", "utf-8")
            changed.append(_timed(lambda: builder.build(files[0].parent, quiet)))
        return _rows(times, 1, "s")


def _many(folder: Path) -> list[Path]:
    """Write documents of a paragraph each, real ones, and return their files."""
    folder.mkdir()
    rows = [row for name in PARAGRAPHS for row in training_rows(name)]
    titles = {row["context"]: row["title"] for row in rows}
    files = [folder / f"{number:05}.md" for number in range(DOCUMENTS)]
    for file, (text, title) in zip(files, titles.items(), strict=False):
        file.write_text(f"# {title}\n\n{text}\n", "utf-8")
    return files


def _start(*_: object) -> list[tuple[str, ...]]:
    times: Times = {_HELP: []}
    for _turn in range(STARTS):
        before = os.times()
        subprocess.run([sys.executable, "-m", "bot", "--help"], check=True, stdout=subprocess.DEVNULL)
        after = os.times()
        times[_HELP].append(after.children_user + after.children_system - before.children_user - before.children_system)
    return _rows(times, 1, "s")


_PARTS = {"answer": _answer, "build": _build, "rebuild": _rebuild, "start": _start}


def _answerer(generation: Generation, encoder: Encoder, reranker: Reranker | None = None) -> Answerer:
    return Answerer(generation, encoder, quotes=QUOTES, threshold=None, reranker=reranker)


def _texts(generation: Generation) -> list[vectors.PassageText]:
    catalogue = generation.catalogue
    return [text for source in catalogue.sources for text in texts(catalogue, catalogue.passages_of(source.id))]


def _interleaved(steps: dict[str, Callable[[Any], object]], rounds: Any) -> Times:
    """Time each step once a round, beginning with another step each time."""
    names = list(steps)
    times: Times = {name: [] for name in names}
    for turn, value in enumerate(rounds):
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            times[name].append(_timed(lambda step=steps[name], value=value: step(value)))
    return times


def _timed(step: Callable[[], object]) -> float:
    started = time.perf_counter()
    step()
    return time.perf_counter() - started


def _rows(times: Times, scale: float, unit: str) -> list[tuple[str, ...]]:
    first = next(iter(times.values()))
    rows = []
    for name, spent in times.items():
        low, middle, high = (scale * quartile for quartile in statistics.quantiles(spent, n=4, method="inclusive"))
        ratios = f"{statistics.median(spent) / statistics.median(first):.3f}", f"{min(spent) / min(first):.3f}"
        rows.append((name, f"{middle:.3g} {unit}", f"{low:.3g} to {high:.3g}", *ratios))
    return rows


if __name__ == "__main__":
    main()
