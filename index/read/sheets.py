"""Excel workbooks (XLSX): a heading a sheet, a table row a row, with the values that formulas last had."""

from __future__ import annotations

import io
from collections.abc import Iterable

from index.read.archive import office_title, opened
from index.read.draft import Draft
from index.records import BlockKind


def read_sheets(data: bytes) -> Draft:
    """Read an XLSX file; empty rows and the empty cells at a row's end go."""
    from openpyxl import load_workbook

    draft = Draft(own_lines=True)
    with opened(data, "an Excel workbook") as archive:
        draft.title = office_title(archive)
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in workbook.worksheets:
            draft.heading(1, [(sheet.title, 1)])
            for row in sheet.iter_rows(values_only=True):
                draft.flow(BlockKind.TABLE, [(_joined(row), 1)])
        workbook.close()
    return draft


def _joined(row: Iterable[object]) -> str:
    cells = ["" if value is None else " ".join(str(value).split()) for value in row]
    while cells and not cells[-1]:
        cells.pop()
    return " | ".join(cells)
