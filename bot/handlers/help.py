"""`/help`."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.access.view import VisibleDocuments
from bot.cards.escape import escape_line
from bot.cards.help_card import ALONE, DEAF, help_card
from bot.client import QuothClient
from bot.handlers.audience import of_interaction
from bot.responses import defer, deliver

_EXAMPLES = 5


def register(tree: app_commands.CommandTree[QuothClient]) -> None:
    """Add the command to `tree`."""
    tree.add_command(_help)


def _about(visible: VisibleDocuments) -> tuple[list[str], int]:
    """Return some titles of documents that can be asked, and how many there are."""
    return [escape_line(source.title, 80) for source in visible.sources[:_EXAMPLES]], len(visible.sources)


@app_commands.command(name=locale_str("help"), description=locale_str("What can be asked here, and what is kept"))
async def _help(interaction: discord.Interaction[QuothClient]) -> None:
    there = await defer(interaction, ephemeral=True)
    services = interaction.client.services
    alone = await services.desk.look_up(_about, of_interaction(interaction, alone=True))
    _, in_public = await services.desk.look_up(_about, of_interaction(interaction, alone=False))
    titles, documents = alone
    notes = [
        *([] if interaction.client.hears_everything else [DEAF]),
        *([ALONE] if documents > in_public else []),
    ]
    view = help_card(titles, documents, services.settings.journal_days, notes)
    await deliver(interaction, view, there=there, ephemeral=True)
