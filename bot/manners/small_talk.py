"""Tells what somebody says in passing from what they ask, in English, German, Spanish and French."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.manners import asides, lexicon
from bot.manners.leaning import Leaning, is_known, leaning
from bot.manners.objections import objects
from bot.manners.reports import may_tell_of_trouble, tells_of_trouble
from bot.manners.wording import clauses_of, words_of
from index.arrays import Vectors


class Kind(StrEnum):
    """What a message is."""

    QUESTION = "question"
    LIKELY = "likely"
    """What is rather asked than said: it is answered as a question is, but that nothing was found is not shown."""
    UNCLEAR = "unclear"
    """What may be asked, or be said in passing: only what probably answers it is shown."""
    GREETING = "greeting"
    THANKS = "thanks"
    ASIDE = "aside"
    OBJECTION = "objection"
    STATEMENT = "statement"


SEARCHED = frozenset({Kind.QUESTION, Kind.LIKELY, Kind.UNCLEAR})
"""What there is something to be searched for."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message was taken for, and the reason in words."""

    kind: Kind
    reason: str

    @property
    def asks(self) -> bool:
        """Whether there is something to be searched for."""
        return self.kind in SEARCHED


def read(text: str, *, addressed: bool = False, answers_bot: bool = False) -> Reading:
    """Return what a message is, taken by itself, by its words alone.

    `addressed` tells that it is said to the bot, `answers_bot` that it even replies to an answer of the bot's.

    In doubt it is a question: one that is swallowed is worse than an answer that nobody wanted.
    """
    words = words_of(text)
    said = _Said(text, words, " ".join(words), addressed or answers_bot, answers_bot)
    for applies, kind, reason in _RULES:
        if applies(said):
            if kind is Kind.OBJECTION and not answers_bot:
                return Reading(Kind.STATEMENT, reason)
            return Reading(kind, reason)
    kind = _by_words(said)
    return Reading(_sign(said) if kind is Kind.STATEMENT else kind, _REASONS[kind])


def weighed(text: str, kind: Kind, vector: Vectors, model: str) -> Kind:
    """Return what a message of some kind is by its vector, too, which a `model` (a fingerprint) made.

    What has the form of a question stays one; where manners go before or after something else, the vector is of both.
    """
    if kind not in (Kind.QUESTION, Kind.UNCLEAR) or not is_known(model):
        return kind
    said = _clauses(text)
    if _has_form(said):
        return Kind.QUESTION
    by_vector = _leans(leaning(text, vector), words_of(text))
    is_mixed = len(said) != 1 or len(clauses_of(text)) != 1 or said[0].words[0] in asides.BEFORE
    if is_mixed or _tells_of_need(said[0].plain):
        return min(kind, by_vector, key=_ASKED.index)
    if by_vector is Kind.LIKELY:
        return Kind.LIKELY if kind is Kind.UNCLEAR else kind
    return by_vector


def is_thanks(text: str) -> bool:
    """Tell whether a message thanks, whatever else it says."""
    return not lexicon.THANKS_WORDS.isdisjoint(words_of(text))


_LONG_OBJECTION = 14
"""Words: whoever says more says what is the matter."""

_LONG = 14
"""Words beside manners: the small talk that weights are fitted to has hardly ever more, so they say nothing of it."""

_FEW = 10
"""Words of a message that may as well be said in passing: in more, somebody describes what they are after."""

_LEAST = 5
"""Words of a clause that a question word leads: who says fewer may only wonder."""

_ASKED = (Kind.QUESTION, Kind.LIKELY, Kind.UNCLEAR, Kind.STATEMENT)
"""From what is asked for sure to what is not asked at all."""

_REASONS = {
    Kind.QUESTION: "its words ask",
    Kind.LIKELY: "its words rather ask than tell",
    Kind.UNCLEAR: "its words may ask, and may be said in passing",
    Kind.STATEMENT: "its words are of what is said in passing",
}


@dataclass(frozen=True, slots=True)
class _Said:
    text: str
    words: list[str]
    plain: str
    addressed: bool
    answers_bot: bool


@dataclass(frozen=True, slots=True)
class _Clause:
    text: str
    words: list[str]
    plain: str


def _clauses(text: str, *, addressed: bool = True) -> list[_Clause]:
    """Return the clauses of a text that are no greeting, no thanks and no known phrase."""
    clauses = [_Clause(clause, words, " ".join(words)) for clause in clauses_of(text) if (words := words_of(clause))]
    return [clause for clause in clauses if not _is_known(clause, addressed)]


def _is_known(clause: _Clause, addressed: bool) -> bool:  # noqa: FBT001
    """Tell whether a clause is a known phrase; what has a question mark may only ask the bot about itself."""
    if _is_passing(clause.words):
        return True
    if _is_marked(clause.text):
        return asides.is_chat(clause.plain, addressed=addressed)
    is_praise = lexicon.PRAISE.match(clause.plain) is not None and not lexicon.calls(clause.plain)
    return asides.is_aside(clause.plain, addressed=addressed) or _is_thanks(clause.plain) or is_praise


