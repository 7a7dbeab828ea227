"""`/index rebuild | status | rollback`, for those who may."""

from __future__ import annotations

import asyncio
import logging
import time

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot import compose
from bot.card.status_card import notice_card, progress_card, report_card, rollback_card, status_card
from bot.client import QuothClient
from bot.replies import NOBODY
from bot.services import Services
from bot.status import status_of
from index.errors import QuothError

Interaction = discord.Interaction[QuothClient]

_BETWEEN_EDITS = 2.0
"""Seconds between two edits of the bar at the least."""

_log = logging.getLogger(__name__)

_index = app_commands.Group(
    name=locale_str("index"),
    description=locale_str("Look after the index of the documents"),
    guild_only=True,
    default_permissions=discord.Permissions(manage_guild=True),
)


class NotAllowedError(QuothError):
    """Somebody asks for what only those may do who look after the server."""


def register(tree: app_commands.CommandTree[QuothClient]) -> None:
    """Add the commands to `tree`."""
    tree.add_command(_index)


def check_allowed(interaction: Interaction) -> None:
    """Raise `NotAllowedError` unless the asker may manage the server or has one of the roles in the settings.

    Discord hides the commands from others, but a server can change that: this is what decides.
    """
    roles = {role.id for role in getattr(interaction.user, "roles", ())}
    allowed = roles & set(interaction.client.services.settings.manager_roles)
    if interaction.guild_id is None or not (interaction.permissions.manage_guild or allowed):
        raise NotAllowedError("That is for those who may manage this server, or who have a role that the bot knows.")


@_index.command(name=locale_str("rebuild"), description=locale_str("Take in what has changed in the documents"))
async def _rebuild(interaction: Interaction) -> None:
    check_allowed(interaction)
    await interaction.response.defer(thinking=True)
    services = interaction.client.services
    build = services.rebuilds.start()
    live = _Live(interaction)
    while not build.done():
        progress = services.rebuilds.progress
        await live.show(progress_card(progress.step, progress.done, progress.total, progress.seconds_left()))
        await asyncio.wait({build}, timeout=_BETWEEN_EDITS)
    try:
        view = report_card(build.result())
    except QuothError as error:
        view = notice_card(f"The rebuild did not finish; the index in use goes on answering. {error}", failed=True)
    await live.wait_for_edit()
    await live.show(view)


@_index.command(name=locale_str("status"), description=locale_str("Say which index is in use and what is in it"))
async def _status(interaction: Interaction) -> None:
    check_allowed(interaction)
    await interaction.response.defer(ephemeral=True, thinking=True)
    settings = interaction.client.services.settings
    status = await asyncio.to_thread(status_of, compose.shelf(settings), settings.documents)
    await interaction.edit_original_response(view=status_card(status), allowed_mentions=NOBODY)


@_index.command(name=locale_str("rollback"), description=locale_str("Go back to the index before this one"))
async def _rollback(interaction: Interaction) -> None:
    check_allowed(interaction)
    await interaction.response.defer(thinking=True)
    view = await _roll_back(interaction.client.services)
    await interaction.edit_original_response(view=view, allowed_mentions=NOBODY)


async def _roll_back(services: Services) -> discord.ui.LayoutView:
    before = services.desk.generation.name
    back = await asyncio.to_thread(compose.shelf(services.settings).rollback)
    manifest = back.manifest
    back.close()
    await services.desk.refresh()
    return rollback_card(before, services.desk.generation.name, manifest.created, manifest.counts.documents)


class _Live:
    """The message that shows a rebuild: the answer to the command, and an ordinary message once its token is over."""

    def __init__(self, interaction: Interaction) -> None:
        self._interaction = interaction
        self._message: discord.Message | discord.PartialMessage | None = None
        self._last = 0.0

    async def show(self, view: discord.ui.LayoutView) -> None:
        """Show `view`; a message that has gone does not end the rebuild."""
        self._last = time.monotonic()
        try:
            if not self._interaction.is_expired():
                self._message = await self._interaction.edit_original_response(view=view, allowed_mentions=NOBODY)
            else:
                await self._show_as_message(view)
        except discord.HTTPException as error:
            _log.warning("a rebuild could not be shown", extra={"reason": str(error)})

    async def wait_for_edit(self) -> None:
        """Wait until the next edit may be made."""
        await asyncio.sleep(max(self._last + _BETWEEN_EDITS - time.monotonic(), 0))

    async def _show_as_message(self, view: discord.ui.LayoutView) -> None:
        channel = self._interaction.channel
        if self._message is not None and isinstance(channel, discord.abc.Messageable):
            try:
                message = await channel.fetch_message(self._message.id)
                await message.edit(view=view, allowed_mentions=NOBODY)
            except (discord.NotFound, discord.Forbidden):
                self._message = await channel.send(view=view, allowed_mentions=NOBODY)
