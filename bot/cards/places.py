"""The closest places, named where nothing was found."""

from __future__ import annotations

from bot.cards.citation import linked
from bot.cards.escape import escape_line
from index.records import Answer, Quote
from index.text.language import DEFAULT
from index.text.stop_words import content_words

_MOST = 2
_LONGEST_LINE = 100
_SHORTEST = 4
"""Letters of a word that says what a text is about: shorter ones are little words in some language."""


def closest_places(answer: Answer) -> list[str]:
    """Return the closest places, a line of each with a link to it: those that say a word of the question.

    Something is always closest, and where nothing in the documents is about a question, it is often far off.
    """
    question_words = _words(answer.question)
    closest: dict[tuple[str, tuple[str, ...]], Quote] = {}
    for quote in answer.closest:
        if _is_near(question_words, _words(" ".join([quote.title, *quote.section, quote.text]))):
            closest.setdefault((quote.source, quote.section), quote)
    places = list(closest.values())[:_MOST]
    return [f"- {linked(quote)}: {escape_line(line_of(quote), _LONGEST_LINE)}" for quote in places]


def line_of(quote: Quote) -> str:
    """Return the words of a quote that come closest."""
    return quote.text[quote.focus[0] - quote.start : quote.focus[1] - quote.start] or quote.text


def _is_near(question_words: set[str], place_words: set[str]) -> bool:
    """Tell whether two sets share a word, or one word with another ending."""
    return any(word.startswith(other) or other.startswith(word) for word in question_words for other in place_words)


def _words(text: str) -> set[str]:
    return {word.lower() for word in content_words(text, DEFAULT) if len(word) >= _SHORTEST}
