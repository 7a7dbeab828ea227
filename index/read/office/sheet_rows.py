"""The rows of a worksheet that are shown, with the value of merged cells in all that they span."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from index.errors import UnreadableError
from index.read.missing import FORMULA
from index.read.office.raised_strings import text_of_runs

Value = str | int | float | bool | None
"""What a cell holds: numbers and dates as numbers."""

WITHOUT_VALUE = FORMULA
"""What stands in a text for a formula that was saved without its value."""

_MOST_CELLS = 2_000_000
_MOST_SPANNED = 1_000_000
"""Cells that take the value of a merged one; a file may say of many that each spans all of a sheet."""

_ON = frozenset(["1", "true"])
_LEAST = {"ht": 2.0, "width": 0.5}
"""Points and characters: a row that is lower, or a column that is narrower, shows nothing that can be read."""


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    hidden: bool
    cells: dict[int, str]


def rows_of(sheet: Any, shown: Callable[[Value, int, int, int], str]) -> Iterator[tuple[int, list[str]]]:
    """Yield number and cells of each row of an openpyxl sheet that is shown and not empty, without hidden columns.

    `shown` makes text of a value, the number of its style, and its row and column, both from 1.
    """
    parser, rows = _parsed(sheet, shown)
    hidden = _hidden_columns(parser)
    _span(parser, rows, hidden)
    for number in sorted(rows):
        row = rows[number]
        last = max((column for column, text in row.cells.items() if text), default=0)
        if last and not row.hidden:
            cells = [row.cells.get(column, "") for column in range(1, last + 1) if column not in hidden]
            if any(cells):
                yield number, cells


def _parsed(sheet: Any, shown: Callable[[Value, int, int, int], str]) -> tuple[Any, dict[int, _Row]]:
    rows: dict[int, _Row] = {}
    count = 0
    with sheet._get_source() as source:  # noqa: SLF001 # as the sheet's own rows are read, which do not say what is hidden
        parser = _parser(source, sheet)
        for number, cells in parser.parse():
            row = rows.setdefault(number, _Row(number, _hidden(parser.row_dimensions.pop(str(number), {}), "ht"), {}))
            for cell in cells:
                if cell["value"] is not None:
                    row.cells[cell["column"]] = shown(cell["value"], cell["style_id"], number, cell["column"])
                    count += 1
            if count > _MOST_CELLS:
                raise UnreadableError(f"holds more than {_MOST_CELLS:,} cells: split it into smaller files")
    return parser, rows


def _parser(source: Any, sheet: Any) -> Any:
    from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

    class Parser(WorkSheetParser):  # type: ignore[misc] # openpyxl carries no types
        """Openpyxl's, which leaves numbers as they are, and says where a formula has no value."""

        def parse_cell(self, element: Any) -> Any:
            cell = super().parse_cell(element)
            if cell["value"] is None and element.find(FORMULA_TAG) is not None and element.get("t") != "str":
                cell["value"] = WITHOUT_VALUE
            elif element.get("t") == "inlineStr":
                cell["value"] = next(filter(None, map(text_of_runs, element)), None) or cell["value"]
            elif hasattr(cell["value"], "isoformat"):  # a date that is written as one
                cell["value"] = str(cell["value"]).removesuffix(" 00:00:00")
            return cell

        def parse_formatting(self, element: Any) -> None:
            """Leave out what only colours cells."""

        def parse_extensions(self, element: Any) -> None:
            """Leave out what only newer programs know."""

    return Parser(source, sheet._shared_strings, data_only=True)  # noqa: SLF001


def _hidden(attributes: dict[str, str], size: str) -> bool:
    """Return whether a row or column is hidden, be it by a height or width in which nothing can be read."""
    if attributes.get("hidden") in _ON:
        return True
    try:
        return float(attributes.get(size, _LEAST[size])) < _LEAST[size]
    except ValueError:
        return False


class _Columns:
    """Columns in ranges, of which a file may have many that each reach to the last column."""

    def __init__(self, ranges: list[tuple[int, int]]) -> None:
        self._ranges = ranges

    def __contains__(self, column: int) -> bool:
        return any(first <= column <= last for first, last in self._ranges)


def _hidden_columns(parser: Any) -> _Columns:
    columns = [attributes for attributes in parser.column_dimensions.values() if _hidden(attributes, "width")]
    return _Columns([(_whole(attributes.get("min")), _whole(attributes.get("max"))) for attributes in columns])


def _whole(written: str | None) -> int:
    return int(written) if written is not None and written.isdecimal() and len(written) < 8 else 0  # noqa: PLR2004 # no sheet has more


def _span(parser: Any, rows: dict[int, _Row], hidden: _Columns) -> None:
    """Put the value of each merged cell into the others that it spans, of rows that have something beside it.

    In a row that has nothing beside it, it goes into the first column that is shown.
    """
    count = 0
    for merged in parser.merged_cells.mergeCell if parser.merged_cells is not None else ():
        first_column, first_row, last_column, last_row = merged.bounds
        anchor = rows.get(first_row)
        text = anchor.cells.get(first_column, "") if anchor is not None else ""
        columns = range(first_column, last_column + 1)
        for number in _numbers(first_row, last_row, rows) if text else ():
            row = rows[number]
            if any(cell and column not in columns for column, cell in row.cells.items()):
                row.cells.update(dict.fromkeys(columns, text))
                count += len(columns)
            elif number == first_row and first_column in hidden:
                shown = next((column for column in columns if column not in hidden), first_column)
                row.cells[shown] = text
            if count > _MOST_SPANNED:
                raise UnreadableError(f"holds more than {_MOST_SPANNED:,} cells that are merged: split it")


def _numbers(first: int, last: int, rows: dict[int, _Row]) -> list[int]:
    """Return the numbers of the rows in a range that are there, in as few steps as that takes."""
    if last - first < len(rows):
        return [number for number in range(first, last + 1) if number in rows]
    return [number for number in rows if first <= number <= last]
