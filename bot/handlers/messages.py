"""Messages that are for the bot: mentions, replies to it, private ones, and all in the channels of the settings."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import discord

from bot.access.places import NotHereError
from bot.cards.levels import level_of
from bot.cards.status_card import error_card, notice_card
from bot.handlers import forums
from bot.handlers.answers import answered, card_of, note, note_exchange, note_shown, note_unasked
from bot.handlers.audience import of_message
from bot.handlers.conversation import replied_to
from bot.handlers.passing import take_in_passing
from bot.handlers.pictures import seen_in
from bot.handlers.posts import in_post, is_post, note_card, without_answer
from bot.handlers.questions import Question, mentions, question_of
from bot.handlers.threads import below
from bot.handlers.writing import write_above
from bot.localisation.catalogue import mark, say
from bot.manners.exchanges import Exchange
from bot.manners.small_talk import Kind, read
from bot.privacy.journal import By
from bot.public_errors import FAULT, public_words
from bot.responses import post
from bot.retry import FAILED, reason_of
from bot.telemetry.labels import Step, Way
from index.answer.answerer import Asked
from index.errors import QuothError
from index.records import Answer, Level

if TYPE_CHECKING:
    from bot.client import QuothClient
    from bot.services import Services

_log = logging.getLogger(__name__)

_HOW = mark("Ask me something: mention me with a question, or use /ask.")
_DEAF = mark("I can read only what mentions me: switch the mention of your reply on, or use /ask.")

_KINDS = (discord.MessageType.default, discord.MessageType.reply)

_SOON = 0.5
"""Seconds within which an answer comes without the sign that it is being written."""


Write = Callable[[], Awaitable[None]]
"""Has sentences written for an answer that is shown; to be called once its lock and its asker's share are free."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of a question: `refusal` where it could not be answered, `write` where there is something to write."""

    refusal: discord.ui.LayoutView | None = None
    write: Write | None = None


async def handle(client: QuothClient, message: discord.Message) -> None:
    """Answer `message` if it is for the bot; no bot is answered, and nothing that comes by a webhook."""
    me = client.user
    if me is None or message.author.bot or message.webhook_id is not None or message.type not in _KINDS:
        return
    addressed = is_addressed(message, me.id)
    server = message.guild.id if message.guild is not None else None
    if not addressed and not _is_in(message.channel, client.services.preferences.of(server).channels):
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
        await _admitted(client, message, question, exchange, addressed=False)


async def _take(client: QuothClient, message: discord.Message, *, addressed: bool) -> None:
    """Answer a message, or take it as what is said in passing."""
    question = await question_of(client, message, addressed=addressed)
    if not question.text:
        if addressed:
            deaf = message.reference is not None and not client.hears_everything
            await _say_instead(client, message, notice_card(say(_DEAF if deaf else _HOW)))
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
        outcome = await _admitted(client, message, question, exchange, addressed=addressed)
    if outcome.refusal is not None and addressed:
        wondered = take_in_passing(client, message, Kind.UNCLEAR) if question.is_unclear else None
        await (wondered or _say_instead(client, message, outcome.refusal))
    if outcome.write is not None:
        await outcome.write()


async def _read(
    client: QuothClient, message: discord.Message, question: Question, *, addressed: bool
) -> tuple[Question, Kind | None]:
    """Return a question as it is searched for, or what a message is that asks nothing."""
    reading = read(question.text, answers_bot=addressed and await _replies_to_bot(client, message))
    if not (reading.asks or question.is_others):
        return question, reading.kind
    if reading.kind is Kind.UNCLEAR and not (question.is_others or question.pictures):
        # by itself: after a question that was answered, anything would seem to be
        return replace(question, is_unclear=True, history=()), None
    return question, None


async def _say_instead(client: QuothClient, message: discord.Message, view: discord.ui.LayoutView) -> None:
    """Say to whoever wrote a message why it is not answered: the answer replaces that after an edit."""
    exchanges = client.services.exchanges
    exchange = exchanges.begin(message.id, message.author.id)
    if exchange.answer is None and not exchange.is_deleted:
        sent = await send(message, view)
        exchanges.settle(exchange, sent.channel.id, sent.id)


