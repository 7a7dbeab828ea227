"""Buttons as Discord draws them."""

from __future__ import annotations

import discord

from bot.cards.buttons import Pressed, custom_id
from bot.cards.layout import Item

_IN_A_ROW = 5


def button(label: str, pressed: Pressed, emoji: str | None = None) -> discord.ui.Button[discord.ui.LayoutView]:
    """Return a button that says `pressed`."""
    return discord.ui.Button(
        label=label or None, emoji=emoji, custom_id=custom_id(pressed), style=discord.ButtonStyle.secondary
    )


def rows(*buttons: discord.ui.Button[discord.ui.LayoutView] | None) -> list[Item]:
    """Return buttons in as few rows as hold them; there is no row where there is no button."""
    there = [one for one in buttons if one is not None]
    return [discord.ui.ActionRow(*there[at : at + _IN_A_ROW]) for at in range(0, len(there), _IN_A_ROW)]
