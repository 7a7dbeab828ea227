"""The card of `/settings`: a select for each setting, and one that takes changes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import discord

from bot.cards import colours, press
from bot.cards.buttons import Choose, UndoChange
from bot.cards.custom_ids import custom_id
from bot.cards.layout import Item, card, text
from bot.cards.visible import one_line
from bot.localisation.catalogue import figure, say

MOST_OPTIONS = 25
MOST_LISTED = 2 * MOST_OPTIONS
"""Options of a setting that are shown, in selects of `MOST_OPTIONS` each: more selects do not fit on the card."""

_LONGEST_OPTION = 50


@dataclass(frozen=True, slots=True)
class Option:
    """What can be picked from a list."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as it is shown: what can be picked for it, and what is.

    `kind` is that of the select: a list of `options`, or channels or a role of the server. Where it is `fixed`, it is
    told and cannot be picked. `note` says what is wrong with it, if anything.
    """

    name: str
    title: str
    about: str
    kind: discord.ComponentType
    picked: tuple[str, ...]
    options: tuple[Option, ...] = ()
    least: int = 0
    most: int = 1
    channel_types: tuple[discord.ChannelType, ...] = field(default=())
    fixed: bool = False
    shown: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change that can be taken back: what, to what, by whom and when, in words."""

    number: int
    what: str
    about: str


def settings_card(
    settings: Sequence[Setting], changes: Sequence[ChangeLine], defaults: Sequence[press.Choice] = (), news: str = ""
) -> discord.ui.LayoutView:
    """Return the settings of a server; `defaults` puts back those that were set, `news` says what was just done."""
    head = say("**Settings of this server**\n-# What you pick holds at once, and only here.")
    items: list[Item] = [text(f"{head}\n{news}" if news else head)]
    for setting in settings:
        items += _items_of(setting)
    back = [press.select(say("Put a setting back to its default"), defaults, "defaults")] if defaults else []
    return card([*items, *_history(changes, back)], colours.PLAIN)


def _items_of(setting: Setting) -> list[Item]:
    lines = [f"**{setting.title}**{f': {setting.shown}' if setting.fixed and setting.shown else ''}"]
    if setting.fixed:
        lines.append(say("-# This is fixed by whoever runs me."))
    else:
        lines.append(f"-# {setting.about}")
    if setting.note:
        lines.append(f"⚠️ {setting.note}")
    if not setting.fixed and (unlisted := len(setting.options) - MOST_LISTED) > 0:
        lines.append(say("-# {n} more do not fit here: those that are picked come first.", n=figure(unlisted)))
    return [text("\n".join(lines)), *([] if setting.fixed else map(discord.ui.ActionRow, _selects(setting)))]


def _selects(setting: Setting) -> Iterator[discord.ui.Item[discord.ui.LayoutView]]:
    """Yield the select of a setting, or several where there are more options than one holds; none without options."""
    if setting.kind is not discord.ComponentType.string_select:
        yield _select(setting)
        return
    options = setting.options
    if len(options) > MOST_LISTED:
        options = tuple(sorted(options, key=lambda option: option.value not in setting.picked))
    for part, at in enumerate(range(0, len(options[:MOST_LISTED]), MOST_OPTIONS)):
        yield _select(replace(setting, options=options[at : at + MOST_OPTIONS]), part or None)


def _select(setting: Setting, part: int | None = None) -> discord.ui.Item[discord.ui.LayoutView]:
    number, hint = custom_id(Choose(setting.name, part)), say("Nothing is picked")
    if setting.kind is discord.ComponentType.channel_select:
        return discord.ui.ChannelSelect(
            custom_id=number,
            placeholder=hint,
            channel_types=list(setting.channel_types),
            min_values=setting.least,
            max_values=setting.most,
            default_values=_defaults(setting, discord.SelectDefaultValueType.channel),
        )
    if setting.kind is discord.ComponentType.role_select:
        return discord.ui.RoleSelect(
            custom_id=number,
            placeholder=hint,
            min_values=setting.least,
            max_values=setting.most,
            default_values=_defaults(setting, discord.SelectDefaultValueType.role),
        )
    options = setting.options
    return discord.ui.Select(
        custom_id=number,
        placeholder=hint,
        min_values=min(setting.least, len(options)),
        max_values=min(setting.most, len(options)),
        options=[
            discord.SelectOption(
                label=one_line(option.label, _LONGEST_OPTION) or "-",
                value=option.value,
                default=option.value in setting.picked,
            )
            for option in options
        ],
    )


def _defaults(setting: Setting, kind: discord.SelectDefaultValueType) -> list[discord.SelectDefaultValue]:
    """Return what is picked; ids as text, which is how Discord describes them and discord.py sends them as they are."""
    return [discord.SelectDefaultValue(id=number, type=kind) for number in setting.picked[: setting.most]]  # type: ignore[arg-type]


def _history(changes: Sequence[ChangeLine], back: Sequence[Item]) -> list[Item]:
    if not changes:
        return [discord.ui.Separator(), *back] if back else []
    choices = [press.Choice(change.what, change.about, UndoChange(change.number)) for change in changes[:MOST_OPTIONS]]
    return [discord.ui.Separator(), *back, press.select(say("Take a change back"), choices)]
