"""Exported chats: a heading a day, a paragraph a message; who wrote it is left out ("A member")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from index.read.draft import Draft, Fragment
from index.records import BlockKind

_MEMBER = "A member: "
_MENTIONED = "@member"
_FENCE = re.compile(r"\s*```[\w+-]*\s*$")
_EMPHASIS = re.compile(r"(\*\*|__|\|\|)(?=\S)(.+?)(?<=\S)\1")
_TOKEN = re.compile(
    r"<a?:(?P<emoji>\w{2,32}):\d+>|<t:(?P<time>-?\d{1,12})(?::\w)?>|</(?P<command>[\w -]{1,100}):\d+>"
    r"|<@&(?P<role>\d+)>|<(?:#|id:)\w+>"
)
"""Discord's own writing for what it shows as something else."""

_SHORTEST_NAME = 2


@dataclass(frozen=True, slots=True)
class Message:
    """One message: its author's name only tells where another begins to speak; `line` is that of its first line."""

    day: str
    author: str
    lines: tuple[str, ...]
    line: int = 1


@dataclass(slots=True)
class Chat:
    """A channel or thread; `names` are those of people, and `days` says whether it is parted into days."""

    title: str
    messages: list[Message]
    names: set[str] = field(default_factory=set)
    days: bool = True


def add_chat(draft: Draft, chat: Chat) -> None:
    """Add a chat's messages under their days."""
    draft.title = chat.title
    hide = _hiding(chat.names | {message.author for message in chat.messages})
    day, author = "", None
    for message in chat.messages:
        if chat.days and message.day != day:
            day, author = message.day, None
            draft.heading(2, [(day, message.line)])
        for kind, part in _parts(message, hide):
            if author != message.author and kind is not BlockKind.CODE:
                part.insert(0, (_MEMBER, part[0][1]))
                author = message.author
            draft.verbatim(kind, _on_lines(part)) if kind is BlockKind.CODE else draft.flow(kind, part)


def _hiding(names: Iterable[str]) -> re.Pattern[str]:
    """Return what finds mentions: Discord's own form of them, and the names of those who are known to be people."""
    known = sorted({name for name in names if len(name) >= _SHORTEST_NAME}, key=len, reverse=True)
    written = "|".join(map(re.escape, known[:_MOST_NAMES]))
    return re.compile(rf"<@!?\d+>|@(?:{written})(?!\w)" if written else r"<@!?\d+>", re.IGNORECASE)


_MOST_NAMES = 20_000


def _parts(message: Message, hide: re.Pattern[str]) -> Iterator[tuple[BlockKind, list[Fragment]]]:
    """Yield the paragraphs of a message, and its code."""
    kind, part = BlockKind.PARAGRAPH, list[Fragment]()
    for number, line in enumerate(message.lines):
        fence = _FENCE.match(line)
        if fence or (kind is not BlockKind.CODE and not line.strip()):
            if any(text.strip() for text, _ in part):
                yield kind, part
            part = []
            if fence:
                kind = BlockKind.PARAGRAPH if kind is BlockKind.CODE else BlockKind.CODE
            continue
        seen = line if kind is BlockKind.CODE else _EMPHASIS.sub(r"\2", _TOKEN.sub(_token, line))
        part.append((f"{hide.sub(_MENTIONED, seen)}\n", message.line + number))
    if any(text.strip() for text, _ in part):
        yield kind, part


def _token(found: re.Match[str]) -> str:
    """Return what Discord shows for an emoji of a server, a time, a role, a channel or a command."""
    if found["emoji"]:
        return f":{found['emoji']}:"
    if found["time"]:
        try:
            return f"{datetime.fromtimestamp(int(found['time']), UTC):%Y-%m-%d %H:%M} UTC"
        except (ValueError, OverflowError, OSError):
            return found[0]
    return f"/{found['command']}" if found["command"] else "@role" if found["role"] else "#channel"


def _on_lines(part: list[Fragment]) -> list[Fragment]:
    return [(text.rstrip("\n"), line) for text, line in part]
