"""Wikitext, as MediaWiki keeps its pages: as a reader sees them, with what a template is given as `key: value`."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from index.read.code_text import add_plain, dedented
from index.read.decoding import decoded
from index.read.draft import Draft, Fragment
from index.read.wiki.entities import with_characters
from index.read.wiki.inline import CODE_TAGS, ESCAPED_TAGS, MARKS, Inline, is_seen, tabs
from index.read.wiki.parsing import name_of, parsed
from index.read.wiki.tables import CELLS, Below, fill, number_of, span, tags_in
from index.records import BlockKind

if TYPE_CHECKING:
    from mwparserfromhell.nodes import Heading, Tag, Template


_BREAKING_TAGS = {"p", "div", "blockquote", "center", "ul", "ol", "li", "dl", "dt", "dd", "hr"}
_BLOCKS = {"table", "gallery", *CODE_TAGS}
_BACKGROUND = re.compile(r"background|bgcolor|color-scheme", re.IGNORECASE)
_MAGIC = re.compile(r"__[A-Z]+__")


def read_wiki(data: bytes) -> Draft:
    """Read a page of wikitext."""
    draft = Draft()
    add_wikitext(draft, decoded(data))
    draft.title = draft.first_heading
    return draft


def add_wikitext(draft: Draft, text: str) -> None:
    """Add a page's blocks to a draft; the footnotes come last."""
    code = parsed(_MAGIC.sub("", text))
    if code is None:
        add_plain(draft, text)
        return
    notes: list[list[Fragment]] = []
    walk = _Walk(draft, notes, on_white=_BACKGROUND.search(text) is None)
    walk.over(code)
    walk.end()
    for note in notes:
        draft.flow(BlockKind.LIST_ITEM, note)


