"""What a server gets once a week in the channel that it has picked: tried until it has arrived, and never twice."""

from __future__ import annotations

import asyncio
import logging
import re
import sqlite3
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import blake2b
from typing import TYPE_CHECKING

import discord

from bot.cards.layout import texts_of
from bot.handlers.arrival import has_arrived, is_readable, last_in
from bot.insight import marks
from bot.localisation.catalogue import every
from bot.responses import post
from bot.retry import FAILED, is_refused, reason_of
from index.errors import QuothError

if TYPE_CHECKING:
    from bot.client import QuothClient

Channel = discord.TextChannel | discord.Thread

_EVERY = 600.0
"""Seconds between looks at what is due, which are also those between two tries."""

_ON_ITS_WAY = "sending"
"""Ends the name of the mark of what is being sent: its week, its channel, and the last message there before it."""

_GONE = (discord.NotFound, discord.Forbidden)
_PLACEHOLDER = re.compile(r"\{\w+\}")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Notice:
    """What is posted once a week.

    `name` is what its marks begin with: with the id of a server, they hold the week of its last one; without, that of
    all servers in earlier versions. `head` is the text of the catalogue that its cards are known by. `made` returns the
    card for a channel at a time (s since 1970), or None where there is nothing to post. With `at_once` a server gets
    one in the week of the first start, too.
    """

    name: str
    head: str
    made: Callable[[QuothClient, Channel, float], Awaitable[discord.ui.LayoutView | None]]
    at_once: bool = False


async def post_weekly(client: QuothClient, notice: Notice) -> None:
    """Post a notice once a week, for as long as the bot runs."""
    if not client.services.journal.keeps:  # which also keeps in which week that was done
        return
    await client.wait_until_ready()
    while True:
        try:
            await post_due(client, notice, time.time())
        except QuothError as error:
            _log.warning("what is posted once a week was not", extra={"notice": notice.name, "reason": str(error)})
        await asyncio.sleep(_EVERY)


async def post_due(client: QuothClient, notice: Notice, now: float) -> int:
    """Post a notice where the week of `now` has had none; return into how many channels.

    A clock that was turned back begins a week without one, as there may have been one.
    """
    channels = {guild.id: channel for guild in client.guilds if (channel := _picked(client, guild.id)) is not None}
    await client.services.journal.run(partial(_hand_down, name=notice.name, servers=list(channels)))
    return sum([await _post_due(client, notice, server, channel, now) for server, channel in channels.items()])


def _hand_down(database: sqlite3.Connection, name: str, servers: Sequence[int]) -> None:
    """Give what an earlier version noted for all servers to those that have a channel by now, and to none later."""
    week = marks.read(database, name)
    if week is None:
        return
    for mark in (f"{name} {server}" for server in servers):
        if marks.read(database, mark) is None:
            marks.write(database, mark, week)
    marks.remove(database, name)


def _picked(client: QuothClient, server: int) -> int | None:
    """Return the channel that a home server has picked for what comes once a week, where it has."""
    services = client.services
    return services.preferences.of(server).digest_channel if server in services.homes else None


async def _post_due(client: QuothClient, notice: Notice, server: int, number: int, now: float) -> bool:
    """Post a notice to a server where it is due; what fails for now is tried again the next time."""
    run, mark, week = client.services.journal.run, f"{notice.name} {server}", _week(now)
    if not await _is_settled(client, notice, mark):
        return False
    before = await run(partial(marks.read, name=mark))
    if before == week:
        return False
    is_due = notice.at_once if before is None else before < week
    channel = _seen(client, server, number) if is_due else None
    view = await notice.made(client, channel, now) if channel is not None else None
    if channel is None or view is None:
        await run(partial(marks.write, name=mark, value=week))
        return False
    return await _post(client, mark, week, channel, view)


def _seen(client: QuothClient, server: int, number: int) -> Channel | None:
    """Return the channel that a server has picked; None, which is logged, where the bot does not see it."""
    channel = client.get_channel(number)
    if isinstance(channel, discord.TextChannel | discord.Thread) and channel.guild.id == server:
        return channel
    _log.warning("the channel for the digest is none that I see", extra={"channel": number, "server": server})
    return None


async def _post(client: QuothClient, mark: str, week: str, channel: Channel, view: discord.ui.LayoutView) -> bool:
    """Post a card; return whether it has arrived. What may have is looked for the next time.

    Where the bot may not read, it has not where Discord has refused it.
    """
    run = client.services.journal.run
    way = f"{week} {channel.id} {last_in(client, channel.id) or 0}"
    await run(partial(marks.write, name=f"{mark} {_ON_ITS_WAY}", value=way))
    nonce = int.from_bytes(blake2b(f"{mark} {week}".encode(), digest_size=7).digest(), "big")
    try:
        await post(channel, view, nonce)
    except FAILED as error:
        _log.warning("what is posted once a week could not be sent", extra={"notice": mark, "reason": reason_of(error)})
        if isinstance(error, _GONE):
            await run(partial(_end, mark=mark, week=week))
        elif is_refused(error) and not is_readable(client, channel.id):
            await run(partial(marks.remove, name=f"{mark} {_ON_ITS_WAY}"))
        return False
    await run(partial(_end, mark=mark, week=week))
    return True


def _end(database: sqlite3.Connection, mark: str, week: str) -> None:
    """Note that a week has had its notice, and that none is on its way."""
    marks.write(database, mark, week)
    marks.remove(database, f"{mark} {_ON_ITS_WAY}")


async def _is_settled(client: QuothClient, notice: Notice, mark: str) -> bool:
    """Find out what became of what was on its way when it failed, or when the bot was stopped.

    Return False where that cannot be told for now.
    """
    run, name = client.services.journal.run, f"{mark} {_ON_ITS_WAY}"
    way = await run(partial(marks.read, name=name))
    if way is None:
        return True
    week, channel, last = way.split()
    try:
        there = await has_arrived(client, int(channel), int(last), partial(_is_headed, head=notice.head))
    except FAILED as error:
        _log.warning("it is not known whether a notice arrived", extra={"notice": mark, "reason": reason_of(error)})
        return False
    await run(partial(_end, mark=mark, week=week) if there else partial(marks.remove, name=name))
    return True


def _is_headed(message: discord.Message, head: str) -> bool:
    """Tell whether a message has a heading, in whatever language and with whatever values."""
    view = discord.ui.LayoutView.from_message(message, timeout=None)
    view.stop()
    words = "\n".join(texts_of(view))
    return any(all(part in words for part in _PLACEHOLDER.split(text)) for text in every(head))


def _week(now: float) -> str:
    """Return the week of a time, so that later weeks sort after earlier ones."""
    year, week, _ = datetime.fromtimestamp(now, UTC).isocalendar()
    return f"{year:04}-W{week:02}"
