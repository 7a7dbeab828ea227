"""Words that people write as one and documents as two, or the other way round: "xray", "x-ray"; "pi hole", "PiHole"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from index.answer.scope import SearchScope
from index.store.base import Generation
from index.store.values import StoredPassage
from index.text.english import STOP_WORDS
from index.text.words import all_words, stemmer

_MOST = 6
"""Words of a question that are parted at most: a whole log is left as it is."""

_PASSAGES = 8
"""Passages with both parts of a word in which they are looked for side by side."""

_TOGETHER = 3
"""Words that are joined at most: `autoSaveInterval` has three."""

_MOST_JOINED = 64
"""Runs of words that are looked for in one word at most: the first two by two, of a whole log."""

_LONGEST_JOINED = 32
"""Letters of a name in one word at most."""

_WORD = re.compile(r"(?<![\w`/\\@])[A-Za-z]{4,24}(?![\w`/\\@])")
_LETTERS = re.compile(r"[^\W\d_]+")
_BETWEEN = re.compile(r"[ ._-]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def parted(text: str, visible: SearchScope, generation: Generation) -> str:
    """Return `text` with words that no document has in two, where a document has the two side by side."""
    left = _MOST

    def part(match: re.Match[str]) -> str:
        nonlocal left
        if not left or _count(match[0], visible):
            return match[0]
        left -= 1
        ways = (f"{first}-{second}" for first, second in _halves(match[0]) if _meet(first, second, visible, generation))
        return next(ways, match[0])

    return _WORD.sub(part, text)


def joined(text: str, visible: SearchScope) -> list[str]:
    """Return what neighbouring words of `text` are in one word, as far as documents have it."""
    runs = (run.split() for size in range(2, _TOGETHER + 1) for run in _neighbours(text.lower(), size))
    telling = ("".join(run) for run in runs if len(run[-1]) > 1 and STOP_WORDS.isdisjoint(run))
    names = sorted(set(islice(telling, _MOST_JOINED)))
    return [name for name in names if len(name) <= _LONGEST_JOINED and _count(name, visible)]


def _neighbours(text: str, size: int) -> Iterator[str]:
    """Yield the runs of `size` words between which there is no more than a blank, hyphen, point or underscore."""
    words = list(_LETTERS.finditer(text))
    for first in range(len(words) - size + 1):
        run = words[first : first + size]
        if all(_BETWEEN.fullmatch(text, before.end(), after.start()) for before, after in pairwise(run)):
            yield " ".join(word[0] for word in run)


def _halves(word: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to part `word`: where a capital stands in it there alone, otherwise anywhere.

    Not off a stop word or a last letter: "wont" is "won't".
    """
    edges = [match.start() for match in _CAMEL.finditer(word)] or range(1, len(word))
    for at in edges:
        first, second = word[:at], word[at:]
        if len(second) > 1 and STOP_WORDS.isdisjoint((first.lower(), second.lower())):
            yield first, second


def _meet(first: str, second: str, visible: SearchScope, generation: Generation) -> bool:
    """Tell whether a passage has the words `first` and `second` side by side."""
    if not (_count(first, visible) and _count(second, visible)):
        return False
    terms = [form for word in (first, second) for form in visible.stems.forms(word)]
    rows, _ = generation.lexical.search(terms, _PASSAGES, visible.words, visible.weights(terms))
    return any(
        _side_by_side(first, second, stored, generation) for stored in generation.catalogue.passages(rows.tolist())
    )


def _side_by_side(first: str, second: str, stored: StoredPassage, generation: Generation) -> bool:
    document = generation.catalogue.document_by_id(stored.document)
    stem = stemmer(document.language)
    stems = map(stem, all_words(document.text[stored.passage.start : stored.passage.end]))
    return (stem(first), stem(second)) in set(pairwise(stems))


def _count(word: str, visible: SearchScope) -> int:
    return visible.passages_with(*visible.stems.forms(word))
