"""How the words of a PDF page make lines, columns and tables: by where they stand.

The order of the file is kept wherever it can be: programs that lay out columns write one after the other. Where two or
more stretches of text stand beside each other on several lines, they are either columns of prose, which are then read
one after the other, or a table, whose rows are read. What is neither stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from operator import attrgetter

from index.read.pdf.directions import LEFTWARD, table_is_leftward
from index.read.pdf.grid import Table, tables
from index.read.pdf.hyphens import joined
from index.read.pdf.page import Line
from index.read.pdf.rules import NO_RULES, Rules
from index.read.pdf.words import Word

_GAP = 0.9  # of a line's height: what is farther apart on a line may belong to two columns
_SAME_LINE = 0.35  # of a line's height
_GUTTER = 0.5  # of a line's height, between the columns of all rows
_NEXT_ROW = 3.2  # line heights at most from one row of a table to the next
_TWO = 2
_UP = 5  # line heights
_FEWEST_ROWS = (3, 2)  # of two columns, and of more: of less nobody can tell that it is a table
_MOST_COLUMNS = 16
_LONGEST_CELL = 12.0  # words a cell of a table has on average
_WORDS_OF_PROSE = 2.5
_WORDS_OF_A_TERM = 5.0  # on average: questions stand on the left, too
_FILL_OF_PROSE = 0.5  # of a column's width that its lines take on average
_GOING_ON = 0.25  # of a column's lines that begin with a small letter, in prose
_CLOSE = 0.8  # of the usual distance of rows: a line that is closer goes on with the row above
_FARTHER = 1.25  # of the step from a line to the next of its row: the least from a row to the next
_MOSTLY = 0.8  # of lines, or of what goes on in them
_PARTLY = 0.4  # of the lines that go on with a row: columns of prose have words on nearly all
_WORDS_GOING_ON = 1.5  # on a line of a cell that goes on, on average
_REACHING = 0.88  # of a word's height: another of the same font is less high where fewer of its letters reach out
_LEADERS = ". . ."
_NAMES = re.compile(r"[^\W\d_]{2}")
_MARKER = re.compile(r"[•‣◦▪●○–—*+>-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\[\d{1,3}\]|(?:\d+\.)+\d*|\W")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the text of each column, "" where there is none; `first` says that it is its table's first.

    `set_as` has how its cells are set, each as a line, where lines are drawn between them.
    """

    cells: tuple[str, ...]
    number: int
    first: bool
    set_as: tuple[Line, ...] = ()


@dataclass(slots=True)
class _Segment:
    """Words that follow each other on a line without a wide gap."""

    words: list[Word]
    order: int

    @property
    def left(self) -> float:
        return min(word.left for word in self.words)

    @property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @property
    def bottom(self) -> float:
        return self.words[0].bottom

    @property
    def height(self) -> float:
        return self.words[0].height

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(slots=True)
class _Band:
    """Rows that stand below each other in the same columns: the edges of these, and the cells.

    `tail` are lines below with words in one column alone, which may go on with the last row.
    """

    rows: list[list[_Segment]] = field(default_factory=list)
    tail: list[list[_Segment]] = field(default_factory=list)
    columns: list[tuple[float, float]] = field(default_factory=list)

    def column_of(self, segment: _Segment) -> int:
        middle = (segment.left + segment.right) / 2
        return min(
            range(len(self.columns)), key=lambda at: max(self.columns[at][0] - middle, middle - self.columns[at][1])
        )

    def by_column(self) -> list[list[_Segment]]:
        columns: list[list[_Segment]] = [[] for _ in self.columns]
        for row in self.rows:
            for segment in row:
                columns[self.column_of(segment)].append(segment)
        return columns


def laid_out(words: Sequence[Word], rules: Rules = NO_RULES) -> list[Line | Row]:
    """Return the lines and table rows of a page in reading order, numbered from 1; `rules` are drawn on it."""
    orders = {id(word): order for order, word in enumerate(words)}
    ruled = list(tables(words, rules))
    gone = {word for table in ruled for word in table.words}
    segments = _segments([word for word in words if id(word) not in gone], orders)
    parts, taken = _tables_and_columns(segments)
    parts += [(min(orders[word] for word in table.words), _ruled(table)) for table in ruled]
    for stretch in _stretches([segment for segment in segments if segment.order not in taken]):
        more, found = _tables_and_columns(stretch)
        parts += more
        taken |= found
    parts += _others(segments, taken)
    lines = [item for _, items in sorted(parts, key=lambda part: part[0]) for item in items]
    return [_numbered(item, number) for number, item in enumerate(lines, 1)]


