"""Exported chats with the names of their authors, where the setting keeps these, and without."""

from __future__ import annotations

import json
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.read.options import ReaderContext, ReadingOptions
from index.read.process import ReaderProcess
from index.records import Document, SourceFile
from tests.index.read.blocks import P, blocks, document, texts

_KEPT = ReaderContext(chat_names=True)
_RULE = "=" * 62


def _paragraphs(name: str, text: str) -> tuple[list[str], list[str]]:
    """Return the paragraphs of a file without names, and with them."""
    both = (blocks(name, text), blocks(name, text, _KEPT))
    assert [block[:2] for block in both[0]] == [block[:2] for block in both[1]]
    without, with_names = ([part for kind, _, part in version if kind is P] for version in both)
    return without, with_names


def _discord(*messages: dict[str, Any]) -> str:
    said = [{"type": "Default", "timestamp": "2024-05-04T10:00:00+00:00", **message} for message in messages]
    return json.dumps({"guild": {"name": "Mill"}, "channel": {"name": "oven"}, "messages": said})


_ANN = {"id": "11", "name": "ann77", "nickname": "Ann of the Oven"}
_BOB = {"id": "12", "name": "bob"}


def test_json_of_discord() -> None:
    text = _discord(
        {"author": _ANN, "content": "Who lights it, <@12> or <@!13>?\n\n<@99>?", "mentions": [_BOB]},
        {"author": _ANN, "content": "At six. @Bob"},
        {"author": _BOB, "content": "I do, @Ann of the Oven and @everyone.\n```\n<@11>\n```"},
        {"author": {"id": "13", "nickname": "  "}, "content": "Not I."},
        {"content": "Nobody."},
    )
    assert _paragraphs("a.json", text) == (
        [
            *("A member: Who lights it, @member or @member?", "@member?", "At six. @member"),
            *("A member: I do, @member and @everyone.", "A member: Not I.", "A member: Nobody."),
        ],
        [
            *("Ann of the Oven: Who lights it, @bob or @member?", "@member?", "At six. @Bob"),
            *("bob: I do, @Ann of the Oven and @everyone.", "A member: Not I.", "A member: Nobody."),
        ],
    )
    assert "@Ann of the Oven" in texts("a.json", text, _KEPT)
    assert "@member" in texts("a.json", text)


def test_text_of_discord() -> None:
    text = (
        f"{_RULE}\nGuild: Mill\nChannel: oven\n{_RULE}\n\n"
        "[04/05/2024 10:00] ann#1234\nWho lights it?\n\n[04/05/2024 10:02] bob (pinned)\nAt six, @ann#1234\n\n"
        f"{_RULE}\nExported 2 message(s)\n{_RULE}\n"
    )
    assert _paragraphs("a.txt", text) == (
        ["A member: Who lights it?", "A member: At six, @member"],
        ["ann#1234: Who lights it?", "bob: At six, @ann#1234"],
    )


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.xhtml"])
def test_a_page_of_discord(name: str) -> None:
    def group(author: str, nick: str, content: str) -> str:
        return (
            '<div class="chatlog__message-group"><div class="chatlog__message-container">'
            f'<span class="chatlog__author" title="{author}">{nick}</span>'
            f'<span class="chatlog__timestamp">04/05/2024 10:00</span>\n<div class="chatlog__content">{content}</div>'
            "</div></div>\n"
        )

    mention = '<span class="chatlog__markdown-mention" title="ann77">@Ann &lt;b&gt;</span>'
    text = (
        '<html><body><div class="preamble"><div class="preamble__entry">Mill</div></div>\n'
        + group("ann77", "Ann &lt;b&gt;", "Who lights it?")
        + group("bob", "Bob", f"At six, {mention}.")
        + "</body></html>"
    )
    assert _paragraphs(name, text) == (
        ["A member: Who lights it?", "A member: At six, @member."],
        ["Ann <b>: Who lights it?", "Bob: At six, @Ann <b>."],
    )


def test_slack_has_names_only_where_the_export_gives_more_than_ids() -> None:
    said = {"type": "message", "ts": "1700000000.1"}
    text = json.dumps(
        [
            {**said, "user": "U1", "text": "Who, <@U2> or <@U3> or <@U4|Dan>?"},
            {**said, "user": "U2", "text": "At six.", "user_profile": {"display_name": "", "real_name": "Bob Oak"}},
            {**said, "user": "U2", "text": "Or seven."},
            {**said, "subtype": "bot_message", "bot_id": "B1", "username": "Clock", "text": "Six."},
            {**said, "subtype": "bot_message", "bot_id": "B1", "username": "Bell", "text": "Ding."},
        ]
    )
    assert _paragraphs("a.json", text) == (
        [
            *("A member: Who, @member or @member or @member?", "A member: At six.", "Or seven."),
            *("A member: Six.", "Ding."),
        ],
        [
            *("A member: Who, @Bob Oak or @member or @Dan?", "Bob Oak: At six.", "Or seven."),
            *("Clock: Six.", "Bell: Ding."),
        ],
    )


