"""The questions behind the button *More*: from memory, or read again from the answer's card."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.cards.answer_card import question_hash
from index.answer.asked import Asked
from index.records import Turn
from index.store.values import Source

_REMEMBERED = 10_000
_MOST_CHARACTERS = 4_000_000
"""Of all remembered questions together: one may have 4,000, and as many in each turn before it."""

_SEPARATOR = "\x1f"


def key_of(asked: Asked) -> bytes:
    """Return the eight bytes by which an answer's buttons know its question.

    The same words after another question, or for one source only, are a different question.
    """
    before = [turn.text for turn in asked.history if turn.role == "user"][-1:]
    scope = sorted(asked.scope) if asked.scope is not None else []
    if not before and not scope:
        return question_hash(asked.text)
    return question_hash(_SEPARATOR.join((asked.text, *(f"after {question}" for question in before), *scope)))


@dataclass(slots=True)
class RecentQuestions:
    """Recent questions by their key."""

    _asked: OrderedDict[bytes, Asked] = field(default_factory=OrderedDict)
    characters: int = 0
    """Of the questions kept, with the turns before them."""

    def __len__(self) -> int:
        """Return how many questions are kept."""
        return len(self._asked)

    def add(self, asked: Asked) -> None:
        """Remember a question, and forget the oldest ones if there are too many."""
        key = key_of(asked)
        if key in self._asked:
            self.characters -= _size(self._asked.pop(key))
        self._asked[key] = asked
        self.characters += _size(asked)
        while len(self._asked) > _REMEMBERED or self.characters > _MOST_CHARACTERS:
            self.characters -= _size(self._asked.popitem(last=False)[1])

    def get(self, key: bytes) -> Asked | None:
        """Return the question with this key, if it is remembered."""
        return self._asked.get(key)


def _size(asked: Asked) -> int:
    return len(asked.text) + sum(len(turn.text) for turn in asked.history)


def recalled(key: bytes, text: str, history: tuple[Turn, ...], sources: Iterable[Source]) -> Asked | None:
    """Return the question with this key if it was `text`, alone or after `history`, for all sources or one of them."""
    return next((asked for asked in _guesses(text, history, sources) if key_of(asked) == key), None)


def _guesses(text: str, history: tuple[Turn, ...], sources: Iterable[Source]) -> Iterator[Asked]:
    before = ((), history) if history else ((),)
    yield from (Asked(text, turns) for turns in before)
    yield from (Asked(text, turns, frozenset({source.source})) for source in sources for turns in before)
