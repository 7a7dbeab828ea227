"""The data folder: which generation is in use, and which are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import DamagedError, NoIndexError
from index.store.disk.shelf import Shelf


def _add(shelf: Shelf, seal: str) -> str:
    """Add a generation that holds nothing but its seal, and use it."""
    with shelf.lock(), shelf.workplace() as folder:
        (folder / "manifest.json").write_text(seal)
        name = shelf.put(folder, seal * 64)
    shelf.use(name)
    return name


def test_generations_are_numbered_past_all_that_are_there(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "data")
    names = [_add(shelf, seal) for seal in "abc"]
    assert names == ["000001-aaaaaaaaaaaa", "000002-bbbbbbbbbbbb", "000003-cccccccccccc"]
    shelf.use(names[0])
    assert _add(shelf, "d") == "000004-dddddddddddd"
    assert (shelf.names()[-1], shelf.current()) == ("000004-dddddddddddd", "000004-dddddddddddd")


def test_the_generation_in_use_is_kept_however_old(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    names = [_add(shelf, seal) for seal in "abcde"]
    shelf.use(names[0])
    shelf.prune(2)
    assert shelf.names() == [names[0], *names[3:]]


def test_what_an_interrupted_build_left_is_removed_by_the_next(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    left = tmp_path / "generations" / "building"
    (left / "lexical").mkdir(parents=True)
    with shelf.workplace() as folder:
        assert list(folder.iterdir()) == []
    assert not left.exists()


def test_without_an_index_the_error_says_how_to_make_one(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "data")
    assert shelf.names() == []
    for use in (shelf.current, shelf.open, shelf.rollback):
        with pytest.raises(NoIndexError, match="run `quoth index build`"):
            use()


def test_there_is_nothing_before_the_oldest(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    name = _add(shelf, "a")
    with pytest.raises(NoIndexError, match="no generation to go back to"):
        shelf.rollback()
    assert shelf.current() == name


def test_a_rollback_to_a_damaged_generation_changes_nothing(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    names = [_add(shelf, seal) for seal in "ab"]
    with pytest.raises(DamagedError):
        shelf.rollback()
    assert shelf.current() == names[1]


@pytest.mark.parametrize("pointer", ["", "000009-aaaaaaaaaaaa\n", "../../etc", "\xff"])
def test_a_pointer_to_nothing_is_told(tmp_path: Path, pointer: str) -> None:
    shelf = Shelf(tmp_path)
    _add(shelf, "a")
    (tmp_path / "CURRENT").write_text(pointer, "latin-1")
    with pytest.raises(DamagedError, match="run `quoth index build`"):
        shelf.current()


def test_only_generations_that_are_there_can_be_named(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    name = _add(shelf, "a")
    assert shelf.place(name) == tmp_path / "generations" / name
    with pytest.raises(NoIndexError, match=name):
        shelf.place("../secret")
