"""The weekly digest of what was asked: short, and none in a week with nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.access.rules import Audience
from bot.cards.insight_card import DIGEST_HEAD, digest_card, in_digest
from bot.handlers import weekly
from bot.handlers.languages import server_language
from bot.handlers.open_channels import seen_with
from bot.handlers.weekly import Channel, Notice
from bot.localisation.catalogue import speaking

if TYPE_CHECKING:
    from bot.client import QuothClient

_DAYS = 7


async def post_digests(client: QuothClient) -> None:
    """Post a digest once a week into the channels that servers have chosen, for as long as the bot runs."""
    await weekly.post_weekly(client, _DIGEST)


async def post_due(client: QuothClient, now: float) -> int:
    """Post the digest of the last seven days, where the week of `now` has had none; return into how many channels.

    The first start, and a clock that was turned back, begin a week without one.
    """
    return await weekly.post_due(client, _DIGEST, now)


async def _made(client: QuothClient, channel: Channel, _now: float) -> discord.ui.LayoutView | None:
    server, parent = channel.guild.id, getattr(channel, "parent_id", None)
    audience = Audience(server, frozenset({channel.id} | ({parent} if parent else set())))
    insight = await client.services.insights.overview(_DAYS, audience, seen_with(channel), in_digest)
    if not insight.totals.asked and not insight.totals.unasked:
        return None
    with speaking(server_language(client, server)):
        return digest_card(insight, _DAYS)


_DIGEST = Notice("digest", DIGEST_HEAD, _made)
