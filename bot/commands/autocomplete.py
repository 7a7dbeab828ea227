"""Names that are offered while somebody types."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.card.visible import one_line
from bot.client import QuothClient
from index import lookup
from index.errors import SourceError
from index.generation import Generation

_MOST_CHOICES = 25
_LONGEST_NAME = 100
"""Characters of a choice's name, and of its value."""

Choice = app_commands.Choice[str]


async def sources(interaction: discord.Interaction[QuothClient], typed: str) -> list[Choice]:
    """Offer the documents whose names are like what is typed; all, where nothing is."""

    def look(generation: Generation) -> list[Choice]:
        known = generation.catalogue.sources
        if not typed.strip():
            return _choices([(source.title, source.source) for source in known[:_MOST_CHOICES]])
        matches = generation.names.find(typed, 4 * _MOST_CHOICES)
        return _choices([(match.title, match.source) for match in matches if not match.section])

    return await interaction.client.services.desk.look_up(look)


async def sections(interaction: discord.Interaction[QuothClient], typed: str) -> list[Choice]:
    """Offer the sections of the document that is named in the option before."""
    name = getattr(interaction.namespace, "source", "") or ""

    def look(generation: Generation) -> list[Choice]:
        try:
            source = lookup.named(generation.catalogue.sources, name)
        except SourceError:
            return []
        paths = [" › ".join(path) for path in source.sections if path]
        return _choices([(path, path) for path in lookup.like(paths, typed, _MOST_CHOICES)])

    return await interaction.client.services.desk.look_up(look)


def _choices(pairs: list[tuple[str, str]]) -> list[Choice]:
    """Return choices that Discord takes: as many and as long as it allows; what cannot be shortened is left out."""
    fitting = [(one_line(name, _LONGEST_NAME) or value, value) for name, value in pairs if len(value) <= _LONGEST_NAME]
    return [Choice(name=name[:_LONGEST_NAME], value=value) for name, value in fitting[:_MOST_CHOICES]]
