"""What can go wrong with an index in Milvus, each told in one sentence; the last good generation goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from index.answer.asked import Asked
from index.encode.encoder import Encoder
from index.errors import BuildError, BusyError, DamagedError, StoreError
from index.records import Answer
from index.store.disk.shelf import Shelf as Folder
from index.store.fallback import open_sound
from tests.index.conftest import CATS, ROVER, Library
from tests.milvus_server import Server
from tests.paths import ROOT

from .conftest import in_milvus

pytest.importorskip("pymilvus", reason="pymilvus is not installed", exc_type=ImportError)

from index.store.milvus import connection, layout, lock
from index.store.milvus.address import address_in
from index.store.milvus.connection import Connection

_QUESTION = "How long do cats sleep each day?"
_SLEEP = "sixteen hours"
_AWAY = r"^Milvus at 127\.0\.0\.1:\d+/\w+ does not answer: .*set QUOTH_INDEX"


@pytest.fixture
def library(server: Server, tmp_path: Path, encoder: Encoder) -> Library:
    """A library with an index in Milvus."""
    made = in_milvus(server, tmp_path, encoder)
    made.write("cats.md", CATS)
    made.build()
    return made


def _connection(library: Library) -> Connection:
    return library.shelf.connection  # type: ignore[attr-defined, no-any-return]


def test_answers_are_the_same_as_from_disk(library: Library, tmp_path: Path) -> None:
    library.write("rover.txt", ROVER)
    library.write("Möwe.txt", "Die Möwe fliegt nach Norden. Sie frisst Fische.\n")
    for number in range(30):
        library.write(f"{number}.txt", f"Ferry {number} leaves at nine.\n")
    disk = Library(library.documents, Folder(tmp_path / "disk"), library.encoder)
    disk.build()
    library.build()
    answerers = [disk.answerer(), library.answerer()]
    for question in (
        _QUESTION,
        "When does ferry 17 leave?",
        "What are the wheels made of?",
        "Was frisst die Möwe?",
        "Who composed Fidelio?",
        "the of and",
        "",
        "?" * 3000,
    ):
        for seen in (None, frozenset(["cats.md", "rover.txt", "17.txt"])):
            ours, theirs = (answerer.answer(Asked(question, seen=seen)) for answerer in answerers)
            assert _without_figures(theirs) == _without_figures(ours)
            assert _figures(theirs) == pytest.approx(_figures(ours), abs=1e-5)


def _without_figures(answer: Answer) -> tuple[object, ...]:
    quotes = [replace(quote, score=0.0) for quote in (*answer.quotes, *answer.closest)]
    return quotes, answer.answered, answer.abstention


def _figures(answer: Answer) -> list[float]:
    """Return what differs in its last digits between processors."""
    return [answer.confidence, *(quote.score for quote in (*answer.quotes, *answer.closest))]


def test_away_when_it_begins_is_told(tmp_path: Path, encoder: Encoder) -> None:
    library = in_milvus(Server(tmp_path / "none"), tmp_path, encoder)
    library.write("cats.md", CATS)
    for use in (library.shelf.current, library.shelf.open, library.shelf.names):
        with pytest.raises(StoreError, match=_AWAY):
            use()
    with pytest.raises(BuildError, match=rf"{_AWAY}.*; the index that was there is unchanged\.$"):
        library.build()


def test_away_in_mid_question_is_told_and_it_answers_again_when_it_is_back(
    library: Library, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    answerer = library.answerer()
    assert _SLEEP in answerer.answer(Asked(_QUESTION)).quotes[0].text
    other = Asked("How much meat does a grown cat eat?")
    server.kill()
    with pytest.raises(StoreError, match=_AWAY):
        answerer.answer(other)
    server.start()
    assert "250 grams" in answerer.answer(other).quotes[0].text
    monkeypatch.setattr(connection, "SECONDS", 1.0)
    server.hang()
    try:
        with pytest.raises(StoreError, match=_AWAY):
            _connection(library).ask("list_collections", seconds=1.0)
    finally:
        server.go_on()
    assert "250 grams" in answerer.answer(other).quotes[0].text


def test_away_in_mid_build_leaves_the_index_as_it_was(
    library: Library, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index.store.milvus.publish import Publication

    name = library.shelf.current()
    library.write("rover.txt", ROVER)
    settle = Publication.settle

    def away(publication: Publication, *collections: str) -> None:
        server.kill()
        settle(publication, *collections)

    with monkeypatch.context() as patched:
        patched.setattr(Publication, "settle", away)
        with pytest.raises(BuildError, match=rf"{_AWAY}.* unchanged\.$"):
            library.build()
    server.start()
    assert library.shelf.current() == name
    assert _SLEEP in library.ask(_QUESTION).quotes[0].text
    report = library.build()
    assert report.swapped
    assert library.shelf.names() == [name, report.generation]
    _assert_nothing_is_left(library)


_KILLED = """\
import os, shutil, sys
from pathlib import Path
from index.store.milvus.address import address_in
from index.store.milvus.connection import Connection
from index.store.milvus.publish import Publication
from index.store.milvus.shelf import Shelf
from index.store.disk.shelf import Shelf as Folder

def kill(*_):
    os.kill(os.getpid(), 9)

url, data, built, when = sys.argv[1:]
setattr(*{"sending": (Publication, "_texts", kill), "using": (Shelf, "use", kill)}[when])
shelf = Shelf(Connection(address_in(url)), Folder(Path(data)))
with shelf.lock(), shelf.workplace() as workplace:
    shutil.copytree(built, workplace, dirs_exist_ok=True)
    shelf.use(shelf.put(workplace, built.rpartition("-")[2]))
