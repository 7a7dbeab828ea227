"""What a build takes over from the generation before: all of it on disk."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from index.store.disk.catalogue import Catalogue
from index.store.disk.dense import Dense
from index.store.disk.sentence_file import SentenceFile
from index.store.manifest import Manifest


class KeptWords(Protocol):
    """Its lexical index."""

    @property
    def marked(self) -> int:
        """How many of its passages are only marked as gone."""


class Kept(Protocol):
    """A generation on disk, as far as a build needs it."""

    @property
    def folder(self) -> Path:
        """Where it lies."""

    @property
    def manifest(self) -> Manifest:
        """What it says of itself."""

    @property
    def catalogue(self) -> Catalogue:
        """The documents and passages."""

    @property
    def dense(self) -> Dense:
        """The vectors of the passages."""

    @property
    def sentences(self) -> SentenceFile:
        """The vectors of the sentences."""

    @property
    def lexical(self) -> KeptWords:
        """The words of the passages."""
