"""Compares what is kept of channels with what they say now: what was edited or deleted while the bot was away."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import discord

from bot.channels.records import Kind, Watched
from bot.handlers.channel_messages import Pace, is_read, text_of
from bot.handlers.reading_threads import tried
from bot.retry import reason_of

if TYPE_CHECKING:
    from bot.client import QuothClient

_PAGE = 100
"""Messages of a page: as many as Discord hands out at once."""

_AGAIN = 60.0
"""Seconds after which threads that could not be compared are tried again; they double each time."""

_TRIES = 4
"""Times it is tried again, over a quarter of an hour: what changed is found in the next session, too."""

_log = logging.getLogger(__name__)


async def compare(client: QuothClient, watched: Watched) -> list[int]:
    """Drop what is kept of a channel and no longer there, and change what has other words; the latest come first.

    Return the threads that could not be compared. Raises `ChannelError` and Discord's errors.
    """
    store, comparison = client.services.channels.store, _Comparison(client, watched)
    if watched.kind is not Kind.FORUM:
        await comparison.compare(None)
    threads = sorted(await asyncio.to_thread(store.threads, watched.channel), reverse=True)
    return await _compare_threads(comparison, threads)


async def compare_again(client: QuothClient, watched: Watched, threads: list[int]) -> None:
    """Compare threads that could not be, a few times, for as long as this session with Discord lasts.

    Raises what `compare` does.
    """
    session, wait = client.sessions, _AGAIN
    for _ in range(_TRIES):
        if not threads:
            return
        await asyncio.sleep(wait)
        if client.sessions != session:
            return
        threads = await _compare_threads(_Comparison(client, watched), threads)
        wait *= 2


async def _compare_threads(comparison: _Comparison, threads: list[int]) -> list[int]:
    errors: list[discord.HTTPException] = []
    failed: list[int] = []
    for thread in threads:
        before = len(errors)
        await tried(comparison.compare_thread(thread), errors)
        if len(errors) > before:
            _log.warning("a thread could not be compared", extra={"thread": thread, "reason": reason_of(errors[-1])})
            failed.append(thread)
    return failed


def can_compare(client: QuothClient, watched: Watched) -> bool:
    """Tell whether the bot may read a channel's history, as far as it has been told: if it may not, it does not try."""
    guild = client.get_guild(watched.server)
    channel = guild.get_channel(watched.channel) if guild is not None else None
    if guild is None or channel is None:
        return False
    own = channel.permissions_for(guild.me)
    return client.hears_everything and own.view_channel and own.read_message_history


class _Comparison:
    """One look at a channel and its threads."""

    def __init__(self, client: QuothClient, watched: Watched) -> None:
        self._client = client
        self._watched = watched
        self._store = client.services.channels.store
        self._pace = Pace()

    async def compare_thread(self, thread: int) -> None:
        """Compare what is kept of a thread, and drop one that is gone."""
        try:
            await self.compare(thread)
        except discord.NotFound:
            await asyncio.to_thread(self._store.drop_thread, thread)

    async def compare(self, thread: int | None) -> None:
        """Compare what is kept of the channel, or of a thread; pages of which nothing is kept are not fetched."""
        watched = self._watched
        channel = self._client.get_partial_messageable(thread or watched.channel, guild_id=watched.server)
        with self._store.reading() as reading:
            left = await asyncio.to_thread(self._store.messages, watched.channel, thread)
            while left:
                await self._pace.wait()
                reading.begin_page()
                newest_first = channel.history(limit=_PAGE, before=discord.Object(left[-1] + 1), oldest_first=False)
                page = {
                    message.id: text_of(message) if is_read(watched, message) else "" async for message in newest_first
                }
                if not page and await _is_there(channel, left[-1]):
                    continue
                kept = await asyncio.to_thread(self._store.texts, watched.channel, thread, page)
                oldest = min(page) if len(page) == _PAGE else 0
                while left and left[-1] >= oldest:
                    message = left.pop()
                    now = page.get(message, "")
                    if now != kept.get(message):
                        await asyncio.to_thread(self._store.correct, message, now, reading)


async def _is_there(channel: discord.PartialMessageable, message: int) -> bool:
    """Tell whether a message is there that an empty page does not show; raises `discord.Forbidden`.

    A history that the bot may not read any more is shown to it as if it were empty. A single message is refused.
    """
    try:
        await channel.fetch_message(message)
    except discord.NotFound:
        return False
    return True
