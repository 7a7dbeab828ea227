"""Chats that Slack and Telegram export as JSON."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from typing import Any

from index.read.chat.chat import Chat, Message

_SLACK_SAID = frozenset([None, "thread_broadcast", "me_message", "bot_message", "file_share"])
_SLACK_LINK = re.compile(r"<([^<>]*)>")


def other_chat_of(export: Any) -> Chat | None:
    """Return the chat that a JSON value of Slack's or Telegram's is, or None where it is none."""
    if isinstance(export, list):
        return _slack(export)
    if isinstance(export, dict) and isinstance(export.get("messages"), list) and "name" in export and "id" in export:
        return _telegram(export)
    return None


def is_slack_members(export: Any) -> bool:
    """Tell whether a JSON value is the list of people, with names and addresses, that goes with Slack's export."""
    people = export if isinstance(export, list) else []
    return bool(people) and all(isinstance(one, dict) and {"id", "team_id", "profile"} <= one.keys() for one in people)


def _slack(messages: list[Any]) -> Chat | None:
    """Return a day of a channel: a list of messages with the second that each was written at."""
    found = [message for message in messages if isinstance(message, dict)]
    if not found or len(found) < len(messages) or not all(_is_slack(message) for message in found):
        return None
    said = [message for message in found if message.get("subtype") in _SLACK_SAID]
    read = [
        Message(
            _day(message["ts"]), str(message.get("user") or message.get("bot_id") or ""), _lines(_slack_text(message))
        )
        for message in said
    ]
    return Chat("", read)


def _is_slack(message: dict[str, Any]) -> bool:
    return message.get("type") == "message" and isinstance(message.get("ts"), str)


def _day(second: str) -> str:
    try:
        return f"{datetime.fromtimestamp(float(second), UTC):%Y-%m-%d}"
    except (ValueError, OverflowError, OSError):
        return ""


def _slack_text(message: dict[str, Any]) -> str:
    text = message.get("text")
    return html.unescape(_SLACK_LINK.sub(_slack_link, text)) if isinstance(text, str) else ""


def _slack_link(found: re.Match[str]) -> str:
    """Return what is shown of a person, a channel or an address, with its label where it has one."""
    target, _, label = found[1].partition("|")
    if target.startswith("@"):
        return "@member"
    return f"#{label or 'channel'}" if target.startswith("#") else label or target.lstrip("!")


def _telegram(export: dict[str, Any]) -> Chat | None:
    found = [message for message in export["messages"] if isinstance(message, dict)]
    if not any("date" in message and "text" in message for message in found):
        return None
    said = [message for message in found if message.get("type") == "message"]
    read = [
        Message(
            str(message.get("date"))[:10],
            str(message.get("from_id") or ""),
            _lines(_telegram_text(message.get("text"))),
        )
        for message in said
    ]
    names = {name for message in said if isinstance(name := message.get("from"), str)}
    return Chat(str(export.get("name") or ""), read, names)


def _telegram_text(text: Any) -> str:
    """Return a message's text, which is whole or in parts, some of them with their looks."""
    parts = text if isinstance(text, list) else [text]
    whole = (part.get("text") if isinstance(part, dict) else part for part in parts)
    return "".join(part for part in whole if isinstance(part, str))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n"))
