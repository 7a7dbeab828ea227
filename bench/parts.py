"""The generated parts of RESULTS.md: what stands between `<!-- begin NAME -->` and `<!-- end NAME -->`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")

_MARK = re.compile(r"^<!-- (begin|end) ([\w-]+) -->\n", re.MULTILINE)


def names(text: str) -> list[str]:
    """Return the parts of a text in order; raises `ValueError` where a mark has no other, or a part is there twice."""
    marks = [(mark[1], mark[2]) for mark in _MARK.finditer(text)]
    found = [name for which, name in marks if which == "begin"]
    if marks != [(which, name) for name in found for which in ("begin", "end")]:
        raise ValueError("Each <!-- begin NAME --> needs an <!-- end NAME --> before the next part begins.")
    if len(set(found)) < len(found):
        raise ValueError("A part is there twice.")
    return found


def replaced(text: str, name: str, content: str) -> str:
    """Return the text with another content of one part, all else as it is; raises `ValueError` if it has none."""
    if name not in names(text):
        raise ValueError(f"There is no part {name}.")
    begin, end = (f"<!-- {which} {name} -->\n" for which in ("begin", "end"))
    before, _, rest = text.partition(begin)
    return f"{before}{begin}{content.rstrip()}\n{end}{rest.partition(end)[2]}"


def tables_in(printed: str) -> list[str]:
    """Return the Markdown tables of what a bench printed, without what aligns their columns."""
    runs = groupby(printed.splitlines(), key=lambda line: line.startswith("|"))
    return ["".join(_narrow(list(lines))) for is_table, lines in runs if is_table]


def _narrow(lines: list[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        cells = re.sub(r"-+", "---", line) if number == 1 else line
        yield re.sub(r" {2,}", " ", cells.rstrip()) + "\n"
