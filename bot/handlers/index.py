"""`/index rebuild | status | rollback`, for those who may."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot import compose
from bot.access.places import check_manager
from bot.access.rules import Audience, seen, shut, shut_in_settings
from bot.access.view import Views, VisibleDocuments
from bot.cards.buttons import Accept, GoBack
from bot.cards.reference import between_hash
from bot.cards.status_card import (
    RollbackQuestion,
    accepted_card,
    damage_card,
    error_card,
    not_read_card,
    notice_card,
    progress_card,
    report_card,
    rollback_card,
    rollback_question_card,
    status_card,
)
from bot.channels.states import rows_or_fault
from bot.client import QuothClient
from bot.handlers.audience import of_interaction
from bot.handlers.progress_message import BETWEEN_EDITS, ProgressMessage
from bot.localisation.catalogue import mark, say
from bot.public_errors import NoDocumentsError
from bot.responses import NOBODY, defer, deliver
from bot.retry import FAILED, reason_of
from bot.services import Services
from bot.status import describe, in_use, narrowed
from index.build.builder import BuildReport
from index.errors import NoIndexError, QuothError
from index.library.connectors.connectors import Connectors
from index.library.library import Library
from index.store.manifest import Counts, Manifest

Interaction = discord.Interaction[QuothClient]

_log = logging.getLogger(__name__)


UNFINISHED = mark("The rebuild did not finish; the index in use goes on answering. The log says why.")


class RollbackError(QuothError):
    """The index cannot be exchanged for another as it was asked."""


class NoEarlierIndexError(QuothError):
    """There is no earlier index to go back to."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(mark("There is no earlier index to go back to: the one in use is the oldest that is kept."))


def register(tree: app_commands.CommandTree[QuothClient]) -> None:
    """Add the commands to `tree`.

    Discord shows them to those with Manage Server alone. It cannot be told of further roles, so where the settings name
    some it shows the commands to all, and the bot refuses the others.
    """
    roles = tree.client.services.settings.manager_roles
    group = app_commands.Group(
        name=locale_str("index"),
        description=locale_str("Look after the index of the documents"),
        guild_only=True,
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        default_permissions=None if roles else discord.Permissions(manage_guild=True),
    )
    group.command(name=locale_str("rebuild"), description=locale_str("Take in what has changed in the documents"))(
        _rebuild
    )
    group.command(name=locale_str("status"), description=locale_str("Say which index is in use and what is in it"))(
        _status
    )
    group.command(name=locale_str("rollback"), description=locale_str("Go back to the index before this one"))(
        _rollback
    )
    tree.add_command(group)


def check_allowed(interaction: Interaction) -> None:
    """Raise `NotAllowedError` unless the asker manages the bot, in one of its home servers."""
    services = interaction.client.services
    check_manager(interaction, services.homes, frozenset(services.settings.manager_roles))


async def _rebuild(interaction: Interaction) -> None:
    check_allowed(interaction)
    await defer(interaction)
    services, audience = interaction.client.services, of_interaction(interaction, alone=False)
    is_first = not services.desk.is_open
    before = {} if is_first else await services.desk.look_up(_titles, audience)
    rebuilds = services.rebuilds
    services.limits.stop_counting()
    build = rebuilds.start()
    progress_message = ProgressMessage(interaction)
    warned = False
    while not build.done():
        await progress_message.show(_progress(services, first=is_first))
        warned = warned or await _warn(interaction)
        await asyncio.wait({build}, timeout=BETWEEN_EDITS)
    await progress_message.finish(await _outcome(services, build, audience, before))


def _progress(services: Services, *, first: bool) -> discord.ui.LayoutView:
    """Return how far the build is that is under way."""
    progress = services.rebuilds.progress
    return progress_card(progress.step, progress.done, progress.total, progress.seconds_left(), first=first)


