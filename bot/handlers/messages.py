"""Messages that are for the bot: mentions, replies to it, private ones, and all in the channels of the settings."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

import discord

from bot.cards.status_card import notice_card
from bot.handlers.answers import answered, card_of, note
from bot.handlers.audience import of_message
from bot.handlers.conversation import turns_before
from bot.handlers.threads import below
from bot.privacy.journal import By
from bot.responses import FAULT, post
from bot.retry import FAILED, reason_of
from bot.telemetry.labels import Step, Way
from index.answer.answerer import Asked
from index.errors import QuothError

if TYPE_CHECKING:
    from bot.client import QuothClient

_log = logging.getLogger(__name__)

_HOW = "Ask me something: mention me with a question, or use /ask."
_DEAF = "I can read only what mentions me: switch the mention of your reply on, or use /ask."

_SOON = 0.5
"""Seconds within which an answer comes without the sign that it is being written."""


async def handle(client: QuothClient, message: discord.Message) -> None:
    """Answer `message` if it is for the bot."""
    me = client.user
    if me is None or message.author.bot or message.type not in (discord.MessageType.default, discord.MessageType.reply):
        return
    addressed = _is_addressed(message, me.id)
    if not addressed and not _is_in(message.channel, client.services.settings.channels):
        return
    try:
        told = await _answer(client, message, without_mention(message.content, me.id), addressed=addressed)
        if told is not None and addressed:
            await _send(message, told)
    except FAILED as error:
        told_of = {"channel": message.channel.id, "reason": reason_of(error)}
        _log.warning("an answer could not be sent: `quoth doctor` says what to click", extra=told_of)


def without_mention(text: str, me: int) -> str:
    """Return what somebody says to the bot without the mention of it."""
    return re.sub(rf"<@!?{me}>", " ", text).strip()


async def _answer(
    client: QuothClient, message: discord.Message, text: str, *, addressed: bool
) -> discord.ui.LayoutView | None:
    """Answer a message; return what is to be said instead, where it cannot be answered."""
    if not text:
        deaf = message.reference is not None and not client.hears_everything
        return notice_card(_DEAF if deaf else _HOW)
    try:
        with client.services.limits.admitted(message.author.id if addressed else None):
            await _ask(client, message, text, addressed=addressed)
    except QuothError as error:
        return notice_card(str(error), failed=True)
    except FAILED:
        raise
    except Exception:  # noqa: BLE001 -- whoever asked is told; the log has the rest
        _log.exception("a message could not be answered")
        return notice_card(FAULT, failed=True)
    return None


async def _ask(client: QuothClient, message: discord.Message, text: str, *, addressed: bool) -> None:
    """Answer a question where it was asked, or in a thread below it; unasked, only where the answer is there."""
    services, audience = client.services, of_message(message)
    async with _typing(message.channel) if addressed else _silently():
        me = client.user.id if client.user else 0
        asked = Asked(text, await turns_before(message, me))
        answer = await answered(services, asked, audience, _way(message, me, addressed=addressed))
        if not (addressed or answer.answered):  # nobody asked: nothing is kept of it
            return
        view = card_of(services, asked, answer, repeats_question=services.settings.threads)
    author = message.author.id
    note(services, By(author, author, message.channel.id, audience.server), asked, answer)
    with services.metrics.timed(Step.SENDING):
        if not (services.settings.threads and await below(message, text, view)):
            await _send(message, view)


@asynccontextmanager
async def _typing(channel: discord.abc.Messageable) -> AsyncIterator[None]:
    """Show that an answer is being written, where it takes long; none waits for that, or fails with it."""
    sign = asyncio.create_task(_sign(channel))
    try:
        yield
    finally:
        sign.cancel()


@asynccontextmanager
async def _silently() -> AsyncIterator[None]:
    yield


async def _sign(channel: discord.abc.Messageable) -> None:
    await asyncio.sleep(_SOON)
    with suppress(*FAILED):
        async with channel.typing():
            await asyncio.Event().wait()


async def _send(message: discord.Message, view: discord.ui.LayoutView) -> None:
    """Reply to a message, or, where it has gone or replies are not allowed, say it in the channel."""
    try:
        await post(message.channel, view, message.id, message.to_reference(fail_if_not_exists=False))
    except (discord.NotFound, discord.Forbidden, discord.DiscordServerError):
        raise
    except discord.HTTPException:
        await post(message.channel, view, message.id)


def _is_addressed(message: discord.Message, me: int) -> bool:
    if message.guild is None or re.search(rf"<@!?{me}>", message.content):
        return True
    resolved = message.reference.resolved if message.reference is not None else None
    return isinstance(resolved, discord.Message) and resolved.author.id == me


def _way(message: discord.Message, me: int, *, addressed: bool) -> Way:
    """Return how a message came to be a question."""
    if not addressed:
        return Way.UNASKED
    if message.guild is None:
        return Way.DM
    return Way.MENTION if re.search(rf"<@!?{me}>", message.content) else Way.REPLY


def _is_in(channel: object, channels: tuple[int, ...]) -> bool:
    """Tell whether a channel, or the one that a thread or forum post is in, is among `channels`."""
    return getattr(channel, "id", 0) in channels or getattr(channel, "parent_id", 0) in channels
