"""The servers that the bot is in when it starts: which are its home, and what it lacks there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection
from typing import Any

import discord
from discord import app_commands

from bot import permissions
from bot.access.homes import HomeServers
from bot.preferences.store import PreferenceError, Preferences

_log = logging.getLogger(__name__)


async def settle_homes(client: discord.Client, homes: HomeServers) -> None:
    """Make the servers that the bot is in its home, where neither the settings nor an earlier start name any."""
    if homes.are_known:
        return
    try:
        homes.settle([guild.id async for guild in client.fetch_guilds(limit=None, with_counts=False)])
    except (discord.HTTPException, OSError) as error:
        _log.warning("the home servers could not be noted: name them in QUOTH_SERVERS", extra={"reason": str(error)})
    if not homes.are_known:
        _log.warning("no home server is known: invite the bot and start it again, or set QUOTH_SERVERS")


async def settle_greetings(client: discord.Client, tree: app_commands.CommandTree[Any], stored: Preferences) -> bool:
    """Have hello said in no server that an earlier version was in; return whether it can be said in the others.

    An earlier version has left its commands with Discord.
    """
    try:
        if not await asyncio.to_thread(lambda: stored.notes_greetings):
            before = await tree.fetch_commands()
            servers = [guild.id async for guild in client.fetch_guilds(limit=None, with_counts=False)] if before else []
            await asyncio.to_thread(stored.begin_greetings, servers)
    except (discord.HTTPException, PreferenceError) as error:
        _log.warning("it is not known where hello was said: it is said nowhere", extra={"reason": str(error)})
        return False
    return True


def warn_of_missing(guild: discord.Guild, *, threads: bool, solved_tags: Collection[int]) -> None:
    """Log which permissions the bot lacks in the channels of a server.

    `threads` tells whether it opens threads, and `solved_tags` which tags it puts on posts.
    """
    channels: list[discord.TextChannel | discord.ForumChannel] = [*guild.text_channels, *guild.forums]
    for channel in channels:
        tags = permissions.sets_tags(channel, solved_tags)
        lacking = permissions.missing(channel.permissions_for(guild.me), threads=threads, tags=tags)
        if lacking:
            details = {"server": guild.name, "channel": channel.name, "missing": lacking}
            _log.warning("permissions are missing: `quoth doctor` says what to click", extra=details)
