"""Answers in a thread of their own, where the settings ask for it and Discord lets us."""

from __future__ import annotations

import logging
from typing import Any, TypeGuard

import discord

from bot.cards import colours
from bot.cards.answer_card import asked_line
from bot.cards.layout import card, text
from bot.cards.visible import one_line
from bot.localisation.catalogue import say
from bot.responses import edit, post
from bot.retry import FAILED, reason_of

_LONGEST_NAME = 100

_log = logging.getLogger(__name__)


async def in_a_thread(
    interaction: discord.Interaction[Any], question: str, view: discord.ui.LayoutView
) -> discord.Message | None:
    """Answer a command in a thread that begins at its response, and return the answer; None where that cannot be."""
    if not _may_open(interaction.channel):
        return None
    opening = card([text(asked_line(question)), text(say("The answer is in the thread."))], colours.PLAIN)
    response = await edit(interaction, opening)
    return await below(interaction.channel.get_partial_message(response.id), question, view)


async def below(
    message: discord.Message | discord.PartialMessage, question: str, view: discord.ui.LayoutView
) -> discord.Message | None:
    """Answer in a thread that begins at `message`, and return the answer; None where that cannot be."""
    if not _may_open(message.channel):
        return None
    try:
        thread = await message.create_thread(name=one_line(question, _LONGEST_NAME) or say("Answer"))
        return await post(thread, view, message.id)
    except FAILED as error:  # the message may have gone, or there is a thread on it already
        _log.warning("an answer could not be put in a thread", extra={"reason": reason_of(error)})
        return None


def _may_open(channel: object) -> TypeGuard[discord.TextChannel]:
    """Tell whether a thread can be opened in a channel, and written in: there are none in threads and in private."""
    if not isinstance(channel, discord.TextChannel):
        return False
    may = channel.permissions_for(channel.guild.me)
    return may.create_public_threads and may.send_messages_in_threads
