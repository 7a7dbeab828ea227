"""Reads the history of channels: page by page, each kept with how far it reaches, so that a restart goes on there."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import discord

from bot.channels.records import Watched
from bot.handlers.channel_messages import lines_of, pages
from bot.handlers.reading_threads import read_forum

if TYPE_CHECKING:
    from bot.client import QuothClient


async def read(client: QuothClient, watched: Watched) -> None:
    """Read what was written in a channel since the checkpoint; raises `ChannelError` and Discord's errors."""
    guild = client.get_guild(watched.server)
    channel = guild.get_channel(watched.channel) if guild is not None else None
    store = client.services.channels.store
    with store.reading() as reading:
        if isinstance(channel, discord.ForumChannel):
            await read_forum(client, watched, channel, reading)
        elif isinstance(channel, discord.TextChannel):
            async for page in pages(channel, watched.checkpoint, reading):
                lines = await lines_of(client, watched, page)
                await asyncio.to_thread(store.add_page, watched.channel, lines, page[-1].id, reading)
        else:
            return
    await asyncio.to_thread(store.complete, watched.channel)
