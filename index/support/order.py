"""How the words of a statement follow those of what it cites: a word that is new, missing or elsewhere is a sign."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

import numpy as np

from index.arrays import Vectors
from index.text.stop_words import stop_words
from index.text.words import stemmer

_WORD = re.compile(r"\d[\d,.]*\d|[^\W_]+(?:['’][^\W_]+)*")  # noqa: RUF001 -- an apostrophe
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n")

SIGNS = 10


def signs(statement: str, cited: str) -> Vectors:
    """Return the signs, shape (SIGNS,): counts of words and of stretches that are as they are cited, and of others.

    New content words and other new words; content words in all; of the cited sentence that has most of the words: the
    share of the statement that follows it, the stretches that do, and those exchanged, put in and left out; of all
    that is cited: the share, and the stretches.
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
    kinds = [kind for kind, *_ in matcher.get_opcodes()]
    changes = [kinds.count(kind) for kind in ("replace", "insert", "delete")]
    counts = (len(new), len(others), len(content), *_followed(matcher, stems), *changes)
    everything = SequenceMatcher(None, [stem for sentence in sentences for stem in sentence], stems, autojunk=False)
    return np.array((*counts, *_followed(everything, stems)), np.float32)


def _followed(matcher: SequenceMatcher[str], stems: Sequence[str]) -> tuple[float, int]:
    """Return which share of a statement's stems stand in the order of what is cited, and in how many stretches."""
    sizes = [block.size for block in matcher.get_matching_blocks() if block.size]
    return sum(sizes) / max(len(stems), 1), len(sizes)


def _words(text: str) -> list[tuple[str, str]]:
    stem = stemmer("en")
    return [(word.lower(), stem(word)) for word in _WORD.findall(text)]