async def _admitted(
    client: QuothClient, message: discord.Message, question: Question, exchange: Exchange, *, addressed: bool
) -> _Outcome:
    """Answer a question; return what is to be said instead where it cannot be answered, and what is to be written."""
    asks = addressed and not exchange.is_answered
    try:
        with client.services.limits.admitted(message.author.id, asks=asks):
            return _Outcome(write=await _ask(client, message, question, exchange, addressed=addressed))
    except QuothError as error:
        return _Outcome(error_card(error))
    except FAILED:
        raise
    except Exception:  # noqa: BLE001 -- whoever asked is told; the log has the rest
        _log.exception("a message could not be answered")
        return _Outcome(notice_card(say(FAULT), failed=True))


async def answer_anew(client: QuothClient, message: discord.Message, exchange: Exchange) -> bool:
    """Answer a message that has been changed, in place of the answer that it got; tell whether it had got one."""
    me = client.user.id if client.user is not None else 0
    addressed = is_addressed(message, me)
    async with exchange.lock:  # the first answer is there before the second
        if not exchange.is_shown:
            return exchange.is_deleted
        if not addressed and await _is_silenced(client, message.channel):
            return True
        question = await question_of(client, message, addressed=addressed)
        if not question.text or question.text == exchange.text:
            return True
        question, kind = await _read(client, message, question, addressed=addressed)
        if kind is not None:
            return True
        outcome = await _admitted(client, message, question, exchange, addressed=addressed)
    if outcome.write is not None:
        await outcome.write()
    return True


async def _is_silenced(client: QuothClient, channel: object) -> bool:
    return isinstance(channel, discord.Thread) and is_post(channel) and await forums.is_silenced(client, channel)


async def _ask(
    client: QuothClient, message: discord.Message, question: Question, exchange: Exchange, *, addressed: bool
) -> Write | None:
    """Answer a question where it was asked, or in a thread below it; unasked, only where the answer is there.

    Returns what has sentences written above the quotes, where the answer is shown and was asked for.
    """
    services, audience = client.services, of_message(message)
    set_here = services.preferences.of(audience.server)
    async with _typing(message.channel) if addressed else _silently():
        me = client.user.id if client.user else 0
        said = Asked(question.text, question.history)
        asked = await _with_pictures(client, message, question, said, addressed=addressed)
        answer = await answered(services, asked, audience, _way(message, me, addressed=addressed), typed=question.text)
        sure = set_here.shows_unasked(answer) and (addressed or not await _is_silenced(client, message.channel))
        post = await in_post(services, message, question.text)
        by = By(message.author.id, question.author, message.channel.id, audience.server)
        if not (addressed or sure):  # nobody asked: nothing is kept of it but that, unless the settings say so
            if not exchange.tried:  # an edit asks no second time
                _note_unasked(services, message, by, asked, question, answer)
            await _leave(client, message, question, exchange, without_answer(services, message, post, answer))
            return None
        if _is_passed_over(question, answer):
            await _wonder(client, message, addressed=addressed)
            return None
        below = post.items
        note_card(services, message, post)
        services.recent_questions.add(asked)
        repeats = set_here.threads or question.is_others
        view = card_of(services, asked, replace(answer, question=question.shown), repeats_question=repeats, below=below)
    if addressed:
        note(services, by, asked, replace(answer, question=question.text))
    exchange.text = question.text
    with services.metrics.timed(Step.SENDING):
        shown = await _show(client, message, question, exchange, view)
    if shown is None or not addressed:  # of who addressed nobody, nothing is kept
        return None
    note_exchange(services, by, message.id, shown)
    note_shown(services, by, answer, shown, message.channel)

    async def show(written: Answer) -> None:
        view = card_of(services, asked, written, repeats_question=repeats, below=below)
        edited = await _show_written(client, exchange, question.text, view)
        if edited is not None:
            note_shown(services, by, written, edited, message.channel)

    answer = replace(answer, question=question.shown)
    return partial(write_above, services, said, answer, audience, person=message.author.id, show=show)


def _note_unasked(  # noqa: PLR0913, PLR0917 -- what is noted
    services: Services, message: discord.Message, by: By, asked: Asked, question: Question, answer: Answer
) -> None:
    """Have it counted that nothing was found for what nobody put to the bot: once a post, however much is written."""
    written = services.forum_posts.of(message.channel.id) if is_post(message.channel) else None
    if written is None:
        note_unasked(services, by, asked, question, answer)
    elif not written.is_counted:
        written.is_counted = note_unasked(services, by, asked, question, answer)


async def _wonder(client: QuothClient, message: discord.Message, *, addressed: bool) -> None:
    """React to what may have been asked of the bot, or only said."""
    if addressed:
        await take_in_passing(client, message, Kind.UNCLEAR)


