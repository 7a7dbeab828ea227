"""Pages of a document that need no counting: a page begins where the one before ended, or ends where it began."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bot.cards.blocks import Bar, render
from bot.cards.cut import WINDOW, end_of_line, end_of_word, kept_end, most_within, start_of_word
from bot.cards.layout import length
from bot.cards.piece import pieces_between
from index.records import BlockKind
from index.store.values import StoredDocument

Span = tuple[int, int]

_WORTH_SHOWING = 80
"""Characters before what is marked: with room for fewer, there are none."""


@dataclass(frozen=True, slots=True)
class View:
    """The part `start` to `end` of a document that is paged through, and what is marked in it."""

    document: StoredDocument
    start: int
    end: int
    marked: Span = (0, 0)

    def markdown(self, start: int, end: int) -> str:
        """Return `start` to `end` as Markdown, with what is marked behind a bar.

        A heading that repeats the title is left out, for the title stands above.
        """
        pieces = pieces_between(self.document, start, end, self.marked)
        repeats = len(pieces) > 1 and pieces[0].kind is BlockKind.HEADING and pieces[0].text == self.document.title
        return render(pieces[1:] if repeats and not pieces[0].stands_out else pieces, Bar.MARKED)


def page_from(view: View, start: int, room: int) -> Span:
    """Return the page that begins at `start`: as much as `room` holds, up to the end of a block or of a word."""
    start = min(max(start, view.start), view.end)
    most = min(view.end - start, WINDOW * room)

    def taken(count: int) -> int:
        return length(view.markdown(start, start + count))

    end = start + most_within(taken, room, most)
    if end < view.end:
        text = view.document.text
        end = _block_end(view.document, start, end) or end_of_line(text, start, end) or end_of_word(text, end)
        end = start + max(kept_end(taken, end - start, room), 1)
    return start, end


def page_to(view: View, end: int, room: int) -> Span:
    """Return the page that ends at `end`."""
    end = max(min(end, view.end), view.start)
    most = min(end - view.start, WINDOW * room)

    def taken(count: int) -> int:
        return length(view.markdown(end - count, end))

    start = end - most_within(taken, room, most)
    if start > view.start:
        start = _block_start(view.document, start, end) or min(start_of_word(view.document.text, start), end)
        start = end - max(kept_end(taken, end - start, room), 1)
    return start, end


def page_around(view: View, room: int) -> Span:
    """Return the page that shows what is marked, with as much before it as after it."""
    low, high = view.marked
    marked = min(length(view.markdown(low, min(high, low + room))), room)
    beside = (room - marked) // 2
    before = page_to(view, low, beside)[0] if beside >= _WORTH_SHOWING else low
    return page_from(view, before, room)


def _block_end(document: StoredDocument, start: int, end: int) -> int | None:
    """Return the last end of a block in the second half of `start` to `end`."""
    ends = document.blocks[:, 2]
    last = int(np.searchsorted(ends, end, side="right")) - 1
    return int(ends[last]) if last >= 0 and ends[last] > (start + end) // 2 else None


def _block_start(document: StoredDocument, start: int, end: int) -> int | None:
    """Return the first start of a block in the first half of `start` to `end`."""
    starts = document.blocks[:, 1]
    first = int(np.searchsorted(starts, start, side="left"))
    return int(starts[first]) if first < len(starts) and starts[first] < (start + end) // 2 else None
