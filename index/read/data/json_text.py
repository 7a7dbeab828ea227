"""JSON, whole or one value a line: lists of questions and other exports as text, settings as code."""

from __future__ import annotations

import json
from typing import Any

from index.errors import UnreadableError
from index.read.chat.chat import Chat, add_chat
from index.read.chat.json_export import chat_of
from index.read.chat.other_exports import is_slack_members, other_chat_of
from index.read.code_text import add_code, add_plain
from index.read.data.tree import Pairs, Value, add_data, is_prose
from index.read.decoding import decoded
from index.read.draft import Draft

_MOST_WRAPPINGS = 2
_MEMBERS = "lists the people of a chat with their names: it is not read"
_LONGEST_LINE = 500
"""Characters of a line past which nobody wrote it by hand: it is laid out anew."""


def read_json(data: bytes, *, names: bool = False) -> Draft:
    """Read JSON; what is none is read as it stands. Lines are those of the text.

    `names` says whether the names of authors are kept where it is an exported chat.
    """
    text = decoded(data)
    draft = Draft(own_lines=True)
    try:
        chat = _chat(text, names=names)
        if chat is not None:
            add_chat(draft, chat, names=names)
            return draft
        value = _parsed(text)
    except ValueError:
        return _lines(draft, text, names=names)
    if is_prose(value) or _is_export(value):
        add_data(draft, value)
    elif max(map(len, text.split("\n"))) > _LONGEST_LINE:
        add_code(draft, json.dumps(json.loads(text), ensure_ascii=False, indent=2))
    else:
        add_code(draft, text)
    return draft


def _chat(text: str, *, names: bool) -> Chat | None:
    """Return the chat that JSON is an export of, None where it is none; parsed plainly, which is much faster."""
    begins = text.lstrip()[:1]
    if begins != "{" and (begins != "[" or ('"ts"' not in text and '"team_id"' not in text)):
        return None
    plain = json.loads(text)
    if is_slack_members(plain):
        raise UnreadableError(_MEMBERS)
    return chat_of(plain) or other_chat_of(plain, names=names)


def read_json_lines(data: bytes) -> Draft:
    """Read JSON of one value a line. Raises `UnreadableError` for a line that is none."""
    draft = Draft(own_lines=True)
    add_data(draft, _values(decoded(data)))
    return draft


def _lines(draft: Draft, text: str, *, names: bool) -> Draft:
    """Add JSON of one value a line; else, as JSON with comments and text under a wrong name are, the text itself."""
    try:
        add_data(draft, _values(text))
    except UnreadableError:
        if text.lstrip()[:1] in {"{", "[", "/"}:
            add_code(draft, text)
        else:
            add_plain(draft, text, names=names)
    return draft


def _values(text: str) -> list[Value]:
    values: list[Value] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                values.append(_parsed(line))
            except ValueError as error:
                raise UnreadableError(f"is not JSON in line {number}") from error
    return values


def _parsed(text: str) -> Value:
    value = json.loads(text, object_pairs_hook=_pairs, parse_float=str, parse_int=str, parse_constant=str)
    return _written(value)


def _pairs(pairs: list[tuple[str, Any]]) -> Pairs:
    return Pairs((key, _written(value)) for key, value in pairs)


def _written(value: Any) -> Value:
    """Return a value as it is written; nothing is nothing."""
    if isinstance(value, Pairs | str):
        return value
    if isinstance(value, list):
        return [_written(entry) for entry in value]
    return {True: "true", False: "false", None: ""}[value]


def _is_export(value: Value, wrapped: int = 0) -> bool:
    """Return whether it is a list of records, be it in up to two maps, or of rows, as databases and forms give it."""
    if not isinstance(value, Pairs):
        return isinstance(value, list) and any(isinstance(entry, Pairs if wrapped else list) for entry in value)
    parts = [part for _, part in value if isinstance(part, list) and part]
    return wrapped < _MOST_WRAPPINGS and len(parts) == 1 and _is_export(parts[0], wrapped + 1)
