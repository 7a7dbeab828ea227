"""Which sentences of a draft are proven by what they cite; the others are dropped, and none is mended."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.writing.protocol import Draft, Sentence, most_sentences
from index.records import Answer, Quote, Written, WrittenSentence

_LONGEST = 300
_MOST_CHARACTERS, _MOST_QUOTES = 1200, 4
"""Of all sentences together, and quotes that they cite: what a card has room for."""

_MARKUP = re.compile(
    r"https?://|www\.|\]\(|<[@#/:a-z]|```"
    r"|^\s*(?:[#>*•‣–—-]|-#|\d+[.)]|[a-z]\))\s"
    r"|\[\^?\d+(?:[,;\s-]+\d+)*\]|【\d|[.!?]\s*(?:\(\d+\)|[¹²³⁰-⁹]+)\s*$",
    re.IGNORECASE,
)
"""What a plain sentence does not hold: addresses, links, mentions, markup, numbers that look like citations."""

_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
"""Categories of characters that nobody sees, or that break or turn a line."""

_MOST_MARKS = 2
"""Marks on one letter; more of them reach into other lines."""

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
    results = [_proven(drafted, sentences, question, support) for drafted in looked_at]
    passed = list(_within(result for result in results if result is not None))
    if results[0] is None or _repeat(passed):
        return [], len(draft.sentences)
    return passed, len(draft.sentences) - len(passed)


def with_written(answer: Answer, model: str, proved: Sequence[Proven], dropped: int) -> Answer:
    """Return an answer with written sentences; quotes that they cite and the answer lacks are put after its own."""
    quotes = list(answer.quotes)
    sentences = []
    for sentence in proved:
        cites = []
        for quote in sentence.quotes:
            at = next((i for i, own in enumerate(quotes) if _is_inside(quote, own)), None)
            if at is None:
                quotes.append(quote)
                at = len(quotes) - 1
            cites.append(at + 1)
        sentences.append(WrittenSentence(sentence.text, tuple(dict.fromkeys(cites)), round(sentence.support, 4)))
    return replace(answer, quotes=tuple(quotes), written=Written(model, tuple(sentences), dropped))


def _proven(drafted: Sentence, sentences: Sequence[Quote], question: str, support: Support) -> Proven | None:
    text = drafted.text.strip()
    cites = list(dict.fromkeys(drafted.cites))
    if not _is_plain(text) or not all(1 <= n <= len(sentences) for n in cites):
        return None
    quotes = tuple(sentences[n - 1] for n in cites)
    share = support(text, quotes, question)
    return None if share is None else Proven(text, quotes, share)


def _is_plain(text: str) -> bool:
    """Tell whether it is a sentence without lists and citations of its own, which a card shows as it was written."""
    if not 0 < len(text) <= _LONGEST or _MARKUP.search(text):
        return False
    kinds = [unicodedata.category(character) for character in text]
    piled = any(set(kinds[at : at + _MOST_MARKS + 1]) <= {"Mn", "Me"} for at in range(len(kinds) - _MOST_MARKS))
    return _UNSEEN.isdisjoint(kinds) and not piled


def _within(sentences: Iterable[Proven]) -> Iterator[Proven]:
    """Yield those that fit on a card."""
    room, cited = _MOST_CHARACTERS, set[tuple[str, int]]()
    for sentence in sentences:
        more = cited | {(quote.source, quote.start) for quote in sentence.quotes}
        if len(sentence.text) <= room and len(more) <= _MOST_QUOTES:
            room, cited = room - len(sentence.text), more
            yield sentence


def _repeat(sentences: Sequence[Proven]) -> bool:
    """Tell whether a model has got caught in a loop."""
    return len({sentence.text.casefold() for sentence in sentences}) < len(sentences)


def _is_inside(quote: Quote, other: Quote) -> bool:
    return quote.source == other.source and other.start <= quote.start and quote.end <= other.end
