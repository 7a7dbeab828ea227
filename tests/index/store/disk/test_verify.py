"""Faults that the checksums do not show: what was written does not belong together."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.store.disk import dense, layout
from index.store.disk.generation import Generation
from index.store.disk.verify import verify
from tests.index.conftest import Library, every_vector, resealed


def _sql(statement: str) -> Callable[[Path], None]:
    def alter(folder: Path) -> None:
        database = sqlite3.connect(folder / layout.DOCUMENTS)
        with database:
            assert database.execute(statement).rowcount
        database.close()

    return alter


def _double_vectors(folder: Path) -> None:
    generation = dense.Dense(folder / layout.PASSAGES)
    dense.write(folder / layout.PASSAGES, every_vector(generation) * 2)


def _blank_sentences(folder: Path) -> None:
    path = folder / layout.SENTENCES
    np.save(path, np.zeros_like(np.load(path)))


@pytest.mark.parametrize(
    ("alter", "fault"),
    [
        (_sql("UPDATE documents SET text = replace(text, 'sixteen', 'fifteen')"), "does not hold animals/cats.md"),
        (_sql("UPDATE documents SET title = 'Dogs' WHERE id = 0"), "does not hold animals/cats.md"),
        (_sql("UPDATE documents SET sha256 = 'x' WHERE id = 1"), "not those that the manifest names"),
        (_sql("UPDATE passages SET start = start + 1 WHERE row = 0"), "passage of animals/cats.md"),
        (_sql("UPDATE passages SET end = end + 1000000 WHERE row = 0"), "passage of animals/cats.md"),
        (_sql("UPDATE passages SET first_line = first_line + 1 WHERE row = 1"), "passage of animals/cats.md"),
        (_sql("UPDATE passages SET page = 3 WHERE row = (SELECT max(row) FROM passages)"), "passage of treaty.pdf"),
        (_sql("UPDATE passages SET section = 99 WHERE row = 0"), "cannot be read"),
        (_double_vectors, "vectors of passages are not of unit length"),
        (_blank_sentences, "vectors of sentences are not of unit length"),
    ],
)
def test_what_does_not_belong_together_is_told(
    built: Library, tmp_path: Path, alter: Callable[[Path], None], fault: str
) -> None:
    folder = resealed(built, tmp_path, alter)
    Generation(folder).close()
    faults = verify(folder, lambda _done, _total: None)
    assert any(fault in message for message in faults), faults


def test_a_copy_that_was_not_altered_has_no_faults(built: Library, tmp_path: Path) -> None:
    assert verify(resealed(built, tmp_path, lambda _folder: None), lambda _done, _total: None) == []
