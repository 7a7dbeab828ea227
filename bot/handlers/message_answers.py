"""The answer to the question in a message: looked for, shown, noted, and written above where that is asked for."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import discord

from bot.cards.levels import level_of
from bot.cards.status_card import error_card, notice_card
from bot.handlers import replies
from bot.handlers.answers import answered, card_of, note, note_exchange, note_shown, note_unasked, note_written
from bot.handlers.audience import of_message
from bot.handlers.forums import is_silenced
from bot.handlers.open_channels import read_in
from bot.handlers.passing import take_in_passing
from bot.handlers.pictures import seen_in
from bot.handlers.posts import in_post, is_post, note_card, without_answer
from bot.handlers.questions import Question, mentions
from bot.handlers.typing_sign import typing
from bot.handlers.writing import write_above
from bot.localisation.catalogue import say
from bot.manners.exchanges import Exchange
from bot.manners.small_talk import Kind, is_thanks, weighed
from bot.privacy.journal import By, Encoded
from bot.public_errors import FAULT
from bot.retry import FAILED
from bot.telemetry.labels import Step, Way
from index.answer.asked import Asked
from index.errors import QuothError
from index.records import Answer, Level

if TYPE_CHECKING:
    from bot.client import QuothClient
    from bot.services import Services

_log = logging.getLogger(__name__)
_WORD = re.compile(r"\w+")

Write = Callable[[], Awaitable[None]]
"""Has sentences written for an answer that is shown; to be called once its lock and its asker's share are free."""


@dataclass(frozen=True, slots=True)
class MessageQuestion:
    """A message with the question in it and the exchange that it began; `addressed` where it is put to the bot."""

    message: discord.Message
    question: Question
    exchange: Exchange
    addressed: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a question: `refusal` where it could not be answered, `write` where there is something to write."""

    refusal: discord.ui.LayoutView | None = None
    write: Write | None = None


async def answer_message(client: QuothClient, put: MessageQuestion) -> Outcome:
    """Answer a question as far as its asker's share allows, where it was asked or in a thread below it.

    What nobody put to the bot is answered only where it is sure enough of that.
    """
    asks = put.addressed and not put.exchange.is_answered
    try:
        with client.services.limits.admitted(put.message.author.id, asks=asks):
            return Outcome(write=await _answer(client, put))
    except QuothError as error:
        return Outcome(error_card(error))
    except FAILED:
        raise
    except Exception:  # noqa: BLE001 -- whoever asked is told; the log has the rest
        _log.exception("a message could not be answered")
        return Outcome(notice_card(say(FAULT), failed=True))


async def _answer(client: QuothClient, put: MessageQuestion) -> Write | None:
    """Answer a question, or leave it; return what has sentences written above the quotes, where they are shown."""
    services, message = client.services, put.message
    audience = of_message(message)
    set_here = services.preferences.of(audience.server)
    there = read_in(message.channel, message.channel.id)
    by = By(message.author.id, put.question.author, message.channel.id, audience.server, there)
    async with typing(message.channel) if put.addressed else nullcontext():
        in_words = Asked(put.question.text, put.question.history)
        asked = await _with_pictures(client, put, in_words)
        answer = await answered(services, asked, audience, _way(client, put), typed=put.question.text)
        question = _weighed(client, put, asked)
        sure = set_here.shows_unasked(answer) and (put.addressed or not await is_silenced(client, message.channel))
        post = await in_post(services, message, question.text)
        if not (put.addressed or sure):  # nobody asked: nothing is kept of it but that, unless the settings say so
            if not put.exchange.tried:  # an edit asks no second time
                _note_unasked(services, replace(put, question=question), by, asked, answer)
            await _leave(client, put, without_answer(services, message, post, answer))
            return None
        if is_passed_over(question, answer) and not put.exchange.is_shown:  # a card that is there is changed
            await _pass_over(client, replace(put, question=question), by, asked, answer)
            return None
        note_card(services, message, post)
        services.recent_questions.add(asked)
        lay_out = partial(
            card_of, services, asked, repeats_question=set_here.threads or question.is_others, below=post.items
        )
        view = lay_out(replace(answer, question=question.shown))
    if put.addressed:
        note(services, by, asked, replace(answer, question=question.text))
    put.exchange.text = question.text
    with services.metrics.timed(Step.SENDING):
        reply = await replies.show(client, message, put.exchange, view, title=question.shown)
    if reply is None or not put.addressed:  # of who addressed nobody, nothing is kept
        return None
    note_exchange(services, by, message.id, reply)
    note_shown(services, by, answer, reply, message.channel)

    async def show(written: Answer) -> None:
        edited = await replies.show_written(client, put.exchange, question.text, lay_out(written))
        if edited is not None:
            note_written(services, written, edited)

    answer = replace(answer, question=question.shown)
    return partial(write_above, services, in_words, answer, audience, person=message.author.id, show=show)


async def _with_pictures(client: QuothClient, put: MessageQuestion, in_words: Asked) -> Asked:
    """Return what is asked in words, with what the pictures say; unasked, only those in a forum's posts are read."""
    pictures = put.question.pictures if put.addressed or is_post(put.message.channel) else ()
    seen = await seen_in(client.services, pictures)
    return replace(in_words, text=f"{in_words.text}\n{seen}") if seen else in_words


