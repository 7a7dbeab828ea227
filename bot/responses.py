"""Responses to interactions and messages, safe against lost connections and retries."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Any

import discord

from bot.cards.status_card import error_card
from bot.public_errors import FAULT
from bot.retry import FAILED, UNANSWERED, reason_of, retry
from bot.telemetry.labels import Step
from index.errors import QuothError

NOBODY = discord.AllowedMentions.none()

_NO_CHANNEL = 10003
"""Discord's code for a channel that has been deleted."""

_ALREADY_ANSWERED = 40060
"""Discord's code for a second response: the first arrived, although its acknowledgement was lost."""

_FIRST_RESPONSE = 3.0
"""Seconds that Discord waits for the first response to an interaction."""

_PAUSES = (0.5, 1.0, 2.0)
"""Seconds between retries when Discord's servers fail, on top of those that discord.py makes."""

_log = logging.getLogger(__name__)


async def defer(interaction: discord.Interaction[Any], *, ephemeral: bool = False, thinking: bool = True) -> bool:
    """Defer the response; return False if the interaction is lost.

    It is lost if Discord's servers failed until the time for a first response was over, or if the bot came too late.
    Raises `discord.NotFound` if the channel has been deleted.
    """
    try:
        async with asyncio.timeout(_FIRST_RESPONSE):
            await retry(lambda: interaction.response.defer(ephemeral=ephemeral, thinking=thinking))
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
    """Replace the response to an interaction by `view`."""
    return await retry(lambda: interaction.edit_original_response(view=view, allowed_mentions=NOBODY))


async def deliver(
    interaction: discord.Interaction[Any], view: discord.ui.LayoutView, *, there: bool, ephemeral: bool = False
) -> discord.Message:
    """Show the answer as the response to an interaction, or as a message if that was lost (`there` is False).

    Return it. The message goes to the same channel, or to the asker in private if the response was `ephemeral`.
    """
    with interaction.client.services.metrics.timed(Step.SENDING):
        return await _deliver(interaction, view, there=there, ephemeral=ephemeral)


async def _deliver(
    interaction: discord.Interaction[Any], view: discord.ui.LayoutView, *, there: bool, ephemeral: bool
) -> discord.Message:
    try:
        return await edit(interaction, view)
    except discord.NotFound:
        place = interaction.user if ephemeral else interaction.channel
        if there or not isinstance(place, discord.abc.Messageable):
            raise
        return await post(place, view, interaction.id)


async def post(
    place: discord.abc.Messageable,
    view: discord.ui.LayoutView,
    nonce: int,
    reference: discord.MessageReference | None = None,
) -> discord.Message:
    """Send `view` as a message, and again if Discord's servers fail; return it.

    The first try may have arrived after all: Discord posts only one message with the same `nonce` (the id of the
    message or interaction that is answered).
    """
    how: dict[str, Any] = {"view": view, "allowed_mentions": NOBODY, "nonce": nonce}
    if reference is not None:
        how["reference"] = reference
    return await retry(lambda: place.send(**how), _PAUSES, UNANSWERED)


async def offer_nothing(interaction: discord.Interaction[Any]) -> None:
    """Complete what somebody types with nothing."""
    with contextlib.suppress(*FAILED):
        await interaction.response.autocomplete([])


async def refuse(interaction: discord.Interaction[Any], error: QuothError) -> None:
    """Show the error to the asker alone."""
    await tell(interaction, error_card(error))


async def tell(interaction: discord.Interaction[Any], view: discord.ui.LayoutView) -> None:
    """Show `view` to the asker alone, or in place of the answer that they are waiting for."""
    if interaction.response.type is discord.InteractionResponseType.deferred_channel_message:
        await edit(interaction, view)
        return
    if interaction.response.is_done():
        await add(interaction, view)
        return
    respond = interaction.response.send_message
    try:
        await retry(lambda: respond(view=view, ephemeral=True, allowed_mentions=NOBODY))
    except discord.HTTPException as error:
        if error.code != _ALREADY_ANSWERED:
            raise
        await edit(interaction, view)


async def add(interaction: discord.Interaction[Any], view: discord.ui.LayoutView) -> None:
    """Show `view` to the asker alone, below the response that they have got."""
    await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NOBODY)


async def tell_fault(interaction: discord.Interaction[Any], error: Exception) -> None:
    """Show the asker what went wrong if it can be explained; otherwise log it and show a general apology."""
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
        _log.warning("an error could not be shown", extra={"reason": reason_of(late)})