async def _outcome(
    services: Services, build: asyncio.Task[BuildReport], audience: Audience, before: Mapping[str, str]
) -> discord.ui.LayoutView:
    """Return what came of a build; `before` holds the titles of the documents before it."""
    if build.cancelled():
        return notice_card(say("The rebuild was broken off, as the bot is being stopped; the index is unchanged."))
    closed = shut(services.settings.access, audience)
    try:
        report = build.result()
    except QuothError as error:  # which names files and folders
        _log.warning("a rebuild did not finish", extra={"reason": str(error)})
        if not services.desk.is_open:
            return not_read_card(error)
        return notice_card(say(UNFINISHED), failed=True)
    counts, titles = await _told_of(services, report, audience)
    aside = await asyncio.to_thread(_titles_of, services, report.aside) if report.aside else {}
    names_lost = not (shut_in_settings(services.settings.access, audience) or services.homes.ids - {audience.server})
    visible = narrowed(report, closed, counts, names_lost=names_lost) if closed else report
    return report_card(visible, {**aside, **before, **titles})


async def _told_of(services: Services, report: BuildReport, audience: Audience) -> tuple[Counts, dict[str, str]]:
    """Return what there is in the index in use or, where none is, in the one that was kept aside."""
    if report.emptied:
        return Counts(documents=0, passages=0, sentences=0), {}
    if services.desk.is_open or not report.aside:
        return await services.desk.look_up(_counts_and_titles, audience)

    def look() -> tuple[Counts, dict[str, str]]:
        with closing(services.shelf.open(report.aside)) as generation:
            return _counts_and_titles(Views(services.settings.access).of(generation, audience))

    return await asyncio.to_thread(look)


def _titles_of(services: Services, name: str) -> dict[str, str]:
    """Return the titles of the documents in an index that is kept."""
    with closing(services.shelf.open(name)) as generation:
        return {source.source: source.title for source in generation.catalogue.sources}


def _counts_and_titles(visible: VisibleDocuments) -> tuple[Counts, dict[str, str]]:
    return visible.counts(), _titles(visible)


def _titles(visible: VisibleDocuments) -> dict[str, str]:
    return {source.source: source.title for source in visible.sources}


async def _status(interaction: Interaction) -> None:
    check_allowed(interaction)
    there = await defer(interaction, ephemeral=True)
    services = interaction.client.services
    if not services.desk.is_open:
        await deliver(interaction, _first_build(services), there=there, ephemeral=True)
        return
    audience = of_interaction(interaction, alone=True)
    closed = shut(services.settings.access, audience)
    used = await services.desk.look_up(lambda visible: in_use(visible, services.desk.standby.damage), audience)
    library, connectors = await asyncio.to_thread(_looked_at, services)
    channels = await asyncio.to_thread(rows_or_fault, services.channels.store)
    status = await asyncio.to_thread(describe, used, services.shelf, library, closed, connectors, channels=channels)
    if status.connectors_fault is not None:
        _log.warning("what is fetched cannot be told", extra={"reason": status.connectors_fault})
    await deliver(interaction, status_card(status), there=there, ephemeral=True)


def _first_build(services: Services) -> discord.ui.LayoutView:
    """Return how far the first build is; where none is under way, why it has failed, or that there is no document."""
    upkeep, why = services.upkeep, services.desk.standby.why_missing()
    if isinstance(why, NoDocumentsError):
        return error_card(why)
    if upkeep.complaint is not None and not services.rebuilds.is_running:
        return not_read_card(upkeep.complaint)
    return _progress(services, first=True)


def _looked_at(services: Services) -> tuple[Library, Connectors]:
    return compose.library(services.settings), compose.connectors(services.settings)


async def _rollback(interaction: Interaction) -> None:
    """Ask first, and say what would go."""
    check_allowed(interaction)
    there = await defer(interaction, ephemeral=True)
    question = await _question(interaction.client.services, of_interaction(interaction, alone=True))
    await deliver(interaction, rollback_question_card(question), there=there, ephemeral=True)


