"""The option of a command that takes a channel which can be read."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands


class ReadableChannel(app_commands.Transformer):
    """Takes text channels, announcement channels and forums."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """Have people pick a channel."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """Offer these alone: discord.py's own converter for forums offers media channels as well."""
        return [discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.forum]

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> int:  # noqa: ARG002
        """Return the id of the channel that was picked."""
        return int(value.id)
