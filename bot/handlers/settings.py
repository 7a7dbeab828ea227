"""`/settings`: what managers set for their server."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.cards import press
from bot.cards.buttons import Choose, PutBack, UndoChange
from bot.cards.settings_card import ChangeLine, settings_card
from bot.client import QuothClient
from bot.handlers.index import check_allowed
from bot.handlers.settings_shown import TITLES, named_values, settings_of
from bot.localisation.catalogue import LANGUAGES, mark, say
from bot.preferences.effective import ANYONE, MOST_QUOTES, STAFF, YES
from bot.preferences.store import Change, Name, PreferenceError, Values
from bot.responses import defer, deliver
from index.answer.confidence import Strictness

Interaction = discord.Interaction[QuothClient]

_MAY_BE_EMPTY = frozenset({Name.CHANNELS, Name.HELPER_ROLE, Name.SOLVED_TAGS, Name.DIGEST_CHANNEL})


def register(tree: app_commands.CommandTree[QuothClient]) -> None:
    """Add the command to `tree`: as with `/index`, the bot decides who may, and Discord hides it from others."""
    command: app_commands.Command[Any, ..., Any] = app_commands.Command(
        name=locale_str("settings"),
        description=locale_str("Set how the bot answers in this server"),
        callback=_settings,
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )
    command.guild_only = True
    roles = tree.client.services.settings.manager_roles
    command.default_permissions = None if roles else discord.Permissions(manage_guild=True)
    tree.add_command(command)


async def _settings(interaction: Interaction) -> None:
    check_allowed(interaction)
    there = await defer(interaction, ephemeral=True)
    await deliver(interaction, await _card(interaction), there=there, ephemeral=True)


async def choose(interaction: Interaction, pressed: Choose) -> None:
    """Set what is picked, and show the card as it is then."""
    guild, name = _guild(interaction), _named_setting(interaction, pressed.name)
    data: Mapping[str, Any] = interaction.data or {}
    picked = tuple(str(value) for value in data.get("values") or ())
    if not (picked or name in _MAY_BE_EMPTY) or not all(_is_possible(guild, name, value) for value in picked):
        raise PreferenceError(mark("That cannot be picked here: open `/settings` anew."))
    there = await defer(interaction, ephemeral=True, thinking=False)
    stored = interaction.client.services.preferences.stored
    values = tuple(dict.fromkeys(picked + _elsewhere(interaction, guild, name)))
    await asyncio.to_thread(stored.change, guild.id, name, values, interaction.user.id)
    news = say("✅ Set: {title}.", title=say(TITLES[name]))
    await deliver(interaction, await _card(interaction, news), there=there, ephemeral=True)


def _elsewhere(interaction: Interaction, guild: discord.Guild, name: Name) -> Values:
    """Return what is set and stands in no option of the select that was used: of many tags, one holds a part."""
    if name is not Name.SOLVED_TAGS or interaction.message is None:
        return ()
    data: Mapping[str, Any] = interaction.data or {}
    used = data.get("custom_id")
    card = discord.ui.LayoutView.from_message(interaction.message, timeout=None)
    card.stop()
    selects = (item for item in card.walk_children() if isinstance(item, discord.ui.Select) and item.custom_id == used)
    offered = {option.value for select in selects for option in select.options}
    held = interaction.client.services.preferences.stored.read(guild.id).get(name, ())
    return tuple(value for value in held if value not in offered and _is_possible(guild, name, value))


async def put_back(interaction: Interaction, pressed: PutBack) -> None:
    """Put a setting back to its default, and show the card as it is then."""
    guild, name = _guild(interaction), _named_setting(interaction, pressed.name)
    there = await defer(interaction, ephemeral=True, thinking=False)
    stored = interaction.client.services.preferences.stored
    await asyncio.to_thread(stored.change, guild.id, name, None, interaction.user.id)
    news = say("✅ Back to the default: {title}.", title=say(TITLES[name]))
    await deliver(interaction, await _card(interaction, news), there=there, ephemeral=True)


def _named_setting(interaction: Interaction, value: str) -> Name:
    """Return a setting by its name; raises `PreferenceError` where the environment fixes it, or there is none."""
    name = next((setting for setting in Name if setting.value == value), None)
    if name is None or name in interaction.client.services.preferences.fixed:
        raise PreferenceError(mark("That is fixed by whoever runs me, and cannot be set here."))
    return name


async def undo_change(interaction: Interaction, pressed: UndoChange) -> None:
    """Take a change back, and show the card as it is then."""
    guild = _guild(interaction)
    there = await defer(interaction, ephemeral=True, thinking=False)
    stored = interaction.client.services.preferences.stored
    await asyncio.to_thread(stored.undo, guild.id, pressed.number, interaction.user.id)
    await deliver(interaction, await _card(interaction, say("✅ Taken back.")), there=there, ephemeral=True)


def _guild(interaction: Interaction) -> discord.Guild:
    """Return the server whose settings are changed; raises `NotAllowedError` for who may not."""
    check_allowed(interaction)
    if interaction.guild is None:
        raise PreferenceError(mark("That cannot be picked here: open `/settings` anew."))
    return interaction.guild


async def _card(interaction: Interaction, news: str = "") -> discord.ui.LayoutView:
    guild, preferences = _guild(interaction), interaction.client.services.preferences
    changes = await asyncio.to_thread(preferences.stored.last_changes, guild.id)
    people = {change.person: await name_of(interaction, guild, change.person) for change in changes}
    lines = [_line(guild, change, people[change.person]) for change in changes]
    held = preferences.of(guild.id)
    changed = [name for name in Name if name in preferences.stored.of(guild.id) and name not in held.fixed]
    defaults = [press.Choice(say(TITLES[name]), "", PutBack(name.value)) for name in changed]
    return settings_card(settings_of(guild, held), lines, defaults, news)


def _line(guild: discord.Guild, change: Change, who: str) -> ChangeLine:
    when = datetime.fromtimestamp(change.time, UTC)
    about = say("{who}, {day}", who=who, day=f"{when:%Y-%m-%d %H:%M} UTC")
    what = say("{title}: {value}", title=say(TITLES[change.name]), value=_valued(guild, change.name, change.after))
    return ChangeLine(change.id, what, about)


async def name_of(interaction: Interaction, guild: discord.Guild, person: int | None) -> str:
    """Return who made a change, as the server knows them."""
    if person is None:
        return say("somebody")
    if person == interaction.user.id:
        return interaction.user.display_name
    try:
        member = guild.get_member(person) or await guild.fetch_member(person)
    except discord.HTTPException:  # they have left
        return str(person)
    return member.display_name


def _valued(guild: discord.Guild, name: Name, values: Values | None) -> str:
    """Return values as a person reads them."""
    return say("the default") if values is None else named_values(guild, name, values) or say("nothing")


def _is_possible(guild: discord.Guild, name: Name, value: str) -> bool:
    """Tell whether a value can be picked: what comes from a client can be anything."""
    match name:
        case Name.STRICTNESS | Name.UNASKED_STRICTNESS:
            return value in set(Strictness)
        case Name.LANGUAGES:
            return value in LANGUAGES
        case Name.THREADS:
            return value in (YES, "no")
        case Name.FORUM_SILENCE:
            return value in (STAFF, ANYONE)
    if not (value.isascii() and value.isdecimal()):
        return False
    return int(value) in _possible_numbers(guild, name)


def _possible_numbers(guild: discord.Guild, name: Name) -> Sequence[int]:
    match name:
        case Name.QUOTES:
            return range(1, MOST_QUOTES + 1)
        case Name.HELPER_ROLE:
            return [role.id for role in guild.roles if not role.is_default()]
        case Name.SOLVED_TAGS:
            return [tag.id for forum in guild.forums for tag in forum.available_tags]
        case _:
            return [channel.id for channel in guild.channels]
