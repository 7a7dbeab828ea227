"""Reads the posts of a forum: page by page, each kept with how far it reaches, so that a restart goes on there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Collection
from typing import TYPE_CHECKING

import discord

from bot.channels.reading import Reading
from bot.channels.records import Thread, Watched
from bot.handlers.channel_messages import lines_of, pages

if TYPE_CHECKING:
    from bot.client import QuothClient

Known = dict[int, tuple[str, int]]
"""Title and checkpoint of the posts that are kept, by their ids."""

_MOST_FAILED = 5
"""Posts of a forum that may fail before none is tried any more: it is not the posts then."""


async def read_forum(client: QuothClient, watched: Watched, forum: discord.ForumChannel, reading: Reading) -> None:
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


async def read_thread(client: QuothClient, watched: Watched, thread: discord.Thread) -> None:
    """Read what was written in a post since its checkpoint, where it is solved; forget it where it is not any more."""
    store = client.services.channels.store
    with store.reading() as reading:
        known = await asyncio.to_thread(store.threads, watched.channel)
        await _read_thread(client, watched, thread, known, reading)


def is_solved(client: QuothClient, watched: Watched, tags: Collection[int]) -> bool:
    """Tell whether a post has one of the tags that `/settings` names for solved ones; raises `PreferenceError`."""
    return bool(client.services.preferences.solved_tags(watched.server) & set(tags))


async def tried(work: Awaitable[None], failed: list[discord.HTTPException]) -> None:
    """Do something for one post of many, and note in `failed` that it failed; raises what fails past some few."""
    try:
        await work
    except discord.HTTPException as error:
        failed.append(error)
        if len(failed) > _MOST_FAILED:
            raise


async def _threads(forum: discord.ForumChannel) -> AsyncIterator[discord.Thread]:
    for thread in await forum.guild.active_threads():
        if thread.parent_id == forum.id:
            yield thread
    async for thread in forum.archived_threads(limit=None):
        yield thread


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
    async for page in pages(thread, checkpoint, reading):
        lines = await lines_of(client, watched, page)
        checkpoint = page[-1].id
        kept = Thread(thread.id, watched.channel, thread.name, checkpoint)
        await asyncio.to_thread(store.add_thread, kept, lines, reading)
    if title not in {"", thread.name}:
        kept = Thread(thread.id, watched.channel, thread.name, checkpoint)
        await asyncio.to_thread(store.add_thread, kept, [], reading)


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
