"""One generation of the index in Milvus, opened for reading."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.arrays import Vectors, are_unit
from index.errors import DamagedError, OtherVersionError
from index.store import base
from index.store.disk import layout as on_disk
from index.store.manifest import Manifest, parsed
from index.store.milvus import layout
from index.store.milvus.catalogue import Catalogue
from index.store.milvus.connection import Connection
from index.store.milvus.dense import Dense
from index.store.milvus.lexical import Lexical
from index.store.milvus.rows import Rows
from index.store.milvus.table import Table
from index.store.milvus.texts import Texts
from index.store.milvus.words import Words
from index.store.values import StoredPassage

_BUILD = "run `quoth index build`"


class Generation(base.Generation):
    """The collections of one generation, with a cache of what was asked for recently."""

    where = "in Milvus"
    catalogue: Catalogue
    dense: Dense
    lexical: Lexical

    def __init__(self, connection: Connection, name: str) -> None:
        """Open the generation `name`; raises `DamagedError` if it has been altered."""
        self._connection = connection
        self._collection = layout.collection(name)
        self.name = name
        self.manifest = manifest_of(connection, name)
        if self.manifest.recipe.format != on_disk.FORMAT:
            raise OtherVersionError(f"{name} in Milvus is of another version of Quoth: {_BUILD}.")
        self._open()

    def _open(self) -> None:
        counts = self.manifest.counts
        passages = Table(self._connection, self._collection)
        texts = Texts(Table(self._connection, self._collection + layout.TEXTS))
        summary = texts.part(layout.SOURCES)
        try:
            tokens, listed = int(summary["tokens"]), summary["sources"]
        except (KeyError, TypeError, ValueError) as error:
            raise DamagedError(f"{self.name} in Milvus cannot be read: {_BUILD}.") from error
        self.catalogue = Catalogue(passages, texts, listed)
        self._check_counts(passages.count())
        self.rows = Rows(passages, counts.passages)
        words = Words(Table(self._connection, self._collection + layout.WORDS), counts.documents)
        dimension = self.manifest.recipe.dimension
        self.dense = Dense(passages, self.rows, self.catalogue.owners, self.catalogue.numbering, dimension)
        self.lexical = Lexical(passages, self.rows, words, self.languages, tokens)

    def vectors_in(self, passages: Sequence[StoredPassage]) -> Vectors:
        """Return the vectors of the sentences of some passages, one after the other, shape (sentences, dimension).

        Raises `DamagedError` if they are not of unit length.
        """
        vectors = self.catalogue.sentence_vectors([passage.row for passage in passages])
        if vectors.shape[1:] != (self.dense.dimension,) or not are_unit(vectors):
            raise DamagedError(f"{self.catalogue.path} does not hold its vectors as they were written: {_BUILD}.")
        return np.asarray(vectors, np.float32)

    def is_there(self) -> bool:
        """Return whether it still exists."""
        return bool(self._connection.ask("has_collection", self._collection))

    def close(self) -> None:
        """Do nothing: the connection is shared."""

    def _check_counts(self, held: int) -> None:
        counts, catalogue = self.manifest.counts, self.catalogue
        actual = (len(catalogue.sources), held, *catalogue.counts())
        promised = (counts.documents, counts.passages, counts.passages, counts.sentences)
        if actual != promised or catalogue.file_checksums() != self.manifest.documents:
            raise DamagedError(f"What {self.name} in Milvus holds does not belong together: {_BUILD}.")


def manifest_of(connection: Connection, name: str) -> Manifest:
    """Read the manifest of a generation; raises `DamagedError` if it is missing, altered or malformed."""
    text = Texts(Table(connection, layout.collection(name) + layout.TEXTS)).part(layout.MANIFEST)
    return parsed(str(text).encode(), name.rpartition("-")[2], f"The manifest of {name} in Milvus")
