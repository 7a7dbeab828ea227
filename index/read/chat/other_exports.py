"""Chats that Slack and Telegram export as JSON."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from index.read.chat.chat import Chat, Message, display_name, mention
from index.read.struck import struck

_SLACK_SAID = frozenset([None, "thread_broadcast", "me_message", "bot_message", "file_share"])
_TELEGRAM_PEOPLE = frozenset(["mention", "mention_name"])
"""Parts of a message that name somebody."""

_SLACK_LINK = re.compile(r"<([^<>]*)>")
_SLACK_MARK = re.compile(
    r"(?P<code>```.*?```|`[^`\n]+`)"
    r"|(?<![^\s\"'\[])(?:\*(?P<bold>[^\s*`.,;:/)][^*\n`]*)(?<=\S)\*|~(?P<struck>[^\s~`.,;:/)][^~\n`]*)(?<=\S)~)"
    r"(?=[.,;:!?\"'\]]*(?:\s|\Z))",
    re.DOTALL,
)
"""Code, in which nothing is a mark, and what stands between marks that no word, path or pattern goes on from."""


def other_chat_of(export: Any, *, names: bool = False) -> Chat | None:
    """Return the chat that a JSON value of Slack's or Telegram's is, or None where it is none.

    `names` says whether whoever is mentioned is called by name, where Slack's export gives one.
    """
    if isinstance(export, list):
        return _slack(export, names=names)
    if isinstance(export, dict) and isinstance(export.get("messages"), list) and "name" in export and "id" in export:
        return _telegram(export, names=names)
    return None


def is_slack_members(export: Any) -> bool:
    """Tell whether a JSON value is the list of people, with names and addresses, that goes with Slack's export."""
    people = export if isinstance(export, list) else []
    return bool(people) and all(
        isinstance(person, dict) and {"id", "team_id", "profile"} <= person.keys() for person in people
    )


def _slack(messages: list[Any], *, names: bool) -> Chat | None:
    """Return a day of a channel: a list of messages with the second that each was written at."""
    records = [message for message in messages if isinstance(message, dict)]
    if not records or len(records) < len(messages) or not all(_is_slack(message) for message in records):
        return None
    written = [message for message in records if message.get("subtype") in _SLACK_SAID]
    people = {author: name for message in records if (author := _author(message)) and (name := _slack_name(message))}
    read = [
        Message(
            _day(message["ts"]),
            _author(message),
            _lines(_slack_text(message, people if names else None)),
            name=_slack_name(message) or people.get(_author(message), ""),
        )
        for message in written
    ]
    return Chat("", read)


def _author(message: dict[str, Any]) -> str:
    return str(message.get("user") or message.get("bot_id") or "")


def _slack_name(message: dict[str, Any]) -> str:
    """Return what is shown of a message's author, or "" where the export has an id alone, as it mostly does."""
    profile = message.get("user_profile")
    known = [profile.get(key) for key in ("display_name", "real_name", "name")] if isinstance(profile, dict) else []
    return display_name(*known, message.get("username"))


def _is_slack(message: dict[str, Any]) -> bool:
    return message.get("type") == "message" and isinstance(message.get("ts"), str)


def _day(second: str) -> str:
    try:
        return f"{datetime.fromtimestamp(float(second), UTC):%Y-%m-%d}"
    except (ValueError, OverflowError, OSError):
        return ""


def _slack_text(message: dict[str, Any], people: Mapping[str, str] | None) -> str:
    """Return a message's text, with the names of `people` where those are kept."""
    added = _records(message.get("attachments"))
    texts = [message.get("text"), *(part.get(key) for part in added for key in ("pretext", "title", "text"))]
    files = [f"[attachment: {file['name']}]" for file in _records(message.get("files")) if file.get("name")]
    said = [_slack_said(text, people) for text in texts if isinstance(text, str) and text.strip()]
    return "\n".join([*said, *files])


def _slack_said(text: str, people: Mapping[str, str] | None) -> str:
    """Return what is seen of a text: links by their words, nothing of the marks for bold, what is struck out marked."""
    linked = html.unescape(_SLACK_LINK.sub(lambda link: _slack_link(link, people), text))
    return _SLACK_MARK.sub(
        lambda mark: mark["code"] or mark["bold"] or (struck(mark["struck"]) if mark["struck"] else mark[0]), linked
    )


def _slack_link(link: re.Match[str], people: Mapping[str, str] | None) -> str:
    """Return what is shown of a person, a channel or an address, with its label where it has one."""
    target, _, label = link[1].partition("|")
    if target.startswith("@"):
        return mention("" if people is None else display_name(label, people.get(target[1:])))
    return f"#{label or 'channel'}" if target.startswith("#") else label or target.lstrip("!")


def _telegram(export: dict[str, Any], *, names: bool) -> Chat | None:
    records = [message for message in export["messages"] if isinstance(message, dict)]
    if not any("date" in message and "text" in message for message in records):
        return None
    written = [message for message in records if message.get("type") == "message"]
    read = [
        Message(
            str(message.get("date"))[:10],
            str(message.get("from_id") or ""),
            _lines(_telegram_text(message.get("text"), names=names) or _telegram_poll(message)),
            name=display_name(message.get("from")),
        )
        for message in written
    ]
    known = {name for message in written if isinstance(name := message.get("from"), str)}
    return Chat(str(export.get("name") or ""), read, known)


def _telegram_text(text: Any, *, names: bool) -> str:
    """Return a message's text, which is whole or in parts, some of which mention somebody."""
    parts = text if isinstance(text, list) else [text]
    whole = (_telegram_part(part, names=names) if isinstance(part, dict) else part for part in parts)
    return "".join(part for part in whole if isinstance(part, str))


def _telegram_part(part: dict[str, Any], *, names: bool) -> Any:
    text = part.get("text")
    if part.get("type") == "strikethrough" and isinstance(text, str):
        return struck(text)
    return text if names or part.get("type") not in _TELEGRAM_PEOPLE else mention("")


def _telegram_poll(message: dict[str, Any]) -> str:
    """Return the question of a poll and the answers to choose from."""
    poll = message.get("poll")
    if not isinstance(poll, dict) or not isinstance(poll.get("question"), str):
        return ""
    answers = (answer.get("text") for answer in _records(poll.get("answers")))
    return "\n".join([poll["question"], *(f"- {answer}" for answer in answers if isinstance(answer, str))])


def _records(value: Any) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n"))
