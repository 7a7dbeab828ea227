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
from bot.localisation.words import A_MEMBER
from bot.manners.markup import named

if TYPE_CHECKING:
    from bot.client import QuothClient

_PAGE = 100
"""Messages of a page: as many as Discord hands out at once."""

_AT_ONCE = 50
"""Pages that are fetched without a pause where many are: of a channel the latest 5,000 messages."""

_PAUSE = 1.0
"""Seconds between two later pages, so that answers do not wait for Discord's limits."""

_ROLE_SECONDS = 3600.0
"""Seconds for which it is remembered whether somebody manages the bot."""

_KINDS = (discord.MessageType.default, discord.MessageType.reply)


class Pace:
    """Lets the first pages of many be fetched at once, and pauses before each later one."""

    def __init__(self) -> None:
        """Begin with none fetched."""
        self._pages = 0

    async def wait(self) -> None:
        """Wait until the next page is to be fetched."""
        if self._pages >= _AT_ONCE:
            await asyncio.sleep(_PAUSE)
        self._pages += 1


async def pages(
    channel: discord.TextChannel | discord.Thread, checkpoint: int, reading: Reading, pace: Pace | None = None
) -> AsyncIterator[list[discord.Message]]:
    """Yield the messages after one, oldest first, as Discord hands them out."""
    while True:
        if pace is not None:
            await pace.wait()
        after = discord.Object(checkpoint)
        reading.begin_page()
        page = [message async for message in channel.history(limit=_PAGE, after=after, oldest_first=True)]
        if not page:
            return
        yield page
        if len(page) < _PAGE:
            return
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
    by: str | None = A_MEMBER
    if watched.kind is not Kind.FORUM and not picked:
        by = await managers_role(client, watched.server, message.author)
        if by is None:
            return None
    place = str(message.channel.id) if in_thread else place_of(watched.reads, message.id)
    author = await author_of(client, message.author.id)
    return Line(message.id, watched.channel, place, author, by or A_MEMBER, text)


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


async def managers_role(client: QuothClient, server: int, person: discord.abc.Snowflake) -> str | None:
    """Return in which role somebody who manages the bot speaks; None where they do not, and for bots.

    A member is not looked up again: Discord sends one along with a message that was just written.
    """
    roles, now = client.services.channels.activity.roles, time.monotonic()
    known = roles.get((server, person.id))
    if isinstance(person, discord.Member):
        role = _role_of(client, person)
    elif known is not None and now - known[0] < _ROLE_SECONDS:
        return known[1]
    else:
        guild = client.get_guild(server)
        if guild is None:
            return None
        try:
            role = _role_of(client, await guild.fetch_member(person.id))
        except discord.NotFound:  # they have left
            role = None
    for whose, (looked_up, _) in list(roles.items()):
        if now - looked_up < _ROLE_SECONDS:
            break
        roles.pop(whose, None)
    roles.pop((server, person.id), None)  # those that were looked up first stand first
    roles[server, person.id] = (now, role)
    return role


def _role_of(client: QuothClient, member: discord.Member) -> str | None:
    managed = {held_role.id for held_role in member.roles} & set(client.services.settings.manager_roles)
    if member.bot or not (managed or member.guild_permissions.manage_guild):
        return None
    return A_MEMBER if member.top_role.is_default() else member.top_role.name