class _Walk(Inline):
    """One pass over a page, with the block that is open."""

    def __init__(self, draft: Draft, notes: list[list[Fragment]], *, on_white: bool) -> None:
        super().__init__(1, notes, on_white=on_white)
        self._draft = draft
        self._mark = ""
        self._counts: dict[str, int] = {}
        self._written: list[int | None] = []
        self._item = ""
        self._in_item = False

    def end(self) -> None:
        """Close the block that is open."""
        lines, self._open = self._open, []
        mark, self._mark = self._mark, ""
        if not is_seen(lines):
            return
        if mark:
            self._draft.flow(BlockKind.LIST_ITEM, [(self._number(mark), lines[0][1]), *lines])
            return
        if self._written:
            number, self._item = self._item, ""
            self._draft.flow(BlockKind.LIST_ITEM, [(number, lines[0][1]), *lines])
            return
        if not self._in_item:
            self._counts = {}
        rows = _rows(lines)
        if all(text.startswith(" ") for text, _ in rows if text.strip()):
            self._draft.verbatim(BlockKind.CODE, dedented(rows))
        else:
            self._draft.flow(BlockKind.PARAGRAPH, lines)

    def _text(self, text: str) -> None:
        """Add text: an empty line ends a paragraph and a list, any line's end an item."""
        parts = text.split("\n")
        for at, part in enumerate(parts):
            line = self._line + at
            if at:
                self._put(("\n", line - 1))
                if self._mark or self._in_item or self._is_blank_line():
                    self.end()
                self._in_item = False
                if at > 1 and not parts[at - 1].strip():
                    self._counts = {}
            if part:
                self._put((part, line))

    def _is_blank_line(self) -> bool:
        """Return whether nothing stands between the last two line ends."""
        for text, _ in islice(reversed(self._open), 1, None):
            if text.strip(" \t"):
                return text.endswith("\n")
        return True

    def _heading(self, node: Heading) -> None:
        self.end()
        self._counts = {}
        self._draft.heading(node.level, self._inside(node.title))

    def _seen_tag(self, name: str, tag: Tag) -> None:
        """Add a tag; one that is a block ends the list that it does not stand in."""
        is_block = name in _BLOCKS or (name in _BREAKING_TAGS and not tag.wiki_markup)
        if is_block and not (self._mark or self._in_item):
            self._counts = {}
        self._in_item = self._in_item or (is_block and bool(self._mark))
        self._block(name, tag)

    def _block(self, name: str, tag: Tag) -> None:
        if name in MARKS and tag.wiki_markup:
            if is_seen(self._open):
                self.end()
            self._open = []
            self._mark += str(tag.wiki_markup)
        elif name == "table":
            self.end()
            self._table(tag)
        elif name in CODE_TAGS:
            self.end()
            code = str(tag.contents or "")
            code = with_characters(code) if name in ESCAPED_TAGS else code
            self._draft.verbatim(BlockKind.CODE, _numbered(code, self._line))
        elif name == "gallery":
            self.end()
            self._gallery(str(tag.contents or ""))
        elif name in _BREAKING_TAGS:
            self.end()
            self._element(name, tag)
            self.end()
        else:
            super()._seen_tag(name, tag)

    def _element(self, name: str, tag: Tag) -> None:
        """Add what stands in an element that is a block; a list that is written as HTML has its own numbers."""
        if name in {"ol", "ul"}:
            self._written.append(number_of(tag, "start", 1) - 1 if name == "ol" else None)
        elif name == "li":
            count = self._written[-1] if self._written else None
            count = None if count is None else number_of(tag, "value", count + 1) - 1
            self._item = "" if count is None else f"{count + 1}. "
            self._written[-1:] = [None if count is None else count + 1] if self._written else []
        super()._seen_tag(name, tag)
        if name in {"ol", "ul"}:
            self.end()
            self._written.pop()

    def _number(self, mark: str) -> str:
        """Return the number of an item of a numbered list, counted anew where a list begins."""
        self._counts = {known: count for known, count in self._counts.items() if mark.startswith(known)}
        if mark[-1] != "#":
            return ""
        self._counts[mark] = self._counts.get(mark, 0) + 1
        return f"{self._counts[mark]}. "

    def _tabs(self, tag: Tag) -> None:
        """Add each tab below its label."""
        self.end()
        for label, text, line in tabs(str(tag.contents or ""), self._line):
            self._draft.flow(BlockKind.PARAGRAPH, [(label, line)])
            self._part(text, line)
            self.end()

    def _gallery(self, contents: str) -> None:
        for text, line in _numbered(contents, self._line):
            caption = text.partition("|")[2]
            self._draft.flow(BlockKind.PARAGRAPH, [(caption, line)])

    def _table(self, table: Tag) -> None:
        """Add the rows of a table, a cell that spans columns or rows in each of them."""
        below: Below = {}
        cells: list[list[Fragment]] = []
        for tag, line in tags_in(table, self._line):
            self._line = line
            if self._is_hidden(tag):
                continue
            if name_of(tag) == "tr":
                self._row(cells)
                cells = []
                for cell, at in tags_in(tag, line):
                    self._line = at
                    self._cell(cell, below, cells)
                fill(cells, below)
                self._row(cells)
                cells = []
            elif str(tag).startswith("|+"):
                caption = self._inside(tag.contents)
                self._draft.flow(
                    BlockKind.PARAGRAPH, [(caption[0][0].lstrip("+"), line), *caption[1:]] if caption else []
                )
            else:
                self._cell(tag, below, cells)
        self._row(cells)

    def _cell(self, tag: Tag, below: Below, cells: list[list[Fragment]]) -> None:
        if name_of(tag) not in CELLS:
            return
        fill(cells, below)
        text = [] if self._is_hidden(tag) else self._inside(tag.contents)
        down = span(tag, "rowspan")
        for _ in range(span(tag, "colspan")):
            if down > 1:
                below[len(cells)] = (down - 1, text)
            cells.append(text)

    def _row(self, cells: list[list[Fragment]]) -> None:
        row: list[Fragment] = []
        for number, cell in enumerate(cells):
            row += [(" | ", cell[0][1] if cell else self._line)] if number else []
            row += cell
        if any(map(is_seen, cells)):
            self._draft.flow(BlockKind.TABLE, row)

    def _template(self, template: Template) -> None:
        """Add what a box of facts is given as lines of its own; one that is given nothing and stands alone goes."""
        if is_seen(self._open) or self._mark or not (template.params or self._is_blank_line()):
            super()._template(template)
        elif "\n" in str(template):
            self.end()
            self._parameters(template)
        elif template.params:
            super()._template(template)

    def _parameters(self, template: Template) -> None:
        line = self._line + str(template.name).count("\n")
        for parameter in template.params:
            self._line = line
            value = self._inside(parameter.value)
            if is_seen(value):
                key = f"{' '.join(str(parameter.name).split())}: " if parameter.showkey else ""
                self._draft.flow(BlockKind.TABLE, [(key, line), *value])
            line += str(parameter).count("\n")


def _rows(fragments: list[Fragment]) -> list[Fragment]:
    """Return text cut at its line ends."""
    text = "".join(text for text, _ in fragments)
    return _numbered(text.rstrip("\n"), fragments[0][1])


def _numbered(text: str, first: int) -> list[Fragment]:
    return [(part, first + at) for at, part in enumerate(text.split("\n"))]
