"""A new generation is asked something, and thrown away where it does not answer."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.arrays import Vectors
from index.build.self_test import check
from index.errors import BuildError, DamagedError
from index.store.disk import dense, layout, lexical
from index.store.disk.generation import Generation
from index.store.disk.lexical import LexicalPassage
from tests.index.conftest import CATS, ROVER, Library, every_vector, resealed

_write_vectors = dense.write


def _lose_vectors(folder: Path) -> None:
    path = folder / layout.PASSAGES
    _write_vectors(path, every_vector(dense.Dense(path)) * 0)


def _lose_words(folder: Path) -> None:
    path = folder / layout.LEXICAL
    count = len(dense.Dense(folder / layout.PASSAGES))
    shutil.rmtree(path)
    path.mkdir()
    lexical.write(path, (LexicalPassage(0, row, "", "") for row in range(count)))


def _lose_sentences(folder: Path) -> None:
    path = folder / layout.SENTENCES
    np.save(path, np.full_like(np.load(path), np.nan))


@pytest.mark.parametrize(
    ("lose", "message"),
    [
        (_lose_vectors, "not found by its own vector"),
        (_lose_words, "not found by its own words"),
        (_lose_sentences, "sentences.npy is not as it was written"),
    ],
)
def test_what_does_not_find_its_own_passage_is_told(
    built: Library, tmp_path: Path, lose: Callable[[Path], None], message: str
) -> None:
    check(built.shelf.open())
    with pytest.raises(DamagedError, match=message):
        check(Generation(resealed(built, tmp_path, lose)))


def test_a_generation_that_does_not_answer_is_not_put_in_use(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: Path, vectors: Vectors) -> None:
        _write_vectors(path, vectors * 0)

    library.write("a.md", CATS)
    name = library.build().generation
    library.write("b.txt", ROVER)
    monkeypatch.setattr(dense, "write", broken)
    with pytest.raises(BuildError, match="was thrown away"):
        library.build()
    assert (library.shelf.names(), library.shelf.current(), library.leftovers()) == ([name], name, set())
