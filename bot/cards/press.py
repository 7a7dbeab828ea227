"""Buttons and selects as Discord draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import discord

from bot.cards.buttons import Pressed
from bot.cards.custom_ids import PICK, custom_id
from bot.cards.layout import Item
from bot.cards.visible import one_line
from bot.localisation.catalogue import say

_IN_A_ROW = 5
_LONGEST_OPTION = 50
"""Characters of an option's label and description: Discord takes 100 units, of which a character takes up to two."""


def button(label: str, pressed: Pressed, emoji: str | None = None) -> discord.ui.Button[discord.ui.LayoutView]:
    """Return a button that says `pressed`."""
    return discord.ui.Button(
        label=label or None, emoji=emoji, custom_id=custom_id(pressed), style=discord.ButtonStyle.secondary
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the options of a select: what it is called, what is said of it, and what picking it says."""

    label: str
    about: str
    pressed: Pressed


def select(what: str, choices: Sequence[Choice], name: str = "") -> Item:
    """Return a row with a select, `what` standing in it; picking a choice does what a button would.

    `name` tells it from others on the same card.
    """
    options = [
        discord.SelectOption(
            label=one_line(choice.label, _LONGEST_OPTION) or say("(no name)"),
            description=one_line(choice.about, _LONGEST_OPTION) or None,
            value=custom_id(choice.pressed),
        )
        for choice in choices
    ]
    return discord.ui.ActionRow(
        discord.ui.Select(custom_id=f"{PICK}{name and ':'}{name}", placeholder=what, options=options)
    )


def rows(*buttons: discord.ui.Button[discord.ui.LayoutView] | None) -> list[Item]:
    """Return buttons in as few rows as hold them; there is no row where there is no button."""
    there = [control for control in buttons if control is not None]
    return [discord.ui.ActionRow(*there[at : at + _IN_A_ROW]) for at in range(0, len(there), _IN_A_ROW)]
