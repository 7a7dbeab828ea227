"""What is removed is quoted no more, though it could not be removed from the disk yet."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from bot.access.removed import removed
from bot.access.rules import seen
from bot.channels.channels import Channels
from bot.channels.records import Kind, Line, Watched
from bot.handlers.sites import _remove
from index.errors import ConnectorError, LibraryError
from index.library.additions import Additions
from index.library.connectors.connectors import Connectors
from index.library.connectors.place import Place
from index.store.erasures import Erasures

WATCHED = Watched(72, 71, Kind.TEXT, "notes")


def refused(*_: object, **__: object) -> None:
    raise OSError(errno.EBUSY, "Device or resource busy")


def shown(data: Path, source: str) -> bool:
    return seen([source], removed(data, data / "documents")) == [source]


def read(channels: Channels) -> None:
    channels.watch(WATCHED)
    with channels.store.reading() as reading:
        channels.store.add_page(WATCHED.channel, [Line(1, 72, "2026-01-02", b"ada", "a member", "Ring.")], 1, reading)
    channels.write()


def test_a_channel_that_could_not_be_removed_is_closed_until_it_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    channels, source = Channels(tmp_path), "discord/71/72/2026-01-02.md"
    read(channels)
    assert shown(tmp_path, source)
    with monkeypatch.context() as held:
        held.setattr(shutil, "rmtree", refused)
        assert not channels.drop(WATCHED)
    assert (tmp_path / "library" / source).exists()
    assert not shown(tmp_path, source)
    channels.reconcile()
    assert not shown(tmp_path, source)
    read(channels)
    assert shown(tmp_path, source)


def test_an_answer_that_could_not_be_removed_for_good_is_closed_until_it_is_kept_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    additions = Additions(tmp_path)
    source = additions.keep("bell-1.md", "Ring the bell.")
    with monkeypatch.context() as held:
        held.setattr(Path, "unlink", refused)
        with pytest.raises(LibraryError):
            additions.expunge(source)
    assert not shown(tmp_path, source)
    (tmp_path / "library" / source).unlink()
    additions.keep("bell-1.md", "Ring the second bell.")
    assert shown(tmp_path, source)


def test_a_file_of_which_it_was_said_that_it_stays_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    additions = Additions(tmp_path)
    source = additions.upload("bells.md", b"Ring.").source
    with monkeypatch.context() as held:
        held.setattr(Path, "rename", refused)
        with pytest.raises(LibraryError, match="nothing has changed"):
            additions.remove(source)
    assert shown(tmp_path, source)


def test_a_site_that_is_being_read_is_closed_once_it_is_removed(tmp_path: Path) -> None:
    file, pages = tmp_path / "connectors.toml", tmp_path / "pages"
    pages.mkdir()
    (pages / "bells.md").write_text("Ring.")
    connectors = Connectors([file, tmp_path / "kept.toml"], tmp_path / "library")
    connectors.add("wiki", {"kind": "web", "location": "https://example.org/"}, kept=True)
    place = Place(tmp_path / "library", "wiki")
    run = place.new_run()
    (run / "bells.md").write_text("Ring.")
    place.use(run)
    place.note_kept(True)
    assert shown(tmp_path, "wiki/bells.md")
    with place.lock():
        assert not _remove(connectors, "wiki"), "it is told that it goes later, and not that it stays"
        with pytest.raises(ConnectorError, match="no connector wiki"):
            _remove(Connectors([file], tmp_path / "elsewhere"), "wiki")
    assert "wiki" not in connectors.configured()
    assert (tmp_path / "library" / "wiki" / "bells.md").exists()
    assert not shown(tmp_path, "wiki/bells.md")
    assert list(connectors.prune()) == ["wiki"]
    assert not (tmp_path / "library" / "wiki").exists()


def test_a_file_that_cannot_be_noted_as_removed_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    additions = Additions(tmp_path)
    source = additions.upload("bells.md", b"Ring.").source
    with monkeypatch.context() as held:
        held.setattr(Erasures, "_write", refused)
        with pytest.raises(LibraryError, match="nothing has changed"):
            additions.remove(source)
    assert additions.sources() == [source]
    assert shown(tmp_path, source)


def test_what_cannot_be_looked_at_or_read_opens_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    erasures, real = Erasures(tmp_path), Path.stat
    for source in ("uploads/gone.md", "discord/71/72"):
        erasures.note(source)
    (tmp_path / "erasures" / "0").mkdir()

    def stat(path: Path, **given: bool) -> os.stat_result:
        if "discord" in path.parts:
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path, **given)

    monkeypatch.setattr(Path, "stat", stat)
    assert not shown(tmp_path, "uploads/gone.md")
    assert not shown(tmp_path, "discord/71/72/2026-01-02.md")
    assert shown(tmp_path, "uploads/other.md")


def test_an_answer_that_is_to_go_stays_closed_when_it_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    additions, erasures = Additions(tmp_path), Erasures(tmp_path)
    source = additions.keep("bell-1.md", "Ring the bell.")
    with monkeypatch.context() as held:
        held.setattr(Path, "unlink", refused)
        with pytest.raises(LibraryError):
            additions.expunge(source)
    additions.remove(source)
    erasures.done(erasures.pending())
    additions.restore(source)
    assert not shown(tmp_path, source)
    additions.expunge(source)
    erasures.done(erasures.pending())
    assert not erasures.pending()
    additions.keep("bell-1.md", "Ring the second bell.")
    assert shown(tmp_path, source)


def test_what_the_documents_folder_has_of_its_own_is_shown_though_a_site_of_that_name_could_not_be_removed(
    tmp_path: Path,
) -> None:
    with pytest.raises(OSError, match="busy"), Erasures(tmp_path).noted("wiki", closing=True):
        refused()
    assert not shown(tmp_path, "wiki/bells.md"), "though the documents folder is missing"
    (tmp_path / "documents" / "Wiki").mkdir(parents=True)
    assert shown(tmp_path, "wiki/bells.md")
