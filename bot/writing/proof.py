"""Which sentences of a draft are proven by what they cite; the others are dropped, and none is mended."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.writing.protocol import Draft, Sentence, most_sentences
from index.records import Answer, Quote, Written, WrittenSentence

_LONGEST = 300
_MOST_CHARACTERS, _MOST_QUOTES = 1200, 4
"""Of all sentences together, and quotes that they cite: what a card has room for."""

_MARKUP = re.compile(
    r"https?://|www\.|\]\(|<[@#/:a-z]|^\s*(?:[#>*-]|\d+\.)\s|\[\d+\]|```|[\n\r\u202a-\u202e\u2066-\u2069]",
    re.IGNORECASE,
)
"""What a plain sentence does not hold: addresses, links, mentions, markup, numbers that look like citations."""

Support = Callable[[str, Sequence[Quote], str], float | None]
"""Returns how well quotes support a statement (0 to 1), given the question; None where it must not be shown."""


@dataclass(frozen=True, slots=True)
class Proven:
    """A sentence with the quotes that prove it."""

    text: str
    quotes: tuple[Quote, ...]
    support: float


def proven(draft: Draft, sentences: Sequence[Quote], question: str, support: Support) -> tuple[list[Proven], int]:
    """Return the proven sentences of a draft, and how many were dropped; none where the first of all is not proven.

    `sentences` are those that were sent, in order: numbers beyond them prove nothing.
    """
    if not draft.answered or not draft.sentences:
        return [], len(draft.sentences)
    looked_at = draft.sentences[: most_sentences(question)]
    found = [_proven(one, sentences, question, support) for one in looked_at]
    passed = list(_within(one for one in found if one is not None))
    if found[0] is None or _repeat(passed):
        return [], len(draft.sentences)
    return passed, len(draft.sentences) - len(passed)


def with_written(answer: Answer, model: str, found: Sequence[Proven], dropped: int) -> Answer:
    """Return an answer with written sentences; quotes that these cite, and it has not, stand behind its own."""
    quotes = list(answer.quotes)
    sentences = []
    for one in found:
        cites = []
        for quote in one.quotes:
            at = next((i for i, own in enumerate(quotes) if _is_inside(quote, own)), None)
            if at is None:
                quotes.append(quote)
                at = len(quotes) - 1
            cites.append(at + 1)
        sentences.append(WrittenSentence(one.text, tuple(dict.fromkeys(cites)), round(one.support, 4)))
    return replace(answer, quotes=tuple(quotes), written=Written(model, tuple(sentences), dropped))


def _proven(one: Sentence, sentences: Sequence[Quote], question: str, support: Support) -> Proven | None:
    text = one.text.strip()
    cites = list(dict.fromkeys(one.cites))
    if not text or len(text) > _LONGEST or _MARKUP.search(text) or not all(1 <= n <= len(sentences) for n in cites):
        return None
    quotes = tuple(sentences[n - 1] for n in cites)
    share = support(text, quotes, question)
    return None if share is None else Proven(text, quotes, share)


def _within(found: Iterable[Proven]) -> Iterator[Proven]:
    """Yield those that fit on a card."""
    room, cited = _MOST_CHARACTERS, set[tuple[str, int]]()
    for one in found:
        more = cited | {(quote.source, quote.start) for quote in one.quotes}
        if len(one.text) <= room and len(more) <= _MOST_QUOTES:
            room, cited = room - len(one.text), more
            yield one


def _repeat(found: Sequence[Proven]) -> bool:
    """Tell whether a model has got caught in a loop."""
    return len({one.text.casefold() for one in found}) < len(found)


def _is_inside(quote: Quote, other: Quote) -> bool:
    return quote.source == other.source and other.start <= quote.start and quote.end <= other.end
