"""What becomes of an answer afterwards: its question is changed or deleted, or whoever asked does not want it."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import discord

from bot.handlers import kept, replies
from bot.handlers.messages import answer_anew, handle
from bot.manners.exchanges import Exchange
from bot.privacy import exchanges
from bot.privacy.journal import JournalError
from bot.retry import FAILED, reason_of

if TYPE_CHECKING:
    from bot.client import QuothClient

_EDITABLE = timedelta(seconds=120)
"""How long after it was written a message that is changed is answered anew: by then others have read the answer."""

_LATE = 2 * _EDITABLE
"""The age from which a changed message is left alone unless its answer is in memory, by this machine's inexact clock.

Discord tells of previews, pins and threads of a message that was once edited as it tells of an edit.
"""

_BIN = "\U0001f5d1"
_VARIATION = "\ufe0f"

_log = logging.getLogger(__name__)


async def edited(client: QuothClient, message: discord.Message) -> None:
    """Answer a message anew that was changed soon after it was written: by an edit of its answer, where it has one.

    What is kept of the message as an answer changes with it.
    """
    await kept.edited(client, message)
    if message.edited_at is None or message.edited_at - message.created_at > _EDITABLE:  # None: a preview or a thread
        return
    exchange = client.services.exchanges.of_question(message.id)
    is_recent = discord.utils.utcnow() - message.created_at < _LATE
    if exchange is None and is_recent:
        exchange = await _kept_exchange(client, message.id, message.author.id)
    try:
        is_done = exchange is not None and await answer_anew(client, message, exchange)
        if is_recent and not is_done:
            await handle(client, message)
    except FAILED as error:
        _log.warning("an answer could not be changed", extra={"reason": reason_of(error)})


async def deleted(client: QuothClient, message: int) -> None:
    """Take back the answer to a message that was deleted, and end what was kept of it."""
    client.services.forum_posts.drop(message)
    await _take_back(client, message)
    await kept.deleted(client, message)  # waits for a build


async def _take_back(client: QuothClient, message: int) -> None:
    exchange = client.services.exchanges.of_question(message) or await _kept_exchange(client, message)
    if exchange is None:
        return
    exchange.is_deleted = True
    client.services.journal.soon(partial(exchanges.forget, question=message))
    with suppress(*FAILED):
        await replies.delete(client, exchange)


async def reacted(client: QuothClient, reaction: discord.RawReactionActionEvent) -> None:
    """Take back an answer where whoever asked puts 🗑 under it."""
    me = client.user
    if me is None or reaction.user_id == me.id or (reaction.emoji.name or "").strip(_VARIATION) != _BIN:
        return
    if reaction.message_author_id not in (None, me.id):
        return
    message = client.get_partial_messageable(reaction.channel_id).get_partial_message(reaction.message_id)
    try:
        exchange = client.services.exchanges.of_answer(reaction.message_id)
        asker = exchange.asker if exchange is not None else await _asker_of(client, message, me.id)
        if asker == reaction.user_id:
            await message.delete()
    except FAILED as error:
        _log.warning("an answer could not be taken back", extra={"reason": reason_of(error)})


async def _kept_exchange(client: QuothClient, question: int, asker: int = 0) -> Exchange | None:
    """Return the exchange that a message began in an earlier run of the bot, as far as anything is kept."""
    known, journal = client.services.exchanges, client.services.journal
    if not (journal.keeps and journal.path.exists()):
        return None
    try:
        answer = await journal.run(partial(exchanges.answer_to, question=question))
    except JournalError:  # logged
        return None
    if answer is None:
        return None
    exchange = known.begin(question, asker)
    known.settle(exchange, *answer)
    return exchange


async def _asker_of(client: QuothClient, message: discord.PartialMessage, me: int) -> int | None:
    """Return who asked for an answer, by what it says of itself.

    It replies to them, or to their command, or stands in a thread that the bot has opened on either.
    """
    answer = await message.fetch()
    if answer.author.id != me:
        return None
    if answer.interaction_metadata is None and answer.reference is None:
        return await _asker_above(client, message.channel.id, me)
    return _asker_in(answer)


async def _asker_above(client: QuothClient, channel: int, me: int) -> int | None:
    """Return who wrote the message, or used the command, that a thread of the bot's begins at."""
    thread = client.get_channel(channel) or await client.fetch_channel(channel)
    if not isinstance(thread, discord.Thread) or thread.owner_id != me:
        return None
    start = await client.get_partial_messageable(thread.parent_id).fetch_message(thread.id)
    return _asker_in(start) if start.author.id == me else start.author.id


def _asker_in(answer: discord.Message) -> int | None:
    """Return who asked for an answer that replies to them or to their command."""
    if answer.interaction_metadata is not None:
        return answer.interaction_metadata.user.id
    question = answer.reference.resolved if answer.reference is not None else None
    return question.author.id if isinstance(question, discord.Message) else None
