"""Discord's ids: 64-bit numbers that hold the millisecond they were made in."""

from __future__ import annotations

from bot.standin.clock import Clock

DISCORD_EPOCH = 1420070400000  # milliseconds; https://discord.com/developers/docs/reference#snowflakes
_TIME_SHIFT = 22


class Snowflakes:
    """Makes ids that only grow, as Discord's do."""

    def __init__(self, clock: Clock) -> None:
        """Ids carry the time of `clock`."""
        self._clock = clock
        self._last = 0

    def make(self) -> int:
        """Return an id greater than any before."""
        now = (int(self._clock.now() * 1000) - DISCORD_EPOCH) << _TIME_SHIFT
        self._last = max(now, self._last + 1)
        return self._last


def shard_of(guild_id: int | None, shards: int) -> int:
    """Return the shard that hears of a guild; direct messages (None) are heard on the first."""
    return 0 if guild_id is None else (guild_id >> _TIME_SHIFT) % shards
