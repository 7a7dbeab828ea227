"""Which words answer: the run of sentences that most probably holds the answer, within 300 characters."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from index.answer.question import Question
from index.arrays import Vectors
from index.records import BlockKind, Sentence
from index.text.words import Ids, words

LONGEST = 300
"""Characters of a run of sentences at most; code stands whole, and may be longer."""

SHARPNESS = 12.0
"""From a difference of scores to log odds: what a listwise fit gives on two sets of articles (11 to 13)."""

KEPT = 0.98
"""A quote is cut to its shortest run of sentences that keeps this share of its probability."""

_APART = frozenset({BlockKind.CODE, BlockKind.TABLE})
"""Kinds that are not quoted together with another."""

_PIECE = re.compile(r"[^\s，、；：]*[，、；：]+|[^\s，、；：]+")  # noqa: RUF001 -- Chinese and Japanese have no blanks, but clauses
_CLAUSE_ENDS = ",;:(-–—，、；："  # noqa: RUF001
_AT_CLAUSE = 0.05
_AT_START = 0.02


@dataclass(frozen=True, slots=True)
class Run:
    """Sentences `first` to `last` of the candidates, of one passage, and the probability that one holds the answer."""

    first: int
    last: int
    probability: float


def probabilities(scores: Vectors, more: Vectors | float = 0.0) -> Vectors:
    """Return for each sentence the probability that it is the one that answers, if one of them does.

    `more` is log odds that a second look adds to those of the `scores`.
    """
    log_odds = SHARPNESS * scores + more
    weights = np.exp(log_odds - log_odds.max(initial=-np.inf))
    return np.asarray(weights / weights.sum(), np.float32)


def best_runs(sentences: Sequence[Sentence], passages: Ids, probability: Vectors, count: int) -> list[Run]:
    """Return at most `count` runs that do not overlap, most probable first.

    A run holds whole sentences of one passage and fits into `LONGEST`, unless it is one sentence; prose, code and
    table rows do not mix in it.
    """
    free = _runs(sentences, passages.tolist(), probability.tolist())
    chosen: list[Run] = []
    while free and len(chosen) < count:
        best = max(free, key=lambda run: (run.probability, -run.first))
        run = min(
            (run for run in free if _is_inside(run, best) and run.probability >= KEPT * best.probability),
            key=lambda run: sentences[run.last].end - sentences[run.first].start,
        )
        chosen.append(run)
        free = [other for other in free if other.last < run.first or other.first > run.last]
    return chosen


def shortened(
    text: str, sentence: Sentence, question: Question, stem: Callable[[str], str], longest: int = LONGEST
) -> tuple[int, int]:
    """Return the stretch of a sentence, at most `longest` characters, that says most of the question.

    Of equals the one that begins with the sentence, or else with a clause, is taken. Words stay whole.
    """
    if sentence.kind is BlockKind.CODE or sentence.end - sentence.start <= longest:
        return sentence.start, sentence.end
    spans = [match.span() for match in _PIECE.finditer(text[sentence.start : sentence.end])]
    spans = [(sentence.start + start, sentence.start + end) for start, end in spans]
    weighted = [_weighted(text[start:end], question, stem) for start, end in spans]
    last = 0
    best = (-1.0, sentence.start, sentence.start)
    for first, (start, _) in enumerate(spans):
        while last + 1 < len(spans) and spans[last + 1][1] - start <= longest:
            last += 1
        inside: dict[str, float] = {}
        for terms in weighted[first : last + 1]:
            inside.update(terms)
        value = sum(inside.values()) + _bonus(text, sentence.start, start)
        if value > best[0] + 1e-9:
            best = (value, start, min(spans[last][1], start + longest))
        if last + 1 == len(spans):
            break
    return best[1:]


def _runs(sentences: Sequence[Sentence], passages: list[int], probability: list[float]) -> list[Run]:
    runs: list[Run] = []
    for first, opening in enumerate(sentences):
        total = 0.0
        for last in range(first, len(sentences)):
            if last > first and not _may_join(opening, sentences[last], passages[first] == passages[last]):
                break
            total += probability[last]
            runs.append(Run(first, last, total))
    return runs


def _may_join(opening: Sentence, closing: Sentence, same_passage: bool) -> bool:  # noqa: FBT001 -- one of three reasons
    alike = opening.kind is closing.kind or not _APART & {opening.kind, closing.kind}
    return same_passage and alike and closing.end - opening.start <= LONGEST


def _is_inside(run: Run, other: Run) -> bool:
    return run.first >= other.first and run.last <= other.last


def _weighted(piece: str, question: Question, stem: Callable[[str], str]) -> dict[str, float]:
    stems = {stem(word) for word in words(piece)}
    return {term: float(weight) for term, weight in zip(question.terms, question.weights, strict=True) if term in stems}


def _bonus(text: str, sentence_start: int, start: int) -> float:
    if start == sentence_start:
        return _AT_CLAUSE + _AT_START
    return _AT_CLAUSE if text[sentence_start:start].rstrip()[-1:] in _CLAUSE_ENDS else 0.0