async def _leave(
    client: QuothClient,
    message: discord.Message,
    question: Question,
    exchange: Exchange,
    instead: discord.ui.LayoutView | None,
) -> None:
    """Leave what nobody put to the bot unanswered; show the author of a post what there is `instead`."""
    exchange.tried = question.text
    if instead is not None and exchange.answer is None:
        await _show(client, message, question, exchange, instead)


def _is_passed_over(question: Question, answer: Answer) -> bool:
    """Tell whether what may as well be said in passing got no answer that is worth showing."""
    return question.is_unclear and level_of(answer) not in (Level.SURE, Level.PROBABLE)


async def _with_pictures(
    client: QuothClient, message: discord.Message, question: Question, said: Asked, *, addressed: bool
) -> Asked:
    """Return what is asked in words, with what the pictures say; unasked, only those in a forum's posts are read."""
    pictures = question.pictures if addressed or is_post(message.channel) else ()
    seen = await seen_in(client.services, pictures)
    return replace(said, text=f"{said.text}\n{seen}") if seen else said


async def _show(
    client: QuothClient,
    message: discord.Message,
    question: Question,
    exchange: Exchange,
    view: discord.ui.LayoutView,
) -> discord.PartialMessage | None:
    """Show an answer, in place of the one before where there is one, and return it.

    None where the question has been deleted, or the answer before it: then nothing is shown.
    """
    if exchange.is_deleted:
        return None
    services = client.services
    if exchange.answer is not None:
        services.exchanges.refer(exchange.answer[1], exchange.answer[1])  # it may have offered a vote on another answer
        return await edit_answer(client, exchange, view)
    server = message.guild.id if message.guild is not None else None
    threads = services.preferences.of(server).threads
    sent = await below(message, question.shown, view) if threads else None
    sent = sent or await send(message, view)
    services.exchanges.settle(exchange, sent.channel.id, sent.id)
    if exchange.is_deleted:  # meanwhile
        await delete_answer(client, exchange)
        return None
    return _answer_of(client, exchange)


async def _show_written(
    client: QuothClient, exchange: Exchange, text: str, view: discord.ui.LayoutView
) -> discord.PartialMessage | None:
    """Show an answer with sentences and return it, unless its question (`text`) was deleted or changed meanwhile."""
    async with exchange.lock:
        if not exchange.is_shown or exchange.text != text:
            return None
        return await edit_answer(client, exchange, view)


async def edit_answer(
    client: QuothClient, exchange: Exchange, view: discord.ui.LayoutView
) -> discord.PartialMessage | None:
    """Show `view` in place of an answer and return it, None where it is no longer there."""
    message = _answer_of(client, exchange)
    if message is not None:
        with suppress(discord.NotFound):
            await message.edit(view=view, allowed_mentions=discord.AllowedMentions.none())
            return message
    return None


async def delete_answer(client: QuothClient, exchange: Exchange) -> None:
    """Take an answer away, where it is still there."""
    message = _answer_of(client, exchange)
    if message is not None:
        with suppress(discord.NotFound):
            await message.delete()


def _answer_of(client: QuothClient, exchange: Exchange) -> discord.PartialMessage | None:
    if exchange.answer is None:
        return None
    channel, answer = exchange.answer
    return client.get_partial_messageable(channel).get_partial_message(answer)


async def send(message: discord.Message, view: discord.ui.LayoutView) -> discord.Message:
    """Reply to a message, or, where it has gone or replies are not allowed, say it in the channel; return the reply."""
    try:
        return await post(message.channel, view, message.id, message.to_reference(fail_if_not_exists=False))
    except (discord.NotFound, discord.Forbidden, discord.DiscordServerError):
        raise
    except discord.HTTPException:
        return await post(message.channel, view, message.id)


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
    return before is not None and client.user is not None and before.author.id == client.user.id


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


def _way(message: discord.Message, me: int, *, addressed: bool) -> Way:
    """Return how a message came to be a question."""
    if not addressed:
        return Way.UNASKED
    if message.guild is None:
        return Way.DM
    return Way.MENTION if mentions(message, me) else Way.REPLY


def _is_in(channel: object, channels: tuple[int, ...]) -> bool:
    """Tell whether a channel, or the one that a thread or forum post is in, is among `channels`."""
    return getattr(channel, "id", 0) in channels or getattr(channel, "parent_id", 0) in channels
