"""`/help`."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.card.escape import escape_line
from bot.card.help_card import help_card
from bot.client import QuothClient
from bot.replies import defer, deliver

_EXAMPLES = 5


def register(tree: app_commands.CommandTree[QuothClient]) -> None:
    """Add the command to `tree`."""
    tree.add_command(_help)


@app_commands.command(name=locale_str("help"), description=locale_str("What can be asked here, and what is kept"))
async def _help(interaction: discord.Interaction[QuothClient]) -> None:
    there = await defer(interaction, ephemeral=True)
    generation = interaction.client.services.desk.generation
    titles = [escape_line(source.title, 80) for source in generation.catalogue.sources[:_EXAMPLES]]
    view = help_card(titles, generation.manifest.counts.documents, interaction.client.hears_everything)
    await deliver(interaction, view, there=there, ephemeral=True)
