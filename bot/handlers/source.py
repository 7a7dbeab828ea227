"""`/source find | show | list`; what else is in the group stands in `library.py`."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.access.view import VisibleDocuments
from bot.cards.source_card import find_card, list_card, show_card
from bot.client import QuothClient
from bot.handlers import autocomplete, channel_names
from bot.handlers.audience import of_interaction
from bot.handlers.choices import at_section, source_named
from bot.responses import defer, deliver
from index.store import lookup

Interaction = discord.Interaction[QuothClient]

_FOUND = 5
_AROUND = 3

group = app_commands.Group(name=locale_str("source"), description=locale_str("Look documents up"))


def register(tree: app_commands.CommandTree[QuothClient]) -> None:
    """Add the commands to `tree`."""
    tree.add_command(group)


@group.command(name=locale_str("find"), description=locale_str("Find documents and sections by name"))
@app_commands.describe(name=locale_str("A name, in part or misspelt"))
async def _find(interaction: Interaction, name: app_commands.Range[str, 1, 200]) -> None:
    there = await defer(interaction, ephemeral=True)
    audience = of_interaction(interaction, alone=True)
    matches = await interaction.client.services.desk.look_up(lambda visible: visible.names.find(name, _FOUND), audience)
    await deliver(interaction, find_card(name, matches), there=there, ephemeral=True)


@group.command(name=locale_str("show"), description=locale_str("Show a document, or a place in it"))
@app_commands.describe(
    source=locale_str("Which document"),
    section=locale_str("Which section of it"),
    line=locale_str("Which line of it"),
    page=locale_str("Which page of it"),
)
@app_commands.autocomplete(source=autocomplete.sources, section=autocomplete.sections)
async def _show(
    interaction: Interaction,
    source: str,
    section: str | None = None,
    line: app_commands.Range[int, 1, 10_000_000] | None = None,
    page: app_commands.Range[int, 1, 1_000_000] | None = None,
) -> None:
    there = await defer(interaction, ephemeral=True)

    def look(visible: VisibleDocuments) -> discord.ui.LayoutView:
        document = visible.document(source_named(visible, source).source)
        if section is not None:
            return show_card(at_section(document, section))
        if line is not None:
            return show_card(lookup.at_line(document, line, page, _AROUND))
        return show_card(lookup.at_page(document, page) if page is not None else lookup.entire(document))

    view = await interaction.client.services.desk.look_up(look, of_interaction(interaction, alone=True))
    await deliver(interaction, view, there=there, ephemeral=True)


@group.command(name=locale_str("list"), description=locale_str("List all documents"))
async def _list(interaction: Interaction) -> None:
    there = await defer(interaction, ephemeral=True)
    audience = of_interaction(interaction, alone=True)
    names = channel_names.sources(interaction)
    view = await interaction.client.services.desk.look_up(
        lambda visible: list_card(visible.sources, folders=names), audience
    )
    await deliver(interaction, view, there=there, ephemeral=True)
