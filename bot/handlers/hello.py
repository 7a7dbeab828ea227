"""The one time that the bot speaks of itself: when it comes to a server."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING

import discord

from bot.access.rules import Audience
from bot.cards.hello_card import hello_card
from bot.localisation.catalogue import language_of, speaking
from bot.preferences.store import PreferenceError
from bot.responses import post
from bot.retry import FAILED, reason_of
from index.errors import QuothError

if TYPE_CHECKING:
    from bot.client import QuothClient

_log = logging.getLogger(__name__)


async def hello(client: QuothClient, guild: discord.Guild) -> None:
    """Say hello in a server that the bot has come to, once and never again, where there is a channel to say it in.

    It is said once there is something to answer from.
    """
    await client.services.desk.opened()
    stored, channel = client.services.preferences.stored, _channel_of(guild)
    if channel is None or not await asyncio.to_thread(stored.greet, guild.id):
        return
    try:
        await _say_hello(client, guild, channel)
    except BaseException as error:  # the next start tries again
        with suppress(PreferenceError):  # logged
            stored.take_back_greeting(guild.id)
        if not isinstance(error, (QuothError, *FAILED)):
            raise
        _log.warning("hello could not be said", extra={"server": guild.id, "reason": reason_of(error)})


async def _say_hello(client: QuothClient, guild: discord.Guild, channel: discord.TextChannel) -> None:
    audience = Audience(guild.id, frozenset({channel.id}))
    documents = await client.services.desk.look_up(lambda visible: len(visible.sources), audience)
    with speaking(language_of(guild.preferred_locale.value)):
        view = hello_card(documents, client.command)
    await post(channel, view, guild.id)


def _channel_of(guild: discord.Guild) -> discord.TextChannel | None:
    """Return a channel that everybody reads, or else one that those read who manage the server: some invited the bot.

    The server's owner reads all channels.
    """
    first = [guild.system_channel] if guild.system_channel is not None else []
    mine = [channel for channel in (*first, *guild.text_channels) if _may_say(channel)]
    managers = [role for role in guild.roles if _manages(role)]
    for readers in ([guild.default_role], managers):
        for channel in mine:
            if any(channel.permissions_for(role).view_channel for role in readers):
                return channel
    return next(iter(mine), None)


def _may_say(channel: discord.TextChannel) -> bool:
    may = channel.permissions_for(channel.guild.me)
    return may.view_channel and may.send_messages


def _manages(role: discord.Role) -> bool:
    return not role.is_bot_managed() and (role.permissions.manage_guild or role.permissions.administrator)
