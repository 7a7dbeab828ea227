"""Slips of the finger in a question, put right by the words of the documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_lowercase

from index.answer.scope import SearchScope
from index.encode.encoder import Encoder
from index.text.english import STOP_WORDS

_LEAST = 5
"""Letters of a word that is put right: shorter ones are within one slip of too many others."""

_MOST = 6
"""Words of a question that are put right at most: a whole log is left as it is."""

_WORD = re.compile(r"(?<![\w.`/:\\@-])[A-Za-z]{5,24}(?![\w`/\\@-]|\.\w)")


def corrected(text: str, visible: SearchScope, encoder: Encoder) -> str:
    """Return `text` with words that no document has replaced by those within one slip that most passages have.

    A word that the model knows as a whole is left as it is; so is one beside signs, which is a name.
    """
    left = _MOST

    def put_right(match: re.Match[str]) -> str:
        nonlocal left
        if not left or not _is_unknown(match[0], visible, encoder):
            return match[0]
        left -= 1
        return _best(match[0], visible) or match[0]

    return _WORD.sub(put_right, text)


def _is_unknown(word: str, visible: SearchScope, encoder: Encoder) -> bool:
    lower = word.lower()
    return lower not in STOP_WORDS and len(encoder.word_ids(lower)) > 1 and not _count(lower, visible)


def _best(word: str, visible: SearchScope) -> str | None:
    """Return the word within one slip of `word` that most passages have, if any has."""
    counted = {other: _count(other, visible) for other in _within_one_slip(word.lower())}
    best = max(counted, key=lambda other: (counted[other], other), default=None)
    return best if best and counted[best] else None


def _count(word: str, visible: SearchScope) -> int:
    return visible.passages_with(*visible.stems.forms(word))


def _within_one_slip(word: str) -> Iterator[str]:
    """Yield what `word` may have been meant for: two letters swapped, one too many, wrong or missing; not the first.

    That the first letter is right is true of nearly all slips (Pollock and Zamora 1984, CACM 27(4)).
    """
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]
        if at + 1 < len(word):
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        for letter in ascii_lowercase:
            yield word[:at] + letter + word[at + 1 :]
            yield word[:at] + letter + word[at:]
    for letter in ascii_lowercase:
        yield word + letter
