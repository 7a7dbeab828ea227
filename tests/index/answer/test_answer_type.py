"""What type of answer a question asks for, and which sentences hold one."""

from __future__ import annotations

import numpy as np
import pytest

from index.answer.answer_type import AnswerType, answer_type, holds
from index.text.words import SentenceWords, words


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("When did it open?", AnswerType.DATE),
        ("In WHAT year did it open?", AnswerType.DATE),
        ("How many doors are there?", AnswerType.NUMBER),
        ("What percentage is water?", AnswerType.NUMBER),
        ("Who built it?", AnswerType.NAME),
        ("In which city is it?", AnswerType.NAME),
        ("How do I open it?", AnswerType.OPEN),
        ("whenever?", AnswerType.OPEN),
        ("", AnswerType.OPEN),
    ],
)
def test_the_type_is_told_by_the_words_of_the_question(question: str, asked: AnswerType) -> None:
    assert answer_type(question) is asked


@pytest.mark.parametrize(
    ("question", "sentence", "held"),
    [
        ("When did it open?", "It opened in June.", 1),
        ("When did it open?", "It opened in 1973.", 1),
        ("When did it open?", "It opened on the 12th.", 0),
        ("When did it open?", "It opened late.", -1),
        ("When in 1973 did it open?", "It opened in 1973.", -1),
        ("How many doors?", "It has three doors.", 1),
        ("How many doors?", "It has doors.", -1),
        ("Who built it?", "It was built by Korhonen.", 1),
        ("Who built it?", "Builders did it.", -1),
        ("How is it built?", "It was built by Korhonen.", 0),
        ("Who?", "", -1),
    ],
)
def test_what_the_question_itself_says_is_no_answer(question: str, sentence: str, held: float) -> None:
    said = words(sentence)
    stems = tuple(word.lower() for word in said)
    asked = frozenset(word.lower() for word in words(question))
    assert holds(answer_type(question), SentenceWords(tuple(said), stems, np.empty(0, np.int64)), asked) == held
