"""Quoth beside what people would use instead: LangChain and LlamaIndex with FAISS, and txtai.

    python bench/peers/run.py [--eval ../shared/eval] [--set squad] [--questions 500] [--builds 3] [--alone]

All use the same model on the same documents and questions, each as its own documentation says (`with_*.py`), the others
in an environment of their own, which is made first (`requirements.txt`). Sides take turns, question by question and
build by build, beginning with another each time; every time is divided by that of bare `SentenceTransformer.encode` in
the same process: of the question, or of the same passages. The others' builds end in memory, Quoth's on disk, checked.

An answer is held where it occurs in the result, case folded; only questions with an answer are asked. Each ratio is of
medians, then of the best times, which other work on the machine disturbs least. With `--alone` Quoth is measured
without the others, on the same questions.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import environment
from worker import BARE

from intervals import share  # isort: skip -- found by the path that `worker` adds
from sets import EVAL, Labelled, questions  # isort: skip
from tables import show, write  # isort: skip

COUNT = 5
_HERE = Path(__file__).resolve().parent


class Side:
    """A process with the systems of one environment."""

    def __init__(self, python: Path, name: str) -> None:
        variables = {**os.environ, "PYTHONPATH": str(_HERE.parents[1]), "HF_HUB_OFFLINE": "1", "TQDM_DISABLE": "1"}
        self._process = subprocess.Popen(
            [python, "-W", "ignore", _HERE / "worker.py", name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=variables,
        )
        self.systems: list[str] = self._read()["systems"]

    def do(self, what: str, **request: Any) -> dict[str, Any]:
        print(json.dumps({"do": what, **request}), file=self._process.stdin, flush=True)
        return self._read()

    def close(self) -> None:
        self._process.communicate()

    def _read(self) -> Any:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise SystemExit(f"A process of the measurement ended with status {self._process.wait()}.")
        return json.loads(line)


@dataclass
class Measured:
    """What was found of one system; times in seconds, `bare` ones of the same process and the same turn."""

    passages: int = 0
    asked: list[float] = field(default_factory=list)
    bare_asked: list[float] = field(default_factory=list)
    built: list[float] = field(default_factory=list)
    bare_built: list[float] = field(default_factory=list)
    first: list[bool] = field(default_factory=list)
    three: list[bool] = field(default_factory=list)
    five: list[bool] = field(default_factory=list)
    length: list[int] = field(default_factory=list)


def main() -> None:
    given = _arguments()
    sides = [Side(Path(sys.executable), "quoth")]
    if not given.alone:
        sides.append(Side(environment.python(), "peers"))
    measurements = {name: Measured() for side in sides for name in side.systems}
    for turn in range(given.builds):
        for builder, name in _rotated([(side, name) for side in sides for name in side.systems], turn):
            _build(builder, name, given.eval / given.set / "docs", measurements[name])
    asked = [question for question in questions(given.eval / given.set) if question.answerable]
    asked = asked[:: max(len(asked) // given.questions, 1)][: given.questions]
    for turn, question in enumerate(asked):
        for side in _rotated(sides, turn):
            _ask(side, question, turn, measurements)
    for side in sides:
        side.close()
    show(_COLUMNS, [_row(name, measured, measurements) for name, measured in measurements.items()])
    write(f"peers-{given.set}", {"systems": {name: vars(measured) for name, measured in measurements.items()}})


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=Path, default=EVAL, help="the folder of sets")
    parser.add_argument("--set", default="squad")
    parser.add_argument("--questions", type=int, default=500, help="how many are asked, evenly over the set")
    parser.add_argument("--builds", type=int, default=3, help="how often each system is built")
    parser.add_argument("--alone", action="store_true", help="measure Quoth alone")
    return parser.parse_args()


def _build(side: Side, name: str, documents: Path, measured: Measured) -> None:
    built = side.do("build", system=name, documents=str(documents.resolve()))
    measured.passages = built["passages"]
    measured.built.append(built["seconds"])
    measured.bare_built.append(side.do("encode", system=name)["seconds"])


def _ask(side: Side, question: Labelled, turn: int, measurements: dict[str, Measured]) -> None:
    answers = [answer.casefold() for answer in question.answers]
    got = {
        name: side.do("ask", system=name, question=question.question, count=COUNT)
        for name in _rotated([BARE, *side.systems], turn)
    }
    for name in side.systems:
        measured, results = measurements[name], got[name]["results"]
        held = [any(answer in result.casefold() for answer in answers) for result in results]
        measured.asked.append(got[name]["seconds"])
        measured.bare_asked.append(got[BARE]["seconds"])
        measured.first.append(any(held[:1]))
        measured.three.append(any(held[:3]))
        measured.five.append(any(held))
        measured.length += [len(result) for result in results[:1]]


def _rotated(things: list[Any], turn: int) -> list[Any]:
    at = turn % len(things)
    return things[at:] + things[:at]


_COLUMNS = (
    "system", "first holds the answer", "one of 3", "of 5", "mean length", "passages",
    "question, ms", "÷ bare", "at best", "build, s", "÷ bare", "at best", "÷ LangChain",
)  # fmt: skip


def _row(name: str, measured: Measured, measurements: dict[str, Measured]) -> tuple[object, ...]:
    langchain = next((other for other in measurements if other.startswith("LangChain")), name)
    return (
        name,
        share(measured.first),
        *(f"{statistics.mean(held):.3f}" for held in (measured.three, measured.five)),
        f"{statistics.mean(measured.length):.0f}",
        measured.passages,
        f"{1000 * statistics.median(measured.asked):.1f}",
        *_ratios(measured.asked, measured.bare_asked),
        f"{statistics.median(measured.built):.2f}",
        *_ratios(measured.built, measured.bare_built),
        _ratios(measured.built, measurements[langchain].built)[0],
    )


def _ratios(ours: list[float], theirs: list[float]) -> tuple[str, str]:
    """Return what the median is of the other median, and the best time of the other best."""
    return f"{statistics.median(ours) / statistics.median(theirs):.2f}", f"{min(ours) / min(theirs):.2f}"


if __name__ == "__main__":
    main()
