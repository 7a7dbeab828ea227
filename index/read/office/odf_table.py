"""The rows of an OpenDocument table that are shown, with the value of merged cells in all that they span."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from index.errors import UnreadableError
from index.read.office.odf_package import TABLE, OdfStyles
from index.read.office.word_xml import number

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped] # lxml carries no types

_MOST_COLUMNS = 16_384
_MOST_CELLS = 2_000_000
_MOST_REPEATED = 250_000
_HIDDEN = frozenset(["collapse", "filter"])
_ROW_GROUPS = frozenset(f"{TABLE}{name}" for name in ("table-header-rows", "table-rows", "table-row-group"))
_COLUMN_GROUPS = frozenset(f"{TABLE}{name}" for name in ("table-header-columns", "table-columns", "table-column-group"))

TextOf = Callable[["_Element", "str | None"], str]
"""From a cell and the name of its style to its text."""

_Covers = dict[int, tuple[int, str]]
"""What spans the cells of a column: for how many rows more, and its text."""


def rows(table: _Element, styles: OdfStyles, text_of: TextOf) -> Iterator[list[str]]:
    """Yield the cells of each row that is shown and not empty; `text_of` gives the text of a cell."""
    return (row for _, row in numbered_rows(table, styles, text_of))


def numbered_rows(table: _Element, styles: OdfStyles, text_of: TextOf) -> Iterator[tuple[int, list[str]]]:
    """Yield the same rows, each with its number in the table."""
    usual = _Usual(table)
    hidden = _hidden_columns(table, styles)
    covers: _Covers = {}
    count = at = 0
    for row in rows_in(table):
        cells, own = _cells(row, covers, text_of, usual)
        covers = {column: (left - 1, text) for column, (left, text) in covers.items() if left > 1}
        repeated = _repeated(row, "number-rows-repeated", _MOST_REPEATED)
        at += repeated
        if own == 0 or _is_hidden(row, styles, "table-row", "row-height"):
            continue
        shown = [text for column, text in enumerate(cells) if column not in hidden]
        while shown and not shown[-1]:
            shown.pop()
        if own == 1 and len(set(shown)) == 1:  # one cell over all columns
            shown = shown[:1]
        times = repeated if any(shown) else 0
        count += len(shown) * times
        if count > _MOST_CELLS:
            raise UnreadableError(f"holds more than {_MOST_CELLS:,} cells: split it into smaller files")
        yield from ((number, shown) for number in range(at - repeated + 1, at - repeated + 1 + times))


def rows_in(table: _Element) -> Iterator[_Element]:
    """Yield the rows of a table but those of groups that are hidden."""
    return _inside(table, f"{TABLE}table-row", _ROW_GROUPS)


class _Usual:
    """The styles of cells that name none: those of their columns."""

    def __init__(self, table: _Element) -> None:
        self._begins: list[int] = []
        self._names: list[str | None] = []
        at = 0
        for column in _inside(table, f"{TABLE}table-column", _COLUMN_GROUPS, even_hidden=True):
            self._begins.append(at)
            self._names.append(column.get(f"{TABLE}default-cell-style-name"))
            at += _repeated(column, "number-columns-repeated", _MOST_COLUMNS)

    def __getitem__(self, column: int) -> str | None:
        at = bisect(self._begins, column) - 1
        return self._names[at] if at >= 0 else None


def _cells(row: _Element, covers: _Covers, text_of: TextOf, usual: _Usual) -> tuple[list[str], int]:
    """Return a row's cells, and how many of them hold text of their own; note in `covers` what spans others."""
    cells: list[str] = []
    own = 0
    for cell in row:
        if cell.tag not in {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"}:
            continue
        times = _repeated(cell, "number-columns-repeated", _MOST_COLUMNS)
        times = min(times, max(0, _MOST_COLUMNS - len(cells)))
        if cell.tag == f"{TABLE}covered-table-cell":
            cells += [covers.get(len(cells) + step, (0, ""))[1] for step in range(times)]
            continue
        style = cell.get(f"{TABLE}style-name") or row.get(f"{TABLE}default-cell-style-name") or usual[len(cells)]
        text = text_of(cell, style)
        own += times if text.strip() else 0
        _cover(cell, len(cells), text, covers)
        cells += [text] * times
    return cells, own


def _cover(cell: _Element, column: int, text: str, covers: _Covers) -> None:
    wide = _repeated(cell, "number-columns-spanned", _MOST_COLUMNS)
    deep = _repeated(cell, "number-rows-spanned", _MOST_REPEATED)
    if text.strip() and (wide > 1 or deep > 1):
        covers.update(dict.fromkeys(range(column, column + wide), (deep, text)))


def _repeated(element: _Element, name: str, most: int) -> int:
    return max(1, min(number(element.get(f"{TABLE}{name}"), 1) or 1, most))


def _is_hidden(element: _Element, styles: OdfStyles, family: str, size: str) -> bool:
    return element.get(f"{TABLE}visibility") in _HIDDEN or styles.is_flat(
        family, element.get(f"{TABLE}style-name"), size
    )


def _hidden_columns(table: _Element, styles: OdfStyles) -> set[int]:
    hidden: set[int] = set()
    at = 0
    for column in _inside(table, f"{TABLE}table-column", _COLUMN_GROUPS, even_hidden=True):
        times = _repeated(column, "number-columns-repeated", _MOST_COLUMNS)
        if _is_hidden(column, styles, "table-column", "column-width") or _in_hidden_group(column, table):
            hidden.update(range(at, min(at + times, _MOST_COLUMNS)))
        at += times
    return hidden


def _in_hidden_group(column: _Element, table: _Element) -> bool:
    for above in column.iterancestors():
        if above is table:
            return False
        if above.get(f"{TABLE}display") == "false":
            return True
    return False


def _inside(element: _Element, name: str, groups: frozenset[str], *, even_hidden: bool = False) -> Iterator[_Element]:
    """Yield the elements of a name in an element and in the groups in it that are shown."""
    for child in element:
        if child.tag == name:
            yield child
        elif child.tag in groups and (even_hidden or child.get(f"{TABLE}display") != "false"):
            yield from _inside(child, name, groups, even_hidden=even_hidden)
