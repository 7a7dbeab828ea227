"""Exported chats: days and messages, and nobody's name."""

from __future__ import annotations

import json
from typing import Any

import pytest

from index.errors import UnreadableError
from tests.index.read.blocks import C, H, P, blocks, document, texts

_RULE = "=" * 62


def _message(content: str, author: str, at: str = "2024-05-04T10:00:00+00:00", **more: Any) -> dict[str, Any]:
    return {"type": "Default", "timestamp": at, "content": content, "author": {"id": author, "name": author}, **more}


def _export(*messages: dict[str, Any], kind: str = "GuildTextChat") -> str:
    channel = {"type": kind, "category": "Garden", "name": "compost"}
    return json.dumps({"guild": {"name": "Allotment"}, "channel": channel, "messages": messages})


def test_json_is_read_by_days_without_names() -> None:
    text = _export(
        _message("When is **it** ready?\n```\nturn\n```\n<@12> do you know", "ann", mentions=[{"name": "bob"}]),
        _message("@Bob?", "ann"),
        _message("In a year @ann.", "bob", "2024-05-05T08:00:00+00:00", attachments=[{"fileName": "heap.png"}]),
        {**_message("Joined the server.", "eve"), "type": "GuildMemberJoin"},
    )
    read = document("a.json", text)
    assert read.title == "Garden / compost"
    assert [(kind, part) for kind, _, part in blocks("a.json", text)] == [
        (H, "2024-05-04"),
        (P, "A member: When is it ready?"),
        (C, "turn"),
        (P, "@member do you know"),
        (P, "@member?"),
        (H, "2024-05-05"),
        (P, "A member: In a year @member.\n[attachment: heap.png]"),
    ]


def test_a_thread_is_one_section() -> None:
    text = _export(_message("Hot?", "ann"), _message("Warm.", "bob", "2024-05-06"), kind="GuildPublicThread")
    assert texts("a.json", text) == ["A member: Hot?", "A member: Warm."]
    assert document("a.json", text).title == "compost"


def test_text_is_read_by_days_without_names() -> None:
    text = (
        f"{_RULE}\nGuild: Allotment\nChannel: Garden / compost\n{_RULE}\n\n"
        "[04/05/2024 10:00] ann\nWhen is it ready?\n\n"
        "[04/05/2024 10:02 AM] bob (pinned)\nIn a year @ann\n\n{Attachments}\nhttps://a.example/1/heap.png?x=1\n\n"
        "{Reactions}\n👍 (3)\n\n[05/05/2024 09:00] eve\nJoined the server.\n\n"
        f"{_RULE}\nExported 3 message(s)\n{_RULE}\n"
    )
    assert blocks("a.txt", text) == [
        (H, 7, "04/05/2024"),
        (P, 7, "A member: When is it ready?"),
        (P, 10, "A member: In a year @member"),
        (P, 13, "[attachment: heap.png]"),
    ]


def test_a_page_is_read_by_days_without_names() -> None:
    def group(author: str, day: str, content: str, more: str = "") -> str:
        stamp = f'<span class="chatlog__timestamp">{day} 10:00</span>'
        return (
            f'<div class="chatlog__message-group"><div class="chatlog__message-container">{more}'
            f'<span class="chatlog__author" title="{author.lower()}">{author}</span> {stamp}\n'
            f'<div class="chatlog__content">{content}</div>'
            '<div class="chatlog__reactions">3</div></div></div>\n'
        )

    reply = '<div class="chatlog__reply"><div class="chatlog__reply-author">Ann</div>secret</div>'
    text = (
        '<!DOCTYPE html><html><body><div class="preamble"><div class="preamble__entry">Allotment</div>'
        '<div class="preamble__entry">Garden / compost</div></div><div class="chatlog">\n'
        + group("Ann", "04/05/2024", "When is it <em>ready</em>?<pre>turn\nit</pre>")
        + group("Bob", "05/05/2024", "In a year @Ann <img class='chatlog__emoji' alt='🙂'>", reply)
        + "</div></body></html>"
    )
    assert [(kind, part) for kind, _, part in blocks("a.html", text)] == [
        (H, "04/05/2024"),
        (P, "A member: When is it ready?"),
        (C, "turn\nit"),
        (H, "05/05/2024"),
        (P, "A member: In a year @member 🙂"),
    ]
    assert document("a.html", text).title == "Garden / compost"


