"""Reads the posts of a forum, and the threads below other channels: page by page, each kept with how far it reaches.

A restart goes on there.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Collection
from dataclasses import replace
from typing import TYPE_CHECKING

import discord

from bot.channels.reading import Reading
from bot.channels.records import Kind, Thread, Watched
from bot.handlers.channel_messages import author_of, lines_of, pages

if TYPE_CHECKING:
    from bot.client import QuothClient

Known = dict[int, tuple[str, int]]
"""Title and checkpoint of the threads that are kept, by their ids."""

Parent = discord.ForumChannel | discord.TextChannel

_MOST_FAILED = 5
"""Threads of a channel that may fail before none is tried any more: it is not the threads then."""


async def read_threads(client: QuothClient, watched: Watched, parent: Parent, reading: Reading) -> None:
    """Read the threads of a channel; one that cannot be read keeps no other waiting, and is told at the end."""
    store, seen, failed = client.services.channels.store, set[int](), list[discord.HTTPException]()
    known = await asyncio.to_thread(store.threads, watched.channel)
    async for thread in _threads(parent):
        seen.add(thread.id)
        await tried(_read_thread(client, watched, thread, known, reading), failed)
    for missing in known.keys() - seen:
        await tried(_read_missing(client, watched, parent, missing, known, reading), failed)
    if failed:
        raise failed[0]


async def read_thread(client: QuothClient, watched: Watched, thread: discord.Thread) -> None:
    """Read what was written in a thread since its checkpoint; forget a post that is not solved any more.

    Nothing of a private thread is read.
    """
    store = client.services.channels.store
    with store.reading() as reading:
        known = await asyncio.to_thread(store.threads, watched.channel)
        await _read_thread(client, watched, thread, known, reading)


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


async def _threads(parent: Parent) -> AsyncIterator[discord.Thread]:
    for thread in await parent.guild.active_threads():
        if thread.parent_id == parent.id:
            yield thread
    async for thread in parent.archived_threads(limit=None):
        yield thread


async def _read_thread(
    client: QuothClient, watched: Watched, thread: discord.Thread, known: Known, reading: Reading
) -> None:
    store = client.services.channels.store
    if thread.is_private():
        return
    if watched.kind is Kind.FORUM and not is_solved(client, watched, [tag.id for tag in thread.applied_tags]):
        if thread.id in known:
            await asyncio.to_thread(store.drop_thread, thread.id)
        return
    title, checkpoint = known.get(thread.id, ("", 0))
    kept = Thread(thread.id, watched.channel, thread.name, checkpoint, await author_of(client, thread.owner_id))
    if thread.id in known and title != thread.name:
        await asyncio.to_thread(store.add_thread, kept, [], reading, after=checkpoint)
    if thread.last_message_id == checkpoint:
        return
    async for page in pages(thread, checkpoint, reading):
        lines = await lines_of(client, watched, page)
        after, kept = kept.checkpoint, replace(kept, checkpoint=page[-1].id)
        await asyncio.to_thread(store.add_thread, kept, lines, reading, after=after)


async def _read_missing(  # noqa: PLR0913, PLR0917 -- those of `_read_thread`, and where
    client: QuothClient, watched: Watched, parent: Parent, missing: int, known: Known, reading: Reading
) -> None:
    """Drop a thread that is gone; one that was taken out of the archive meanwhile was in neither list."""
    try:
        thread = await parent.guild.fetch_channel(missing)
    except discord.NotFound:
        await asyncio.to_thread(client.services.channels.store.drop_thread, missing)
        return
    if isinstance(thread, discord.Thread):
        await _read_thread(client, watched, thread, known, reading)
