"""The state of the gateway: for each shard, whether it is logged in and when it last received something."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import discord
    from discord.gateway import KeepAliveHandler

_HEARTBEAT = 41.25
"""Seconds between heartbeats, until Discord has said its own interval."""


@dataclass(frozen=True, slots=True)
class Beat:
    """A shard: whether it is logged in; seconds of silence, between heartbeats, and until their echo."""

    shard: int
    up: bool
    silence: float
    heartbeat: float
    latency: float


class Pulse:
    """Follows the client's shards. One that is not logged in counts as silent, whatever its socket receives."""

    def __init__(self) -> None:
        self._client: discord.AutoShardedClient | None = None
        self._began = time.perf_counter()
        self._up: set[int] = set()
        self._last_sign: dict[int, float] = {}
        self._heartbeats: dict[int, float] = {}

    def follow(self, client: discord.AutoShardedClient) -> None:
        """Follow a client, and forget the one before."""
        self._client = client
        self._began = time.perf_counter()
        self._up.clear()
        self._last_sign.clear()

    def begin(self, shard: int) -> None:
        """Note that a shard has logged in, or resumed."""
        self._up.add(shard)
        self._last_sign[shard] = time.perf_counter()

    def end(self, shard: int) -> None:
        """Note that a shard has lost its connection."""
        self._up.discard(shard)

    def listen(self) -> None:
        """Record when each shard last received something; discord.py forgets that when the connection is lost."""
        for shard, info in self._shards().items():
            keep_alive = _keep_alive(info) if shard in self._up else None
            if keep_alive is not None:
                self._last_sign[shard] = keep_alive._last_recv  # noqa: SLF001 -- as `time.perf_counter` has it
                self._heartbeats[shard] = keep_alive.interval or _HEARTBEAT

    def beats(self) -> list[Beat]:
        """Return the state of each shard; empty until the client has logged in."""
        self.listen()
        return [self._beat(shard, info) for shard, info in sorted(self._shards().items())]

    def _shards(self) -> Mapping[int, discord.ShardInfo]:
        return self._client.shards if self._client is not None else {}

    def _beat(self, shard: int, info: discord.ShardInfo) -> Beat:
        silence = time.perf_counter() - self._last_sign.get(shard, self._began)
        return Beat(shard, shard in self._up, silence, self._heartbeats.get(shard, _HEARTBEAT), info.latency)


def _keep_alive(info: discord.ShardInfo) -> KeepAliveHandler | None:
    """Return the object that sends a shard's heartbeats; discord.py has no public way to get it."""
    handler: KeepAliveHandler | None = info._parent.ws._keep_alive  # noqa: SLF001
    return handler
