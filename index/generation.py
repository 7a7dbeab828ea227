"""One generation of the index, opened for reading."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from pathlib import Path
from tokenize import TokenError

import numpy as np
import numpy.typing as npt

from index import layout, manifest
from index.catalogue import Catalogue
from index.dense import Dense, Rows
from index.errors import DamagedError, OtherModelError
from index.lexical import Lexical
from index.lookup import Names

SEAL_LENGTH = 12
"""How much of its manifest's SHA-256 (hex) a generation carries in its name."""


class Generation:
    """The files of one generation: `catalogue`, `dense`, `lexical`, `sentences` (float16, memory mapped)."""

    def __init__(self, folder: Path) -> None:
        """Open the generation in `folder`, whose name ends with the beginning of its manifest's SHA-256.

        Raises `DamagedError` where a file is missing, has another size than when it was written, or does not open. The
        lexical index is read whole and must be as it was written: tantivy ends in a panic, which is no error that could
        be told, where it is not.
        """
        self.folder = folder
        self.name = folder.name
        self.manifest = manifest.read(folder, folder.name.rpartition("-")[2])
        if self.manifest.recipe.format != layout.FORMAT:
            raise DamagedError(f"The index in {folder} is of another version of Quoth: run `quoth index build`.")
        self._check_files()
        self.catalogue = Catalogue(folder / layout.DOCUMENTS)
        self.dense = Dense(folder / layout.PASSAGES)
        self.lexical = Lexical(folder / layout.LEXICAL, self.languages)
        self.sentences = self._map_sentences()
        self._check_counts()

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the documents (ISO 639-1), that of most of them first."""
        return tuple(one for one, _ in Counter(source.language for source in self.catalogue.sources).most_common())

    @cached_property
    def names(self) -> Names:
        """The names of the documents and their sections."""
        return Names(self.catalogue.sources)

    @cached_property
    def document_names(self) -> Names:
        """The names of the documents alone."""
        return Names(self.catalogue.sources, sections=False)

    def close(self) -> None:
        """Let go of the files."""
        self.catalogue.close()

    def check_model(self, name: str, fingerprint: str) -> None:
        """Raise `OtherModelError` unless the generation was built with the model of this `fingerprint`."""
        recipe = self.manifest.recipe
        if recipe.fingerprint != fingerprint:
            told = "other files of that model" if recipe.model == name else recipe.model
            raise OtherModelError(
                f"The index was built with {told}, not with the {name} in use: run `quoth index build`, "
                f"or set QUOTH_MODEL back."
            )

    def sentence_vectors(self, rows: Rows) -> npt.NDArray[np.float32]:
        """Return the vectors of sentences at `rows`, shape (len(rows), dimension)."""
        return np.asarray(self.sentences[rows], np.float32)

    def _check_files(self) -> None:
        for name, file in self.manifest.files.items():
            path = self.folder / name
            try:
                size = path.stat().st_size
            except OSError as error:
                raise DamagedError(f"{path} is missing: run `quoth index build`.") from error
            if size != file.bytes:
                raise DamagedError(f"{path} has {size} bytes instead of {file.bytes}: run `quoth index build`.")
            if name.startswith(layout.LEXICAL) and manifest.checksum(path) != file:
                raise DamagedError(f"{path} is not as it was written: run `quoth index build`.")

    def _map_sentences(self) -> npt.NDArray[np.float16]:
        path = self.folder / layout.SENTENCES
        try:
            mapped: npt.NDArray[np.float16] = np.load(path, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError, TokenError) as error:
            raise DamagedError(f"{path} cannot be read: run `quoth index build`.") from error
        return mapped

    def _check_counts(self) -> None:
        counts = self.manifest.counts
        found = (len(self.catalogue.sources), len(self.dense), len(self.lexical), self.sentences.shape[0])
        if found != (counts.documents, counts.passages, counts.passages, counts.sentences):
            raise DamagedError(f"The files in {self.folder} do not belong together: run `quoth index build`.")
