"""Tables of a PDF page whose rows are parted by drawn lines or grounds: however many lines a cell has, it stays one."""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from index.read.pdf.directions import is_leftward
from index.read.pdf.rules import NEAR, Rule, Rules, places
from index.read.pdf.words import Word

_TWO = 2
_THREE = 3
_MOST_CELLS = 2_000
_FILLED = 0.3
"""Of a grid's cells at least so many hold words: one that a chart is drawn on holds few."""

_CROSSED = 0.05
"""Of a table's words at most so many stand across the lines between its columns."""

_LONGEST = 60.0
"""Words of a cell on average, at most: frames that hold more are no table, but parts of a page."""

_GUTTER = 0.5
"""Of a line's height: the least between two columns that no line parts."""

_SHARE = 0.8
"""Of lines of words, or of their ends: what holds for so many holds."""

_WORDS = 1.5
"""Words on a line of a column on average, from which on it tells whether its lines are broken."""

_WIDE = 0.9
"""Of a table's width: a line of words without a gap that takes more is text across the page."""

_GAP = 0.9
"""Of a line's height: what is farther apart on a line may belong to two columns."""

_SAME_LINE = 0.35
"""Of a line's height."""

_STEP = 1.7
"""Line heights from a line to the next of the same row, or from a rule to the row beside it."""

_APART = 2.0
"""Line heights from a line to the next: more is never within a row."""


class Table(NamedTuple):
    """A table: the words of each cell, row by row, each as often as the columns that it spans."""

    rows: list[list[tuple[Word, ...]]]

    @property
    def words(self) -> set[int]:
        """The identities of the words in it."""
        return {id(word) for row in self.rows for cell in row for word in cell}


def tables(words: Sequence[Word], rules: Rules) -> Iterator[Table]:
    """Yield the tables that lines are drawn around or between, those with lines on all sides first."""
    free = [word for word in words if word.height]
    for make in (_grids, _stacks):
        for table in make(free, rules):
            taken = table.words
            if taken <= {id(word) for word in free}:
                free = [word for word in free if id(word) not in taken]
                yield table


def _middle(word: Word) -> tuple[float, float]:
    return (word.left + word.right) / 2, (word.bottom + word.top) / 2


def _height(word: Word) -> float:
    return _middle(word)[1]


def _grids(words: Sequence[Word], rules: Rules) -> Iterator[Table]:
    for across, down in _touching(rules):
        xs, ys = places(down), places(across)
        if min(len(xs), len(ys)) >= _THREE and len(xs) * len(ys) <= _MOST_CELLS:
            table = _in_grid(words, _Grid(xs, ys, across, down, words))
            if table is not None:
                yield table


