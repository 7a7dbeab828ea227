"""`/privacy` and `/forget-me`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.cards.privacy_card import Kept, Quoted, forgotten_card, privacy_card
from bot.client import QuothClient
from bot.handlers.channel_sources import forget_person
from bot.handlers.consent import remove_words_of
from bot.privacy.journal import Forgotten
from bot.responses import defer, deliver
from index.errors import QuothError

T = TypeVar("T")
Interaction = discord.Interaction[QuothClient]


def register(tree: app_commands.CommandTree[QuothClient]) -> None:
    """Add the commands to `tree`."""
    tree.add_command(_privacy)
    tree.add_command(_forget_me)


@app_commands.command(name=locale_str("privacy"), description=locale_str("What is kept about you, where and how long"))
async def _privacy(interaction: Interaction) -> None:
    there = await defer(interaction, ephemeral=True)
    services = interaction.client.services
    are_read = bool(services.channels.watched) or not services.channels.are_known
    settings = services.settings
    kept = Kept(
        settings.journal_days,
        unasked_words=settings.insight_unasked == "words",
        log=settings.log_questions,
        channels=are_read,
    )
    await deliver(interaction, privacy_card(kept), there=there, ephemeral=True)


@app_commands.command(
    name=locale_str("forget-me"), description=locale_str("Remove all that is kept about you, at once")
)
async def _forget_me(interaction: Interaction) -> None:
    there = await defer(interaction, ephemeral=True)
    services, person, failures = interaction.client.services, interaction.user.id, list[QuothError]()

    async def tried(removal: Awaitable[T], otherwise: T) -> T:
        """Remove something, whatever becomes of the rest."""
        try:
            return await removal
        except QuothError as error:
            failures.append(error)
            return otherwise

    removed = await tried(services.journal.forget(person), Forgotten(0, 0, 0))
    services.insights.forget()
    await tried(asyncio.to_thread(services.preferences.stored.forget, person), None)
    await tried(asyncio.to_thread(services.corrections.forget, person), None)
    answers, some_stay = await tried(remove_words_of(services, person), (0, False))
    messages, more_stay = await tried(forget_person(interaction.client, person), (0, False))
    posts = await tried(asyncio.to_thread(services.posts.forget_author, person), 0)
    if failures:
        raise failures[0]
    quoted = Quoted.PENDING if some_stay or more_stay else Quoted.LATE if services.refreshes.is_behind else Quoted.NOT
    view = forgotten_card(*removed, answers=answers + messages, posts=posts, quoted=quoted)
    await deliver(interaction, view, there=there, ephemeral=True)
