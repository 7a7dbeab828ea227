"""The paragraphs and tables of a Word document in their order, with its text boxes and notes below what has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.read.office.formula import M, linear
from index.read.office.pieces import Piece, cell_text, is_of_data
from index.read.office.word_chunks import Chunks
from index.read.office.word_conditions import Conditions
from index.read.office.word_numbering import Numbering
from index.read.office.word_runs import RELATION, Runs
from index.read.office.word_styles import Styles
from index.read.office.word_xml import MC, W, WordPackage, chosen, is_in_english, number, switch, value
from index.read.spans import joined
from index.records import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped] # lxml carries no types

_WRAPPINGS = frozenset(f"{W}{name}" for name in ("customXml", "smartTag", "ins", "moveTo", "sdtContent"))
_CONTENTS = frozenset(["Table of Contents", "Table of Figures"])
_SHOWN = tuple(f"{W}{name}" for name in ("t", "drawing", "pict", "object"))
_MOST_COLUMNS = 63
"""Columns of Word's widest table."""


class Body:
    """The content of a Word document."""

    def __init__(self, package: WordPackage, *, within: bool) -> None:
        """Prepare to read the package's main part; `pictures` become the sizes of those that nothing is said of.

        Files that are put into it are read unless it lies `within` another.
        """
        self._root = package.document
        styles, numbering = package.part("styles"), package.part("numbering")
        self._styles = Styles(styles)
        in_english = is_in_english(styles, numbering, self._root)
        self._numbering = Numbering(numbering, self._styles, in_english=in_english)
        self._notes = {kind: _by_id(package.part(kind)) for kind in ("footnotes", "endnotes")}
        self._runs = Runs(self._styles, package.related)
        self.pictures = self._runs.pictures
        self._chunks = Chunks(package, read=not within)
        self._carried = ""
        self._in_row = 0

    def pieces(self) -> Iterator[Piece]:
        """Yield the paragraphs and rows that are shown, each once."""
        body = self._root.find(f"{W}body")
        if body is not None:
            for child in body:
                yield from self._pieces_of(child)

    def _all(self, container: _Element, table: str | None = None) -> Iterator[Piece]:
        for child in container:
            yield from self._pieces_of(child, table)

    def _pieces_of(self, child: _Element, table: str | None = None) -> Iterator[Piece]:
        tag = child.tag
        if tag == f"{W}p":
            yield from self._paragraph(child, table)
        elif tag == f"{W}tbl":
            yield from self._table(child)
        elif tag == f"{W}altChunk":
            yield from self._chunks.pieces(child.get(RELATION) or "")
        elif isinstance(tag, str) and tag.startswith(M):
            yield Piece(BlockKind.PARAGRAPH, linear(child))
        else:
            content = _content(child)
            if content is not None:
                yield from self._all(content, table)

    def _paragraph(self, element: _Element, table: str | None) -> Iterator[Piece]:
        properties = element.find(f"{W}pPr")
        text = self._carried + self._runs.text(element, table)
        self._carried = ""
        if self._runs_on(element, properties, text):
            self._carried = text
            return
        if self._styles.is_contents(properties):
            return
        label = self._numbering.label(properties)
        if text.strip() or (not self._in_row and label is None and self._styles.is_code(properties)):
            yield self._piece(properties, label, text)
        if not self._in_row:
            yield from self._beside()

    def _runs_on(self, element: _Element, properties: _Element | None, text: str) -> bool:
        """Return whether the next paragraph goes on in this one: its end is deleted or hidden, or it is an initial."""
        mark = properties.find(f"{W}rPr") if properties is not None else None
        if not text.strip():
            return _is_deleted(mark) or self._styles.look(mark, self._styles.style_of(properties)).hidden
        following = element.getnext()
        runs_on = _is_deleted(mark) or _is_initial(properties)
        return runs_on and following is not None and following.tag == f"{W}p"

    def _piece(self, properties: _Element | None, label: str | None, text: str) -> Piece:
        level = self._styles.heading(properties)
        if level:
            return Piece(BlockKind.HEADING, (label or "") + text, level)
        if label is not None:
            return Piece(BlockKind.LIST_ITEM, label + text)
        if self._styles.is_code(properties) or self._runs.monospaced:
            return Piece(BlockKind.CODE, text)
        return Piece(BlockKind.PARAGRAPH, text, bold=self._runs.bold and not self._styles.is_caption(properties))

    def _beside(self) -> Iterator[Piece]:
        """Yield the diagrams, text boxes and notes that have been met since the last call."""
        while self._runs.diagrams:
            yield from (Piece(BlockKind.LIST_ITEM, text) for text in self._runs.diagrams.pop(0))
        while self._runs.boxes or self._runs.notes:
            if self._runs.boxes:
                yield from self._all(self._runs.boxes.pop(0))
                continue
            kind, identity = self._runs.notes.pop(0)
            note = self._notes[kind].pop(identity, None)
            if note is not None:
                mark = self._runs.number_of(kind, identity)
                text = " ".join(piece.text for piece in self._all(note))
                yield Piece(BlockKind.PARAGRAPH, mark + text.strip())

    def _table(self, table: _Element) -> Iterator[Piece]:
        rows = [[*_cells(row)] for row in _rows(table)]
        styles = self._styles_of_cells(table, rows)
        if self._lays_out(table, rows):
            for at, row in enumerate(rows):
                for cell, style in zip(row, styles[at], strict=True):
                    yield from self._all(cell, style)
            return
        above: dict[int, str] = {}
        for element, row, of_cells in zip(_rows(table), rows, styles, strict=True):
            self._in_row += 1
            text = joined(self._values(element, row, above, of_cells))
            self._in_row -= 1
            if text:
                yield Piece(BlockKind.TABLE, text)
        if not self._in_row:
            yield from self._beside()

    def _styles_of_cells(self, table: _Element, rows: list[list[_Element]]) -> list[list[str | None]]:
        """Return the style of each cell of each row: that of the table, with what it says of the cell's place."""
        style, conditions = value(table, "tblPr/tblStyle"), Conditions(table, len(rows))
        return [
            [self._styles.in_cell(style, conditions.of(at, column, len(row))) for column in range(len(row))]
            for at, row in enumerate(rows)
        ]

    def _lays_out(self, table: _Element, rows: list[list[_Element]]) -> bool:
        """Return whether a table only serves to place what it holds: others, sections, or a single column."""
        if all(len(row) <= 1 for row in rows):
            return True
        if next(table.iterdescendants(f"{W}tbl"), None) is not None and not _is_of_data(rows):
            return True
        return any(self._holds_section(cell) for row in rows for cell in row)

    def _holds_section(self, cell: _Element) -> bool:
        """Return whether a cell holds a heading and what belongs below it; a heading alone may be that of a column."""
        paragraphs = cell.findall(f"{W}p")
        return len(paragraphs) > 1 and any(self._styles.heading(paragraph.find(f"{W}pPr")) for paragraph in paragraphs)

    def _values(
        self, row: _Element, cells: list[_Element], above: dict[int, str], styles: list[str | None]
    ) -> list[tuple[str, int]]:
        """Return each cell's text with the columns that it spans; `above` holds what spans rows, by column."""
        before = _span(value(row, "trPr/gridBefore", "0"), 0)
        values: list[tuple[str, int]] = [("", before)] if before else []
        column = before
        for cell, style in zip(cells, styles, strict=True):
            properties = cell.find(f"{W}tcPr")
            text = cell_text(self._all(cell, style))
            merged = properties.find(f"{W}vMerge") if properties is not None else None
            if merged is not None and merged.get(f"{W}val") != "restart":
                text = above.get(column, text)
            elif value(properties, "hMerge", "continue") == "continue" and _has(properties, "hMerge") and values:
                text = values[-1][0]
            span = _span(value(properties, "gridSpan", "1"), 1)
            above[column] = text
            values.append((text, span))
            column += span
        return values


