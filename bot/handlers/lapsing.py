"""Tells those who manage the bot, once a week and where the digest is posted, which kept answers lapse soon."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import discord

from bot.access.rules import Audience, seen, shut
from bot.cards.library_card import LAPSING_HEAD, lapsing_card
from bot.handlers import weekly
from bot.handlers.languages import server_language
from bot.handlers.weekly import Channel, Notice
from bot.localisation.catalogue import speaking
from index.library import kept_answer
from index.library.library import ANSWERS

if TYPE_CHECKING:
    from datetime import date

    from bot.client import QuothClient
    from bot.services import Services

SOON_DAYS = 14
"""Days before its last one from which an answer is told to lapse: two weeks, so that each is told before it does."""


async def tell_lapsing(client: QuothClient) -> None:
    """Tell once a week what lapses soon, for as long as the bot runs."""
    await weekly.post_weekly(client, _LAPSING)


async def tell_due(client: QuothClient, now: float) -> int:
    """Tell which answers lapse soon, unless that was done in the week of `now`; return in how many channels.

    A clock that was turned back begins a week without that being told, as it may have been.
    """
    return await weekly.post_due(client, _LAPSING, now)


async def _made(client: QuothClient, channel: Channel, now: float) -> discord.ui.LayoutView | None:
    today = datetime.fromtimestamp(now, UTC).date()
    answers = await asyncio.to_thread(_lapsing, client.services, today)
    parent = {channel.parent_id} if isinstance(channel, discord.Thread) else set()
    server = channel.guild.id
    closed = shut(client.services.settings.access, Audience(server, frozenset({channel.id} | parent)))
    visible = [answers[source] for source in seen(answers, closed)]
    if not visible:
        return None
    with speaking(server_language(client, server)):
        return lapsing_card(visible)


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


_LAPSING = Notice("lapsing", LAPSING_HEAD, _made, at_once=True)
