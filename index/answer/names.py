"""What a section is called: the words of its document's path and title, and of its headings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from index.answer.question import Question
from index.store.passage_text import header
from index.text.stop_words import content_words
from index.text.words import all_words, stemmer

_CAMEL = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_ENDING = re.compile(r"\.\w+$")
_PAST = frozenset(
    [
        *("deprecated", "legacy", "archive", "archived", "obsolete", "outdated", "superseded", "unmaintained"),
        *("changelog", "changelogs", "whatsnew", "old"),
    ]
)
_PAST_PHRASES = re.compile(
    r"\b(?:release notes?|what s new|whats new|end of life|version history|change log|release history)\b"
)
_OLD = re.compile(r"(?:^|[/›]) ?old(?![a-z])|[-_]old(?=/|\.\w+ ›)|\(old\)")
"""Where `old` says that a page is: as the name of a folder or file, or at the head of a title. "How old" is no past."""

_NUMBERS = re.compile(r"(?<![\d.])v?(\d+(?:[._-]\d+)*)(?![\d.]*\d)")
_CACHED = 10_000


@dataclass(frozen=True, slots=True)
class Name:
    """The stems of what a section is called, the numbers in it, and whether it says that it is about the past.

    A changelog and release notes are about the past, too. `heading` are the stems of its own heading, or of the title
    where it has none, without words that say nothing by themselves.
    """

    stems: frozenset[str]
    is_past: bool
    numbers: frozenset[str] = frozenset()
    heading: frozenset[str] = frozenset()

    def share_of(self, question: Question) -> float:
        """Return the share of `question` that the name says, 0 to 1."""
        return float(question.weights[list(_terms_in(question, self.stems))].sum())

    def is_asked_by(self, question: Question) -> bool:
        """Tell whether heading and question are the same, but for order, endings and words that say nothing.

        One word in common is too little, unless it is all that is asked: "How much is a ticket?" is not "Tickets".
        """
        if len(question.terms) == 1 and len(all_words(question.text)) > 1:
            return False
        says_all = len(_terms_in(question, self.heading)) == len(question.terms)
        return bool(self.heading) and self.heading <= question.numbers.keys() and says_all


def _terms_in(question: Question, stems: frozenset[str]) -> set[int]:
    """Return the numbers of the question's terms that some stems say."""
    return {number for stem, number in question.numbers.items() if stem in stems}


@lru_cache(_CACHED)
def name_of(source: str, title: str, section: tuple[str, ...], language: str) -> Name:
    """Return what a section is called; names in one word count by their parts, too."""
    words = all_words(f"{header(title, section)} {_ENDING.sub('', source)}")
    parts = [part for word in words for part in _CAMEL.findall(word)]
    written = {word.lower() for word in (*words, *parts)} - {"old"}
    called = " › ".join((source, title, *section))
    is_past = bool(written & _PAST or _OLD.search(called.lower()) or _says_past(words))
    numbers = frozenset(_NUMBERS.findall(_ENDING.sub("", source) + " " + " ".join((title, *section))))
    stem = stemmer(language)
    heading = frozenset(map(stem, content_words((title, *section)[-1], language)))
    return Name(frozenset(map(stem, (*words, *parts))), is_past, numbers, heading)


def asks_for_past(question: Question) -> bool:
    """Return whether a question is itself about what is past."""
    words = all_words(question.text)
    return bool(_PAST & {word.lower() for word in words}) or _says_past(words)


def numbers_in(question: Question) -> frozenset[str]:
    """Return the numbers that a question names, versions and years among them."""
    return frozenset(_NUMBERS.findall(question.text))


def _says_past(words: Iterable[str]) -> bool:
    return bool(_PAST_PHRASES.search(" ".join(words).lower()))
