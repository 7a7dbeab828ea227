"""HTML to blocks in one pass over its tags, as they stand in the source: so every word keeps its line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from index.read.draft import Draft, Fragment
from index.records import BlockKind

Add = Callable[[BlockKind, int, list[Fragment]], None]
"""What is told of each block: its kind, the level if it is a heading, and its text."""

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BREAKING = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "main",
        "nav",
        "option",
        "section",
        "summary",
    ]
)
_UNSEEN = frozenset(
    [
        "audio",
        "canvas",
        "iframe",
        "noscript",
        "object",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
    ]
)
_UNSEEN_CLASSES = frozenset(
    ["headerlink", "anchor-link", "linenos", "linenodiv", "lineno", "gutter", "visually-hidden", "sr-only"]
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_LISTS = frozenset(["ul", "ol", "menu"])


def add_html(draft: Draft, source: str, first: int = 1) -> None:
    """Add all blocks of an HTML text to the draft; its first line is line `first`."""
    for kind, level, fragments in blocks(source, first):
        put(draft, kind, level, fragments)


def put(draft: Draft, kind: BlockKind, level: int, fragments: list[Fragment]) -> None:
    """Add one block that `blocks` gave."""
    if kind is BlockKind.HEADING:
        draft.heading(level, fragments)
    elif kind is BlockKind.CODE:
        draft.verbatim(kind, _whole_lines(fragments))
    else:
        draft.flow(kind, fragments)


def blocks(
    source: str, first: int = 1, unseen: frozenset[str] = frozenset()
) -> list[tuple[BlockKind, int, list[Fragment]]]:
    """Return the blocks of an HTML text; elements of the names in `unseen` are left out with all they hold."""
    walk = _Walk(first, unseen)
    walk.feed(source)
    walk.end()
    return walk.found


def _whole_lines(fragments: list[Fragment]) -> list[Fragment]:
    """Return preformatted text cut at its line ends."""
    lines: list[Fragment] = []
    text, at = "", None
    for piece, line in fragments:
        *ended, rest = piece.split("\n")
        for part in ended:
            lines.append((text + part, line if not text.strip() else at or line))
            text, at = "", None
        if rest:
            at = line if not text.strip() else at
            text += rest
    return [*lines, (text, at)] if at is not None else lines


@dataclass
class _Table:
    """A table that is open: the cells of its row, and whether it only serves to lay out a page."""

    cells: list[list[Fragment]] = field(default_factory=list)
    layout: bool = False
    in_cell: bool = False


class _Walk(HTMLParser):
    def __init__(self, first: int, unseen: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[BlockKind, int, list[Fragment]]] = []
        self._before = first - 1
        self._left_out = _UNSEEN | unseen
        self._text: list[Fragment] = []
        self._unseen: list[str] = []
        self._tables: list[_Table] = []
        self._lists: list[int | None] = []
        self._number = ""
        self._heading = 0
        self._pre = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._unseen or self._is_unseen(tag, attrs):
            if tag not in _VOID:
                self._unseen.append(tag)
        elif tag in {"br", "img"}:
            self._inline(tag, dict(attrs))
        else:
            self._start(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if self._unseen:
            if tag in self._unseen:
                del self._unseen[len(self._unseen) - 1 - self._unseen[::-1].index(tag) :]
        elif tag == "pre":
            self._end_block()
            self._pre = max(0, self._pre - 1)
        elif tag in _HEADINGS:
            self._end_block()
            self._heading = 0
        else:
            self._end(tag)

    def handle_data(self, data: str) -> None:
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
        return tag in self._left_out or "hidden" in values or not _UNSEEN_CLASSES.isdisjoint(classes)

    def _inline(self, tag: str, attrs: dict[str, str | None]) -> None:
        text = "\n" if tag == "br" else attrs.get("alt") or ""
        self._text.append((text, self.getpos()[0] + self._before))

    def _start(self, tag: str, attrs: dict[str, str | None]) -> None:
        if tag in _HEADINGS or tag in {"pre", "table"}:
            self._lay_out()
            self._end_block()
            self._heading = _HEADINGS.get(tag, 0)
            self._pre += tag == "pre"
            if tag == "table":
                self._tables.append(_Table())
        elif tag in {"p", "li"} or tag in _BREAKING:
            self._end_block()
            if tag == "li":
                self._item(attrs.get("value"))
        elif tag in _LISTS:
            self._end_block()
            start = attrs.get("start") or ""
            self._lists.append((int(start) if start.isdecimal() else 1) - 1 if tag == "ol" else None)
        elif self._tables and tag in {"tr", "td", "th"}:
            self._end(tag)
            if tag != "tr":
                self._tables[-1].in_cell = True

    def _item(self, value: str | None) -> None:
        count = self._lists[-1] if self._lists else None
        self._number = ""
        if count is not None:
            count = int(value) if value and value.isdecimal() else count + 1
            self._lists[-1] = count
            self._number = f"{count}. "

    def _end(self, tag: str) -> None:
        if tag in _LISTS:
            self._end_block()
            if self._lists:
                self._lists.pop()
        elif tag in {"td", "th"}:
            self._end_cell()
        elif tag in {"tr", "table"}:
            self._end_row()
            if tag == "table" and self._tables:
                self._tables.pop()
        elif tag in {"p", "li"} or tag in _BREAKING:
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
            for cell in [*self._tables[-1].cells, self._text]:
                self._text = cell
                self._end_block()
            self._tables[-1].cells = []
