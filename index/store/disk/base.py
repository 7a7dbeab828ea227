"""What an incremental build starts from: the generation before, as files on disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index.store.disk.catalogue import Catalogue
from index.store.disk.dense import Dense
from index.store.disk.sentence_file import SentenceFile
from index.store.manifest import Manifest


@dataclass(frozen=True, slots=True)
class BuildBase:
    """A generation in `folder`, as far as a build needs it.

    `marked` is how many passages its lexical index only marks as deleted; None where it has no lexical index.
    """

    folder: Path
    manifest: Manifest
    catalogue: Catalogue
    dense: Dense
    sentences: SentenceFile
    marked: int | None
