"""One generation of the index, opened for reading."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.arrays import Rows, are_unit
from index.errors import DamagedError, OtherVersionError
from index.store import base, manifest
from index.store.disk import layout
from index.store.disk.base import BuildBase
from index.store.disk.catalogue import Catalogue
from index.store.disk.dense import Dense
from index.store.disk.lexical import Lexical
from index.store.disk.sentence_file import SentenceFile
from index.store.values import StoredPassage

READ_WHOLE = 64 * 2**20
"""Up to how many bytes a file is compared with its checksum on opening: a twentieth of a second or less."""

_BUILD = "run `quoth index build`"


class Generation(base.Generation):
    """The files of one generation: `catalogue`, `dense`, `lexical`, `sentences`."""

    where = "on the disk"
    catalogue: Catalogue
    dense: Dense
    lexical: Lexical

    def __init__(self, folder: Path, *, thorough: bool = False) -> None:
        """Open the generation in `folder`, whose name ends with the beginning of its manifest's SHA-256.

        Raises `DamagedError` if a file is missing, has changed its size, or does not open. Files of up to 64 MiB are
        compared with their checksums, and all files if `thorough`. Those of tantivy and FAISS always are, because
        altered files can make tantivy panic and FAISS allocate without bound. Other large files are compared as they
        are used.
        """
        self.folder = folder
        self.name = folder.name
        self.manifest = manifest.read(folder, folder.name.rpartition("-")[2])
        if self.manifest.recipe.format != layout.FORMAT:
            raise OtherVersionError(f"The index in {folder} is of another version of Quoth: {_BUILD}.")
        self._check_files(thorough=thorough)
        self.catalogue = Catalogue(folder / layout.DOCUMENTS)
        self.dense = Dense(folder / layout.PASSAGES)
        self.lexical = Lexical(folder / layout.LEXICAL, self.catalogue.numbering, self.languages)
        self.sentences = SentenceFile(folder / layout.SENTENCES, self.manifest.recipe.dimension)
        self._check_counts()

    def close(self) -> None:
        """Close the files."""
        self.catalogue.close()
        self.sentences.close()

    def as_build_base(self) -> BuildBase:
        """Return the files that an incremental build starts from."""
        return BuildBase(
            self.folder, self.manifest, self.catalogue, self.dense, self.sentences, marked=self.lexical.marked
        )

    def is_there(self) -> bool:
        """Return whether its folder still exists: open files outlive it, but a restart would fail."""
        return self.folder.is_dir()

    def vectors_in(self, passages: Sequence[StoredPassage]) -> npt.NDArray[np.float32]:
        """Return the vectors of the sentences of `passages`, one after the other, as `sentence_vectors` does."""
        firsts = [(stored.first_sentence, len(stored.passage.sentences)) for stored in passages]
        return self.sentence_vectors(np.concatenate([np.arange(first, first + size) for first, size in firsts]))

    def sentence_vectors(self, rows: Rows) -> npt.NDArray[np.float32]:
        """Return the vectors of sentences at `rows`, shape (len(rows), dimension).

        Raises `DamagedError` if they are not of unit length.
        """
        vectors = self.sentences.vectors(rows)
        if not are_unit(vectors):
            raise DamagedError(f"{self.folder / layout.SENTENCES} is not as it was written: {_BUILD}.")
        return vectors

    def _check_files(self, *, thorough: bool) -> None:
        for name, file in self.manifest.files.items():
            path = self.folder / name
            try:
                size = path.stat().st_size
            except OSError as error:
                raise DamagedError(f"{path} is missing: {_BUILD}.") from error
            if size != file.bytes:
                raise DamagedError(f"{path} has {size} bytes instead of {file.bytes}: {_BUILD}.")
            parsed = name.startswith(layout.LEXICAL) or name == layout.PASSAGES
            if thorough or parsed or size <= READ_WHOLE:
                _check_bytes(path, file)

    def _check_counts(self) -> None:
        counts = self.manifest.counts
        actual = (len(self.catalogue.sources), len(self.dense), len(self.lexical), len(self.sentences))
        sources = {source.source for source in self.catalogue.sources}
        promised = (counts.documents, counts.passages, counts.passages, counts.sentences)
        dimension = self.manifest.recipe.dimension
        if actual != promised or self.dense.dimension != dimension or sources != set(self.manifest.documents):
            raise DamagedError(f"The files in {self.folder} do not belong together: {_BUILD}.")


def _check_bytes(path: Path, file: manifest.File) -> None:
    try:
        actual = manifest.checksum(path)
    except OSError as error:
        raise DamagedError(f"{path} cannot be read ({error.strerror}): {_BUILD}.") from error
    if actual != file:
        raise DamagedError(f"{path} is not as it was written: {_BUILD}.")
