"""What every store of an index does, on disk or in Milvus: generations side by side, each of four parts.

The implementations stand in `index/store/disk/` and `index/store/milvus/`, under the same names.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from index.encode.encoder import Vectors
from index.store.disk.base import Kept
from index.store.disk.catalogue import Source, StoredDocument, StoredPassage
from index.store.disk.lexical import Only
from index.store.lookup import Names
from index.store.manifest import Manifest
from index.store.numbering import Numbered, Rows

Checked = Callable[[int, int], None]
"""Called with how much has been checked, and of how much."""


class Catalogue(Protocol):
    """The documents of a generation as they were read, and its passages. Safe to be used from several threads."""

    @property
    def path(self) -> Path | str:
        """Where they are kept, for people."""

    @property
    def numbered(self) -> Numbered:
        """The documents as the lexical part calls them."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """All documents, in the order of their sources."""

    def counts(self, documents: Collection[int] | None = None) -> tuple[int, int]:
        """Return the number of passages and of sentences, of some `documents` (ids) or of all."""

    def file_checksums(self) -> dict[str, str]:
        """Return the SHA-256 (hex) of each document's file, by source."""

    def document(self, name: str) -> StoredDocument:
        """Return the document whose source is `name`; raises `KeyError` where there is none."""

    def document_by_id(self, number: int) -> StoredDocument:
        """Return a document; raises `DamagedError` where it is not what was stored."""

    def passages(self, rows: Sequence[int]) -> list[StoredPassage]:
        """Return the passages at `rows`, in that order; raises `DamagedError` where one is missing."""

    def passages_of(self, document: int) -> list[StoredPassage]:
        """Return the passages of a document, in order."""

    def rows_of(self, documents: Sequence[int]) -> Rows:
        """Return the rows of the passages of some documents, in order."""


class Dense(Protocol):
    """The vectors of a generation's passages."""

    def __len__(self) -> int:
        """Return how many vectors there are."""

    @property
    def dimension(self) -> int:
        """The number of components of a vector."""

    def only(self, rows: Rows) -> Any:
        """Return what keeps a search to `rows`, in the store's own form: made once, it costs a search nothing."""

    def search(self, vector: Vectors, limit: int, inside: Any = None) -> tuple[Rows, Vectors]:
        """Return the rows nearest to `vector` (dimension,) and their cosines, best first, at most `limit`.

        Where `inside` is given, nothing else is a candidate.
        """

    def vectors(self, rows: Rows) -> Vectors:
        """Return the vectors at `rows`, shape (len(rows), dimension)."""


class Lexical(Protocol):
    """The words of a generation's passages."""

    def __len__(self) -> int:
        """Return how many passages there are."""

    def terms(self, text: str, languages: Sequence[str] | None = None) -> list[str]:
        """Return the distinct terms of a question, as they are in the index, in order, at most 64 of a language."""

    def expect(self, text: str, languages: Sequence[str] | None = None) -> None:
        """Take note that the words of `text` will be asked for: where each would be a request, they share one."""

    def passages_with(self, form: str) -> int:
        """Return how many passages a stem is in."""

    def passages_inside(self, form: str, inside: Only) -> int:
        """Return how many passages of some documents a stem is in."""

    def search(self, terms: Sequence[str], limit: int, inside: Only | None = None) -> tuple[Rows, Vectors]:
        """Return the rows of the passages that match `terms` best and their BM25 scores, best first.

        Where `inside` is given, nothing outside of it is a candidate.
        """


class Generation(Protocol):
    """One generation, opened for reading."""

    @property
    def name(self) -> str:
        """Its name: a number that only grows, and the beginning of its manifest's SHA-256."""

    @property
    def manifest(self) -> Manifest:
        """What it says of itself."""

    @property
    def catalogue(self) -> Catalogue:
        """Its documents and passages."""

    @property
    def dense(self) -> Dense:
        """The vectors of its passages."""

    @property
    def lexical(self) -> Lexical:
        """The words of its passages."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the documents (ISO 639-1), that of most of them first."""

    @property
    def names(self) -> Names:
        """The names of the documents and their sections."""

    @property
    def document_names(self) -> Names:
        """The names of the documents alone."""

    def vectors_in(self, passages: Sequence[StoredPassage]) -> Vectors:
        """Return the vectors of the sentences of some passages, one after the other, shape (sentences, dimension).

        There is at least one passage. Raises `DamagedError` where they are not of unit length.
        """

    def check_model(self, name: str, fingerprint: str) -> None:
        """Raise `OtherModelError` unless the generation was built with the model of this `fingerprint`."""

    @property
    def where(self) -> str:
        """Where it is kept, as one says it: on the disk."""

    def is_there(self) -> bool:
        """Tell whether it is still kept: what is open may outlive that."""

    def close(self) -> None:
        """Let go of it."""


class Shelf(Protocol):
    """The generations side by side, and which of them is in use."""

    @property
    def is_shared(self) -> bool:
        """Whether other machines read and build here: another process may swap, and reading costs the network."""

    def names(self) -> list[str]:
        """Return the names of all generations, oldest first."""

    def current(self) -> str:
        """Return the name of the generation in use.

        Raises `NoIndexError` where there is none yet, `DamagedError` where what is in use cannot be told.
        """

    def gone_back_from(self) -> list[str]:
        """Return the names of the generations that were in use after this one, until somebody went back from them."""

    def fallbacks(self) -> list[str]:
        """Return the names of the generations to turn to where the one in use is damaged, the best first."""

    def open(self, name: str | None = None, *, thorough: bool = False) -> Generation:
        """Open a generation, the one in use unless another is named; `thorough` reads every byte of it."""

    def manifest(self, name: str) -> Manifest:
        """Read the manifest of a generation; raises `DamagedError` where it is not as it was written."""

    def faults(self, name: str, progress: Checked) -> list[str]:
        """Read every byte of a generation and return what is wrong with it, a sentence each."""

    def rollback(self) -> Generation:
        """Put the generation that was in use before this one back in use, and return it.

        Raises `NoIndexError` where there is none, `DamagedError` where it cannot be opened.
        """

    def lock(self) -> AbstractContextManager[None]:
        """Keep others from building or going back meanwhile; raises `BusyError` where somebody is at it."""

    def workplace(self) -> AbstractContextManager[Path]:
        """Give an empty folder to build in; what is left in it is removed at the end. Call it under `lock`."""

    def on_disk(self, generation: Generation, workplace: Path) -> AbstractContextManager[Kept]:
        """Give what a build takes over from a generation: beside the `workplace`, where they have to be fetched."""

    def put(self, built: Path, seal: str) -> str:
        """Put the generation in the folder `built` among the others, and return its name; it is not in use yet."""

    def use(self, name: str, gone_back_from: Sequence[str] = ()) -> None:
        """Put the generation `name` in use, in one step; others are marked as `gone_back_from`."""

    def clear(self) -> None:
        """Remove what builds that were killed left. Call it under `lock`."""

    def prune(self, keep: int) -> None:
        """Remove all but the newest `keep`, the one in use and, where `keep` is not 1, the one before it."""

    def remove(self, name: str) -> None:
        """Remove a generation, unless it is in use."""
