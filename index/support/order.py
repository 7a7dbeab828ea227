"""How the words of a statement follow those of what it cites: a word that is new, missing or elsewhere is a sign."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache

import numpy as np

from index.arrays import Vectors
from index.text.stop_words import stop_words
from index.text.words import stemmer

_WORD = re.compile(r"\d[\d,.]*\d|[^\W_]+(?:['’][^\W_]+)*")  # noqa: RUF001 -- an apostrophe
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n")

_NARROWING = (
    "if", "unless", "except", "provided", "only", "when", "whenever", "once", "until", "without", "case", "long",
    "assuming",
)  # fmt: skip
"""Words that narrow what a sentence says, when they are left out."""

SIGNS = 11


def signs(statement: str, cited: str) -> Vectors:
    """Return the signs, shape (SIGNS,): counts of words and of stretches that are as they are cited, and of others.

    New content words and other new words; content words in all; of the cited sentence that has most of the words: the
    share of the statement that follows it, the stretches that do, those exchanged, put in and left out, and the words
    among these that narrow what it says; of all that is cited: the share, and the stretches.
    """
    words = _words(statement)
    stems = [stem for _, stem in words]
    sentences = [[stem for _, stem in _words(sentence)] for sentence in _SENTENCE_END.split(cited)]
    known = {stem for sentence in sentences for stem in sentence}
    none = stop_words("en")
    content = [stem for word, stem in words if word not in none]
    new = [stem for stem in content if stem not in known]
    others = [stem for word, stem in words if word in none and stem not in known]
    nearest = max(sentences, key=lambda sentence: len(set(stems) & set(sentence)))
    matcher = SequenceMatcher(None, nearest, stems, autojunk=False)
    stretches = matcher.get_opcodes()
    changes = [sum(kind == other for other, *_ in stretches) for kind in ("replace", "insert", "delete")]
    left_out = [
        stem for kind, start, end, *_ in stretches if kind in {"replace", "delete"} for stem in nearest[start:end]
    ]
    narrowing = len(_narrowing().intersection(left_out))
    counts = (len(new), len(others), len(content), *_followed(matcher, stems), *changes, narrowing)
    everything = SequenceMatcher(None, [stem for sentence in sentences for stem in sentence], stems, autojunk=False)
    return np.array((*counts, *_followed(everything, stems)), np.float32)


def _followed(matcher: SequenceMatcher[str], stems: Sequence[str]) -> tuple[float, int]:
    """Return which share of a statement's stems stand in the order of what is cited, and in how many stretches."""
    sizes = [block.size for block in matcher.get_matching_blocks() if block.size]
    return sum(sizes) / max(len(stems), 1), len(sizes)


@cache
def _narrowing() -> frozenset[str]:
    return frozenset(map(stemmer("en"), _NARROWING))


def _words(text: str) -> list[tuple[str, str]]:
    stem = stemmer("en")
    return [(word.lower(), stem(word)) for word in _WORD.findall(text)]
