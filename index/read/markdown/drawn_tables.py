"""Pandoc's tables that are drawn with dashes, as tables that every parser knows: grid, simple and multiline ones.

A cell that spans rows or columns stands in each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile, takewhile

from index.read.draft import Fragment
from index.read.markdown.lines import RULES, LinePass, rule

_EDGE = re.compile(r"\+(?:[:=-]+\+)+")
_GRID_LINE = re.compile(r"[+|].*[+|]")
_PAD = "\x00"
"""What docutils puts beside a character that is two columns wide."""

_COLUMNS = re.compile(r"\s*-{2,}(?:[ \t]+-{2,})+\s*")
_DASHES = re.compile(r"\s*-{2,}(?:[ \t]+-{2,})*\s*")
_SEPARATOR = frozenset("|:- \t")
_ITEM = re.compile(r"^[-*+]\s+(?=[^\s\d])")
_LIST = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+")
_BLOCK = re.compile(r"\s*(?:#{1,6}(?:\s|$)|>|`{3}|~{3}|[-*+](?:\s|$))")
"""The beginning of a heading, a quote, code or an item of a list, of which no row begins with one."""

_BARE_PIPE = re.compile(r"(?<!\\)\|")
_NAME = re.compile(r"\s*\{[#.:][^{}]*\}\s*$")
_TAB = 4
_MOST_LINES = 2000
_MOST_COLUMNS = 200
_MOST_CELLS = 10_000
_MOST_HEAD = 10
"""What is larger is no table that somebody has drawn; a header has fewer lines than that."""

_MOST_ABOVE = 100
"""So many lines up, the item of a list is looked for that a table may stand in."""

_Row = tuple[list[str], int]
"""The cells of a row, as Markdown, and the line that it begins on."""


@rule("+", r"(?P<indent>\s*)\+(?:[:=-]+\+)+\s*$")
def _grid(lines: LinePass, match: re.Match[str]) -> bool:
    if _is_code(lines):
        return False
    taken: list[Fragment] = []
    for text, number in lines.lines[lines.at : lines.at + _MOST_LINES]:
        if _GRID_LINE.fullmatch(text.strip()) is None:
            break
        taken.append((text.strip(), number))
    rows, headed = _grid_rows(taken)
    if rows:
        _take(lines, rows, len(taken), match["indent"], headed=headed)
    else:
        lines.copy(len(taken))
    return True


def _grid_rows(lines: Sequence[Fragment]) -> tuple[list[_Row], bool]:
    """Return the rows of a grid, none where it is none, and whether the first is its header."""
    from docutils.parsers.rst.tableparser import GridTableParser, TableMarkupError
    from docutils.statemachine import StringList

    block = StringList(_with_one_head([text for text, _ in lines]), "")
    block.pad_double_width(_PAD)
    if (
        len({len(line) for line in block}) > 1
        or _EDGE.fullmatch(block[-1]) is None
        or len(block) * block[0].count("+") > _MOST_CELLS
    ):
        return [], False
    try:
        widths, head, body = GridTableParser().parse(block)
    except TableMarkupError:
        return [], False
    numbers = [number for _, number in lines]
    return [row for part in (head, body) for row in _spanned(part, len(widths), numbers)], bool(head)


def _with_one_head(lines: Sequence[str]) -> list[str]:
    """Return a grid's lines as docutils knows them: `=` below the header alone, and none that tell an alignment."""
    plain: list[str] = []
    headed = False
    for at, line in enumerate(lines):
        is_edge = line.startswith("+") and line.strip("+:=- ") == ""
        below_head = is_edge and "=" in line and not headed and 0 < at < len(lines) - 1
        if is_edge and below_head:
            line = line.replace(":", "=").replace("-", "=")  # noqa: PLW2901
        elif is_edge:
            line = line.replace(":", "-").replace("=", "-")  # noqa: PLW2901
        headed = headed or below_head
        plain.append(line)
    return plain


def _spanned(
    part: Sequence[Sequence[tuple[int, int, int, Sequence[str]] | None]], width: int, numbers: Sequence[int]
) -> Iterator[_Row]:
    """Yield the rows of a table's part, each cell in every row and column that it spans."""
    cells = [[""] * width for _ in part]
    for at, row in enumerate(part):
        for column, cell in enumerate(row):
            if cell is None:
                continue
            more_rows, more_columns, _, block = cell
            text = _inline([line.replace(_PAD, "") for line in block])
            for below in cells[at : at + more_rows + 1]:
                below[column : column + more_columns + 1] = [text] * (more_columns + 1)
        first = min((cell[2] for cell in row if cell is not None), default=1)
        yield cells[at], numbers[min(first, len(numbers) - 1)]


