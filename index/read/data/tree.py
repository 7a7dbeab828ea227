"""Data as a person reads it: questions with their answers, headed sections, `key: value` lines (JSON, YAML)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from index.errors import UnreadableError
from index.read.data.comma_separated import add_table
from index.read.data.questions import ANSWERS, QUESTIONS, is_kept_back
from index.read.draft import MOST_BLOCKS, Draft, Fragment
from index.read.html.blocks import add_html, beginning_at, seen_blocks
from index.records import BlockKind


class Scalar(str):
    """A value as it is written, with the line that it stands on."""

    __slots__ = ("line",)
    line: int

    @classmethod
    def at(cls, text: str, line: int) -> Scalar:
        """Return the text as a value on a line."""
        value = cls(text)
        value.line = line
        return value


class Pairs(list["tuple[str, Value]"]):
    """A map, in the order that it is written in."""


Value: TypeAlias = "str | Pairs | list[Value]"

_LINKED_DATA = ("acceptedanswer", "suggestedanswer")
"""The answers of schema.org, whose questions are named by their `name`."""

_TITLES = ("title", "name", "heading", "header", "subject", "topic", "label")
_GROUPS = ("category", "section", "group", "chapter", "kategorie", "categoría", "catégorie")
_BODIES = frozenset(["body", "content", "contents", "text", "message", "html", "markdown", "description", "bodytext"])
"""Fields that hold the text of what a record is about: their names say nothing."""

_HTML = re.compile(r"</?(?:p|br|div|ul|ol|li|table|h[1-6]|strong|em|b|i|a|span)\b[^<>]*>", re.IGNORECASE)
_ELEMENT = re.compile(
    r"\s*<(p|div|h[1-6]|strong|em|b|i|a|span)\b[^<>]*>(?:(?!</?\1\b).)*</\1\s*>\s*", re.IGNORECASE | re.DOTALL
)
_SHORT = 200
_PROSE_WORDS = 5
_MOSTLY = 0.5
_MOST_VALUES = 4 * MOST_BLOCKS


def is_prose(value: Value) -> bool:
    """Return whether the data holds what people read: questions with answers, or sentences for the most part."""
    prose = rest = 0
    for inner in _within(value):
        if isinstance(inner, Pairs):
            if _faq(inner) or _asks(inner):
                return True
        elif isinstance(inner, str):
            if len(inner.split()) >= _PROSE_WORDS:
                prose += len(inner)
            else:
                rest += len(inner)
    return prose > _MOSTLY * (prose + rest)


def _within(value: Value) -> Iterator[Value]:
    """Yield a value and all below it; what is named again and again (YAML's aliases) has an end."""
    waiting, seen = [value], 0
    while waiting:
        seen += 1
        if seen > _MOST_VALUES:
            raise UnreadableError(f"holds more than {_MOST_VALUES:,} values: split it into smaller files")
        inner = waiting.pop()
        yield inner
        if isinstance(inner, Pairs):
            waiting.extend(below for _, below in inner)
        elif not isinstance(inner, str):
            waiting.extend(inner)


def add_data(draft: Draft, value: Value) -> None:
    """Add a value with all below it: of a question that is not shown, nothing."""
    for _ in _within(value):  # raises where there is no end to it
        pass
    if _is_kept_back(value):
        return
    if isinstance(value, Pairs) and _faq(value) is None:
        draft.title = _scalar(value, _TITLES)
    _Tree(draft).add(value, 1)


class _Tree:
    """Adds values to a draft, each below a level of headings."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def add(self, value: Value, level: int) -> None:
        if isinstance(value, str):
            self._text(value)
        elif isinstance(value, Pairs):
            self._map(value, level)
        else:
            self._list(value, level)

    def _list(self, given: list[Value], level: int) -> None:
        values = [value for value in given if not _is_kept_back(value)]
        records = [value for value in values if isinstance(value, Pairs) and _is_row(value)]
        if len(records) == len(values):
            for record in records:
                self._row(record)
            return
        table = _table(values)
        if table is not None:
            add_table(self._draft, ((_line(row), row) for row in table))
            return
        for entry in values:
            if isinstance(entry, str) and not _is_long(entry):
                self._draft.flow(BlockKind.LIST_ITEM, _fragments(entry))
            elif isinstance(entry, Pairs):
                self._map(entry, level, headed=True)
            else:
                self.add(entry, level)

    def _map(self, pairs: Pairs, level: int, *, headed: bool = False) -> None:
        """Add a map; its title is a heading where it is `headed`, or longer than a row."""
        faq = _faq(pairs)
        title = _title_key(pairs)
        if faq:
            question, answer = faq
            self._question(_value(pairs, question), level)
            self.add(_plain_answer(_value(pairs, answer)), level + 1)
            self._pairs([pair for pair in pairs if pair[0] not in faq], level + 1)
        elif title is not None and (headed or not _is_row(pairs)):
            self._draft.heading(level, _heading(_value(pairs, title)))
            self._pairs([pair for pair in pairs if pair[0] != title], level + 1)
        else:
            self._pairs(pairs, level)

    def _question(self, question: Value, level: int) -> None:
        """Add the question as the heading of its answer; of several ways to ask it, the first."""
        ways = question if isinstance(question, list) and not isinstance(question, Pairs) else [question]
        first, *others = ways
        self._draft.heading(level, _heading(first))
        for other in others:
            self.add(other, level + 1)

    def _pairs(self, pairs: list[tuple[str, Value]], level: int) -> None:
        """Add the values that take a line first: what comes after a section would seem to be part of it."""
        pairs = [  # without what programs alone read (JSON-LD)
            (key, value) for key, value in pairs if not key.startswith("@") and not _is_kept_back(value)
        ]
        for key, value in pairs:
            if _is_line(value) and not key.rstrip().endswith("?"):
                self._draft.flow(BlockKind.LIST_ITEM, [(f"{key}: ", _line(key)), *_fragments(_joined(value), value)])
        bodies = [pair for pair in pairs if level > 1 and isinstance(pair[1], str) and pair[0].lower() in _BODIES]
        for _, value in bodies:
            if not _is_line(value):
                self.add(value, level)
        for key, value in (pair for pair in pairs if pair not in bodies):
            if not _is_blank(value) and (not _is_line(value) or key.rstrip().endswith("?")):
                self._draft.heading(level, [(key, _line(key))])
                self.add(value, level + 1)

    def _row(self, pairs: list[tuple[str, Value]]) -> None:
        row: list[Fragment] = []
        for key, value in pairs:
            if not _is_blank(value):
                row += [(f"{' | ' if row else ''}{key}: ", _line(key)), *_fragments(_joined(value), value)]
        self._draft.flow(BlockKind.TABLE, row)

    def _text(self, text: str) -> None:
        if _HTML.search(text):
            add_html(self._draft, text, beginning_at(_line(text)))
            return
        paragraph: list[Fragment] = []
        for fragment in (*_fragments(text), ("", 1)):
            if fragment[0].strip():
                paragraph.append((fragment[0].rstrip(), fragment[1]))
            elif paragraph:
                self._draft.verbatim(BlockKind.PARAGRAPH, paragraph)
                paragraph = []


def _faq(pairs: Pairs) -> tuple[str, str] | None:
    """Return the keys of a question and of its answer, where a map holds both."""
    keys = {key.lower().strip(): key for key, value in pairs if not _is_blank(value)}
    is_linked = not keys.keys().isdisjoint(_LINKED_DATA)
    question = next((keys[name] for name in (("name",) if is_linked else QUESTIONS) if name in keys), None)
    answer = next((keys[name] for name in (_LINKED_DATA if is_linked else ANSWERS) if name in keys), None)
    if question is None or answer is None or not isinstance(_first(_value(pairs, question)), str):
        return None
    return question, answer


def _title_key(pairs: Pairs) -> str | None:
    """Return the key of what names a record; of what only names a group of them where nothing else does."""
    lines = [key for key, value in pairs if _is_line(value)]
    return next((key for names in (_TITLES, _GROUPS) for key in lines if key.lower() in names), None)


def _is_kept_back(value: Value) -> bool:
    """Return whether a value is a question that is not shown, by one of its own fields."""
    if not isinstance(value, Pairs):
        return False
    return is_kept_back({key: inner if isinstance(inner, str) else "" for key, inner in value})


def _asks(pairs: Pairs) -> bool:
    """Return whether a map leads from questions to their answers."""
    asked = sum(key.rstrip().endswith(("?", "\N{FULLWIDTH QUESTION MARK}")) for key, _ in pairs)
    return asked > _MOSTLY * len(pairs)


def _plain_answer(value: Value) -> Value:
    """Return the text of an answer of schema.org, which is a map that holds it, and the answer itself elsewhere."""
    values = value if isinstance(value, list) and not isinstance(value, Pairs) else [value]
    texts = [text for entry in values if isinstance(entry, Pairs) if (text := _scalar(entry, ("text",)))]
    if not texts or len(texts) < len(values):
        return value
    return texts[0] if len(texts) == 1 else [*texts]


def _table(values: list[Value]) -> list[list[str]] | None:
    """Return a list of rows as the cells of a table, None where it is none."""
    rows = [value for value in values if isinstance(value, list) and not isinstance(value, Pairs)]
    cells = [[cell for cell in row if isinstance(cell, str)] for row in rows]
    is_table = len(rows) == len(values) > 1 and all(map(list.__eq__, rows, cells))
    return cells if is_table and max(map(len, cells)) > 1 else None


def _first(value: Value) -> Value:
    return value[0] if isinstance(value, list) and not isinstance(value, Pairs) and value else value


def _scalar(pairs: Pairs, names: tuple[str, ...]) -> str | None:
    return next((value for key, value in pairs if key.lower() in names and isinstance(value, str)), None)


def _value(pairs: Pairs, wanted: str) -> Value:
    return next(value for key, value in pairs if key == wanted)


def _is_row(pairs: Pairs) -> bool:
    """Return whether a map is a row of a table: nothing in it is long or has parts of its own."""
    return _faq(pairs) is None and all(_is_line(value) for _, value in pairs)


def _is_line(value: Value) -> bool:
    """Return whether a value fits on the line of its key."""
    if isinstance(value, str):
        return not _is_long(value)
    flat = not isinstance(value, Pairs) and all(isinstance(entry, str) and "\n" not in entry for entry in value)
    return flat and len(_joined(value)) <= _SHORT


def _is_long(text: str) -> bool:
    return len(text) > _SHORT or "\n" in text.strip() or bool(_HTML.search(text))


def _is_blank(value: Value) -> bool:
    return not value.strip() if isinstance(value, str) else not value


def _joined(value: Value) -> str:
    return value if isinstance(value, str) else ", ".join(str(entry) for entry in value)


def _line(value: object) -> int:
    if isinstance(value, list) and value and not isinstance(value, Pairs):
        return _line(value[0])
    return value.line if isinstance(value, Scalar) else 1


def _heading(value: Value) -> list[Fragment]:
    """Return what is seen of a title or question, which may be an element of HTML as a whole.

    In a sentence a tag may be what is asked about.
    """
    text = str(value)
    if _ELEMENT.fullmatch(text):
        text = " ".join(block.text for block in seen_blocks(text))
    return _fragments(text, value)


def _fragments(text: str, at: object = None) -> list[Fragment]:
    """Return a text's lines, the first on the line that the value has which it comes from."""
    first = _line(text if at is None else at)
    return [(f"{line}\n", first + number) for number, line in enumerate(text.strip("\n").split("\n"))]
