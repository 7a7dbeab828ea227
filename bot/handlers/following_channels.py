"""Follows channels that are read: what was missed is read, what changed while the bot was away is found.

What may not be read any more is dropped, and what was read is taken into the index.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from typing import TYPE_CHECKING

from bot.channels.records import Kind, Watched
from bot.channels.store import ChannelError
from bot.handlers.comparing_channels import can_compare, compare, compare_again
from bot.handlers.open_channels import is_open
from bot.handlers.reading_channels import read
from bot.retry import FAILED, reason_of
from index.build.builder import Gaps
from index.errors import QuothError

if TYPE_CHECKING:
    from bot.client import QuothClient

_EVERY = 2.0
"""Seconds between looks at whether everybody may still see the channels, and at what has changed."""

_QUIET = 8.0
"""Seconds between two builds, so that people who write do not have one started with every message."""

_WHILE_READING = 60.0
"""Seconds between two builds while history is being read: it comes in hundreds of pages."""

_CATCH_UP = {Kind.TEXT: 600.0, Kind.NEWS: 600.0, Kind.FORUM: 3600.0}
"""Seconds after which it is looked for what was missed while the connection was lost."""

_AGAIN = 60.0
"""Seconds after which a channel that could not be read, or removed, is tried again."""

_log = logging.getLogger(__name__)


async def follow(client: QuothClient) -> None:
    """Keep what channels say up to date, for ever."""
    channels, is_picked_up, tried = client.services.channels, False, 0.0
    await client.wait_until_ready()
    while True:
        if not is_picked_up or (channels.leftover and time.monotonic() - tried > _AGAIN):
            is_picked_up, tried = await _pick_up(client), time.monotonic()
        if channels.watched:
            try:
                await _look(client)
            except (QuothError, OSError, *FAILED) as error:
                _log.warning("channels are not kept up to date", extra={"reason": reason_of(error)})
        await asyncio.sleep(_EVERY)


def started(client: QuothClient, channel: int) -> asyncio.Task[None]:
    """Start to read a channel, or join the reading under way."""
    channels = client.services.channels
    running = channels.activity.reading.get(channel)
    if running is None or running.done():
        channels.activity.began[channel] = time.monotonic()
        running = channels.activity.reading[channel] = asyncio.create_task(_read_one(client, channel))
        running.add_done_callback(_log_failure)
    return running


async def settle(client: QuothClient) -> Gaps | None:
    """Write the documents that have changed, take them into the index, and return the gaps that were asked again.

    What somebody else has just written is in the index, too, when this returns. Raises `OSError` where some could not
    be written: that is tried again.
    """
    channels, failure, gaps = client.services.channels, None, None
    async with channels.activity.settling:
        channels.activity.settled = time.monotonic()
        try:
            await asyncio.to_thread(channels.write)
        except OSError as error:
            failure = error
        if channels.untaken:
            channels.untaken = 0
            gaps = await _take_in(client)
    if failure is not None:
        raise failure
    return gaps


async def drop(client: QuothClient, watched: Watched) -> bool:
    """Read a channel no more, remove what was read of it, and take that into the index; tell whether it is gone.

    What could not be removed is tried again.
    """
    channels = client.services.channels
    for tasks in (channels.activity.reading, channels.activity.comparing):
        running = tasks.pop(watched.channel, None)
        if running is not None:
            running.cancel()
    channels.activity.cancel_threads(watched.channel)
    is_gone = await asyncio.to_thread(channels.drop, watched)
    await _take_in(client)
    return is_gone


async def _read_one(client: QuothClient, channel: int) -> None:
    channels = client.services.channels
    await asyncio.to_thread(channels.reload)
    watched = channels.watched.get(channel)
    if watched is None:
        return
    try:
        await read(client, watched)
    except (QuothError, OSError, *FAILED) as error:
        with contextlib.suppress(ChannelError):  # which is in the log
            await asyncio.to_thread(channels.store.fail, channel, reason_of(error))
        raise
    await asyncio.to_thread(channels.reload)


def _compare(client: QuothClient, watched: Watched) -> None:
    """Start to look for what was edited or deleted while the bot was away, unless that was done in this session."""
    channels, channel = client.services.channels, watched.channel
    running = channels.activity.comparing.get(channel)
    if channels.activity.compared.get(channel) == client.sessions or (running is not None and not running.done()):
        return
    if watched.complete and can_compare(client, watched):
        channels.activity.comparing[channel] = asyncio.create_task(_compare_one(client, watched))


async def _compare_one(client: QuothClient, watched: Watched) -> None:
    session = client.sessions
    try:
        failed = await compare(client, watched)
        client.services.channels.activity.compared[watched.channel] = session
        await compare_again(client, watched, failed)
    except (QuothError, OSError, *FAILED) as error:
        _log.warning("a channel could not be compared with what is kept of it", extra={"reason": reason_of(error)})
        await asyncio.sleep(_AGAIN)


def _log_failure(task: asyncio.Task[None]) -> None:
    """Log what ended a reading that nobody waits for: it is tried again."""
    error = None if task.cancelled() else task.exception()
    if error is not None:
        _log.warning("a channel could not be read", extra={"reason": str(error)})


async def _pick_up(client: QuothClient) -> bool:
    """Find out which channels are read; return False where that cannot be done yet: the log has why not."""
    channels = client.services.channels
    try:
        removed = await asyncio.to_thread(channels.reconcile)
    except ChannelError:
        return False
    if removed:
        _log.warning("documents of channels that are not read any more were removed")
        await _take_in(client)
    return True


async def _look(client: QuothClient) -> None:
    """Drop what may not be read any more, and read what is due.

    Without the message content intent messages come without their words: then nothing is read.
    """
    channels = client.services.channels
    await asyncio.to_thread(channels.catch_up)
    for watched in list(channels.watched.values()):
        if not _may_be_read(client, watched):
            _log.warning("a channel is read no more: not everybody may see it", extra={"channel": watched.channel})
            await drop(client, watched)
            continue
        name = getattr(client.get_channel(watched.channel), "name", watched.name)
        if name != watched.name:
            await asyncio.to_thread(channels.rename, watched, name)
        if client.hears_everything:
            if _is_due(client, watched):
                started(client, watched.channel)
            _compare(client, watched)
    reading = any(not task.done() for task in channels.activity.reading.values())
    is_due = time.monotonic() - channels.activity.settled > (_WHILE_READING if reading else _QUIET)
    if is_due and not channels.activity.settling.locked():
        channels.activity.settler = asyncio.create_task(_settle_quietly(client))  # the watch goes on through a build


def _is_due(client: QuothClient, watched: Watched) -> bool:
    channels = client.services.channels
    began, (_, session) = (
        channels.activity.began.get(watched.channel),
        channels.activity.looked_at_threads.get(watched.channel, (0, None)),
    )
    if began is None:
        return True
    lost = session is not None and session != client.sessions
    return time.monotonic() - began > (_CATCH_UP[watched.kind] if watched.complete and not lost else _AGAIN)


def _may_be_read(client: QuothClient, watched: Watched) -> bool:
    """Tell whether everybody may still see a channel of a home server; out of reach, that is not known."""
    homes = client.services.homes
    if homes.are_known and watched.server not in homes:
        return False
    guild = client.get_guild(watched.server)
    if guild is None or guild.unavailable:
        return True
    channel = guild.get_channel(watched.channel)
    return channel is not None and is_open(channel)


async def _settle_quietly(client: QuothClient) -> None:
    try:
        await settle(client)
    except (QuothError, OSError, *FAILED) as error:
        _log.warning("channels are not kept up to date", extra={"reason": reason_of(error)})


async def _take_in(client: QuothClient) -> Gaps | None:
    try:
        return (await client.services.refreshes.take_in()).gaps
    except QuothError as error:
        _log.error("what channels say could not be taken in", extra={"reason": str(error)})
        return None
