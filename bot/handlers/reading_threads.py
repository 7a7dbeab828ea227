"""Reads the posts of a forum, and the threads below other channels: page by page, each kept with how far it reaches.

A restart goes on there.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Collection
from dataclasses import replace
from typing import TYPE_CHECKING

import discord

from bot.channels.reading import Reading
from bot.channels.records import Kind, Thread, Watched
from bot.handlers.channel_messages import Pace, author_of, lines_of, managers_role, pages
from bot.retry import FAILED, reason_of
from index.errors import QuothError

if TYPE_CHECKING:
    from bot.client import QuothClient

Parent = discord.ForumChannel | discord.TextChannel

_MOST_FAILED = 5
"""Threads of a channel that may fail before none is tried any more: it is not the threads then."""

_AGAIN = 60.0
"""Seconds after which a thread that could not be read is tried again, as a channel is; they double each time."""

_AGAIN_AT_MOST = 3600.0
"""The most of those: as often as threads are looked through."""

_log = logging.getLogger(__name__)


async def read_threads(
    client: QuothClient, watched: Watched, parent: Parent, reading: Reading
) -> list[discord.HTTPException]:
    """Read the threads of a channel, and return why some could not be read: each is tried again by itself.

    Raises what fails past some few.
    """
    store, seen, failed = client.services.channels.store, set[int](), list[discord.HTTPException]()
    look = _Look(client, watched, reading)
    look.known = await asyncio.to_thread(store.threads, watched.channel)

    async def attempt(thread: int, work: Awaitable[None]) -> None:
        before = len(failed)
        try:
            await tried(work, failed)
        finally:
            if len(failed) > before:
                read_later(client, watched, thread, _AGAIN)

    async for thread in _threads(parent):
        seen.add(thread.id)
        if (watched.channel, thread.id) not in client.services.channels.activity.reading_threads:
            await attempt(thread.id, look.read(thread))
    for missing in look.known.keys() - seen:
        if (watched.channel, missing) not in client.services.channels.activity.reading_threads:
            await attempt(missing, look.read_missing(parent.guild, missing))
    return failed


async def read_thread(client: QuothClient, watched: Watched, thread: discord.Thread) -> None:
    """Read what was written in a thread since its checkpoint; forget a post that is not solved any more.

    Nothing of a private thread is read.
    """
    store = client.services.channels.store
    if thread.is_private():
        return
    with store.reading() as reading:
        look = _Look(client, watched, reading)
        look.known = await asyncio.to_thread(store.threads, watched.channel, thread.id)
        await look.read(thread)


def read_later(client: QuothClient, watched: Watched, thread: int, wait: float = 0.0) -> None:
    """Read a thread while nobody waits for it, unless that is under way; where it fails, it is tried again."""
    running, which = client.services.channels.activity.reading_threads, (watched.channel, thread)
    if which not in running:
        running[which] = task = asyncio.create_task(_read_in_the_end(client, watched, thread, wait))
        task.add_done_callback(lambda done: running.pop(which) if running.get(which) is done else None)


def is_solved(client: QuothClient, watched: Watched, tags: Collection[int]) -> bool:
    """Tell whether a post has one of the tags that `/settings` names for solved ones; raises `PreferenceError`."""
    return bool(client.services.preferences.solved_tags(watched.server) & set(tags))


async def tried(work: Awaitable[None], failed: list[discord.HTTPException]) -> None:
    """Do something for one thread of many, and note in `failed` that it failed; raises what fails past some few."""
    try:
        await work
    except discord.HTTPException as error:
        failed.append(error)
        if len(failed) > _MOST_FAILED:
            raise


async def _read_in_the_end(client: QuothClient, watched: Watched, thread: int, wait: float) -> None:
    while True:
        await asyncio.sleep(wait)
        current, guild = client.services.channels.watched.get(watched.channel), client.get_guild(watched.server)
        if current is None:
            return
        try:
            if guild is not None:
                known = guild.get_thread(thread) if not wait else None  # which may be older than what failed
                if known is not None:
                    await read_thread(client, current, known)
                else:
                    await _read_by_id(client, current, guild, thread)
                return
        except (QuothError, OSError, *FAILED) as error:
            _log.warning("a thread could not be read", extra={"thread": thread, "reason": reason_of(error)})
        wait = min(max(_AGAIN, 2 * wait), _AGAIN_AT_MOST)


async def _read_by_id(client: QuothClient, watched: Watched, guild: discord.Guild, number: int) -> None:
    store = client.services.channels.store
    with store.reading() as reading:
        look = _Look(client, watched, reading)
        look.known = await asyncio.to_thread(store.threads, watched.channel, number)
        await look.read_missing(guild, number)


async def _threads(parent: Parent) -> AsyncIterator[discord.Thread]:
    for thread in await parent.guild.active_threads():
        if thread.parent_id == parent.id:
            yield thread
    async for thread in parent.archived_threads(limit=None):
        yield thread


class _Look:
    """One look at threads of a channel."""

    def __init__(self, client: QuothClient, watched: Watched, reading: Reading) -> None:
        self._client = client
        self._watched = watched
        self._reading = reading
        self._pace = Pace()
        self.known: dict[int, tuple[str | None, int]] = {}
        """Title and checkpoint of the threads that are kept, by their ids; no title where nothing is quoted."""

    async def read(self, thread: discord.Thread) -> None:
        """Read what was written in a thread since its checkpoint, and see what it is called."""
        store, watched = self._client.services.channels.store, self._watched
        if thread.is_private():
            return
        if watched.kind is Kind.FORUM and not is_solved(self._client, watched, [tag.id for tag in thread.applied_tags]):
            if thread.id in self.known:
                await asyncio.to_thread(store.drop_thread, thread.id)
            return
        title, checkpoint = self.known.get(thread.id, (None, 0))
        owner = await author_of(self._client, thread.owner_id)
        kept = Thread(thread.id, watched.channel, title or "", checkpoint, owner)
        if title is not None and title != (called := await self._title(thread)):
            kept = replace(kept, title=called)
            await asyncio.to_thread(store.add_thread, kept, [], self._reading, after=checkpoint)
        ends = self._client.services.channels.activity.ends
        if thread.last_message_id == checkpoint or ends.get(thread.id) == (checkpoint, thread.last_message_id):
            return
        async for page in pages(thread, checkpoint, self._reading, self._pace):
            lines = await lines_of(self._client, watched, page)
            called = await self._title(thread) if lines or kept.title else ""
            after, kept = kept.checkpoint, replace(kept, title=called, checkpoint=page[-1].id)
            await asyncio.to_thread(store.add_thread, kept, lines, self._reading, after=after)
        if thread.last_message_id is not None and kept.checkpoint < thread.last_message_id:
            ends[thread.id] = (kept.checkpoint, thread.last_message_id)

    async def read_missing(self, guild: discord.Guild, missing: int) -> None:
        """Read a thread that no list shows: it was taken out of the archive meanwhile, or is gone, and is dropped."""
        try:
            thread = await guild.fetch_channel(missing)
        except discord.NotFound:
            await asyncio.to_thread(self._client.services.channels.store.drop_thread, missing)
            return
        if isinstance(thread, discord.Thread):
            await self.read(thread)

    async def _title(self, thread: discord.Thread) -> str:
        """Return what a thread is called now; nothing where its opener is not among those whose words are quoted.

        The words of others may stand in the name, as in one that the bot opens for a question.
        """
        opener = discord.Object(thread.owner_id)
        if self._watched.kind is not Kind.FORUM and not await managers_role(self._client, self._watched.server, opener):
            return ""
        return (thread.guild.get_thread(thread.id) or thread).name  # a list of archived ones may be from long before
