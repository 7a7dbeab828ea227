"""Messages that are for the bot: mentions, replies to it, private ones, and all in the channels of the settings."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

import discord

from bot.card.status_card import notice_card
from bot.conversation import turns_before
from bot.replies import NOBODY, answered, card_of
from bot.threads import below
from index.answer import Asked
from index.errors import QuothError

if TYPE_CHECKING:
    from bot.client import QuothClient

_log = logging.getLogger(__name__)

_HOW = "Ask me something: mention me with a question, or use /ask."


async def handle(client: QuothClient, message: discord.Message) -> None:
    """Answer `message` if it is for the bot."""
    me = client.user
    if me is None or message.author.bot or message.type not in (discord.MessageType.default, discord.MessageType.reply):
        return
    addressed = _is_addressed(message, me.id)
    if not addressed and not _is_in(message.channel, client.services.settings.channels):
        return
    text = re.sub(rf"<@!?{me.id}>", " ", message.content).strip()
    try:
        await _answer(client, message, text, addressed=addressed)
    except QuothError as error:
        if addressed:
            await _send(message, notice_card(str(error), failed=True))
    except discord.Forbidden:
        _log.warning("no right to answer", extra={"channel": message.channel.id})


async def _answer(client: QuothClient, message: discord.Message, text: str, *, addressed: bool) -> None:
    services = client.services
    if not text:
        if addressed:
            await _send(message, notice_card(_HOW))
        return
    services.limits.admit(message.author.id, services.desk.waiting)
    history = await turns_before(message, client.user.id if client.user else 0)
    if not addressed:
        answer = await answered(services, Asked(text, history))
        if answer.answered:
            await _send(message, await card_of(services, answer))
        return
    async with message.channel.typing():
        answer = await answered(services, Asked(text, history))
        view = await card_of(services, answer)
    if not (services.settings.threads and await below(message, text, view)):
        await _send(message, view)


async def _send(message: discord.Message, view: discord.ui.LayoutView) -> None:
    try:
        await message.reply(view=view, allowed_mentions=NOBODY, mention_author=False)
    except discord.HTTPException as error:
        if isinstance(error, discord.Forbidden) or message.guild is None:
            raise
        await message.channel.send(view=view, allowed_mentions=NOBODY)  # the question has been deleted meanwhile


def _is_addressed(message: discord.Message, me: int) -> bool:
    if message.guild is None or re.search(rf"<@!?{me}>", message.content):
        return True
    resolved = message.reference.resolved if message.reference is not None else None
    return isinstance(resolved, discord.Message) and resolved.author.id == me


def _is_in(channel: object, channels: tuple[int, ...]) -> bool:
    """Tell whether a channel, or the one that a thread or forum post is in, is among `channels`."""
    return getattr(channel, "id", 0) in channels or getattr(channel, "parent_id", 0) in channels
