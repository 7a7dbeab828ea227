"""What builds made of questions that were asked in vain: which they asked again, and which they answered."""

from __future__ import annotations

from collections.abc import Sequence

from bot.insight.reading import Reading, among


def last_tried(reading: Reading, keys: Sequence[bytes]) -> dict[bytes, float]:
    """Return when questions were last asked again after a build, in seconds since 1970, as far as they were."""
    tried: dict[bytes, float] = {}
    for condition, some in among(keys) if reading.has("tried") else ():
        tried |= dict(reading.database.execute(f"SELECT key, time FROM tried WHERE {condition}", some))  # noqa: S608
    return tried


def still_open(reading: Reading, keys: Sequence[bytes]) -> dict[bytes, int]:
    """Return how often questions that a build has answered were asked in vain after that, in the time read."""
    if not reading.has("closed"):
        return {}
    counts = {}
    query = f"SELECT count(*) FROM {reading.questions} WHERE key = ? AND time > ? AND time <= ? AND NOT answered"  # noqa: S608
    for condition, some in among(keys):
        closed = reading.database.execute(f"SELECT key, time FROM closed WHERE {condition}", some)  # noqa: S608
        for key, time in closed.fetchall():
            values = (key, max(time, reading.since), reading.until)
            counts[key] = reading.database.execute(query, values).fetchone()[0]
    return counts
