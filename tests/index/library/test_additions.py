"""Files that people add are saved whole, under safe names, and can be put back for an hour."""

from __future__ import annotations

import contextlib
import errno
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import DocumentsError, LibraryError
from index.library.additions import MOST_BYTES, Additions
from index.store.erasures import Erasures


@pytest.fixture
def additions(tmp_path: Path) -> Additions:
    return Additions(tmp_path)


def files(folder: Path) -> list[str]:
    """Return the files in a folder, but for the room that is reserved for notes."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".spare")
    return sorted(path.relative_to(folder).as_posix() for path in found)


def test_an_upload_is_saved_under_a_safe_name_and_never_over_another(additions: Additions, tmp_path: Path) -> None:
    assert additions.upload("../../etc/rules.md", b"# Rules\n").source == "uploads/rules.md"
    with pytest.raises(LibraryError, match=r"There is a uploads/rules\.md already"):
        additions.upload("rules.md", b"# Other\n")
    assert files(tmp_path) == ["library/uploads/rules.md"]
    assert (tmp_path / "library" / "uploads" / "rules.md").read_bytes() == b"# Rules\n"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.exe", b"x", ".exe files are not read"),
        ("a.md", b"", "it is empty"),
        ("", b"x", "That file is not taken"),
        ("a.txt", b"x" * (MOST_BYTES + 1), "is larger than 25 MiB"),
    ],
)
def test_what_is_refused_leaves_nothing(
    additions: Additions, tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    with pytest.raises(LibraryError, match=message):
        additions.upload(name, data)
    assert files(tmp_path) == []


@given(name=st.text(max_size=300))
def test_no_name_leads_out_of_the_folder(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    folder = tmp_path_factory.mktemp("data")
    try:
        source = Additions(folder).upload(f"{name}.md", b"words").source
    except LibraryError:  # nothing is left of the name but its ending
        assert files(folder) == []
        assert not name.strip("/\\").isalnum()
        return
    assert files(folder) == [f"library/{source}"]
    assert source.startswith("uploads/")
    assert len(source) <= 100
    assert Additions(folder).sources() == [source]


def test_what_was_removed_can_be_put_back_until_its_name_is_taken_or_an_hour_has_passed(
    additions: Additions, tmp_path: Path
) -> None:
    source = additions.upload("rules.md", b"# Rules\n").source
    additions.remove(source)
    assert additions.sources() == []
    with pytest.raises(LibraryError, match="not among what was added"):
        additions.remove(source)
    additions.upload("rules.md", b"# Newer\n")
    with pytest.raises(LibraryError, match="added again"):
        additions.restore(source)
    additions.discard(source)
    additions.restore(source)
    assert (tmp_path / "library" / source).read_bytes() == b"# Rules\n"
    additions.remove(source)
    [removed] = additions.removed().values()
    os.utime(removed, (time.time() - 3700,) * 2)
    with pytest.raises(LibraryError, match="too late"):
        additions.restore(source)
    assert files(tmp_path / "library") == []


def test_nothing_but_what_was_added_can_be_removed(additions: Additions, tmp_path: Path) -> None:
    (tmp_path / "votes.md").write_text("kept")
    additions.upload("rules.md", b"# Rules\n")
    for source in ("uploads/../../votes.md", "../votes.md", "votes.md", "uploads/", "uploads", ""):
        with pytest.raises(LibraryError):
            additions.remove(source)
    assert files(tmp_path) == ["library/uploads/rules.md", "votes.md"]


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("a file is in the way")
    with pytest.raises(LibraryError, match="could not be saved"):
        Additions(tmp_path).upload("rules.md", b"# Rules\n")


CRASH = """
import os, sys
from pathlib import Path
from index.library.additions import Additions

def crashing(real):
    def crash(path, *given, **named):
        real(path, *given, **named)
        if path.suffix == ".md":
            os._exit(9)
    return crash

