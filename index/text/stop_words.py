"""Words without content, by language: the rest is what a question asks about."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from index.text import english
from index.text.words import words

_SINGLE = "的了着吗呢吧啊是和与谁哪几"
"""Chinese characters that are words without content wherever they stand; others are parts of words, too."""

_HIRAGANA = re.compile(r"[\u3041-\u309f]+")


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return the words of a language that say nothing by themselves, in lower case; none, where there is no list.

    English has its own list, which all scores were fitted with; the others are those of stopwords-iso.
    """
    if language == "en":
        return english.STOP_WORDS
    import stopwordsiso

    return frozenset(stopwordsiso.stopwords(language))


def content_words(text: str, language: str) -> list[str]:
    """Return the words of a text, as written, that are no stop words.

    Chinese has no blanks: stop words are cut out before what is left is taken for pairs of characters. In Japanese
    what is written in Hiragana alone are particles and endings.
    """
    none = stop_words(language)
    if language == "zh":
        text = _chinese().sub(" ", text)
    found = [word for word in words(text) if word.lower() not in none]
    return [word for word in found if not _HIRAGANA.fullmatch(word)] if language == "ja" else found


@lru_cache(maxsize=1)
def _chinese() -> re.Pattern[str]:
    long = (word for word in stop_words("zh") if len(word) > 1)
    return re.compile("|".join([*map(re.escape, sorted(long, key=len, reverse=True)), f"[{_SINGLE}]"]))