def _tables_and_columns(segments: Sequence[_Segment]) -> tuple[list[tuple[int, list[Line | Row]]], set[int]]:
    """Return the tables and columns that are found, each with the order of its first segment, and what they take."""
    parts: list[tuple[int, list[Line | Row]]] = []
    taken: set[int] = set()
    for band in _bands(segments):
        terms = _terms(band)
        starts = terms or _starts(band)
        is_table = bool(terms) or _is_table(band, starts)
        items = _table(band, starts) if is_table else _columns(band) if _is_interleaved(band) else []
        if items:
            orders = {segment.order for row in band.rows for segment in row}
            parts.append((min(orders), items))
            taken |= orders
    return parts, taken


def _stretches(segments: Sequence[_Segment]) -> list[list[_Segment]]:
    """Return segments in the order of the file, cut where that goes back up the page, as to the next column."""
    stretches: list[list[_Segment]] = []
    for segment in segments:
        if not stretches or segment.bottom - stretches[-1][-1].bottom > _UP * segment.height:
            stretches.append([])
        stretches[-1].append(segment)
    return stretches if len(stretches) > 1 else []


def _segments(words: Sequence[Word], orders: Mapping[int, int]) -> list[_Segment]:
    segments: list[_Segment] = []
    for word in words:
        last = segments[-1].words[-1] if segments else None
        if last is None or word.line != last.line or _is_apart(last, word):
            segments.append(_Segment([word], orders[id(word)]))
        else:
            segments[-1].words.append(word)
    return segments


def _is_apart(last: Word, word: Word) -> bool:
    if word.style.fixed and last.style.fixed:
        return False
    height = max(last.height, word.height)
    if LEFTWARD.search(word.text) and LEFTWARD.search(last.text):
        return not -_GAP < (last.left - word.right) / height < _GAP
    return word.left - last.right > _GAP * height or word.left < last.left


def _bands(segments: Sequence[_Segment]) -> list[_Band]:
    """Return the stretches of rows, at least two of them with several segments, that stand in the same columns."""
    bands: list[_Band] = []
    current = _Band()
    for row in _rows(segments):
        if current.rows and _takes(current, row):
            continue
        bands.append(current)
        current = _Band()
        if len(row) > 1:
            current.rows, current.columns = [row], _merged([(cell.left, cell.right) for cell in row], row[0].height)
    bands.append(current)
    for band in bands:
        while band.rows and len(band.rows[-1]) == 1:
            band.tail.insert(0, band.rows.pop())
    return [band for band in bands if len(band.columns) >= _TWO and _several(band) >= _least_rows(band)]


def _least_rows(band: _Band) -> int:
    return _FEWEST_ROWS[len(band.columns) > _TWO]


def _rows(segments: Sequence[_Segment]) -> list[list[_Segment]]:
    """Return the segments that stand on one line, from the top of the page down, each row from the left."""
    rows: list[list[_Segment]] = []
    placed = [segment for segment in segments if segment.height and not _is_set_apart(segment)]
    for segment in sorted(placed, key=lambda segment: (-segment.bottom, segment.left)):
        if rows and abs(rows[-1][0].bottom - segment.bottom) <= _SAME_LINE * segment.height:
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda segment: segment.left) for row in rows]


def _is_set_apart(segment: _Segment) -> bool:
    style = segment.words[0].style
    return style.fixed or style.turned


def _takes(band: _Band, row: list[_Segment]) -> bool:
    """Add a row to a band if it stands in its columns, right below it."""
    height = row[0].height
    if band.rows[-1][0].bottom - row[0].bottom > _NEXT_ROW * height:
        return False
    columns = _merged([*band.columns, *((cell.left, cell.right) for cell in row)], height)
    least = len(band.columns) if len(row) == 1 else max(2, min(len(row), len(band.columns)))
    if not least <= len(columns) <= _MOST_COLUMNS:
        return False
    if len(row) == 1 and len(columns) > len(band.columns):
        return False
    band.rows.append(row)
    band.columns = columns
    return True


def _mean(numbers: Iterable[float]) -> float:
    values = list(numbers)
    return sum(values) / len(values)


def _merged(spans: Sequence[tuple[float, float]], height: float) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for left, right in sorted(spans):
        if merged and left <= merged[-1][1] + _GUTTER * height:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged


def _is_prose(band: _Band) -> bool:
    """Tell whether every column of a band holds lines that go on from one to the next."""
    for (left, right), column in zip(band.columns, band.by_column(), strict=True):
        if len(column) < _TWO or _mean(len(segment.words) for segment in column) < _WORDS_OF_PROSE:
            return False
        if _mean(segment.right - segment.left for segment in column) < _FILL_OF_PROSE * (right - left):
            return False
        goes_on = [segment.text[0].islower() or above.text[-1:] in "-," for above, segment in pairwise(column)]
        if _mean(goes_on) < _GOING_ON and any(segment.text[0].isupper() for segment in column):
            return False
    return True


