"""One pass over the tags of an HTML text, as they stand in the source: so every word keeps its line."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from index.read.draft import Fragment
from index.read.html_tags import BREAKING, HEADINGS, LISTS, UNSEEN, UNSEEN_CLASSES, VOID
from index.records import BlockKind

Found = tuple[BlockKind, int, list[Fragment]]
"""A block: its kind, the level if it is a heading, and its text."""

_MOST_DIGITS = 9


@dataclass
class _Table:
    """A table that is open: the cells of its row, and whether it only serves to lay out a page."""

    cells: list[list[Fragment]] = field(default_factory=list)
    layout: bool = False
    in_cell: bool = False


class HtmlWalk(HTMLParser):
    """The parser: feed it a source, end it, and `found` holds the blocks."""

    def __init__(self, first: int, unseen: frozenset[str]) -> None:
        """Begin at line `first`; elements of the names in `unseen` are left out as well."""
        super().__init__(convert_charrefs=True)
        self.found: list[Found] = []
        self._before = first - 1
        self._left_out = UNSEEN | unseen
        self._text: list[Fragment] = []
        self._unseen: list[str] = []
        self._tables: list[_Table] = []
        self._lists: list[int | None] = []
        self._number = ""
        self._heading = 0
        self._pre = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        if self._unseen or self._is_unseen(tag, attrs):
            if tag not in VOID:
                self._unseen.append(tag)
        elif tag in {"br", "img"}:
            self._inline(tag, dict(attrs))
        else:
            self._start(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if self._unseen:
            if tag in self._unseen:
                del self._unseen[len(self._unseen) - 1 - self._unseen[::-1].index(tag) :]
        elif tag == "pre":
            self._end_block()
            self._pre = max(0, self._pre - 1)
        elif tag in HEADINGS:
            self._end_block()
            self._heading = 0
        else:
            self._end(tag)

    def handle_data(self, data: str) -> None:
        """Add text to the block that is open."""
        if self._unseen:
            return
        line = self.getpos()[0] + self._before
        newline = "\n" if self._pre else " "
        *ended, rest = data.split("\n")
        for number, text in enumerate(ended):
            self._text.append((text + newline, line + number))
        if rest:
            self._text.append((rest, line + len(ended)))

    def end(self) -> None:
        """Close all that the source leaves open."""
        self.close()
        while self._tables:
            self._end("table")
        self._end_block()

    def _end_block(self) -> None:
        """Close the block that is open: what comes next is another one."""
        if self._in_cell():
            self._text.append((" ", self.getpos()[0] + self._before))
            return
        if any(text.strip() for text, _ in self._text):
            self._flush_row()  # of a table that has words between its cells, the cells before them
            self._add(self._text)
        self._text = []

    def _add(self, fragments: list[Fragment]) -> None:
        if self._pre:
            kind = BlockKind.CODE
        elif self._heading:
            kind = BlockKind.HEADING
        elif self._lists:
            kind = BlockKind.LIST_ITEM
            fragments = [(self._number, fragments[0][1]), *fragments]
            self._number = ""
        else:
            kind = BlockKind.PARAGRAPH
        self.found.append((kind, self._heading, fragments))

    def _is_unseen(self, tag: str, attrs: list[tuple[str, str | None]]) -> bool:
        values = dict(attrs)
        classes = (values.get("class") or "").split()
        marked = "hidden" in values or "data-nosnippet" in values
        return tag in self._left_out or marked or not UNSEEN_CLASSES.isdisjoint(classes)

    def _inline(self, tag: str, attrs: dict[str, str | None]) -> None:
        text = "\n" if tag == "br" else attrs.get("alt") or ""
        self._text.append((text, self.getpos()[0] + self._before))

    def _start(self, tag: str, attrs: dict[str, str | None]) -> None:
        if tag in HEADINGS or tag in {"pre", "table"}:
            self._lay_out()
            self._end_block()
            self._heading = HEADINGS.get(tag, 0)
            self._pre += tag == "pre"
            if tag == "table":
                self._flush_row()  # of a table that has another between its cells, the cells before it
                self._tables.append(_Table())
        elif tag in {"p", "li"} or tag in BREAKING:
            self._end_block()
            if tag == "li":
                self._item(attrs.get("value"))
        elif tag in LISTS:
            self._end_block()
            start = attrs.get("start") or ""
            self._lists.append(_number(start, 1) - 1 if tag == "ol" else None)
        elif self._tables and tag in {"tr", "td", "th"}:
            self._end(tag)
            if tag != "tr":
                self._tables[-1].in_cell = True

    def _item(self, value: str | None) -> None:
        count = self._lists[-1] if self._lists else None
        self._number = ""
        if count is not None:
            count = _number(value or "", count + 1)
            self._lists[-1] = count
            self._number = f"{count}. "

    def _end(self, tag: str) -> None:
        if tag in LISTS:
            self._end_block()
            if self._lists:
                self._lists.pop()
        elif tag in {"td", "th"}:
            self._end_cell()
        elif tag in {"tr", "table"}:
            self._end_row()
            if tag == "table" and self._tables:
                self._tables.pop()
        elif tag in {"p", "li"} or tag in BREAKING:
            self._end_block()

    def _in_cell(self) -> bool:
        return bool(self._tables) and self._tables[-1].in_cell and not self._tables[-1].layout

    def _end_cell(self) -> None:
        if self._in_cell():
            self._tables[-1].cells.append(self._text)
            self._text = []
        else:
            self._end_block()
        if self._tables:
            self._tables[-1].in_cell = False

    def _end_row(self) -> None:
        self._end_cell()
        self._flush_row()

    def _flush_row(self) -> None:
        if not self._tables:
            return
        cells, self._tables[-1].cells = self._tables[-1].cells, []
        row: list[Fragment] = []
        for cell in cells:
            row += [(" | ", cell[0][1] if cell else row[-1][1]), *cell] if row else cell or [("", 1)]
        if any(text.strip() for cell in cells for text, _ in cell):
            self.found.append((BlockKind.TABLE, 0, row))

    def _lay_out(self) -> None:
        """Take the table for a page's frame: it holds what no cell of data does."""
        if self._in_cell():
            self._tables[-1].layout = True
            cells, self._tables[-1].cells = [*self._tables[-1].cells, self._text], []
            for cell in cells:
                self._text = cell
                self._end_block()


def _number(written: str, otherwise: int) -> int:
    return int(written) if written.isdecimal() and len(written) < _MOST_DIGITS else otherwise
