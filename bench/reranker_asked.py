"""Examples from questions that people asked of documents, half of them to be unanswerable: the sets squad and clapnq.

What is read are the passages that a real index puts before the reranker. Those of the right paragraph answer, those
that do not hold the answer's words do not; where one cannot tell, a passage is left out. Every document belongs to one
of `FOLDS` folds, so that weights can be measured on documents whose questions they have never seen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from indexes import indexed
from reranker_examples import Example, Span
from sets import EVAL

from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.arrays import Vectors
from index.encode.encoder import Encoder
from index.records import PassageText

SETS = ("squad", "clapnq")
FOLDS = 3

_READ = 2
"""Passages of a question that are taken where none answers; the third is seldom about it."""

_EDGE = 60
"""Characters by which a passage is known to be of a paragraph."""


class _Reading:
    """Stands in a reranker's place to note what is read."""

    is_fitted = False

    def __init__(self) -> None:
        self.passages: list[PassageText] = []

    def log_odds(self, question: str, passages: Sequence[PassageText]) -> list[Vectors]:  # noqa: ARG002 -- a reranker's
        """Note `passages`, and say nothing of them."""
        self.passages = list(passages)
        return [np.zeros(len(passage.sentences), np.float32) for passage in passages]


def asked(encoder: Encoder) -> Iterator[tuple[int, Example]]:
    """Yield examples, each with the fold of its question's document."""
    for name in SETS:
        reading = _Reading()
        with indexed(EVAL / name / "docs", encoder) as generation:
            answerer = Answerer(generation, encoder, quotes=1, threshold=None, reranker=reading)
            for row in _rows(name):
                answerer.choose_all([Asked(row["question"])])
                fold = folds(name)[_source(row)]
                yield from ((fold, example) for example in _of(name, row, reading.passages))


def folds(name: str) -> dict[str, int]:
    """Return the fold of each document of a set, by its file name."""
    return {path.name: i % FOLDS for i, path in enumerate(sorted((EVAL / name / "docs").iterdir()))}


def folds_of_questions() -> dict[str, int]:
    """Return the fold of each question of all sets, by its words."""
    return {row["question"]: folds(name)[_source(row)] for name in SETS for row in _rows(name)}


def _rows(name: str) -> Iterator[dict[str, Any]]:
    with (EVAL / name / "questions.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _source(row: dict[str, Any]) -> str:
    return str(row["source"] if "source" in row else row["sources"][0])


def _of(name: str, row: dict[str, Any], passages: Sequence[PassageText]) -> Iterator[Example]:
    for rank, passage in enumerate(passages):
        spans = _spans(name, row, passage.text)
        if spans or (spans is not None and rank < _READ):
            kind = "asked" if spans else "asked in vain"
            yield Example(row["question"], passage.header, passage.text, spans, kind)


def _spans(name: str, row: dict[str, Any], text: str) -> tuple[Span, ...] | None:
    """Return where `text` answers; nothing where it does not, None where one cannot tell."""
    if not row["answerable"]:
        return ()
    if "paragraph" not in row:
        return _quoted(row.get("gold_quotes", ()), text)
    spans = [
        match.span()
        for answer in set(row["answers"])
        for match in re.finditer(rf"(?<!\w){re.escape(answer)}(?!\w)", text)
    ]
    if _is_of(text, _paragraph(name, row)):
        return tuple(spans) or None
    return None if any(answer.lower() in text.lower() for answer in row["answers"]) else ()


def _quoted(quotes: Sequence[str], text: str) -> tuple[Span, ...] | None:
    """Return where `text` holds the gold quotes; None where it holds a part of one, or there are none."""
    worded = [r"\s+".join(map(re.escape, quote.split())) for quote in quotes]
    spans = tuple(match.span() for pattern in worded for match in re.finditer(pattern, text))
    return None if not spans and (not quotes or any(_is_of(text, quote) for quote in quotes)) else spans


def _paragraph(name: str, row: dict[str, Any]) -> str:
    paragraphs = re.split(r"\n\s*\n", (EVAL / name / "docs" / _source(row)).read_text("utf-8"))
    return [paragraph for paragraph in paragraphs if paragraph.strip()][row["paragraph"]]


def _is_of(text: str, paragraph: str) -> bool:
    part, whole = " ".join(text.split()), " ".join(paragraph.split())
    return whole[:_EDGE] in part or part[:_EDGE] in whole or whole[-_EDGE:] in part
