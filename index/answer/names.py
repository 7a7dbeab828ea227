"""What a section is called: the words of its document's path and title, and of its headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from index.answer.question import Question
from index.store.passage_text import header
from index.text.words import all_words, stemmer

_CAMEL = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_ENDING = re.compile(r"\.\w+$")
_PAST = frozenset(["deprecated", "legacy", "archive", "archived", "obsolete", "outdated", "old", "changelog"])
_CACHED = 10_000


@dataclass(frozen=True, slots=True)
class Name:
    """The stems of what a section is called, and whether that says that it is about the past."""

    stems: frozenset[str]
    is_past: bool

    def share_of(self, question: Question) -> float:
        """Return the share of `question` that the name says, 0 to 1."""
        said = {number for stem, number in question.numbers.items() if stem in self.stems}
        return float(question.weights[list(said)].sum())


@lru_cache(_CACHED)
def name_of(source: str, title: str, section: tuple[str, ...], language: str) -> Name:
    """Return what a section is called; names in one word count by their parts, too."""
    words = all_words(f"{header(title, section)} {_ENDING.sub('', source)}")
    parts = [part for word in words for part in _CAMEL.findall(word)]
    written = {word.lower() for word in (*words, *parts)}
    return Name(frozenset(map(stemmer(language), (*words, *parts))), bool(written & _PAST))


def asks_for_past(question: Question) -> bool:
    """Return whether a question is itself about what is past."""
    return bool(_PAST & {word.lower() for word in all_words(question.text)})
