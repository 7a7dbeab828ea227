"""`/privacy` and `/forget-me`."""

from __future__ import annotations

import asyncio

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.cards.privacy_card import Kept, forgotten_card, privacy_card
from bot.client import QuothClient
from bot.handlers.channel_sources import forget_person
from bot.handlers.consent import remove_words_of
from bot.responses import defer, deliver

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
    services = interaction.client.services
    removed = await services.journal.forget(interaction.user.id)
    services.insights.forget()
    await asyncio.to_thread(services.preferences.stored.forget, interaction.user.id)
    await asyncio.to_thread(services.corrections.forget, interaction.user.id)
    answers = await remove_words_of(services, interaction.user.id)
    answers += await forget_person(interaction.client, interaction.user.id)
    posts = await asyncio.to_thread(services.posts.forget_author, interaction.user.id)
    view = forgotten_card(*removed, answers=answers, posts=posts, still_quoted=services.refreshes.is_behind)
    await deliver(interaction, view, there=there, ephemeral=True)
