"""A generation of the index and its three parts, as every store implements them, on disk or in Milvus.

The implementations are in `index/store/disk/` and `index/store/milvus/`, under the same names.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from index.arrays import Rows, Vectors
from index.errors import OtherModelError
from index.store.lookup import Names
from index.store.manifest import Manifest
from index.store.numbering import StableNumbers
from index.store.scope import DocumentFilter
from index.store.values import Source, StoredDocument, StoredPassage


class Catalogue(ABC):
    """The documents and passages of a generation. Thread-safe."""

    path: Path | str
    """Where they are stored, for messages."""

    sources: tuple[Source, ...]
    """All documents, in the order of their sources."""

    numbering: StableNumbers
    """The numbers by which the lexical index knows the documents."""

    @abstractmethod
    def counts(self, documents: Collection[int] | None = None) -> tuple[int, int]:
        """Return the number of passages and of sentences, in some `documents` (ids) or in all."""

    @abstractmethod
    def file_checksums(self) -> dict[str, str]:
        """Return the SHA-256 (hex) of each document's file, by source."""

    @abstractmethod
    def document(self, name: str) -> StoredDocument:
        """Return the document whose source is `name`; raises `KeyError` if there is none."""

    @abstractmethod
    def document_by_id(self, number: int) -> StoredDocument:
        """Return a document; raises `DamagedError` if it differs from what was stored."""

    @abstractmethod
    def passages(self, rows: Sequence[int]) -> list[StoredPassage]:
        """Return the passages at `rows`, in that order; raises `DamagedError` if one is missing."""

    @abstractmethod
    def passages_of(self, document: int) -> list[StoredPassage]:
        """Return the passages of a document, in order."""

    @abstractmethod
    def rows_of(self, documents: Sequence[int]) -> Rows:
        """Return the rows of the passages of some documents, in order."""


class Dense(ABC):
    """The vectors of a generation's passages."""

    dimension: int
    """The number of components of a vector."""

    @abstractmethod
    def __len__(self) -> int:
        """Return how many vectors there are."""

    @abstractmethod
    def filter_of(self, rows: Rows) -> Any:
        """Return a filter that restricts searches to `rows`, in the store's own form, for use in many searches."""

    @abstractmethod
    def search(self, vector: Vectors, limit: int, inside: Any = None) -> tuple[Rows, Vectors]:
        """Return the rows nearest to `vector` (dimension,) and their cosines, best first, at most `limit`.

        With a filter `inside`, nothing outside it is a candidate.
        """

    @abstractmethod
    def vectors(self, rows: Rows) -> Vectors:
        """Return the vectors at `rows`, shape (len(rows), dimension)."""


class Lexical(ABC):
    """The words of a generation's passages."""

    counts_quickly: bool
    """Whether counting the passages with a word costs microseconds and not a request."""

    @abstractmethod
    def __len__(self) -> int:
        """Return how many passages there are."""

    @abstractmethod
    def terms(self, text: str, languages: Sequence[str] | None = None) -> list[str]:
        """Return the distinct terms of a question as the index holds them, in order, at most 64 per language.

        They are the stems of its words in `languages`; None means the languages of all documents.
        """

    def expect(self, text: str, languages: Sequence[str] | None = None) -> None:  # noqa: B027 -- a store may need it
        """Prefetch the document frequencies of the words of `text`, in one request where the store is remote."""

    @abstractmethod
    def passages_with(self, form: str) -> int:
        """Return how many passages contain a stem."""

    @abstractmethod
    def passages_inside(self, form: str, inside: DocumentFilter) -> int:
        """Return how many passages of some documents contain a stem."""

    @abstractmethod
    def search(
        self,
        terms: Sequence[str],
        limit: int,
        inside: DocumentFilter | None = None,
        weights: Sequence[float] | None = None,
    ) -> tuple[Rows, Vectors]:
        """Return the rows of the passages that match `terms` best and their BM25 scores, best first.

        With a filter `inside`, nothing outside it is a candidate. What each term adds to a score is multiplied by its
        weight, where there are `weights`.
        """


class Generation(ABC):
    """One generation, opened for reading.

    Its `name` is a growing number and the beginning of its manifest's SHA-256; `where` says where it is stored, as in
    "on the disk".
    """

    name: str
    where: str
    manifest: Manifest
    catalogue: Catalogue
    dense: Dense
    lexical: Lexical

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the documents (ISO 639-1), the most frequent first."""
        count = Counter(source.language for source in self.catalogue.sources)
        return tuple(language for language, _ in count.most_common())

    @cached_property
    def names(self) -> Names:
        """The names of the documents and their sections."""
        return Names(self.catalogue.sources)

    @cached_property
    def document_names(self) -> Names:
        """The names of the documents, without sections."""
        return Names(self.catalogue.sources, sections=False)

    def check_model(self, name: str, fingerprint: str) -> None:
        """Raise `OtherModelError` unless the generation was built with the model of this `fingerprint`."""
        recipe = self.manifest.recipe
        if recipe.fingerprint != fingerprint:
            other = "other files of that model" if recipe.model == name else recipe.model
            raise OtherModelError(
                f"The index was built with {other}, not with the {name} in use: run `quoth index build`, "
                f"or set QUOTH_MODEL back."
            )

    @abstractmethod
    def vectors_in(self, passages: Sequence[StoredPassage]) -> Vectors:
        """Return the vectors of the sentences of one or more passages in order, shape (sentences, dimension).

        Raises `DamagedError` if they are not of unit length.
        """

    @abstractmethod
    def is_there(self) -> bool:
        """Return whether it still exists: an open generation may outlive its files."""

    @abstractmethod
    def close(self) -> None:
        """Close its files."""