async def go_back(interaction: Interaction, pressed: GoBack) -> None:
    """Go back, where the index in use is still the one that was asked about."""
    check_allowed(interaction)
    there = await defer(interaction)
    services = interaction.client.services
    before = await asyncio.to_thread(_before, services)
    if before.between != pressed.between:
        raise RollbackError(mark("The index has changed meanwhile: use `/index rollback` again."))
    view = await _roll_back(services, of_interaction(interaction, alone=False))
    await deliver(interaction, view, there=there)
    await _warn(interaction)


async def accept(interaction: Interaction, pressed: Accept) -> None:
    """Put an index in use that was kept aside, where it and the one in use are still those that were reported."""
    check_allowed(interaction)
    there = await defer(interaction)
    services = interaction.client.services
    before, now = await asyncio.to_thread(_accepted, services, pressed.between)
    await services.desk.refresh()
    counts = await services.desk.look_up(VisibleDocuments.counts, of_interaction(interaction, alone=False))
    await deliver(interaction, accepted_card(before, now, counts.documents), there=there)
    await _warn(interaction)


def _accepted(services: Services, between: bytes) -> tuple[str, str]:
    """Put the index in use that a button means among those kept aside; return the names of the one before, and its."""
    shelf = services.shelf
    current = shelf.current()
    name = next((aside for aside in shelf.gone_back_from() if between_hash(current, aside) == between), None)
    if name is None:
        raise RollbackError(mark("The index has changed meanwhile: use `/index rebuild` again."))
    shelf.accept(name).close()
    return current, name


async def _question(services: Services, audience: Audience) -> RollbackQuestion:
    """Return what is asked before the index is rolled back: closed documents are not named."""
    now = services.desk.generation.manifest.documents
    before = await asyncio.to_thread(_before, services)
    closed = shut(services.settings.access, audience)
    titles = {**before.titles, **await services.desk.look_up(_titles, audience)}
    then = before.manifest.documents

    def named(sources: Iterable[str]) -> tuple[str, ...]:
        return tuple(titles.get(source, source) for source in seen(sorted(sources), closed))

    return RollbackQuestion(
        before=before.name,
        created=before.manifest.created,
        gone=named(now.keys() - then.keys()),
        changed=named(source for source in now.keys() & then.keys() if now[source] != then[source]),
        back=named(then.keys() - now.keys()),
        between=before.between,
    )


@dataclass(frozen=True, slots=True)
class _Earlier:
    """The index before the one in use, with the titles of its documents; a button knows both by `between`."""

    name: str
    manifest: Manifest
    titles: Mapping[str, str]
    between: bytes


def _before(services: Services) -> _Earlier:
    """Return the index before the one in use."""
    current = services.shelf.current()
    name = services.shelf.before(current)
    if name is None:
        raise NoEarlierIndexError
    titles = _titles_of(services, name)
    return _Earlier(name, services.shelf.manifest(name), titles, between_hash(current, name))


async def _warn(interaction: Interaction) -> bool:
    """Tell whoever looks after the index, and nobody else, where it is damaged; the answer must have been shown."""
    services = interaction.client.services
    damage = services.desk.standby.damage
    if damage is not None:
        try:
            await interaction.followup.send(view=damage_card(), ephemeral=True, allowed_mentions=NOBODY)
        except FAILED as error:
            _log.warning("damage could not be told", extra={"reason": reason_of(error)})
    return True


async def _roll_back(services: Services, audience: Audience) -> discord.ui.LayoutView:
    before = services.desk.generation.name
    try:
        back = await asyncio.to_thread(services.shelf.rollback)
    except NoIndexError as error:
        raise NoEarlierIndexError from error
    back.close()
    await services.desk.refresh()
    counts = await services.desk.look_up(VisibleDocuments.counts, audience)
    return rollback_card(before, services.desk.generation.name, back.manifest.created, counts.documents)
