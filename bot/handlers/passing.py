"""What is done about what people say in passing: nothing, a reaction, or the offer of a thumb down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

import discord

from bot.cards import buttons
from bot.cards.custom_ids import parse
from bot.cards.status_card import offer_card
from bot.handlers.conversation import replied_to
from bot.manners.small_talk import Kind
from bot.responses import post
from bot.retry import FAILED

if TYPE_CHECKING:
    from bot.client import QuothClient

_REACTIONS = {Kind.THANKS: "😊", Kind.GREETING: "👋", Kind.STATEMENT: "👀", Kind.UNCLEAR: "🤔"}
"""Signs that something said to the bot was heard; the rest is left alone."""


async def take_in_passing(client: QuothClient, message: discord.Message, kind: Kind) -> None:
    """React to what was said to the bot and asks nothing; where it objects to an answer, offer 👎."""
    if kind is Kind.OBJECTION:
        await _offer_vote(client, message)
    elif kind in _REACTIONS:
        with suppress(*FAILED):  # without the right to react, nothing is lost
            await message.add_reaction(_REACTIONS[kind])


async def _offer_vote(client: QuothClient, message: discord.Message) -> None:
    answer = await replied_to(message)
    vote = _vote_of(answer) if answer is not None else None
    if answer is None or vote is None or not client.services.settings.journal_days:
        return
    reference = message.to_reference(fail_if_not_exists=False)
    offered = await post(message.channel, offer_card(vote), message.id, reference)
    exchanges = client.services.exchanges
    exchanges.settle(exchanges.begin(message.id, message.author.id), offered.channel.id, offered.id)
    exchanges.refer(offered.id, answer.id)


def _vote_of(answer: discord.Message) -> buttons.Vote | None:
    """Return what the thumb down below an answer says."""
    pressed = (parse(custom_id) for custom_id in _custom_ids(answer.components))
    return next((button for button in pressed if isinstance(button, buttons.Vote) and not button.up), None)


def _custom_ids(components: Iterable[object]) -> Iterator[str]:
    for component in components:
        custom_id = getattr(component, "custom_id", None)
        if isinstance(custom_id, str):
            yield custom_id
        yield from _custom_ids(getattr(component, "children", ()))
