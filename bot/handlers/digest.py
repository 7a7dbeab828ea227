"""The weekly digest of what was asked: short, and none in a week with nothing."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import discord

from bot.access.rules import Audience
from bot.cards.insight_card import digest_card, in_digest
from bot.handlers.languages import server_language
from bot.handlers.open_channels import seen_with
from bot.insight import marks
from bot.localisation.catalogue import speaking
from bot.responses import post
from bot.retry import FAILED, reason_of
from index.errors import QuothError

if TYPE_CHECKING:
    from bot.client import QuothClient

_EVERY = 600.0
_DAYS = 7
_MARK = "digest"
"""The week of the last digest of a server, with its id; without one, that of all servers in earlier versions."""

_GONE = (discord.NotFound, discord.Forbidden)

_log = logging.getLogger(__name__)


async def post_digests(client: QuothClient) -> None:
    """Post a digest once a week into the channels that servers have chosen, for as long as the bot runs."""
    if not client.services.journal.keeps:
        return
    await client.wait_until_ready()
    while True:
        try:
            await post_due(client, time.time())
        except QuothError as error:
            _log.warning("the digest could not be made", extra={"reason": str(error)})
        await asyncio.sleep(_EVERY)


async def post_due(client: QuothClient, now: float) -> int:
    """Post the digest of the last seven days, where the week of `now` has had none; return into how many channels.

    The first start, and a clock that was turned back, begin a week without one.
    """
    channels = {guild.id: channel for guild in client.guilds if (channel := _chosen(client, guild.id)) is not None}
    await client.services.journal.run(partial(_hand_down, servers=list(channels)))
    return sum([await _post_due(client, server, channel, _week(now)) for server, channel in channels.items()])


def _hand_down(database: sqlite3.Connection, servers: Sequence[int]) -> None:
    """Give what an earlier version noted for all servers to those that have a channel by now, and to none later."""
    week = marks.read(database, _MARK)
    if week is None:
        return
    for name in (f"{_MARK} {server}" for server in servers):
        if marks.read(database, name) is None:
            marks.write(database, name, week)
    marks.remove(database, _MARK)


async def _post_due(client: QuothClient, server: int, channel: int, week: str) -> bool:
    """Post the digest of a server where it is due; what fails for now is tried again the next time."""
    run, mark = client.services.journal.run, f"{_MARK} {server}"
    before = await run(partial(marks.read, name=mark))
    if before == week:
        return False
    is_due = before is not None and before < week
    posted = await _post(client, server, channel, week) if is_due else False
    if posted is not None:
        await run(partial(marks.write, name=mark, value=week))
    return bool(posted)


def _chosen(client: QuothClient, server: int) -> int | None:
    """Return the channel for the digest of a home server, where its settings name one."""
    services = client.services
    return services.preferences.of(server).digest_channel if server in services.homes else None


async def _post(client: QuothClient, server: int, number: int, week: str) -> bool | None:
    """Return whether there was something to post, and somewhere to post it; None where that failed for now."""
    channel = client.get_channel(number)
    if not isinstance(channel, discord.TextChannel | discord.Thread) or channel.guild.id != server:
        _log.warning("the channel for the digest is none that I see", extra={"channel": number, "server": server})
        return False
    parent = getattr(channel, "parent_id", None)
    audience = Audience(server, frozenset({number} | ({parent} if parent else set())))
    insight = await client.services.insights.overview(_DAYS, audience, seen_with(channel), in_digest)
    if not insight.totals.asked and not insight.totals.unasked:
        return False
    with speaking(server_language(client, server)):
        view = digest_card(insight, _DAYS)
    try:
        await post(channel, view, number ^ int.from_bytes(week.encode()[-6:], "big"))
    except FAILED as error:
        _log.warning("the digest could not be sent", extra={"reason": reason_of(error)})
        return False if isinstance(error, _GONE) else None
    return True


def _week(now: float) -> str:
    """Return the week of a time, so that later weeks sort after earlier ones."""
    year, week, _ = datetime.fromtimestamp(now, UTC).isocalendar()
    return f"{year:04}-W{week:02}"
