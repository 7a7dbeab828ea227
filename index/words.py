"""Texts as words, stems and the model's tokens, for comparing a question with sentences."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from index.encoder import Encoder
from index.lexical import analyser
from index.records import Passage

Ids = npt.NDArray[np.int64]

_WORD = re.compile(r"[^\W_]+")
_CACHED_STEMS = 200_000


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """A sentence's words as written, their stems, and the ids of its tokens."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    tokens: Ids


def words(text: str) -> list[str]:
    """Return the words of `text` as written: runs of letters and digits."""
    return _WORD.findall(text)


def make_stem() -> Callable[[str], str]:
    """Return a function from a word to its stem: the term that it has in the lexical index."""
    terms = analyser()

    @lru_cache(_CACHED_STEMS)
    def stem(word: str) -> str:
        found = terms.analyze(word)
        return str(found[0]) if found else word.lower()

    return stem


def sentence_words(
    text: str, passage: Passage, encoder: Encoder, stem: Callable[[str], str]
) -> tuple[SentenceWords, ...]:
    """Return the words of each sentence of `passage`; `text` is that of its document."""
    ids, starts = encoder.token_ids(text[passage.start : passage.end])
    edges = np.searchsorted(starts, [s.start - passage.start for s in passage.sentences])
    ends = np.append(edges[1:], len(ids))
    return tuple(
        SentenceWords(tuple(found), tuple(map(stem, found)), ids[first:last])
        for sentence, first, last in zip(passage.sentences, edges, ends, strict=True)
        for found in [words(text[sentence.start : sentence.end])]
    )