@rule("-", _COLUMNS.pattern + "$")
def _dashed(lines: LinePass, _match: re.Match[str]) -> bool:
    """Take a table whose columns are told by dashes, with the header above them, if it has one."""
    head = lines.out[-1:] if lines.after_text else []
    if (head and (_LIST.match(head[0][0]) or any(text.strip() for text, _ in lines.out[-2:-1]))) or _is_code(lines):
        return False
    end, body = _until_blank(lines) if head else _until_dashes(lines, lines.at + 1)
    rows = _rows([head, *body] if head else body, lines.text)
    if not body or rows is None:
        return False
    if head:
        lines.out.pop()
    return _take(lines, rows, end - lines.at, headed=bool(head))


@rule("-", r"\s*-{3,}\s*$")
def _multiline(lines: LinePass, _match: re.Match[str]) -> bool:
    """Take a table between two rows of dashes, with a header of one line and more."""
    head: list[Fragment] = []
    at = lines.at + 1
    while at < len(lines.lines) and len(head) < _MOST_HEAD and not _COLUMNS.fullmatch(lines.lines[at][0]):
        head.append(lines.lines[at])
        at += 1
    is_headed = bool(head) and len(head) < _MOST_HEAD and all(text.strip() for text, _ in head)
    if lines.after_text or not is_headed or at == len(lines.lines) or _is_code(lines):
        return False
    end, body = _until_dashes(lines, at + 1)
    rows = _rows([head, *body], lines.lines[at][0])
    return bool(body) and rows is not None and _take(lines, rows, end - lines.at, headed=True)


def _is_code(lines: LinePass) -> bool:
    """Tell whether the next line is indented so far into the item of a list that it is code there."""
    indent = _indent_of(lines.text)
    for text, _ in reversed(lines.out[-_MOST_ABOVE:]) if indent >= _TAB else ():
        around = _indent_of(text)
        if text.strip() and around < indent:
            item = _LIST.match(text.expandtabs(_TAB))
            return indent - (item.end() if item else around) >= _TAB and (item is not None or around > 0)
    return False


def _indent_of(text: str) -> int:
    text = text.expandtabs(_TAB)
    return len(text) - len(text.lstrip())


def _until_blank(lines: LinePass) -> tuple[int, list[list[Fragment]]]:
    """Return where a table ends that a blank line, dashes or a line further out end, and its rows of one line each."""
    at = lines.at + 1
    least = _indent_of(lines.text)
    rows: list[list[Fragment]] = []
    while at < len(lines.lines) and lines.lines[at][0].strip() and _indent_of(lines.lines[at][0]) >= least:
        if _DASHES.fullmatch(lines.lines[at][0]):
            return at + 1, rows
        rows.append([lines.lines[at]])
        at += 1
    return at, rows


def _until_dashes(lines: LinePass, first: int) -> tuple[int, list[list[Fragment]]]:
    """Return where a table ends that dashes end, and the lines of its rows; none where no dashes come.

    Blank lines part the rows; where there are none, each line is one.
    """
    rows: list[list[Fragment]] = [[]]
    for at, (text, number) in enumerate(lines.lines[first : first + _MOST_LINES], first):
        if _DASHES.fullmatch(text):
            if any(after.strip() for after, _ in lines.lines[at + 1 : at + 2]):
                break
            whole = [row for row in rows if row]
            return at + 1, whole if len(rows) > 1 else [[line] for row in whole for line in row]
        if text.strip():
            rows[-1].append((text, number))
        else:
            rows.append([])
    return first, []


