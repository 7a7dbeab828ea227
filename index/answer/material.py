"""The sentences that a language model may cite for a question: those of the passages that were found for it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from index.answer.cut import quote_at
from index.records import BlockKind, Passage, Quote
from index.store.base import Generation

PASSAGES = 10
_MOST_CHARACTERS = 9_000
"""Of all sentences together: some 2,500 tokens, which small models still read."""

_LONGEST = 800
"""Characters of a sentence; longer ones (tables, minified code) are left out."""

_FOR_MACHINES = re.compile(
    r"<\|\w+\|>|\[/?INST\]|<</?SYS>>|</?sentences>|<!--|-->|\\?\"(?:role|content|answered|sentences|cites|text)\\?\"\s*:",
    re.IGNORECASE,
)
"""What only a chat's own markup, its JSON or a comment has. Such a sentence tells readers nothing, and a language model
might take it for an order."""


def sentences_of(
    generation: Generation, rows: Sequence[int], seen: Collection[str] | None, quoted: Sequence[Quote] = ()
) -> tuple[Quote, ...]:
    """Return the sentences of the passages in `rows`, best first, each as a quote of its own.

    Passages that hold what was `quoted` come first. Of documents that are not in `seen` (None is all) there is none,
    and none that is markup of a chat with a language model.
    """
    stored = {one.row: one for one in generation.catalogue.passages(list(rows))}
    passages = [stored[row].passage for row in rows if row in stored]
    visible = [one for one in passages if seen is None or one.source in seen]
    ordered = sorted(visible, key=lambda one: not any(_holds(one, quote) for quote in quoted))[:PASSAGES]
    return tuple(_within(_cut(generation, ordered)))


def _cut(generation: Generation, passages: Sequence[Passage]) -> Iterator[Quote]:
    for passage in passages:
        document = generation.catalogue.document(passage.source)
        for sentence in passage.sentences:
            text = document.text[sentence.start : sentence.end]
            if sentence.kind is BlockKind.HEADING or not 0 < len(text) <= _LONGEST or _FOR_MACHINES.search(text):
                continue
            yield quote_at(document, sentence.start, sentence.end, section=passage.section, score=0.0)


def _within(quotes: Iterator[Quote]) -> Iterator[Quote]:
    left = _MOST_CHARACTERS
    for quote in quotes:
        left -= len(quote.text)
        if left < 0:
            return
        yield quote


def _holds(passage: Passage, quote: Quote) -> bool:
    return passage.source == quote.source and passage.start < quote.end and quote.start < passage.end
