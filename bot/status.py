"""The state of the index: what is in use, and whether it is up to date."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.access.rules import Rules, seen
from bot.access.view import VisibleDocuments
from bot.connector_status import rows_or_fault
from bot.left_out import lines
from bot.localisation.catalogue import say
from bot.phrasing import count
from index.build.builder import BuildReport
from index.build.survey import survey
from index.errors import DocumentsError
from index.library.connectors.connectors import Connectors
from index.library.library import Library
from index.records import LeftOut
from index.store.fallback import Damage, open_sound
from index.store.manifest import Counts, Manifest
from index.store.shelf import Shelf

Channels = tuple[Sequence[dict[str, Any]], str | None]
"""The states of the channels that are read, or else what is wrong with what is kept of them."""

_ANSWERING = "WARNING: The running bot answers from {}. It turns to another within seconds, or its log says why not."

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Status:
    """The generation that answers come from; `changes` is None if the documents folder cannot be read.

    `bytes` is None if part of the index is closed to the viewer; the other figures then leave that part out. `damage`
    says why answers do not come from the generation in use, if they do not. `connectors` are those set up, each with
    what its last run came to; `connectors_fault` says what is wrong with the file that names them. `channels` are
    those of Discord that are read; `channels_fault` says that they cannot be told. `answering` is the generation that
    a running bot answers from where that is another, as it has not turned to this one: empty where it has none.
    """

    generation: str
    created: str
    folder: str
    model: str
    documents: int
    passages: int
    sentences: int
    bytes: int | None
    left_out: list[dict[str, str]]
    changes: dict[str, list[str]] | None
    others: list[str]
    damage: str | None = None
    connectors: list[dict[str, Any]] = field(default_factory=list)
    connectors_fault: str | None = None
    channels: list[dict[str, Any]] = field(default_factory=list)
    channels_fault: str | None = None
    answering: str | None = None

    def as_text(self) -> str:
        """Return the status as text."""
        return "\n".join(
            [
                *([f"WARNING: {self.damage}"] if self.damage else []),
                *([_ANSWERING.format(self.answering or "no index")] if self.answering is not None else []),
                f"{self.generation}, built {self.created} from {self.folder}",
                f"{self._size()}, {(self.bytes or 0) / 1e6:.1f} MB, encoded by {self.model}",
                self._changes_as_text(),
                *lines([LeftOut(left["source"], left["reason"]) for left in self.left_out]),
                *(f"Connector {connector['name']}: {connector['told']}" for connector in self.connectors),
                *([f"WARNING: {self.connectors_fault}"] if self.connectors_fault else []),
                *(f"Channel {channel['name']} ({channel['kind']}): {channel['told']}" for channel in self.channels),
                *([f"WARNING: {self.channels_fault}"] if self.channels_fault else []),
                f"Other generations: {', '.join(self.others) or 'none'}",
            ]
        )

    def _size(self) -> str:
        sizes = ((self.documents, "document"), (self.passages, "passage"), (self.sentences, "sentence"))
        return ", ".join(count(number, noun) for number, noun in sizes)

    def _changes_as_text(self) -> str:
        if self.changes is None:
            return "The documents folder cannot be looked at; the index goes on answering."
        changed = [f"{len(sources)} {what}" for what, sources in self.changes.items() if sources]
        if not changed:
            return "Up to date."
        return f"The documents have changed since ({', '.join(changed)}): run `quoth index build`."


@dataclass(frozen=True, slots=True)
class InUse:
    """The generation that answers come from, and how much of it is to be seen; `damage` where another should be."""

    name: str
    manifest: Manifest
    counts: Counts
    damage: Damage | None = None


def in_use(visible: VisibleDocuments, damage: Damage | None = None) -> InUse:
    """Return what a status needs to know of a generation: it may be closed after that."""
    return InUse(visible.generation.name, visible.generation.manifest, visible.counts(), damage)


def status_of(
    shelf: Shelf,
    library: Library,
    connectors: Connectors | None = None,
    channels: Channels = ((), None),
    answering: str | None = None,
) -> Status:
    """Describe the generation in use or, where that is damaged, the one before, which is what a bot answers from.

    `answering` names what a running bot does answer from. Raises `IndexUseError` where none can be opened.
    """
    opened = open_sound(shelf)
    with contextlib.closing(opened.generation) as generation:
        used = in_use(VisibleDocuments(generation, ()), opened.damage)
    status = describe(used, shelf, library, connectors=connectors, channels=channels)
    return replace(status, answering=answering if answering != used.name else None)


def describe(  # noqa: PLR0913 -- each is where something of it comes from
    used: InUse,
    shelf: Shelf,
    library: Library,
    closed: Rules = (),
    connectors: Connectors | None = None,
    *,
    channels: Channels = ((), None),
) -> Status:
    """Compare what is answered from with the documents as they are now.

    What the rules `closed` govern is neither named nor counted.
    """
    manifest, counts = used.manifest, used.counts
    try:
        differences = survey(library, manifest)
        changed = {"added": differences.added, "changed": differences.changed, "removed": differences.removed}
        changes = {what: seen(sources, closed) for what, sources in changed.items()}
    except DocumentsError:
        changes = None
    rows, fault = rows_or_fault(connectors, closed) if connectors is not None else ([], None)
    return Status(
        generation=used.name,
        created=manifest.created,
        folder=manifest.folder,
        model=manifest.recipe.model,
        documents=counts.documents,
        passages=counts.passages,
        sentences=counts.sentences,
        bytes=None if closed else sum(file.bytes for file in manifest.files.values()),
        left_out=[
            {"source": missed.source, "reason": missed.reason}
            for missed in manifest.left_out
            if seen([missed.source], closed)
        ],
        changes=changes,
        others=[name for name in shelf.names() if name != used.name],
        damage=damage_message(used.damage, closed) if used.damage else None,
        connectors=[{**row.as_json(), "told": row.summary} for row in rows],
        connectors_fault=fault,
        channels=[channel for channel in channels[0] if seen([channel["source"]], closed)],
        channels_fault=channels[1],
    )


def damage_message(damage: Damage, closed: Rules) -> str:
    """Return the warning as text; if any document is closed, without the reason, which may name one."""
    return replace(damage, reason=_logged(damage.reason)).message() if closed else damage.message()


def narrowed(report: BuildReport, closed: Rules, counts: Counts, *, names_lost: bool) -> BuildReport:
    """Return the report without documents that the rules `closed` govern; `counts` are those of the rest.

    `names_lost` says whether the questions that are answered no more may be named: they may be about such documents.
    """
    return replace(
        report,
        documents=counts.documents,
        passages=counts.passages,
        added=tuple(seen(report.added, closed)),
        changed=tuple(seen(report.changed, closed)),
        removed=tuple(seen(report.removed, closed)),
        left_out=tuple(missed for missed in report.left_out if seen([missed.source], closed)),
        lost=report.lost if names_lost else tuple(say("a question, which the log names") for _ in report.lost),
        damage=report.damage and _logged(report.damage),
    )


def _logged(reason: str) -> str:
    """Log a reason that may name a document, and return text to show instead."""
    _log.warning("the index is damaged", extra={"reason": reason})
    return "The log says why."
