"""Exported chats: a heading a day, a paragraph a message; names are kept or left out ("A member")."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from index.read.draft import Draft, Fragment
from index.records import BlockKind

_MEMBER = "A member"
_MENTIONED = "@member"
_MENTION = re.compile(r"<@!?(\d+)>")
_FENCE = re.compile(r"\s*```[\w+-]*\s*$")
_EMPHASIS = re.compile(r"(\*\*|__|\|\|)(?=\S)(.+?)(?<=\S)\1")
_TOKEN = re.compile(
    r"<a?:(?P<emoji>\w{2,32}):\d+>|<t:(?P<time>-?\d{1,12})(?::\w)?>|</(?P<command>[\w -]{1,100}):\d+>"
    r"|<@&(?P<role>\d+)>|<(?:#|id:)\w+>"
)
"""Discord's own writing for what it shows as something else."""

_SHORTEST_NAME = 2
_LONGEST_NAME = 150
"""Characters of a name that are kept: more than any of these chats allows."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message: `author` tells where another begins to speak; `line` is that of its first line.

    `name` is what the export shows of its author, if it shows more than an id.
    """

    day: str
    author: str
    lines: tuple[str, ...]
    line: int = 1
    name: str = ""


@dataclass(slots=True)
class Chat:
    """A channel or thread; `names` are all that people have, and `days` says whether it is parted into days.

    `people` are the names that people are shown by, by the ids that they are mentioned by.
    """

    title: str
    messages: list[Message]
    names: set[str] = field(default_factory=set)
    days: bool = True
    people: Mapping[str, str] = field(default_factory=dict)


def add_chat(draft: Draft, chat: Chat, *, names: bool = False) -> None:
    """Add a chat's messages under their days; `names` says whether those of authors and in mentions are kept."""
    draft.title = chat.title
    mentions = _kept(chat.people) if names else _hidden(chat.names | {message.author for message in chat.messages})
    day, speaker = "", None
    for message in chat.messages:
        if chat.days and message.day != day:
            day, speaker = message.day, None
            draft.heading(2, [(day, message.line)])
        name = (display_name(message.name) if names else "") or _MEMBER
        for kind, part in _parts(message, mentions):
            if speaker != (message.author, name) and kind is not BlockKind.CODE:
                part.insert(0, (f"{name}: ", part[0][1]))
                speaker = (message.author, name)
            draft.verbatim(kind, _on_lines(part)) if kind is BlockKind.CODE else draft.flow(kind, part)


def display_name(*given: object) -> str:
    """Return the first of the values that is a name, on one line and no longer than names are, else ""."""
    names = (" ".join(name[:_LONGEST_NAME].split()) for name in given if isinstance(name, str))
    return next(filter(None, names), "")


def mention(name: str) -> str:
    """Return how somebody is mentioned whose name is known, or, where it is "", is not or is left out."""
    return f"@{name}" if name else _MENTIONED


_Renaming = Callable[[str], str]
"""From a line as it was written to what is read of the mentions in it."""


def _kept(people: Mapping[str, str]) -> _Renaming:
    """Return what keeps mentions, and puts names in place of ids where they are known."""
    return lambda line: _MENTION.sub(lambda match: mention(display_name(people.get(match[1]))), line)


def _hidden(names: Iterable[str]) -> _Renaming:
    """Return what hides mentions: Discord's own form of them, and the names of those who are known to be people."""
    known = sorted({name for name in names if len(name) >= _SHORTEST_NAME}, key=len, reverse=True)
    written = "|".join(map(re.escape, known[:_MOST_NAMES]))
    hidden = re.compile(rf"<@!?\d+>|@(?:{written})(?!\w)" if written else r"<@!?\d+>", re.IGNORECASE)
    return lambda line: hidden.sub(_MENTIONED, line)


_MOST_NAMES = 20_000


def _parts(message: Message, mentions: _Renaming) -> Iterator[tuple[BlockKind, list[Fragment]]]:
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
        part.append((f"{mentions(seen)}\n", message.line + number))
    if any(text.strip() for text, _ in part):
        yield kind, part


def _token(token: re.Match[str]) -> str:
    """Return what Discord shows for an emoji of a server, a time, a role, a channel or a command."""
    if token["emoji"]:
        return f":{token['emoji']}:"
    if token["time"]:
        try:
            return f"{datetime.fromtimestamp(int(token['time']), UTC):%Y-%m-%d %H:%M} UTC"
        except (ValueError, OverflowError, OSError):
            return token[0]
    return f"/{token['command']}" if token["command"] else "@role" if token["role"] else "#channel"


def _on_lines(part: list[Fragment]) -> list[Fragment]:
    return [(text.rstrip("\n"), line) for text, line in part]
