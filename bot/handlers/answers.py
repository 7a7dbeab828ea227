"""Answers on their way to Discord: asking the desk, laying out the card, and getting it to whoever asked."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import discord

from bot.access.rules import Audience
from bot.access.view import Sight
from bot.answering.recent_questions import key_of
from bot.cards.answer_card import MOST_QUOTES, answer_card
from bot.cards.status_card import notice_card
from bot.handlers.choices import source_named
from bot.privacy.journal import By
from bot.retry import FAILED, UNANSWERED, insist, reason_of
from bot.services import Services
from bot.telemetry.labels import Step, Way
from index.answer.answerer import Asked
from index.errors import EncoderError, QuothError
from index.records import Answer, Quote
from index.store.values import StoredDocument

if TYPE_CHECKING:
    from bot.client import QuothClient

NOBODY = discord.AllowedMentions.none()

FAULT = "Something went wrong here, and it has been noted. Please try again."

_NOT_ENCODED = (
    "I cannot answer just now: the service that I read questions with does not work. Please try again in a minute; "
    "those who look after me find the reason in my log."
)
"""Where the encoder is, and what it said, is nobody else's business."""

_NO_CHANNEL = 10003
"""Discord's code for a channel that has been deleted."""

_ALREADY_ANSWERED = 40060
"""Discord's code for a second answer: the first was taken, although its own receipt got lost."""

_FIRST_RESPONSE = 3.0
"""Seconds that Discord waits for the first response to an interaction."""

_PAUSES = (0.5, 1.0, 2.0)
"""Seconds between tries where Discord's servers fail, besides those that discord.py makes."""

_log = logging.getLogger(__name__)


async def answered(services: Services, asked: Asked, audience: Audience, way: Way) -> Answer:
    """Answer a question that came in some `way` for those who will read it, and remember it for its buttons."""
    services.metrics.asked(way)
    try:
        answer = await services.desk.answer(asked, audience)
    except Exception as error:
        services.metrics.failed()
        if not isinstance(error, EncoderError):
            raise
        _log.error("the encoder did not encode a question", extra={"reason": str(error)})
        raise EncoderError(_NOT_ENCODED) from error
    services.metrics.answered(answer)
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


async def card_of(
    services: Services, asked: Asked, answer: Answer, audience: Audience, skip: int = 0
) -> discord.ui.LayoutView:
    """Return the card of an answer."""

    def lay_out(sight: Sight) -> discord.ui.LayoutView:
        quotes = answer.quotes or answer.closest
        known = {source.source for source in sight.sources}
        documents = {quote.source: sight.document(quote.source) for quote in quotes if quote.source in known}
        said = {name: one for name, one in documents.items() if _says(one, quotes)}
        return answer_card(answer, said, skip=skip, key=key_of(asked), votes=services.settings.journal_days > 0)

    with services.metrics.timed(Step.CARD):
        return await services.desk.look_up(lay_out, audience)


def note(services: Services, by: By, asked: Asked, answer: Answer) -> None:
    """Have a question and what was shown for it written down, as far as anything is kept."""
    shown = (answer.quotes or answer.closest)[:MOST_QUOTES]
    services.journal.note(by, key_of(asked), answer, shown)


def _says(document: StoredDocument, quotes: Sequence[Quote]) -> bool:
    """Tell whether a document says what is quoted of it: a rebuild may have ended since."""
    return all(
        document.text[quote.start : quote.end] == quote.text for quote in quotes if quote.source == document.source
    )


async def scope_of(services: Services, source: str | None, audience: Audience) -> frozenset[str] | None:
    """Return the one source that goes by the name `source`; raises `SourceError` where none or several do."""
    if source is None:
        return None
    found = await services.desk.look_up(lambda sight: source_named(sight, source), audience)
    return frozenset({found.source})