def _touching(rules: Rules) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Yield the lines across and down that touch each other, as those around the cells of one table do."""
    across, down = list(rules.across), list(rules.down)
    while down:
        mine: tuple[list[Rule], list[Rule]] = ([], [down.pop()])
        new = mine[1][:]
        while new:
            line = new.pop()
            for found in [one for one in across if _touch(one, line)]:
                across.remove(found)
                mine[0].append(found)
                met = [one for one in down if _touch(found, one)]
                down = [one for one in down if one not in met]
                mine[1].extend(met)
                new += met
        yield mine


def _touch(across: Rule, down: Rule) -> bool:
    return across.covers(down.at) and down.covers(across.at)


class _Grid:
    """Columns and rows between lines, some of which do not go through: there cells span several."""

    def __init__(
        self, xs: list[float], ys: list[float], across: list[Rule], down: list[Rule], words: Sequence[Word]
    ) -> None:
        self.xs, self.ys = xs, ys
        self._across = [[rule for rule in across if abs(rule.at - y) <= NEAR] for y in ys]
        self._down = [[rule for rule in down if abs(rule.at - x) <= NEAR] for x in xs]
        self._stretches = self._by_row(words)
        self.cells = self._joined()
        self._ends_at = {first: column for (_, column), first in self.cells.items()}

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    @property
    def rows(self) -> int:
        return len(self.ys) - 1

    @property
    def holds_others(self) -> bool:
        """Whether other tables are in its cells or touch it.

        Then most rows lack a line between two columns, or no row has both of two lines. Rows that are one cell do not
        count.
        """
        rows = [[self.cells[row, column] for column in range(self.columns)] for row in range(self.rows)]
        rows = [row for row in rows if len(set(row)) > 1]
        parted = [
            {number for number, row in enumerate(rows) if row[column - 1] != row[column]}
            for column in range(1, self.columns)
        ]
        rare = any(_TWO * len(numbers) < len(rows) for numbers in parted)
        return rare or any(one.isdisjoint(other) for one, other in combinations(parted, _TWO))

    def _joined(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Return for each place, by its row from the top and its column, the first place of the cell that it is of."""
        cells: dict[tuple[int, int], tuple[int, int]] = {}
        for row in range(self.rows):
            for column in range(self.columns):
                place = (row, column)
                left, above = (row, column - 1), (row - 1, column)
                first = cells[left] if column and not self._parted_left(row, column) else place
                if row and not self._parted_above(row, column):
                    first = min(first, cells[above])
                cells[place] = first
        return cells

    def _parted_left(self, row: int, column: int) -> bool:
        below, above = self._ends(row)
        return any(_passes(rule, below, above) for rule in self._down[column]) or self._stands_apart(row, column)

    def _stands_apart(self, row: int, column: int) -> bool:
        """Tell whether words stand on both sides of where other rows have a line, and go on over it nowhere."""
        before, at, after = self.xs[column - 1 : column + 2]
        spans = self._stretches[row]
        if any(left < at < right for left, right in spans):
            return False
        return any(before <= left < at for left, _ in spans) and any(at < right <= after for _, right in spans)

    def _by_row(self, words: Sequence[Word]) -> list[list[tuple[float, float]]]:
        """Return for each row from where to where words follow each other."""
        rows: list[list[Word]] = [[] for _ in range(self.rows)]
        for word in words:
            place = self.place(word)
            if place is not None:
                rows[place[0]].append(word)
        return [
            [(stretch[0].left, stretch[-1].right) for line in _lines(row) for stretch in _stretches(line)]
            for row in rows
        ]

    def _parted_above(self, row: int, column: int) -> bool:
        left, right = self.xs[column], self.xs[column + 1]
        return any(_passes(rule, left, right) for rule in self._across[self.rows - row])

    def _ends(self, row: int) -> tuple[float, float]:
        return self.ys[self.rows - row - 1], self.ys[self.rows - row]

    def place(self, word: Word) -> tuple[int, int] | None:
        """Return the row and column that a word stands in, None outside."""
        across, up = _middle(word)
        column, row = bisect(self.xs, across) - 1, self.rows - bisect(self.ys, up)
        return (row, column) if 0 <= column < self.columns and 0 <= row < self.rows else None

    def crosses(self, word: Word, cell: tuple[int, int]) -> bool:
        """Tell whether a word reaches out of its cell."""
        reach = (word.right - word.left) / 4
        return word.left + reach < self.xs[cell[1]] or word.right - reach > self.xs[self._ends_at[cell] + 1]


def _passes(rule: Rule, first: float, last: float) -> bool:
    return rule.first <= (first + last) / 2 <= rule.last


def _in_grid(words: Sequence[Word], grid: _Grid) -> Table | None:
    held: dict[tuple[int, int], list[Word]] = {}
    count = crossing = 0
    for word in words:
        place = grid.place(word)
        if place is not None:
            cell = grid.cells[place]
            held.setdefault(cell, []).append(word)
            count += 1
            crossing += grid.crosses(word, cell)
    if crossing > _CROSSED * count or len(held) < _FILLED * len(set(grid.cells.values())):
        return None
    if grid.holds_others:
        return None
    rows = []
    for row in range(grid.rows):
        firsts = [grid.cells[row, column] for column in range(grid.columns)]
        if len(set(firsts)) == 1:  # one cell over all columns
            firsts = firsts[:1] if firsts[0][0] == row else []
        rows.append([tuple(held.get(first, ())) for first in firsts])
    return _table(rows)


def _table(rows: list[list[tuple[Word, ...]]]) -> Table | None:
    """Return rows as a table if they are one: some have several cells, none with lines of code or pages of text."""
    filled = [row for row in rows if any(row)]
    several = [row for row in filled if len({cell for cell in row if cell}) >= _TWO]
    cells = {cell for row in filled for cell in row if cell}
    if len(several) < _TWO or 2 * len(several) < len(filled) or _parts_few_rows(filled):
        return None
    if any(_is_code(cell) and len(list(_lines(cell))) > 1 for cell in cells):
        return None
    return Table(filled) if sum(map(len, cells)) <= _LONGEST * len(cells) else None


def _is_code(words: Iterable[Word]) -> bool:
    return all(word.style.fixed for word in words)


