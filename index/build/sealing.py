"""The manifest that seals a generation: what it holds, and what it was made from and with."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from index.build.survey import Survey
from index.library.library import Library
from index.store import manifest
from index.store.base import Generation
from index.store.disk import layout
from index.store.disk.catalogue import Catalogue
from index.store.manifest import Clustering, Counts, Manifest, Missed, Recipe


def seal(  # noqa: PLR0913 -- what a manifest says
    workplace: Path,
    recipe: Recipe,
    library: Library,
    surveyed: Survey,
    *,
    previous: str | None,
    left_out: tuple[Missed, ...],
    clustering: Clustering | None,
    probes: str,
    shown: dict[str, dict[str, str | None]],
) -> str:
    """Write the manifest of what lies finished in `workplace` and return its SHA-256.

    `previous` is the generation in use, and `shown` what each document shows of other files.
    """
    catalogue = Catalogue(workplace / layout.DOCUMENTS)
    passages, sentences = catalogue.counts()
    documents = catalogue.file_checksums()
    catalogue.close()
    return Manifest(
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        previous=previous,
        folder=str(library.documents.resolve()),
        recipe=recipe,
        counts=Counts(documents=len(documents), passages=passages, sentences=sentences),
        documents=documents,
        clustering=clustering,
        left_out=_nowhere_shown(left_out, shown),
        files=manifest.checksums(workplace),
        probes=probes,
        shown=shown,
        settings=dict(surveyed.settings),
        origins=dict(surveyed.origins),
        ocr=library.reading.ocr.value,
        chat_names=library.reading.chat_names,
    ).seal(workplace)


def _nowhere_shown(left_out: tuple[Missed, ...], shown: dict[str, dict[str, str | None]]) -> tuple[Missed, ...]:
    """Return what was left out without files of kinds that are not read, but which a document shows as its part."""
    parts = {path for files in shown.values() for path, sha256 in files.items() if sha256 is not None}
    return tuple(missed for missed in left_out if missed.sha256 is not None or missed.source not in parts)


def shown_before(before: Generation, surveyed: Survey) -> dict[str, dict[str, str | None]]:
    """Return what the files that have not changed show of others, those that could not be read among them."""
    unchanged = surveyed.unchanged.keys() | {missed.source for missed in surveyed.missed}
    return {source: shown for source, shown in before.manifest.shown.items() if source in unchanged}
