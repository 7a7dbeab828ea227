"""The weekly digest of what was asked: short, and none in a week with nothing."""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import discord

from bot.access.rules import Audience
from bot.cards.insight_card import digest_card
from bot.insight import marks
from bot.responses import post
from bot.retry import FAILED, reason_of
from index.errors import QuothError

if TYPE_CHECKING:
    from bot.client import QuothClient

_EVERY = 600.0
_DAYS = 7
_MARK = "digest"

_log = logging.getLogger(__name__)


async def post_digests(client: QuothClient) -> None:
    """Post a digest once a week into the channel of the settings, for as long as the bot runs."""
    services = client.services
    if services.settings.digest_channel is None or not services.journal.keeps:
        return
    await client.wait_until_ready()
    while True:
        try:
            await post_due(client, time.time())
        except QuothError as error:
            _log.warning("the digest could not be made", extra={"reason": str(error)})
        await asyncio.sleep(_EVERY)


async def post_due(client: QuothClient, now: float) -> bool:
    """Post the digest of the last seven days, where the week of `now` has had none; return whether there was one.

    The first start, and a clock that was turned back, begin a week without one.
    """
    run, week = client.services.journal.run, _week(now)
    before = await run(partial(marks.read, name=_MARK))
    if before == week:
        return False
    await run(partial(marks.write, name=_MARK, value=week))
    return before is not None and before < week and await _post(client, int.from_bytes(week.encode()[-6:], "big"))


async def _post(client: QuothClient, nonce: int) -> bool:
    services = client.services
    number = services.settings.digest_channel or 0
    channel = client.get_channel(number)
    if not isinstance(channel, discord.TextChannel | discord.Thread) or channel.guild.id not in services.homes:
        _log.warning("QUOTH_DIGEST_CHANNEL names no channel of a home server that I see", extra={"channel": number})
        return False
    parent = getattr(channel, "parent_id", None)
    audience = Audience(channel.guild.id, frozenset({number} | ({parent} if parent else set())))
    found = await services.insights.overview(_DAYS, audience)
    if not found.totals.asked and not found.totals.unasked:
        return False
    try:
        await post(channel, digest_card(found, _DAYS), nonce)
    except FAILED as error:
        _log.warning("the digest could not be sent", extra={"reason": reason_of(error)})
        return False
    return True


def _week(now: float) -> str:
    """Return the week of a time, so that later weeks sort after earlier ones."""
    year, week, _ = datetime.fromtimestamp(now, UTC).isocalendar()
    return f"{year:04}-W{week:02}"
