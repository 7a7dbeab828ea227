"""Web sites among the documents: managers add them, refresh them and take them away again."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Sequence

import discord

from bot import compose
from bot.access.rules import seen, shut
from bot.cards.buttons import Undo, UndoRefresh
from bot.cards.library_card import Outcome, fetched_card, outcome_card, removed_site_card
from bot.cards.reference import short_hash
from bot.cards.status_card import gaps_text
from bot.client import QuothClient
from bot.handlers.audience import of_interaction
from bot.localisation import words
from bot.localisation.catalogue import mark, say
from bot.public_errors import NOTHING_LEFT, KeptAsideError, public_reason, without_paths
from bot.services import Services
from index.errors import ConnectorError, LibraryError, QuothError
from index.library.additions import added_again, added_anew
from index.library.connectors.connectors import Connectors
from index.library.connectors.state import State
from index.library.connectors.suggest import is_same_site, name_for, web_table
from index.records import LeftOut

Interaction = discord.Interaction[QuothClient]

_PATIENCE = 13 * 60.0
"""Seconds that a run is waited for: Discord takes an answer for a quarter of an hour."""

_ONE_PAGE = mark("It is kept up to date. To take all pages below an address, let it end with `/`.")

_STILL_THERE = mark("is no longer quoted. What was fetched could not be removed just now: that is tried again.")

_SETTING_UP = threading.Lock()

_log = logging.getLogger(__name__)


async def add_site(interaction: Interaction, address: str) -> discord.ui.LayoutView:
    """Set a connector up for a web address, fetch what is there, and return what came of it."""
    services = interaction.client.services
    connectors = compose.connectors(services.settings)
    name, version = await asyncio.to_thread(_set_up, services, connectors, address)
    state = await _run(services, name, anew=True)
    if state is not None and state.error is not None:
        try:
            if await asyncio.to_thread(connectors.version, name) == version:
                await asyncio.to_thread(connectors.remove, name, for_good=True)
        except ConnectorError as error:  # why it was not added is told all the same
            _log.warning("a connector was not removed", extra={"connector": name, "reason": str(error)})
        raise LibraryError("{address} was not added: {reason}", address=address, reason=public_reason(state.error))
    late, unread = await _taken_in(interaction, tells_gaps=True) if state is not None else ("", [])
    hint = "" if address.rstrip().endswith("/") else say(_ONE_PAGE)
    note = " ".join(filter(None, (late, hint)))
    return fetched_card(say("Added to the documents"), [(name, state)], note, undo=(name, version), unread=unread)


async def refresh_sites(interaction: Interaction, name: str | None) -> discord.ui.LayoutView:
    """Refresh a connector, or all that may be seen, and return what came of it."""
    services = interaction.client.services
    names = await visible_sites(interaction)
    if name is not None and name.rstrip("/") not in names:
        raise LibraryError(
            "{name} is no web site or repository that is kept here: pick one that is offered.", name=name
        )
    chosen = [name.rstrip("/")] if name is not None else names
    if not chosen:
        raise LibraryError("Nothing is fetched from elsewhere yet: `/source add` with a web address does so.")
    states = await asyncio.gather(*(_run(services, site) for site in chosen))
    fetched = list(zip(chosen, states, strict=True))
    are_news = any(state is not None and state.is_news for state in states)
    late, unread = await _taken_in(interaction, tells_gaps=True) if are_news else ("", [])
    runs = await asyncio.to_thread(_runs, services, fetched)
    return fetched_card(say("Refreshed"), fetched, late, runs=runs, unread=unread)


async def undo_refresh(interaction: Interaction, pressed: UndoRefresh) -> discord.ui.LayoutView:
    """Put back what a web site or a repository held before it was refreshed, until it is read again."""
    services = interaction.client.services
    sites = await visible_sites(interaction)
    name = next((site for site in sites if short_hash(f"{site}/") == pressed.source), "")
    connectors = compose.connectors(services.settings)
    documents = await asyncio.to_thread(connectors.go_back, name, pressed.run) if name else None
    if documents is None:
        raise LibraryError("That has been undone already, or it was read anew since: `/source refresh` reads it again.")
    late, _ = await _taken_in(interaction)
    held = say("is as it was before, until it is read again: {documents}.", documents=words.documents(documents))
    return outcome_card(say("Put back"), [Outcome(f"{name}/", late or held, failed=bool(late))], added=True)


def _runs(services: Services, fetched: Sequence[tuple[str, State | None]]) -> dict[str, int]:
    """Return the numbers of the runs that can be gone back from, by the names of their connectors.

    Where another run has brought something since, by the schedule, there is nothing to undo.
    """
    connectors = compose.connectors(services.settings)
    runs = {name: state.run for name, state in fetched if state is not None and state.is_news}
    return {
        name: run
        for name, run in runs.items()
        if run is not None and run == connectors.in_use(name) and connectors.can_go_back(name)
    }


async def remove_site(interaction: Interaction, name: str) -> discord.ui.LayoutView:
    """Remove a connector that a manager added, and return what came of it."""
    services = interaction.client.services
    connectors = compose.connectors(services.settings)
    if name not in await visible_sites(interaction):
        raise LibraryError(
            "{source} is not among what was added here: pick one that is offered while you type.", source=f"{name}/"
        )
    if not await asyncio.to_thread(connectors.is_kept, name):
        raise LibraryError("{source} was set up by whoever runs this bot, who alone can remove it.", source=f"{name}/")
    version = await asyncio.to_thread(connectors.version, name)
    late = "" if await asyncio.to_thread(_remove, connectors, name) else say(_STILL_THERE)
    late = (await _taken_in(interaction))[0] or late
    return removed_site_card(name, version, late, "" if services.desk.is_open else say(NOTHING_LEFT))


def _remove(connectors: Connectors, name: str) -> bool:
    """Remove a connector, and tell whether what it has fetched is gone: a run may be under way, which is tried again.

    Raises `ConnectorError` where it stays.
    """
    was_there = name in connectors.configured()
    try:
        connectors.remove(name)
    except ConnectorError as error:
        if not was_there or name in connectors.configured():
            raise
        _log.warning("what a connector fetched was not removed", extra={"connector": name, "reason": str(error)})
        return False
    return True


async def undo_site(interaction: Interaction, pressed: Undo) -> discord.ui.LayoutView | None:
    """Take back the adding or the removing of a connector, or return None where the button is about none.

    Raises `LibraryError` where another has its name by now.
    """
    connectors = compose.connectors(interaction.client.services.settings)
    kept = await asyncio.to_thread(connectors.kept)
    name = next((site for site in kept if short_hash(f"{site}/") == pressed.source), None)
    if name is not None and not pressed.added:
        raise added_again(f"{name}/")
    if name is not None:
        if pressed.version not in (None, await asyncio.to_thread(connectors.version, name)):
            raise added_anew(f"{name}/")
        return await remove_site(interaction, name)
    return None if pressed.added else await _restored(interaction, connectors, pressed)


async def _restored(interaction: Interaction, connectors: Connectors, pressed: Undo) -> discord.ui.LayoutView | None:
    removed = [
        connector
        for connector in await asyncio.to_thread(connectors.removed)
        if short_hash(f"{connector.name}/") == pressed.source and pressed.version in (None, connector.version)
    ]
    if not removed:
        return None
    name = removed[-1].name
    version = await asyncio.to_thread(connectors.restore, removed[-1])
    state = await _run(interaction.client.services, name, anew=True)
    late, unread = await _taken_in(interaction)
    return fetched_card(say("Put back"), [(name, state)], late, undo=(name, version), unread=unread)


async def visible_sites(interaction: Interaction) -> list[str]:
    """Return the connectors whose documents whoever asks may see; raises `LibraryError` where they are not known."""
    services = interaction.client.services
    closed = shut(services.settings.access, of_interaction(interaction, alone=True))
    try:
        configured = await asyncio.to_thread(compose.connectors(services.settings).configured)
    except ConnectorError as error:
        _log.error("connectors cannot be read", extra={"reason": str(error)})
        raise LibraryError(
            "The list of web sites and repositories cannot be read: whoever runs the bot finds the reason in its log."
        ) from error
    return [name for name in configured if seen([f"{name}/"], closed)]


def _set_up(services: Services, connectors: Connectors, address: str) -> tuple[str, int | None]:
    """Set a connector up, and return its name and version; two managers may add the same address at once."""
    with _SETTING_UP:
        return _set_up_alone(services, connectors, address)


def _set_up_alone(services: Services, connectors: Connectors, address: str) -> tuple[str, int | None]:
    documents = services.settings.documents
    taken = [*connectors.roots(), *connectors.leaving(), *(path.name for path in documents.iterdir())]
    try:
        table = web_table(address)
        again = next(
            (name for name, connector in connectors.configured().items() if is_same_site(connector, address)), None
        )
        if again is not None:
            raise LibraryError(
                "That address is among the documents already, as {source}: `/source refresh` reads it anew.",
                source=f"{again}/",
            )
        name = name_for(address, taken)
        return name, connectors.add(name, table, kept=True)
    except ConnectorError as error:
        raise ConnectorError(without_paths(str(error))) from error


async def _run(services: Services, name: str, *, anew: bool = False) -> State | None:
    """Refresh a connector, `anew` where it was just set up; None where that takes longer than Discord waits."""
    services.limits.stop_counting()
    running = services.refreshes.refresh(name, anew=anew)
    try:
        async with asyncio.timeout(_PATIENCE):
            return await asyncio.shield(running)
    except TimeoutError:
        return None
    except ConnectorError as error:
        return State(error=str(error))


async def _taken_in(interaction: Interaction, *, tells_gaps: bool = False) -> tuple[str, list[LeftOut]]:
    """Build, and return what to say where that did not succeed, else "" or which gaps are closed.

    And what was not read, as far as whoever asks may see it.
    """
    services = interaction.client.services
    try:
        report = await services.refreshes.take_in()
    except QuothError as error:
        _log.warning("what was fetched could not be taken in", extra={"reason": str(error)})
        return say("It waits for the next rebuild, as this one did not finish; the log says why."), []
    closed = shut(services.settings.access, of_interaction(interaction, alone=True))
    visible = set(seen([left.source for left in report.left_out], closed))
    unread = [left for left in report.left_out if left.source in visible]
    if report.aside:
        return say(KeptAsideError().message), unread
    return gaps_text(report.gaps) if tells_gaps and report.gaps else "", unread


def as_sources(names: Sequence[str]) -> list[str]:
    """Return connectors as `/source remove` offers them."""
    return [f"{name}/" for name in names]
