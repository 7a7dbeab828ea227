"""Rich Text Format (RTF): paragraphs, headings, lists and tables; hidden and deleted text is left out."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace

from index.read.code_text import add_plain, dedented
from index.read.decoding import decoded
from index.read.draft import Draft
from index.read.office.metadata import sensible_title
from index.read.raised import raised
from index.read.rtf.colours import Colours
from index.read.rtf.state import State, changed
from index.read.rtf.words import CHARACTERS, destinations, encodings
from index.read.struck import going_on, struck
from index.records import BlockKind

_TOKEN = re.compile(
    r"\\(?:'(?P<hex>[0-9a-fA-F]{2})|(?P<word>[a-zA-Z]{1,32})(?P<value>-?\d{1,10})? ?|(?P<symbol>[^a-zA-Z]))"
    r"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\"
)
_FIXED = re.compile(r"courier|consol|mono\b|menlo|typewriter", re.IGNORECASE)
_HEADING = re.compile(r"heading (\d)")
_TITLE = "title;"
_MOST_IN_FIXED = 0.75
"""The share of a text above which a font of fixed width is that of its words, as typewriters have it."""

_CELLS = frozenset(["trowd", "cellx", "clmrg", "clvmrg"])
_ENDS = {"par", "sect", "page"}


@dataclass(slots=True)
class _Open:
    """Text that is not yet a block."""

    text: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    number: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_item: bool = False
    fixed: bool = False
    plain: bool = False


def read_rtf(data: bytes) -> Draft:
    """Read an RTF file; it has no lines of its own, so they are those of the text. Other text is read as it stands."""
    draft = Draft(own_lines=True)
    if not data.lstrip().startswith(b"{\\rtf"):
        add_plain(draft, decoded(data))
        return draft
    source = data.decode("latin-1")
    walk = _Walk(draft, source)
    walk.over(source)
    if walk.is_fixed or walk.in_fixed > _MOST_IN_FIXED * walk.in_all:
        draft = Draft(own_lines=True)
        walk = _Walk(draft, source, code=False)
        walk.over(source)
    draft.title = sensible_title("".join(walk.title)) or draft.first_heading
    return draft


class _Walk:
    """One pass over the tokens."""

    def __init__(self, draft: Draft, source: str, *, code: bool = True) -> None:
        """Write into `draft`; with `code`, paragraphs set in a font of fixed width are code."""
        self._draft = draft
        self._tells_code = code
        self.in_all = self.in_fixed = 0
        self._colours = Colours(source)
        self.title: list[str] = []
        self._state = State()
        self._groups: list[State] = []
        self._open = _Open()
        self._bytes = bytearray()
        self._encoding = "cp1252"
        self._fonts: dict[int, str] = {}
        self._fixed_fonts: set[int] = set()
        self._default_font = 0
        self._code: list[str] = []
        self._levels: dict[int, int] = {}
        self._style: list[str] = []
        self._skip = 0
        self._merges: list[tuple[str, int]] = []
        self._merge = ""
        self._above: dict[int, str] = {}

    @property
    def is_fixed(self) -> bool:
        """Whether text is set in a font of fixed width where nothing else is said."""
        return self._default_font in self._fixed_fonts

    def over(self, source: str) -> None:
        at = 0
        while (token := _TOKEN.match(source, at)) is not None:
            at = token.end()
            if token["hex"]:
                self._byte(int(token["hex"], 16))
                continue
            self._decode()
            if token["word"] == "bin":
                at += max(0, int(token["value"] or 0))
            elif token["word"]:
                self._word(token["word"], int(token["value"]) if token["value"] else None)
            elif token["text"]:
                self._plain(token["text"])
            elif token["brace"]:
                self._group(token["brace"])
            elif token["symbol"]:
                self._symbol(token["symbol"])
        self._decode()
        self._end_row()
        self._end_paragraph()
        self._end_code()

    def _byte(self, value: int) -> None:
        if self._skip:
            self._skip -= 1
        else:
            self._bytes.append(value)

    def _decode(self) -> None:
        """Turn bytes that have come into text, in the encoding of their font."""
        if self._bytes:
            encoding = self._fonts.get(self._state.font, self._encoding)
            self._put(self._bytes.decode(encoding, errors="replace"))
            self._bytes.clear()

    def _plain(self, text: str) -> None:
        if self._skip:
            text, self._skip = text[self._skip :], max(0, self._skip - len(text))
        if self._state.part == "body":
            text = text.encode("latin-1").decode(self._encoding, errors="replace") if not text.isascii() else text
        self._put(text)

    def _put(self, text: str) -> None:
        """Add text to what it is part of."""
        if self._state.hidden or self._state.tiny or self._colours.hide(self._state):
            return
        if self._state.part == "fonts" and _FIXED.search(text):
            self._fixed_fonts.add(self._state.font)
        if self._state.part == "body" and text.strip():
            self._open.fixed |= self._state.fixed
            self._open.plain |= not self._state.fixed
            self.in_all += len(text)
            self.in_fixed += len(text) if self._state.fixed else 0
        into = {
            "body": self._open.text,
            "number": self._open.number,
            "note": self._open.notes,
            "title": self.title,
            "styles": self._style,
        }.get(self._state.part)
        if into is not None:
            text = raised(text) if self._state.raised else text
            if self._state.struck:
                before, text = going_on(into.pop() if into else "", struck(text))
                into.append(before)
            into.append(text)

    def _group(self, brace: str) -> None:
        self._skip = 0
        if brace == "{":
            self._groups.append(self._state)
        elif self._groups:
            if self._state.part == "styles":
                self._name_style()
            self._state = self._groups.pop()

    def _name_style(self) -> None:
        name = "".join(self._style).strip().lower()
        heading = _HEADING.match(name)
        if self._state.style >= 0 and (heading or name == _TITLE):
            self._levels[self._state.style] = int(heading[1]) if heading else 1
        self._style = []

    def _symbol(self, symbol: str) -> None:
        if self._skip:
            self._skip -= 1
        elif symbol == "*":
            if self._state.part != "number":
                self._state = replace(self._state, part="unseen")
        elif symbol in "\r\n":
            self._word("par", None)
        else:
            self._put(CHARACTERS.get(symbol, ""))

    def _word(self, word: str, value: int | None) -> None:
        self._skip = 0
        if word in _ENDS or word in {"cell", "nestcell", "row", "nestrow"}:
            self._end(word)
        elif word in CHARACTERS:
            self._put(CHARACTERS[word])
        elif word == "u" and value is not None:
            self._put(chr(value % 0x10000))
            self._skip = self._state.skipped
        elif not self._part(word):
            self._set(word, value)

    def _part(self, word: str) -> bool:
        """Take note of what a group is part of, where a word says it."""
        parts = {
            "listtext": "number",
            "pntext": "number",
            "footnote": "note",
            "title": "title",
            "stylesheet": "styles",
            "fonttbl": "fonts",
            "shptxt": "body",
        }
        part = parts.get(word, "unseen" if word in destinations() else None)
        if part is None:
            return False
        unseen = self._state.part in {"unseen", "fonts"} and word not in {"shptxt", "title"}
        unseen = unseen and not (word == "footnote" and self._groups and self._groups[-1].part == "body")
        self._state = self._state if unseen else replace(self._state, part=part)
        self._open.is_item = self._open.is_item or part == "number"
        if part == "note":
            self._open.notes.append("\n\n")
        return True

    def _set(self, word: str, value: int | None) -> None:
        """Take note of a property of the text that follows."""
        if word == "fcharset" and self._state.part == "fonts":
            self._fonts[self._state.font] = encodings().get(value or 0, self._encoding)
        elif word == "deff":
            self._default_font = value or 0
        elif word in _CELLS:
            self._take_cell(word, value or 0)
        elif word == "ansicpg":
            self._encoding = _known(f"cp{value}")
        else:
            self._state = changed(self._state, word, value)
            if word == "f":
                self._state = replace(self._state, fixed=value in self._fixed_fonts)

    def _take_cell(self, word: str, value: int) -> None:
        """Take note of how the cells of the rows that follow are merged, and where each ends, in twentieths of a point.

        What tables in cells say of their rows stands in groups of its own, which are not part of the text.
        """
        if self._state.part != "body":
            return
        if word == "trowd":
            self._merges = []
        elif word == "cellx":
            self._merges.append((self._merge, value))
        self._merge = word if word in {"clmrg", "clvmrg"} else ""

    def _end(self, word: str) -> None:
        """End a paragraph, a cell or a row."""
        if self._state.part == "note":
            self._open.notes.append("\n")
        if self._state.part != "body" or (self._state.hidden and word in _ENDS):
            return
        if word == "cell":
            self._open.cells.append(_joined(self._open.text))
            self._open.text, self._open.fixed, self._open.plain = [], False, False
        elif word == "row":
            self._end_row()
        elif word in {"nestcell", "nestrow"} or self._state.in_table:
            self._open.text.append(" ")
        else:
            self._end_paragraph()

    def _end_row(self) -> None:
        self._end_code()
        cells = [" ".join(cell.split()) for cell in self._open.cells]
        for at, (cell, (merge, end)) in enumerate(zip(cells, self._merges, strict=False)):
            left = cells[at - 1] if at else cell
            cells[at] = left if merge == "clmrg" else self._above.get(end, cell) if merge == "clvmrg" else cell
        self._above = {end: cell for cell, (_, end) in zip(cells, self._merges, strict=False)}
        while cells and not cells[-1]:
            cells.pop()
        self._draft.flow(BlockKind.TABLE, [(" | ".join(cells), 1)])
        self._open.cells = []
        self._end_notes()

    def _end_paragraph(self) -> None:
        text, number = _joined(self._open.text), _joined(self._open.number).strip()
        level = self._state.level or self._levels.get(self._state.style, 0)
        if any(character.isalnum() for character in number):
            text = f"{number} {text.lstrip()}"
        elif marked := _WRITTEN_MARK.match(text):
            text = f"{marked[1] or ''}\t{text[marked.end() :]}"
            self._open.is_item = True
        is_code = self._tells_code and self._open.fixed and not (self._open.plain or self._open.is_item or level)
        self._open.fixed = self._open.plain = False
        if is_code or (self._code and not text.strip() and not self._open.notes):
            self._code += text.split("\n")
            self._open.text, self._open.number, self._open.is_item = [], [], False
            if not self._open.notes:
                return
            text = ""
        self._end_code()
        if level:
            self._draft.heading(level, [(text, 1)])
        else:
            self._draft.flow(BlockKind.LIST_ITEM if self._open.is_item else BlockKind.PARAGRAPH, [(text, 1)])
        self._open.text, self._open.number, self._open.is_item = [], [], False
        self._above = {}
        self._end_notes()

    def _end_code(self) -> None:
        """Add the lines of code that are open: each may be a paragraph of its own."""
        self._draft.verbatim(BlockKind.CODE, dedented([(line.expandtabs(), 1) for line in self._code]))
        self._code = []

    def _end_notes(self) -> None:
        for note in _joined(self._open.notes).split("\n\n"):
            self._draft.flow(BlockKind.PARAGRAPH, [(note, 1)])
        self._open.notes = []


_WRITTEN_MARK = re.compile(r"\s*(?:[•◦▪‣·]|(\(?(?:\d{1,3}|[a-z])[.)]))\t")
"""The mark of an item of a list that is written as text before a tab, as pandoc does: a bullet, or a number."""


def _joined(pieces: list[str]) -> str:
    """Return text, the halves of characters that take two units of UTF-16 put together."""
    return "".join(pieces).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "cp1252"
