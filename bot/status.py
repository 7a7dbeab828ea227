"""What is in use, and whether it is up to date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.words import count
from index.errors import DamagedError, DocumentsError
from index.fallback import open_sound
from index.shelf import Shelf
from index.survey import survey


@dataclass(frozen=True, slots=True)
class Status:
    """The generation that is answered from; `changes` is None where the documents folder cannot be looked at.

    `damage` says why that is not the one in use, where it is not.
    """

    generation: str
    created: str
    folder: str
    model: str
    documents: int
    passages: int
    sentences: int
    bytes: int
    left_out: list[dict[str, str]]
    changes: dict[str, list[str]] | None
    others: list[str]
    damage: str | None = None

    def told(self) -> str:
        """Return the status in words."""
        return "\n".join(
            [
                *([f"WARNING: {self.damage}"] if self.damage else []),
                f"{self.generation}, built {self.created} from {self.folder}",
                f"{self._size()}, {self.bytes / 1e6:.1f} MB, encoded by {self.model}",
                self._told_changes(),
                *([f"Left out ({len(self.left_out)}):"] if self.left_out else []),
                *(f"  {left['source']}: {left['reason']}" for left in self.left_out),
                f"Other generations: {', '.join(self.others) or 'none'}",
            ]
        )

    def _size(self) -> str:
        sizes = ((self.documents, "document"), (self.passages, "passage"), (self.sentences, "sentence"))
        return ", ".join(count(number, noun) for number, noun in sizes)

    def _told_changes(self) -> str:
        if self.changes is None:
            return "The documents folder cannot be looked at; the index goes on answering."
        changed = [f"{len(sources)} {what}" for what, sources in self.changes.items() if sources]
        if not changed:
            return "Up to date."
        return f"The documents have changed since ({', '.join(changed)}): run `quoth index build`."


def status_of(shelf: Shelf, folder: Path, damaged: Mapping[str, DamagedError] | None = None) -> Status:
    """Open what is in use and compare it with the documents in `folder`; raises `IndexUseError` where that fails.

    Where it is damaged, or is among those that are known to be (`damaged`), it is the one before that is looked at.
    """
    opened = open_sound(shelf, damaged=damaged)
    generation = opened.generation
    manifest = generation.manifest
    generation.close()
    try:
        found = survey(folder, manifest)
        changes = {"added": list(found.added), "changed": list(found.changed), "removed": list(found.removed)}
    except DocumentsError:
        changes = None
    return Status(
        generation=generation.name,
        created=manifest.created,
        folder=manifest.folder,
        model=manifest.recipe.model,
        documents=manifest.counts.documents,
        passages=manifest.counts.passages,
        sentences=manifest.counts.sentences,
        bytes=sum(file.bytes for file in manifest.files.values()),
        left_out=[{"source": missed.source, "reason": missed.reason} for missed in manifest.left_out],
        changes=changes,
        others=[name for name in shelf.names() if name != generation.name],
        damage=opened.damage.told() if opened.damage else None,
    )
