"""What type of answer a question asks for, and whether a sentence holds one: "when" wants a date."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from index import english


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


def holds(asked: AnswerType, words: Sequence[str], news: Sequence[bool]) -> float:
    """Return 1 where a sentence of `words` holds what is asked for, -1 where it does not, 0 where one cannot tell.

    `news` says which words are not in the question: "in 1973" is no answer to a question about 1973.
    """
    if asked is AnswerType.OPEN:
        return 0.0
    new = [(i, word) for i, (word, is_new) in enumerate(zip(words, news, strict=True)) if is_new]
    if asked is AnswerType.NAME:
        return 1.0 if any(i > 0 and word[0].isupper() for i, word in new) else -1.0
    if asked is AnswerType.NUMBER:
        found = any(word[0].isdigit() or word.lower() in english.NUMBER_WORDS for _, word in new)
        return 1.0 if found else -1.0
    if any(english.YEAR.match(word) or word.lower() in english.DATE_WORDS for _, word in new):
        return 1.0
    return 0.0 if any(word[0].isdigit() for _, word in new) else -1.0
