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
    whether one of the first three quotes does: None where no answer is known, False where the question is
    unanswerable. `rank` counts the other documents quoted before a right one; None where none was quoted.
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

    @property
    def is_good(self) -> bool:
        """Whether all went well: an answerable question answered, and not known to be wrong; any other refused."""
        return self.answered and self.held is not False if self.answerable else not self.answered


def row(one: Labelled, answer: Answer) -> Row:
    """Hold an answer against what is known."""
    quotes = answer.quotes or answer.closest
    is_told = one.has_answers or not one.answerable
    return Row(
        qid=one.qid,
        question=one.question,
        history=one.history,
        answerable=one.answerable,
        answers=one.passages or one.answers,
        sources=one.sources,
        answered=answer.answered,
        confidence=answer.confidence,
        held=any(map(one.held_by, quotes[:1])) if is_told else None,
        held_in_three=any(map(one.held_by, quotes[:THREE])) if is_told else None,
        rank=one.rank(quotes) if one.answerable else None,
        lead=quotes[0] if quotes else None,
        milliseconds=answer.milliseconds,
    )


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Rows as columns, shape (rows,) each; `judged` are those of which it is known whether the lead quote is right."""

    answerable: Bools
    answered: Bools
    judged: Bools
    held: Bools
    held_in_three: Bools
    rank: npt.NDArray[np.int64]
    confidence: Floats
    milliseconds: Floats

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Outcomes:
        """Return the columns of `rows`.

        Where no answerable question has a known answer none is judged: of the unanswerable ones alone, all are wrong.
        """
        answerable = np.array([one.answerable for one in rows], np.bool_)
        judged = np.array([one.held is not None for one in rows], np.bool_)
        return cls(
            answerable=answerable,
            answered=np.array([one.answered for one in rows], np.bool_),
            judged=judged & (judged & answerable).any(),
            held=np.array([bool(one.held) for one in rows], np.bool_),
            held_in_three=np.array([bool(one.held_in_three) for one in rows], np.bool_),
            rank=np.array([_NOWHERE if one.rank is None else one.rank for one in rows], np.int64),
            confidence=np.array([one.confidence for one in rows], np.float64),
            milliseconds=np.array([one.milliseconds for one in rows], np.float64),
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
