"""The state of the index: what is in use, and whether it is up to date."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.access.rules import Rules, seen
from bot.access.view import VisibleDocuments
from bot.left_out import lines
from bot.phrasing import count
from index.build.builder import BuildReport
from index.build.survey import survey
from index.errors import DamagedError, DocumentsError
from index.records import LeftOut
from index.store.fallback import Damage, open_sound
from index.store.manifest import Counts
from index.store.shelf import Shelf

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Status:
    """The generation that answers come from; `changes` is None if the documents folder cannot be read.

    `bytes` is None if part of the index is closed to the viewer; the other figures then leave that part out. `damage`
    says why answers do not come from the generation in use, if they do not.
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

    def as_text(self) -> str:
        """Return the status as text."""
        return "\n".join(
            [
                *([f"WARNING: {self.damage}"] if self.damage else []),
                f"{self.generation}, built {self.created} from {self.folder}",
                f"{self._size()}, {(self.bytes or 0) / 1e6:.1f} MB, encoded by {self.model}",
                self._changes_as_text(),
                *lines([LeftOut(left["source"], left["reason"]) for left in self.left_out]),
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


def status_of(
    shelf: Shelf, folder: Path, damaged: Mapping[str, DamagedError] | None = None, closed: Rules = ()
) -> Status:
    """Open the generation in use and compare it with the documents in `folder`; raises `IndexUseError` on failure.

    If it is damaged, or known to be (`damaged`), the status is that of the generation before. Documents that the rules
    `closed` govern are neither named nor counted.
    """
    opened = open_sound(shelf, damaged=damaged)
    generation = opened.generation
    manifest = generation.manifest
    counts = VisibleDocuments(generation, closed).counts()
    generation.close()
    try:
        found = survey(folder, manifest)
        changed = {"added": found.added, "changed": found.changed, "removed": found.removed}
        changes = {what: seen(sources, closed) for what, sources in changed.items()}
    except DocumentsError:
        changes = None
    return Status(
        generation=generation.name,
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
        others=[name for name in shelf.names() if name != generation.name],
        damage=damage_message(opened.damage, closed) if opened.damage else None,
    )


def damage_message(damage: Damage, closed: Rules) -> str:
    """Return the warning as text; if any document is closed, without the reason, which may name one."""
    return replace(damage, reason=_logged(damage.reason)).message() if closed else damage.message()


def narrowed(report: BuildReport, closed: Rules, counts: Counts) -> BuildReport:
    """Return the report without documents that the rules `closed` govern; `counts` are those of the rest."""
    return replace(
        report,
        documents=counts.documents,
        passages=counts.passages,
        added=tuple(seen(report.added, closed)),
        changed=tuple(seen(report.changed, closed)),
        removed=tuple(seen(report.removed, closed)),
        left_out=tuple(one for one in report.left_out if seen([one.source], closed)),
        damage=report.damage and _logged(report.damage),
    )


def _logged(reason: str) -> str:
    """Log a reason that may name a document, and return text to show instead."""
    _log.warning("the index is damaged", extra={"reason": reason})
    return "The log says why."
