"""The folder that is played in: made of links, kept up to date, and nothing of the user's is ever touched."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import pytest_asyncio

from bot.playground.borrowed import borrow, has_index
from bot.playground.mirror import Mirror
from bot.playground.running import Running
from bot.playground.workspace import workspace
from bot.settings import Settings
from index.errors import BuildError, DocumentsError
from index.store.disk.shelf import Shelf

from .browser import Browser, buttons, text


def snapshot(folder: Path) -> dict[str, tuple[str, int]]:
    """Return what is in every file of a folder, with when it was written; what is played with aside."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and ".playground" not in path.parts]
    return {
        path.relative_to(folder).as_posix(): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
        )
        for path in files
    }


def sources(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def original(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.md").write_text("a")
    (folder / "deep" / "b.txt").write_text("b")
    (folder / "picture.png").write_bytes(b"png")
    (folder / ".hidden.md").write_text("hidden")
    return folder


def test_documents_are_mirrored_by_links(original: Path, tmp_path: Path) -> None:
    mirror = Mirror(original, tmp_path / "mirror")
    mirror.sync()
    assert sources(mirror.folder) == ["a.md", "deep/b.txt"]
    assert (mirror.folder / "a.md").samefile(original / "a.md")
    assert mirror.documents == ("a.md", "deep/b.txt")


def test_whatever_changes_in_the_original_is_followed(original: Path, tmp_path: Path) -> None:
    """In place, by a file put in its place, added, removed, a folder where a file was, and the other way round."""
    mirror = Mirror(original, tmp_path / "mirror")
    mirror.sync()
    (original / "a.md").write_text("changed in place")
    new = original / "new"
    new.write_text("put in its place")
    new.replace(original / "deep" / "b.txt")
    (original / "c.md").write_text("c")
    mirror.sync()
    assert sources(mirror.folder) == ["a.md", "c.md", "deep/b.txt"]
    assert (mirror.folder / "a.md").read_text() == "changed in place"
    assert (mirror.folder / "deep" / "b.txt").read_text() == "put in its place"
    (original / "c.md").unlink()
    (original / "a.md").unlink()
    (original / "a.md").mkdir()
    (original / "a.md" / "x.md").write_text("x")
    shutil.rmtree(original / "deep")
    mirror.sync()
    assert sources(mirror.folder) == ["a.md/x.md"]
    shutil.rmtree(original / "a.md")
    (original / "a.md").write_text("a file again")
    mirror.sync()
    assert sources(mirror.folder) == ["a.md"]
    assert (mirror.folder / "a.md").read_text() == "a file again"


def test_what_was_dropped_stays_and_never_gets_to_the_original(original: Path, tmp_path: Path) -> None:
    mirror = Mirror(original, tmp_path / "mirror")
    mirror.sync()
    dropped = mirror.folder / "dropped" / "d.md"
    dropped.parent.mkdir()
    dropped.write_text("dropped")
    mirror.keep(dropped)
    before = sources(original)
    mirror.sync()
    assert (dropped.read_text(), sources(original)) == ("dropped", before)
    (original / "dropped").mkdir()
    (original / "dropped" / "d.md").write_text("the user's own")
    (original / "dropped" / "e.md").write_text("the user's own")
    mirror.sync()
    assert dropped.read_text() == "dropped"
    assert (mirror.folder / "dropped" / "e.md").read_text() == "the user's own"


def test_links_among_the_documents_are_followed_as_a_build_follows_them(original: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text("outside")
    (original / "inside.md").symlink_to(original / "a.md")
    (original / "out.md").symlink_to(tmp_path / "outside.md")
    (original / "away.md").symlink_to(original / "nowhere.md")
    mirror = Mirror(original, tmp_path / "mirror")
    mirror.sync()
    assert sources(mirror.folder) == ["a.md", "deep/b.txt", "inside.md"]


def test_where_links_cannot_be_made_files_are_copied(
    original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As across file systems: a copy is not taken anew for as long as it is as new as the original."""

    def refuse(*_: object) -> None:
        raise OSError("Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    mirror = Mirror(original, tmp_path / "mirror")
    mirror.sync()
    copy = mirror.folder / "a.md"
    taken = copy.stat()
    mirror.sync()
    assert os.path.samestat(copy.stat(), taken)
    assert copy.stat().st_ctime_ns == taken.st_ctime_ns
    assert copy.read_text() == "a"
    assert not copy.samefile(original / "a.md")
    (original / "a.md").write_text("changed")
    mirror.sync()
    assert copy.read_text() == "changed"


def test_a_workspace_is_removed_at_the_end(original: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with workspace(original, data) as place:
        assert place.folder.is_relative_to(data)
        assert sources(place.mirror.folder) == ["a.md", "deep/b.txt"]
        with workspace(original, data) as other:
            assert other.folder != place.folder
            assert place.folder.is_dir()
        assert place.folder.is_dir()
    assert list(data.iterdir()) == []
    with pytest.raises(ZeroDivisionError), workspace(original, data):
        raise ZeroDivisionError
    assert list(data.iterdir()) == []


def test_where_the_data_lies_among_the_documents_nothing_is_mirrored_twice(original: Path) -> None:
    for _ in range(2):
        with workspace(original, original / "data") as place:
            assert sources(place.mirror.folder) == ["a.md", "deep/b.txt"]
            place.mirror.sync()
            assert sources(place.mirror.folder) == ["a.md", "deep/b.txt"]


def test_what_quoth_keeps_among_the_documents_is_not_mirrored(original: Path, tmp_path: Path) -> None:
    data = original / "data"
    data.mkdir()
    (data / "manifest.json").write_text('{"folder": "/srv"}')
    mirror = Mirror(original, tmp_path / "mirror", data=data)
    mirror.sync()
    assert sources(mirror.folder) == ["a.md", "deep/b.txt"]


def test_what_a_killed_process_left_is_removed_by_the_next(original: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    program = (
        "import sys, time\nfrom pathlib import Path\nfrom bot.playground.workspace import workspace\n"
        "with workspace(Path(sys.argv[1]), Path(sys.argv[2])) as place:\n"
        "    print(place.folder, flush=True)\n    time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(original), str(data)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        left = Path(process.stdout.readline().strip())
        with workspace(original, data):
            assert left.is_dir(), "it is in use"
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert left.is_dir()
    with workspace(original, data) as place:
        assert [path.name for path in place.folder.parent.iterdir() if path.is_dir()] == [place.folder.name]
    assert list(data.iterdir()) == []


def test_what_cannot_be_begun_is_one_sentence(original: Path, tmp_path: Path) -> None:
    with pytest.raises(DocumentsError, match="There is no folder"), workspace(tmp_path / "none", tmp_path / "data"):
        pass
    assert not (tmp_path / "data" / ".playground").exists()
    with pytest.raises(BuildError, match="set QUOTH_DATA"), workspace(original, original / "a.md"):
        pass


def test_an_index_is_borrowed_by_links(chosen: Settings, running: Running, tmp_path: Path) -> None:
    lent = Shelf(chosen.data)
    before = snapshot(chosen.data)
    left = tmp_path / "generations" / lent.current() / "left"  # by one that was broken off
    left.mkdir(parents=True)
    assert not has_index(tmp_path)
    borrow(chosen.data, tmp_path)
    assert has_index(tmp_path)
    assert not left.exists()
    mine = Shelf(tmp_path)
    assert (mine.current(), mine.names()) == (lent.current(), lent.names())
    for path in lent.place().rglob("*"):
        there = mine.place() / path.relative_to(lent.place())
        assert path.is_dir() or path.samefile(there)
    assert sources(tmp_path) == [name for name in sources(tmp_path) if name.startswith(("CURRENT", "generations/"))]
    (tmp_path / "votes.sqlite").touch()
    shutil.rmtree(tmp_path)
    assert snapshot(chosen.data) == before
    assert running.game.workspace.data != chosen.data


@pytest_asyncio.fixture(loop_scope="session")
async def played(ada: Browser) -> None:
    """Somebody asks and votes."""
    general = ada.id_of("general")
    answer = await ada.ask("When does the bakery open?")
    up = {"channel": general, "message": answer["id"], "custom_id": buttons(answer["components"])["👍"]}
    voted = (await ada.do("click", **up))["interaction"]
    assert "noted" in text(await ada.answer(voted))


@pytest.mark.asyncio(loop_scope="session")
async def test_playing_touches_nothing_of_the_users(
    played: None, mo: Browser, running: Running, chosen: Settings
) -> None:
    """Votes, journal and rebuilds are of the game; a document that is edited meanwhile is seen by the next rebuild."""
    del played
    before = snapshot(chosen.data)
    assert not {"votes.sqlite", "journal.sqlite"} & set(before)
    assert (running.game.workspace.data / "votes.sqlite").exists()
    (chosen.documents / "pool.md").write_text("# Pool\n\nThe pool is closed on Mondays.\n")
    try:
        moderators = mo.id_of("moderators")
        used = (await mo.do("slash", channel=moderators, command="index status"))["interaction"]
        assert "pool.md" in text(await mo.answer(used))
        used = (await mo.do("slash", channel=moderators, command="index rebuild"))["interaction"]

        def is_done(push: dict[str, object]) -> bool:
            payload = json.dumps(push)
            return push.get("event") == "changed" and used in payload and "- Pool" in payload

        await mo.hear(is_done, 300)
        assert "Mondays" in text(await mo.ask("When is the pool closed?"))
        assert snapshot(chosen.data) == before
        assert (running.game.workspace.data / "CURRENT").read_text() != (chosen.data / "CURRENT").read_text()
        used = (await mo.do("slash", channel=moderators, command="index rollback"))["interaction"]
        await mo.answer(used)
        assert snapshot(chosen.data) == before
        assert not mo.events("progress"), "nothing was dropped"
    finally:
        (chosen.documents / "pool.md").unlink()