def _rows(groups: Sequence[Sequence[Fragment]], dashes: str) -> list[_Row] | None:
    """Return the rows that groups of lines make.

    None where a word stands across two columns, a block begins where a row would, or nothing beside the first column.
    """
    begins = [match.start() for match in re.finditer("-+", dashes.expandtabs(_TAB))][:_MOST_COLUMNS]
    cuts = [0, *begins[1:]]
    if len(cuts) * sum(map(len, groups)) > _MOST_CELLS:
        return None
    rows: list[_Row] = []
    for group in groups:
        written = [text.expandtabs(_TAB) for text, _ in group]
        if any(_BLOCK.match(line[: cuts[1]]) for line in written):
            return None
        if any(line[cut - 1 : cut].strip() and line[cut : cut + 1].strip() for line in written for cut in cuts[1:]):
            return None
        cells = [[line[left:right] for line in written] for left, right in zip(cuts, [*cuts[1:], None], strict=True)]
        rows.append(([_inline(cell) for cell in cells], group[0][1]))
    return rows if any(any(cells[1:]) for cells, _ in rows) else None


def _inline(cell: Sequence[str]) -> str:
    """Return what stands in a cell on one line of Markdown: marks of fences and of two items and more go."""
    code = False
    listed = sum(_ITEM.match(line.strip()) is not None for line in cell) > 1
    words: list[str] = []
    for line in (line.strip().removesuffix("\\") for line in cell):
        if line.startswith(("```", "~~~")):
            code = not code
        elif code and line:
            words.append(f"`` {line} ``")
        else:
            words.append(_ITEM.sub("", line, count=1) if listed else line)
    return _BARE_PIPE.sub(r"\\|", " ".join(filter(None, words)))


def _take(lines: LinePass, rows: Sequence[_Row], taken: int, indent: str = "", *, headed: bool) -> bool:
    """Write rows as a table with pipes in the place of so many lines."""
    width = max(len(cells) for cells, _ in rows)
    first = lines.number
    edge = f"{indent}|{' --- |' * width}"
    written = [(f"{indent}| {' | '.join(cells)} |", number) for cells, number in rows]
    head, body = (written[:1], written[1:]) if headed else ([(f"{indent}|{'  |' * width}", first)], written)
    lines.out += [("", first), *head, (edge, head[0][1]), *body, ("", body[-1][1] if body else first)]
    lines.at += taken
    return True


@rule("|-:", r"(?=[^+]*-:?\+:?-)\s*[|:-][|:+-]*\s*$")
def _crossed(lines: LinePass, _match: re.Match[str]) -> bool:
    """Take the line below the header of a table whose columns Emacs parts by `+`."""
    if not lines.after_text or "|" not in lines.out[-1][0]:
        return False
    lines.out.append((lines.text.replace("+", "|"), lines.number))
    lines.at += 1
    return True


@rule(":", r"\s{0,3}:\s+\S.*$")
def _caption(lines: LinePass, match: re.Match[str]) -> bool:
    """Take the caption of a table, without the name by which others refer to that, which tells it above one."""
    ends = _end_of_caption(lines)
    if not (
        _is_below_table(lines.out) or (_NAME.search(match[0]) and _is_table(lines.lines[ends : ends + _MOST_HEAD]))
    ):
        return False
    lines.out.append(("", lines.number))
    first = (match[0].replace(":", "", 1).lstrip(), lines.number)
    lines.out += [(_NAME.sub("", text), number) for text, number in [first, *lines.lines[lines.at + 1 : ends]]]
    lines.at = ends
    return True


def _end_of_caption(lines: LinePass) -> int:
    """Return the first line after the next that is blank or may be something of its own."""
    at = lines.at + 1
    while at < len(lines.lines) and at - lines.at < _MOST_HEAD:
        text = lines.lines[at][0]
        rules = RULES.get(text.strip()[:1], ())
        if not text.strip() or any(pattern.match(text) for pattern, _ in rules):
            break
        at += 1
    return at


def _is_table(below: Sequence[Fragment]) -> bool:
    """Tell whether a table with pipes or dashes is what comes next."""
    written = dropwhile(lambda text: not text.strip(), (text for text, _ in below))
    return any(
        "|" in text or _EDGE.fullmatch(text.strip()) or _DASHES.fullmatch(text)
        for text in takewhile(str.strip, written)
    )


def _is_below_table(above: Sequence[Fragment]) -> bool:
    """Tell whether the last lines that hold something are a table with pipes."""
    written = dropwhile(lambda text: not text.strip(), (text for text, _ in reversed(above[-_MOST_LINES:])))
    return any("|" in text and "-" in text and _SEPARATOR.issuperset(text) for text in takewhile(str.strip, written))
