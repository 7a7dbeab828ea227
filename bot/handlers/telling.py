"""*Tell me when the documents have it*: who wants to know is told once, where they asked, after a build has it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Set
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import discord

from bot.access.rules import Audience
from bot.answering.recent_questions import key_of
from bot.cards.answer_card import answer_card
from bot.cards.buttons import Vote
from bot.cards.custom_ids import parse
from bot.cards.layout import texts_of
from bot.cards.status_card import notice_card
from bot.handlers.answers import note_card
from bot.handlers.arrival import has_arrived, last_in
from bot.handlers.languages import server_language
from bot.insight import waiting
from bot.insight.waiting import Place, Spot, Wait, Waiter
from bot.localisation import words
from bot.localisation.catalogue import every, language, mark, say, speaking
from bot.responses import post, tell
from bot.retry import FAILED, is_for_good, is_refused, reason_of
from index.answer.asked import Asked
from index.errors import QuothError
from index.records import Answer

if TYPE_CHECKING:
    from bot.client import QuothClient

HEADING = mark("**The documents have it now.**")

_DAY = 86_400.0
_PACE = 1.0
"""Seconds between two messages: Discord takes five in five seconds in a channel, and others want to be answered."""

_NOTED = mark("🔔 I will tell you here, once, when the documents have it, if that is within {days}.")
_NOTED_ALONE = mark("🔔 I will tell you in private, once, when the documents have it, if that is within {days}.")
_BEFORE = mark("🔔 You have asked for that already: I will tell you as soon as the documents have it.")
_NOTHING_KEPT = mark("Nothing is kept here.")
_GONE = (discord.NotFound, discord.Forbidden)

Known = dict[tuple[str, Asked, Audience], Answer]
"""What questions were answered with from a generation of the index, for whom: telling many takes a while."""

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
    noted = say(_NOTED if spot.message else _NOTED_ALONE, days=words.days(services.settings.journal_days))
    await tell(interaction, notice_card(noted if is_new else say(_BEFORE)))


async def _spot_of(interaction: discord.Interaction[QuothClient]) -> Spot:
    """Return where to tell: below the answer or, where whoever asked sees that alone, in private."""
    message, parent = interaction.message, getattr(interaction.channel, "parent_id", None)
    if message is None or message.flags.ephemeral:
        asked_in = parent or interaction.channel_id
        return Spot((await interaction.user.create_dm()).id, 0, interaction.guild_id, asked_in)
    return Spot(message.channel.id, message.id, interaction.guild_id, parent)


async def tell_waiting(client: QuothClient, only: Set[Place] | None = None) -> tuple[int, set[Place]]:
    """Ask again what people wait for, or `only` some of it, and tell those whose question is answered now.

    Return how many messages were sent, and what is left: what could not be asked, and what Discord failed to take,
    which stays on its way until `tell_unfinished` finds out what became of it.
    """
    run, days = client.services.journal.run, client.services.settings.journal_days
    known: Known = {}
    left = set[Place]()
    sent = after = 0
    while waits := await run(partial(waiting.pending, after=after)):
        for wait in waits:
            is_old = wait.since < time.time() - _DAY * days  # it is removed with the next rows that are too old
            if is_old or (only is not None and wait.place not in only):
                continue
            is_told = await _tell_again(client, wait, known)
            if is_told is None:
                left.add(wait.place)
            elif is_told:
                sent += 1
                await asyncio.sleep(_PACE)
        after = waits[-1].number
    return sent, left


async def tell_unfinished(client: QuothClient) -> set[Place]:
    """Find out what became of messages that were on their way when Discord failed, or when the bot was stopped.

    Return those that have not arrived: they are to be sent again.
    """
    run, after = client.services.journal.run, 0
    released = set[Place]()
    while waits := await run(partial(waiting.pending, after=after, claimed=True)):
        for wait in waits:
            try:
                there = await _has_arrived(client, wait)
            except FAILED as error:
                _log.warning("it is not known whether somebody was told", extra={"reason": reason_of(error)})
                continue
            await run(partial(waiting.done if there else waiting.release, wait=wait))
            released |= set() if there else {wait.place}
        after = waits[-1].number
    return released


async def is_telling(client: QuothClient) -> bool:
    """Tell whether messages are on their way, of which it is not known what became of them."""
    return bool(await client.services.journal.run(partial(waiting.pending, after=0, claimed=True)))


async def _tell_again(client: QuothClient, wait: Wait, known: Known) -> bool | None:
    """Ask again what people wait for in a spot, and tell them; return whether a message was sent, None to try again."""
    answer, by_roles = await _answered(client, wait, known)
    if answer is None:
        return None
    return answer.answered and await _tell(client, wait, answer, by_roles=by_roles)


async def _answered(client: QuothClient, wait: Wait, known: Known) -> tuple[Answer | None, bool]:
    """Return the answer for those who wait: in private first as for anybody, then as for a member where they asked.

    None where it is not known for now. And whether it is one for a member, by their roles.
    """
    spot = wait.spot
    channels = frozenset(number for number in (spot.channel, spot.parent) if number is not None)
    audience = Audience(spot.server, channels) if spot.message else Audience()
    answer = await _asked_again(client, wait, audience, known)
    if spot.message or spot.server is None or answer is None or answer.answered:
        return answer, False
    try:
        member = await _member_of(client, spot)
    except FAILED as error:
        _log.warning("it is not known what somebody who waits may see", extra={"reason": reason_of(error)})
        return None, False
    if member is None:
        return answer, False
    as_member = Audience(spot.server, _still_seen(member, spot), frozenset(role.id for role in member.roles))
    answer = await _asked_again(client, wait, as_member, known)
    if answer is not None and answer.answered:  # perhaps only since another index came into use in between
        anybodys = await _asked_again(client, wait, audience, {})
        if anybodys is not None and anybodys.answered:
            return anybodys, False
    return answer, True


async def _member_of(client: QuothClient, spot: Spot) -> discord.Member | None:
    """Return who is told in private, as a member where they asked; None where they are one no more."""
    guild = client.get_guild(spot.server or 0)
    try:
        channel = client.get_channel(spot.channel) or await client.fetch_channel(spot.channel)
        if guild is None or not isinstance(channel, discord.DMChannel) or channel.recipient is None:
            return None
        return await guild.fetch_member(channel.recipient.id)
    except _GONE:
        return None


def _still_seen(member: discord.Member, spot: Spot) -> frozenset[int]:
    """Return the channel in which a member asked, if they may still see it."""
    channel = member.guild.get_channel(spot.parent or 0)
    is_seen = channel is not None and channel.permissions_for(member).view_channel
    return frozenset({channel.id}) if channel is not None and is_seen else frozenset()


async def _asked_again(client: QuothClient, wait: Wait, audience: Audience, known: Known) -> Answer | None:
    asked = replace(wait.asked, threshold=client.services.preferences.of(wait.spot.server).threshold)
    desk = client.services.desk
    held = desk.held.name if desk.held is not None else ""
    if (held, asked, audience) not in known:
        try:
            known[held, asked, audience] = await desk.answer(asked, audience)
        except QuothError as error:
            _log.warning("a question could not be asked again", extra={"reason": str(error)})
            return None
    return known[held, asked, audience]


async def _tell(client: QuothClient, wait: Wait, answer: Answer, *, by_roles: bool) -> bool | None:
    """Tell those who wait in a spot; return whether a message was sent, None where that failed for now.

    Those are forgotten who cannot be told any more; what Discord takes for no proper message is tried with the next
    index.

    The message is corrected later, unless it tells what only roles may see: nobody's roles are known in private.
    """
    run, spot = client.services.journal.run, wait.spot
    if not await run(partial(waiting.claim, wait=wait, last=last_in(client, spot.channel))):
        return False
    with speaking(wait.language or server_language(client, spot.server)):
        view = answer_card(answer, key=wait.key, heading=say(HEADING))
    reference = discord.MessageReference(
        message_id=spot.message, channel_id=spot.channel, guild_id=spot.server, fail_if_not_exists=False
    )
    nonce = int.from_bytes(wait.key[:6], "big") ^ spot.message
    try:
        sent = await post(
            client.get_partial_messageable(spot.channel), view, nonce, reference if spot.message else None
        )
    except FAILED as error:
        _log.warning("somebody could not be told of an answer", extra={"reason": reason_of(error)})
        return await _failed(client, wait, error)
    is_kept = await run(partial(waiting.done, wait=wait))
    if is_kept and not by_roles:
        own_spot = replace(spot, message=sent.id) if spot.message else Spot(spot.channel, sent.id)
        note_card(client.services, own_spot, answer, lambda: (wait.person, wait.person))
    return True


async def _failed(client: QuothClient, wait: Wait, error: Exception) -> bool | None:
    """Note what becomes of those who could not be told; return what `_tell` does."""
    run = client.services.journal.run
    if isinstance(error, _GONE):
        await run(partial(waiting.done, wait=wait))
        return False
    if is_refused(error) and is_for_good(error):
        await run(partial(waiting.release, wait=wait))
        return False
    return None


async def _has_arrived(client: QuothClient, wait: Wait) -> bool:
    """Tell whether somebody has been told by the bot."""
    number = wait.spot.message

    def is_it(message: discord.Message) -> bool:
        reply = message.reference.message_id if message.reference is not None else None
        return reply == number if number else _tells(message, wait)

    if wait.last is not None:
        return await has_arrived(client, wait.spot.channel, wait.last, is_it)
    after = number or datetime.fromtimestamp(min(wait.since, time.time()), UTC)
    return await has_arrived(client, wait.spot.channel, after, is_it, oldest_first=False)


def _tells(message: discord.Message, wait: Wait) -> bool:
    """Tell whether a private message is the one that tells of an answer: by its heading, and the key on its buttons."""
    view = discord.ui.LayoutView.from_message(message, timeout=None)
    view.stop()
    buttons = (item.custom_id or "" for item in view.walk_children() if isinstance(item, discord.ui.Button))
    keys = [pressed.question for custom_id in buttons if isinstance(pressed := parse(custom_id), Vote)]
    words = "\n".join(texts_of(view))
    return wait.key in keys and any(heading in words for heading in every(HEADING))
