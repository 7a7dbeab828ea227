"""Takes into the index, by a build, what was just added or removed, and says what came of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass

from bot.access.rules import Audience, shut_in_settings
from bot.cards.library_card import Outcome
from bot.localisation import words
from bot.localisation.catalogue import say
from bot.localisation.explanation import explained
from bot.localisation.verbatim import verbatim
from bot.public_errors import NOTHING_LEFT, KeptAsideError, why_not_built
from bot.services import Services
from index.build.builder import BuildReport, Gaps
from index.errors import LibraryError, QuothError
from index.store.values import Source

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What was read of each source, and how many gaps that closes, where it is known."""

    outcomes: list[Outcome]
    gaps: Gaps | None = None


async def taken_in(services: Services, saved: Mapping[str, int | None], audience: Audience) -> TakenIn:
    """Build, and return what came of each source; what cannot be read at all does not stay.

    `saved` has the version of each that was added, by source: others may add another of its name meanwhile.
    """
    try:
        report = await _built(services)
    except QuothError as error:
        text = say("is saved, and waits for the next rebuild: {reason}", reason=_reason(services, error, audience))
        return TakenIn([Outcome(source, text, source, failed=True, version=saved[source]) for source in saved])
    reasons = {left.source: left.reason for left in report.left_out}
    read, quoted = await _quoted(services, audience) if not report.emptied else ({}, frozenset[str]())
    outcomes = []
    for source, version in saved.items():
        if source in reasons and source not in quoted:
            outcomes.append(await _thrown_away(services, source, version, reasons[source]))
        else:
            text = _read(read.get(source), reasons.get(source))
            outcomes.append(Outcome(source, text, source, version=version))
    return TakenIn(outcomes, report.gaps)


async def _quoted(services: Services, audience: Audience) -> tuple[dict[str, Source], frozenset[str]]:
    """Return the documents that may be seen, and the sources of all, those included of which part was left out."""
    read = await services.desk.look_up(lambda visible: {source.source: source for source in visible.sources}, audience)
    return read, frozenset(services.desk.generation.manifest.documents)


async def taken_out(services: Services, source: str, audience: Audience, version: int | None) -> Outcome:
    """Build, and say that a source that was removed, in its `version`, is quoted no more."""
    try:
        report = await _built(services)
    except QuothError as error:
        text = say(
            "is removed and no longer quoted; the index lets go of it at the next rebuild: {reason}",
            reason=_reason(services, error, audience),
        )
        return Outcome(source, text, source, failed=True, version=version)
    gone = say("is no longer quoted. It can be put back for an hour.")
    return Outcome(source, f"{gone} {say(NOTHING_LEFT)}" if report.emptied else gone, source, version=version)


async def _built(services: Services) -> BuildReport:
    """Build once the build under way, which may have come too early, has ended; raises `KeptAsideError`."""
    services.limits.stop_counting()
    report = await services.refreshes.take_in()
    if report.aside:
        raise KeptAsideError
    return report


def _read(source: Source | None, unread: str | None) -> str:
    """Return what a source was read as; `unread` is why part of it was not."""
    what = _read_as(source)
    return (
        what
        if unread is None
        else " ".join((what, say("Part of it was not read: {reason}.", reason=explained(unread))))
    )


def _read_as(source: Source | None) -> str:
    if source is None:
        return say("was added.")
    number = sum(1 for path in source.sections if path)
    if not number:
        return say("was read as “{title}”. Ask about it now.", title=verbatim(source.title))
    sections = words.sections(number)
    return say(
        "was read as “{title}”, with {sections}. Ask about it now.", title=verbatim(source.title), sections=sections
    )


async def _thrown_away(services: Services, source: str, version: int | None, reason: str) -> Outcome:
    try:
        await asyncio.to_thread(services.additions.discard, source, version)
    except LibraryError:
        _log.warning("a file that cannot be read could not be removed", extra={"reason": reason})
    return Outcome(source, say("cannot be read, and was not kept: it {reason}.", reason=explained(reason)), failed=True)


def _reason(services: Services, error: QuothError, audience: Audience) -> str:
    """Return why a build failed; where part of the documents is closed, the log alone says it, for it may name them."""
    _log.warning("what was added or removed could not be taken in", extra={"reason": str(error)})
    closed = shut_in_settings(services.settings.access, audience) or services.homes.ids - {audience.server}
    return say("the log says why.") if closed and not isinstance(error, KeptAsideError) else why_not_built(error)