def _is_in_order(band: _Band) -> bool:
    """Tell whether the file holds one column after the other."""
    orders = [[segment.order for segment in column] for column in band.by_column() if column]
    return all(max(before) < min(after) for before, after in pairwise(orders))


def _is_interleaved(band: _Band) -> bool:
    return _is_prose(band) and not _is_in_order(band)


def _is_table(band: _Band, starts: set[int]) -> bool:
    columns = band.by_column()
    if (_is_prose(band) and not starts) or all(_MARKER.fullmatch(segment.text) for segment in columns[0]):
        return False
    long = [_mean(len(segment.words) for segment in column) for column in columns if column]
    if max(long) > _LONGEST_CELL or (_is_in_order(band) and min(long) > _WORDS_OF_PROSE):
        return False
    return bool(starts) or 2 * _several(band) >= len(band.rows)


def _terms(band: _Band) -> set[int]:
    """Return which lines begin the rows of a list of terms, none where a band is none.

    It has a few words on the left, no mere numbers, as lines and paragraphs have them, and what these mean beside them
    on the right, as the file holds it. Other lines go on on the right, and those of the tail that follow as closely
    become a part of the last row.
    """
    if len(band.columns) != _TWO or not _is_row_by_row(band):
        return set()
    terms, meanings = band.by_column()
    texts = [segment.text for segment in terms]
    if not all(map(_NAMES.search, texts)) or any(map(_MARKER.fullmatch, texts)):
        return set()
    if any(text[-1] in "-,;" or text[0].islower() for text in texts):
        return set()
    few = _mean(len(segment.words) for segment in terms) <= _WORDS_OF_A_TERM
    many = _mean(len(segment.words) for segment in meanings) > _WORDS_OF_PROSE
    if not (few and many) or len(terms) != _several(band) or any(_LEADERS in segment.text for segment in meanings):
        return set()
    within = min(above[0].bottom - row[0].bottom for above, row in pairwise(band.rows)) * _FARTHER
    while band.tail and _goes_on_with(band, band.tail[0][0], within):
        band.rows.append(band.tail.pop(0))
    return {number for number, row in enumerate(band.rows) if band.column_of(row[0]) == 0}


def _goes_on_with(band: _Band, segment: _Segment, within: float) -> bool:
    """Tell whether a line goes on with the meaning that a list of terms ends with."""
    last = band.rows[-1][-1]
    close = last.bottom - segment.bottom <= within and _follows(last, segment)
    return close and abs(segment.left - band.columns[1][0]) <= _SAME_LINE * segment.height


def _is_row_by_row(band: _Band) -> bool:
    return all(_follows(above, below) for above, below in pairwise(segment for row in band.rows for segment in row))


def _follows(above: _Segment, below: _Segment) -> bool:
    """Tell whether nothing stands between two segments in the file."""
    return below.order == above.order + len(above.words)


def _several(band: _Band) -> int:
    return sum(len(row) > 1 for row in band.rows)


def _starts(band: _Band) -> set[int]:
    """Return which lines begin the rows of a table with many lines in its cells; none where that cannot be told.

    Lines of a row are closer to each other than rows are, and most have words in some columns alone. These go on with
    words that would not have fitted on the line above. A tail that goes on with the last row becomes part of it.
    """
    steps = [above[0].bottom - row[0].bottom for above, row in pairwise(band.rows)]
    within = _step_within(steps)
    starts = {0, *(number for number, step in enumerate(steps, 1) if step > within)}
    inner = [number for number in range(len(band.rows)) if number not in starts]
    if not inner or len(starts) < _TWO or not _wraps(band, inner):
        return set()
    whole = sum(band.column_of(band.rows[start][0]) == 0 and len(band.rows[start]) > 1 for start in starts)
    partly = sum(len(band.rows[number]) < len(band.columns) for number in inner)
    if whole < _MOSTLY * len(starts) or partly < _PARTLY * len(inner):
        return set()
    while band.tail and band.rows[-1][0].bottom - band.tail[0][0].bottom <= within:
        band.rows.append(band.tail.pop(0))
    return starts


def _step_within(steps: Sequence[float]) -> float:
    """Return the most that lines of a row are apart, 0 where all lines are as far apart as rows may be."""
    ordered = sorted(steps)
    ratio, at = max(
        ((more / max(less, 0.1), at) for at, (less, more) in enumerate(pairwise(ordered))), default=(0.0, 0)
    )
    return ordered[at] if ratio >= _FARTHER and ordered[at] <= _FARTHER * ordered[0] else 0.0


