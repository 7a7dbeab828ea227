"""Corrections count in the terminal as they do on Discord."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from bot.cards.reference import refer
from bot.teaching.corrections import Corrections
from bot.teaching.records import Draft, Kind
from bot.teaching.store import FILE_NAME
from index.encode.encoder import Encoder
from tests.bot.conftest import Ended, Quoth

QUESTION = "When do quiet hours begin?"
BAKERY = "The bakery opens at six."
QUIET = "Quiet hours begin at ten in the evening and end at seven in the morning."


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def built(quoth: Quoth, documents: Path, data: Path) -> Quoth:
    where = ("--documents", str(documents), "--data", str(data))
    assert quoth("index", "build", *where).status == 0

    def run(*arguments: str) -> Ended:
        return quoth(*arguments, *where)

    return run


def correct(data: Path, encoder: Encoder, kind: Kind, words: str, note: str = "") -> None:
    source, start = ("bakery.txt", 0) if words == BAKERY else ("rules.md", 80)
    bot = Corrections(data, encoder)
    bot.add(Draft(kind, QUESTION, source, refer(source, start, words), note), 7)
    bot.close()


def texts(ended: Ended) -> list[str]:
    return [quote["text"] for quote in json.loads(ended.out)["quotes"]]


def test_what_was_picked_leads_and_what_is_blocked_is_not_quoted(built: Quoth, data: Path, encoder: Encoder) -> None:
    assert texts(built("ask", "--json", QUESTION))[0] == QUIET
    assert not (data / FILE_NAME).exists()
    correct(data, encoder, Kind.LEAD, BAKERY)
    assert texts(built("ask", "--json", QUESTION))[0] == BAKERY
    correct(data, encoder, Kind.BLOCK, QUIET)
    assert QUIET not in texts(built("ask", "--json", QUESTION))
    assert texts(built("ask", "--json", "What may dogs do?")), "what else is asked is answered as ever"


def test_a_conversation_is_corrected_too(
    built: Quoth, data: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    correct(data, encoder, Kind.LEAD, BAKERY)
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{QUESTION}\n"))
    assert BAKERY in built("chat").out


def test_a_note_goes_with_its_quote(built: Quoth, data: Path, encoder: Encoder) -> None:
    correct(data, encoder, Kind.NOTE, QUIET, "Not on Fridays.")
    assert json.loads(built("ask", "--json", QUESTION).out)["quotes"][0]["note"] == "Not on Fridays."
    assert "a note by a moderator: Not on Fridays." in built("ask", QUESTION).out


def test_corrections_that_cannot_be_read_are_told_and_the_question_is_answered(built: Quoth, data: Path) -> None:
    (data / FILE_NAME).write_bytes(b"no database" * 1000)
    ended = built("ask", "--json", QUESTION)
    assert texts(ended)[0] == QUIET
    assert "quoth: WARNING: corrections cannot be read (file is not a database): answers are without them." in ended.err
