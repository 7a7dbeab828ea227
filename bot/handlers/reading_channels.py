"""Reads the history of channels: page by page, each kept with how far it reaches, so that a restart goes on there."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Collection
from typing import TYPE_CHECKING

import discord

from bot.channels.markdown import place_of
from bot.channels.reading import Reading
from bot.channels.records import Kind, Line, Reads, Thread, Watched
from bot.localisation.catalogue import ENGLISH, speaking
from bot.manners.markup import named

if TYPE_CHECKING:
    from bot.client import QuothClient

Known = dict[int, tuple[str, int]]
"""Title and checkpoint of the posts that are kept, by their ids."""

_PAGE = 100
"""Messages of a page: as many as Discord hands out at once."""

_MOST_FAILED = 5
"""Posts of a forum that may fail before none is tried any more: it is not the posts then."""

_ROLE_SECONDS = 3600.0
"""Seconds for which it is remembered whether somebody manages the bot."""

_A_MEMBER = "a member"
_KINDS = (discord.MessageType.default, discord.MessageType.reply)


async def read(client: QuothClient, watched: Watched) -> None:
    """Read what was written in a channel since the checkpoint; raises `ChannelError` and Discord's errors."""
    guild = client.get_guild(watched.server)
    channel = guild.get_channel(watched.channel) if guild is not None else None
    store = client.services.channels.store
    with store.reading() as reading:
        if isinstance(channel, discord.ForumChannel):
            await _read_forum(client, watched, channel, reading)
        elif isinstance(channel, discord.TextChannel):
            async for page in _pages(channel, watched.checkpoint, reading):
                lines = [line for message in page if (line := await line_of(client, watched, message)) is not None]
                await asyncio.to_thread(store.add_page, watched.channel, lines, page[-1].id, reading)
        else:
            return
    await asyncio.to_thread(store.complete, watched.channel)


async def read_thread(client: QuothClient, watched: Watched, thread: discord.Thread) -> None:
    """Read what was written in a post since its checkpoint, where it is solved; forget it where it is not any more."""
    store = client.services.channels.store
    with store.reading() as reading:
        known = await asyncio.to_thread(store.threads, watched.channel)
        await _read_thread(client, watched, thread, known, reading)


async def _read_thread(
    client: QuothClient, watched: Watched, thread: discord.Thread, known: Known, reading: Reading
) -> None:
    store = client.services.channels.store
    if not is_solved(client, watched, [tag.id for tag in thread.applied_tags]):
        if thread.id in known:
            await asyncio.to_thread(store.drop_thread, thread.id)
        return
    title, checkpoint = known.get(thread.id, ("", 0))
    if title == thread.name and thread.last_message_id == checkpoint:
        return
    async for page in _pages(thread, checkpoint, reading):
        lines = [line for message in page if (line := await line_of(client, watched, message)) is not None]
        checkpoint = page[-1].id
        kept = Thread(thread.id, watched.channel, thread.name, checkpoint)
        await asyncio.to_thread(store.add_thread, kept, lines, reading)
    if title not in {"", thread.name}:
        kept = Thread(thread.id, watched.channel, thread.name, checkpoint)
        await asyncio.to_thread(store.add_thread, kept, [], reading)


def is_solved(client: QuothClient, watched: Watched, tags: Collection[int]) -> bool:
    """Tell whether a post has one of the tags that `/settings` names for solved ones; raises `PreferenceError`."""
    return bool(client.services.preferences.solved_tags(watched.server) & set(tags))


async def line_of(client: QuothClient, watched: Watched, message: discord.Message) -> Line | None:
    """Return what is kept of a message, None where it is not quoted.

    Of a text channel that is what managers write, or what is pinned. Bots are read where they are pinned, and in
    announcement channels, where what is followed elsewhere comes by a webhook.
    """
    text = text_of(message)
    own = client.user is not None and message.author.id == client.user.id
    machine = message.author.bot or message.webhook_id is not None
    picked = watched.kind is Kind.NEWS or watched.reads is Reads.PINS
    if not (text and is_read(watched, message)) or message.type not in _KINDS or own or (machine and not picked):
        return None
    by: str | None = _A_MEMBER
    if watched.kind is Kind.TEXT and not picked:
        by = await _managers_role(client, watched.server, message.author.id)
        if by is None:
            return None
    place = str(message.channel.id) if watched.kind is Kind.FORUM else place_of(watched.reads, message.id)
    author = await _author(client, message.author.id)
    return Line(message.id, watched.channel, place, author, by or _A_MEMBER, text)


def is_read(watched: Watched, message: discord.Message) -> bool:
    """Tell whether a message is one that is read, where pinned ones alone are."""
    return watched.reads is not Reads.PINS or message.pinned


async def _author(client: QuothClient, person: int) -> bytes:
    channels = client.services.channels
    return channels.author(person) if channels.can_tell_authors else await asyncio.to_thread(channels.author, person)


def text_of(message: discord.Message) -> str:
    """Return the words of a message, with nobody's name in place of a mention; in one language, whoever speaks."""
    with speaking(ENGLISH):
        return named(message.content, message.guild).strip()


async def _read_forum(client: QuothClient, watched: Watched, forum: discord.ForumChannel, reading: Reading) -> None:
    """Read the posts of a forum; one that cannot be read keeps no other waiting, and is told at the end."""
    store, seen, failed = client.services.channels.store, set[int](), list[discord.HTTPException]()
    known = await asyncio.to_thread(store.threads, watched.channel)
    async for thread in _threads(forum):
        seen.add(thread.id)
        await tried(_read_thread(client, watched, thread, known, reading), failed)
    for missing in known.keys() - seen:
        await tried(_read_missing(client, watched, forum, missing, known, reading), failed)
    if failed:
        raise failed[0]


async def _threads(forum: discord.ForumChannel) -> AsyncIterator[discord.Thread]:
    for thread in await forum.guild.active_threads():
        if thread.parent_id == forum.id:
            yield thread
    async for thread in forum.archived_threads(limit=None):
        yield thread


async def _read_missing(  # noqa: PLR0913, PLR0917 -- those of `_read_thread`, and where
    client: QuothClient, watched: Watched, forum: discord.ForumChannel, missing: int, known: Known, reading: Reading
) -> None:
    """Drop a post that is gone; one that was taken out of the archive meanwhile was in neither list."""
    try:
        thread = await forum.guild.fetch_channel(missing)
    except discord.NotFound:
        await asyncio.to_thread(client.services.channels.store.drop_thread, missing)
        return
    if isinstance(thread, discord.Thread):
        await _read_thread(client, watched, thread, known, reading)


async def tried(work: Awaitable[None], failed: list[discord.HTTPException]) -> None:
    """Do something for one post of many, and note in `failed` that it failed; raises what fails past some few."""
    try:
        await work
    except discord.HTTPException as error:
        failed.append(error)
        if len(failed) > _MOST_FAILED:
            raise


async def _pages(
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
