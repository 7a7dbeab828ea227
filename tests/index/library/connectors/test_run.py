"""A run changes everything or nothing, fetches only what is new, and goes on where it was interrupted."""

from __future__ import annotations

import contextlib
import errno
import importlib
import json
import os
import re
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from index.errors import ConnectorError
from index.library.connectors.connectors import Connectors
from index.library.connectors.place import Place
from index.library.connectors.protocol import Item, Known, Listed, Notice, Skipped
from index.library.connectors.run import Limits, run
from index.library.connectors.state import State
from index.library.library import Library
from index.store.erasures import Erasures, closes
from tests.index.library.connectors.conftest import held
from tests.paths import ROOT


class Shelf:
    """A connector over a table: what it holds, what was fetched of it, and after how many documents it breaks."""

    def __init__(self, **documents: str) -> None:
        self.documents = {f"{name}.md": text for name, text in documents.items()}
        self.more: list[Listed] = []
        self.fetched: list[str] = []
        self.breaks_after = 1000

    def list(self, _: Known) -> Iterable[Listed]:
        for name, text in self.documents.items():
            yield Item(name, str(hash(text)), f"https://example.org/{name}", "2031-05-03")
        yield from self.more

    def fetch(self, item: Item) -> bytes:
        if len(self.fetched) >= self.breaks_after:
            raise ConnectionResetError(104, "Connection reset by peer")
        self.fetched.append(item.name)
        return self.documents[item.name].encode()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "library", "shelf")


def contents(place: Place) -> dict[str, str]:
    files = (path for path in place.root.rglob("*.md") if path.is_file())
    return {path.relative_to(place.root).as_posix(): path.read_text() for path in files}


def test_only_what_is_new_is_fetched_and_what_is_gone_is_removed(place: Place) -> None:
    shelf = Shelf(a="one", b="two", c="three")
    state = run(shelf, place, Limits())
    assert (state.documents, state.added, state.failed, state.error) == (3, 3, 0, None)
    shelf.documents = {"a.md": "one", "b.md": "other", "d.md": "four"}
    state = run(shelf, place, Limits())
    assert (state.documents, state.added, state.changed, state.removed) == (3, 1, 1, 1)
    assert contents(place) == shelf.documents
    assert shelf.fetched == ["a.md", "b.md", "c.md", "b.md", "d.md"]
    assert not run(shelf, place, Limits()).is_news
    assert len(shelf.fetched) == 5


def test_a_run_that_fails_changes_nothing_and_the_next_goes_on_from_there(place: Place) -> None:
    shelf = Shelf(a="one", b="two")
    run(shelf, place, Limits())
    shelf.documents = {"a.md": "new one", "b.md": "new two", "c.md": "new three"}
    shelf.breaks_after = 4
    state = run(shelf, place, Limits())
    assert state.error == "What it reads cannot be reached (Connection reset by peer): nothing has changed."
    assert contents(place) == {"a.md": "one", "b.md": "two"}
    assert state.documents == 2, "the figures are those of the run before"
    shelf.breaks_after = 1000
    assert run(shelf, place, Limits()).changed == 2
    assert contents(place) == shelf.documents
    assert shelf.fetched[2:] == ["a.md", "b.md", "c.md"], "none twice"


def test_what_cannot_be_reached_now_stays_and_what_is_gone_does_not(place: Place) -> None:
    shelf = Shelf(a="one", b="two")
    run(shelf, place, Limits())
    shelf.documents = {"c.md": "three"}
    shelf.more = [Skipped("a.md", "answers 500", keep=True), Skipped("b.md", "is gone"), Notice("Hear, hear.")]
    state = run(shelf, place, Limits())
    assert contents(place) == {"a.md": "one", "c.md": "three"}
    assert [(failure.name, failure.reason) for failure in state.failures] == [
        ("a.md", "answers 500"),
        ("b.md", "is gone"),
    ]
    assert state.notices == ("Hear, hear.",)


def test_nothing_at_all_is_a_failure(place: Place) -> None:
    shelf = Shelf(a="one")
    run(shelf, place, Limits())
    shelf.documents = {}
    shelf.more = [Skipped("a.md", "is gone")]
    assert "There is no document to fetch (a.md: is gone)" in (run(shelf, place, Limits()).error or "")
    assert contents(place) == {"a.md": "one"}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../out.md", "leads out of its folder"),
        ("/etc/a.md", "leads out of its folder"),
        ("a//b.md", "leads out of its folder"),
        (".hidden/a.md", "begins with a dot"),
        ("a.exe", "`.exe` files are not read"),
        (f"{'x' * 300}.md", "too long"),
        ("a\nb.md", "cannot be shown"),
        ("caf\udce9.md", "cannot be shown"),
        ("a.md", "listed twice"),
        ("a.md/b.md", "called as a folder"),
    ],
)
def test_names_that_cannot_stand_in_a_folder_are_told(place: Place, name: str, reason: str) -> None:
    shelf = Shelf(a="one")
    shelf.more = [Item(name, "1")]
    state = run(shelf, place, Limits())
    assert contents(place) == {"a.md": "one"}
    assert [reason in failure.reason for failure in state.failures] == [True]