"""
"""The end of a build: it sends what has been built, and puts it in use."""


@pytest.mark.parametrize("when", ["sending", "using"])
@pytest.mark.parametrize("first", [False, True])
def test_what_a_killed_build_left_is_removed_by_the_next(  # noqa: PLR0913, PLR0917 -- what both builds need
    server: Server,
    tmp_path: Path,
    encoder: Encoder,
    built: Library,
    when: str,
    first: bool,  # noqa: FBT001 -- a parameter of pytest
) -> None:
    library = in_milvus(server, tmp_path, encoder)
    library.write("cats.md", CATS)
    names = [] if first else [library.build().generation]
    arguments = [f"milvus://{_connection(library).address}", str(tmp_path / "data"), str(built.shelf.place()), when]
    ended = subprocess.run([sys.executable, "-c", _KILLED, *arguments], cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    if not first:
        assert _SLEEP in library.ask(_QUESTION).quotes[0].text
    library.write("rover.txt", ROVER)
    report = library.build()
    assert report.documents == 2
    assert library.shelf.names() == [*names, report.generation] or (first and when == "using")
    assert library.shelf.current() == report.generation
    _assert_nothing_is_left(library)


def _assert_nothing_is_left(library: Library) -> None:
    expected = {
        layout.collection(name) + part for name in library.shelf.names() for part in ("", layout.TEXTS, layout.WORDS)
    }
    assert set(_connection(library).ask("list_collections")) == expected
    assert [path.name for path in (library.documents.parent / "data" / "generations").iterdir()] == []


def test_a_lock_that_nobody_renews_goes_stale(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    held = lock.HeldLock(_connection(library))
    held.take()
    with pytest.raises(BusyError, match="Another build is under way in Milvus"):
        library.build(fresh=True)
    monkeypatch.setattr(lock, "_STALE", -1.0)
    assert library.build(fresh=True).swapped
    _assert_nothing_is_left(library)


def test_a_lock_that_is_renewed_is_one_lock(library: Library) -> None:
    held = lock.HeldLock(_connection(library))
    held.take()
    first = held.holder
    held.renew()
    assert _connection(library).ask("describe_alias", layout.LOCK)["collection_name"] == held.holder != first
    with pytest.raises(BusyError):
        library.build(fresh=True)
    held.forget()
    held.release()
    _assert_nothing_is_left(library)


def test_what_is_swapped_is_in_use_though_milvus_goes_away_at_once(
    library: Library, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    point = library.shelf.point  # type: ignore[attr-defined]

    def last(alias: str, name: str) -> None:
        point(alias, name)
        server.kill()

    with monkeypatch.context() as patched:
        patched.setattr(library.shelf, "point", last)
        report = library.build(fresh=True)
    server.start()
    assert report.swapped
    assert library.shelf.current() == report.generation


def test_the_lock_of_a_process_that_is_gone_is_nobodys() -> None:
    holder = lock.new_holder()
    assert lock.is_stale(holder), "this process holds none"
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert lock.is_stale(holder.replace(f"_{os.getpid()}_", f"_{ended.pid}_"))
    assert not lock.is_stale(holder.replace(f"_{os.getpid()}_", f"_{os.getppid()}_"))
    assert not lock.is_stale(holder.replace(f"_{lock.host()}_", "_00000000_")), "of another machine"


def test_one_that_is_damaged_gives_way_to_the_one_before(library: Library) -> None:
    before = library.shelf.current()
    library.write("rover.txt", ROVER)
    last = library.build().generation
    texts = layout.collection(last) + layout.TEXTS
    rows = _connection(library).ask("query", texts, filter='part == "document"', output_fields=["*"])
    altered = [{**row, "data": row["data"].replace("sixteen", "sixty")} for row in rows]
    _connection(library).ask("upsert", texts, altered)
    faults = library.shelf.faults(last, lambda _done, _of: None)
    assert faults
    assert "does not hold cats.md as it was read" in faults[0]
    answerer = library.answerer()
    with pytest.raises(DamagedError):
        answerer.answer(Asked(_QUESTION))
    opened = open_sound(library.shelf, thorough=True)
    assert opened.generation.name == before
    assert library.build().swapped, "it is built anew on the one before"
    assert library.shelf.faults(library.shelf.current(), lambda _done, _of: None) == []


def test_without_the_alias_the_newest_that_is_whole_is_answered_from(library: Library) -> None:
    name = library.shelf.current()
    _connection(library).ask("drop_alias", layout.CURRENT)
    _connection(library).ask("create_collection", "quoth_000007_0123456789ab", schema=layout.texts())
    with pytest.raises(DamagedError, match=r"quoth_current .* is missing: run `quoth index build`"):
        library.shelf.current()
    opened = open_sound(library.shelf)
    assert opened.generation.name == name
    assert library.build().swapped
    assert "000007-0123456789ab" not in library.shelf.names()


def test_one_that_was_removed_meanwhile_is_told_as_damaged(library: Library) -> None:
    """So that whoever still answers from it turns to the one in use."""
    answerer = library.answerer()
    library.shelf.drop(layout.collection(library.shelf.current()))  # type: ignore[attr-defined]
    assert not answerer.generation.is_there()
    with pytest.raises(DamagedError, match="no longer in Milvus"):
        answerer.answer(Asked(_QUESTION))


def test_what_lets_one_in_is_in_no_error_and_no_log(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    address = address_in(f"milvus://bot:hunter2@127.0.0.1:{Server(tmp_path).port}/wiki")
    asked = Connection(address)
    with pytest.raises(StoreError) as error:
        asked.ask("list_collections")
    assert asked._shown("bot:hunter2 (bot, hunter2) failed") == "… (…, …) failed"
    output = capfd.readouterr()
    for text in (str(error.value), repr(error.value), output.out, output.err, caplog.text, repr(address)):
        assert "hunter2" not in text
