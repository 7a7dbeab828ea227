"""Reads the history of channels: page by page, each kept with how far it reaches, so that a restart goes on there."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import discord

from bot.channels.reading import Reading
from bot.channels.records import Watched
from bot.handlers.channel_messages import lines_of, pages
from bot.handlers.reading_threads import read_threads

if TYPE_CHECKING:
    from bot.client import QuothClient

_LOOK = 3600.0
"""Seconds after which the threads of a channel are looked through again: there may be thousands, and most are old."""


async def read(client: QuothClient, watched: Watched) -> None:
    """Read what was written in a channel since the checkpoint; raises `ChannelError` and Discord's errors."""
    guild = client.get_guild(watched.server)
    channel = guild.get_channel(watched.channel) if guild is not None else None
    store = client.services.channels.store
    with store.reading() as reading:
        if isinstance(channel, discord.ForumChannel):
            await read_threads(client, watched, channel, reading)
        elif isinstance(channel, discord.TextChannel):
            await _read_messages(client, watched, channel, reading)
            await _look_through_threads(client, watched, channel, reading)
        else:
            return
    await asyncio.to_thread(store.complete, watched.channel)


async def _read_messages(client: QuothClient, watched: Watched, channel: discord.TextChannel, reading: Reading) -> None:
    store = client.services.channels.store
    async for page in pages(channel, watched.checkpoint, reading):
        lines = await lines_of(client, watched, page)
        await asyncio.to_thread(store.add_page, watched.channel, lines, page[-1].id, reading)


async def _look_through_threads(
    client: QuothClient, watched: Watched, channel: discord.TextChannel, reading: Reading
) -> None:
    """Read the threads of a channel that has not been read whole, or whose threads have not been looked at for long."""
    looked, now = client.services.channels.looked_at_threads, time.monotonic()
    last = looked.get(watched.channel)
    if watched.complete and last is not None and now - last < _LOOK:
        return
    await read_threads(client, watched, channel, reading)
    looked[watched.channel] = now
