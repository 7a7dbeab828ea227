"""Tells those who manage the bot, once a week and where the digest is posted, which kept answers lapse soon."""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import discord

from bot.access.rules import Audience, seen, shut
from bot.cards.library_card import lapsing_card
from bot.handlers.languages import server_language
from bot.insight import marks
from bot.localisation.catalogue import speaking
from bot.responses import post
from bot.retry import FAILED, reason_of
from index.errors import QuothError
from index.library import kept_answer
from index.library.library import ANSWERS

if TYPE_CHECKING:
    from datetime import date

    from bot.client import QuothClient
    from bot.services import Services

SOON_DAYS = 14
"""Days before its last one from which an answer is told to lapse: two weeks, so that each is told before it does."""

_EVERY = 600.0
_MARK = "lapsing"

_log = logging.getLogger(__name__)


async def tell_lapsing(client: QuothClient) -> None:
    """Look now and then whether something lapses soon, for as long as the bot runs."""
    if not client.services.journal.keeps:  # which also keeps in which week that was told
        return
    await client.wait_until_ready()
    while True:
        try:
            await tell_due(client, time.time())
        except QuothError as error:
            _log.warning("it could not be told which answers lapse soon", extra={"reason": str(error)})
        await asyncio.sleep(_EVERY)


async def tell_due(client: QuothClient, now: float) -> int:
    """Tell which answers lapse soon, unless that was done in the week of `now`; return in how many channels.

    A clock that was turned back begins a week without that being told, as it may have been.
    """
    channels = {guild.id: channel for guild in client.guilds if (channel := _channel(client, guild)) is not None}
    run, today = client.services.journal.run, datetime.fromtimestamp(now, UTC).date()
    year, number, _ = today.isocalendar()
    week = f"{year:04}-W{number:02}"
    before = await run(partial(marks.read, name=_MARK)) or ""
    if not channels or before == week:
        return 0
    await run(partial(marks.write, name=_MARK, value=week))
    if before > week:
        return 0
    answers = await asyncio.to_thread(_lapsing, client.services, today)
    return sum([await _tell(client, server, channel, answers) for server, channel in channels.items()])


def _channel(client: QuothClient, guild: discord.Guild) -> discord.TextChannel | discord.Thread | None:
    services = client.services
    number = services.preferences.of(guild.id).digest_channel if guild.id in services.homes else None
    channel = guild.get_channel_or_thread(number) if number is not None else None
    return channel if isinstance(channel, discord.TextChannel | discord.Thread) else None


def _lapsing(services: Services, today: date) -> dict[str, tuple[str, date]]:
    """Return the questions of the answers that lapse soon, and their last days, by their sources, the first to come."""
    lapsing = {}
    for source in services.additions.sources(ANSWERS):
        path = services.additions.path(source)
        front = kept_answer.front_matter(path) if path is not None else {}
        until = kept_answer.day(front.get("until"))
        if until is not None and today <= until <= today + timedelta(days=SOON_DAYS):
            lapsing[source] = (str(front.get("title") or source), until)
    return dict(sorted(lapsing.items(), key=lambda answer: answer[1][1]))


async def _tell(
    client: QuothClient,
    server: int,
    channel: discord.TextChannel | discord.Thread,
    answers: dict[str, tuple[str, date]],
) -> bool:
    parent = {channel.parent_id} if isinstance(channel, discord.Thread) else set()
    closed = shut(client.services.settings.access, Audience(server, frozenset({channel.id} | parent)))
    visible = [answers[source] for source in seen(answers, closed)]
    if not visible:
        return False
    with speaking(server_language(client, server)):
        view = lapsing_card(visible)
    try:
        await post(channel, view, channel.id ^ visible[0][1].toordinal())
    except FAILED as error:
        _log.warning("it could not be told which answers lapse soon", extra={"reason": reason_of(error)})
        return False
    return True
