"""Tables: which of them hold data and which lay out a page, and the cells of a row where some span several."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from index.read.draft import Fragment
from index.read.html.events import Page
from index.read.html.tags import HEADINGS, PREFORMATTED

MOST_COLUMNS = 200
"""Columns of a table at most, counting those that a cell spans."""

_MOST_ROWS = 65_534  # what HTML lets a cell span
_PROSE = 30
"""Letters from which on a cell holds more than a value."""

_DATA = frozenset({"th", "thead", "caption"})
_BOXES = frozenset(["note", "tip", "warning", "caution", "important", "danger", "hint", "attention", "admonitionblock"])
"""Classes of what DocBook and AsciiDoc draw as a table: a box with a picture, its kind and a text."""

_ROWS_OF_A_BOX, _CELLS_OF_A_BOX = 2, 3
_CELLS = frozenset(["td", "th"])
_FRAME_ROLES = frozenset({"presentation", "none"})


@dataclass(slots=True)
class Cell:
    """A cell of a row with how many columns and rows it spans."""

    text: list[Fragment]
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class Table:
    """A table that is open: the cells of its row so far, and those of rows above that reach down, by column.

    `heads` counts the cells of the row that are heads. `titled` says that nothing but a title stands above the row.
    """

    layout: bool = False
    cells: list[Cell] = field(default_factory=list)
    in_cell: bool = False
    attrs: dict[str, str] = field(default_factory=dict)
    rows: int = 0
    heads: int = 0
    titled: bool = False
    _spanning: dict[int, tuple[int, list[Fragment]]] = field(default_factory=dict)

    def add(self, text: list[Fragment]) -> None:
        """Add a cell with the attributes that its element began with."""
        columns = min(_span(self.attrs.get("colspan"), 1) or 1, MOST_COLUMNS)
        rows = _span(self.attrs.get("rowspan"), 1) or _MOST_ROWS
        self.cells.append(Cell(text, columns, rows))
        self.attrs = {}

    def end_section(self) -> None:
        """Let no cell reach beyond here."""
        self._spanning.clear()

    def begins_anew(self) -> bool:
        """Tell whether the row is the first, or all of heads below a title: it names the columns of those after it."""
        named = self.titled and self.heads == len(self.cells)
        self.titled = not self.rows and len(self.cells) == 1 and self.cells[0].columns > 1
        self.heads = 0
        return named or not self.rows

    def row(self) -> list[list[Fragment]]:
        """Return the texts of the row's columns and begin the next row.

        A cell's text stands in every column and row that it spans; one that is alone in a row stands there once.
        """
        cells, self.cells = self.cells, []
        if len(cells) == 1 and not self._spanning and cells[0].rows == 1:
            return [cells[0].text]
        columns: list[list[Fragment]] = []
        after: dict[int, tuple[int, list[Fragment]]] = {}
        for cell in cells:
            self._reach_down(columns, after)
            for _ in range(min(cell.columns, MOST_COLUMNS - len(columns))):
                if cell.rows > 1:
                    after[len(columns)] = (cell.rows - 1, cell.text)
                columns.append(cell.text)
        while self._spanning and len(columns) <= max(self._spanning):
            self._reach_down(columns, after)
            if len(columns) < max(self._spanning, default=-1):
                columns.append([])
        self._spanning = after
        return columns

    def _reach_down(self, columns: list[list[Fragment]], after: dict[int, tuple[int, list[Fragment]]]) -> None:
        """Fill the columns that cells of rows above stand in, up to the first free one."""
        while len(columns) in self._spanning:
            rows, text = self._spanning.pop(len(columns))
            if rows > 1:
                after[len(columns)] = (rows - 1, text)
            columns.append(text)


def boxes(page: Page) -> dict[int, set[int]]:
    """Return the tables that draw a box such as a note, each with the pictures that stand alone in one of its cells."""
    rows: Counter[int] = Counter()
    cells: Counter[int] = Counter()
    marks: dict[int, set[int]] = {}
    table_of: list[int] = []
    cell_of: list[int] = []
    for number, element in enumerate(page.elements):
        table, cell = (table_of[element.parent], cell_of[element.parent]) if element.parent >= 0 else (-1, -1)
        rows[table] += element.tag == "tr"
        cells[table] += element.tag in _CELLS
        if element.tag in _CELLS and "icon" in element.classes:
            marks.setdefault(table, set())
        if element.tag == "img" and cell >= 0 and not page.elements[cell].letters:
            marks.setdefault(table, set()).add(number)
        table_of.append(number if element.tag == "table" else table)
        cell_of.append(number if element.tag in _CELLS else cell)
    return {
        table: pictures
        for table, pictures in marks.items()
        if table >= 0
        and page.elements[table].parent >= 0
        and not _BOXES.isdisjoint(page.elements[page.elements[table].parent].classes)
        and rows[table] <= _ROWS_OF_A_BOX
        and cells[table] <= _CELLS_OF_A_BOX
    }


def layout_tables(page: Page) -> set[int]:
    """Return the tables that lay out a page: without a header, and with cells that hold more than a value.

    That is another table, preformatted text, a heading with something beside it, or, in a table of one row that says
    that it has no border, prose.
    """
    table_of: list[int] = []
    cell_of: list[int] = []
    data: set[int] = set()
    rich: set[int] = set()
    headed: Counter[int] = Counter()
    rows: Counter[int] = Counter()
    shortest: dict[int, int] = {}
    for number, element in enumerate(page.elements):
        above = element.parent
        table, cell = (table_of[above], cell_of[above]) if above >= 0 else (-1, -1)
        if element.tag in _DATA:
            data.add(table)
        elif element.tag in PREFORMATTED or (element.tag == "table" and table >= 0):
            rich.add(table)
        elif element.tag == "tr":
            rows[table] += 1
        elif element.tag == "td":
            shortest[table] = min(shortest.get(table, element.letters), element.letters)
        elif element.tag in HEADINGS:
            headed[cell] += element.letters
        table_of.append(number if element.tag == "table" else table)
        cell_of.append(number if element.tag in {"td", "th"} else -1 if element.tag == "table" else cell)
    rich |= {table_of[cell] for cell, letters in headed.items() if cell >= 0 and letters < page.elements[cell].letters}
    plain = (table for table in shortest if table >= 0 and page.elements[table].attrs.get("border") == "0")
    rich |= {table for table in plain if rows[table] == 1 and shortest[table] >= _PROSE}
    tables = [number for number, element in enumerate(page.elements) if element.tag == "table"]
    drawn = {number for number in tables if _role(page, number) or (number in rich and number not in data)}
    return drawn | boxes(page).keys()


def _role(page: Page, number: int) -> bool:
    return page.elements[number].attrs.get("role", "").lower() in _FRAME_ROLES


def _span(written: str | None, otherwise: int) -> int:
    digits = (written or "").strip()
    if not digits.isascii() or not digits.isdecimal():
        return otherwise
    return min(int(digits[:6]), _MOST_ROWS)
