"""The sentences that a language model may cite for a question: those of the passages that were found for it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from index.answer.cut import quote_at
from index.answer.lessons import Stretch, Taught, stretch_of
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
    generation: Generation,
    rows: Sequence[int],
    seen: Collection[str] | None,
    quoted: Sequence[Quote] = (),
    blocked: Sequence[Stretch] = (),
) -> tuple[Quote, ...]:
    """Return the sentences of the passages in `rows`, best first, each as a quote of its own.

    Passages that hold what was `quoted` come first. Of documents that are not in `seen` (None is all) there is none,
    nor of stretches that are `blocked`: what is not quoted for a question is not written about either. Markup of a chat
    with a language model is left out.
    """
    stored = {passage.row: passage for passage in generation.catalogue.passages(list(rows))}
    passages = [stored[row].passage for row in rows if row in stored]
    passages += _further(generation, passages, quoted)
    visible = [passage for passage in passages if seen is None or passage.source in seen]
    ordered = sorted(visible, key=lambda passage: not any(_holds(passage, quote) for quote in quoted))[:PASSAGES]
    taught = Taught(blocked=tuple(blocked))
    return tuple(_within(quote for quote in _cut(generation, ordered) if taught.allows(stretch_of(quote))))


def _further(generation: Generation, passages: Sequence[Passage], quoted: Sequence[Quote]) -> list[Passage]:
    """Return the passages of quotes that were not found but chosen by people: they are written about as well."""
    missing = [quote for quote in quoted if not any(_holds(passage, quote) for passage in passages)]
    ids = {source.source: source.id for source in generation.catalogue.sources} if missing else {}
    further = {
        (stored.passage.source, stored.passage.start): stored.passage
        for quote in missing
        for stored in generation.catalogue.passages_of(ids[quote.source])
        if _holds(stored.passage, quote)
    }
    return list(further.values())


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
