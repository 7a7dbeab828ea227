"""What managers add to the library and take from it: `/source add | remove | answers`, two menus, and their undoing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.access.rules import seen, shut
from bot.cards.buttons import OfLibrary, Undo, UndoRefresh
from bot.cards.library_card import Outcome, outcome_card, stays
from bot.cards.reference import short_hash
from bot.client import QuothClient
from bot.handlers.audience import of_interaction
from bot.handlers.channel_names import added_then, is_channel
from bot.handlers.channel_names import sources as channel_sources
from bot.handlers.channel_option import ReadableChannel
from bot.handlers.channel_sources import add_channel, refresh_channel, remove_channel, restore_channel
from bot.handlers.index import check_allowed
from bot.handlers.keep import ask_for_question
from bot.handlers.sites import add_site, as_sources, refresh_sites, remove_site, undo_refresh, undo_site, visible_sites
from bot.handlers.source import group
from bot.handlers.taking_in import TakenIn, taken_in, taken_out
from bot.handlers.taught import list_taught
from bot.localisation.catalogue import mark, say
from bot.public_errors import public_words
from bot.responses import defer, deliver
from bot.services import Services
from index.errors import LibraryError, QuothError
from index.library.additions import MOST_BYTES, Saved, too_large

Interaction = discord.Interaction[QuothClient]

_MOST_CHOICES = 25
_MOST_NAME = 100

_log = logging.getLogger(__name__)


def register(tree: app_commands.CommandTree[QuothClient]) -> None:
    """Add the menus to `tree`; the commands are in the group of `/source`.

    Discord shows the menus to those with Manage Server alone, unless the settings name roles, which it cannot be told.
    """
    roles = tree.client.services.settings.manager_roles
    for name, callback in ((mark("Add to sources"), _add_files), (mark("Keep as answer"), ask_for_question)):
        menu = app_commands.ContextMenu(name=locale_str(name), callback=callback)
        menu.guild_only = True
        menu.default_permissions = None if roles else discord.Permissions(manage_guild=True)
        tree.add_command(menu)


@group.command(name=locale_str("add"), description=locale_str("Add a file, a web site or a channel to the documents"))
@app_commands.describe(
    file=locale_str("A document of any kind that is read"),
    address=locale_str("The address of a page, or of a site (ending with /)"),
    channel=locale_str("A channel of this server that everybody may see"),
)
async def _add(
    interaction: Interaction,
    file: discord.Attachment | None = None,
    address: app_commands.Range[str, 1, 500] | None = None,
    channel: app_commands.Transform[int, ReadableChannel] | None = None,
) -> None:
    check_allowed(interaction)
    if sum(option is not None for option in (file, address, channel)) != 1:
        raise LibraryError("Give a file, a web address or a channel: one of them.")
    if channel is not None:
        there = await defer(interaction, ephemeral=True)
        await deliver(interaction, await add_channel(interaction, channel), there=there, ephemeral=True)
    elif file is not None:
        await _add_all(interaction, [file])
    elif address is not None:
        there = await defer(interaction, ephemeral=True)
        await deliver(interaction, await add_site(interaction, address), there=there, ephemeral=True)


@group.command(name=locale_str("refresh"), description=locale_str("Read web sites, repositories and channels anew"))
@app_commands.describe(source=locale_str("Which of them; all where none is named"))
async def _refresh(interaction: Interaction, source: str | None = None) -> None:
    check_allowed(interaction)
    there = await defer(interaction, ephemeral=True)
    of_channel = source is not None and is_channel(source)
    refreshed = refresh_channel(interaction, source or "") if of_channel else refresh_sites(interaction, source)
    await deliver(interaction, await refreshed, there=there, ephemeral=True)


@_refresh.autocomplete("source")
async def _sites_offered(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Offer the connectors whose names hold what is typed, as far as whoever types may see them."""
    try:
        check_allowed(interaction)
    except QuothError:
        return []
    return _choices(typed, {site: site for site in await _sites(interaction)} | channel_sources(interaction))


async def _add_files(interaction: Interaction, message: discord.Message) -> None:
    check_allowed(interaction)
    if not message.attachments:
        raise LibraryError("There is no file with that message.")
    await _add_all(interaction, message.attachments)


async def _add_all(interaction: Interaction, files: Sequence[discord.Attachment]) -> None:
    there = await defer(interaction, ephemeral=True)
    services = interaction.client.services
    saved: dict[str, int | None] = {}
    refused: list[Outcome] = []
    for file in files:
        try:
            source, version = await _saved(services, file)
            saved[source] = version
        except LibraryError as error:
            refused.append(Outcome(file.filename, public_words(error), failed=True))
    taken = await taken_in(services, saved, of_interaction(interaction, alone=True)) if saved else TakenIn([])
    head = say("Added to the documents") if stays(taken.outcomes) else say("Nothing was added")
    view = outcome_card(head, [*taken.outcomes, *refused], added=True, gaps=taken.gaps)
    await deliver(interaction, view, there=there, ephemeral=True)


