"""Channels among the documents: what is said in them while the bot runs is taken up, changed and removed at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Sequence
from typing import TYPE_CHECKING

import discord

from bot.channels.records import Kind, Line, Reads, Watched
from bot.handlers import afterwards, kept, messages, posts
from bot.handlers.channel_messages import line_of, text_of
from bot.handlers.reading_threads import is_solved, read_later, read_thread
from bot.retry import FAILED, reason_of
from index.errors import QuothError

if TYPE_CHECKING:
    from bot.client import QuothClient

_log = logging.getLogger(__name__)


async def created(client: QuothClient, message: discord.Message) -> None:
    """Take up a message, where its channel is read, and answer it, where it is for the bot."""
    watched = _watched(client, message.channel)
    if watched is not None:
        await _quietly(_take(client, watched, message))
    await messages.handle(client, message)


async def edited(client: QuothClient, message: discord.Message) -> None:
    """Have documents say what a message says now, and answer anew what was asked otherwise."""
    channels = client.services.channels
    watched = _watched(client, message.channel)
    is_read = watched is not None
    if watched is not None and watched.reads is Reads.PINS:  # it may have been pinned, or no longer be
        await _quietly(_follow_pin(client, watched, message))
        is_read = message.pinned  # while its page is being taken up, the words of one that is not would bring it back
    if message.edited_at is not None and (is_read or (client.hears_everything and not channels.are_known)):
        await asyncio.to_thread(channels.edit, message.id, text_of(message))
    await afterwards.edited(client, message)


async def deleted(client: QuothClient, message: int) -> None:
    """Remove a message that was deleted from the documents, and take back its answer."""
    channels = client.services.channels
    if channels.watched or not channels.are_known:
        await asyncio.to_thread(channels.edit, message, "")
    await afterwards.deleted(client, message)


async def thread_changed(client: QuothClient, payload: discord.RawThreadUpdateEvent) -> None:
    """Take up a thread: its title, a post that is tagged as solved; drop a post that is no longer."""
    await posts.changed(client, payload)
    watched = client.services.channels.watched.get(payload.parent_id)
    guild = client.get_guild(payload.guild_id)
    if watched is None or guild is None or not client.hears_everything:
        return
    thread = payload.thread or guild.get_thread(payload.thread_id)
    tags = payload.data.get("applied_tags") if watched.kind is Kind.FORUM else None
    await _quietly(_follow_tags(client, watched, payload.thread_id, thread, tags))


async def _follow_tags(
    client: QuothClient, watched: Watched, number: int, thread: discord.Thread | None, tags: Sequence[str | int] | None
) -> None:
    if tags is not None and not is_solved(client, watched, [int(tag) for tag in tags]):
        await asyncio.to_thread(client.services.channels.store.drop_thread, number)
    elif thread is not None and _reads_threads(client, watched):
        await read_thread(client, watched, thread)


async def thread_deleted(client: QuothClient, thread: int) -> None:
    """Drop a thread that was deleted, before anything waits for a build."""
    if client.services.channels.watched:
        await _quietly(asyncio.to_thread(client.services.channels.store.drop_thread, thread))
    await posts.deleted(client, thread)
    await kept.channel_deleted(client, thread)


def _watched(client: QuothClient, channel: object) -> Watched | None:
    """Return the channel that is read, by itself or a thread; None too where messages come without their words."""
    if not client.hears_everything:
        return None
    watched = client.services.channels.watched
    return watched.get(getattr(channel, "id", 0)) or watched.get(getattr(channel, "parent_id", None) or 0)


def _reads_threads(client: QuothClient, watched: Watched) -> bool:
    """Tell whether the threads of a channel are read: not before it was told so."""
    return watched.kind is Kind.FORUM or watched.channel in client.services.channels.noticed


async def _take(client: QuothClient, watched: Watched, message: discord.Message) -> None:
    """Keep a message of a channel, or of a thread unless that is a post that is not kept.

    A thread of which nothing was quoted before is read while the answer does not wait for it.
    """
    store, thread = client.services.channels.store, message.channel
    in_thread = thread.id != watched.channel
    if in_thread and not _may_take(client, watched, thread):
        return
    with store.reading() as reading:
        if watched.kind is Kind.FORUM and in_thread and not await asyncio.to_thread(store.is_kept, thread.id):
            return
        line: Line | None = await line_of(client, watched, message)
        if line is None:
            return
        await asyncio.to_thread(store.add, line, reading)
    if in_thread and not await asyncio.to_thread(store.is_owned, thread.id):
        read_later(client, watched, thread.id)


def _may_take(client: QuothClient, watched: Watched, thread: object) -> bool:
    return isinstance(thread, discord.Thread) and not thread.is_private() and _reads_threads(client, watched)


async def _follow_pin(client: QuothClient, watched: Watched, message: discord.Message) -> None:
    """Keep a message that is pinned, and drop one that is not."""
    if message.pinned:
        await _take(client, watched, message)
    else:
        await asyncio.to_thread(client.services.channels.edit, message.id, "")


async def _quietly(work: Awaitable[None]) -> None:
    """Do what keeps the documents up to date; an answer does not wait for what fails in it."""
    try:
        await work
    except (QuothError, OSError, *FAILED) as error:
        _log.warning("what a channel says was not taken up", extra={"reason": reason_of(error)})