def test_underlined_lines_and_manuals_have_headings() -> None:
    assert blocks("a.txt", "Rules\n=====\nBe kind.\n\nDogs\n----\n\nOn a lead.\n") == [
        (H, 1, "Rules"),
        (P, 3, "Be kind."),
        (H, 5, "Dogs"),
        (P, 8, "On a lead."),
    ]
    manual = "HEAP(1)      Garden      HEAP(1)\n\nNAME\n       heap - turn it\n"
    assert blocks("a.txt", manual)[1:] == [(H, 3, "NAME"), (P, 4, "heap - turn it")]
    assert texts("a.txt", "Some words\n---\nmore words\n") == ["Some words\n---\nmore words"]


def test_what_discord_shows_as_something_else_is_read_so() -> None:
    text = _export(_message("At <t:1700000000:R> <:leaf:12> in <#7> ask <@&8> by </dig hole:9>.", "ann"))
    assert texts("a.json", text)[1:] == ["A member: At 2023-11-14 22:13 UTC :leaf: in #channel ask @role by /dig hole."]


def test_the_list_of_people_in_an_export_of_slack_is_not_read() -> None:
    people = [{"id": "U1", "team_id": "T1", "name": "marta", "profile": {"email": "marta@example.org"}}]
    with pytest.raises(UnreadableError, match="lists the people of a chat"):
        texts("users.json", json.dumps(people))
    assert "U1" in " ".join(texts("teams.json", json.dumps([{"id": "U1", "team_id": "T1"}])))


def test_exports_of_slack_and_telegram_are_chats_without_names() -> None:
    slack = [
        {"type": "message", "user": "U1", "text": "See <https://a.example|the plan> &amp; <@U2>", "ts": "1700000000.1"},
        {"type": "message", "subtype": "channel_join", "user": "U2", "text": "<@U2> has joined", "ts": "1700000001.2"},
        {"type": "message", "user": "U2", "text": "Thanks", "ts": "1700090000.3"},
    ]
    assert texts("a.json", json.dumps(slack)) == [
        *("2023-11-14", "A member: See the plan & @member", "2023-11-15", "A member: Thanks"),
    ]
    said = {"type": "message", "date": "2024-05-04T10:00:00", "from": "Ann Oak", "from_id": "user1"}
    telegram = {
        "name": "Compost",
        "id": 1,
        "messages": [
            {**said, "type": "service", "action": "invite", "text": ""},
            {**said, "text": ["Turn it, see ", {"type": "link", "text": "a.example"}]},
            {**said, "from": "Bob", "from_id": "user2", "text": "Why, @Ann Oak?"},
        ],
    }
    assert texts("a.json", json.dumps(telegram)) == [
        *("2024-05-04", "A member: Turn it, see a.example", "A member: Why, @member?"),
    ]
    assert document("a.json", json.dumps(telegram)).title == "Compost"


def test_exports_of_slack_and_telegram_keep_what_messages_show_beside_their_text() -> None:
    message = {"type": "message", "user": "U1", "ts": "1700000000.1"}
    slack = [
        {**message, "text": "Pay *five* euros, ~not six~ a*b*c.", "files": [{"name": "fees.pdf"}]},
        {**message, "subtype": "bot_message", "text": "", "attachments": [{"title": "Fees", "text": "Due in May."}]},
    ]
    assert texts("a.json", json.dumps(slack))[1:] == [
        "A member: Pay five euros, ~~not six~~ a*b*c.\n[attachment: fees.pdf]",
        "Fees\nDue in May.",
    ]
    said = {"type": "message", "date": "2024-05-04T10:00:00", "from": "Ann Oak", "from_id": "user1"}
    poll = {"question": "Turn it when?", "answers": [{"text": "In May"}, {"text": "In June"}]}
    struck = [{"type": "strikethrough", "text": "Six euros."}, " Five."]
    telegram = {"name": "Compost", "id": 1, "messages": [{**said, "text": struck}, {**said, "text": "", "poll": poll}]}
    assert texts("a.json", json.dumps(telegram))[1:] == [
        "A member: ~~Six euros.~~ Five.",
        "Turn it when?\n- In May\n- In June",
    ]


