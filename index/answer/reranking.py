"""A second look: the best passages are read once more, question and passage together."""

from __future__ import annotations

import numpy as np

from index.answer.candidates import Candidates
from index.answer.question import Question
from index.answer.reranker import Reranker
from index.arrays import Vectors
from index.records import PassageText
from index.store.passage_text import header
from index.text.words import Ids

READ = 3
"""Passages that are read: those with the best sentences."""

WEIGHT = 0.75
"""Of the reranker's log odds against those of the first look."""


class Reranking:
    """Reads the best candidates with a reranker."""

    def __init__(self, reranker: Reranker) -> None:
        self._reranker = reranker

    def log_odds(self, question: Question, candidates: Candidates) -> Vectors:
        """Return for each candidate the reranker's log odds that it answers `question`.

        A passage that is not read gets the lowest of those that are: it was behind all of them before.
        """
        rows = [np.flatnonzero(candidates.passages == passage) for passage in read_again(candidates)]
        log_odds = np.zeros(len(candidates.sentences), np.float32)
        read = self._reranker.log_odds(question.text, [_text(candidates, of_one) for of_one in rows])
        if read:
            log_odds[:] = min(float(odds.min(initial=np.inf)) for odds in read)
        for of_one, odds in zip(rows, read, strict=True):
            log_odds[of_one] = odds
        return log_odds


def read_again(candidates: Candidates) -> Ids:
    """Return the numbers of the passages that are read: those with the best sentences, best first."""
    numbers = np.unique(candidates.passages)
    best = np.array([candidates.scores[candidates.passages == number].max() for number in numbers])
    return np.asarray(numbers[np.argsort(-best, kind="stable")[:READ]])


def _text(candidates: Candidates, rows: Ids) -> PassageText:
    first, last = int(rows[0]), int(rows[-1])
    document = candidates.documents[first]
    start, end = candidates.sentences[first].start, candidates.sentences[last].end
    sentences = tuple((candidates.sentences[row].start - start, candidates.sentences[row].end - start) for row in rows)
    return PassageText(header(document.title, candidates.sections[first]), document.text[start:end], sentences)