def _parts_few_rows(rows: Sequence[Sequence[tuple[Word, ...]]]) -> bool:
    """Tell whether most lines of words are rows of their own, as where lines are drawn below the head alone."""
    spanning = {cell for above, below in pairwise(rows) for cell in above if cell and cell in below}
    rows = [[() if cell in spanning else cell for cell in row] for row in rows]
    ends = [max((word.right for word in column), default=0.0) for column in _columns(rows)]
    counts = [(sum(1 for _ in _lines(word for cell in set(row) for word in cell)), row) for row in rows]
    own = [count > 1 and (_begins_several(row, ends) or _holds_several(row, ends)) for count, row in counts]
    if len(own) == _TWO and own[1]:  # a head, and all rows below it as one
        return True
    return 2 * sum(count for (count, _), several in zip(counts, own, strict=True) if several) >= sum(
        count for count, _ in counts
    )


def _columns(rows: Sequence[Sequence[tuple[Word, ...]]]) -> list[list[Word]]:
    """Return the words of each column, but those of cells that span several."""
    columns: list[list[Word]] = [[] for _ in range(max(map(len, rows)))]
    for row in rows:
        for column, cell in enumerate(row):
            if row.count(cell) == 1:
                columns[column] += cell
    return columns


def _begins_several(row: Sequence[tuple[Word, ...]], ends: Sequence[float]) -> bool:
    """Tell whether the first cell has lines of its own, as the names of several rows: not all are what did not fit."""
    leftward = is_leftward(" ".join(word.text for cell in row for word in cell))
    cell, end = (row[-1], ends[len(row) - 1]) if leftward else (row[0], ends[0])
    lines = list(_lines(cell))
    if len(lines) < _TWO or row.count(cell) > 1:
        return False
    single = len(cell) < _WORDS * len(lines)
    return single or leftward or not all(_is_broken(above, below, end) for above, below in pairwise(lines))


def _is_broken(above: Sequence[Word], below: Sequence[Word], end: float) -> bool:
    """Tell whether the first word of a line would not fit on the one above, in a column that ends there."""
    return above[-1].right + (below[0].right - below[0].left) > end


def _holds_several(row: Sequence[tuple[Word, ...]], ends: Sequence[float]) -> bool:
    """Tell whether the lines between two rules are rows: all have the same columns, and words would fit on them."""
    columns = {id(word): number for number, cell in enumerate(row) for word in cell}
    counts = [len({columns[id(word)] for word in line}) for line in _lines(word for cell in set(row) for word in cell)]
    if max(counts) < _TWO or counts.count(max(counts)) < _SHARE * len(counts):
        return False
    lines = [list(_lines(cell)) for cell in row]
    count = broken = 0
    for cell, end in zip(lines, ends, strict=False):
        if sum(map(len, cell)) >= _WORDS * len(cell):
            for above, below in pairwise(cell):
                count += 1
                broken += _is_broken(above, below, end)
    return broken < _SHARE * count or not count


def _stacks(words: Sequence[Word], rules: Rules) -> Iterator[Table]:
    """Yield the tables whose rows have lines or a ground above or below them, but none on all sides."""
    left = sorted(rules.across, key=lambda rule: -rule.at)
    upward = sorted(words, key=_height)
    while left:
        top = left[0]
        stack = [rule for rule in left if _alike(rule, top)]
        left = [rule for rule in left if rule not in stack]
        if len(stack) < _THREE:
            continue
        first, last = top.first - NEAR, top.last + NEAR
        inside = [word for word in words if first <= word.left and word.right <= last]
        for run in _runs(stack, [word for word in upward if first <= word.left and word.right <= last]):
            table = _in_stack(inside, run, rules) if len(run) >= _THREE else None
            if table is not None:
                yield table


def _alike(rule: Rule, other: Rule) -> bool:
    return abs(rule.first - other.first) <= NEAR and abs(rule.last - other.last) <= NEAR


def _runs(stack: Sequence[Rule], words: Sequence[Word]) -> Iterator[list[Rule]]:
    """Yield lines from the top down, cut where text between two goes on across the page, or has a gap.

    The lowest of `words` come first.
    """
    run = [stack[0]]
    for rule in stack[1:]:
        first, last = bisect_left(words, rule.at, key=_height), bisect(words, run[-1].at, key=_height)
        lines = list(_lines(words[first:last]))
        wide = any(line[-1].right - line[0].left > _WIDE * (rule.last - rule.first) for line in lines)
        apart = any(above[0].bottom - below[0].bottom > _APART * below[0].height for above, below in pairwise(lines))
        if apart or (wide and not any(map(_has_gap, lines))):
            yield run
            run = []
        run.append(rule)
    yield run


