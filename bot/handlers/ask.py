"""`/ask`, and the message menus *Answer this* and *Find sources*."""

from __future__ import annotations

from dataclasses import replace

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.cards.source_card import find_card
from bot.client import QuothClient
from bot.handlers import autocomplete
from bot.handlers.answers import answered, card_of, note, note_shown, note_written, scope_of
from bot.handlers.audience import of_interaction
from bot.handlers.conversation import turns_in
from bot.handlers.open_channels import read_in
from bot.handlers.questions import text_of, without_mention
from bot.handlers.threads import in_a_thread
from bot.handlers.writing import write_above
from bot.localisation.catalogue import mark
from bot.manners.markup import named, searchable
from bot.privacy.journal import By
from bot.responses import NOBODY, defer, deliver
from bot.retry import retry
from bot.telemetry.labels import Way
from index.answer.asked import Asked
from index.errors import QuothError
from index.records import Answer
from index.store.lookup import Match

Interaction = discord.Interaction[QuothClient]

_LONGEST_QUESTION = 1000

_LOOKED_AT = 10
"""Quotes whose sources are shown."""


class NothingAskedError(QuothError):
    """A message that is taken for a question holds no text."""


def register(tree: app_commands.CommandTree[QuothClient]) -> None:
    """Add the commands to `tree`; `/ask` has the option `style` where a language model is set up."""
    tree.add_command(_ask if tree.client.services.writer is None else _ask_in_style)
    tree.add_command(_answer_this)
    tree.add_command(_find_sources)


_DESCRIPTION = locale_str("Ask the documents a question")
_OPTIONS = {
    "question": locale_str("What you want to know, in plain words"),
    "source": locale_str("Quote from this document alone"),
    "private": locale_str("Show the answer to you alone"),
}
_STYLE = locale_str("Quotes alone, or with sentences above them that a language model writes and that are checked")


@app_commands.command(name=locale_str("ask"), description=_DESCRIPTION)
@app_commands.describe(**_OPTIONS)
@app_commands.autocomplete(source=autocomplete.sources_asked)
async def _ask(
    interaction: Interaction,
    question: app_commands.Range[str, 1, _LONGEST_QUESTION],
    source: str | None = None,
    private: bool = False,  # noqa: FBT001, FBT002 -- an option of the command
) -> None:
    await _answer(interaction, question, source, private=private)


@app_commands.command(name=locale_str("ask"), description=_DESCRIPTION)
@app_commands.describe(**_OPTIONS, style=_STYLE)
@app_commands.choices(
    style=[
        app_commands.Choice(name=locale_str("quotes"), value="quotes"),
        app_commands.Choice(name=locale_str("written"), value="written"),
    ]
)
@app_commands.autocomplete(source=autocomplete.sources_asked)
async def _ask_in_style(
    interaction: Interaction,
    question: app_commands.Range[str, 1, _LONGEST_QUESTION],
    source: str | None = None,
    private: bool = False,  # noqa: FBT001, FBT002 -- an option of the command
    style: str | None = None,
) -> None:
    await _answer(interaction, question, source, private=private, style=style)


async def _answer(
    interaction: Interaction, question: str, source: str | None, *, private: bool, style: str | None = None
) -> None:
    services = interaction.client.services
    audience, by = of_interaction(interaction, alone=private), replace(_by(interaction), alone=private)
    with services.limits.admitted(interaction.user.id):
        there = await defer(interaction, ephemeral=private)
        scope = await scope_of(services, source, audience)
        asked = Asked(
            searchable(question) or question, await turns_in(interaction.channel, interaction.application_id), scope
        )
        answer = await answered(services, asked, audience, Way.SLASH)
        title = named(question, interaction.guild)
        view = card_of(services, asked, replace(answer, question=title))
    note(services, by, asked, answer)
    threads = services.preferences.of(interaction.guild_id).threads
    in_thread = there and not private and threads
    sent = await in_a_thread(interaction, title, view) if in_thread else None
    sent = sent or await deliver(interaction, view, there=there, ephemeral=private)
    note_shown(services, by, answer, sent)

    async def show(written: Answer) -> None:
        view = card_of(services, asked, written)
        await retry(lambda: sent.edit(view=view, allowed_mentions=NOBODY))
        note_written(services, written, sent)

    person, answer = interaction.user.id, replace(answer, question=title)
    await write_above(services, asked, answer, audience, person=person, show=show, style=style)


@app_commands.context_menu(name=locale_str("Answer this"))
async def _answer_this(interaction: Interaction, message: discord.Message) -> None:
    services = interaction.client.services
    asked, by = _asked_by(interaction, message), _by(interaction, message)
    audience = of_interaction(interaction, alone=False)
    with services.limits.admitted(interaction.user.id):
        there = await defer(interaction)
        answer = await answered(services, asked, audience, Way.MENU)
        view = card_of(services, asked, answer)
    note(services, by, asked, answer)
    note_shown(services, by, answer, await deliver(interaction, view, there=there))


@app_commands.context_menu(name=locale_str("Find sources"))
async def _find_sources(interaction: Interaction, message: discord.Message) -> None:
    asked, by = _asked_by(interaction, message), replace(_by(interaction, message), alone=True)
    services = interaction.client.services
    with services.limits.admitted(interaction.user.id):
        there = await defer(interaction, ephemeral=True)
        audience = of_interaction(interaction, alone=True)
        answer = await answered(services, replace(asked, quotes=_LOOKED_AT), audience, Way.MENU)
    note(services, by, asked, answer)
    matches: dict[tuple[str, tuple[str, ...]], Match] = {}
    for quote in answer.quotes or answer.closest:
        match = Match(quote.source, quote.title, quote.section, quote.score)
        matches.setdefault((quote.source, quote.section), match)
    view = find_card(asked.text, list(matches.values()))
    await deliver(interaction, view, there=there, ephemeral=True)


def _by(interaction: Interaction, message: discord.Message | None = None) -> By:
    """Return who asks: by a command, or with the words of a message."""
    author = message.author.id if message is not None else interaction.user.id
    number = interaction.channel_id
    there = read_in(interaction.channel, number)
    return By(interaction.user.id, author, number, interaction.guild_id, there)


def _asked_by(interaction: Interaction, message: discord.Message) -> Asked:
    """Take a message for a question; raises `NothingAskedError` where it holds no text."""
    text = searchable(without_mention(text_of(message), interaction.application_id))
    if not text:
        raise NothingAskedError(mark("There is no text in that message."))
    return Asked(text)
