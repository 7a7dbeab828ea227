"""Lets votes count a little when answers are given: what is read of them, and what they change."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.cards.reference import decode, short_hash
from bot.insight.opinions import Opinions, Stretch, Vote, reordered
from bot.insight.reading import JournalUnreadError, opened
from index.answer.trace import AnswerTrace
from index.records import Answer, Quote

_EVERY = 30.0
_MOST_VOTES = 5000

_log = logging.getLogger(__name__)


class VotesCount:
    """The votes that count, read anew when there are new ones; none where the settings say so."""

    def __init__(self, folder: Path, *, counts: bool) -> None:
        """Read nothing before `follow`."""
        self._folder = folder
        self._counts = counts
        self._opinions = Opinions([], {})
        self._read = (0.0, 0)

    async def follow(self) -> None:
        """Read the votes whenever there are new ones, for ever."""
        while self._counts:
            await asyncio.to_thread(self.refresh)
            await asyncio.sleep(_EVERY)

    def refresh(self) -> None:
        """Read the votes, if they have changed; a journal that cannot be read is logged, and nothing counts."""
        if not self._counts or (state := _state(self._folder / "votes.sqlite")) == self._read:
            return
        self._read = state
        try:
            self._opinions = _opinions(self._folder)
        except (JournalUnreadError, sqlite3.Error) as error:
            self._opinions = Opinions([], {})
            _log.warning("votes do not count: they cannot be read", extra={"reason": str(error)})

    def applied(self, reasoning: AnswerTrace) -> Answer:
        """Return an answer with its quotes in the order that votes on close questions give them."""
        answer, choice_trace = reasoning.answer, reasoning.choice_trace
        if not self._counts or choice_trace is None or len(answer.quotes) <= 1:
            return answer
        own = answer.quotes[reasoning.led :]  # what people have chosen goes before votes
        effects = self._opinions.effects(choice_trace.question.vector, [stretch_of(quote) for quote in own])
        moved = [at + reasoning.led for at in reordered([quote.score for quote in own], effects)]
        order = [*range(reasoning.led), *moved]
        return replace(answer, quotes=tuple(answer.quotes[at] for at in order)) if order != sorted(order) else answer

    def votes_for(self, source: str, start: int, length: int) -> tuple[int, int] | None:
        """Return how many people liked and disliked a stretch as an answer; None where that counts nothing."""
        return self._opinions.votes_for(Stretch(short_hash(source), start, length)) if self._counts else None


def stretch_of(quote: Quote) -> Stretch:
    """Return where a quote stands."""
    return Stretch(short_hash(quote.source), quote.start, quote.end - quote.start)


def _opinions(folder: Path) -> Opinions:
    with opened(folder, 0.0, 2.0**62) as reading:
        rows = reading.votes(_MOST_VOTES)
        vectors = reading.vectors_of(list({row[0] for row in rows}))
    return Opinions(list(_votes(rows)), vectors)


def _votes(rows: Sequence[tuple[bytes, bytes, int, str, float]]) -> list[Vote]:
    votes = []
    for question, person, up, quote, time in rows:
        reference = decode(quote)
        if reference is not None:
            stretch = Stretch(reference.source, reference.start, reference.length)
            votes.append(Vote(question, person, bool(up), stretch, time))
    return votes


def _state(path: Path) -> tuple[float, int]:
    try:
        status = path.stat()
    except OSError:
        return 0.0, 0
    return status.st_mtime, status.st_size
