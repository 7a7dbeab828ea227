"""Rows made up for a test."""

from __future__ import annotations

from typing import Any

from index.evaluation.rows import Row
from index.records import Answer, Quote


def made(qid: int, **given: Any) -> Row:
    """Return a row: an answerable question that went well, in all that is not `given`."""
    answerable = given.get("answerable", True)
    held = given.setdefault("held", answerable)
    quote = Quote("a.txt", "A", (), None, (1, 1), 0, 4, "text", None, 1.0)
    values: dict[str, Any] = {
        "qid": str(qid),
        "question": f"Question {qid}?",
        "history": (),
        "answerable": True,
        "answers": ("text",) if answerable and held is not None else (),
        "sources": ("a.txt",) if answerable else (),
        "answered": True,
        "confidence": 0.8,
        "held_in_three": held,
        "rank": 0 if answerable else None,
        "lead": quote,
        "milliseconds": 10.0 + qid % 5,
    }
    return Row(**values | given)


def answer(*quotes: Quote) -> Answer:
    """Return an answer of these quotes."""
    return Answer("Question?", quotes, 0.8, True, (), "000001-000000000000", 10.0)
