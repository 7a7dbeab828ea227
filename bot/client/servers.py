"""The servers that the bot is in when it starts: which are its home, and what it lacks there."""

from __future__ import annotations

import logging

import discord

from bot import permissions
from bot.access.homes import HomeServers

_log = logging.getLogger(__name__)


async def settle_homes(client: discord.Client, homes: HomeServers) -> frozenset[int]:
    """Make the servers that the bot is in its home, where neither the settings nor an earlier start name any.

    Return those that became one.
    """
    if homes.are_known:
        return frozenset()
    new: frozenset[int] = frozenset()
    try:
        homes.settle([guild.id async for guild in client.fetch_guilds(limit=None, with_counts=False)])
        new = homes.ids
    except (discord.HTTPException, OSError) as error:
        _log.warning("the home servers could not be noted: name them in QUOTH_SERVERS", extra={"reason": str(error)})
    if not homes.are_known:
        _log.warning("no home server is known: invite the bot and start it again, or set QUOTH_SERVERS")
    return new


def warn_of_missing(guild: discord.Guild, *, threads: bool) -> None:
    """Log which permissions the bot lacks in the channels of a server; `threads` tells whether it opens threads."""
    channels: list[discord.TextChannel | discord.ForumChannel] = [*guild.text_channels, *guild.forums]
    for channel in channels:
        lacking = permissions.missing(channel.permissions_for(guild.me), threads=threads)
        if lacking:
            details = {"server": guild.name, "channel": channel.name, "missing": lacking}
            _log.warning("permissions are missing: `quoth doctor` says what to click", extra=details)
