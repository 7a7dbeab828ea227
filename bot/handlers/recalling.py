"""The question behind a button, remembered or read again from the card that repeats it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.access.rules import Audience
from bot.access.view import VisibleDocuments
from bot.answering.recent_questions import recalled
from bot.handlers.conversation import question_of, turns_before_answer
from bot.localisation.catalogue import mark
from bot.manners.markup import searchable
from bot.services import Services
from index.answer.asked import Asked
from index.errors import SourceError

if TYPE_CHECKING:
    from bot.client import QuothClient

_FORGOTTEN = mark("That question is no longer known: ask it again to see more quotes.")


async def asked_before(interaction: discord.Interaction[QuothClient], key: bytes, audience: Audience) -> Asked:
    """Return the question that goes by `key`; raises `SourceError` where it is not known any more.

    One that was asked of a single document is not known to those who may not see that.
    """
    services = interaction.client.services
    asked = services.recent_questions.get(key) or await _recall(interaction, key, audience)
    if asked is None or not await _is_seen(services, asked, audience):
        raise SourceError(_FORGOTTEN)
    return asked


async def _is_seen(services: Services, asked: Asked, audience: Audience) -> bool:
    """Tell whether the audience may see the source that a question was limited to, where it was limited to one."""
    if asked.scope is None:
        return True
    wanted = frozenset(asked.scope)
    return await services.desk.look_up(
        lambda visible: wanted <= {source.source for source in visible.sources}, audience
    )


async def _recall(interaction: discord.Interaction[QuothClient], key: bytes, audience: Audience) -> Asked | None:
    """Read a question again from the card that repeats it, with what was asked before it."""
    message = interaction.message
    text = await question_of(message, interaction.application_id) if message is not None else None
    if message is None or text is None:
        return None
    history = await turns_before_answer(message, interaction.application_id)
    texts = dict.fromkeys((text, searchable(text)))  # the card shows ids as names, and emoji

    def look(visible: VisibleDocuments) -> Asked | None:
        questions = (recalled(key, wording, history, visible.sources) for wording in texts)
        return next((question for question in questions if question is not None), None)

    return await interaction.client.services.desk.look_up(look, audience)
