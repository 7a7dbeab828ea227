"""Quotes on a card that add nothing for whoever reads it, judged without the rules that the card itself goes by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.records import BlockKind, Quote
from index.store.base import Generation
from index.store.values import KINDS, StoredDocument

_WORD = re.compile(r"\w+")

_SAME = 0.8
"""Share of the words of two texts together that both have, from which on one is called a copy of the other."""

_HEADINGS = 0.75
"""Share of the lines of a quote that are headings from which on it is called a table of contents."""

_FEWEST_LINES = 3
_LONGEST_TITLE = 80
"""Characters of a line of a table of contents."""


def redundant(question: str, quotes: Sequence[Quote], generation: Generation) -> list[tuple[str, str]]:
    """Return why a quote adds nothing, and its text, for each that does not."""
    return [
        (why, quote.text)
        for number, quote in enumerate(quotes)
        if (why := next(_reasons(question, quote, [*quotes[:number], *quotes[number + 1 :]], generation), None))
    ]


def _reasons(question: str, quote: Quote, others: Sequence[Quote], generation: Generation) -> Iterator[str]:
    said, asked = _words(quote.text), _words(question)
    if not said:
        yield "no words"
    if _alike(said, asked):
        yield "the question"
    if any(_alike(said, _words(other.text)) or _is_piece(said, _words(other.text)) for other in others):
        yield "a copy or a piece"
    document = generation.catalogue.document(quote.source)
    if not any(_shown(document, quote, BlockKind.HEADING)):
        yield "headings"
    if _only_announces(quote.text):
        yield "a lead-in"
    if _is_contents(quote.text, document):
        yield "a table of contents"


def _only_announces(text: str) -> bool:
    """Return whether a text is one paragraph that ends in a colon or asks."""
    return len(text.strip().splitlines()) == 1 and text.rstrip(" *_").endswith((":", "?"))


def _is_contents(text: str, document: StoredDocument) -> bool:
    """Return whether most lines are headings of the document, or short lines that end as no sentence does."""
    headings = {" ".join(_words(heading)) for heading in _headings(document)}
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    of_contents = [line for line in lines if " ".join(_words(line)) in headings and len(line) <= _LONGEST_TITLE]
    return len(lines) >= _FEWEST_LINES and len(of_contents) >= _HEADINGS * len(lines)


def _headings(document: StoredDocument) -> Iterator[str]:
    for kind, start, end, *_ in document.blocks.tolist():
        if KINDS[kind] is BlockKind.HEADING:
            yield document.text[start:end]


def _shown(document: StoredDocument, quote: Quote, other_than: BlockKind) -> Iterator[str]:
    """Yield the text of blocks inside a quote that are of another kind."""
    for kind, start, end, *_ in document.blocks.tolist():
        if KINDS[kind] is not other_than and start < quote.end and end > quote.start:
            yield document.text[max(start, quote.start) : min(end, quote.end)]


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _alike(some: Sequence[str], others: Sequence[str]) -> bool:
    both, either = set(some) & set(others), set(some) | set(others)
    return len(both) >= _SAME * len(either)


def _is_piece(some: Sequence[str], others: Sequence[str]) -> bool:
    return f" {' '.join(some)} " in f" {' '.join(others)} "
