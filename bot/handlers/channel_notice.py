"""What the bot says in a channel that it reads: before it reads it, and before it reads its threads."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import discord

from bot.cards.status_card import notice_card
from bot.channels.records import Watched
from bot.localisation.catalogue import mark, say, speaking
from bot.responses import NOBODY
from bot.retry import FAILED, reason_of

if TYPE_CHECKING:
    from bot.client import QuothClient

_NOTICE = mark(
    "📖 I read this channel, so that its answers can be quoted with a link, without names. `/forget-me` removes what "
    "you wrote, and I read you no more."
)
_WITH_THREADS = mark(
    "📖 I read this channel and its public threads, so that their answers can be quoted with a link, without names. "
    "`/forget-me` removes what you wrote, and I read you no more."
)
_TITLE = mark("I read this forum")

_log = logging.getLogger(__name__)


async def tell(client: QuothClient, channel: discord.TextChannel | discord.ForumChannel) -> None:
    """Say in a channel that it is read; raises Discord's errors."""
    spoken = client.services.preferences.of(channel.guild.id).languages
    language = client.services.listeners.of_message(0, channel.guild.preferred_locale.value, spoken)
    with speaking(language):
        is_forum = isinstance(channel, discord.ForumChannel)
        view, title = notice_card(say(_NOTICE if is_forum else _WITH_THREADS)), say(_TITLE)
    if isinstance(channel, discord.ForumChannel):
        await channel.create_thread(name=title, view=view, allowed_mentions=NOBODY)
    else:
        await channel.send(view=view, allowed_mentions=NOBODY)


async def gave_notice(client: QuothClient, watched: Watched, channel: discord.TextChannel) -> bool:
    """Tell whether a channel knows that its threads are read, and have it know: an earlier version has not said so.

    Raises `ChannelError`.
    """
    channels = client.services.channels
    if watched.channel in channels.noticed:
        return True
    if not channel.permissions_for(channel.guild.me).send_messages:
        return False
    try:
        await tell(client, channel)
    except FAILED as error:
        _log.warning("a channel could not be told that its threads are read", extra={"reason": reason_of(error)})
        return False
    await asyncio.to_thread(channels.tell, watched.channel)
    return True
