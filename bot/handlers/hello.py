"""The one time that the bot speaks of itself: when it comes to a server."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import discord

from bot.access.rules import Audience
from bot.cards.hello_card import hello_card
from bot.localisation.catalogue import language_of, speaking
from bot.responses import post
from bot.retry import FAILED, reason_of

if TYPE_CHECKING:
    from bot.client import QuothClient

_log = logging.getLogger(__name__)


async def hello(client: QuothClient, guild: discord.Guild) -> None:
    """Say hello in a server that the bot has come to, once and never again, where there is a channel to say it in."""
    channel = _channel_of(guild)
    if channel is None or not await asyncio.to_thread(client.services.preferences.stored.greet, guild.id):
        return
    audience = Audience(guild.id, frozenset({channel.id}))
    documents = await client.services.desk.look_up(lambda visible: len(visible.sources), audience)
    with speaking(language_of(guild.preferred_locale.value)):
        view = hello_card(documents, client.command)
    try:
        await post(channel, view, guild.id)
    except FAILED as error:
        _log.warning("hello could not be said", extra={"server": guild.id, "reason": reason_of(error)})


def _channel_of(guild: discord.Guild) -> discord.TextChannel | None:
    """Return a channel in which everybody reads what the bot writes, and so whoever invited it does."""
    first = [guild.system_channel] if guild.system_channel is not None else []
    for channel in (*first, *guild.text_channels):
        everybody, mine = channel.permissions_for(guild.default_role), channel.permissions_for(guild.me)
        if everybody.view_channel and mine.view_channel and mine.send_messages:
            return channel
    return None
