"""What nobody put to the bot, and what it found nothing for: in words where they are kept, else only counted."""

from __future__ import annotations

import math

from bot.insight.reading import DAY, Reading
from bot.insight.wordings import MOST_WORDINGS


def unasked(reading: Reading) -> list[tuple[str, bytes, bytes]]:
    """Return the words of questions that nobody put to the bot, the key of each and who wrote it, latest first."""
    if not reading.has("unasked"):
        return []
    keyed = "coalesce(key, CAST(question AS BLOB))" if _counts_by_server(reading) else "CAST(question AS BLOB)"
    query = (
        f"SELECT question, {keyed}, author FROM {_table(reading)} WHERE time BETWEEN ? AND ? {_read(reading)} "  # noqa: S608
        "ORDER BY time DESC LIMIT ?"
    )
    return reading.rows(query, MOST_WORDINGS)


def count_of_unasked(reading: Reading) -> int:
    """Return how often that was."""
    words = counts = 0
    if reading.has("unasked"):
        words = reading.rows(f"SELECT count(*) FROM {_table(reading)} WHERE time BETWEEN ? AND ?")[0][0]  # noqa: S608
    if _counts_by_server(reading):
        of_server = f"AND server = x'{reading.server.hex()}'" if reading.server is not None else ""
        counts = reading.database.execute(
            f"SELECT coalesce(sum(count), 0) FROM unasked_counts WHERE day BETWEEN ? AND ? {of_server}",  # noqa: S608
            (math.ceil(reading.since / DAY), int(reading.until // DAY)),  # of a day that began before, some is too old
        ).fetchone()[0]
    return int(words + counts)


def _counts_by_server(reading: Reading) -> bool:
    """Tell whether the journal says in which server something was said that nobody put to the bot."""
    return reading.has("unasked_counts")


def _read(reading: Reading) -> str:
    """Return the condition that something was said where whoever looks reads: older versions do not say where."""
    if reading.server is None:
        return ""
    columns = {name for _, name, *_ in reading.database.execute("PRAGMA table_info(unasked)")}
    channels = ", ".join(f"x'{channel.hex()}'" for channel in sorted(reading.channels))
    return f"AND channel IN ({channels})" if "channel" in columns else "AND 0"


def _table(reading: Reading) -> str:
    """Return what nobody put to the bot, in the server alone: older versions do not say where that was."""
    if reading.server is None:
        return "unasked"
    which = f"server = x'{reading.server.hex()}'" if _counts_by_server(reading) else "0"
    return f"(SELECT * FROM unasked WHERE {which})"  # noqa: S608