def test_a_connector_of_others_that_breaks_is_told_and_changes_nothing(place: Place) -> None:
    run(Shelf(a="one"), place, Limits())

    class Broken(Shelf):
        def fetch(self, _: Item) -> bytes:
            raise ValueError("Expecting value: caf\udce9")

    state = run(Broken(a="two", b="two"), place, Limits())
    assert state.error == "It failed (ValueError: Expecting value: caf?): nothing has changed."
    assert (contents(place), state.documents) == ({"a.md": "one"}, 1)


def test_limits(place: Place) -> None:
    shelf = Shelf(**{f"d{number:02}": "words" for number in range(20)}, large="x" * 2000)
    state = run(shelf, place, Limits(documents=10, bytes=1000))
    assert state.documents == 10
    assert "more than 10 documents" in state.failures[0].reason
    state = run(Shelf(large="x" * 2000, small="x"), place, Limits(bytes=1000))
    assert state.failures[0].reason == "is larger than 1000 bytes: split it into smaller files"
    state = run(shelf, place, Limits(seconds=0))
    assert "longer than 0 minutes" in (state.error or "")


def test_a_full_disk_is_told_and_changes_nothing(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf(a="one", b="two")
    run(shelf, place, Limits())
    shelf.documents["a.md"] = "other"

    def full(*_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    for where in ("write_bytes", "symlink_to", "mkdir"):
        with monkeypatch.context() as patch:
            patch.setattr(Path, where, full)
            with contextlib.suppress(ConnectorError):  # not even a place to begin in
                assert run(shelf, place, Limits()).error == "The disk is full: nothing has changed."
        assert contents(place) == {"a.md": "one", "b.md": "two"}
    assert run(shelf, place, Limits()).changed == 1


def test_one_run_at_a_time(place: Place) -> None:
    with place.lock(), pytest.raises(ConnectorError, match="being refreshed already"):
        run(Shelf(a="one"), place, Limits())


def test_addresses_go_with_the_files_and_the_index_notes_when_one_changes(place: Place, tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    run(Shelf(a="one"), place, Limits())
    library = Library(tmp_path / "documents", {"shelf": place.root})
    [file] = library.listing().files
    assert (file.source, file.url) == ("shelf/a.md", "https://example.org/a.md")


# What other packages bring


class Wiki(BaseHTTPRequestHandler):
    """The wiki of the example in CONTRIBUTING.md."""

    pages: dict[str, tuple[str, str, bytes]] = {}  # noqa: RUF012 -- set anew for each test
    asked: list[str] = []  # noqa: RUF012 -- likewise

    def do_GET(self) -> None:
        Wiki.asked.append(self.path)
        listing = [
            {"id": name, "changed": changed, "space": space, "draft": name == "draft"}
            for name, (changed, space, _) in Wiki.pages.items()
        ]
        name = self.path[1:].removesuffix(".md")
        body = json.dumps(listing).encode() if self.path == "/pages.json" else Wiki.pages[name][2]
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its name in the standard library
        pass


@pytest.fixture
def wiki(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """The address of a wiki; the package of the example is installed, with its entry point."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    code, *_ = re.findall(r'```python\n("""Pages of a wiki.*?)```', text, re.DOTALL)
    _, entry = re.findall(r'```toml\n\[project\.entry-points\."(quoth\.connectors)"\]\n(.*?)\n```', text)[0]
    site = tmp_path / "site"
    (site / "our_wiki-1.dist-info").mkdir(parents=True)
    (site / "our_wiki.py").write_text(code)
    (site / "our_wiki-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: our-wiki\nVersion: 1\n")
    declared = f"[quoth.connectors]\n{entry.replace(chr(34), '')}\n"
    (site / "our_wiki-1.dist-info" / "entry_points.txt").write_text(declared)
    monkeypatch.syspath_prepend(str(site))
    importlib.invalidate_caches()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Wiki)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    sys.modules.pop("our_wiki", None)


def test_the_example_of_a_connector_works(connectors: Connectors, wiki: str) -> None:
    Wiki.pages = {
        "bells": ("1", "main", b"# Bells\n\nRing the second bell.\n"),
        "draft": ("1", "main", b"x"),
        "other": ("1", "side", b"x"),
        "empty": ("1", "main", b""),
    }
    connectors.add("wiki", {"kind": "notes", "location": wiki})
    state = connectors.refresh("wiki")
    assert held(connectors, "wiki") == {"bells.md": b"# Bells\n\nRing the second bell.\n"}
    assert {failure.name: failure.reason for failure in state.failures} == {
        "draft.md": "is a draft",
        "empty.md": "has been emptied",
    }
    assert connectors.items("wiki")["bells.md"].url == f"{wiki}/bells"
    Wiki.asked = []
    Wiki.pages["bells"] = ("2", "main", b"# Bells\n\nRing the third bell.\n")
    del Wiki.pages["empty"]
    assert connectors.refresh("wiki").changed == 1
    assert Wiki.asked == ["/pages.json", "/bells.md"]
    with pytest.raises(ConnectorError, match="no option `spce` here"):
        connectors.add("more", {"kind": "notes", "location": wiki, "spce": "side"})


def test_a_run_is_undone_once_until_the_next_and_never_another(tmp_path: Path, place: Place) -> None:
    connectors, shelf = Connectors([tmp_path / "connectors.toml"], tmp_path / "library"), Shelf(a="one")
    runs = []
    for text in ("one", "two", "three"):
        shelf.documents = {"a.md": text, f"{text}.md": text}
        state = run(shelf, place, Limits())
        runs.append(connectors.in_use("shelf") or 0)
        assert state.run == runs[-1]
        assert connectors.can_go_back("shelf") == (text != "one"), "before the first there was none"
    assert connectors.go_back("shelf", runs[1]) is None, "it is not the last"
    assert connectors.go_back("shelf", runs[2]) == 2
    assert contents(place) == {"a.md": "two", "two.md": "two"}
    assert connectors.state("shelf").documents == 2
    assert not connectors.state("shelf").is_news
    assert [connectors.go_back("shelf", number) for number in runs] == [None] * 3
    assert (run(shelf, place, Limits()).added, contents(place)) == (1, shelf.documents)
    assert connectors.go_back("shelf", connectors.in_use("shelf") or 0) == 2
    assert contents(place) == {"a.md": "two", "two.md": "two"}
    assert len(list(place.runs.iterdir())) == 2


def test_a_connector_that_is_no_longer_set_up_leaves_nothing(connectors: Connectors, wiki: str, tmp_path: Path) -> None:
    Wiki.pages = {"bells": ("1", "main", b"Ring.")}
    connectors.add("wiki", {"kind": "notes", "location": wiki})
    connectors.refresh("wiki")
    assert [item.name for item in connectors.test("wiki") if isinstance(item, Item)] == ["bells.md"]
    settled(tmp_path / "connectors.toml", "# none is wanted\n")
    assert connectors.roots() == {}
    assert list(connectors.prune()) == ["wiki"]
    left = [path.name for path in (tmp_path / "library").rglob("*") if path.is_file()]
    assert left == [".connectors.lock"]


def settled(file: Path, text: str) -> None:
    """Write a file that counts as written: a while ago."""
    file.write_text(text)
    os.utime(file, (time.time() - 60, time.time() - 60))


def test_what_was_fetched_goes_only_where_a_whole_file_names_its_connector_no_more(tmp_path: Path, wiki: str) -> None:
    Wiki.pages = {"bells": ("1", "main", b"Ring.")}
    folder, library = tmp_path / "config", tmp_path / "library"
    connectors = Connectors([folder / "connectors.toml", library / "connectors.toml"], library)
    connectors.add("wiki", {"kind": "notes", "location": wiki})
    connectors.add("other", {"kind": "notes", "location": wiki})
    connectors.add("site", {"kind": "notes", "location": wiki}, kept=True)
    for name in ("wiki", "other", "site"):
        connectors.refresh(name)
    file, kept = folder / "connectors.toml", library / "connectors.toml"
    text = file.read_text()

    def left_after_a_look() -> list[str]:
        assert list(connectors.prune()) == []
        assert set(connectors.roots()) == {"wiki", "other", "site"}
        return connectors.left()

    folder.rename(tmp_path / "away")
    assert left_after_a_look() == ["other", "wiki"], "the folder may be one that is replaced, or not mounted"
    folder.mkdir()
    assert left_after_a_look() == ["other", "wiki"], "the file may be on its way"
    settled(file, " \n")
    assert left_after_a_look() == ["other", "wiki"], "the disk may have been full"
    file.write_text(text[: text.index("[other]")])
    assert left_after_a_look() == ["other"], "it may be half written"
    settled(file, text)
    kept.rename(tmp_path / "kept")
    assert left_after_a_look() == ["site"], "the other file never named it"
    (tmp_path / "kept").rename(kept)
    settled(file, text[: text.index("[other]")])
    assert (list(connectors.prune()), connectors.left()) == (["other"], [])
    file.unlink()
    assert connectors.left() == ["wiki"]
    connectors.remove("wiki")
    assert list(connectors.roots()) == ["site"]
    settled(kept, "")
    assert list(connectors.prune()) == ["site"], "the bot writes that one whole"
    assert not any((library / name).exists() for name in ("wiki", "other", "site"))
    assert not list((library / ".connectors").iterdir())


@pytest.mark.parametrize("kept", [True, False])
def test_what_went_while_the_disk_was_full_is_noted_by_the_next_look(
    tmp_path: Path, wiki: str, monkeypatch: pytest.MonkeyPatch, *, kept: bool
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    Wiki.pages = {"bells": ("1", "main", b"Ring.")}
    library = tmp_path / "library"
    connectors = Connectors([tmp_path / "connectors.toml", library / "connectors.toml"], library)
    settled(tmp_path / "connectors.toml", " \n" if kept else "# none is wanted\n")
    connectors.add("wiki", {"kind": "notes", "location": wiki}, kept=kept)
    connectors.refresh("wiki")
    with monkeypatch.context() as held:
        held.setattr(Erasures, "_write", full)
        with pytest.raises(ConnectorError, match="the disk is full"):
            connectors.remove("wiki", for_good=True)
    settled(tmp_path / "connectors.toml", " \n" if kept else "# none is wanted\n")
    settled(library / "connectors.toml", "")
    assert not (library / "wiki").exists()
    afresh = Connectors([tmp_path / "connectors.toml", library / "connectors.toml"], library)
    assert list(afresh.prune()) == ["wiki"]
    assert list(Erasures(tmp_path).pending().values()) == ["wiki"]
    assert list(afresh.prune()) == []


def test_what_cannot_be_removed_is_told_keeps_nothing_else_and_goes_later(tmp_path: Path, wiki: str) -> None:
    Wiki.pages = {"bells": ("1", "main", b"Ring.")}
    connectors = Connectors([tmp_path / "connectors.toml"], tmp_path / "library")
    for name in ("one", "two"):
        connectors.add(name, {"kind": "notes", "location": wiki})
        connectors.refresh(name)
    settled(tmp_path / "connectors.toml", "# none is wanted\n")
    runs = tmp_path / "library" / ".connectors" / "one" / "runs"
    runs.rename(runs.with_name("held"))
    runs.write_text("in the way of what removes folders")
    gone: list[str] = []
    with pytest.raises(ConnectorError, match=r"one has fetched could not be removed \(.+\): that is tried again"):
        gone.extend(connectors.prune())
    assert gone == ["two"]
    runs.unlink()
    assert list(connectors.prune()) == ["one"]
    assert not list((tmp_path / "library" / ".connectors").iterdir())


@pytest.mark.parametrize("kept", [True, False])
def test_a_connector_whose_documents_could_not_be_removed_goes_later_though_no_file_is_left(
    tmp_path: Path, wiki: str, *, kept: bool
) -> None:
    Wiki.pages = {"bells": ("1", "main", b"Ring.")}
    library = tmp_path / "library"
    connectors = Connectors([tmp_path / "connectors.toml", library / "connectors.toml"], library)
    connectors.add("wiki", {"kind": "notes", "location": wiki}, kept=kept)
    connectors.refresh("wiki")
    (library / ".connectors" / "wiki" / "kept").unlink(missing_ok=True)  # as it was fetched before that was noted
    runs = library / ".connectors" / "wiki" / "runs"
    runs.rename(runs.with_name("held"))
    runs.write_text("in the way of what removes folders")
    with pytest.raises(ConnectorError, match="could not be removed"):
        connectors.remove("wiki")
    runs.unlink()
    assert (connectors.left(), connectors.roots()) == ([], {})
    (tmp_path / "connectors.toml").write_text("[wiki")
    assert connectors.roots() == {}
    (tmp_path / "connectors.toml").unlink()
    assert list(connectors.prune()) == ["wiki"]
    assert not list((library / ".connectors").iterdir())


def test_one_that_is_removed_while_it_runs_goes_after_that_and_can_be_removed_again(
    connectors: Connectors, tmp_path: Path, wiki: str
) -> None:
    Wiki.pages = {"bells": ("1", "main", b"Ring.")}
    for _ in range(2):
        connectors.add("wiki", {"kind": "notes", "location": wiki})
        connectors.refresh("wiki")
        with (
            Place(tmp_path / "library", "wiki").lock(),
            pytest.raises(ConnectorError, match="wiki is being refreshed already"),
        ):
            connectors.remove("wiki")
        assert (tmp_path / "connectors.toml").read_text() == "\n"
        assert (connectors.left(), connectors.roots()) == ([], {})
        connectors.add("wiki", {"kind": "notes", "location": wiki})
        connectors.refresh("wiki")
        (tmp_path / "connectors.toml").write_text("\n")
        assert (connectors.left(), list(connectors.prune())) == (["wiki"], []), "it was set up again, and has run"
        connectors.remove("wiki")
        assert not list((tmp_path / "library" / ".connectors").iterdir())
    with pytest.raises(ConnectorError, match="There is no connector wiki"):
        connectors.remove("wiki")


@pytest.mark.parametrize("by_bot", [True, False])
def test_one_that_is_set_up_again_while_it_runs_is_seen(tmp_path: Path, wiki: str, *, by_bot: bool) -> None:
    file, library = tmp_path / "connectors.toml", tmp_path / "library"
    connectors, erasures = Connectors([file, library / "connectors.toml"], library), Erasures(tmp_path)
    Wiki.pages = {"bells": ("1", "main", b"Ring.")}
    connectors.add("wiki", {"kind": "notes", "location": wiki}, kept=by_bot)
    connectors.refresh("wiki")
    text = "" if by_bot else file.read_text()
    with Place(library, "wiki").lock():
        with pytest.raises(ConnectorError, match="wiki is being refreshed already"):
            connectors.remove("wiki")
        assert [closes(note) for note in erasures.pending()] == [True]
        if by_bot:
            connectors.restore(connectors.removed()[0])
        else:
            settled(file, text)
            assert list(connectors.prune()) == []
    assert [closes(note) for note in erasures.pending()] == [False]
    assert not Place(library, "wiki").is_removed()
    assert (list(connectors.prune()), held(connectors, "wiki")) == ([], {"bells.md": b"Ring."})


def test_what_a_run_fetches_of_one_that_was_removed_meanwhile_comes_under_no_other_of_its_name(
    tmp_path: Path, wiki: str
) -> None:
    library, table = tmp_path / "library", {"kind": "notes", "location": wiki}
    connectors = Connectors([tmp_path / "connectors.toml", library / "connectors.toml"], library)
    Wiki.pages = {"bells": ("1", "main", b"Ring.")}

    def removing(*_: object) -> None:
        with pytest.raises(ConnectorError, match="wiki is being refreshed already"):
            connectors.remove("wiki")
        assert (connectors.leaving(), connectors.configured()) == (["wiki"], {})
        connectors.add("wiki", table, kept=True)

    def replacing(*_: object) -> None:  # as where it could not be noted that it was removed
        Place(library, "wiki").note_version(7)

    connectors.add("wiki", table, kept=True)
    for meanwhile in (removing, replacing):
        with pytest.raises(ConnectorError, match="removed while it was being read"):
            connectors.refresh("wiki", meanwhile)
        assert list(library.rglob("*.md")) == []
        assert not Place(library, "wiki").partial.exists()
        assert connectors.state("wiki") == State()
    connectors.refresh("wiki")
    assert held(connectors, "wiki") == {"bells.md": b"Ring."}


def test_what_was_fetched_and_never_put_in_use_is_listed_and_can_be_removed(
    connectors: Connectors, tmp_path: Path
) -> None:
    partial = tmp_path / "library" / ".connectors" / "wiki" / "partial"
    partial.mkdir(parents=True)
    assert connectors.left() == ["wiki"]
    connectors.remove("wiki")
    assert connectors.left() == []
    assert not partial.exists()


def test_one_that_cannot_be_noted_as_removed_is_set_up_still(tmp_path: Path, wiki: str) -> None:
    library = tmp_path / "library"
    connectors = Connectors([tmp_path / "connectors.toml", library / "connectors.toml"], library)
    connectors.add("wiki", {"kind": "notes", "location": wiki}, kept=True)
    (library / ".removed-connectors").write_text("in the way of the folder")
    with pytest.raises(ConnectorError, match="nothing has changed"):
        connectors.remove("wiki")
    assert connectors.kept() == ["wiki"]