def _wraps(band: _Band, inner: Sequence[int]) -> bool:
    """Tell whether lines go on in each column where the one above has no room for their first word."""
    count = broken = words = 0
    for number in inner:
        above = {band.column_of(segment): segment for segment in band.rows[number - 1]}
        for segment in band.rows[number]:
            column = band.column_of(segment)
            if column in above:
                first = segment.words[0]
                count += 1
                words += len(segment.words)
                broken += above[column].right + first.right - first.left > band.columns[column][1]
    return count > 0 and broken >= _MOSTLY * count and words >= _WORDS_GOING_ON * count


def _table(band: _Band, starts: set[int]) -> list[Line | Row]:
    rows: list[list[list[Line]]] = []
    steps = [above[0].bottom - row[0].bottom for above, row in pairwise(band.rows)]
    usual = sorted(steps)[len(steps) // 2]
    for number, row in enumerate(band.rows):
        cells: list[list[Line]] = [[] for _ in band.columns]
        for segment in row:
            cells[band.column_of(segment)].append(_line(segment.words))
        goes_on = number not in starts if starts else not cells[0] and steps[number - 1] < _CLOSE * usual
        if number and goes_on:
            rows[-1] = [above + cell for above, cell in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
    return [Row(tuple(map(_whole, row)), 0, first=number == 0) for number, row in enumerate(rows)]


def _ruled(table: Table) -> list[Line | Row]:
    rows = [tuple(map(_cell, row)) for row in table.rows]
    if rows and table_is_leftward(rows):
        rows = [row[::-1] for row in rows]
    cells = [tuple(_line(cell) for cell in dict.fromkeys(row) if cell) for row in table.rows]
    return [Row(row, 0, number == 0, set_as) for number, (row, set_as) in enumerate(zip(rows, cells, strict=True))]


def _cell(words: Sequence[Word]) -> str:
    lines = [list(line) for _, line in groupby(words, key=attrgetter("line"))]
    return _whole([Line(" ".join(word.text for word in line), 0, line[-1].broken) for line in lines])


def _whole(lines: Sequence[Line]) -> str:
    """Return the text of a cell, with the words whole that its lines break."""
    return "".join(text for text, _ in joined(lines, set())).strip() if lines else ""


def _columns(band: _Band) -> list[Line | Row]:
    """Return the lines of columns, one column after the other."""
    lines: list[Line | Row] = []
    for column in band.by_column():
        for segment, below in zip(column, [*column[1:], None], strict=True):
            lines.append(_line(segment.words, below))
    return lines


def _others(segments: Sequence[_Segment], taken: set[int]) -> Iterator[tuple[int, list[Line | Row]]]:
    """Yield the lines of the file but those that are taken, each with the order of its first segment."""
    line: list[_Segment] = []
    for segment in (segment for segment in segments if segment.order not in taken):
        if line and line[-1].words[-1].line != segment.words[0].line:
            yield line[0].order, [_line([word for part in line for word in part.words])]
            line = []
        line.append(segment)
    if line:
        yield line[0].order, [_line([word for part in line for word in part.words])]


def _line(words: Sequence[Word], below: _Segment | None = None) -> Line:
    first, last = words[0], words[-1]
    fixed = all(word.style.fixed for word in words)
    text = _spaced(words) if fixed else " ".join(word.text for word in words)
    broken = last.broken
    if below is not None and not broken and text.endswith("-") and below.text[0].islower():
        text, broken = text[:-1], True
    bold = all(word.style.bold for word in words)
    main = max(words, key=lambda word: (word.style.fixed is fixed, len(word.text)))  # marks and code differ in size
    height = 0.0 if main.style.turned else _height(main, words)
    pitch = (first.right - first.left) / len(first.text)
    return Line(text, 0, broken, first.left, main.bottom, height, fixed, bold, pitch)


def _height(main: Word, words: Sequence[Word]) -> float:
    """Return the height of a line, in points: letters that reach above or below those of a font make words higher."""
    return min(word.height for word in words if word.height >= _REACHING * main.height and word.style == main.style)


def _spaced(words: Sequence[Word]) -> str:
    """Return a line of code with as many spaces between its words as fit there."""
    width = max((words[0].right - words[0].left) / len(words[0].text), 0.1)
    text = words[0].text
    for above, word in pairwise(words):
        text += " " * max(1, min(round((word.left - above.right) / width), 80)) + word.text
    return text


def _numbered(item: Line | Row, number: int) -> Line | Row:
    return replace(item, number=number)