@pytest.mark.parametrize(
    "stamp",
    [
        "[{}.05.26, 14:03:22] ",
        "\u200e[{}/05/2026, 2:03:22\u202fPM] ",
        "{}.05.26, 14:03 - ",
        "5/{}/26, 2:03 PM - ",
        "2026-05-{}, 14:03 - ",
    ],
)
def test_whatsapp_is_read_by_days_without_names(stamp: str) -> None:
    said = [
        ("12", "Messages and calls are end-to-end encrypted."),
        ("12", "Ann Reed: When is it ready?\nI have turned it: twice."),
        ("12", "Ann Reed: <Media omitted>"),
        ("12", "+49 170 1234567: In a year @Ann Reed, @491701112222 says."),
        ("13", "Ben added Eve"),
        ("13", "Ann Reed: heap.png (file attached)"),
    ]
    text = "\n".join(stamp.format(day) + what for day, what in said)
    read = [(kind, line, part) for kind, line, part in blocks("WhatsApp Chat.txt", text)]
    assert [(line, part) for kind, line, part in read if kind is P] == [
        (2, "A member: When is it ready?\nI have turned it: twice."),
        (5, "A member: In a year @member, @member says."),
        (7, "A member: [attachment: heap.png]"),
    ]
    assert [line for kind, line, _ in read if kind is H] == [2, 7]


@pytest.mark.parametrize("stamp", ["[14:03] ", "14:03:22 ", "[14:03:22] "])
def test_irc_is_read_by_days_without_names(stamp: str) -> None:
    text = (
        f"--- Log opened Tue May 12 14:00:00 2026\n{stamp}-!- ann [a@b.example] has joined #compost\n"
        f"{stamp}<ann> When is it ready?\n{stamp}< ben> ann: In a year.\n{stamp}* ann nods\n"
        f"--- Day changed Wed May 13 2026\n{stamp}<@ben> Turn it: twice.\n"
    )
    assert blocks("compost.txt", text) == [
        (H, 3, "Tue May 12 2026"),
        (P, 3, "A member: When is it ready?"),
        (P, 4, "A member: @member: In a year."),
        (P, 5, "A member: nods"),
        (H, 7, "Wed May 13 2026"),
        (P, 7, "A member: Turn it: twice."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[2026-05-12 14:03:22] ERROR: no heap\n[2026-05-12 14:03:23] ERROR: no fork\n",
        "12.05.26, 14:03 - error: no heap\n12.05.26, 14:04 - error: no fork\n",
        "12.05.26, 14:00 - Opening\n12.05.26, 15:00 - Lunch\n12.05.26, 16:00 - Talk: compost\n",
        "14:00 Opening\n15:00 Lunch\n",
        "A talk:\n\n[14:03] <ann> When?\n[14:04] <ben> In a year.\n\nThat was it.\nIt was short.\nWe left.\n",
    ],
)
def test_what_only_has_times_is_no_chat(text: str) -> None:
    assert document("a.txt", text).text.split() == text.split()


def test_an_export_is_not_parsed_with_its_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """That takes most of the time that a large one has."""
    export = {
        "guild": {},
        "channel": {"name": "help"},
        "messages": [{"content": "Nets.", "timestamp": "2024-05-03T10"}],
    }

    def parsed(_text: str) -> None:
        raise AssertionError

    monkeypatch.setattr("index.read.data.json_text._parsed", parsed)
    assert "Nets." in document("a.json", json.dumps(export)).text


@pytest.mark.parametrize(
    "text",
    [
        *("```\nSELECT COUNT(*), MAX(*) FROM t, *x*\n```", "`rm *.o,*.a`", "`export PATH=~/bin:~/.local/bin`"),
        *("`a *b* c`", "files *.py/*.js", "COUNT(*), MAX(*)", "rm *.o,*.a", "PATH=~/bin:~/.local", "ls ~/a ~/b"),
    ],
)
def test_signs_of_code_in_slack_are_no_marks(text: str) -> None:
    slack = [{"type": "message", "user": "U1", "ts": "1700000000.1", "text": text}]
    assert text.strip("`\n") in texts("a.json", json.dumps(slack))[-1]
