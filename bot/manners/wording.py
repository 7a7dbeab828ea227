"""The words of a message, in lower case, without accents, emoji, links or stretched letters."""

from __future__ import annotations

import re
import unicodedata

from bot.manners import lexicon

_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_DECORATION = re.compile(r"https?://\S+|[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]|:[a-z0-9_+-]{2,32}:")
_STRETCHED = re.compile(r"(.)\1{2,}")


def words_of(text: str) -> list[str]:
    """Return the words of a text: "so" for "sooo", "uber" for "Über"."""
    folded = unicodedata.normalize("NFKD", _DECORATION.sub(" ", text.casefold()).replace("\u2019", "'"))
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return [_unstretched(word) for word in _WORD.findall(bare)]


def _unstretched(word: str) -> str:
    """Return "so" for "sooo" and "good" for "gooood"."""
    doubled = _STRETCHED.sub(r"\1\1", word)
    return doubled if doubled in lexicon.FILLERS else _STRETCHED.sub(r"\1", word)
