"""The journal: what is written down, how long it stays, and that nothing is left of what is removed."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
import stat
import threading
import time
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from bot.privacy.journal import By, Journal, JournalError
from bot.privacy.votes import Votes
from index.records import Answer, Quote

ADA, BOB = 1_001, 1_002
QUESTION = "When do quiet hours begin?"
QUOTE = Quote("rules.md", "House rules", (), None, (1, 1), 7, 42, "Quiet hours begin at ten.", None, 0.9)
KEY = b"eight by"


def answer(question: str = QUESTION) -> Answer:
    return Answer(question, (QUOTE,), 0.75, True, (), "000001-0", 9.0)


def by(person: int, author: int | None = None) -> By:
    return By(person, author or person, 77, 88, 77)


def rows(folder: Path) -> list[dict[str, object]]:
    with closing(sqlite3.connect(folder / "journal.sqlite")) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute("SELECT * FROM questions ORDER BY time")]


def written(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def modes(folder: Path) -> set[int]:
    return {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


@pytest.fixture
async def journal(tmp_path: Path) -> AsyncIterator[Journal]:
    votes = Votes(tmp_path / "votes.sqlite")
    journal = Journal(tmp_path, 30, votes)
    yield journal
    journal.close()
    votes.close()


async def pruned(journal: Journal) -> None:
    """Let it look once for what is too old: what was to be written before has been by then."""
    task = asyncio.create_task(journal.prune_daily())
    await asyncio.sleep(0)  # so that it goes before what comes next
    await journal.forget(0)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_a_row_holds_the_question_what_was_shown_and_hashes_for_ids(journal: Journal, tmp_path: Path) -> None:
    journal.note(by(ADA), KEY, answer(), (QUOTE,))
    journal.note(by(ADA), KEY, answer(), ())
    await pruned(journal)
    first, second = rows(tmp_path)
    assert (first["question"], first["confidence"], first["answered"]) == (QUESTION, 0.75, 1)
    assert json.loads(str(first["quotes"])) == [["rules.md", 7, 42]]
    assert first["person"] == second["person"] == first["author"] != first["channel"]
    everything = written(tmp_path)
    for number in (ADA, 77, 88):
        assert str(number).encode() not in {first["person"], first["channel"], first["server"]}
    assert QUOTE.text.encode() not in everything
    assert len((tmp_path / "salt").read_bytes()) == 32
    assert modes(tmp_path) == {0o600}


async def test_forgetting_removes_what_a_person_asked_wrote_and_voted_and_leaves_no_trace(
    journal: Journal, tmp_path: Path
) -> None:
    votes = Votes(tmp_path / "votes.sqlite")
    for number in range(50):
        journal.note(by(ADA), KEY, answer(f"xylophone {number}"), (QUOTE,))
    journal.note(by(BOB, author=ADA), KEY, answer("xylophone of hers, asked by him"), ())
    journal.note(by(BOB), KEY, answer("bassoon"), ())
    votes.record(5, ADA, up=True, question=KEY, quote=None)
    votes.record(5, BOB, up=False, question=KEY, quote=None)
    votes.close()
    assert await journal.forget(ADA) == (51, 1, 0)
    assert await journal.forget(ADA) == (0, 0, 0)
    assert [row["question"] for row in rows(tmp_path)] == ["bassoon"]
    assert b"xylophone" not in written(tmp_path)
    assert Votes(tmp_path / "votes.sqlite").of(5) == (0, 1)


async def test_what_is_too_old_is_removed_at_start_and_so_is_what_a_wrong_clock_wrote(
    journal: Journal, tmp_path: Path
) -> None:
    for _ in range(4):
        journal.note(by(ADA), KEY, answer(), ())
    await pruned(journal)
    now = time.time()
    with closing(sqlite3.connect(tmp_path / "journal.sqlite", isolation_level=None)) as database:
        for number, days in ((1, -31), (2, -29), (3, 400)):
            database.execute("UPDATE questions SET time = ? WHERE rowid = ?", (now + days * 86_400, number))
    votes = Votes(tmp_path / "votes.sqlite")
    for message in (5, 6, 7):
        votes.record(message, ADA, up=True, question=KEY, quote=None)
    with closing(sqlite3.connect(tmp_path / "votes.sqlite", isolation_level=None)) as database:
        for message, days in ((6, -31), (7, 400)):
            database.execute("UPDATE votes SET time = ? WHERE answer = ?", (now + days * 86_400, message))
    await pruned(journal)
    assert len(rows(tmp_path)) == 2
    assert [votes.of(message) for message in (5, 6, 7)] == [(1, 0), (0, 0), (0, 0)]
    off = Journal(tmp_path, 0, votes)
    off.note(by(ADA), KEY, answer(), ())
    await pruned(off)
    off.close()
    assert rows(tmp_path) == []
    assert votes.of(5) == (0, 0)
    votes.close()


async def test_where_nothing_is_kept_nothing_is_made(tmp_path: Path) -> None:
    off = Journal(tmp_path / "data", 0, Votes(tmp_path / "data" / "votes.sqlite"))
    off.note(by(ADA), KEY, answer(), ())
    await pruned(off)
    off.close()
    off.close()
    off.note(by(ADA), KEY, answer(), ())
    assert modes(tmp_path) == set()


async def test_a_disk_that_takes_nothing_costs_the_row_and_is_logged_once(
    journal: Journal, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    journal.note(by(ADA), KEY, answer(), ())
    await pruned(journal)
    journal._close()
    path = tmp_path / "journal.sqlite"
    path.rename(tmp_path / "aside")
    path.mkdir()  # what SQLite cannot open
    for _ in range(3):
        journal.note(by(ADA), KEY, answer(), ())
    with pytest.raises(JournalError, match="try again later"):
        await journal.forget(ADA)
    warnings = [record.message for record in caplog.records if record.levelno == logging.WARNING]
    assert warnings == ["the journal could not be written", "questions could not be removed"]
    path.rmdir()
    (tmp_path / "aside").rename(path)
    journal.note(by(ADA), KEY, answer(), ())
    assert await journal.forget(ADA) == (2, 0, 0)


async def test_nobody_waits_for_the_disk(journal: Journal) -> None:
    """A question is noted at once though the thread that writes is busy, and what it was given is written in order."""
    held = threading.Event()
    journal._thread.submit(held.wait)
    for number in range(100):
        journal.note(by(ADA), KEY, answer(f"{number}"), ())
    held.set()
    assert await journal.forget(ADA) == (100, 0, 0)


def test_votes_of_an_earlier_version_keep_their_voters_and_give_up_their_secret(tmp_path: Path) -> None:
    """The secret stood in the file of the votes: it is moved out of there, and the hashes made with it stay right."""
    votes = Votes(tmp_path / "votes.sqlite")
    votes.record(5, ADA, up=True, question=KEY, quote=None)
    votes.close()
    secret = (tmp_path / "salt").read_bytes()
    with closing(sqlite3.connect(tmp_path / "votes.sqlite", isolation_level=None)) as database:
        database.execute("CREATE TABLE salt (value BLOB NOT NULL)")
        database.execute("INSERT INTO salt VALUES (?)", (secret,))
    (tmp_path / "salt").unlink()
    assert votes.record(5, ADA, up=False, question=KEY, quote=None), "she had voted"
    assert votes.forget(ADA) == 1
    votes.close()
    assert secret not in (tmp_path / "votes.sqlite").read_bytes()
