"""What goes wrong at Discord while people ask: 429s, 5xx, dropped connections, sessions that are over."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

from wire_bot import turned

from bot.standin import StandIn
from bot.standin.api.faults import Fault

_BETWEEN = (2.0, 8.0)
"""Seconds from one failure of the gateway, once the bot is back, to the next."""

_BEFORE = {429: 0.02, 500: 0.01, 502: 0.01, 503: 0.01}
_AFTER = {500: 0.005, 502: 0.005, 503: 0.005}
"""Shares of all requests that fail, before and after they were carried out."""

_GLOBAL = 0.001
"""The share of requests that is told of a global limit."""


class GatewayFailures:
    """Fails the gateway, in one of the ways that Discord's does. `counts` is how often in which."""

    def __init__(self, discord: StandIn, chance: random.Random) -> None:
        self._gateway = discord.gateway
        self._chance = chance
        self.counts: Counter[str] = Counter()

    async def fail(self) -> None:
        """Fail once, and wait until the bot is back."""
        gateway = self._gateway
        ways: dict[str, tuple[float, Callable[[], Awaitable[None] | None]]] = {
            "connection lost without a word": (0.35, gateway.drop),
            "connection closed with 4000": (0.2, lambda: gateway.drop(4000)),
            "asked to reconnect": (0.2, gateway.reconnect),
            "session invalid, resumable": (0.1, lambda: gateway.invalidate(resumable=True)),
            "session invalid": (0.15, gateway.invalidate),
        }
        name = self._chance.choices(list(ways), [share for share, _ in ways.values()])[0]
        before = gateway.resumed + gateway.identified
        if (done := ways[name][1]()) is not None:
            await done
        self.counts[name] += 1
        await turned(lambda: gateway.resumed + gateway.identified != before)


class Chaos:
    """Fails for as long as it is entered. `counts` is what went wrong how often."""

    def __init__(self, discord: StandIn, seed: int) -> None:
        self._discord = discord
        self._random = random.Random(seed)  # noqa: S311 - a run must repeat, not be unguessable
        self._faults = {
            **{f"{status}": Fault("*", status, None, share) for status, share in _BEFORE.items()},
            **{
                f"{status} after the deed": Fault("*", status, None, share, after=True)
                for status, share in _AFTER.items()
            },
            "429, global": Fault("*", 429, None, _GLOBAL, retry_after=0.3, is_global=True),
        }
        for number, fault in enumerate(self._faults.values()):
            fault.random.seed(f"{seed} {number}")
        self._gateway = GatewayFailures(discord, self._random)

    @property
    def counts(self) -> dict[str, int]:
        resumed, identified = self._discord.gateway.resumed, self._discord.gateway.identified
        sessions = {"sessions resumed": resumed, "sessions begun": identified}
        return {name: fault.hits for name, fault in self._faults.items()} | dict(self._gateway.counts) | sessions

    async def __aenter__(self) -> Self:
        for fault in self._faults.values():
            self._discord.api.faults.add(fault)
        self._task = asyncio.create_task(self._disturb())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._discord.api.faults.clear()
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task

    async def _disturb(self) -> None:
        while True:
            await asyncio.sleep(self._random.uniform(*_BETWEEN))
            await self._gateway.fail()
