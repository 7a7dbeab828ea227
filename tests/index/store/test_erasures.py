"""Notes of what is to be erased are written on a full disk, too, and close what could not be removed."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.store.erasures import Erasures, closes


@pytest.fixture
def erasures(tmp_path: Path) -> Erasures:
    return Erasures(tmp_path)


@contextlib.contextmanager
def full(reason: int = errno.ENOSPC) -> Iterator[None]:
    """Have a disk on which no file can be made, for this reason."""
    real = Path.open

    def opened(path: Path, mode: str = "r", *given: Any, **named: Any) -> Any:
        if "x" in mode or "w" in mode:
            raise OSError(reason, os.strerror(reason))
        return real(path, mode, *given, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "open", opened)
        yield


def noted(tmp_path: Path) -> list[str]:
    """Return what another process reads, as after a crash."""
    return sorted(Erasures(tmp_path).pending().values())


def closed(erasures: Erasures) -> list[str]:
    return [source for name, source in erasures.pending().items() if closes(name)]


def test_there_is_room_for_notes_on_a_full_disk(erasures: Erasures, tmp_path: Path) -> None:
    erasures.reserve()
    erasures.reserve()
    assert len(list((tmp_path / "erasures").iterdir())) == 16
    assert noted(tmp_path) == []
    with full():
        with erasures.noted("uploads/bells.md"):
            pass
        erasures.note("uploads/lamp \udcff.md")
    assert noted(tmp_path) == ["uploads/bells.md", "uploads/lamp \udcff.md"]
    assert len(list((tmp_path / "erasures").iterdir())) == 16


def test_room_that_is_used_is_reserved_anew_and_what_could_not_be_noted_leaves_nothing(
    erasures: Erasures, tmp_path: Path
) -> None:
    erasures.reserve()
    with full():
        for number in range(20):
            erasures.note(f"uploads/{number} \udcff.md")
        with pytest.raises(OSError, match="No space left"):
            erasures.note(f"uploads/{'long ' * 60}.md")
        erasures.reserve()
    assert len(list((tmp_path / "erasures").iterdir())) == len(noted(tmp_path)) == 20
    assert noted(tmp_path) == sorted(f"uploads/{number} \udcff.md" for number in range(20))
    erasures.reserve()
    assert len(list((tmp_path / "erasures").glob("*.spare"))) == 16
    erasures.done(erasures.pending())
    assert noted(tmp_path) == []


def test_why_a_note_that_is_too_long_for_a_name_could_not_be_written_is_told(erasures: Erasures) -> None:
    with full(errno.EACCES), pytest.raises(PermissionError):
        erasures.note(f"uploads/{'long ' * 60}.md")


def test_notes_in_names_close_and_open_as_others_do(erasures: Erasures, tmp_path: Path) -> None:
    with full():
        with contextlib.suppress(OSError), erasures.noted("answers/100%2F bells.md", closing=True):
            raise OSError(errno.EBUSY, "Device or resource busy")
        assert closed(erasures) == closed(Erasures(tmp_path)) == ["answers/100%2F bells.md"]
        with erasures.noted("answers/100%2F bells.md", closing=True):
            assert noted(tmp_path) == ["answers/100%2F bells.md"]
        assert (closed(erasures), noted(tmp_path)) == ([], ["answers/100%2F bells.md"])
        with contextlib.suppress(OSError), erasures.noted("wiki", closing=True):
            raise OSError(errno.EBUSY, "Device or resource busy")
        erasures.reopen("wiki")
    assert (closed(erasures), noted(tmp_path)) == ([], ["answers/100%2F bells.md", "wiki"])


def test_room_that_is_none_is_passed_over_and_replaced_and_what_a_crash_left_is_removed(
    erasures: Erasures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, flushed = tmp_path / "erasures", list[int]()
    erasures.reserve()

    def fsync(file: int) -> None:
        flushed.append(file)
        if len(flushed) == 1:
            raise OSError(errno.ENOSPC, "No space left on device")

    with full(), monkeypatch.context() as held:
        held.setattr(os, "fsync", fsync)
        erasures.note("uploads/bells.md")
    assert noted(tmp_path) == ["uploads/bells.md"]
    assert not list(folder.glob("*.new"))
    for name in ("0.spare", "0.new", "1.new"):
        (folder / name).touch()
    os.utime(folder / "0.new", (1, 1))
    erasures.reserve()
    assert len(list(folder.glob("*.spare"))) == 16
    assert {path.stat().st_size for path in folder.glob("*.spare")} == {4096}
    assert [path.name for path in folder.glob("*.new")] == ["1.new"]


def test_what_cannot_be_removed_is_closed_until_it_is_gone_whatever_is_built(
    erasures: Erasures, tmp_path: Path
) -> None:
    document = tmp_path / "library" / "uploads" / "bells.md"
    document.parent.mkdir(parents=True)
    document.write_text("Ring.")
    for _ in range(2):
        with contextlib.suppress(OSError), erasures.noted("uploads/bells.md", closing=True):
            assert closed(erasures) == ["uploads/bells.md"]
            raise OSError(errno.EBUSY, "Device or resource busy")
        erasures.done(erasures.pending())
        assert closed(erasures) == ["uploads/bells.md"]
    with erasures.noted("uploads/bells.md", closing=True):
        document.unlink()
    assert (closed(erasures), noted(tmp_path)) == ([], ["uploads/bells.md"])
    erasures.done(erasures.pending())
    assert noted(tmp_path) == []


def test_what_somebody_else_removed_is_closed_no_longer_than_until_the_next_build(
    erasures: Erasures, tmp_path: Path
) -> None:
    with contextlib.suppress(OSError), erasures.noted("uploads/bells.md", closing=True):
        raise OSError(errno.EBUSY, "Device or resource busy")
    erasures.done(erasures.pending())
    assert noted(tmp_path) == []


def test_what_comes_in_the_place_of_what_was_closed_is_not(erasures: Erasures, tmp_path: Path) -> None:
    with contextlib.suppress(OSError), erasures.noted("wiki/", closing=True):
        raise OSError(errno.EBUSY, "Device or resource busy")
    erasures.reopen("wiki")
    assert (closed(erasures), noted(tmp_path)) == ([], ["wiki"])


def test_what_was_closed_stays_so_when_others_remove_it_and_put_it_back(erasures: Erasures, tmp_path: Path) -> None:
    document, aside = tmp_path / "library" / "answers" / "bells.md", tmp_path / "library" / ".removed" / "1" / "answers"
    document.parent.mkdir(parents=True)
    aside.mkdir(parents=True)
    document.write_text("Ring.")
    with contextlib.suppress(OSError), erasures.noted("answers/bells.md", closing=True):
        raise OSError(errno.EBUSY, "Device or resource busy")
    with contextlib.suppress(OSError), erasures.noted("answers/bells.md"):
        raise OSError(errno.EBUSY, "Device or resource busy")
    assert closed(erasures) == ["answers/bells.md"]
    with erasures.noted("answers/bells.md"):
        document.rename(aside / document.name)
    erasures.done(erasures.pending())
    (aside / document.name).rename(document)
    assert closed(erasures) == noted(tmp_path) == ["answers/bells.md"]
    erasures.reopen("answers/bells.md")
    assert closed(erasures) == []


@pytest.mark.parametrize("way", ["later", "gone", "reopened"])
def test_a_closing_that_is_owed_closes_until_what_it_is_about_is_gone_or_replaced(
    erasures: Erasures, tmp_path: Path, way: str
) -> None:
    (tmp_path / "erasures").write_text("in the way")
    with contextlib.suppress(OSError), erasures.noted("wiki", closing=True):
        raise OSError(errno.EBUSY, "Device or resource busy")
    if way == "gone":
        with contextlib.suppress(OSError), erasures.noted("wiki", closing=True):
            pass
    if way == "reopened":
        erasures.reopen("wiki")
    (tmp_path / "erasures").unlink()
    assert erasures.catch_up()
    assert noted(tmp_path) == ["wiki"]
    assert closed(erasures) == (["wiki"] if way == "later" else [])


def test_a_note_that_cannot_be_read_keeps_no_other_closed(erasures: Erasures, tmp_path: Path) -> None:
    with contextlib.suppress(OSError), erasures.noted("wiki", closing=True):
        raise OSError(errno.EBUSY, "Device or resource busy")
    (tmp_path / "erasures" / "closed-0").mkdir()
    erasures.reopen("wiki")
    assert [(closes(name), source) for name, source in erasures.legible().items()] == [(False, "wiki")]
