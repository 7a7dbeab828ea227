"""Messages that are for the bot: mentions, replies to it, private ones, and all in the channels of the settings."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import discord

from bot.access.places import NotHereError
from bot.cards.status_card import notice_card
from bot.handlers import forums
from bot.handlers.audience import server_of
from bot.handlers.conversation import replied_to
from bot.handlers.message_answers import MessageQuestion, answer_message
from bot.handlers.passing import take_in_passing
from bot.handlers.posts import is_post
from bot.handlers.questions import Question, mentions, question_of
from bot.handlers.replies import say_instead, send
from bot.localisation.catalogue import mark, say
from bot.manners.exchanges import Exchange
from bot.manners.small_talk import Kind, read
from bot.public_errors import public_words
from bot.retry import FAILED, reason_of

if TYPE_CHECKING:
    from bot.client import QuothClient

_log = logging.getLogger(__name__)

_HOW = mark("Ask me something: mention me with a question, or use /ask.")
_DEAF = mark("I can read only messages that mention me: turn on the mention in your reply, or use /ask.")

_KINDS = (discord.MessageType.default, discord.MessageType.reply)


async def handle(client: QuothClient, message: discord.Message) -> None:
    """Answer `message` if it is for the bot; no bot is answered, and nothing that comes by a webhook."""
    me = client.user
    if me is None or message.author.bot or message.webhook_id is not None or message.type not in _KINDS:
        return
    addressed = is_addressed(message, me.id)
    if not addressed and not _is_in(message.channel, client.services.preferences.of(server_of(message)).channels):
        return
    try:
        if not _is_answered_here(client, message):
            await _send_away(client, message, addressed=addressed)
        elif not addressed and is_post(message.channel):
            await forums.take(client, message, answer_unasked)
        else:
            await _take(client, message, addressed=addressed)
    except FAILED as error:
        told_of = {"channel": message.channel.id, "reason": reason_of(error)}
        _log.warning("an answer could not be sent: `quoth doctor` says what to click", extra=told_of)


def is_addressed(message: discord.Message, me: int) -> bool:
    """Tell whether a message is said to the bot: in private, by a mention of it or of its own role, or as a reply."""
    if message.guild is None or mentions(message, me):
        return True
    resolved = message.reference.resolved if message.reference is not None else None
    return isinstance(resolved, discord.Message) and resolved.author.id == me


async def answer_unasked(client: QuothClient, message: discord.Message, question: Question) -> None:
    """Answer what nobody put to the bot, where it is sure enough of that."""
    exchange = client.services.exchanges.begin(message.id, message.author.id)
    async with exchange.lock:
        await answer_message(client, MessageQuestion(message, question, exchange, addressed=False))


async def _take(client: QuothClient, message: discord.Message, *, addressed: bool) -> None:
    """Answer a message, or take it as what is said in passing."""
    question = await question_of(client, message, addressed=addressed)
    if not question.text:
        if addressed:
            deaf = message.reference is not None and not client.hears_everything
            await say_instead(client, message, notice_card(say(_DEAF if deaf else _HOW)))
        return
    question, kind = await _read(client, message, question, addressed=addressed)
    if kind is not None:
        if addressed:
            await take_in_passing(client, message, kind)
        return
    exchange = client.services.exchanges.begin(message.id, message.author.id)
    async with exchange.lock:
        if not addressed and exchange.tried == question.text:  # an edit that changed nothing of it
            return
        outcome = await answer_message(client, MessageQuestion(message, question, exchange, addressed))
    if outcome.refusal is not None and addressed:
        wondered = take_in_passing(client, message, Kind.UNCLEAR) if question.is_unclear else None
        await (wondered or say_instead(client, message, outcome.refusal))
    if outcome.write is not None:
        await outcome.write()


async def _read(
    client: QuothClient, message: discord.Message, question: Question, *, addressed: bool
) -> tuple[Question, Kind | None]:
    """Return a question as it is searched for, or what a message is that asks nothing."""
    answers_bot = addressed and await _replies_to_bot(client, message)
    reading = read(question.text, addressed=addressed, answers_bot=answers_bot)
    if not (reading.asks or question.is_others):
        return question, reading.kind
    if question.is_others or question.pictures or reading.kind is Kind.QUESTION:
        return question, None
    if reading.kind is Kind.LIKELY and addressed:
        return replace(question, kind=Kind.LIKELY), None
    # by itself: after a question that was answered, anything would seem to be
    return replace(question, kind=Kind.UNCLEAR, history=()), None


async def answer_anew(client: QuothClient, message: discord.Message, exchange: Exchange) -> bool:
    """Answer a message that has been changed, in place of the answer that it got; tell whether it had got one."""
    addressed = is_addressed(message, client.own_id)
    async with exchange.lock:  # the first answer is there before the second
        if not exchange.is_shown:
            return exchange.is_deleted
        if not addressed and await forums.is_silenced(client, message.channel):
            return True
        question = await question_of(client, message, addressed=addressed)
        if not question.text or question.text == exchange.text:
            return True
        question, kind = await _read(client, message, question, addressed=addressed)
        if kind is not None:
            return True
        outcome = await answer_message(client, MessageQuestion(message, question, exchange, addressed))
    if outcome.write is not None:
        await outcome.write()
    return True


async def _send_away(client: QuothClient, message: discord.Message, *, addressed: bool) -> None:
    """Say once to whoever asks in a server that is not a home server that nothing is answered there."""
    guild = message.guild
    if addressed and guild is not None and client.services.told_elsewhere.is_first(guild.id, message.author.id):
        await send(message, notice_card(public_words(NotHereError())))


def _is_answered_here(client: QuothClient, message: discord.Message) -> bool:
    services = client.services
    return message.guild is None or message.guild.id in services.homes or services.settings.answer_elsewhere


async def _replies_to_bot(client: QuothClient, message: discord.Message) -> bool:
    if message.reference is None:
        return False
    before = await replied_to(message)
    return before is not None and before.author.id == client.own_id


def _is_in(channel: object, channels: tuple[int, ...]) -> bool:
    """Tell whether a channel, or the one that a thread or forum post is in, is among `channels`."""
    return getattr(channel, "id", 0) in channels or getattr(channel, "parent_id", 0) in channels
