"""Chats that DiscordChatExporter wrote as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from index.read.chat.chat import Chat, Message, display_name

_SAID = {
    "Default",
    "Reply",
    "ThreadStarterMessage",
    "ChatInputCommand",
    "ContextMenuCommand",
    "0",
    "19",
    "20",
    "21",
    "23",
}
"""Types of messages that somebody wrote; the others say that somebody came, or pinned something."""


def chat_of(export: Any) -> Chat | None:
    """Return the chat that a JSON value is, or None where it is none."""
    if not isinstance(export, dict) or not {"guild", "channel", "messages"} <= export.keys():
        return None
    channel, messages = export["channel"], export["messages"]
    if not isinstance(channel, dict) or not isinstance(messages, list):
        return None
    records = [message for message in messages if isinstance(message, dict)]
    thread = "Thread" in str(channel.get("type"))
    above = "" if thread else _text(channel.get("category"))
    title = " / ".join(filter(None, (above, _text(channel.get("name")))))
    written = [_message(message) for message in records if str(message.get("type", "Default")) in _SAID]
    people = [person for message in records for person in _people(message)]
    return Chat(title, written, set(_names(people)), days=not thread, people=_by_id(people))


def _message(message: dict[str, Any]) -> Message:
    lines = [*_text(message.get("content")).split("\n")]
    forwarded = message.get("forwardedMessage")
    if isinstance(forwarded, dict):
        lines += _text(forwarded.get("content")).split("\n")
    for embed in _maps(message.get("embeds")):
        lines += ["", *_embedded(embed)]
    lines += [f"[attachment: {_text(file.get('fileName'))}]" for file in _maps(message.get("attachments"))]
    author = message.get("author")
    day = _text(message.get("timestamp"))[:10]
    if not isinstance(author, dict):
        return Message(day, "", tuple(lines))
    who = _text(author.get("id")) or _text(author.get("name"))
    return Message(day, who, tuple(lines), name=_shown(author))


def _embedded(embed: dict[str, Any]) -> Iterator[str]:
    for text in (_text(embed.get("title")), _text(embed.get("description"))):
        yield from text.split("\n")
    for field in _maps(embed.get("fields")):
        yield f"{_text(field.get('name'))}: {_text(field.get('value'))}"


def _people(message: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a message's author and those it mentions."""
    return _maps([message.get("author"), *_maps(message.get("mentions"))])


def _names(people: Iterable[dict[str, Any]]) -> Iterator[str]:
    for person in people:
        yield from filter(None, (_text(person.get("name")), _text(person.get("nickname"))))


def _by_id(people: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Return the names that people are shown by, by their ids."""
    return {_text(person.get("id")): name for person in people if (name := _shown(person))}


def _shown(person: dict[str, Any]) -> str:
    return _display_name(_text(person.get("nickname")), _text(person.get("name")))


@lru_cache(10_000)
def _display_name(nickname: str, name: str) -> str:
    return display_name(nickname, name)


def _maps(value: Any) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
