"""What people voted on answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.insight.reading import Reading


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one person voted on the answer to a question: `answered`, or a refusal.

    `quote` is the reference to the quote that was shown first, None where there was none. `key` is the question's: that
    of its words alone, unless it was asked after another one, or of some documents only.
    """

    key: bytes
    text: str
    answered: bool
    up: bool
    quote: str | None


def count_of_votes(reading: Reading) -> tuple[int, int]:
    """Return how often answers were liked and disliked."""
    if not reading.has("votes"):
        return 0, 0
    of_server = ""
    if reading.server is not None and reading.has("questions"):
        of_server = f"AND EXISTS (SELECT 1 FROM {reading.questions_by_key} WHERE key = votes.question)"  # noqa: S608
    query = (
        "SELECT coalesce(sum(up), 0), coalesce(sum(1 - up), 0) FROM votes.votes AS votes "  # noqa: S608
        f"WHERE time BETWEEN ? AND ? {of_server}"
    )
    liked, disliked = reading.rows(query)[0]
    return int(liked), int(disliked)


def votes_by_question(reading: Reading) -> dict[bytes, tuple[int, int]]:
    """Return how many people liked and disliked each question; one who did both counts for the later."""
    if not reading.has("votes"):
        return {}
    rows = reading.rows(
        "SELECT question, sum(up), sum(1 - up) FROM (SELECT question, person, up, max(time) FROM votes.votes "
        "WHERE time BETWEEN ? AND ? GROUP BY question, person) GROUP BY question"
    )
    return {key: (up, down) for key, up, down in rows}


def votes_on_quotes(reading: Reading, most: int) -> list[tuple[bytes, bytes, int, str, float]]:
    """Return the latest votes on quotes: question, person, whether it is up, reference to the quote, time."""
    if not reading.has("votes"):
        return []
    query = (
        "SELECT question, person, up, quote, time FROM votes.votes WHERE quote IS NOT NULL "
        "AND time BETWEEN ? AND ? ORDER BY time DESC LIMIT ?"
    )
    return reading.rows(query, most)


def ballots(reading: Reading) -> Iterator[Ballot]:
    """Yield what each person voted last on a question whose words are kept.

    A vote on a refusal that showed nothing is left out where a build has answered the question since.
    """
    if not reading.has("votes") or not reading.has("questions"):
        return
    before = "SELECT question, answered FROM questions WHERE key = ? AND time <= ? ORDER BY time DESC LIMIT 1"
    closed = "SELECT 1 FROM closed WHERE key = ? AND time > ?"
    run = reading.database.execute
    for key, up, quote, time in reading.rows(
        "SELECT question, up, quote, max(time) FROM votes.votes WHERE time BETWEEN ? AND ? GROUP BY question, person"
    ):
        row = run(before, (key, time)).fetchone()
        is_closed = quote is None and reading.has("closed") and run(closed, (key, time)).fetchone()
        if row is not None and not is_closed:
            yield Ballot(key, row[0], bool(row[1]), bool(up), quote)