def _is_thanks(plain: str) -> bool:
    return bool(lexicon.THANKS.match(plain)) and not lexicon.asks(lexicon.THANKED.sub(" ", plain))


def _by_words(said: _Said) -> Kind:
    """Return what the clause is that asks most: a message is small talk where each of its clauses is."""
    clauses = _clauses(said.text, addressed=said.addressed)
    if _has_form(clauses):
        return Kind.QUESTION
    kinds = map(_kind_of, clauses)
    kind = min(kinds, key=_ASKED.index, default=Kind.STATEMENT)
    if kind is Kind.LIKELY and len(clauses_of(said.text)) > 1:  # with manners, or with more that was tried
        return Kind.QUESTION
    return Kind.QUESTION if kind is Kind.UNCLEAR and len(said.words) > _FEW else kind


def _kind_of(clause: _Clause) -> Kind:
    """Return what a clause is: what may tell of something that is wrong is answered, but not told that nothing is."""
    kind, plain = _leans(leaning(clause.text), clause.words), clause.plain
    if kind in (Kind.QUESTION, Kind.STATEMENT):
        return kind
    if _opens(plain) or _tells_of_need(plain):
        return Kind.QUESTION
    if may_tell_of_trouble(plain):
        return Kind.LIKELY
    if _is_amiss(plain):
        return Kind.QUESTION
    if kind is Kind.LIKELY:
        return Kind.UNCLEAR if lexicon.OF_OTHERS.match(plain) else Kind.QUESTION
    return kind


def _has_form(clauses: list[_Clause]) -> bool:
    """Tell whether one of some clauses has the form of a question, or all are longer than anything said in passing."""
    return sum(len(clause.words) for clause in clauses) > _LONG or any(map(_asks, clauses))


def _asks(clause: _Clause) -> bool:
    if _is_marked(clause.text) or lexicon.ASKING.search(clause.plain):
        return True
    return bool(lexicon.CALLS_FOR_HELP.search(clause.plain)) and not lexicon.THANKED.search(clause.plain)


def _leans(leans: Leaning, words: list[str]) -> Kind:
    """Return the kind of words that lean so to small talk; a question word before a sentence speaks for asking."""
    bounds, plain = leans.bounds, " ".join(words)
    led = len(words) >= _LEAST and lexicon.LED.match(plain) is not None
    if leans.log_odds < (0 if led else bounds.likely):
        return Kind.QUESTION
    if leans.log_odds < (bounds.talk if led else bounds.unclear):
        return Kind.LIKELY
    if leans.log_odds >= bounds.talk:
        return Kind.STATEMENT
    return Kind.UNCLEAR


def _tells_of_need(plain: str) -> bool:
    """Tell whether words call for something, tell of trouble, or say more of what was asked."""
    if lexicon.NO_QUESTION.search(plain):
        return False
    unthanked = lexicon.THANKED.sub(" ", plain)
    return lexicon.calls(unthanked) or tells_of_trouble(unthanked) or lexicon.FOLLOW_UP.match(plain) is not None


def _is_amiss(plain: str) -> bool:
    return lexicon.AMISS.search(plain) is not None and not lexicon.NO_QUESTION.search(plain)


def _opens(plain: str) -> bool:
    return not lexicon.NO_QUESTION.search(plain) and lexicon.asks(lexicon.THANKED.sub(" ", plain))


def _is_marked(text: str) -> bool:
    return any(mark in text for mark in "?\u00bf\uff1f")


def _sign(said: _Said) -> Kind:
    """Return what is said in passing, as far as it is answered by a sign of its own."""
    if lexicon.THANKS.match(said.plain) or _has_thanks(said):
        return Kind.THANKS
    return Kind.GREETING if lexicon.GREETING.match(said.plain) else Kind.STATEMENT


def _in_passing(said: _Said) -> bool:
    return _is_passing(said.words)


def _is_passing(words: list[str]) -> bool:
    if " ".join(words) in lexicon.PASSING:
        return True
    return all(word in lexicon.FILLERS or lexicon.LAUGHTER.fullmatch(word) for word in words)


def _objects(said: _Said) -> bool:
    if _is_marked(said.text) or len(said.words) > _LONG_OBJECTION:
        return False
    return objects(said.plain, answers_bot=said.answers_bot)


def _has_thanks(said: _Said) -> bool:
    return not lexicon.THANKS_WORDS.isdisjoint(said.words)


def _greets(said: _Said) -> bool:
    return bool(lexicon.GREETING.match(said.plain)) and _in_passing(said)


_RULES: tuple[tuple[Callable[[_Said], bool], Kind, str], ...] = (
    (lambda said: not said.words, Kind.ASIDE, "there are no words in it"),
    (_greets, Kind.GREETING, "it greets"),
    (lambda said: _in_passing(said) and _has_thanks(said), Kind.THANKS, "it thanks, and asks nothing"),
    (_in_passing, Kind.ASIDE, "it is said in passing"),
    (_objects, Kind.OBJECTION, "it says that something is wrong"),
)
"""What a message is tried for, in this order; what else it is, its words say (`bot/manners/leaning.py`)."""