def _is_of_data(rows: list[list[_Element]]) -> bool:
    return is_of_data(
        [[(next(cell.iterdescendants(f"{W}tbl"), None) is not None, _full(cell)) for cell in row] for row in rows]
    )


def _full(cell: _Element) -> int:
    """Return how many paragraphs right in a cell hold something."""
    return sum(next(paragraph.iter(*_SHOWN), None) is not None for paragraph in _inside(cell, f"{W}p"))


def _content(element: _Element) -> _Element | None:
    """Return what holds the blocks of an element that only wraps them, or None where they are not to be read."""
    if element.tag == f"{W}sdt":
        lists_contents = value(element, "sdtPr/docPartObj/docPartGallery") in _CONTENTS
        return None if lists_contents else element.find(f"{W}sdtContent")
    if element.tag == f"{MC}AlternateContent":
        return chosen(element)
    return element if element.tag in _WRAPPINGS else None


def _is_deleted(mark: _Element | None) -> bool:
    return mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None)


def _is_initial(properties: _Element | None) -> bool:
    """Return whether a paragraph is only the large first letter of the next one."""
    frame = properties.find(f"{W}framePr") if properties is not None else None
    return frame is not None and frame.get(f"{W}dropCap") in {"drop", "margin"}


def _span(written: str | None, least: int) -> int:
    return max(least, min(number(written, least) or least, _MOST_COLUMNS))


def _has(properties: _Element | None, name: str) -> bool:
    return properties is not None and properties.find(W + name) is not None


def _by_id(root: _Element | None) -> dict[str, _Element]:
    """Return the notes of a part; what only draws the line above them is none."""
    notes = root if root is not None else ()
    return {note.get(f"{W}id") or "": note for note in notes if not note.get(f"{W}type", "normal").endswith("eparator")}


def _rows(table: _Element) -> Iterator[_Element]:
    for row in _inside(table, f"{W}tr"):
        properties = row.find(f"{W}trPr")
        if not (_has(properties, "del") or switch(properties, "hidden")):
            yield row


def _cells(row: _Element) -> Iterator[_Element]:
    return (cell for cell in _inside(row, f"{W}tc") if not _has(cell.find(f"{W}tcPr"), "cellDel"))


def _inside(element: _Element, name: str) -> Iterator[_Element]:
    """Yield the elements of a name in an element, also where content controls and the like are around them."""
    for child in element:
        if child.tag == name:
            yield child
        elif child.tag in _WRAPPINGS or child.tag == f"{W}sdt":
            yield from _inside(child, name)
