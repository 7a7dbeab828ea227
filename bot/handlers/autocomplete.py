"""Names that are offered while somebody types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import discord
from discord import app_commands

from bot.access.rules import Audience
from bot.access.view import VisibleDocuments
from bot.cards.layout import length
from bot.cards.visible import one_line
from bot.client import QuothClient
from bot.handlers.audience import of_interaction
from bot.handlers.choices import MOST, section_name, section_value, source_meant, value_of
from index.store import lookup
from index.store.values import Source

_MOST_CHOICES = 25

Choice = app_commands.Choice[str]


async def sources(interaction: discord.Interaction[QuothClient], typed: str) -> list[Choice]:
    """Offer the documents whose names are like what is typed; all, where nothing is."""
    audience = of_interaction(interaction, alone=True)
    return await _completed(interaction, lambda visible: source_choices(visible, typed), audience)


async def sources_asked(interaction: discord.Interaction[QuothClient], typed: str) -> list[Choice]:
    """Offer the documents that may be quoted where the answer is to be: of those for the asker alone, none in public.

    Whoever types sees the names alone, but the answer to a question of such a document would name it to all.
    """
    alone = getattr(interaction.namespace, "private", None) is True
    audience = of_interaction(interaction, alone=alone)
    return await _completed(interaction, lambda visible: source_choices(visible, typed), audience)


async def sections(interaction: discord.Interaction[QuothClient], typed: str) -> list[Choice]:
    """Offer the sections of the document that is named in the option before."""
    name = getattr(interaction.namespace, "source", "") or ""
    audience = of_interaction(interaction, alone=True)
    return await _completed(interaction, lambda visible: section_choices(visible, name, typed), audience)


async def _completed(
    interaction: discord.Interaction[QuothClient], look: Callable[[VisibleDocuments], list[Choice]], audience: Audience
) -> list[Choice]:
    services = interaction.client.services
    with services.limits.typing(interaction.user.id) as admitted:
        return (await services.desk.complete(look, audience) or []) if admitted else []


def source_choices(visible: VisibleDocuments, typed: str) -> list[Choice]:
    """Return choices of documents; two of one title are told apart by their files."""
    matches = _matching(visible, typed)
    titles = Counter(source.title for source in matches)
    named = [(source.title if titles[source.title] == 1 else _in_full(source), value_of(source)) for source in matches]
    return _choices(named)


def section_choices(visible: VisibleDocuments, name: str, typed: str) -> list[Choice]:
    """Return choices of sections of the document that goes by `name`; none where there is no such document."""
    source = source_meant(visible.sources, name)
    if source is None:
        return []
    paths = {section_name(path): path for path in source.sections if path}
    return _choices(
        [(section, section_value(paths[section])) for section in lookup.like(list(paths), typed, _MOST_CHOICES)]
    )


def _matching(visible: VisibleDocuments, typed: str) -> Sequence[Source]:
    if not typed.strip():
        return visible.sources[:_MOST_CHOICES]
    by_name = {source.source: source for source in visible.sources}
    return [by_name[match.source] for match in visible.document_names.find(typed, _MOST_CHOICES)]


def _in_full(source: Source) -> str:
    return f"{one_line(source.title, MOST // 2)} · {one_line(source.source, MOST // 2 - 3)}"


def _choices(pairs: Sequence[tuple[str, str]]) -> list[Choice]:
    """Return choices that Discord takes: as many and as long as it allows."""
    return [Choice(name=_label(name) or _label(value) or "-", value=value) for name, value in pairs]


def _label(name: str) -> str:
    """Return a name on one line, cut to what a choice holds even where each character counts as two."""
    line = one_line(name, MOST)
    return line if length(line) <= MOST else one_line(line, MOST // 2)
