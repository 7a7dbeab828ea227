"""Question sets: those to measure on, in ../shared/eval, and those to fit on, in ../shared/train."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.answer import Asked
from index.records import Quote, Turn

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
EVAL = SHARED / "eval"
TRAIN = SHARED / "train"

SHARED_RUN = 30
"""Characters in one piece that a quote must share with a gold passage, where a set has those and no short answers."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question with what answers it: `answers` are short strings, `passages` longer ones, `sources` the files."""

    qid: str
    question: str
    answers: tuple[str, ...]
    passages: tuple[str, ...]
    sources: tuple[str, ...]
    answerable: bool
    history: tuple[Turn, ...] = ()

    @property
    def asked(self) -> Asked:
        return Asked(self.question, self.history)

    @property
    def has_answers(self) -> bool:
        return bool(self.answers or self.passages)

    def held_by(self, quote: Quote) -> bool:
        """Tell whether a quote holds the answer.

        A short answer is held where it occurs, case folded. A gold passage is held where the quote is from a gold
        file and shares `SHARED_RUN` characters in one piece with it, white space aside, or all of the shorter.
        """
        if not self.answerable:
            return False
        if self.passages:
            return quote.source in self.sources and any(_share_a_run(quote.text, one) for one in self.passages)
        return any(answer.casefold() in quote.text.casefold() for answer in self.answers)


def questions(folder: Path) -> list[Labelled]:
    """Return the questions of an evaluation set."""
    with (folder / "questions.jsonl").open(encoding="utf-8") as lines:
        return [_labelled(json.loads(line)) for line in lines]


def training_rows(name: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a training set."""
    with gzip.open(TRAIN / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _labelled(row: dict[str, Any]) -> Labelled:
    passages = tuple(row.get("gold_quotes", ()))
    return Labelled(
        qid=row["qid"],
        question=row["question"],
        answers=() if passages else tuple(answer for answer in row["answers"] if answer.strip()),
        passages=passages,
        sources=(row["source"],) if "source" in row else tuple(row["sources"]),
        answerable=row["answerable"],
        history=tuple(Turn(turn["role"], turn["text"]) for turn in row.get("history", ())),
    )


def _share_a_run(one: str, other: str) -> bool:
    short, long = sorted((" ".join(one.split()), " ".join(other.split())), key=len)
    run = min(SHARED_RUN, len(short))
    return any(short[at : at + run] in long for at in range(len(short) - run + 1))
