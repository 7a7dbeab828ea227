"""What type of answer a question asks for, and whether a sentence holds one: "when" wants a date."""

from __future__ import annotations

from enum import StrEnum

from index.text import english
from index.text.words import SentenceWords


class AnswerType(StrEnum):
    """What is asked for, where the question's words tell."""

    DATE = "date"
    NUMBER = "number"
    NAME = "name"
    OPEN = "open"


_ASKS = (
    (AnswerType.DATE, english.ASKS_FOR_DATE),
    (AnswerType.NUMBER, english.ASKS_FOR_NUMBER),
    (AnswerType.NAME, english.ASKS_FOR_NAME),
)


def answer_type(question: str) -> AnswerType:
    """Return the type of answer that `question` asks for."""
    return next((kind for kind, pattern in _ASKS if pattern.search(question)), AnswerType.OPEN)


def holds(asked: AnswerType, sentence: SentenceWords, known: frozenset[str]) -> float:
    """Return 1 where a sentence holds what is asked for, -1 where it does not, 0 where one cannot tell.

    `known` are the stems of the question's own words: "in 1973" is no answer to a question about 1973.
    """
    if asked is AnswerType.OPEN:
        return 0.0
    if asked is AnswerType.NAME:
        return -1.0 if sentence.names <= known else 1.0
    if asked is AnswerType.NUMBER:
        return -1.0 if sentence.numbers <= known else 1.0
    if not sentence.dates <= known:
        return 1.0
    return -1.0 if sentence.figures <= known else 0.0
