"""The terms that passages and questions are searched by."""

from __future__ import annotations

import math
from collections.abc import Sequence

from index.text.language import likely
from index.text.words import all_words, is_term, stemmer, words

_MOST_TERMS = 64
"""Terms of a question; more are cut off, which keeps the search within milliseconds."""


def idf(count: int, of: int) -> float:
    """Return BM25's inverse document frequency of a word that stands in `count` `of` all passages."""
    return math.log(1 + (of - count + 0.5) / (count + 0.5))


def terms_of(text: str, languages: Sequence[str]) -> list[str]:
    """Return the distinct terms of a question, in order, stemmed in the likeliest of `languages`."""
    return list(dict.fromkeys(term for language in likely(text, languages) for term in _of(text, language)))


def terms_in(header: str, text: str, language: str) -> list[str]:
    """Return the terms of a passage with its `header`, in order."""
    stem = stemmer(language)
    return list(filter(is_term, map(stem, all_words(f"{header}\n{text}"))))


def _of(text: str, language: str) -> list[str]:
    return list(dict.fromkeys(filter(is_term, map(stemmer(language), words(text)))))[:_MOST_TERMS]