def _in_stack(inside: Sequence[Word], stack: Sequence[Rule], rules: Rules) -> Table | None:
    wide = stack[0].last - stack[0].first
    ys = sorted(rule.at for rule in stack)
    between = [word for word in inside if ys[0] <= _middle(word)[1] <= ys[-1]]
    downs = [
        rule
        for rule in rules.down
        if stack[0].first + NEAR < rule.at < stack[0].last - NEAR and ys[0] <= (rule.first + rule.last) / 2 <= ys[-1]
    ]
    edges = places(downs) or _gutters(between, wide)
    if not edges or sum(_crosses(word, edges) for word in between) > _CROSSED * len(between):
        return None
    bands: list[list[Word]] = [[] for _ in range(len(ys) - 1)]
    for word in between:
        bands[max(0, len(ys) - 1 - bisect(ys, _middle(word)[1]))].append(word)
    if _TWO * sum(map(_is_code, bands)) >= len(bands):  # grounds of lines of code
        return None
    above = _beside([word for word in inside if _middle(word)[1] > ys[-1]], edges, ys[-1])
    below = _beside([word for word in inside if _middle(word)[1] < ys[0]], edges, ys[0])
    return _table([[tuple(cell) for cell in _by_column(band, edges)] for band in (above, *bands, below)])


def _gutters(words: Sequence[Word], wide: float) -> list[float]:
    """Return the middles of the gaps that no line of words stands in, but those that nearly fill the width."""
    spans: list[list[float]] = []
    stretches = [stretch for line in _lines(words) for stretch in _stretches(line)]
    for stretch in sorted(stretches, key=lambda stretch: stretch[0].left):
        left, right = stretch[0].left, stretch[-1].right
        if right - left > _WIDE * wide:
            continue
        if spans and left <= spans[-1][1] + _GUTTER * stretch[0].height:
            spans[-1][1] = max(spans[-1][1], right)
        else:
            spans.append([left, right])
    return [(before[1] + after[0]) / 2 for before, after in pairwise(spans)]


def _lines(words: Iterable[Word]) -> Iterator[list[Word]]:
    """Yield the words that stand beside each other, from the top down, each line from the left."""
    line: list[Word] = []
    for word in sorted(words, key=lambda word: (-word.bottom, word.left)):
        if line and line[0].bottom - word.bottom > _SAME_LINE * word.height:
            yield sorted(line, key=lambda word: word.left)
            line = []
        line.append(word)
    if line:
        yield sorted(line, key=lambda word: word.left)


def _stretches(line: Sequence[Word]) -> Iterator[list[Word]]:
    """Yield the words of a line that follow each other without a gap."""
    stretch = [line[0]]
    for word in line[1:]:
        if word.left - stretch[-1].right > _GAP * word.height:
            yield stretch
            stretch = []
        stretch.append(word)
    yield stretch


def _has_gap(line: Sequence[Word]) -> bool:
    return sum(1 for _ in _stretches(line)) > 1


def _crosses(word: Word, edges: Sequence[float]) -> bool:
    return any(word.left + 1 < edge < word.right - 1 for edge in edges)


def _by_column(words: Iterable[Word], edges: Sequence[float]) -> list[list[Word]]:
    columns: list[list[Word]] = [[] for _ in range(len(edges) + 1)]
    for word in words:
        columns[bisect(edges, _middle(word)[0])].append(word)
    return columns


def _beside(words: Sequence[Word], edges: Sequence[float], rule: float) -> list[Word]:
    """Return the words of a row right above or below the last line of a table; `words` are all on that side of it.

    The first row may have no line above it, and the last one no ground. A row has words in several columns, none of
    which goes on into the next.
    """
    row: set[int] = set()
    at = rule
    for line in sorted(_lines(words), key=lambda line: abs(_middle(line[0])[1] - rule)):
        up = _middle(line[0])[1]
        if abs(up - at) > _STEP * line[0].height or any(_crosses(word, edges) for word in line):
            break
        if any(len({bisect(edges, _middle(word)[0]) for word in stretch}) > 1 for stretch in _stretches(line)):
            break
        row |= set(map(id, line))
        at = up
    found = [word for word in words if id(word) in row]
    return found if sum(map(bool, _by_column(found, edges))) >= _TWO else []
