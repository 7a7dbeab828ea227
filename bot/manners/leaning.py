"""Whether a message leans to small talk or to a request, by its words, and by its vector where there is one.

Two logistic regressions: one on words, neighbouring words and pieces of words, hashed into a table, the other on the
log odds of the first and the vector of the default model. `bench/fit_small_talk.py` fits them to messages that were
written for it, in English, German, Spanish and French, and writes `leaning.npz`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from bot.manners.wording import words_of
from index.arrays import Vectors

BUCKETS = 1 << 16
"""Rows of the table of words; a sixteenth as many tell requests from small talk worse (`bench/RESULTS.md`)."""

_MOST_WORDS = 60
"""Words that are looked at: what somebody wants is said by then."""

_PIECES = (3, 4, 5)
"""Letters of the pieces of words: they know "printin" by "print", and endings of languages."""

_MARKS = ("?", "!")
_DIGIT = re.compile(r"\d")
_CODE = re.compile(
    r"\w[._:/\\][\w/\\]|[a-z][A-Z][a-z]|\b[A-Z][A-Z0-9_]{3,}\b|\w(?:Error|Exception)\b|`|[<>{}=]|\B--?\w"
)
"""What stands in code and in messages of programs, and hardly in what people say."""

_WEIGHTS = Path(__file__).with_name("leaning.npz")


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """Log odds that a message is small talk: from each on, it is taken for less of a request.

    Below `likely` it is asked, below `unclear` it probably is, from `talk` on it is not.
    """

    likely: float
    unclear: float
    talk: float


@dataclass(frozen=True, slots=True, eq=False)
class _Weights:
    """`words` has shape (buckets,), `plain` (plain features,), `vector` (dimension,), of the model with `fingerprint`.

    `bias` and `scale` are of the log odds that words give, in the log odds with a vector.
    """

    words: npt.NDArray[np.float32]
    plain: npt.NDArray[np.float32]
    bias_of_words: float
    vector: npt.NDArray[np.float32]
    scale: float
    bias: float
    fingerprint: str
    bounds: tuple[Bounds, Bounds]


@dataclass(frozen=True, slots=True)
class Leaning:
    """The log odds that a message is small talk, and the bounds that they are held against."""

    log_odds: float
    bounds: Bounds


def leaning(text: str, vector: Vectors | None = None) -> Leaning:
    """Return how much a message leans to small talk: by its words, and by a `vector` of it by a model that is known."""
    weights, words = _weights(), words_of(text)
    buckets, values = hashed(words)
    log_odds = weights.bias_of_words + float(weights.words[buckets] @ values + weights.plain @ plain(text, words))
    if vector is None:
        return Leaning(log_odds, weights.bounds[0])
    with_vector = weights.bias + weights.scale * log_odds + float(weights.vector @ vector)
    return Leaning(with_vector, weights.bounds[1])


def is_known(model: str) -> bool:
    """Tell whether the vectors of a model (a fingerprint) say something: those of the default one do."""
    return model == _weights().fingerprint


def hashed(words: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """Return the buckets of a text's features, and their values: words count as much as pieces of words together."""
    first = words[:_MOST_WORDS]
    parts = [set(names) for names in (_of_words(first), _of_pieces(first)) if first]
    buckets = [crc32(name.encode()) % BUCKETS for names in parts for name in sorted(names)]
    values = [len(names) ** -0.5 for names in parts for _ in names]
    return np.array(buckets, np.int64), np.array(values, np.float32)


def plain(text: str, words: Sequence[str]) -> npt.NDArray[np.float32]:
    """Return what is counted of a text of some words besides: how long it is, and marks, digits and code in it."""
    marks = [mark in text for mark in _MARKS]
    length = math.log1p(len(words)) / 2
    return np.array([length, *marks, bool(_DIGIT.search(text)), bool(_CODE.search(text))], np.float32)


def _of_words(words: Sequence[str]) -> Iterator[str]:
    yield f"f:{words[0]}"
    yield from (f"w:{word}" for word in words)
    yield from (f"2:{first} {second}" for first, second in zip(["^", *words], [*words, "$"], strict=True))


def _of_pieces(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        whole = f"<{word}>"
        for size in _PIECES:
            yield from (f"c:{whole[at : at + size]}" for at in range(len(whole) - size + 1))


@cache
def _weights() -> _Weights:
    with np.load(_WEIGHTS, allow_pickle=False) as stored:
        numbers = stored["numbers"]
        bounds = [Bounds(*map(float, row)) for row in stored["bounds"]]
        return _Weights(
            stored["words"].astype(np.float32) * numbers[0],
            stored["plain"],
            float(numbers[1]),
            stored["vector"].astype(np.float32),
            float(numbers[2]),
            float(numbers[3]),
            str(stored["fingerprint"]),
            (bounds[0], bounds[1]),
        )
