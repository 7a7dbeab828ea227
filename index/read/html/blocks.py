"""From HTML to a draft's blocks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from types import MappingProxyType

from index.read.draft import Draft, Fragment
from index.read.html.events import Page, parsed_page
from index.read.html.fixed import with_code
from index.read.html.hidden import hidden
from index.read.html.walk import HtmlBlock, HtmlWalk
from index.records import BlockKind


def beginning_at(first: int) -> Callable[[int], int]:
    """Return what gives the number in the file of each line of a text whose first line is line `first` there."""
    return lambda line: first + line - 1


def add_html(
    draft: Draft,
    source: str,
    line_of: Callable[[int], int] = int,
    styles: Collection[str] = frozenset(),
    *,
    on_white: bool = True,
) -> None:
    """Add all blocks of an HTML text to the draft but what is hidden; `line_of` gives a line's number in the file.

    `styles` are style sheets that hold for the text beside its own. With `on_white`, nothing of another colour than
    white lies behind it.
    """
    page = parsed_page(source)
    page.styles += [sheet for sheet in styles if sheet not in page.styles]
    for block in blocks(page, hidden(page, on_white=on_white)):
        put(draft, replace(block, fragments=[(text, line_of(line)) for text, line in block.fragments]))


def seen_blocks(source: str) -> list[HtmlBlock]:
    """Return the blocks of an HTML text that are seen."""
    page = parsed_page(source)
    return blocks(page, hidden(page))


def put(draft: Draft, block: HtmlBlock) -> None:
    """Add one block that `blocks` gave."""
    if block.apart:
        draft.apart()
    if block.kind is BlockKind.HEADING:
        draft.heading(block.level, block.fragments, anchor=block.anchor)
    elif block.kind is BlockKind.CODE:
        draft.verbatim(block.kind, _whole_lines(block.fragments))
    else:
        draft.flow(block.kind, block.fragments)


def blocks(page: Page, unseen: Collection[int], labels: Mapping[int, str] = MappingProxyType({})) -> list[HtmlBlock]:
    """Return the blocks of a page; elements in `unseen` are left out with all they hold.

    `labels` are put before what is in the elements that they name.
    """
    walk = HtmlWalk(page, unseen, labels)
    walk.over()
    return with_code(walk.blocks)


def _whole_lines(fragments: list[Fragment]) -> list[Fragment]:
    """Return preformatted text cut at its line ends."""
    lines: list[Fragment] = []
    text, at = "", None
    for piece, line in fragments:
        *ended, rest = piece.split("\n")
        for part in ended:
            lines.append((text + part, line if not text.strip() else at or line))
            text, at = "", None
        if rest:
            at = line if not text.strip() else at
            text += rest
    return [*lines, (text, at)] if at is not None else lines
