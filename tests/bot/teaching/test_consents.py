"""Who has agreed to what: no kept answer is ever out of its author's reach."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from bot.cards.buttons import Agree
from bot.cards.consent_card import wish_hash
from bot.handlers.consent import asks_for
from bot.privacy import pseudonyms
from bot.teaching.consents import FILE_NAME, Consents, Wish

AUTHOR = 31
MESSAGE = 1001
FIRST_FORM = """
CREATE TABLE consents (
    message INTEGER PRIMARY KEY, channel INTEGER NOT NULL, server INTEGER NOT NULL, author BLOB NOT NULL,
    question TEXT NOT NULL, by TEXT NOT NULL, until TEXT, time REAL NOT NULL, source TEXT
) STRICT;
"""


@pytest.fixture
def consents(tmp_path: Path) -> Iterator[Consents]:
    opened = Consents(tmp_path)
    yield opened
    opened.close()


def wish(question: str, message: int = MESSAGE) -> Wish:
    return Wish(message, channel=2, server=3, question=question, by="helpers", until=date(2031, 5, 3))


def lapse(folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as database, database:
        database.execute("UPDATE consents SET time = time - 8 * 86400")


@pytest.mark.parametrize("ends", ["waits", "declined", "lapsed"])
def test_a_kept_answer_is_known_whatever_becomes_of_a_later_wish_for_its_message(
    consents: Consents, tmp_path: Path, ends: str
) -> None:
    for source, question in (("answers/a-1001.md", "Which bell?"), ("answers/b-1001.md", "Which door?")):
        consents.ask(wish(question), AUTHOR)
        consents.keep(wish(question), AUTHOR, source)
    consents.ask(wish("Which bell?"), AUTHOR)
    if ends == "declined":
        consents.drop(MESSAGE)
    elif ends == "lapsed":
        lapse(tmp_path)
        assert consents.waiting() == []
    assert consents.forget(AUTHOR) == ["answers/a-1001.md", "answers/b-1001.md"]
    assert consents.waiting() == []


def test_an_answer_is_known_until_it_is_gone_for_good(consents: Consents) -> None:
    consents.keep(wish("Which bell?"), AUTHOR, "answers/a-1001.md")
    assert consents.forget(AUTHOR) == consents.forget(AUTHOR) == ["answers/a-1001.md"]
    consents.forget_answer("answers/a-1001.md")
    assert consents.forget(AUTHOR) == []


def test_a_message_that_is_gone_leaves_no_trace(consents: Consents) -> None:
    consents.keep(wish("Which bell?"), AUTHOR, "answers/a-1001.md")
    consents.ask(wish("Which door?"), AUTHOR)
    consents.keep(wish("Which bell?", MESSAGE + 1), AUTHOR, "answers/a-1002.md")
    consents.forget_message(MESSAGE)
    assert consents.waiting() == []
    assert consents.forget(AUTHOR) == ["answers/a-1002.md"]


def test_a_file_of_the_first_form_is_read(tmp_path: Path, consents: Consents) -> None:
    person = pseudonyms.hashed(AUTHOR, pseudonyms.read_or_make(tmp_path))
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database, database:
        database.executescript(FIRST_FORM)
        for message, source in ((MESSAGE, "answers/a-1001.md"), (MESSAGE + 1, None)):
            row = (message, 2, 3, person, "Which bell?", "helpers", None, 4e9, source)
            database.execute("INSERT INTO consents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    assert [wish.message for wish in consents.waiting()] == [MESSAGE + 1]
    assert consents.waits_for(MESSAGE, AUTHOR) is None
    assert consents.forget(AUTHOR) == ["answers/a-1001.md"]


def test_a_card_of_an_earlier_version_agrees_to_nothing_that_was_asked_since(
    consents: Consents, tmp_path: Path
) -> None:
    earlier = Agree(True, MESSAGE)
    consents.ask(wish("Which bell?"), AUTHOR)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database, database:
        database.execute("DROP TABLE told")  # as that version left the file
    consents.close()
    opened = Consents(tmp_path)
    assert asks_for(opened, earlier, wish("Which bell?"))
    opened.ask(wish("Which door?"), AUTHOR)
    assert not asks_for(opened, earlier, wish("Which door?"))
    assert asks_for(opened, Agree(True, MESSAGE, wish_hash("Which door?", "helpers")), wish("Which door?"))
    assert not asks_for(opened, Agree(True, MESSAGE, wish_hash("Which bell?", "helpers")), wish("Which door?"))
    opened.close()
