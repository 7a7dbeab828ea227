"""Lets votes count a little when answers are given: what is read of them, and what they change."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.cards.reference import Reference, decode, resolve_in, short_hash
from bot.insight.opinions import Opinions, Stretch, Vote, reordered
from bot.insight.reading import JournalUnreadError, opened
from bot.insight.votes import votes_on_quotes
from bot.insight.wordings import vectors_of
from index.answer.trace import AnswerTrace
from index.arrays import Vectors
from index.errors import QuothError
from index.records import Answer, Quote
from index.store.base import Catalogue, Generation

_EVERY = 30.0
_MOST_VOTES = 5000
_GENERATIONS = 2
"""The generation in use, and the one that answers in progress began on."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Cast:
    """Votes as they were cast (question, person, whether it is up, words, time), and the vectors of the questions."""

    votes: tuple[tuple[bytes, bytes, bool, Reference, float], ...]
    vectors: dict[bytes, Vectors]


class VotesCount:
    """The votes that count, read anew when there are new ones; none where the settings say so. Thread-safe.

    A vote is on words, which it knows by their hash: in each index that is turned to they are looked for again, and a
    vote on words that are gone says nothing.
    """

    def __init__(self, folder: Path, *, counts: bool) -> None:
        """Read nothing before `turn_to`."""
        self._folder = folder
        self._counts = counts
        self._read = (0.0, 0)
        self._cast = _Cast((), {})
        self._places: OrderedDict[str, _Places] = OrderedDict()
        self._opinions: dict[str, Opinions] = {}
        self._changing = threading.Lock()

    async def follow(self) -> None:
        """Read the votes whenever there are new ones, for ever."""
        while self._counts:
            await asyncio.to_thread(self.refresh)
            await asyncio.sleep(_EVERY)

    def turn_to(self, generation: Generation) -> None:
        """Find the words that were voted on in a generation that will be answered from."""
        if not self._counts:
            return
        with self._changing:
            self._places.pop(generation.name, None)  # the last one is in use, also after going back
            self._places[generation.name] = _Places(generation)
            while len(self._places) > _GENERATIONS:
                self._opinions.pop(self._places.popitem(last=False)[0], None)
            self._opinions[generation.name] = self._opinions_in(self._places[generation.name])

    def refresh(self) -> None:
        """Read the votes, if they have changed; a journal that cannot be read is logged, and nothing counts."""
        if not self._counts or (state := _state(self._folder / "votes.sqlite")) == self._read:
            return
        with self._changing:  # a generation is closed once another is turned to
            self._read = state
            try:
                self._cast = _cast(self._folder)
            except (JournalUnreadError, sqlite3.Error) as error:
                self._cast = _Cast((), {})
                _log.warning("votes do not count: they cannot be read", extra={"reason": str(error)})
            if self._places:
                name = next(reversed(self._places))
                self._opinions[name] = self._opinions_in(self._places[name])

    def applied(self, reasoning: AnswerTrace) -> Answer:
        """Return an answer with its quotes in the order that votes on close questions give them."""
        answer, choice_trace = reasoning.answer, reasoning.choice_trace
        opinions = self._opinions.get(answer.generation)
        if opinions is None or choice_trace is None or len(answer.quotes) <= 1:
            return answer
        own = answer.quotes[reasoning.led :]  # what people have chosen goes before votes
        effects = opinions.effects(choice_trace.question.vector, [stretch_of(quote) for quote in own])
        moved = [at + reasoning.led for at in reordered([quote.score for quote in own], effects)]
        order = [*range(reasoning.led), *moved]
        return replace(answer, quotes=tuple(answer.quotes[at] for at in order)) if order != sorted(order) else answer

    def votes_for(self, generation: str, source: str, start: int, length: int) -> tuple[int, int] | None:
        """Return how many people liked and disliked a stretch as an answer; None where that counts nothing."""
        opinions = self._opinions.get(generation)
        return opinions.votes_for(Stretch(short_hash(source), start, length)) if opinions is not None else None

    def _opinions_in(self, places: _Places) -> Opinions:
        stretches = places.of([reference for *_, reference, _ in self._cast.votes])
        votes = [
            Vote(question, person, up, stretch, time)
            for question, person, up, reference, time in self._cast.votes
            if (stretch := stretches[reference]) is not None
        ]
        return Opinions(votes, self._cast.vectors)


class _Places:
    """Where words stand in a generation that were voted on, each looked for once."""

    def __init__(self, generation: Generation) -> None:
        self._catalogue = generation.catalogue
        self._known: dict[Reference, Stretch | None] = {}

    def of(self, references: Iterable[Reference]) -> Mapping[Reference, Stretch | None]:
        """Return where the words stand, None where they are gone."""
        unknown: dict[bytes, list[Reference]] = {}
        for reference in dict.fromkeys(references):
            if reference not in self._known:
                unknown.setdefault(reference.source, []).append(reference)
        names = {short_hash(source.source): source.source for source in self._catalogue.sources} if unknown else {}
        for source, some in unknown.items():
            self._known |= _found_in(self._catalogue, names.get(source), some)
        return self._known


def _found_in(
    catalogue: Catalogue, name: str | None, references: Sequence[Reference]
) -> dict[Reference, Stretch | None]:
    """Return where the words of references to one document stand; damage in it is told by whoever answers from it."""
    if name is None:
        return dict.fromkeys(references)
    try:
        document = catalogue.document(name)
    except QuothError as error:
        _log.warning("votes on a document do not count", extra={"reason": str(error)})
        return dict.fromkeys(references)
    places = ((reference, resolve_in(document, reference)) for reference in references)
    return {
        reference: None if place is None else Stretch(reference.source, place.start, reference.length)
        for reference, place in places
    }


def stretch_of(quote: Quote) -> Stretch:
    """Return where a quote stands."""
    return Stretch(short_hash(quote.source), quote.start, quote.end - quote.start)


def _cast(folder: Path) -> _Cast:
    with opened(folder, 0.0, 2.0**62) as reading:
        rows = votes_on_quotes(reading, _MOST_VOTES)
        vectors = vectors_of(reading, list({row[0] for row in rows}))
    known = ((question, person, bool(up), decode(quote), time) for question, person, up, quote, time in rows)
    return _Cast(
        tuple(
            (question, person, up, reference, time)
            for question, person, up, reference, time in known
            if reference is not None
        ),
        vectors,
    )


def _state(path: Path) -> tuple[float, int]:
    try:
        status = path.stat()
    except OSError:
        return 0.0, 0
    return status.st_mtime, status.st_size
