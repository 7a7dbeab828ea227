"""The people who ask: by command, by mention and in private, some of them with mentions in what they ask."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from itertools import count, islice

from wire_bot import turned
from wire_ledger import WAYS, Ledger, Question, Standing

from bot.standin import Person, StandIn

_PEOPLE = 200
_IN_FLIGHT = 64
_CHANNELS = 8
_HOSTILE = 0.1
"""The share of questions with mentions in them, of everyone, of a person and of a role."""


class Crowd:
    """The people, and what they have asked."""

    def __init__(self, discord: StandIn, texts: list[str], seed: int) -> None:
        self._discord = discord
        self._texts = texts
        self._random = random.Random(seed)  # noqa: S311 - a run must repeat, not be unguessable
        self._idle = [discord.person(f"person{number}") for number in range(_PEOPLE)]
        self._channels = [discord.text_channel(f"channel{number}") for number in range(_CHANNELS)]
        self._bait = f"@everyone @here {self._idle[0].mention} <@&{discord.role('helpers').id}>"
        self._numbers = count()
        self.ledger = Ledger(discord)

    async def ask(self, many: int) -> None:
        """Ask until so `many` more questions were delivered, some of them at a time."""
        left = islice(self._numbers, many)
        await asyncio.gather(*(self._worker(left) for _ in range(_IN_FLIGHT)))

    async def _worker(self, left: Iterator[int]) -> None:
        for number in left:
            while await self._ask(number) is Standing.UNDELIVERED:
                await turned(lambda: bool(self._discord.gateway.sessions))

    async def _ask(self, number: int) -> Standing:
        person = self._idle.pop(self._random.randrange(len(self._idle)))
        way = self._random.choices(WAYS, [w.share for w in WAYS])[0]
        question = self._question(number, person, way.name)
        try:
            question.send(self._random.choice(self._channels))
            return await self.ledger.outcome(question)
        finally:
            self._idle.append(person)

    def _question(self, number: int, person: Person, way: str) -> Question:
        text = self._texts[number % len(self._texts)]
        if self._random.random() < _HOSTILE:
            text = f"{text} {self._bait}"
        return self.ledger.question(person, way, text)
