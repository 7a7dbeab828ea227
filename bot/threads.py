"""Answers in a thread of their own, where the settings ask for it and Discord lets us."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.card import colours
from bot.card.answer_card import asked_line
from bot.card.layout import card, text
from bot.card.visible import one_line
from bot.replies import NOBODY

if TYPE_CHECKING:
    from bot.client import QuothClient

_LONGEST_NAME = 100


async def in_a_thread(
    interaction: discord.Interaction[QuothClient], question: str, view: discord.ui.LayoutView
) -> bool:
    """Answer a command in a thread that begins at its response; return False where that cannot be."""
    if not isinstance(interaction.channel, discord.TextChannel):
        return False
    opening = card([text(asked_line(question)), text("The answer is in the thread.")], colours.PLAIN)
    response = await interaction.edit_original_response(view=opening, allowed_mentions=NOBODY)
    return await below(interaction.channel.get_partial_message(response.id), question, view)


async def below(message: discord.Message | discord.PartialMessage, question: str, view: discord.ui.LayoutView) -> bool:
    """Answer in a thread that begins at `message`; return False where that cannot be."""
    if not isinstance(message.channel, discord.TextChannel):
        return False
    try:
        thread = await message.create_thread(name=one_line(question, _LONGEST_NAME) or "Answer")
        await thread.send(view=view, allowed_mentions=NOBODY)
    except discord.HTTPException:  # no right to, or there is a thread already
        return False
    return True
