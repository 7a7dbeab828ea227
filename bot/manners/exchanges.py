"""Which answer answers which message, by their ids: what is in memory, for as long as the bot runs."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TypeVar

_REMEMBERED = 10_000

Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(slots=True)
class Exchange:
    """A message that is being answered, or has been; `answer` is the channel and the message of the answer.

    `tried` are the words that were last searched for, and `text` those that what is shown answers.
    """

    question: int
    asker: int
    tried: str = ""
    text: str = ""
    answer: tuple[int, int] | None = None
    is_deleted: bool = False
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def is_answered(self) -> bool:
        """Whether what is shown is an answer to the question, and not what is said where there is none."""
        return self.answer is not None and bool(self.text)

    @property
    def is_shown(self) -> bool:
        """Whether there is an answer, and the question is still there."""
        return self.answer is not None and not self.is_deleted


class Exchanges:
    """The latest exchanges, and the messages that speak of an answer."""

    def __init__(self) -> None:
        self._by_question: OrderedDict[int, Exchange] = OrderedDict()
        self._by_answer: OrderedDict[int, Exchange] = OrderedDict()
        self._answers_meant: OrderedDict[int, int] = OrderedDict()

    def begin(self, question: int, asker: int) -> Exchange:
        """Take note that a message is being answered, once more where it was before."""
        return self._by_question.get(question) or _put(self._by_question, question, Exchange(question, asker))

    def settle(self, exchange: Exchange, channel: int, answer: int) -> None:
        """Take note of the answer to a message."""
        exchange.answer = (channel, answer)
        _put(self._by_answer, answer, exchange)

    def of_question(self, message: int) -> Exchange | None:
        """Return the exchange that a message began."""
        return self._by_question.get(message)

    def of_answer(self, message: int) -> Exchange | None:
        """Return the exchange that an answer belongs to."""
        return self._by_answer.get(message)

    def refer(self, message: int, answer: int) -> None:
        """Take note that the buttons of a message are about an answer."""
        _put(self._answers_meant, message, answer)

    def answer_meant(self, message: int) -> int:
        """Return the answer that the buttons of a message are about: itself, unless that was noted otherwise."""
        return self._answers_meant.get(message, message)


@dataclass(slots=True)
class Once:
    """Whom something has been told, so that it is told once."""

    _informed: OrderedDict[tuple[int, int], None] = field(default_factory=OrderedDict)

    def is_first(self, place: int, person: int) -> bool:
        """Tell whether a person has not been told yet in a place, and take note that they are now."""
        if (place, person) in self._informed:
            return False
        _put(self._informed, (place, person), None)
        return True


def _put(known: OrderedDict[Key, Value], key: Key, value: Value) -> Value:
    known[key] = value
    if len(known) > _REMEMBERED:
        known.popitem(last=False)
    return value
