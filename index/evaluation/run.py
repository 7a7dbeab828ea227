"""A run: the questions asked one at a time, and each answer held against what is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.answer.answerer import Answerer
from index.build.generation_writer import Progress
from index.evaluation.labelled import Labelled
from index.evaluation.rows import Row, row

QUOTES = 10
"""Quotes that are asked for, so that five different documents can be among them."""

WARM_UP = 5
"""Questions that are asked once before, and not timed: the first ones load what all others use."""


def ask(answerer: Answerer, asked: Sequence[Labelled], progress: Progress) -> list[Row]:
    """Ask one question after the other; the first `WARM_UP` of them once before, untimed."""
    wanted = [replace(labelled.asked, quotes=QUOTES) for labelled in asked]
    for early in wanted[:WARM_UP]:
        answerer.answer(early)
    rows = []
    for done, (labelled, question) in enumerate(zip(asked, wanted, strict=True)):
        progress("asking", done, len(asked))
        rows.append(row(labelled, answerer.answer(question), answerer.quotes))
    return rows
