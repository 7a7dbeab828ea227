"""Tables of AsciiDoc: cells that span columns or rows have their text in each of them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence

from index.read.draft import Fragment

_CELL = re.compile(
    r"(?:(?<=\s)|^)(?:(?P<times>\d{1,3})\*|(?P<span>\d{0,3}(?:\.\d{1,3})?)\+)?[<^>]?(?:\.[<^>])?(?P<style>[aehlmsv])?(?<!\\)\||(?<!\\)\|"
)
_COLUMNS = re.compile(r"""cols\s*=\s*(?:"([^"]*)"|'([^']*)'|([^,\]]+))""")
_FORMATS = {"csv": ",", "dsv": ":", "tsv": "\t"}
_FORMAT = re.compile(r"format\s*=\s*\"?(csv|dsv|tsv)")
_MARKS = re.compile(r"\[[^\[\]]*\]|-{2,}|[.=*_]{4,}|\+")
"""Lines that only begin or end a block, or say something of the next."""

_FENCE = re.compile(r"-{4,}|\.{4,}")
_ITEM = re.compile(r"(?:\*{1,5}|-|\.{1,5})\s+(?=\S)")
_WIDEST = 200

_Cell = tuple[int, int, Fragment]
"""The columns and rows that a cell spans, and its text."""


def rows(lines: Sequence[Fragment], options: str, mark: str = "|") -> Iterator[list[Fragment]]:
    """Yield the cells of each row of a table whose lines and block attributes these are."""
    form = _FORMAT.search(options)
    delimiter = {",": ",", ":": ":"}.get(mark) or (_FORMATS[form[1]] if form else None)
    if delimiter:
        yield from _delimited(lines, delimiter)
        return
    columns = _columns(options)
    cells, first = _cells(lines, columns)
    yield from _laid_out(cells, max(1, min(len(columns) or first, _WIDEST)))


def _delimited(lines: Sequence[Fragment], delimiter: str) -> Iterator[list[Fragment]]:
    reader = csv.reader((f"{text}\n" for text, _ in lines), delimiter=delimiter)
    for row in reader:
        if any(cell.strip() for cell in row):
            line = lines[min(reader.line_num, len(lines)) - 1][1]
            yield [(cell, line) for cell in row]


def _columns(options: str) -> list[bool]:
    """Return for each column that the attributes of a table name whether its cells hold AsciiDoc of their own."""
    match = _COLUMNS.search(options)
    columns: list[bool] = []
    for column in re.split("[,;]", (match[1] or match[2] or match[3] or "").strip()) if match else ():
        times = re.match(r"\s*(\d{1,3})\*", column)
        columns += [column.rstrip().endswith("a")] * (int(times[1]) if times else 1)
    return columns[:_WIDEST]


class _Places:
    """The columns that cells come to stand in, one after the other; with none, nothing is known of any."""

    def __init__(self, columns: Sequence[bool]) -> None:
        self._columns = columns
        self._left = [0] * len(columns)
        self._at = 0

    def take(self, cell: _Cell) -> bool:
        """Take the next place for a cell; tell whether its column holds AsciiDoc of its own."""
        across, down, _ = cell
        for _ in self._columns:
            if not self._left[self._at]:
                break
            self._left[self._at] -= 1
            self._next()
        is_inner = bool(self._columns) and self._columns[self._at]
        for _ in range(min(across, len(self._columns) - self._at)):
            self._left[self._at] = down - 1
            self._next()
        return is_inner

    def _next(self) -> None:
        self._at = (self._at + 1) % len(self._columns)


def _cells(lines: Sequence[Fragment], columns: Sequence[bool]) -> tuple[list[_Cell], int]:
    """Return all cells, and how many columns the first line that holds any has.

    The marks of lists and blocks go from cells that hold AsciiDoc of their own, as those of some `columns` do, but not
    from code in them.
    """
    cells: list[_Cell] = []
    places = _Places(columns)
    first = 0
    inner = False
    fence = ""
    for text, line in lines:
        if inner and _FENCE.fullmatch(text.strip()) and fence in {"", text.strip()}:
            fence = "" if fence else text.strip()
            continue
        if inner and not fence and _MARKS.fullmatch(text.strip()):
            continue
        marks = list(_CELL.finditer(text))
        lead = text[: marks[0].start()] if marks else text
        if lead.strip() and cells:
            across, down, (before, at) = cells.pop()
            before = before if fence else before.removesuffix(" +")
            lead = _without_mark(lead.strip(), inner and not fence)
            cells.append((across, down, (f"{before} {lead}".strip(), at)))
        for mark, after in zip(marks, [*marks[1:], None], strict=False):
            inside = text[mark.end() : after.start() if after else len(text)].strip().replace("\\|", "|")
            cell = (*_span(mark["span"]), (inside, line))
            for _ in range(int(mark["times"] or 1)):
                inner = places.take(cell)
                inner = mark["style"] == "a" or (inner and not mark["style"])
                fence = inside if inner and _FENCE.fullmatch(inside) else ""
                cells.append((*cell[:2], ("" if fence else _without_mark(inside, inner), line)))
        first = first or sum(across for across, _, _ in cells)
    return cells, first


def _without_mark(text: str, inner: bool) -> str:  # noqa: FBT001 -- of the cell that the text stands in
    return _ITEM.sub("", text) if inner else text


def _span(written: str | None) -> tuple[int, int]:
    across, _, down = (written or "").partition(".")
    return max(1, min(int(across or 1), _WIDEST)), max(1, int(down or 1))


def _laid_out(cells: Sequence[_Cell], width: int) -> Iterator[list[Fragment]]:
    """Yield rows of a width, a cell that spans rows standing in each."""
    below: dict[int, tuple[int, Fragment]] = {}
    row: list[Fragment] = []
    for columns, down, text in cells:
        _fill(row, below, width)
        if len(row) >= width:
            yield row
            row = []
            _fill(row, below, width)
        for _ in range(min(columns, width - len(row))):
            if down > 1:
                below[len(row)] = (down - 1, text)
            row.append(text)
    _fill(row, below, width)
    if row:
        yield row


def _fill(row: list[Fragment], below: dict[int, tuple[int, Fragment]], width: int) -> None:
    """Add the cells of rows above that reach into the row's next columns."""
    while len(row) < width and len(row) in below:
        left, text = below.pop(len(row))
        if left > 1:
            below[len(row)] = (left - 1, text)
        row.append(text)
