"""Excel workbooks (XLSX): a heading a sheet, a table row a row, with the values as Excel shows them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from index.read.archive import office_title, opened, transitional_package
from index.read.draft import Draft
from index.read.office.number_format import shown
from index.read.office.raised_strings import InParts, raise_figures
from index.read.office.sheet_colours import Coloured, coloured_in
from index.read.office.sheet_drawings import texts_over
from index.read.office.sheet_rows import rows_of
from index.read.office.sheet_titles import add_rows
from index.read.struck import struck
from index.records import BlockKind

if TYPE_CHECKING:
    from index.read.office.sheet_rows import Value


_DAMAGED = "is not an Excel workbook, or is damaged"
_TINY = 1.0
"""Points: text of one point is not to be read."""

_OF_THEME = {0: "FFFFFF", 1: "000000"}
"""The colours of paper and ink, which come first in a theme; the others differ from theme to theme."""

_INDEXED = 64
"""Colours that Excel numbers; after them come two of the reader's own screen."""


def read_sheets(data: bytes) -> Draft:
    """Read an XLSX file; empty rows, the empty cells at a row's end and all that is hidden go."""
    from openpyxl import load_workbook

    draft = Draft(own_lines=True)
    data = transitional_package(data, _DAMAGED)
    with opened(data, _DAMAGED) as archive:
        draft.title = office_title(archive)
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        raise_figures(archive, workbook)
        for sheet in workbook.worksheets:
            if sheet.sheet_state == "visible":
                draft.heading(1, [(sheet.title, 1)])
                add_rows(draft, list(_rows(workbook, sheet)))
                for text in texts_over(archive, sheet._worksheet_path):  # noqa: SLF001 # the part that it is read from
                    draft.flow(BlockKind.PARAGRAPH, [(text, 1)])
        workbook.close()
    return draft


def _is_white(colour: Any) -> bool:
    """Tell whether a colour is white; the first of a theme is that of the paper."""
    if colour is None or colour.tint:
        return False
    return (colour.type == "rgb" and str(colour.rgb)[-6:].upper() == "FFFFFF") or (
        colour.type == "theme" and colour.theme == 0
    )


def _is_in_its_fill(colour: Any, fill: Any) -> bool:
    """Tell whether text of a colour stands on that very colour."""
    if getattr(fill, "patternType", None) != "solid":
        return False
    behind = _written(fill.fgColor)
    return behind is not None and behind == _written(colour)


def _written(colour: Any) -> str | None:
    """Return a colour as six hexadecimal digits, None where they are not known; text without one is black."""
    from openpyxl.styles.colors import COLOR_INDEX

    if colour is None:
        return "000000"
    if colour.type == "rgb" and not colour.tint:
        return str(colour.rgb)[-6:].upper()
    if colour.type == "indexed" and 0 <= colour.indexed < _INDEXED:
        return str(COLOR_INDEX[colour.indexed])[-6:]
    if colour.type == "theme" and not colour.tint:
        return _OF_THEME.get(colour.theme, f"theme {colour.theme}")
    return f"theme {colour.theme} {colour.tint}" if colour.type == "theme" else None


def _is_blank(fill: Any) -> bool:
    pattern = getattr(fill, "patternType", "gradient")
    return pattern in {None, "none"} or (pattern == "solid" and _is_white(fill.fgColor))


def _rows(workbook: Any, sheet: Any) -> Iterator[tuple[int, list[str]]]:
    formats = _Formats(workbook, coloured_in(sheet))
    for number, row in rows_of(sheet, formats.shown):
        cells = [" ".join(cell.split()) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        yield number, cells


class _Formats:
    """The number formats of a workbook's cells, and which of them strike out or hide what they show."""

    def __init__(self, workbook: Any, coloured: Coloured) -> None:
        """`coloured` are the cells that something else than their own styles may colour."""
        self._workbook = workbook
        self._coloured = coloured
        self._codes: dict[int, str] = {}
        self._struck: set[int] = set()
        self._unseen: set[int] = set()
        self._tiny: set[int] = set()
        self._from_1904 = workbook.epoch.year == 1904  # noqa: PLR2004 # the other epoch that Excel knows

    def shown(self, value: Value, style: int, row: int, column: int) -> str:
        """Return a cell's value as its style shows it; parts with colours of their own are taken for seen."""
        code = self._codes.get(style)
        if code is None:
            code = self._codes[style] = self._code(style)
            if self._strikes(style):
                self._struck.add(style)
            self._look_at(style)
        unseen = style in self._tiny or (style in self._unseen and not self._coloured.holds(row, column))
        if unseen and not isinstance(value, InParts):
            return ""
        text = shown(value, code, from_1904=self._from_1904)
        return struck(text) if style in self._struck else text

    def _strikes(self, style: int) -> bool:
        styles, fonts = self._workbook._cell_styles, self._workbook._fonts  # noqa: SLF001
        font = styles[style].fontId if 0 <= style < len(styles) else -1
        return 0 <= font < len(fonts) and bool(fonts[font].strike)

    def _look_at(self, style: int) -> None:
        """Note whether a cell's text has the colour that it stands on, or is too small to be read."""
        styles, fonts, fills = self._workbook._cell_styles, self._workbook._fonts, self._workbook._fills  # noqa: SLF001
        at = styles[style] if 0 <= style < len(styles) else None
        font = fonts[at.fontId] if at is not None and 0 <= at.fontId < len(fonts) else None
        fill = fills[at.fillId] if at is not None and 0 <= at.fillId < len(fills) else None
        if font is None:
            return
        if font.sz is not None and font.sz <= _TINY:
            self._tiny.add(style)
        elif _is_in_its_fill(font.color, fill) or (_is_white(font.color) and (fill is None or _is_blank(fill))):
            self._unseen.add(style)

    def _code(self, style: int) -> str:
        from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

        styles = self._workbook._cell_styles  # noqa: SLF001 # as openpyxl's own cells look them up
        number = styles[style].numFmtId if 0 <= style < len(styles) else 0
        custom = self._workbook._number_formats  # noqa: SLF001
        at = number - BUILTIN_FORMATS_MAX_SIZE
        return str(custom[at] if 0 <= at < len(custom) else BUILTIN_FORMATS.get(number, "General"))
