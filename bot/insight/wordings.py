"""The questions that matter most, as they were worded: how often they were asked, their votes and their vectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from bot.insight.asked_again import still_open
from bot.insight.reading import Reading, among
from bot.insight.records import Wording
from bot.insight.votes import votes_by_question
from index.arrays import Vectors

MOST_WORDINGS = 1500
"""Wordings that groups are made of: those asked most, and what was asked in vain counts three times."""

_MOST_DISLIKED = 500


def wordings_of(reading: Reading, model: str, rarer: int | None = 0) -> tuple[list[Wording], list[Wording]]:
    """Return the questions that matter most, with their vectors of this `model` (a fingerprint).

    After them come those `rarer` ones (so many at most, None: all) that have a vector: without their words.
    """
    if not reading.has("questions"):
        return [], []
    rows = reading.rows(
        f"SELECT key, count(*) AS n, sum(1 - answered) AS vain, max(time) AS latest FROM {reading.questions_by_key} "  # noqa: S608
        "WHERE time BETWEEN ? AND ? GROUP BY key ORDER BY n + 2 * vain DESC, latest DESC LIMIT ?",
        -1 if rarer is None else MOST_WORDINGS + rarer,
    )
    counts = [(key, (asked, vain)) for key, asked, vain, _ in rows]
    first, rest = dict(counts[:MOST_WORDINGS]), dict(counts[MOST_WORDINGS:])
    votes = votes_by_question(reading)
    listed = _first(reading, first, votes, model)
    for wording in listed:
        rest.pop(wording.key, None)
    return listed, _rarer(reading, rest, votes, model)


def _first(
    reading: Reading, counts: dict[bytes, tuple[int, int]], votes: dict[bytes, tuple[int, int]], model: str
) -> list[Wording]:
    disliked = sorted((key for key, (_, down) in votes.items() if down), key=lambda key: -votes[key][1])
    counts |= _counts(reading, [key for key in disliked[:_MOST_DISLIKED] if key not in counts])
    keys = list(counts)
    texts, vectors, closed = _texts(reading, keys), _vectors(reading, keys, model), still_open(reading, keys)
    return [
        Wording(key, texts[key], asked, vain, closed.get(key, vain), *votes.get(key, (0, 0)), vector=vectors.get(key))
        for key, (asked, vain) in counts.items()
        if key in texts
    ]


def _rarer(
    reading: Reading, counts: dict[bytes, tuple[int, int]], votes: dict[bytes, tuple[int, int]], model: str
) -> list[Wording]:
    keys = list(counts)
    vectors, closed = _vectors(reading, keys, model), still_open(reading, keys)
    return [
        Wording(key, "", *counts[key], closed.get(key, counts[key][1]), *votes.get(key, (0, 0)), vector=vector)
        for key, vector in vectors.items()
    ]


def vectors_of(reading: Reading, keys: Sequence[bytes], model: str | None = None) -> dict[bytes, Vectors]:
    """Return the vectors of questions as far as they are known, of a model or else of that which most are of."""
    if model is not None:
        return _vectors(reading, keys, model)
    models: Counter[str] = Counter()
    if reading.has("vectors"):
        for condition, some in among(keys):
            query = f"SELECT model FROM vectors WHERE {condition}"  # noqa: S608
            models.update(model for (model,) in reading.database.execute(query, some))
    return _vectors(reading, keys, models.most_common(1)[0][0]) if models else {}


def _counts(reading: Reading, keys: Sequence[bytes]) -> dict[bytes, tuple[int, int]]:
    counts: dict[bytes, tuple[int, int]] = {}
    for condition, some in among(keys):
        query = (
            f"SELECT key, count(*), sum(1 - answered) FROM {reading.questions_by_key} WHERE {condition} "  # noqa: S608
            "AND time BETWEEN ? AND ? GROUP BY key"
        )
        rows = reading.database.execute(query, (*some, reading.since, reading.until))
        counts |= {key: (asked, vain) for key, asked, vain in rows}
    return counts


def _texts(reading: Reading, keys: Sequence[bytes]) -> dict[bytes, str]:
    query = f"SELECT question FROM {reading.questions} WHERE key = ? LIMIT 1"  # noqa: S608
    rows = ((key, reading.database.execute(query, (key,)).fetchone()) for key in keys)
    return {key: row[0] for key, row in rows if row is not None}


def _vectors(reading: Reading, keys: Sequence[bytes], model: str) -> dict[bytes, Vectors]:
    if not reading.has("vectors"):
        return {}
    vectors = {}
    for condition, some in among(keys):
        query = f"SELECT key, vector FROM vectors WHERE {condition} AND model = ?"  # noqa: S608
        for key, vector in reading.database.execute(query, (*some, model)):
            vectors[key] = np.frombuffer(vector, np.float16).astype(np.float32)
    return vectors