def test_telegram() -> None:
    said = {"type": "message", "date": "2024-05-04T10:00:00", "from": "Ann Oak", "from_id": "user1"}
    deleted = {**said, "from": None, "from_id": "user2", "text": "At six, @Ann Oak."}
    people = [{"type": "mention", "text": "@bob"}, " or ", {"type": "mention_name", "text": "Cy", "user_id": 3}, "?"]
    asked = {**said, "text": ["Who lights it, ", *people]}
    text = json.dumps({"name": "Oven", "id": 1, "messages": [asked, deleted]})
    assert _paragraphs("a.json", text) == (
        ["A member: Who lights it, @member or @member?", "A member: At six, @member."],
        ["Ann Oak: Who lights it, @bob or Cy?", "A member: At six, @Ann Oak."],
    )


_WHATSAPP = (
    "[12.05.26, 14:03:22] ~\u202fAnn Reed: Who lights it?\n"
    "[12.05.26, 14:04:22] \u202a+49 170 1234567\u202c: I, @\u2068Ann Reed\u2069 and @491701112222.\n"
    "[12.05.26, 14:05:22] Ben: And @\u2068+49 170 1234567\u2069, @\u2068~Cy\u2069!\n"
)


def test_whatsapp_keeps_names_and_no_telephone_numbers() -> None:
    assert _paragraphs("a.txt", _WHATSAPP) == (
        ["A member: Who lights it?", "A member: I, @member and @member.", "A member: And @member, @member!"],
        ["Ann Reed: Who lights it?", "A member: I, @Ann Reed and @member.", "Ben: And @member, @Cy!"],
    )


def test_irc() -> None:
    text = "[14:03] <@ann> Who lights it?\n[14:04] <ben> ann: I do.\n[14:05] * ben nods to @ann\n"
    assert _paragraphs("a.log.txt", text) == (
        ["A member: Who lights it?", "A member: @member: I do.", "nods to @member"],
        ["ann: Who lights it?", "ben: ann: I do.", "nods to @ann"],
    )


def test_a_chat_in_a_mail_and_one_under_the_ending_of_json() -> None:
    mail = EmailMessage()
    mail.set_content(_WHATSAPP)
    for name, text in (("a.eml", mail.as_bytes().decode()), ("b.json", f"Chat\n{_WHATSAPP}")):
        without, with_names = _paragraphs(name, text)
        assert "A member: Who lights it?" in without
        assert "Ann Reed: Who lights it?" in with_names


def test_what_is_no_chat_is_the_same_either_way() -> None:
    for name, text in (
        ("a.txt", "Ann: who lights it?\n\nBob: I do.\n"),
        ("a.html", "<html><body><h1>Oven</h1><p>Bob lights it at six in the morning, says @Ann.</p></body></html>"),
        ("a.json", '[{"question": "Who lights the oven?", "answer": "Bob does, at six in the morning."}]'),
        ("a.md", "# Oven\n\n@Ann: who lights it?\n"),
    ):
        assert document(name, text, _KEPT) == document(name, text)


@given(st.one_of(st.text(max_size=400), st.sampled_from(["```", "\n\n# Oven\n", "x\n```\n", "a\u2028b", "n" * 10_000])))
def test_no_name_makes_anything_but_the_beginning_of_its_paragraph(name: str) -> None:
    person = {"id": "11", "name": name}
    discord = _discord({"author": person, "content": "Who?\n<@11>\nlights it?"})
    profile = {"real_name": name}
    slack = {"type": "message", "ts": "1700000000.1", "user": "U1", "text": "Who?\n<@U1>\nlights it?"}
    for text in (discord, json.dumps([{**slack, "user_profile": profile}])):
        without, with_names = _paragraphs("a.json", text)
        assert without == ["A member: Who?\n@member\nlights it?"]
        [paragraph] = with_names
        assert len(paragraph.split("\n")) == 3
        assert paragraph.endswith("lights it?")
        assert len(paragraph) < 400


@pytest.mark.parametrize(("kept", "begins"), [(False, "A member: Who"), (True, "Ann of the Oven: Who")])
def test_the_reading_process_is_told(tmp_path: Path, begins: str, *, kept: bool) -> None:
    (tmp_path / "a.json").write_text(_discord({"author": _ANN, "content": "Who lights it?"}))
    process = ReaderProcess(20.0, 1024, ReadingOptions(chat_names=kept))
    try:
        outcome = process.read(SourceFile("a.json", tmp_path / "a.json"))
    finally:
        process.end()
    assert isinstance(outcome, Document), outcome
    assert begins in outcome.text
