"""`/insight`: what was asked, asked in vain and disliked, for those who manage the bot."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.access.view import VisibleDocuments
from bot.cards.buttons import ShowInsight
from bot.cards.changed import ChangedCard
from bot.cards.changes_card import changes_card
from bot.cards.insight_card import insight_card, on_page
from bot.cards.status_card import notice_card
from bot.client import QuothClient
from bot.handlers.after_build import concerns_managers, correct_in
from bot.handlers.audience import of_interaction
from bot.handlers.index import check_allowed
from bot.handlers.open_channels import seen_by
from bot.insight.records import Kind
from bot.localisation.catalogue import mark, say
from bot.responses import defer, deliver, tell

Interaction = discord.Interaction[QuothClient]

_DAYS = 30
_MOST_DAYS = 3650
_NOTHING_KEPT = mark("Nothing is kept here.")


def register(tree: app_commands.CommandTree[QuothClient]) -> None:
    """Add the command to `tree`.

    Discord shows it to those with Manage Server alone, unless the settings name roles, which it cannot be told.
    """
    roles = tree.client.services.settings.manager_roles
    command: app_commands.Command[Any, Any, Any] = app_commands.Command(
        name=locale_str("insight"),
        description=locale_str("What is asked, asked in vain and disliked"),
        callback=_insight,
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )
    command.guild_only = True
    command.default_permissions = None if roles else discord.Permissions(manage_guild=True)
    tree.add_command(command)


@app_commands.describe(days=locale_str("How many days back"))
async def _insight(interaction: Interaction, days: app_commands.Range[int, 1, _MOST_DAYS] = _DAYS) -> None:
    check_allowed(interaction)
    there = await defer(interaction, ephemeral=True)
    await deliver(interaction, await _view(interaction, Kind.VAIN, days, 0), there=there, ephemeral=True)


async def show_insight(interaction: Interaction, pressed: ShowInsight) -> None:
    """Show another list, or another page of it, in place of the card whose button was pressed."""
    check_allowed(interaction)
    there = await defer(interaction, thinking=False)
    days = min(max(pressed.days, 1), _MOST_DAYS)
    view = await _view(interaction, Kind(pressed.kind), days, pressed.page)
    await deliver(interaction, view, there=there, ephemeral=True)


async def _view(interaction: Interaction, kind: Kind, days: int, page: int) -> discord.ui.LayoutView:
    services = interaction.client.services
    if not services.journal.keeps:
        return notice_card(say(_NOTHING_KEPT))
    audience = of_interaction(interaction, alone=True)
    insight = await services.insights.overview(
        days, audience, seen_by(interaction.user), lambda overview: {kind: on_page(overview, kind, page)}
    )
    here, elsewhere = _to_correct(interaction)
    return insight_card(insight, kind, days, page, to_correct=[changed.card for changed in here], elsewhere=elsewhere)


def _to_correct(interaction: Interaction) -> tuple[list[ChangedCard], int]:
    """Return the answers of this server that are to be corrected, and how many others its managers look after."""
    services, server = interaction.client.services, interaction.guild_id
    waiting = [changed for changed in services.insights.to_correct if concerns_managers(services, server, changed.card)]
    here = [changed for changed in waiting if changed.card.server == server]
    return here, len(waiting) - len(here)


async def show_changes(interaction: Interaction, page: int) -> None:
    """Show which answers of this server have changed and how, as far as whoever pressed may see the documents."""
    check_allowed(interaction)
    there = await defer(interaction, thinking=False)
    here, elsewhere = _to_correct(interaction)

    def look(visible: VisibleDocuments) -> discord.ui.LayoutView:
        return changes_card(here, elsewhere, page, visible.shows)

    view = await interaction.client.services.desk.look_up(look, of_interaction(interaction, alone=True))
    await deliver(interaction, view, there=there, ephemeral=True)


async def correct_now(interaction: Interaction) -> None:
    """Correct the answers that wait for that, at the press of a manager's button."""
    check_allowed(interaction)
    await defer(interaction, ephemeral=True)
    number = await correct_in(interaction.client, interaction.guild_id)
    done, nothing = say("Answers that were corrected: {n}", n=number), say("Nothing is to be corrected.")
    await tell(interaction, notice_card(done if number else nothing))
