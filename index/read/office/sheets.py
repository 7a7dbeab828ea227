"""Excel workbooks (XLSX): a heading a sheet, a table row a row, with the values as Excel shows them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from index.read.archive import office_title, opened
from index.read.draft import Draft
from index.read.office.number_format import shown
from index.read.office.raised_strings import raise_figures
from index.read.office.sheet_drawings import texts_over
from index.read.office.sheet_rows import rows_of
from index.read.struck import struck
from index.records import BlockKind

if TYPE_CHECKING:
    from index.read.office.sheet_rows import Value


def read_sheets(data: bytes) -> Draft:
    """Read an XLSX file; empty rows, the empty cells at a row's end and all that is hidden go."""
    from openpyxl import load_workbook

    draft = Draft(own_lines=True)
    with opened(data, "is not an Excel workbook, or is damaged") as archive:
        draft.title = office_title(archive)
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        raise_figures(archive, workbook)
        for sheet in workbook.worksheets:
            if sheet.sheet_state == "visible":
                draft.heading(1, [(sheet.title, 1)])
                for row in _rows(workbook, sheet):
                    draft.flow(BlockKind.TABLE, [(row, 1)])
                for text in texts_over(archive, sheet._worksheet_path):  # noqa: SLF001 # the part that it is read from
                    draft.flow(BlockKind.PARAGRAPH, [(text, 1)])
        workbook.close()
    return draft


def _rows(workbook: Any, sheet: Any) -> Iterator[str]:
    formats = _Formats(workbook)
    for row in rows_of(sheet, formats.shown):
        cells = [" ".join(cell.split()) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        yield " | ".join(cells)


class _Formats:
    """The number formats of a workbook's cells, and which of them strike out what they show."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._codes: dict[int, str] = {}
        self._struck: set[int] = set()
        self._from_1904 = workbook.epoch.year == 1904  # noqa: PLR2004 # the other epoch that Excel knows

    def shown(self, value: Value, style: int) -> str:
        """Return a cell's value as its style shows it."""
        code = self._codes.get(style)
        if code is None:
            code = self._codes[style] = self._code(style)
            if self._strikes(style):
                self._struck.add(style)
        text = shown(value, code, from_1904=self._from_1904)
        return struck(text) if style in self._struck else text

    def _strikes(self, style: int) -> bool:
        styles, fonts = self._workbook._cell_styles, self._workbook._fonts  # noqa: SLF001
        font = styles[style].fontId if 0 <= style < len(styles) else -1
        return 0 <= font < len(fonts) and bool(fonts[font].strike)

    def _code(self, style: int) -> str:
        from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

        styles = self._workbook._cell_styles  # noqa: SLF001 # as openpyxl's own cells look them up
        number = styles[style].numFmtId if 0 <= style < len(styles) else 0
        custom = self._workbook._number_formats  # noqa: SLF001
        at = number - BUILTIN_FORMATS_MAX_SIZE
        return str(custom[at] if 0 <= at < len(custom) else BUILTIN_FORMATS.get(number, "General"))
