"""What votes say of a quote as the answer to a question: a little, and never one person alone."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from index.arrays import Vectors

CLOSE = 0.75
"""Cosine from which on two questions are close enough for the votes on one to count for the other."""

SEVERAL = 3
"""People who must have voted before it counts, and by how many more of them must agree than disagree."""

BOUND = 0.8
"""The most by which the logarithm of a quote's score is raised or lowered: the score changes by a factor of 2.2."""

_EASY = 4.0
"""Votes beside those cast that say nothing: three people who agree come to less than half of the bound."""

_DILIGENT = 8
"""Votes of one person that count in full; of one who votes more often they share that weight."""

_SAME = 0.5
"""Share of the shorter of two stretches of a document that both must have to be the same quote."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a document, by the hash of its source."""

    source: bytes
    start: int
    length: int

    def is_like(self, other: Stretch) -> bool:
        """Tell whether two stretches are of the same words, as far as their places tell."""
        shared = min(self.start + self.length, other.start + other.length) - max(self.start, other.start)
        return self.source == other.source and shared >= _SAME * min(self.length, other.length) > 0


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote of a person (a keyed hash) on the quote that led the answer to a question, at a time."""

    question: bytes
    person: bytes
    up: bool
    quote: Stretch
    time: float


class Opinions:
    """Votes, with the vectors of the questions that they were cast on. Not changed once made."""

    def __init__(self, votes: Sequence[Vote], vectors: dict[bytes, Vectors]) -> None:
        """Hold the votes on questions whose vectors are known, unit vectors of shape (dimension,)."""
        self._votes = sorted((vote for vote in votes if vote.question in vectors), key=lambda vote: vote.time)
        keys = list(dict.fromkeys(vote.question for vote in self._votes))
        self._keys = {key: row for row, key in enumerate(keys)}
        self._vectors = np.array([vectors[key] for key in keys], np.float32)
        cast = Counter(vote.person for vote in self._votes)
        self._weights = {person: min(1.0, _DILIGENT / number) for person, number in cast.items()}

    def effects(self, vector: Vectors, quotes: Sequence[Stretch]) -> list[float]:
        """Return by what the logarithm of each quote's score is to be raised or lowered, within `BOUND`.

        `vector` is that of the question. Each person counts once for a quote, by the latest vote on a close question.
        """
        if not self._votes:
            return [0.0] * len(quotes)
        near = self._vectors @ vector >= CLOSE
        close = [vote for vote in self._votes if near[self._keys[vote.question]]]
        return [self._effect(vote for vote in close if vote.quote.is_like(quote)) for quote in quotes]

    def votes_for(self, quote: Stretch) -> tuple[int, int] | None:
        """Return how many people liked and disliked a quote as an answer; None where it is fewer than several."""
        latest = {vote.person: vote.up for vote in self._votes if vote.quote.is_like(quote)}
        liked = sum(latest.values())
        return (liked, len(latest) - liked) if len(latest) >= SEVERAL else None

    def _effect(self, votes: Iterable[Vote]) -> float:
        latest = {vote.person: vote.up for vote in votes}
        people = Counter(latest.values())
        if abs(people[True] - people[False]) < SEVERAL:
            return 0.0
        weights: defaultdict[bool, float] = defaultdict(float)
        for person, up in latest.items():
            weights[up] += self._weights[person]
        return BOUND * (weights[True] - weights[False]) / (weights[True] + weights[False] + _EASY)


def reordered(scores: Sequence[float], effects: Sequence[float]) -> list[int]:
    """Return the order of quotes, best first, once votes have counted.

    A quote is passed only by what comes out ahead of it after both have moved: one that stands far ahead stays.
    """
    if not any(effects):
        return list(range(len(scores)))
    moved = [
        score * math.exp(effect) if math.isfinite(score) else score
        for score, effect in zip(scores, effects, strict=True)
    ]
    return sorted(range(len(scores)), key=lambda at: -moved[at])
