"""The rows and cells of tables in wikitext, which may span rows and columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.read.draft import Fragment

if TYPE_CHECKING:
    from mwparserfromhell.nodes import Tag


CELLS = {"td", "th"}
_WIDEST = 200
_MOST_DIGITS = 6

Below = dict[int, tuple[int, list[Fragment]]]
"""For each column how many rows below a cell reaches into, and its text."""


def tags_in(within: Tag, line: int) -> Iterator[tuple[Tag, int]]:
    """Yield the tags right below one, each with its line."""
    from mwparserfromhell import nodes

    inside = within.contents
    line += str(within).split(str(inside), 1)[0].count("\n") if inside is not None and str(inside) else 0
    for node in inside.nodes if inside is not None else ():
        if isinstance(node, nodes.Tag):
            yield node, line
        line += str(node).count("\n")


def span(cell: Tag, name: str) -> int:
    """Return how many columns (`colspan`) or rows (`rowspan`) a cell reaches over: 1 to 200."""
    return max(1, min(number_of(cell, name, 1), _WIDEST))


def number_of(tag: Tag, name: str, otherwise: int) -> int:
    """Return the whole number that an attribute of a tag gives; `otherwise` where it gives none of up to 5 digits."""
    written = str(tag.get(name).value or "").strip() if tag.has(name) else ""
    return int(written) if written.isdecimal() and len(written) < _MOST_DIGITS else otherwise


def fill(cells: list[list[Fragment]], below: Below) -> None:
    """Add the cells of rows above that reach into the row's next columns."""
    while len(cells) in below:
        left, text = below.pop(len(cells))
        if left > 1:
            below[len(cells)] = (left - 1, text)
        cells.append(text)
