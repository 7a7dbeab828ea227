"""`/help`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
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
    """Return two questions that the documents may answer: headings that ask, or else questions after headings."""
    looked_at = sources[:_LOOKED_AT]
    often = {heading for heading, times in Counter(_headings_of_all(looked_at)).items() if times > 1}
    asked = (question for source in looked_at for question in islice(_questions(source), 1))
    about = (question for source in looked_at for question in islice(_about(source, often), 1))
    more = (question for source in looked_at for question in (*_questions(source), *_about(source, often)))
    questions: dict[str, None] = {}
    for question in (*asked, *about, *more):
        questions.setdefault(question)
    return list(questions)[:_EXAMPLES]


def _questions(source: Source) -> Iterator[str]:
    return (heading for heading in _headings(source) if heading.endswith("?") and " " in heading)


def _about(source: Source, often: Collection[str]) -> Iterator[str]:
    """Yield questions after what a document is about: not after headings that are `often` used, such as "Overview"."""
    headings = [heading for heading in _headings(source) if heading not in often and not heading.endswith("?")]
    for about in (*headings, source.title):
        if len(about) <= _LONGEST_NAME:
            yield say("{about}: what should I know?", about=about)


def _headings(source: Source) -> list[str]:
    return [path[-1] for path in source.sections if path]


def _headings_of_all(sources: Sequence[Source]) -> Iterator[str]:
    return (heading for source in sources for heading in set(_headings(source)))


def _looked_up(visible: VisibleDocuments) -> tuple[list[str], int]:
    """Return some examples of what can be asked, and how many documents there are."""
    return examples(visible.sources), len(visible.sources)


@app_commands.command(name=locale_str("help"), description=locale_str("What can be asked here, and what is kept"))
async def _help(interaction: discord.Interaction[QuothClient]) -> None:
    there = await defer(interaction, ephemeral=True)
    client = interaction.client
    look_up = client.services.desk.look_up
    asked: list[str] = []
    documents = in_public = 0
    if is_open := client.services.desk.is_open:
        asked, documents = await look_up(_looked_up, of_interaction(interaction, alone=True))
        _, in_public = await look_up(_looked_up, of_interaction(interaction, alone=False))
    notes = [
        *([] if is_open else [client.services.desk.standby.why_missing().message]),
        *([] if client.hears_everything else [DEAF]),
        *([ALONE] if documents > in_public else []),
    ]
    view = help_card(asked, documents, client.services.settings.journal_days, client.command, notes)
    await deliver(interaction, view, there=there, ephemeral=True)
