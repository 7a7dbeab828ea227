"""Which quotes of an answer add something to those before them, and which of these are shown at first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from index.answer.blocks import is_lead_in
from index.records import Answer, BlockKind, Quote

_WORD = re.compile(r"\w+")

_WORTH = 0.15
"""Share of the first quote's score from which on a further one is shown at first.

Of the 122 questions of `community` that have an answer, what helps is on the card for 71, as for 73 with three quotes
on each card and for 62 with one; the median card has 1,068 characters, 1,325 with three and 847 with one. It was chosen
on these questions (`bench/cards.py`).
"""


def adding(answer: Answer) -> Iterator[Quote]:
    """Yield the quotes of an answer, or the closest ones, that add something to those before; the first in any case.

    A copy or a piece of one before adds nothing, nor does a heading or a lead-in alone, or the question itself.
    """
    question = _words_of(answer.question)
    before: list[str] = []
    for quote in answer.quotes or answer.closest:
        own = _words_of(quote.text)
        if not before or not (_is_bare(quote) or own == question or any(own in other for other in before)):
            yield quote
        before.append(own)


def shown_first(quotes: Iterable[Quote], most: int) -> Iterator[Quote]:
    """Yield those of the quotes that are shown before anybody asks for more: the first, and what scores near it."""
    lead: Quote | None = None
    for quote in islice(quotes, most):
        if lead is not None and quote.score < _WORTH * lead.score:
            return
        lead = lead or quote
        yield quote


def _is_bare(quote: Quote) -> bool:
    """Tell whether a quote only announces something: headings, or a paragraph that ends in a colon or asks."""
    kinds = {block.kind for block in quote.blocks}
    return kinds == {BlockKind.HEADING} or (BlockKind.CODE not in kinds and is_lead_in(quote.text))


def _words_of(text: str) -> str:
    """Return the words of a text, so that one text is part of another where its words follow each other in it."""
    return f" {' '.join(_WORD.findall(text.lower()))} "
