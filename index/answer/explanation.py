"""Why an answer is as it is: the passages and sentences it was chosen from, with the parts of their scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index.answer.reranking import read_again
from index.answer.trace import ChoiceTrace

_SENTENCES = 8
"""Sentences that are listed, the most probable ones."""


@dataclass(frozen=True, slots=True)
class SeenPassage:
    """A passage that was looked at: `score` is `cosine + 0.5 * bm25`, and `bm25` a share of the best passage's.

    `read` tells whether the second look was taken at it.
    """

    source: str
    title: str
    section: tuple[str, ...]
    page: int | None
    lines: tuple[int, int]
    cosine: float
    bm25: float
    score: float
    read: bool


@dataclass(frozen=True, slots=True)
class SeenSentence:
    """A sentence that was scored: `score` is `cosine + covered + 0.1 * bm25 + 0.075 * type - 0.5 * only_named`.

    `passage` counts the passages from 0. `second_look` are the log odds of the second look, None where there was none;
    a sentence of a passage that was not read has the lowest of those that were. `probability` comes of a softmax over
    all sentences, of `12 * score + 0.75 * second_look`, once rows of a table that say more of the question than the
    names of its columns stand before these.
    """

    text: str
    source: str
    passage: int
    cosine: float
    covered: float
    bm25: float
    type: int
    only_named: int
    second_look: float | None
    score: float
    probability: float
    quoted: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """The passages, best first, and of their sentences the most probable ones."""

    passages: tuple[SeenPassage, ...]
    sentences: tuple[SeenSentence, ...]


def explain(choice_trace: ChoiceTrace) -> Explanation:
    """Return what was looked at for a question."""
    candidates = choice_trace.candidates
    order = np.argsort(-choice_trace.probability, kind="stable")[:_SENTENCES].tolist()
    read = set(read_again(candidates).tolist()) if choice_trace.read is not None else set()
    numbers = np.unique(candidates.passages).tolist()
    return Explanation(
        tuple(_passage(choice_trace, number, read=number in read) for number in numbers),
        tuple(_sentence(choice_trace, row, numbers.index(candidates.passages[row])) for row in order),
    )


def _passage(choice_trace: ChoiceTrace, number: int, *, read: bool) -> SeenPassage:
    candidates, hits = choice_trace.candidates, choice_trace.scored_hits
    rows = np.flatnonzero(candidates.passages == number).tolist()
    document = candidates.documents[rows[0]]
    begins = document.place(candidates.sentences[rows[0]].start)
    ends = document.place(candidates.sentences[rows[-1]].end - 1)
    return SeenPassage(
        document.source,
        document.title,
        candidates.sections[rows[0]],
        begins.page,
        (begins.line, ends.line),
        float(hits.dense[number]),
        float(hits.lexical[number]),
        float(hits.score[number]),
        read,
    )


def _sentence(choice_trace: ChoiceTrace, row: int, passage: int) -> SeenSentence:
    candidates = choice_trace.candidates
    document, sentence = candidates.documents[row], candidates.sentences[row]
    return SeenSentence(
        document.text[sentence.start : sentence.end],
        document.source,
        passage,
        float(candidates.cosines[row]),
        float(candidates.coverage.total[row]),
        float(candidates.lexical[row]),
        int(candidates.types[row]),
        int(candidates.only_named[row]),
        None if choice_trace.read is None else float(choice_trace.read[row]),
        float(candidates.scores[row]),
        float(choice_trace.probability[row]),
        any(run.first <= row <= run.last for run in choice_trace.runs),
    )