async def defer(interaction: discord.Interaction[Any], *, ephemeral: bool = False, thinking: bool = True) -> bool:
    """Have whoever asked wait for the answer; return False where Discord has lost sight of the interaction.

    That is so where its servers failed for as long as it takes a first response, or the bot came too late. Raises
    `discord.NotFound` where the channel has been deleted.
    """
    try:
        async with asyncio.timeout(_FIRST_RESPONSE):
            await insist(lambda: interaction.response.defer(ephemeral=ephemeral, thinking=thinking))
    except (discord.NotFound, *UNANSWERED) as error:
        if isinstance(error, discord.NotFound) and error.code == _NO_CHANNEL:
            raise
        _log.warning("an interaction was lost", extra={"reason": reason_of(error)})
        return False
    except discord.HTTPException as error:
        if error.code != _ALREADY_ANSWERED:
            raise
    return True


async def edit(interaction: discord.Interaction[Any], view: discord.ui.LayoutView) -> discord.InteractionMessage:
    """Show `view` in place of the response to an interaction."""
    return await insist(lambda: interaction.edit_original_response(view=view, allowed_mentions=NOBODY))


async def deliver(
    interaction: discord.Interaction[QuothClient], view: discord.ui.LayoutView, *, there: bool, ephemeral: bool = False
) -> None:
    """Show the answer to whoever waits for it; where the interaction was lost (`there` is False), as a message.

    That stands in the same channel, or in private where it is for the asker alone.
    """
    with interaction.client.services.metrics.timed(Step.SENDING):
        await _deliver(interaction, view, there=there, ephemeral=ephemeral)


async def _deliver(
    interaction: discord.Interaction[QuothClient], view: discord.ui.LayoutView, *, there: bool, ephemeral: bool
) -> None:
    try:
        await edit(interaction, view)
    except discord.NotFound:
        place = interaction.user if ephemeral else interaction.channel
        if there or not isinstance(place, discord.abc.Messageable):
            raise
        await post(place, view, interaction.id)


async def post(
    place: discord.abc.Messageable,
    view: discord.ui.LayoutView,
    nonce: int,
    reference: discord.MessageReference | None = None,
) -> None:
    """Send `view` as a message, and once more where Discord's servers fail.

    Discord posts nothing twice of the same `nonce` (the id of what is answered): the first may have arrived after all.
    """
    how: dict[str, Any] = {"view": view, "allowed_mentions": NOBODY, "nonce": nonce}
    if reference is not None:
        how["reference"] = reference
    await insist(lambda: place.send(**how), _PAUSES, UNANSWERED)


async def refuse(interaction: discord.Interaction[Any], error: QuothError) -> None:
    """Tell whoever asked, and nobody else, why it cannot be done."""
    await tell(interaction, notice_card(str(error), failed=True))


async def tell(interaction: discord.Interaction[Any], view: discord.ui.LayoutView) -> None:
    """Show `view` to whoever asked alone; in place of the answer, where they are waiting for one."""
    if interaction.response.type is discord.InteractionResponseType.deferred_channel_message:
        await edit(interaction, view)
        return
    if interaction.response.is_done():
        await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NOBODY)
        return
    respond = interaction.response.send_message
    try:
        await insist(lambda: respond(view=view, ephemeral=True, allowed_mentions=NOBODY))
    except discord.HTTPException as error:
        if error.code != _ALREADY_ANSWERED:
            raise
        await edit(interaction, view)


async def tell_fault(interaction: discord.Interaction[QuothClient], error: Exception) -> None:
    """Tell whoever asked what went wrong, if it can be explained; else log it and say that it is not their fault."""
    if isinstance(error, discord.NotFound):
        _log.warning(
            "an answer had nowhere to go: its message or channel has been deleted", extra={"reason": str(error)}
        )
        return
    if isinstance(error, UNANSWERED):
        _log.warning("an answer could not be sent: Discord did not respond", extra={"reason": reason_of(error)})
        error = QuothError(FAULT)
    if not isinstance(error, QuothError):
        _log.error("an interaction failed", exc_info=error)
        error = QuothError(FAULT)
    try:
        await refuse(interaction, error)
    except FAILED as late:
        _log.warning("an error could not be told", extra={"reason": reason_of(late)})
