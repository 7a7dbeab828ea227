"""*Check this*: what the documents say to each statement of a message, for whoever asks alone until they share it."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot import compose
from bot.access.rules import Audience
from bot.access.view import VisibleDocuments
from bot.cards.check_card import MOST_STATEMENTS, check_cards, quotes_on, shared, statements_in
from bot.cards.reference import resolve
from bot.client import QuothClient
from bot.handlers.ask import NothingAskedError
from bot.handlers.audience import of_interaction
from bot.handlers.questions import text_of, without_mention
from bot.localisation.catalogue import mark, say
from bot.manners.markup import searchable
from bot.responses import add, defer, deliver
from bot.services import Services
from index.answer.asked import Asked
from index.errors import QuothError
from index.support.verdict import Checked, check

Interaction = discord.Interaction[QuothClient]

_PASSAGES = 3
"""Passages that a statement is held against."""

_CLOSED = mark(
    "That cannot be shared here: not everybody in this channel may see these documents, or they have changed."
)


class NotForAllError(QuothError):
    """A card shows what not everybody in the channel may see."""


def register(tree: app_commands.CommandTree[QuothClient]) -> None:
    """Add the menu to `tree`."""
    tree.add_command(_check_this)


@app_commands.context_menu(name=locale_str("Check this"))
async def _check_this(interaction: Interaction, message: discord.Message) -> None:
    services = interaction.client.services
    text = searchable(without_mention(text_of(message), interaction.application_id))
    statements = statements_in(text)
    if not statements:
        raise NothingAskedError(say("There is no statement in that message."))
    with services.limits.admitted(interaction.user.id):
        there = await defer(interaction, ephemeral=True)
        audience = of_interaction(interaction, alone=True)
        checked = [
            (statement, await _checked(services, statement, audience)) for statement in statements[:MOST_STATEMENTS]
        ]
    first, *further = check_cards(checked, left=len(statements) - len(checked))
    await deliver(interaction, first, there=there, ephemeral=True)
    for view in further if there else []:
        await add(interaction, view)


async def _checked(services: Services, statement: str, audience: Audience) -> Checked:
    answer = await services.desk.answer(Asked(statement, quotes=_PASSAGES), audience)
    quotes = (answer.quotes or answer.closest)[:_PASSAGES]
    return await services.desk.model_thread.run(lambda: check(statement, quotes, compose.support()))


async def share_check(interaction: Interaction) -> None:
    """Show a card to everybody in the channel, if everybody there may see all passages on it."""
    message = interaction.message
    if message is None:
        return
    view = discord.ui.LayoutView.from_message(message, timeout=None)
    view.stop()  # its buttons are heard by their custom_id
    passages = quotes_on(view)
    audience = of_interaction(interaction, alone=False)

    def look(visible: VisibleDocuments) -> bool:
        return passages is not None and all(resolve(passage, visible) is not None for passage in passages)

    if not await interaction.client.services.desk.look_up(look, audience):
        raise NotForAllError(_CLOSED)
    there = await defer(interaction)
    await deliver(interaction, shared(view, interaction.user.display_name), there=there)
