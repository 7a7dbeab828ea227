"""Which generation is answered from where the one in use is damaged."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.encode.encoder import Encoder
from index.errors import DamagedError, OtherModelError
from index.store import manifest
from index.store.disk import generation as opening
from index.store.disk import layout
from index.store.disk.generation import Generation
from index.store.disk.verify import verify
from index.store.fallback import open_sound
from tests.index.conftest import Library


@pytest.fixture
def three(library: Library) -> list[str]:
    """The names of three generations, each of which says another number of hours."""
    names = []
    for hours in (11, 12, 13):
        library.write("a.md", f"# Cats\n\nCats sleep {hours} hours a day.\n")
        names.append(library.build().generation)
    return names


def _damage(library: Library, name: str, file: str = layout.SENTENCES) -> None:
    """Flip a byte where opening does not look, if it is told not to read everything."""
    path = library.shelf.place(name) / file
    data = bytearray(path.read_bytes())
    data[-1] ^= 0x40
    path.unlink()
    path.write_bytes(data)


def _opened(library: Library, **how: object) -> tuple[str, str | None]:
    opened = open_sound(library.shelf, **how)  # type: ignore[arg-type]
    opened.generation.close()
    return opened.generation.name, opened.damage and opened.damage.reason


def test_the_one_in_use_is_opened_where_it_is_sound(library: Library, three: list[str]) -> None:
    assert _opened(library) == (three[2], None)


def test_a_damaged_one_gives_way_to_the_newest_before_that_is_not(library: Library, three: list[str]) -> None:
    _damage(library, three[2], layout.PASSAGES)
    name, reason = _opened(library)
    assert name == three[1]
    assert reason is not None
    assert layout.PASSAGES in reason
    (library.shelf.place(three[1]) / manifest.FILE_NAME).unlink()
    assert _opened(library)[0] == three[0]


def test_what_somebody_went_back_from_is_never_turned_to(library: Library, three: list[str]) -> None:
    library.shelf.rollback().close()
    _damage(library, three[1])
    assert _opened(library)[0] == three[0]
    _damage(library, three[0])
    with pytest.raises(DamagedError, match=three[1]):
        open_sound(library.shelf)


def test_without_a_pointer_the_newest_is_answered_from(library: Library, three: list[str]) -> None:
    (library.shelf.folder / "CURRENT").unlink()
    name, reason = _opened(library)
    assert name == three[2]
    assert reason is not None
    assert "CURRENT is missing" in reason


def test_what_is_known_to_be_damaged_is_passed_over_though_it_opens(library: Library, three: list[str]) -> None:
    known = DamagedError("it was found out")
    assert _opened(library, damaged={three[2]: known}) == (three[1], "it was found out")


def test_another_model_in_use_is_no_damage(library: Library, three: list[str], other_model: Encoder) -> None:
    def accept(generation: Generation) -> None:
        generation.check_model(other_model.name, other_model.fingerprint)

    with pytest.raises(OtherModelError):
        open_sound(library.shelf, accept)
    _damage(library, three[2])
    with pytest.raises(DamagedError, match=three[2]):
        open_sound(library.shelf, accept)


def test_a_build_takes_nothing_over_from_a_damaged_generation(
    library: Library, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though nothing has changed in the documents, and though opening does not show it."""
    monkeypatch.setattr(opening, "READ_WHOLE", 0)
    _damage(library, three[2])
    assert _opened(library) == (three[2], None)
    assert library.builder().is_stale(library.documents)
    report = library.build()
    assert report.swapped
    assert report.damage is not None
    assert layout.SENTENCES in report.damage
    place = library.shelf.place()
    assert verify(place, lambda _done, _total: None) == []
    assert "13 hours" in library.ask("How long do cats sleep?").quotes[0].text
    library.shelf.rollback().close()
    assert library.shelf.current() == three[1], "not the damaged one"


def test_a_killed_build_leaves_neither_a_rollback_nor_debris(library: Library, three: list[str]) -> None:
    """Killed between the new generation's rename and its use, while an old one is removed and CURRENT written."""
    shelf = library.shelf
    shelf.use(three[1])
    generations = shelf.folder / "generations"
    shelf.place(three[0]).rename(generations / f"{three[0]}.removed")
    (generations / "building").mkdir()
    (shelf.folder / "CURRENT.new").write_text("0000")
    assert library.builder().is_stale(library.documents)
    assert library.build().swapped
    assert library.leftovers() == set()
    assert three[2] not in shelf.names()


def test_no_time_of_change_decides_anything(library: Library, three: list[str]) -> None:
    """A clock that jumps: files of the index and of the documents from 1970 and from 2100."""
    document = library.documents / "a.md"
    for when in (0, 4_102_444_800):
        for path in (document, *library.shelf.folder.rglob("*")):
            os.utime(path, (when, when))
        assert not library.builder().is_stale(library.documents)
        kept = document.read_text()
        document.write_text(kept.replace("hours", "whole hours"))
        os.utime(document, (when, when))
        report = library.build()
        assert (report.swapped, report.changed) == (True, ("a.md",))
        assert Path(library.shelf.place()).name > three[2]
        document.write_text(kept)
        library.build()
