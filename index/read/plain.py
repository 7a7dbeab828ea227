"""Plain text: a paragraph is what stands between empty lines, and keeps its line ends."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from index.read.decoding import decoded
from index.read.draft import Draft, Fragment
from index.records import BlockKind

if TYPE_CHECKING:
    from index.read.chat.chat import Chat

_UNDERLINES = re.compile(r"(={3,}|-{3,}|~{3,}|\*{3,})\s*")
_CHAT = "=" * 62
_CLOCK = re.compile(r"^\W{0,3}[\d./-]{0,11},?\s{0,2}\d{1,2}[:.]\d{2}", re.MULTILINE)
_HEAD = 2_000
_LONGEST_HEADING = 100
_LEVELS = {"=": 1, "*": 1, "-": 2, "~": 3}
_MANUAL = re.compile(r"\s*(?P<name>[\w.:+-]+\(\d\w*\))\s.*\s(?P=name)\s*\n")
_MANUAL_HEADING = re.compile(r"[A-Z][A-Z0-9 ,/&'-]*")


def read_plain(data: bytes, *, names: bool = False) -> Draft:
    """Read plain text in whatever encoding it has: a chat's export as a chat, underlined lines as headings.

    `names` says whether the names of a chat's authors are kept.
    """
    text = decoded(data)
    draft = Draft()
    if _add_chat(draft, text, names=names):
        return draft
    manual = _MANUAL.match(text)
    lines = enumerate(text.split("\n"), 1)
    for blank, group in groupby(lines, key=lambda numbered: not numbered[1].strip()):
        if not blank:
            _add(draft, [(line, number) for number, line in group], manual=manual is not None)
    draft.title = manual["name"] if manual else None
    return draft


def is_chat(text: str) -> bool:
    """Tell whether a text is a chat's export."""
    return _chat_in(text, names=False) is not None


def _add_chat(draft: Draft, text: str, *, names: bool) -> bool:
    """Add an exported chat; return whether the text is one."""
    from index.read.chat.chat import add_chat

    chat = _chat_in(text, names=names)
    if chat is not None:
        add_chat(draft, chat, names=names)
    return chat is not None


def _chat_in(text: str, *, names: bool) -> Chat | None:
    from index.read.chat.log_export import log_in
    from index.read.chat.text_export import chat_in

    if text.lstrip().startswith(_CHAT):
        return chat_in(text)
    return log_in(text, names=names) if _CLOCK.search(text, 0, _HEAD) else None


def _add(draft: Draft, lines: list[Fragment], *, manual: bool) -> None:
    """Add what stands between two empty lines: the heading that it begins with, and the rest."""
    if len(lines) > 1 and _is_underlined(lines[0][0], lines[1][0]):
        draft.heading(_LEVELS[lines[1][0].strip()[0]], lines[:1])
        lines = lines[2:]
    elif manual and _MANUAL_HEADING.fullmatch(lines[0][0].rstrip()):
        draft.heading(1, lines[:1])
        lines = lines[1:]
    draft.verbatim(BlockKind.PARAGRAPH, lines)


def _is_underlined(line: str, below: str) -> bool:
    text = line.strip()
    if not _UNDERLINES.fullmatch(below.lstrip()) or len(text) > _LONGEST_HEADING or line[:1].isspace():
        return False
    return any(letter.isalpha() for letter in text) and abs(len(text) - len(below.strip())) <= max(2, len(text) // 4)
