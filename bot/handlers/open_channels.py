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
    return everyone.view_channel and everyone.read_message_history and not _is_adult(channel)


def _is_adult(channel: object) -> bool:
    """Tell whether a channel is for adults alone."""
    return isinstance(channel, Ages) and channel.is_nsfw()


def seen_by(member: discord.Member | discord.User) -> frozenset[int]:
    """Return the ids of the channels that a member of a server may see, with their history; none of other people."""
    if not isinstance(member, discord.Member):
        return frozenset()
    return frozenset(
        channel.id
        for channel in member.guild.channels
        if (may := channel.permissions_for(member)).view_channel and may.read_message_history
    )


def seen_with(channel: discord.TextChannel | discord.Thread) -> frozenset[int]:
    """Return the ids of the channels that all who read a channel may see.

    They are this one, open ones that are shut to nobody whom this one is not shut to, and those of its category with
    the same permissions. What is for adults alone is told in what is for them alone, too.
    """
    own = channel.parent if isinstance(channel, discord.Thread) else channel
    if own is None:
        return frozenset({channel.id})
    permissions, shut = own.overwrites, _shut_to(own)

    def is_alike(other: discord.abc.GuildChannel) -> bool:
        is_closed_alike = other.category_id == own.category_id and other.overwrites == permissions
        return is_closed_alike and (_is_adult(own) or not _is_adult(other))

    seen = (c.id for c in channel.guild.channels if (is_open(c) and _shut_to(c) <= shut) or is_alike(c))
    return frozenset({channel.id, own.id, *seen})


def _shut_to(channel: discord.abc.GuildChannel) -> set[int]:
    """Return the ids of the roles and members that may not see a channel, or its history, whoever else may."""
    overwrites = channel.overwrites.items()
    return {to.id for to, may in overwrites if may.view_channel is False or may.read_message_history is False}


def read_in(channel: object, number: int | None) -> int | None:
    """Return the id of the channel whose readers read one with this `number`: that which a public thread is in."""
    return channel.parent_id if isinstance(channel, discord.Thread) and not channel.is_private() else number


async def channel_by_id(guild: discord.Guild, number: int) -> discord.abc.GuildChannel | discord.Thread | None:
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
