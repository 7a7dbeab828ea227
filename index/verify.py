"""Every byte of a generation against its manifest, and every passage against its document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from index import manifest, vectors
from index.catalogue import StoredDocument, StoredPassage
from index.errors import DamagedError
from index.generation import Generation

_UNIT = 0.01
"""How far a vector's length may be from 1."""


def verify(folder: Path, progress: Callable[[int, int], None]) -> list[str]:
    """Return what is wrong with the generation in `folder`, a sentence each; nothing where all is as it was written.

    What the files say is compared only where all their bytes are right. `progress` is called with the number of files
    and documents that have been checked, and of all.
    """
    try:
        generation = Generation(folder)
    except DamagedError as error:
        return [str(error)]
    try:
        return _faults(generation, progress)
    finally:
        generation.close()


def _faults(generation: Generation, progress: Callable[[int, int], None]) -> list[str]:
    files = len(generation.manifest.files)
    total = files + len(generation.catalogue.sources)
    altered = list(_faults_of_files(generation, lambda done: progress(done, total)))
    if altered:
        return altered
    try:
        found = list(_faults_of_documents(generation, lambda done: progress(files + done, total)))
    except DamagedError as error:
        found = [str(error)]
    return [*found, *_faults_of_vectors(generation)]


def _faults_of_files(generation: Generation, progress: Callable[[int], None]) -> Iterator[str]:
    for done, (name, file) in enumerate(generation.manifest.files.items()):
        progress(done)
        if manifest.checksum(generation.folder / name) != file:
            yield f"{generation.folder / name} is not as it was written."


def _faults_of_documents(generation: Generation, progress: Callable[[int], None]) -> Iterator[str]:
    catalogue = generation.catalogue
    expected = 0
    if catalogue.file_checksums() != generation.manifest.documents:
        yield "The documents are not those that the manifest names."
    for source in catalogue.sources:
        document = catalogue.document_by_id(source.id)
        for stored in catalogue.passages_of(source.id):
            if stored.row != expected or not _is_whole(stored, document, generation.manifest.recipe.fingerprint):
                yield f"A passage of {source.source} is not what was indexed (row {stored.row})."
            expected = stored.row + 1
        progress(source.id + 1)
    if expected != generation.manifest.counts.passages:
        yield "There are fewer passages than the manifest says."


def _is_whole(stored: StoredPassage, document: StoredDocument, fingerprint: str) -> bool:
    """Tell whether a passage lies in its document, is where it says, and is what its key was made from."""
    passage = stored.passage
    if not 0 <= passage.start < passage.end <= len(document.text):
        return False
    first, last = document.place(passage.start), document.place(passage.end - 1)
    text = vectors.passage_text(document.title, document.text, passage)
    return (
        (first.page, first.line, last.line) == (passage.page, *passage.lines)
        and all(passage.start <= s.start < s.end <= passage.end for s in passage.sentences)
        and vectors.key(fingerprint, text) == stored.key
    )


def _faults_of_vectors(generation: Generation) -> Iterator[str]:
    for name, found in (("passages", generation.dense.all_vectors()), ("sentences", generation.sentences)):
        lengths = np.linalg.norm(np.asarray(found, np.float32), axis=1)
        if not (np.abs(lengths - 1) < _UNIT).all():
            yield f"Some vectors of {name} are not of unit length."
