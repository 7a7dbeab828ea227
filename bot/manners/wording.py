"""The words of a message, in lower case, without accents, emoji, links or stretched letters."""

from __future__ import annotations

import re
import unicodedata

from bot.manners import lexicon

_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_DECORATION = re.compile(r"https?://\S+|[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]|:[a-z0-9_+-]{2,32}:")
_STRETCHED = re.compile(r"(.)\1{2,}")
_CLAUSE = re.compile(r"(.*?)([!?\u2026\uff1f\n()\"]+|[.,;:]+(?=\s|$)|\s[-\u2013\u2014]+\s|$)", re.DOTALL)
_TURNS = re.compile(r"\b(?:but|and|aber|und|pero|y|mais|et)\b", re.IGNORECASE)


def words_of(text: str) -> list[str]:
    """Return the words of a text: "so" for "sooo", "uber" for "Über"."""
    folded = unicodedata.normalize("NFKD", _DECORATION.sub(" ", text.casefold()).replace("\u2019", "'"))
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return [_unstretched(word) for word in _WORD.findall(bare)]


def clauses_of(text: str) -> list[str]:
    """Return the clauses of a text that have words, as they were written, each with the mark that ends it.

    A dot or colon inside a word ends none; a "but" or "and" begins one.
    """
    marked = (clause.group() for clause in _CLAUSE.finditer(_DECORATION.sub(" ", text)))
    parts = (part for clause in marked for part in _turning(clause))
    return [part for part in parts if _WORD.search(part)]


def _turning(clause: str) -> list[str]:
    turns = [turn.span() for turn in _TURNS.finditer(clause) if _WORD.search(clause[: turn.start()])]
    starts = [0, *(end for _, end in turns)]
    ends = [*(start for start, _ in turns), len(clause)]
    return [clause[start:end] for start, end in zip(starts, ends, strict=True)]


def _unstretched(word: str) -> str:
    """Return "so" for "sooo" and "good" for "gooood"."""
    doubled = _STRETCHED.sub(r"\1\1", word)
    return doubled if doubled in lexicon.FILLERS else _STRETCHED.sub(r"\1", word)
