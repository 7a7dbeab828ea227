"""Which channels are open: what is said in them may be quoted to everybody in their server."""

from __future__ import annotations

import discord

Ages = (discord.TextChannel, discord.ForumChannel, discord.VoiceChannel, discord.StageChannel)
"""Kinds of channel that can be for adults alone."""


def is_open(channel: object) -> bool:
    """Tell whether everybody in the server may see a channel, or a thread, with its history."""
    if isinstance(channel, discord.Thread):
        return not channel.is_private() and is_open(channel.parent)
    if not isinstance(channel, discord.abc.GuildChannel):
        return False
    everyone = channel.permissions_for(channel.guild.default_role)
    is_adult = isinstance(channel, Ages) and channel.is_nsfw()
    return everyone.view_channel and everyone.read_message_history and not is_adult


async def found(guild: discord.Guild, number: int) -> discord.abc.GuildChannel | discord.Thread | None:
    """Return a channel or thread of a server by its id, None where it is gone.

    Threads that are archived are asked for. Raises Discord's errors, `discord.Forbidden` where the bot may not see it.
    """
    known = guild.get_channel_or_thread(number)
    if known is not None:
        return known
    try:
        return await guild.fetch_channel(number)
    except discord.NotFound:
        return None
