"""Stop words by language; the other words are a question's content."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from index.text import english
from index.text.words import words

_SINGLE = "的了着吗呢吧啊是和与谁哪几"
"""Chinese characters that are always stop words; others can also be parts of words."""

_HIRAGANA = re.compile(r"[\u3041-\u309f]+")


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return the stop words of a language in lower case; none if there is no list.

    English has its own list, with which all scores were fitted; the others are from stopwords-iso.
    """
    if language == "en":
        return english.STOP_WORDS
    import stopwordsiso

    return frozenset(stopwordsiso.stopwords(language))


def content_words(text: str, language: str) -> list[str]:
    """Return the words of a text, as written, without stop words.

    Chinese has no blanks, so stop words are removed before the rest is split into pairs of characters. Japanese words
    in Hiragana alone are particles and endings.
    """
    none = stop_words(language)
    if language == "zh":
        text = _chinese().sub(" ", text)
    content = [word for word in words(text) if word.lower() not in none]
    return [word for word in content if not _HIRAGANA.fullmatch(word)] if language == "ja" else content


@lru_cache(maxsize=1)
def _chinese() -> re.Pattern[str]:
    long = (word for word in stop_words("zh") if len(word) > 1)
    return re.compile("|".join([*map(re.escape, sorted(long, key=len, reverse=True)), f"[{_SINGLE}]"]))
