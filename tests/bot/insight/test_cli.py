"""`quoth insight` in the terminal."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from bot import compose, settings
from bot.cards.reference import encode, refer
from bot.privacy import tables
from index.encode.encoder import Encoder
from index.encode.in_process import InProcessEncoder
from index.evaluation.questions import read
from tests.bot.conftest import Quoth
from tests.bot.insight.asked import GROUPS, Asking, key_of, vote, write

DOGS = "Dogs may come in on a leash."


def test_text_json_csv_and_a_page(tmp_path: Path, quoth: Quoth, encoder: Encoder) -> None:
    write(tmp_path, [Asking(question, person) for person, question in enumerate(GROUPS[0])], encoder)
    folder = ("--data", str(tmp_path))
    ended = quoth("insight", *folder)
    assert (ended.status, "Asked in vain" in ended.out, "pool" in ended.out) == (0, True, True)
    insight = json.loads(quoth("insight", *folder, "--json").out)
    assert (insight["asked"], insight["groups"]["vain"][0]["people"]) == (5, 5)
    assert quoth("insight", *folder, "--csv").out.startswith("list,name,")
    place = tmp_path / "insight.html"
    assert quoth("insight", *folder, "--html", str(place)).out == ""
    assert "pool" in place.read_text()
    assert "--html" in quoth("insight", *folder, "--html", str(tmp_path / "no" / "where.html")).err
    assert "- [ ]" in quoth("insight", "gaps", *folder, "--markdown").out
    assert "- [ ]" in quoth("insight", *folder, "gaps", "--markdown").out
    assert json.loads(quoth("insight", *folder, "--days", "7", "--json").out)["asked"] == 5


def test_what_an_earlier_version_kept_is_encoded_once(
    tmp_path: Path, quoth: Quoth, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its vectors go with it, when whoever said it is forgotten."""
    write(tmp_path, [Asking(question, person) for person, question in enumerate(GROUPS[0])])
    with closing(sqlite3.connect(tmp_path / "journal.sqlite", isolation_level=None)) as database:
        database.executescript("DROP TABLE unasked; DROP TABLE unasked_counts")
        database.execute("CREATE TABLE unasked (time REAL NOT NULL, author BLOB NOT NULL, question TEXT NOT NULL)")
        said = [(time.time() - 9, bytes([n]), question) for n, question in enumerate(GROUPS[1])]
        database.executemany("INSERT INTO unasked VALUES (?, ?, ?)", said)
    first = quoth("insight", "--data", str(tmp_path), "--json").out
    assert len(json.loads(first)["unasked_groups"]) == 1
    monkeypatch.setattr(InProcessEncoder, "questions", None)
    again = json.loads(quoth("insight", "--data", str(tmp_path), "--json").out)
    assert again["unasked_groups"] == json.loads(first)["unasked_groups"]
    with closing(sqlite3.connect(tmp_path / "journal.sqlite", isolation_level=None)) as database:
        kept = "SELECT count(*) FROM vectors"
        assert database.execute(kept).fetchone() == (10,)
        tables.forget(database, bytes([0]))
        assert database.execute(kept).fetchone() == (9,)


def test_a_journal_that_cannot_be_written_is_read(tmp_path: Path, quoth: Quoth) -> None:
    write(tmp_path, [Asking(question, person) for person, question in enumerate(GROUPS[0])])
    with closing(sqlite3.connect(tmp_path / "journal.sqlite", isolation_level=None)) as database:
        database.execute("CREATE TRIGGER full BEFORE INSERT ON vectors BEGIN SELECT raise(ABORT, 'full'); END")
    assert json.loads(quoth("insight", "--data", str(tmp_path), "--json").out)["groups"]["vain"][0]["people"] == 5


def test_nothing_asked_is_no_error(tmp_path: Path, quoth: Quoth) -> None:
    ended = quoth("insight", "--data", str(tmp_path))
    assert (ended.status, "Nothing was asked" in ended.out) == (0, True)


@pytest.mark.usefixtures("encoder")
def test_corrections_that_cannot_be_read_are_named(tmp_path: Path, documents: Path, quoth: Quoth) -> None:
    folders = ("--documents", str(documents), "--data", str(tmp_path / "data"))
    quoth("index", "build", *folders)
    (tmp_path / "data" / "corrections.sqlite").write_bytes(b"this is no database at all" * 100)
    for command in (("insight", "export", *folders[2:]), ("tune", *folders)):
        assert "corrections.sqlite cannot be read" in quoth(*command).err


def test_what_was_liked_makes_an_evaluation_set(
    tmp_path: Path, documents: Path, quoth: Quoth, encoder: Encoder
) -> None:
    data = tmp_path / "data"
    loaded = settings.load(documents=documents, data=data)
    compose.builder(loaded, encoder).build(documents, lambda *_: None)
    generation = compose.shelf(loaded).open()
    text = generation.catalogue.document("rules.md").text
    generation.close()
    dogs, first = text.index(DOGS), text.split("\n", 1)[0]
    on_dogs, on_kilroy = encode(refer("rules.md", dogs, DOGS)), encode(refer("gone.md", 0, "Kilroy was here."))
    liked, disliked, refused, gone = "May dogs come in?", "May cats come in?", "Is there a moose?", "Who was Kilroy?"
    moved, other, late = "Do dogs need a leash?", "May horses come in?", "Is there a goose?"
    at, elsewhere = (("rules.md", dogs, dogs + len(DOGS)),), (("rules.md", 0, len(first)),)
    asked = {
        liked: [(at, True, on_dogs)],
        disliked: [(at, False, on_dogs)],
        refused: [((), True, None)],
        gone: [((("gone.md", 0, 9),), True, on_kilroy)],
        moved: [
            (elsewhere, True, encode(refer("rules.md", dogs + 40, DOGS)))
        ],  # by documents that were rewritten above
        other: [(at, False, on_dogs), (elsewhere, True, encode(refer("rules.md", 0, "What it said before.")))],
        late: [((), True, None)],
    }
    number = 0
    for question, votes in asked.items():
        for quotes, up, quote in votes:
            write(data, [Asking(question, person, answered=bool(quotes), quotes=quotes) for person in (1, 2)])
            for _ in range(2):
                number += 1
                vote(data, question, number, up=up, quote=quote)
    with closing(sqlite3.connect(data / "journal.sqlite", isolation_level=None)) as database:
        database.execute("INSERT INTO closed VALUES (?, ?)", (key_of(late), time.time()))
    made = quoth("insight", "export", "--data", str(data), "--days", "3").out
    rows = {row["question"]: row for row in map(json.loads, made.splitlines())}
    assert rows.keys() == {liked, refused, moved}
    assert rows[moved]["gold_quotes"] == [DOGS], "the words that were liked, wherever they stand now"
    assert (rows[liked]["answerable"], rows[liked]["gold_quotes"]) == (True, [DOGS])
    assert rows[refused]["answerable"] is False
    assert len(read(made.encode().splitlines())) == 3, "quoth eval reads it"
    canaries = quoth("insight", "export", "--data", str(data), "--days", "3", "--canaries").out
    lines = {row["question"]: row["sources"] for row in map(json.loads, canaries.splitlines())}
    assert lines == {liked: ["rules.md"], moved: ["rules.md"]}
