"""Chats that DiscordChatExporter wrote as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from index.read.chat import Chat, Message

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
    found = [message for message in messages if isinstance(message, dict)]
    thread = "Thread" in str(channel.get("type"))
    above = "" if thread else _text(channel.get("category"))
    title = " / ".join(filter(None, (above, _text(channel.get("name")))))
    said = [_message(message) for message in found if str(message.get("type", "Default")) in _SAID]
    return Chat(title, said, {name for message in found for name in _names(message)}, days=not thread)


def _message(message: dict[str, Any]) -> Message:
    lines = [*_text(message.get("content")).split("\n")]
    forwarded = message.get("forwardedMessage")
    if isinstance(forwarded, dict):
        lines += _text(forwarded.get("content")).split("\n")
    for embed in _maps(message.get("embeds")):
        lines += ["", *_embedded(embed)]
    lines += [f"[attachment: {_text(file.get('fileName'))}]" for file in _maps(message.get("attachments"))]
    author = message.get("author")
    name = _text(author.get("id")) or _text(author.get("name")) if isinstance(author, dict) else ""
    return Message(_text(message.get("timestamp"))[:10], name, tuple(lines))


def _embedded(embed: dict[str, Any]) -> Iterator[str]:
    for text in (_text(embed.get("title")), _text(embed.get("description"))):
        yield from text.split("\n")
    for field in _maps(embed.get("fields")):
        yield f"{_text(field.get('name'))}: {_text(field.get('value'))}"


def _names(message: dict[str, Any]) -> Iterator[str]:
    """Yield the names of a message's author and of those it mentions."""
    for person in (message.get("author"), *_maps(message.get("mentions"))):
        if isinstance(person, dict):
            yield from filter(None, (_text(person.get("name")), _text(person.get("nickname"))))


def _maps(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
