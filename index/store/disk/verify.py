"""Verifies a generation: every byte against the manifest, and every passage against its document."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from index.arrays import are_unit
from index.errors import DamagedError
from index.store import manifest
from index.store.disk.generation import Generation
from index.store.integrity import passage_is_intact


def verify(folder: Path, progress: Callable[[int, int], None]) -> list[str]:
    """Return what is wrong with the generation in `folder`, one sentence each; an empty list if it is intact.

    Contents are compared only if all bytes are right. `progress` is called with the number of files and documents
    checked, and the total.
    """
    try:
        sealed = manifest.read(folder, folder.name.rpartition("-")[2])
        files, documents = len(sealed.files), sealed.counts.documents
        altered = list(_faults_of_files(folder, sealed, lambda done: progress(done, files + documents)))
        return altered or _faults(folder, lambda done: progress(files + done, files + documents))
    except DamagedError as error:
        return [str(error)]


def _faults_of_files(folder: Path, sealed: manifest.Manifest, progress: Callable[[int], None]) -> Iterator[str]:
    for done, (name, file) in enumerate(sealed.files.items()):
        progress(done)
        try:
            if manifest.checksum(folder / name) != file:
                yield f"{folder / name} is not as it was written."
        except OSError as error:
            yield f"{folder / name} cannot be read ({error.strerror})."


def _faults(folder: Path, progress: Callable[[int], None]) -> list[str]:
    faults: list[str] = []
    with contextlib.closing(Generation(folder)) as generation:
        try:
            faults.extend(_faults_of_documents(generation, progress))
        except DamagedError as error:
            faults.append(str(error))
        return [*faults, *_faults_of_vectors(generation)]


def _faults_of_documents(generation: Generation, progress: Callable[[int], None]) -> Iterator[str]:
    catalogue = generation.catalogue
    expected = 0
    if catalogue.file_checksums() != generation.manifest.documents:
        yield "The documents are not those that the manifest names."
    for source in catalogue.sources:
        document = catalogue.document_by_id(source.id)
        for stored in catalogue.passages_of(source.id):
            if stored.row != expected or not passage_is_intact(
                stored, document, generation.manifest.recipe.fingerprint
            ):
                yield f"A passage of {source.source} is not what was indexed (row {stored.row})."
            expected = stored.row + 1
        progress(source.id + 1)
    if expected != generation.manifest.counts.passages:
        yield "There are fewer passages than the manifest says."


def _faults_of_vectors(generation: Generation) -> Iterator[str]:
    for name, vectors in (("passages", generation.dense), ("sentences", generation.sentences)):
        if not all(map(are_unit, vectors.blocks())):
            yield f"Some vectors of {name} are not of unit length."
