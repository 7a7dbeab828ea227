"""Whether a question asks for a fact or for help."""

from __future__ import annotations

import pytest

from index.answer.form import Form, form_of, only_question


@pytest.mark.parametrize(
    "question",
    [
        "When was the bridge over the Velm built?",
        "who wrote the anthem of Ostermark",
        "How many cats were counted in 1973?",
        "What is the capital of the US state of Ohio?",
        "Which island did the fleet reach first?",
        "Wie lange schlafen Katzen?",
    ],
)
def test_a_short_question_after_a_thing_asks_for_a_fact(question: str) -> None:
    assert form_of(question, "de" if question.startswith("Wie") else "en") is Form.SENTENCE


@pytest.mark.parametrize(
    "question",
    [
        "How do I open the flap?",
        "how to open the flap",
        "Why does the flap stay shut?",
        "The flap stays shut. What is wrong?",
        "What can I do when the flap stays shut?",
        "Which setting stops `flap.lock`?",
        "Error: flap not found",
        "What is the right way to feed two cats?",
        "",
    ],
)
def test_what_tells_of_a_trouble_or_a_task_asks_for_help(question: str) -> None:
    assert form_of(question) is Form.BLOCK


def test_the_one_sentence_that_asks_for_a_fact_is_the_question() -> None:
    message = (
        "we had a long argument about this last night. When was the bridge over the Velm built? my brother says 1900"
    )
    assert only_question(message) == "When was the bridge over the Velm built?"


@pytest.mark.parametrize(
    "message",
    [
        "When was the bridge over the Velm built?",
        "There is a bridge over the Velm. When was it built?",
        "The flap stays shut. How do I open it again?",
        "When was the bridge built? Who built the bridge?",
        "No question at all.",
    ],
)
def test_a_message_is_asked_whole_where_its_question_needs_the_rest(message: str) -> None:
    assert only_question(message) is None
