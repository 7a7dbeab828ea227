"""*Tell me when the documents have it*: who wants to know is told once, where they asked, after a build has it."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import discord

from bot.access.rules import Audience
from bot.answering.recent_questions import key_of
from bot.cards.answer_card import answer_card
from bot.cards.status_card import notice_card
from bot.handlers.languages import server_language
from bot.insight import waiting
from bot.insight.waiting import Spot, Wait, Waiter
from bot.localisation.catalogue import language, mark, say, speaking
from bot.responses import post, tell
from bot.retry import FAILED, reason_of
from index.answer.answerer import Asked
from index.errors import QuothError
from index.records import Answer

if TYPE_CHECKING:
    from bot.client import QuothClient

HEADING = mark("**The documents have it now.**")

_PACE = 1.0
"""Seconds between two messages: Discord takes five in five seconds in a channel, and others want to be answered."""

_LOOKED_THROUGH = 100
"""Messages after an answer among which it is looked for whether somebody has been told already."""

_NOTED = mark("🔔 I will tell you here, once, when the documents have it.")
_NOTED_ALONE = mark("🔔 I will tell you in private, once, when the documents have it.")
_BEFORE = mark("🔔 You are told already, as soon as the documents have it.")
_NOTHING_KEPT = mark("Nothing is kept here.")
_GONE = (discord.NotFound, discord.Forbidden)

_log = logging.getLogger(__name__)


async def note_wait(interaction: discord.Interaction[QuothClient], asked: Asked) -> None:
    """Note that whoever pressed the button wants to know."""
    services = interaction.client.services
    if not services.journal.keeps:
        await tell(interaction, notice_card(say(_NOTHING_KEPT)))
        return
    spot = await _spot_of(interaction)
    waiter = Waiter(interaction.user.id, language(), services.journal.pseudonym)
    is_new = await services.journal.run(partial(waiting.add, spot=spot, waiter=waiter, key=key_of(asked), asked=asked))
    message = (_NOTED if spot.message else _NOTED_ALONE) if is_new else _BEFORE
    await tell(interaction, notice_card(say(message)))


async def _spot_of(interaction: discord.Interaction[QuothClient]) -> Spot:
    """Return where to tell: below the answer or, where whoever asked sees that alone, in private."""
    message = interaction.message
    if message is None or message.flags.ephemeral:
        return Spot((await interaction.user.create_dm()).id, 0)
    parent = getattr(interaction.channel, "parent_id", None)
    return Spot(message.channel.id, message.id, interaction.guild_id, parent)


async def tell_waiting(client: QuothClient) -> int:
    """Ask again what people wait for, and tell those whose question is answered now; return how many messages."""
    run = client.services.journal.run
    known: dict[tuple[Asked, Audience], Answer] = {}
    sent = after = 0
    while waits := await run(partial(waiting.pending, after=after)):
        for wait in waits:
            answer = await _answered(client, wait, known)
            if answer is not None and answer.answered and await _tell(client, wait, answer):
                sent += 1
                await asyncio.sleep(_PACE)
        after = waits[-1].number
    return sent


async def tell_unfinished(client: QuothClient) -> None:
    """Find out what became of messages that were on their way when the bot was stopped.

    They are sent after the next build where they have not arrived. In private there is no telling: they have.
    """
    run = client.services.journal.run
    while waits := await run(partial(waiting.pending, after=0, claimed=True)):
        for wait in waits:
            arrived = not wait.spot.message or await _has_arrived(client, wait)
            await run(partial(waiting.done if arrived else waiting.release, wait=wait))


async def _answered(client: QuothClient, wait: Wait, known: dict[tuple[Asked, Audience], Answer]) -> Answer | None:
    channels = frozenset(number for number in (wait.spot.channel, wait.spot.parent) if number is not None)
    audience = Audience(wait.spot.server, channels)
    threshold = client.services.preferences.of(wait.spot.server).threshold
    if (wait.asked, audience) not in known:
        try:
            asked = replace(wait.asked, threshold=threshold)
            known[wait.asked, audience] = await client.services.desk.answer(asked, audience)
        except QuothError as error:
            _log.warning("a question could not be asked again", extra={"reason": str(error)})
            return None
    return known[wait.asked, audience]


async def _tell(client: QuothClient, wait: Wait, answer: Answer) -> bool:
    """Tell those who wait in a spot; return whether a message was sent. What fails for good is forgotten."""
    run, spot = client.services.journal.run, wait.spot
    if not await run(partial(waiting.claim, wait=wait)):
        return False
    with speaking(wait.language or server_language(client, spot.server)):
        view = answer_card(answer, key=wait.key, heading=say(HEADING))
    reference = discord.MessageReference(
        message_id=spot.message, channel_id=spot.channel, guild_id=spot.server, fail_if_not_exists=False
    )
    nonce = int.from_bytes(wait.key[:6], "big") ^ spot.message
    try:
        await post(client.get_partial_messageable(spot.channel), view, nonce, reference if spot.message else None)
    except FAILED as error:
        _log.warning("somebody could not be told of an answer", extra={"reason": reason_of(error)})
        await run(partial(waiting.done if isinstance(error, _GONE) else waiting.release, wait=wait))
        return False
    await run(partial(waiting.done, wait=wait))
    return True


async def _has_arrived(client: QuothClient, wait: Wait) -> bool:
    """Tell whether there is a reply of the bot's to an answer; where that cannot be read, take it that there is."""
    channel = client.get_partial_messageable(wait.spot.channel)
    after = discord.Object(wait.spot.message)
    try:
        async for message in channel.history(after=after, limit=_LOOKED_THROUGH):
            reply = message.reference.message_id if message.reference is not None else None
            if client.user is not None and message.author.id == client.user.id and reply == wait.spot.message:
                return True
    except FAILED as error:
        _log.warning("it is not known whether somebody was told", extra={"reason": reason_of(error)})
        return True
    return False
