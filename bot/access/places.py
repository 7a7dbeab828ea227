"""Where the bot may be used: in its home servers and in private messages, elsewhere only where the settings allow."""

from __future__ import annotations

from typing import Any

import discord

from bot.access.homes import HomeServers
from bot.localisation.catalogue import mark
from index.errors import QuothError


class NotHereError(QuothError):
    """The bot is used where it does not answer."""

    def __init__(self) -> None:
        super().__init__(mark("I answer only in the servers that I belong to, and this is not one of them."))


class NotAllowedError(QuothError):
    """Somebody asks for what is for those alone who run the bot."""


def is_open(interaction: discord.Interaction[Any], homes: HomeServers) -> bool:
    """Tell whether an interaction comes from a home server or from private messages with the bot.

    It does not where it comes by way of an installation that somebody made for themselves alone.
    """
    if interaction.is_user_integration() and not interaction.is_guild_integration():
        return False
    if interaction.guild_id is not None:
        return interaction.guild_id in homes
    return not interaction.context.private_channel


def check_manager(interaction: discord.Interaction[Any], homes: HomeServers, roles: frozenset[int]) -> None:
    """Raise `NotAllowedError` unless whoever asks may manage a home server, from within it, or has one of `roles`.

    Discord hides the commands from others, but a server can change that, and strangers can add the bot to a server or
    to their account: this is what decides.
    """
    if interaction.guild_id not in homes or not interaction.is_guild_integration():
        raise NotAllowedError(mark("That is for those who run this bot, in its home servers."))
    held = {role.id for role in getattr(interaction.user, "roles", ())}
    if not (interaction.permissions.manage_guild or held & roles):
        message = mark("That is for those who may manage this server, or who have a role that the bot knows.")
        raise NotAllowedError(message)
