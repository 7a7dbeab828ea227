"""What a build takes over from the generation before."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.catalogue import Catalogue
from index.encoder import Vectors


class KeptVectors(Protocol):
    """The vectors of passages."""

    def all_vectors(self) -> Vectors:
        """Return all of them, shape (n, dimension)."""


class Kept(Protocol):
    """Its documents, the vectors of its passages, and those of its sentences (float16), all on disk."""

    @property
    def catalogue(self) -> Catalogue:
        """The documents and passages."""

    @property
    def dense(self) -> KeptVectors:
        """The vectors of the passages."""

    @property
    def sentences(self) -> npt.NDArray[np.float16]:
        """The vectors of the sentences."""
