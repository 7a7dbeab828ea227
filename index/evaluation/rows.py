"""What became of the questions: one by one, and as columns to compute with."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from index.evaluation.figures import Bools, Floats
from index.evaluation.labelled import Labelled
from index.records import Answer, Quote, Turn

THREE = 3

_NOWHERE = 1_000_000
"""The rank of a right document that is not quoted at all."""


@dataclass(frozen=True, slots=True)
class Row:
    """One question, what is known of its answer, and what it came to.

    `lead` is what was quoted first, or would have been. `held` says whether it holds the answer and `held_in_three`
    whether one of the first three quotes does, or all three together where they may: None where no answer is known,
    False where the question is unanswerable. `rank` counts the other documents quoted before a right one; None where
    none was quoted.

    `held_in_shown` and `page_shown` are about all quotes that the settings let an answer show: whether they hold the
    answer, and whether one is of a right document. `first_characters` and `characters` are their lengths.
    """

    qid: str
    question: str
    history: tuple[Turn, ...]
    answerable: bool
    answers: tuple[str, ...]
    sources: tuple[str, ...]
    answered: bool
    confidence: float
    held: bool | None
    held_in_three: bool | None
    rank: int | None
    lead: Quote | None
    milliseconds: float
    kind: str = ""
    held_in_shown: bool | None = None
    page_shown: bool | None = None
    first_characters: int = 0
    characters: int = 0

    @property
    def is_good(self) -> bool:
        """Whether all went well: an answerable question answered, and not known to be wrong; any other refused."""
        return self.answered and self.held is not False if self.answerable else not self.answered


def row(labelled: Labelled, answer: Answer, most: int = THREE) -> Row:
    """Compare an answer, of which `most` quotes are shown, with what is known."""
    quotes = answer.quotes or answer.closest
    shown = quotes[:most]
    is_judged = labelled.has_answers or not labelled.answerable
    return Row(
        qid=labelled.qid,
        question=labelled.question,
        history=labelled.history,
        answerable=labelled.answerable,
        answers=labelled.needed,
        sources=labelled.sources,
        answered=answer.answered,
        confidence=answer.confidence,
        held=labelled.held_by(*quotes[:1]) if is_judged else None,
        held_in_three=labelled.held_by(*quotes[:THREE]) if is_judged else None,
        rank=labelled.rank(quotes) if labelled.answerable else None,
        lead=quotes[0] if quotes else None,
        milliseconds=answer.milliseconds,
        kind=labelled.kind,
        held_in_shown=labelled.held_by(*shown) if is_judged else None,
        page_shown=labelled.rank(shown) is not None if labelled.answerable else None,
        first_characters=sum(len(quote.text) for quote in shown[:1]),
        characters=sum(len(quote.text) for quote in shown),
    )


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Rows as columns, shape (rows,) each; `judged` are those of which it is known whether the lead quote is right."""

    answerable: Bools
    answered: Bools
    judged: Bools
    held: Bools
    held_in_three: Bools
    held_in_shown: Bools
    page_shown: Bools
    rank: npt.NDArray[np.int64]
    confidence: Floats
    milliseconds: Floats
    first_characters: Floats
    characters: Floats

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Outcomes:
        """Return the columns of `rows`.

        Where no answerable question has a known answer none is judged: of the unanswerable ones alone, all are wrong.
        """
        answerable = np.array([outcome.answerable for outcome in rows], np.bool_)
        judged = np.array([outcome.held is not None for outcome in rows], np.bool_)
        return cls(
            answerable=answerable,
            answered=np.array([outcome.answered for outcome in rows], np.bool_),
            judged=judged & (judged & answerable).any(),
            held=np.array([bool(outcome.held) for outcome in rows], np.bool_),
            held_in_three=np.array([bool(outcome.held_in_three) for outcome in rows], np.bool_),
            held_in_shown=np.array([bool(outcome.held_in_shown) for outcome in rows], np.bool_),
            page_shown=np.array([bool(outcome.page_shown) for outcome in rows], np.bool_),
            rank=np.array([_NOWHERE if outcome.rank is None else outcome.rank for outcome in rows], np.int64),
            confidence=np.array([outcome.confidence for outcome in rows], np.float64),
            milliseconds=np.array([outcome.milliseconds for outcome in rows], np.float64),
            first_characters=np.array([outcome.first_characters for outcome in rows], np.float64),
            characters=np.array([outcome.characters for outcome in rows], np.float64),
        )

    def __len__(self) -> int:
        return len(self.answerable)

    def at(self, places: npt.NDArray[np.int64]) -> Outcomes:
        """Return the rows at `places`, which may name one twice."""
        return Outcomes(**{field.name: getattr(self, field.name)[places] for field in fields(self)})

    def __add__(self, other: Outcomes) -> Outcomes:
        return Outcomes(
            **{f.name: np.concatenate((getattr(self, f.name), getattr(other, f.name))) for f in fields(self)}
        )


def median(values: Floats) -> float:
    """Return the median; NaN of nothing."""
    return float(np.median(values)) if len(values) else math.nan
