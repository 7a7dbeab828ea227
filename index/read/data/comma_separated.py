"""Tables as text (CSV, TSV): one block a row, each value with the name of its column, so that a row stands alone."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from index.errors import UnreadableError
from index.read.data.questions import is_kept_back
from index.read.decoding import decoded
from index.read.draft import MOST_CHARACTERS, MOST_LINES, Draft, Fragment
from index.records import BlockKind

_DELIMITERS = ",;\t|"
_NONE = "\x1f"
"""A delimiter that no decoded text holds: each line is one cell."""

_SAMPLE = 64 * 1024
SAMPLE_ROWS = 100
"""Rows that tell whether the first of them names the columns."""

_MOSTLY = 0.5
_LONGEST_NAME = 60
_SEPARATOR_LINE = re.compile(r"sep=(.)\n", re.IGNORECASE)
_VALUE = re.compile(
    r"[\W\d_]*(?:[A-Za-z]{3} [\W\d_]*)?|.*[.?!]|[^\s@]+@\S+|https?:.*|true|false|yes|no", re.IGNORECASE | re.DOTALL
)
"""What the name of a column does not look like: a number, a date, a sentence, an address."""

_PAGE = re.compile(r"\s*<([a-z][a-z0-9]*)\b[^<>]*>", re.IGNORECASE)
_BLOCK = re.compile(r"</(?:p|div|ul|ol|li|table|h[1-6])>", re.IGNORECASE)
"""What a cell begins with, and what stands in it, that a help centre has exported with its markup."""

_BREAK = re.compile(r"[ \t]{0,9}<br[ \t]{0,9}/?>[ \t]{0,9}", re.IGNORECASE)

_Row = tuple[int, list[str]]
"""A row: the line that it begins on, and its cells."""


def read_csv(data: bytes) -> Draft:
    """Read a table whose cells are parted by whichever of comma, semicolon, tab and bar parts them best."""
    return _read(data, _DELIMITERS)


def read_tsv(data: bytes) -> Draft:
    """Read a table whose cells are parted by tabs, or by what parts them where tabs do not."""
    return _read(data, "\t")


def _read(data: bytes, likeliest: str) -> Draft:
    text = decoded(data, keeps_tabs=True)
    if text.count("\n") > MOST_LINES:  # before minutes are spent on it
        raise UnreadableError(f"holds more than {MOST_LINES:,} lines: split it into smaller files")
    first, stated = 1, _SEPARATOR_LINE.match(text)
    if stated:
        first, text = 2, text[stated.end() :]
    delimiter = stated[1] if stated and stated[1] != '"' else _delimiter(text, likeliest)
    draft = Draft()
    add_table(draft, _rows(text, delimiter, first))
    return draft


def add_table(draft: Draft, rows: Iterator[_Row]) -> None:
    """Add the rows of a table, each a line and its cells."""
    _Table(draft).add(rows)


def _delimiter(text: str, likeliest: str) -> str:
    """Return what parts most rows of a sample into equally many cells, more than one."""
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: sample.rfind("\n") + 1] or sample
    shares = {delimiter: _evenness(sample, delimiter) for delimiter in dict.fromkeys(likeliest + _DELIMITERS)}
    best = max(shares, key=lambda delimiter: shares[delimiter])
    if shares[best][0] > _MOSTLY:
        return best
    first = next((line for line in sample.split("\n") if line.strip() and not line.startswith("#")), "")
    return next((delimiter for delimiter in shares if re.search(re.escape(delimiter) + r"\S", first)), _NONE)


def _evenness(sample: str, delimiter: str) -> tuple[float, int]:
    """Return the share of rows that have the commonest number of cells, where it is above one, and that number."""
    widths = Counter(len(cells) for _, cells in islice(_rows(sample, delimiter, 1), SAMPLE_ROWS))
    wide = [(count, width) for width, count in widths.items() if width > 1]
    return (max(wide)[0] / widths.total(), max(wide)[1]) if wide else (0.0, 0)


def _rows(text: str, delimiter: str, first: int) -> Iterator[_Row]:
    """Yield the rows that are not blank, without the empty cells at their ends."""
    csv.field_size_limit(4 * MOST_CHARACTERS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = first
    for cells in reader:
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield line, cells
        line = first + reader.line_num


class _Table:
    """Adds rows to a draft, under the names of their columns where the first row holds these."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._names: list[str] = []

    def add(self, rows: Iterator[_Row]) -> None:
        """Add all rows; single cells before the first wider row are a title or a note, and paragraphs."""
        begun = list(islice(rows, SAMPLE_ROWS))
        at = next((at for at, (_, cells) in enumerate(begun) if len(cells) > 1), 0)
        for line, cells in begun[:at]:
            self._draft.flow(BlockKind.PARAGRAPH, _fragments(cells[0], line))
        table = begun[at:]
        if is_header(table):
            line, cells = table.pop(0)
            self._draft.flow(BlockKind.TABLE, list(_joined([""] * len(cells), cells, line)))
            self._names = [" ".join(cell.split()).rstrip(":") for cell in cells]
        for line, cells in chain(table, rows):
            if is_kept_back(dict(zip(self._names, cells, strict=False))):
                continue
            self._draft.flow(BlockKind.TABLE, list(_joined(self._names, cells, line)))


def is_header(rows: Sequence[_Row]) -> bool:
    """Return whether the first row names the columns: short, all different, and not like the values below."""
    if len(rows) < 2 or len(rows[0][1]) < 2:  # noqa: PLR2004 -- a header is above something, and of several columns
        return False
    names = [cell.strip() for cell in rows[0][1]]
    if len({name.casefold() for name in names}) < len(names) or any(len(name) > _LONGEST_NAME for name in names):
        return False
    if any(_VALUE.fullmatch(name) for name in names if name):
        return False
    return not any(
        name == cell.strip() for _, cells in rows[1:] for name, cell in zip(names, cells, strict=False) if name
    )


def _joined(names: Sequence[str], cells: Sequence[str], line: int) -> Iterator[Fragment]:
    """Yield the cells that are not empty, each after its column's name."""
    begun = False
    for at, cell in enumerate(cells):
        if cell.strip():
            name = names[at] if at < len(names) else ""
            yield (" | " if begun else "") + (f"{name}: " if name else ""), line
            yield from _fragments(cell, line)
            begun = True
        line += cell.count("\n")


def _fragments(cell: str, line: int) -> Iterator[Fragment]:
    begun = _PAGE.match(cell)
    if not (begun and f"</{begun[1].lower()}>" in cell.lower() and _BLOCK.search(cell)):
        return _lines(_BREAK.sub(" ", cell), line)
    from index.read.html.blocks import seen_blocks

    shown = (block.fragments for block in seen_blocks(cell))
    return ((text, line + at - 1) for fragments in shown for text, at in [*fragments, (" ", fragments[-1][1])])


def _lines(cell: str, line: int) -> Iterator[Fragment]:
    return ((f"{part} ", line + at) for at, part in enumerate(cell.split("\n")))