Path.unlink, Path.rename = crashing(Path.unlink), crashing(Path.rename)
getattr(Additions(Path(sys.argv[1])), sys.argv[2])("uploads/rules.md")
"""


@pytest.mark.parametrize("way", ["remove", "expunge"])
def test_a_crash_after_a_file_has_gone_does_not_lose_that_it_is_to_be_erased(
    additions: Additions, tmp_path: Path, way: str
) -> None:
    additions.upload("rules.md", b"# Rules\n")
    crashed = subprocess.run([sys.executable, "-c", CRASH, str(tmp_path), way], check=False)
    assert crashed.returncode == 9
    assert additions.sources() == []
    assert list(Erasures(tmp_path).pending().values()) == ["uploads/rules.md"]


def test_what_is_in_a_folder_that_cannot_be_listed_is_gone_for_good_or_said_not_to_be(
    additions: Additions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(folder: Path) -> object:
        raise DocumentsError(f"The folder {folder} cannot be read.")

    sources = [additions.keep("bell-1.md", "Ring the second bell."), additions.keep("gate-2.md", "Pull the chain.")]
    monkeypatch.setattr("index.library.additions.walk", unreadable)
    additions.expunge(sources[0])
    assert files(tmp_path / "library") == [sources[1]]
    additions.expunge(sources[0])

    def refused(path: Path, **_: object) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(Path, "unlink", refused)
    with pytest.raises(LibraryError, match="could not be removed"):
        additions.expunge(sources[1])


@pytest.mark.parametrize(
    "source", ["answers/../../votes.sqlite", "answers//votes.sqlite", "answers/", "answers", "discord/a.md", ""]
)
def test_nothing_but_what_was_added_is_removed_for_good(additions: Additions, tmp_path: Path, source: str) -> None:
    additions.keep("bell-1.md", "Ring the second bell.")
    (tmp_path / "votes.sqlite").write_bytes(b"votes")
    with pytest.raises(LibraryError, match="not among what was added"):
        additions.discard(source)
    assert files(tmp_path) == ["library/answers/bell-1.md", "votes.sqlite"]


@pytest.mark.parametrize("is_heeded_before", [True, False])
def test_a_build_that_has_read_a_file_before_it_went_does_not_take_its_note_away(
    tmp_path: Path, *, is_heeded_before: bool
) -> None:
    erasures = Erasures(tmp_path)
    with erasures.noted("uploads/rules.md"):
        read = erasures.pending()
        if is_heeded_before:
            erasures.done(read)
    erasures.done(read)
    assert list(erasures.pending().values()) == ["uploads/rules.md"]


def test_what_is_tried_again_has_one_note_and_a_build_takes_away_only_what_was_noted_before(tmp_path: Path) -> None:
    def refused() -> None:
        with erasures.noted("uploads/rules.md"):
            raise OSError(errno.EBUSY, "Device or resource busy")

    erasures = Erasures(tmp_path)
    seen = list[str]()
    for _ in range(3):
        with pytest.raises(OSError, match="busy"):
            refused()
        seen += erasures.pending()
    assert (len(seen), len(set(seen))) == (3, 3)
    erasures.done(seen[:2])
    assert list(erasures.pending()) == seen[2:]


def test_undoing_is_of_what_was_added_or_removed_and_not_of_another_of_that_name(
    additions: Additions, tmp_path: Path
) -> None:
    source, first = additions.upload("bells.md", b"First.")
    path = tmp_path / "library" / source
    assert additions.remove(source) == first
    additions.restore(source, first)
    assert additions.version(source) == first, "what is put back is the same"
    additions.remove(source, first)
    assert additions.upload("bells.md", b"First.").source == source
    with pytest.raises(LibraryError, match="added anew since: it stays"):
        additions.remove(source, first)
    with pytest.raises(LibraryError, match="added again meanwhile"):
        additions.restore(source, first)
    second = additions.remove(source)
    additions.upload("bells.md", b"Third.")
    additions.remove(source)
    additions.restore(source, second)
    assert path.read_bytes() == b"First."
    with pytest.raises(LibraryError, match="added again meanwhile"):
        additions.restore(source, second)
    additions.remove(source)
    additions.restore(source)
    assert path.read_bytes() == b"First.", "the last removed where none is named"


@pytest.mark.parametrize("failing", [(Path, "rename"), (Erasures, "_anew")])
def test_what_could_not_be_removed_is_the_same_and_can_be_removed_later(
    additions: Additions, monkeypatch: pytest.MonkeyPatch, failing: tuple[type, str]
) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EBUSY, "Device or resource busy")

    source, _ = additions.upload("bells.md", b"Ring.")
    path = additions.path(source)
    assert path is not None
    os.utime(path, (1, 1))
    version = additions.version(source)
    with monkeypatch.context() as held:
        held.setattr(*failing, refused)
        with pytest.raises(LibraryError, match="nothing has changed"):
            additions.remove(source, version)
    assert additions.remove(source, version) == version


def test_files_can_be_removed_from_a_full_disk_and_put_back(
    additions: Additions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = [additions.upload(f"{number}%2F.md", b"Ring.").source for number in range(30)]
    sources += [additions.keep(f"staff/day/bell-{number}.md", "Ring.") for number in range(10)]
    additions.purge()
    real = os.mkdir

    def mkdir(path: Path, *given: int) -> None:
        if not os.path.lexists(path):
            no_space()
        real(path, *given)

    def no_space(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(os, "mkdir", mkdir)
        full.setattr("index.store.erasures._flush", no_space)
        versions = [additions.remove(source) for source in sources]
        again, notes = Additions(tmp_path), Erasures(tmp_path).pending()
        assert (again.sources(), sorted(again.removed()), sorted(notes.values())) == ([], *[sorted(sources)] * 2)
        for source, version in zip(sources, versions, strict=True):
            again.restore(source, version)
            again.remove(source)
            again.restore(source, version)
        assert len(Erasures(tmp_path).pending()) == 40, "what is tried again has one note"
    assert sorted(again.sources()) == sorted(sources)
    assert [again.version(source) for source in sources] == versions
    Erasures(tmp_path).done(Erasures(tmp_path).pending())
    assert Erasures(tmp_path).pending() == {}


def test_nothing_is_reserved_where_nothing_has_been_added(additions: Additions, tmp_path: Path) -> None:
    additions.purge()
    assert not (tmp_path / "library").exists()


def test_each_of_many_answers_is_found_without_listing_the_others(
    additions: Additions, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = additions.keep("bells/bell-1.md", "Ring.")
    monkeypatch.setattr("index.library.additions.walk", None)
    path = additions.path(source)
    assert path is not None
    assert path.read_text() == "Ring."
    for other in (
        "answers/bells/.bell-1.md",
        "answers/bells",
        "answers/bell-2.md",
        "answers/../answers/bells/bell-1.md",
    ):
        assert additions.path(other) is None


def test_answers_are_undone_by_name_whatever_they_say_by_now(additions: Additions) -> None:
    source = additions.keep("bell-1.md", "Ring.")
    assert additions.version(source) is None
    additions.rewrite(source, "Ring twice.")
    assert additions.remove(source, additions.version(source)) is None
    additions.restore(source)


class Meanwhile:
    """Has another thread do something in the midst of what is done, and waits for that as long as it can go on."""

    def __init__(self) -> None:
        self._threads: list[threading.Thread] = []

    def after(self, real: Callable[..., Any], other: Callable[[], object]) -> Callable[..., Any]:
        def both(*given: Any, **named: Any) -> Any:
            result = real(*given, **named)
            if not self._threads:
                self._threads.append(threading.Thread(target=lambda: self._done(other)))
                self._threads[0].start()
                self._threads[0].join(0.5)
            return result

        return both

    def end(self) -> None:
        [thread] = self._threads
        thread.join()

    @staticmethod
    def _done(other: Callable[[], object]) -> None:
        with contextlib.suppress(LibraryError):
            other()


def test_what_is_being_removed_is_not_purged(additions: Additions, monkeypatch: pytest.MonkeyPatch) -> None:
    source, meanwhile = additions.upload("rules.md", b"# Rules\n").source, Meanwhile()
    monkeypatch.setattr(os, "utime", meanwhile.after(os.utime, additions.purge))
    additions.remove(source)
    meanwhile.end()
    assert list(additions.removed()) == [source]


def test_what_is_gone_for_good_is_put_back_by_nobody_at_the_same_time(
    additions: Additions, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, meanwhile = additions.upload("rules.md", b"# Rules\n").source, Meanwhile()
    additions.remove(source)
    monkeypatch.setattr(additions, "discard", meanwhile.after(additions.discard, lambda: additions.restore(source)))
    additions.expunge(source)
    meanwhile.end()
    assert (additions.sources(), additions.removed()) == ([], {})


def test_what_is_gone_for_good_does_not_come_back_with_other_words(
    additions: Additions, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, meanwhile = additions.keep("bell-1.md", "Ring the second bell."), Meanwhile()
    monkeypatch.setattr(os, "fsync", meanwhile.after(os.fsync, lambda: additions.expunge(source)))
    with contextlib.suppress(LibraryError):
        additions.rewrite(source, "Ring the third bell.")
    meanwhile.end()
    assert additions.sources() == []


def test_a_path_that_is_too_long_for_a_name_is_put_aside_as_it_is(additions: Additions, tmp_path: Path) -> None:
    source = additions.keep(f"{'staff/' * 40}bell-1.md", "Ring.")
    additions.remove(source)
    assert list(Additions(tmp_path).removed()) == [source]
    additions.restore(source)
    assert additions.sources() == [source]
    additions.purge()
    assert list((tmp_path / "library" / ".removed").iterdir()) == []


def test_what_an_earlier_version_has_put_aside_is_put_back(additions: Additions, tmp_path: Path) -> None:
    aside = tmp_path / "library" / ".removed" / "0123456789abcdef-17" / "uploads"
    aside.mkdir(parents=True)
    (aside / "2024-7-bells.md").write_text("Ring.")
    (tmp_path / "library" / "uploads").mkdir()
    assert additions.restore("uploads/2024-7-bells.md", 17) == 17
    assert additions.sources() == ["uploads/2024-7-bells.md"]


def test_what_is_no_file_among_what_was_removed_keeps_nothing_else(additions: Additions, tmp_path: Path) -> None:
    """Such as a link to what is gone, or something that goes while it is looked at."""
    aside = tmp_path / "library" / ".removed"
    (aside / "2-long" / "uploads").mkdir(parents=True)
    for link in (aside / "1--uploads%2Fgone.md", aside / "2-long" / "uploads" / "gone.md"):
        link.symlink_to("nowhere.md")
    os.mkfifo(aside / "3--uploads%2Fpipe.md")
    source = additions.upload("bells.md", b"Ring.").source
    additions.purge()
    additions.remove(source)
    assert list(additions.removed()) == [source]
    additions.restore(source)
    assert additions.sources() == [source]
