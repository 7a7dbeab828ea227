"""Answers on their way to Discord: asking the desk, and laying out the card."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord

from bot.card.answer_card import answer_card
from bot.card.status_card import notice_card
from bot.services import Services
from index import lookup
from index.answer import Asked
from index.catalogue import StoredDocument
from index.errors import QuothError
from index.generation import Generation
from index.records import Answer, Quote

if TYPE_CHECKING:
    from bot.client import QuothClient

NOBODY = discord.AllowedMentions.none()

_log = logging.getLogger(__name__)


async def answered(services: Services, asked: Asked) -> Answer:
    """Answer a question and remember it for its buttons."""
    answer = await services.desk.answer(asked)
    services.remembered.add(asked)
    shown = {"question": asked.text} if services.settings.log_questions else {}
    _log.info(
        "question",
        extra={
            "answered": answer.answered,
            "confidence": round(answer.confidence, 3),
            "milliseconds": round(answer.milliseconds, 1),
            **shown,
        },
    )
    return answer


async def card_of(services: Services, answer: Answer, skip: int = 0) -> discord.ui.LayoutView:
    """Return the card of an answer."""

    def lay_out(generation: Generation) -> discord.ui.LayoutView:
        quotes = answer.quotes or answer.closest
        catalogue = generation.catalogue
        known = {source.source for source in catalogue.sources}
        documents = {quote.source: catalogue.document(quote.source) for quote in quotes if quote.source in known}
        return answer_card(answer, {name: one for name, one in documents.items() if _says(one, quotes)}, skip=skip)

    return await services.desk.look_up(lay_out)


def _says(document: StoredDocument, quotes: Sequence[Quote]) -> bool:
    """Tell whether a document says what is quoted of it: a rebuild may have ended since."""
    return all(
        document.text[quote.start : quote.end] == quote.text for quote in quotes if quote.source == document.source
    )


async def scope_of(services: Services, source: str | None) -> frozenset[str] | None:
    """Return the one source that goes by the name `source`; raises `SourceError` where none or several do."""
    if source is None:
        return None
    name = await services.desk.look_up(lambda generation: lookup.named(generation.catalogue.sources, source).source)
    return frozenset({name})


async def refuse(interaction: discord.Interaction[QuothClient], error: QuothError) -> None:
    """Tell whoever asked, and nobody else, why it cannot be done."""
    await tell(interaction, notice_card(str(error), failed=True))


async def tell(interaction: discord.Interaction[QuothClient], view: discord.ui.LayoutView) -> None:
    """Show `view` to whoever asked alone; in place of the answer, where they are waiting for one."""
    if interaction.response.type is discord.InteractionResponseType.deferred_channel_message:
        await interaction.edit_original_response(view=view, allowed_mentions=NOBODY)
    elif interaction.response.is_done():
        await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NOBODY)
    else:
        await interaction.response.send_message(view=view, ephemeral=True, allowed_mentions=NOBODY)
