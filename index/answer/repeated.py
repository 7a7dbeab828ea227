"""What a question repeats word for word: people paste the error message that they see, and the documents quote it."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from index.text.stop_words import content_words
from index.text.words import all_words

_RUN = 6
"""Words in a row: of the questions of six communities eight share so many with a section, each with the right one;
five are often the language's own ("if you have no other")."""

_CONTENT = 3
"""Different words among them, at least, that are neither stop words nor numbers: an address is numbers alone."""

_CACHED = 2_000


def runs_of(text: str, language: str) -> frozenset[str]:
    """Return the runs of words of a question that say enough to be looked for word for word, each between blanks."""
    written = [word.lower() for word in all_words(text)]
    content = {word for word in content_words(" ".join(written), language) if not word.isdecimal()}
    runs = (written[at : at + _RUN] for at in range(len(written) - _RUN + 1))
    return frozenset(_joined(run) for run in runs if len(content.intersection(run)) >= _CONTENT)


def repeats(text: str, runs: Collection[str]) -> bool:
    """Tell whether a text has one of the `runs` of a question's words."""
    words = _words_of(text)
    return any(run in words for run in runs)


@lru_cache(_CACHED)
def _words_of(text: str) -> str:
    return _joined([word.lower() for word in all_words(text)])


def _joined(words: list[str]) -> str:
    return f" {' '.join(words)} "