async def _saved(services: Services, file: discord.Attachment) -> Saved:
    """Fetch a file and save it, and return what it is known by."""
    if file.size > MOST_BYTES:
        raise too_large(file.filename)
    try:
        data = await file.read()
    except discord.HTTPException as error:
        raise LibraryError("{name} could not be fetched from Discord: send it again.", name=file.filename) from error
    return await asyncio.to_thread(services.additions.upload, file.filename, data)


async def _offered(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Offer what was added, as far as whoever types may see it; those whose names hold what is typed."""
    try:
        check_allowed(interaction)
    except QuothError:
        return []
    sites = {source: source for source in as_sources(await _sites(interaction))}
    files = {source: source for source in await _visible(interaction)}
    return _choices(typed, sites | channel_sources(interaction) | files)


async def _sites(interaction: Interaction) -> list[str]:
    """Return the connectors that may be offered: none where they are not known, and all else is."""
    try:
        return await visible_sites(interaction)
    except LibraryError:  # which is in the log
        return []


def _choices(typed: str, names: Mapping[str, str]) -> list[app_commands.Choice[str]]:
    """Offer sources, by what they are called, whose names hold what is typed."""
    wanted = typed.casefold()
    offered = [(source, name) for source, name in names.items() if wanted in f"{name} {source}".casefold()]
    short = [pair for pair in offered if len(pair[0]) <= _MOST_NAME]
    return [app_commands.Choice(name=name[:_MOST_NAME], value=source) for source, name in short][:_MOST_CHOICES]


@group.command(name=locale_str("remove"), description=locale_str("Remove a file or an answer that was added here"))
@app_commands.describe(source=locale_str("Which of those that were added"))
@app_commands.autocomplete(source=_offered)
async def _remove(interaction: Interaction, source: str) -> None:
    check_allowed(interaction)
    there = await defer(interaction, ephemeral=True)
    if source.endswith("/") or is_channel(source):
        of_channel = is_channel(source)
        removed = remove_channel(interaction, source) if of_channel else remove_site(interaction, source[:-1])
        await deliver(interaction, await removed, there=there, ephemeral=True)
        return
    if source not in await _visible(interaction):
        raise LibraryError(
            "{source} is not among what was added here: pick one that is offered while you type.", source=source
        )
    view = await _removed(interaction, source)
    await deliver(interaction, view, there=there, ephemeral=True)


@group.command(
    name=locale_str("answers"), description=locale_str("List the answers that are kept, and the corrections")
)
async def _answers(interaction: Interaction) -> None:
    await list_taught(interaction)


async def undo(interaction: Interaction, pressed: OfLibrary) -> None:
    """Take back what was added or refreshed, or put back what was removed, at the press of a button below it."""
    check_allowed(interaction)
    there = await defer(interaction, ephemeral=True)
    undone = undo_refresh(interaction, pressed) if isinstance(pressed, UndoRefresh) else _undone(interaction, pressed)
    await deliver(interaction, await undone, there=there, ephemeral=True)


async def _undone(interaction: Interaction, pressed: Undo) -> discord.ui.LayoutView:
    additions = interaction.client.services.additions
    known = await asyncio.to_thread(lambda: additions.sources() if pressed.added else list(additions.removed()))
    source = next((source for source in known if short_hash(source) == pressed.source), None)
    if source is None:
        return await _undo_fetched(interaction, pressed)
    if pressed.added:
        return await _removed(interaction, source, pressed.version)
    restored = await asyncio.to_thread(additions.restore, source, pressed.version)
    taken = await taken_in(interaction.client.services, {source: restored}, of_interaction(interaction, alone=True))
    head = say("Put back") if stays(taken.outcomes) else say("Nothing was added")
    return outcome_card(head, taken.outcomes, added=True)


async def _undo_fetched(interaction: Interaction, pressed: Undo) -> discord.ui.LayoutView:
    """Take back the adding of a channel or a web site, or put one back."""
    channel = added_then(interaction, pressed) if pressed.added else None
    view = await (remove_channel(interaction, channel) if channel else undo_site(interaction, pressed))
    if view is None and not pressed.added:
        view = await restore_channel(interaction, pressed)
    if view is None and pressed.added:
        raise LibraryError("That is not there any more: `/source list` shows what there is.")
    if view is None:
        raise LibraryError("That cannot be put back any more: please add it anew.")
    return view


async def _removed(interaction: Interaction, source: str, version: int | None = None) -> discord.ui.LayoutView:
    services = interaction.client.services
    removed = await asyncio.to_thread(services.additions.remove, source, version)
    outcome = await taken_out(services, source, of_interaction(interaction, alone=True), removed)
    return outcome_card(say("Removed from the documents"), [outcome], added=False)


async def _visible(interaction: Interaction) -> list[str]:
    services = interaction.client.services
    closed = shut(services.settings.access, of_interaction(interaction, alone=True))
    return seen(await asyncio.to_thread(services.additions.sources), closed)
