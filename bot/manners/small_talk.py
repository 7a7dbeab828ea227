"""Tells what somebody says in passing from what they ask, in English, German, Spanish and French."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from bot.manners import asides, lexicon
from bot.manners.objections import objects
from bot.manners.reports import may_tell_of_trouble, tells_of_trouble


class Kind(StrEnum):
    """What a message is."""

    QUESTION = "question"
    GREETING = "greeting"
    THANKS = "thanks"
    ASIDE = "aside"
    OBJECTION = "objection"
    STATEMENT = "statement"
    REPORT = "report"
    """What may be wrong, told without asking: whoever tells the bot is answered as if they had asked."""
    UNCLEAR = "unclear"
    """A few words that may be asked for, or be said in passing: whether the documents have them tells."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message was taken for, and the reason in words."""

    kind: Kind
    reason: str

    @property
    def asks(self) -> bool:
        """Whether there is something to be searched for."""
        return self.kind in (Kind.QUESTION, Kind.REPORT, Kind.UNCLEAR)


_LAUGHTER = re.compile(r"(?:[ha]{2,}|[he]{4,}|[ja]{4,}|lo+l+|lmf?ao+|rofl|xd+|ke+k+|mdr+|ptdr|jaja\w*|haha\w*|hihi\w*)")
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_DECORATION = re.compile(r"https?://\S+|[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]|:[a-z0-9_+-]{2,32}:")
_STRETCHED = re.compile(r"(.)\1{2,}")


def read(text: str, *, addressed: bool = False, answers_bot: bool = False) -> Reading:
    """Return what a message is, taken by itself.

    `addressed` tells that it is said to the bot, `answers_bot` that it even replies to an answer of the bot's.

    In doubt it is a question: one that is swallowed is worse than an answer that nobody wanted.
    """
    words = _words(text)
    said = _Said(text, words, " ".join(words), addressed or answers_bot, answers_bot)
    for applies, kind, reason in _RULES:
        if applies(said):
            if kind is Kind.OBJECTION and not answers_bot:
                return Reading(Kind.STATEMENT, reason)
            return Reading(kind, reason)
    return Reading(Kind.QUESTION, "nothing speaks against it")


_LONG_OBJECTION = 14
"""Words: whoever says more says what is the matter."""

_MOST_CLAUSES = 16
"""Nobody says more in passing, at once."""

_FEW = 6
"""Words: in more, without any form of small talk, somebody describes what they are after."""


@dataclass(frozen=True, slots=True)
class _Said:
    text: str
    words: list[str]
    plain: str
    addressed: bool
    answers_bot: bool


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
    return _is_passing(said.plain, said.words)


def _is_passing(plain: str, words: list[str]) -> bool:
    return plain in lexicon.PASSING or all(word in lexicon.FILLERS or _LAUGHTER.fullmatch(word) for word in words)


def _is_thanks(plain: str) -> bool:
    return bool(lexicon.THANKS.match(plain)) and not lexicon.asks(lexicon.THANKED.sub(" ", plain))


def _by_clauses(said: _Said, applies: Callable[..., bool] = asides.is_aside) -> bool:
    """Tell whether every clause is said in passing; what has a question mark may only ask the bot about itself."""
    parts = asides.clauses(said.text)
    if len(parts) > _MOST_CLAUSES:
        return False
    applies = asides.is_chat if _is_marked(said) else applies
    clauses = [" ".join(words) for clause in parts if (words := _words(clause))]
    applies = partial(applies, addressed=said.addressed)
    return all(applies(clause) or _is_passing(clause, clause.split()) or _is_thanks(clause) for clause in clauses)


def _may_be_passing(said: _Said) -> bool:
    return _by_clauses(said, asides.may_be_aside)


def _is_marked(said: _Said) -> bool:
    return any(mark in said.text for mark in "?\u00bf\uff1f")


def _asks(said: _Said) -> bool:
    if lexicon.NO_QUESTION.search(said.plain):
        return False
    unthanked = lexicon.THANKED.sub(" ", said.plain)
    return _is_marked(said) or lexicon.asks(unthanked) or tells_of_trouble(unthanked)


def _objects(said: _Said) -> bool:
    if _is_marked(said) or len(said.words) > _LONG_OBJECTION:
        return False
    return objects(said.plain, answers_bot=said.answers_bot)


def _thanks(said: _Said) -> bool:
    return bool(lexicon.THANKS.match(said.plain)) or (_in_passing(said) and _has_thanks(said))


def _has_thanks(said: _Said) -> bool:
    return not lexicon.THANKS_WORDS.isdisjoint(said.words)


def _greets(said: _Said) -> bool:
    return bool(lexicon.GREETING.match(said.plain)) and _in_passing(said)


def _tells(said: _Said) -> bool:
    return bool(lexicon.STATEMENT.match(said.plain)) and not lexicon.FOLLOW_UP.match(said.plain)


def _may_report(said: _Said) -> bool:
    return _tells(said) and (_is_amiss(said) or may_tell_of_trouble(said.plain))


def _is_amiss(said: _Said) -> bool:
    return bool(lexicon.AMISS.search(said.plain)) and not lexicon.NO_QUESTION.search(said.plain)


_RULES: tuple[tuple[Callable[[_Said], bool], Kind, str], ...] = (
    (lambda said: not said.words, Kind.ASIDE, "there are no words in it"),
    (_greets, Kind.GREETING, "it greets"),
    (lambda said: _in_passing(said) and not _thanks(said), Kind.ASIDE, "it is said in passing"),
    (_objects, Kind.OBJECTION, "it says that something is wrong"),
    (lambda said: _has_thanks(said) and _by_clauses(said), Kind.THANKS, "it thanks, and asks nothing"),
    (_by_clauses, Kind.STATEMENT, "each of its clauses is said in passing"),
    (_asks, Kind.QUESTION, "it has the form of a question, or of a call for help"),
    (
        lambda said: not _has_thanks(said) and _may_be_passing(said),
        Kind.UNCLEAR,
        "it begins as what is said in passing",
    ),
    (_thanks, Kind.THANKS, "it thanks, and asks nothing"),
    (lambda said: bool(lexicon.GREETING.fullmatch(said.plain)), Kind.GREETING, "it greets"),
    (lambda said: bool(lexicon.PRAISE.match(said.plain)), Kind.ASIDE, "it says how somebody likes it"),
    (_may_report, Kind.REPORT, "it tells of something that may be wrong"),
    (_tells, Kind.STATEMENT, "it tells something, and asks nothing"),
    (lambda said: bool(lexicon.FOLLOW_UP.match(said.plain)), Kind.QUESTION, "it says more of what was asked"),
    (_is_amiss, Kind.QUESTION, "something is missing, or asked after"),
    (lambda said: bool(lexicon.TECHNICAL.search(said.text)), Kind.QUESTION, "it has words of a program in it"),
    (lambda said: len(said.words) <= _FEW, Kind.UNCLEAR, "it is a few words, in no form"),
)
"""What a message is tried for, in this order."""
