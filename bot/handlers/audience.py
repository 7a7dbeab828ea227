"""Who reads along on Discord, where something is asked or pressed."""

from __future__ import annotations

from typing import Any

import discord

from bot.access.rules import Audience


def of_interaction(interaction: discord.Interaction[Any], *, alone: bool) -> Audience:
    """Return who reads the response: whoever asked `alone`, or everybody in the channel.

    Discord says in each interaction which roles they have at that moment.
    """
    roles = {role.id for role in getattr(interaction.user, "roles", ())} if alone else ()
    return Audience(interaction.guild_id, _channels(interaction.channel_id, interaction.channel), frozenset(roles))


def of_message(message: discord.Message) -> Audience:
    """Return who reads a reply to a message: everybody in its channel."""
    return Audience(server_of(message), _channels(message.channel.id, message.channel))


def server_of(message: discord.Message) -> int | None:
    """Return the id of the server that a message is in; None in private."""
    return message.guild.id if message.guild is not None else None


def of_card(interaction: discord.Interaction[Any]) -> Audience:
    """Return who reads the card whose button was pressed: others do, unless it was shown to one person alone."""
    message = interaction.message
    return of_interaction(interaction, alone=message is not None and message.flags.ephemeral)


def _channels(number: int | None, channel: object) -> frozenset[int]:
    ids = {number, getattr(channel, "parent_id", None)}
    return frozenset(channel_id for channel_id in ids if channel_id is not None)
