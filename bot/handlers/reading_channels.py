"""Reads the history of channels: page by page, each kept with how far it reaches, so that a restart goes on there."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import discord

from bot.channels.reading import Reading
from bot.channels.records import Watched
from bot.handlers.channel_messages import lines_of, pages
from bot.handlers.channel_notice import gave_notice
from bot.handlers.reading_threads import read_threads

if TYPE_CHECKING:
    from bot.client import QuothClient

_LOOK = 3600.0
"""Seconds after which the threads of a channel are looked through again: there may be thousands, and most are old."""


async def read(client: QuothClient, watched: Watched) -> None:
    """Read what was written in a channel since the checkpoint; raises `ChannelError` and Discord's errors.

    A thread that fails is told, but tried again by itself: the channel has been read all the same.
    """
    guild = client.get_guild(watched.server)
    channel = guild.get_channel(watched.channel) if guild is not None else None
    store = client.services.channels.store
    with store.reading() as reading:
        if isinstance(channel, discord.ForumChannel):
            failed = await read_threads(client, watched, channel, reading)
        elif isinstance(channel, discord.TextChannel):
            await _read_messages(client, watched, channel, reading)
            failed = await _look_through_threads(client, watched, channel, reading)
        else:
            return
    await asyncio.to_thread(store.complete, watched.channel)
    if failed:
        raise failed[0]


async def _read_messages(client: QuothClient, watched: Watched, channel: discord.TextChannel, reading: Reading) -> None:
    store = client.services.channels.store
    async for page in pages(channel, watched.checkpoint, reading):
        lines = await lines_of(client, watched, page)
        await asyncio.to_thread(store.add_page, watched.channel, lines, page[-1].id, reading)


async def _look_through_threads(
    client: QuothClient, watched: Watched, channel: discord.TextChannel, reading: Reading
) -> list[discord.HTTPException]:
    """Read the threads of a channel where that is due, and return why some could not be read.

    It is where it was not done in this session with Discord, or not for long, or the channel has not been read whole.
    """
    looked, now, session = client.services.channels.activity.looked_at_threads, time.monotonic(), client.sessions
    last, in_session = looked.get(watched.channel, (0.0, -1))
    if watched.complete and in_session == session and now - last < _LOOK:
        return []
    if not await gave_notice(client, watched, channel):
        return []
    failed = await read_threads(client, watched, channel, reading)
    looked[watched.channel] = (now, session)
    return failed
