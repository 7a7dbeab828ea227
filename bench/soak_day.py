"""What happens in a day: stretches of questions, each with a rebuild, while the gateway and requests fail."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wire_bot import BotProcess, turned
from wire_chaos import GatewayFailures
from wire_crowd import Crowd
from wire_ledger import Standing

from bot.standin import Permission, Response, StandIn
from bot.standin.api.faults import Fault
from index.store.disk.shelf import Shelf

_CHANGED = 3
"""Documents that change before each rebuild."""

_STATUSES = (429, 500, 502, 503)
_RETRY_AFTER = 0.1
_AGAIN = 60.0
"""Seconds after which a rebuild is asked for again: the command may have met a gateway that was away."""


@dataclass(frozen=True)
class Stretch:
    """So many questions, in which the gateway fails so often, and so many requests."""

    questions: int
    drops: int
    errors: int

    def failures(self) -> Iterator[tuple[int, bool]]:
        """Yield after how many of the questions something fails, and whether that is the gateway."""
        total = self.drops + self.errors
        drops = {turn * total // self.drops for turn in range(self.drops)} if self.drops else set()
        for turn in range(total):
            yield turn * self.questions // total, turn in drops


class Day:
    """The people, the documents and the failures."""

    def __init__(
        self, discord: StandIn, bot: BotProcess, documents: Path, texts: list[str], chance: random.Random
    ) -> None:
        self.crowd = Crowd(discord, texts, chance.randrange(1 << 30))
        self.rebuilt = 0
        self._discord = discord
        self._shelf = Shelf(bot.folder / "data")
        self._bot = bot
        self._documents = sorted(path for path in documents.rglob("*") if path.is_file())
        self._chance = chance
        self._gateway = GatewayFailures(discord, chance)
        self._faults: list[Fault] = []
        self._keeper = discord.person("keeper", discord.role("keepers", Permission.MANAGE_GUILD))
        self._asked_to_rebuild: list[Response] = []

    @property
    def answered(self) -> int:
        """How many questions have come to an end so far."""
        ends = (None, Standing.UNDELIVERED)
        return sum(question.standing not in ends for question in self.crowd.ledger.asked)

    def doubled(self) -> int:
        """Return how many answers there are that answer nothing, or what was answered already."""
        known = {str(response.interaction.id) for response in self._asked_to_rebuild}
        strays = [message for message in self.crowd.ledger.strays() if str(message.nonce) not in known]
        return len(strays) + sum(len(question.answers()) > 1 for question in self.crowd.ledger.asked)

    def failures(self) -> dict[str, int]:
        """Return what failed, how often."""
        counts: Counter[str] = Counter()
        for fault in self._faults:
            counts[f"{fault.status}{' after the deed' if fault.after else ''}"] += fault.hits
        return dict(self._gateway.counts) | dict(sorted(counts.items()))

    async def spend(self, stretch: Stretch) -> None:
        """Have a stretch happen, until all its questions are answered and the rebuild is in use."""
        asking = asyncio.create_task(self.crowd.ask(stretch.questions))
        await asyncio.gather(asking, self._fail(stretch, asking), self._rebuild())

    async def _fail(self, stretch: Stretch, asking: asyncio.Task[None]) -> None:
        began = self.answered
        for after, is_gateway in stretch.failures():
            await turned(lambda after=after: asking.done() or self.answered - began >= after)  # type: ignore[misc]
            if is_gateway:
                await self._gateway.fail()
            else:
                self._fail_request()

    def _fail_request(self) -> None:
        status = self._chance.choice(_STATUSES)
        after = status != _STATUSES[0] and self._chance.random() < 1 / 2
        fault = Fault("*", status, retry_after=_RETRY_AFTER, after=after)
        self._faults.append(self._discord.api.faults.add(fault))

    async def _rebuild(self) -> None:
        """Change some documents, and ask for a rebuild until there is one that holds them."""
        before = self._shelf.current()
        for file in self._chance.sample(self._documents, min(_CHANGED, len(self._documents))):
            file.write_text(f"{file.read_text('utf-8')}\n\nRevised for the {self.rebuilt + 1}th time.\n", "utf-8")
        while self._shelf.current() == before:
            await turned(lambda: bool(self._discord.gateway.sessions))
            self._asked_to_rebuild.append(self._keeper.slash(self._discord.channel, "index rebuild"))
            try:
                async with asyncio.timeout(_AGAIN):
                    await turned(lambda: self._shelf.current() != before)
            except TimeoutError:
                continue
        self.rebuilt += 1
        await turned(lambda: self._bot.times_logged("generation in use") == self.rebuilt)
