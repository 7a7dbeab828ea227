"""The words of a rebuilt index: those of the one before with what changed, as if all had been written anew."""

from __future__ import annotations

import numpy as np
import pytest

from index.answer.scope import SearchScope
from index.build.generation_writer import runs
from index.errors import DamagedError
from index.store.disk import layout, lexical
from index.store.numbering import StableNumbers, place
from tests.index.conftest import Library

_COUNT = 50


@pytest.fixture
def houses(library: Library) -> Library:
    for number in range(_COUNT):
        _write(library, number, f"House {number} has a garden with {number + 2} trees.")
    library.build()
    return library


def _write(library: Library, number: int, text: str) -> None:
    library.write(f"{number:02}.md", f"# House {number}\n\n{text}\n")


def test_what_has_changed_is_found_by_its_new_words_alone(houses: Library) -> None:
    before = houses.shelf.open()
    assert before.lexical.passages_with("garden") == _COUNT
    _write(houses, 7, "House 7 has a zeppelin.")
    houses.write("0a.md", "# Before all but one\n\nA zeppelin landed.\n")
    (houses.documents / "30.md").unlink()
    houses.build()
    words = houses.shelf.open().lexical
    assert (words.marked, len(words)) == (2, _COUNT)
    assert [words.passages_with(word) for word in ("garden", "zeppelin")] == [_COUNT - 2, 2]
    assert _sources_with(houses, "zeppelin") == {"07.md", "0a.md"}
    assert _sources_with(houses, "garden") == {f"{number:02}.md" for number in range(_COUNT) if number not in (7, 30)}
    assert _sources_with(houses, "31") == {"29.md", "31.md"}  # 31 trees, and the house itself
    inside = frozenset({"0a.md", "08.md", "49.md"})
    part = SearchScope(houses.shelf.open(), inside)
    assert [part.passages_with(word) for word in ("garden", "zeppelin")] == [2, 1]
    assert _sources_with(houses, "garden", part) == {"08.md", "49.md"}
    assert before.lexical.passages_with("garden") == _COUNT
    fresh = houses.build(fresh=True).generation
    assert houses.shelf.open(fresh).lexical.marked == 0
    assert _sources_with(houses, "zeppelin") == {"07.md", "0a.md"}


def test_after_many_changes_all_is_written_anew(houses: Library) -> None:
    marked = []
    for number in range(5):
        _write(houses, number, "House with a pond.")
        houses.build()
        marked.append(houses.shelf.open().lexical.marked)
    assert marked == [1, 2, 0, 1, 2]
    assert houses.shelf.open().lexical.passages_with("pond") == 5


def _sources_with(library: Library, term: str, part: SearchScope | None = None) -> set[str]:
    generation = library.shelf.open()
    rows, _ = generation.lexical.search([term], 99, part.words if part else None)
    return {stored.passage.source for stored in generation.catalogue.passages(rows.tolist())}


def test_a_lexical_index_that_cannot_be_told_is_damaged(houses: Library) -> None:
    folder = houses.shelf.place() / layout.LEXICAL
    assert lexical.marked(folder) == 0
    (folder / "meta.json").write_text("{}")
    with pytest.raises(DamagedError):
        lexical.marked(folder)


def test_rows_are_those_of_the_documents_that_have_the_numbers() -> None:
    numbering = StableNumbers(np.array([7, 0, 3]), np.array([0, 4, 5]))
    places = np.array([place(3, 1), place(7, 3), place(0, 0)])
    assert numbering.rows(places).tolist() == [6, 3, 4]
    assert numbering.free == 8
    assert numbering.rows(places[:0]).tolist() == []
    for none in (numbering, StableNumbers(np.empty(0, np.int64), np.empty(0, np.int64))):
        with pytest.raises(KeyError):
            none.rows(np.array([place(5, 0)]))


def test_documents_that_follow_each_other_are_taken_over_together(houses: Library) -> None:
    kept = houses.shelf.open().catalogue
    order = ["00.md", "01.md", "01a.md", "02.md", "04.md", "05.md", "06.md"]
    unchanged = set(order) - {"01a.md", "05.md"}
    grouped = list(runs(order, unchanged, kept))
    assert grouped == [
        (0, range(2)),
        (2, "01a.md"),
        (3, range(2, 3)),
        (4, range(4, 5)),
        (5, "05.md"),
        (6, range(6, 7)),
    ]
    assert list(runs(order[:2], (), None)) == [(0, "00.md"), (1, "01.md")]
