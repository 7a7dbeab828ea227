"""*Check this*: the passages that come closest to each statement of a message, for whoever asks alone."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.cards.check_card import MOST_STATEMENTS, check_card, statements_in
from bot.client import QuothClient
from bot.handlers.ask import NothingAskedError
from bot.handlers.audience import of_interaction
from bot.handlers.questions import text_of, without_mention
from bot.localisation.catalogue import say
from bot.manners.markup import searchable
from bot.responses import defer, deliver
from index.answer.answerer import Asked

Interaction = discord.Interaction[QuothClient]


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
        checked = []
        for statement in statements[:MOST_STATEMENTS]:
            answer = await services.desk.answer(Asked(statement, quotes=1), audience)
            checked.append((statement, next(iter(answer.quotes or answer.closest), None)))
    view = check_card(checked, left=len(statements) - len(checked))
    await deliver(interaction, view, there=there, ephemeral=True)