def _way(client: QuothClient, put: MessageQuestion) -> Way:
    """Return how a message came to be a question."""
    if not put.addressed:
        return Way.UNASKED
    if put.message.guild is None:
        return Way.DM
    return Way.MENTION if mentions(put.message, client.own_id) else Way.REPLY


def _note_unasked(services: Services, put: MessageQuestion, by: By, asked: Asked, answer: Answer) -> None:
    """Have it counted that nothing was found for what nobody put to the bot: once a post, however much is written."""
    channel = put.message.channel
    written = services.forum_posts.of(channel.id) if is_post(channel) else None
    if written is None:
        note_unasked(services, by, asked, put.question, answer)
    elif not written.is_counted:
        written.is_counted = note_unasked(services, by, asked, put.question, answer)


async def _leave(client: QuothClient, put: MessageQuestion, instead: discord.ui.LayoutView | None) -> None:
    """Leave what nobody put to the bot unanswered; show the author of a post what there is `instead`."""
    put.exchange.tried = put.question.text
    if instead is not None and put.exchange.answer is None:
        await replies.show(client, put.message, put.exchange, instead, title=put.question.shown)


def _weighed(client: QuothClient, put: MessageQuestion, asked: Asked) -> Question:
    """Return a question as its vector weighs it; what is written in a post, to nobody, is asked."""
    if not put.addressed and is_post(put.message.channel):
        return put.question
    return weighed_by(put.question, client.services.desk.vector_alone(asked))


def weighed_by(question: Question, encoded: Encoded | None) -> Question:
    """Return a question as surely asked as its vector says; what was pointed out or shown in pictures is asked."""
    if encoded is None or question.is_others or question.pictures:
        return question
    kind = weighed(question.text, question.kind, encoded.vector, encoded.model)
    if question.history and (question.kind, kind) == (Kind.QUESTION, Kind.UNCLEAR):  # it may say more of what was asked
        return question
    return replace(question, kind=kind)


def is_passed_over(question: Question, answer: Answer) -> bool:
    """Tell whether what may as well be said in passing got no answer that is worth showing."""
    level = level_of(answer)
    match question.kind:
        case Kind.QUESTION:
            return False
        case Kind.LIKELY:
            return level is Level.NONE
        case Kind.UNCLEAR:
            if level in (Level.SURE, Level.PROBABLE):
                return False
            return level is Level.NONE or not _heads(question.text, answer)
    return level is not Level.SURE and not (level is Level.PROBABLE and _heads(question.text, answer))


def _heads(text: str, answer: Answer) -> bool:
    """Tell whether the first quote stands below a heading, or in a document, that has all the words of a text."""
    first = next(iter((*answer.quotes, *answer.closest)), None)
    words = set(_WORD.findall(text.casefold()))
    return first is not None and words <= set(_WORD.findall(f"{first.title} {' '.join(first.section)}".casefold()))


async def _pass_over(client: QuothClient, put: MessageQuestion, by: By, asked: Asked, answer: Answer) -> None:
    """React to what may have been asked of the bot, or only said; what was probably asked is noted as a gap."""
    if not put.addressed:
        return
    question = put.question
    if question.kind is Kind.LIKELY:
        note(client.services, by, asked, replace(answer, question=question.text))
    kind = Kind.UNCLEAR if question.kind is Kind.UNCLEAR else Kind.STATEMENT
    is_thanked = question.kind is Kind.STATEMENT and is_thanks(question.text)
    await take_in_passing(client, put.message, Kind.THANKS if is_thanked else kind)
