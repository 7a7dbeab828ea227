"""Who asked: how many people, where, and whether others may read their words."""

from __future__ import annotations

from collections.abc import Sequence

from bot.insight.reading import Reading, among


def count_people(reading: Reading, keys: Sequence[bytes]) -> int:
    """Return how many people asked or wrote these questions, whichever are fewer."""
    askers: set[bytes] = set()
    others: set[tuple[bytes, bytes]] = set()
    for condition, some in among(keys):
        of_these = f"FROM {reading.questions_by_key} WHERE {condition} AND time BETWEEN ? AND ?"
        values = (*some, reading.since, reading.until)
        own = reading.database.execute(f"SELECT person {of_these} AND person = author", values)
        askers.update(person for (person,) in own)
        others.update(reading.database.execute(f"SELECT person, author {of_these} AND person <> author", values))
    return min(len(askers.union(pair[at] for pair in others)) for at in (0, 1))


def is_asked_by(reading: Reading, keys: Sequence[bytes], count: int) -> bool:
    """Tell whether at least so many people asked these questions, and as many wrote them."""
    return all(_has_people(reading, column, keys, count) for column in ("person", "author"))


def _has_people(reading: Reading, column: str, keys: Sequence[bytes], count: int) -> bool:
    seen: set[bytes] = set()
    for condition, some in among(keys):
        query = (
            f"SELECT DISTINCT {column} FROM {reading.questions_by_key} "  # noqa: S608
            f"WHERE {condition} AND time BETWEEN ? AND ? LIMIT ?"
        )
        rows = reading.database.execute(query, (*some, reading.since, reading.until, count))
        seen |= {person for (person,) in rows}
        if len(seen) >= count:
            return True
    return False


def openly(reading: Reading, keys: Sequence[bytes], count: int) -> set[bytes]:
    """Return the questions whose words may be shown: asked in channels that are read, or by so many people."""
    if reading.server is None:
        return set(keys)
    return {key for key in keys if _is_asked_where_it_is_read(reading, key) or is_asked_by(reading, [key], count)}


def _is_asked_where_it_is_read(reading: Reading, key: bytes) -> bool:
    query = (
        f"SELECT channel FROM {reading.questions_by_key} WHERE key = ? AND time BETWEEN ? AND ? "  # noqa: S608
        "AND server IS NOT NULL"
    )
    asked_in = reading.database.execute(query, (key, reading.since, reading.until))
    return any(channel in reading.channels for (channel,) in asked_in)


def servers_of(reading: Reading, keys: Sequence[bytes]) -> dict[bytes, frozenset[bytes | None]]:
    """Return in which servers (keyed hashes; None: private messages) questions were asked in vain."""
    servers: dict[bytes, set[bytes | None]] = {key: set() for key in keys}
    for condition, some in among(keys):
        query = (
            f"SELECT DISTINCT key, server FROM questions WHERE {condition} AND NOT answered "  # noqa: S608
            "AND time BETWEEN ? AND ?"
        )
        for key, server in reading.database.execute(query, (*some, reading.since, reading.until)):
            servers[key].add(server)
    return {key: frozenset(asked_in) for key, asked_in in servers.items()}
