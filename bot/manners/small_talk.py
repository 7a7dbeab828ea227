"""Tells what somebody says in passing from what they ask, in English, German, Spanish and French."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.manners import lexicon


class Kind(StrEnum):
    """What a message is."""

    QUESTION = "question"
    GREETING = "greeting"
    THANKS = "thanks"
    ASIDE = "aside"
    OBJECTION = "objection"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message was taken for, and the reason in words."""

    kind: Kind
    reason: str

    @property
    def asks(self) -> bool:
        """Whether there is something to be searched for."""
        return self.kind is Kind.QUESTION


_LAUGHTER = re.compile(r"(?:[ha]{2,}|[he]{4,}|[ja]{4,}|lo+l+|lmf?ao+|rofl|xd+|ke+k+|mdr+|ptdr|jaja\w*|haha\w*|hihi\w*)")
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_DECORATION = re.compile(r"https?://\S+|[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]|:[a-z0-9_+-]{2,32}:")
_STRETCHED = re.compile(r"(.)\1{2,}")


def read(text: str, *, answers_bot: bool = False) -> Reading:
    """Return what a message is, taken by itself; `answers_bot` tells that it replies to an answer of the bot's.

    In doubt it is a question: one that is swallowed is worse than an answer that nobody wanted.
    """
    words = _words(text)
    plain = " ".join(words)
    for applies, kind, reason in _RULES:
        if applies(_Said(text, words, plain)):
            if kind is Kind.OBJECTION and not answers_bot:
                return Reading(Kind.STATEMENT, reason)
            return Reading(kind, reason)
    return Reading(Kind.QUESTION, "nothing speaks against it")


_LONG_OBJECTION = 14
"""Words: whoever says more says what is the matter."""


@dataclass(frozen=True, slots=True)
class _Said:
    text: str
    words: list[str]
    plain: str


def _words(text: str) -> list[str]:
    """Return the words of a text, in lower case, without accents, emoji, links or stretched letters."""
    folded = unicodedata.normalize("NFKD", _DECORATION.sub(" ", text.casefold()).replace("\u2019", "'"))
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return [_unstretched(word) for word in _WORD.findall(bare)]


def _unstretched(word: str) -> str:
    """Return "so" for "sooo" and "good" for "gooood"."""
    doubled = _STRETCHED.sub(r"\1\1", word)
    return doubled if doubled in lexicon.FILLERS else _STRETCHED.sub(r"\1", word)


def _in_passing(said: _Said) -> bool:
    words = said.words
    return said.plain in lexicon.PASSING or all(word in lexicon.FILLERS or _LAUGHTER.fullmatch(word) for word in words)


def _asks(said: _Said) -> bool:
    if lexicon.NO_QUESTION.search(said.plain):
        return False
    return any(mark in said.text for mark in "?\u00bf\uff1f") or lexicon.asks(lexicon.THANKED.sub(" ", said.plain))


def _objects(said: _Said) -> bool:
    return len(said.words) <= _LONG_OBJECTION and bool(lexicon.OBJECTION.search(said.plain)) and "?" not in said.text


def _thanks(said: _Said) -> bool:
    return bool(lexicon.THANKS.match(said.plain)) or (
        _in_passing(said) and any(word in lexicon.THANKS_WORDS for word in said.words)
    )


def _greets(said: _Said) -> bool:
    return bool(lexicon.GREETING.match(said.plain)) and _in_passing(said)


def _tells(said: _Said) -> bool:
    return bool(lexicon.STATEMENT.match(said.plain)) and not lexicon.FOLLOW_UP.match(said.plain)


_RULES: tuple[tuple[Callable[[_Said], bool], Kind, str], ...] = (
    (lambda said: not said.words, Kind.ASIDE, "there are no words in it"),
    (_greets, Kind.GREETING, "it greets"),
    (lambda said: _in_passing(said) and not _thanks(said), Kind.ASIDE, "it is said in passing"),
    (_objects, Kind.OBJECTION, "it says that something is wrong"),
    (_asks, Kind.QUESTION, "it has the form of a question, or of a call for help"),
    (_thanks, Kind.THANKS, "it thanks, and asks nothing"),
    (lambda said: bool(lexicon.GREETING.fullmatch(said.plain)), Kind.GREETING, "it greets"),
    (lambda said: bool(lexicon.PRAISE.match(said.plain)), Kind.ASIDE, "it says how somebody likes it"),
    (_tells, Kind.STATEMENT, "it tells something, and asks nothing"),
)
"""What a message is tried for, in this order."""
