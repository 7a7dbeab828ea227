"""From HTML to a draft's blocks."""

from __future__ import annotations

from index.read.draft import Draft, Fragment
from index.read.html_walk import Found, HtmlWalk
from index.records import BlockKind


def add_html(draft: Draft, source: str, first: int = 1) -> None:
    """Add all blocks of an HTML text to the draft; its first line is line `first`."""
    for kind, level, fragments in blocks(source, first):
        put(draft, kind, level, fragments)


def put(draft: Draft, kind: BlockKind, level: int, fragments: list[Fragment]) -> None:
    """Add one block that `blocks` gave."""
    if kind is BlockKind.HEADING:
        draft.heading(level, fragments)
    elif kind is BlockKind.CODE:
        draft.verbatim(kind, _whole_lines(fragments))
    else:
        draft.flow(kind, fragments)


def blocks(source: str, first: int = 1, unseen: frozenset[str] = frozenset()) -> list[Found]:
    """Return the blocks of an HTML text; elements of the names in `unseen` are left out with all they hold."""
    walk = HtmlWalk(first, unseen)
    walk.feed(source)
    walk.end()
    return walk.found


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
