"""`/help`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.access.view import VisibleDocuments
from bot.cards.help_card import ALONE, DEAF, help_card
from bot.client import QuothClient
from bot.handlers.audience import of_interaction
from bot.localisation.catalogue import say
from bot.responses import defer, deliver
from index.store.values import Source

_EXAMPLES = 2
_LOOKED_AT = 200
"""Documents whose headings are looked at for questions."""

_LONGEST_NAME = 50
"""Characters of a title or heading that makes an example."""


def register(tree: app_commands.CommandTree[QuothClient]) -> None:
    """Add the command to `tree`."""
    tree.add_command(_help)


def examples(sources: Sequence[Source]) -> list[str]:
    """Return two questions that the documents may answer: headings that ask, or questions about headings."""
    looked_at = sources[:_LOOKED_AT]
    asked = (question for source in looked_at for question in islice(_questions(source), 1))
    about = (question for source in looked_at for question in islice(_about(source), 1))
    more = (question for source in looked_at for question in (*_questions(source), *_about(source)))
    questions: dict[str, None] = {}
    for question in (*asked, *about, *more):
        questions.setdefault(question)
    return list(questions)[:_EXAMPLES]


def _questions(source: Source) -> Iterator[str]:
    return (path[-1] for path in source.sections if path and path[-1].endswith("?") and " " in path[-1])


def _about(source: Source) -> Iterator[str]:
    if len(source.title) > _LONGEST_NAME:
        return
    for path in source.sections:
        if path and len(path[-1]) <= _LONGEST_NAME and not path[-1].endswith("?"):
            yield say("What does “{title}” say about “{section}”?", title=source.title, section=path[-1])
    yield say("What is in “{title}”?", title=source.title)


def _looked_up(visible: VisibleDocuments) -> tuple[list[str], int]:
    """Return some examples of what can be asked, and how many documents there are."""
    return examples(visible.sources), len(visible.sources)


@app_commands.command(name=locale_str("help"), description=locale_str("What can be asked here, and what is kept"))
async def _help(interaction: discord.Interaction[QuothClient]) -> None:
    there = await defer(interaction, ephemeral=True)
    client = interaction.client
    look_up = client.services.desk.look_up
    asked, documents = await look_up(_looked_up, of_interaction(interaction, alone=True))
    _, in_public = await look_up(_looked_up, of_interaction(interaction, alone=False))
    notes = [
        *([] if client.hears_everything else [DEAF]),
        *([ALONE] if documents > in_public else []),
    ]
    view = help_card(asked, documents, client.services.settings.journal_days, client.command, notes)
    await deliver(interaction, view, there=there, ephemeral=True)
