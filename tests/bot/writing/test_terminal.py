"""`quoth ask --write` and `quoth chat --write`, against a server on loopback, with the real models."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bot.conftest import Ended, Quoth
from tests.bot.writing.chat_server import KEY, Scripted, draft, serving_in_a_thread

_QUIET = "Quiet hours begin at ten in the evening and end at seven in the morning."
_SAID = "Quiet hours begin at ten in the evening."
_LEASH = "Dogs may come in on a leash."


def _numbers(body: dict[str, Any]) -> dict[str, int]:
    """Return the sentences that were sent, with their numbers."""
    lines = re.findall(r"^\[(\d+)\] (.*)$", body["messages"][-1]["content"], re.MULTILINE)
    return {text: int(number) for number, text in lines}


def _honest(body: dict[str, Any]) -> str:
    known = _numbers(body)
    wrong = ("Dogs may come in without a leash.", [known[_LEASH]])
    return draft((_SAID, [known[_QUIET]]), (_LEASH, [known[_LEASH]]), wrong)


@pytest.fixture
def script() -> Iterator[Scripted]:
    with serving_in_a_thread(Scripted(_honest)) as served:
        yield served


@pytest.fixture
def built(quoth: Quoth, documents: Path, tmp_path: Path, script: Scripted, monkeypatch: pytest.MonkeyPatch) -> Quoth:
    where = ("--documents", str(documents), "--data", str(tmp_path / "data"))
    assert quoth("index", "build", *where).status == 0
    monkeypatch.setenv("QUOTH_WRITER_URL", script.url)
    monkeypatch.setenv("QUOTH_WRITER_MODEL", "scripted")

    def run(*arguments: str) -> Ended:
        return quoth(*arguments, *where)

    return run


def test_json_has_the_sentences_and_the_quotes_that_they_cite(built: Quoth) -> None:
    ended = built("ask", "--write", "--json", "When do quiet hours begin?")
    assert ended.status == 0, ended.err
    answer = json.loads(ended.out)
    written = answer["written"]
    assert (written["model"], written["dropped"]) == ("scripted", 1)
    assert [sentence["text"] for sentence in written["sentences"]] == [_SAID, _LEASH]
    for sentence, cited in zip(written["sentences"], (_QUIET, _LEASH), strict=True):
        assert 0 < sentence["support"] <= 1
        assert all(cited in answer["quotes"][number - 1]["text"] for number in sentence["cites"])


def test_the_terminal_says_who_wrote_and_what_is_quoted(built: Quoth) -> None:
    ended = built("ask", "--write", "When do quiet hours begin?")
    printed = " ".join(ended.out.split())
    assert f"{_SAID} [1]" in printed
    assert "written by scripted from the quotes below, each sentence checked" in printed
    assert printed.index(_SAID) < printed.index("▎")


def test_without_the_option_nothing_is_sent(built: Quoth, script: Scripted) -> None:
    assert json.loads(built("ask", "--json", "When do quiet hours begin?").out)["written"] is None
    assert script.requests == []


def test_a_refusal_is_not_sent(built: Quoth, script: Scripted) -> None:
    ended = built("ask", "--write", "--json", "Who won the cup final in 1998?")
    assert ended.status == 3
    assert json.loads(ended.out)["written"] is None
    assert script.requests == []


def test_a_chat_is_written_and_sends_earlier_turns(
    built: Quoth, script: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("When do quiet hours begin?\nAnd when do they end?\n"))
    ended = built("chat", "--write")
    assert ended.out.count("written by scripted") >= 1
    assert [turn["role"] for turn in script.requests[-1]["messages"]] == ["system", "user", "assistant", "user"]


def test_a_batch_is_written_too(built: Quoth, tmp_path: Path) -> None:
    (tmp_path / "asked.jsonl").write_text('{"qid": 1, "question": "When do quiet hours begin?"}\n')
    ended = built("ask", "--write", "--batch", str(tmp_path / "asked.jsonl"))
    assert json.loads(ended.out)["written"]["sentences"][0]["text"] == _SAID


def test_writing_needs_a_server(quoth: Quoth, documents: Path, tmp_path: Path) -> None:
    where = ("--documents", str(documents), "--data", str(tmp_path / "data"))
    assert quoth("index", "build", *where).status == 0
    ended = quoth("ask", "--write", "Why?", *where)
    assert ended.status == 1
    assert ended.err == "quoth: Nothing can be written: set QUOTH_WRITER_URL and QUOTH_WRITER_MODEL first.\n"


def test_an_address_needs_a_model_and_holds_no_key(quoth: Quoth, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTH_WRITER_URL", "http://127.0.0.1:1")
    assert "QUOTH_WRITER_MODEL" in quoth("ask", "Why?").err
    monkeypatch.setenv("QUOTH_WRITER_URL", "http://me:secret@127.0.0.1:1")
    printed = quoth("ask", "Why?").err
    assert "QUOTH_WRITER_KEY" in printed
    assert "secret" not in printed


def _writer(ended: Ended) -> dict[str, str]:
    checks = [json.loads(line) for line in ended.out.splitlines()]
    return next(check for check in checks if check["what"] == "writer")


def test_the_doctor_tells_of_a_wrong_key_and_of_a_server_that_is_away(
    built: Quoth, script: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    script.text = draft(answered=False)
    assert _writer(built("doctor", "--json"))["state"] == "good"
    script.key = KEY
    wrong = _writer(built("doctor", "--json"))
    assert wrong["state"] == "bad"
    assert "check QUOTH_WRITER_KEY" in wrong["told"]
    monkeypatch.setenv("QUOTH_WRITER_URL", "http://127.0.0.1:1")
    assert "cannot be reached" in _writer(built("doctor", "--json"))["told"]


def test_a_server_that_is_away_is_told_beside_the_quotes(built: Quoth, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTH_WRITER_URL", "http://127.0.0.1:9")
    ended = built("ask", "--write", "When do quiet hours begin?")
    assert (ended.status, "Quiet hours begin at ten" in ended.out) == (0, True)
    assert "quoth: nothing was written: The writer at http://127.0.0.1:9 cannot be reached" in ended.err
    assert "start it, or check QUOTH_WRITER_URL." in ended.err
