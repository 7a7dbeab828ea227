"""Messages of channels: fetched page by page, and what is kept of each."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING

import discord

from bot.channels.markdown import place_of
from bot.channels.reading import Reading
from bot.channels.records import Kind, Line, Reads, Watched
from bot.localisation.catalogue import ENGLISH, speaking
from bot.manners.markup import named

if TYPE_CHECKING:
    from bot.client import QuothClient

_PAGE = 100
"""Messages of a page: as many as Discord hands out at once."""

_ROLE_SECONDS = 3600.0
"""Seconds for which it is remembered whether somebody manages the bot."""

_A_MEMBER = "a member"
_KINDS = (discord.MessageType.default, discord.MessageType.reply)


async def pages(
    channel: discord.TextChannel | discord.Thread, checkpoint: int, reading: Reading
) -> AsyncIterator[list[discord.Message]]:
    """Yield the messages after one, oldest first, as Discord hands them out."""
    while True:
        after = discord.Object(checkpoint)
        reading.begin_page()
        page = [message async for message in channel.history(limit=_PAGE, after=after, oldest_first=True)]
        if not page:
            return
        yield page
        checkpoint = page[-1].id


async def lines_of(client: QuothClient, watched: Watched, page: Sequence[discord.Message]) -> list[Line]:
    """Return what is kept of the messages of a page."""
    return [line for message in page if (line := await line_of(client, watched, message)) is not None]


async def line_of(client: QuothClient, watched: Watched, message: discord.Message) -> Line | None:
    """Return what is kept of a message, None where it is not quoted.

    Of a text channel, and of threads below any channel that is no forum, that is what managers write, or what is
    pinned. Bots are read where they are pinned, and in announcement channels, where what is followed elsewhere comes by
    a webhook.
    """
    text = text_of(message)
    own = client.user is not None and message.author.id == client.user.id
    machine = message.author.bot or message.webhook_id is not None
    in_thread = message.channel.id != watched.channel
    picked = watched.reads is Reads.PINS or (watched.kind is Kind.NEWS and not in_thread)
    if not (text and is_read(watched, message)) or message.type not in _KINDS or own or (machine and not picked):
        return None
    by: str | None = _A_MEMBER
    if watched.kind is not Kind.FORUM and not picked:
        by = await _managers_role(client, watched.server, message.author.id)
        if by is None:
            return None
    place = str(message.channel.id) if in_thread else place_of(watched.reads, message.id)
    author = await author_of(client, message.author.id)
    return Line(message.id, watched.channel, place, author, by or _A_MEMBER, text)


def is_read(watched: Watched, message: discord.Message) -> bool:
    """Tell whether a message is one that is read, where pinned ones alone are."""
    return watched.reads is not Reads.PINS or message.pinned


def text_of(message: discord.Message) -> str:
    """Return the words of a message, with nobody's name in place of a mention; in one language, whoever speaks."""
    with speaking(ENGLISH):
        return named(message.content, message.guild).strip()


async def author_of(client: QuothClient, person: int) -> bytes:
    """Return what stands for a person; raises `OSError`."""
    channels = client.services.channels
    return channels.author(person) if channels.can_tell_authors else await asyncio.to_thread(channels.author, person)


async def _managers_role(client: QuothClient, server: int, person: int) -> str | None:
    """Return in which role somebody who manages the bot speaks, None where they do not."""
    roles = client.services.channels.roles
    known = roles.get((server, person))
    if known is not None and time.monotonic() - known[0] < _ROLE_SECONDS:
        return known[1]
    guild, role = client.get_guild(server), None
    if guild is None:
        return None
    try:
        member = await guild.fetch_member(person)
    except discord.NotFound:  # they have left
        member = None
    if member is not None:
        managed = {held_role.id for held_role in member.roles} & set(client.services.settings.manager_roles)
        if managed or member.guild_permissions.manage_guild:
            role = _A_MEMBER if member.top_role.is_default() else member.top_role.name
    roles[server, person] = (time.monotonic(), role)
    return role
