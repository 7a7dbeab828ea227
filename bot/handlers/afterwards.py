"""What becomes of an answer afterwards: its question is changed or deleted, or whoever asked does not want it."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING

import discord

from bot.handlers import kept
from bot.handlers.messages import answer_anew, delete_answer
from bot.retry import FAILED, reason_of

if TYPE_CHECKING:
    from bot.client import QuothClient

_EDITABLE = 120.0
"""Seconds after which a question that is changed is not answered anew: by then others have read the answer."""

_BIN = "\U0001f5d1"
_VARIATION = "\ufe0f"

_log = logging.getLogger(__name__)


async def edited(client: QuothClient, message: discord.Message) -> None:
    """Answer a question anew that was changed soon after it was asked, by an edit of the answer.

    What is kept of the message as an answer changes with it.
    """
    await kept.edited(client, message)
    exchange = client.services.exchanges.of_question(message.id)
    if exchange is None or message.edited_at is None:  # Discord also tells of previews, and of threads that begin
        return
    if (message.edited_at - message.created_at).total_seconds() > _EDITABLE:
        return
    try:
        await answer_anew(client, message, exchange)
    except FAILED as error:
        _log.warning("an answer could not be changed", extra={"reason": reason_of(error)})


async def deleted(client: QuothClient, message: int) -> None:
    """Take back the answer to a message that was deleted, and end what was kept of it."""
    await kept.deleted(client, message)
    exchange = client.services.exchanges.of_question(message)
    if exchange is None:
        return
    exchange.is_deleted = True
    with suppress(*FAILED):
        await delete_answer(client, exchange)


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
        asker = exchange.asker if exchange is not None else await _asker_of(message, me.id)
        if asker == reaction.user_id:
            await message.delete()
    except FAILED as error:
        _log.warning("an answer could not be taken back", extra={"reason": reason_of(error)})


async def _asker_of(message: discord.PartialMessage, me: int) -> int | None:
    """Return who asked for an answer, by what it says of itself: it replies to them, or to their command."""
    answer = await message.fetch()
    if answer.author.id != me:
        return None
    if answer.interaction_metadata is not None:
        return answer.interaction_metadata.user.id
    question = answer.reference.resolved if answer.reference is not None else None
    return question.author.id if isinstance(question, discord.Message) else None
