"""The file of questions: what is read, and what is said where it cannot be used."""

from __future__ import annotations

import json
from typing import Any

import pytest

from index.evaluation.questions import QuestionsError, check_sources, read
from index.evaluation.rows import row
from index.records import Quote, Turn
from tests.index.evaluation.rows import answer
from tests.paths import EVALUATION_SETS

_GOOD = {"qid": 1, "question": "When?", "answers": ["at six"], "source": "a.txt", "answerable": True}


def _lines(*rows: dict[str, Any] | str) -> list[bytes]:
    return [(row if isinstance(row, str) else json.dumps(row)).encode() + b"\n" for row in rows]


def _without(field: str) -> dict[str, Any]:
    return {name: value for name, value in _GOOD.items() if name != field}


def _quote(text: str, source: str = "a.txt") -> Quote:
    return Quote(source, "A", (), None, (1, 1), 0, len(text), text, None, 1.0)


def test_all_that_the_format_knows_is_read() -> None:
    history = [{"role": "user", "text": "Hello"}, {"role": "agent", "text": "Yes?"}]
    (question,) = read(_lines({**_GOOD, "sources": ["b.txt"], "history": history, "paragraph": 3}))
    assert (question.qid, question.question, question.answers, question.sources) == (
        "1",
        "When?",
        ("at six",),
        ("a.txt", "b.txt"),
    )
    assert question.asked.history == (Turn("user", "Hello"), Turn("agent", "Yes?"))


def test_gold_passages_go_before_answers_and_want_the_right_document() -> None:
    passage = "The bakery opens at six and closes at seven in the evening."
    (question,) = read(_lines({**_GOOD, "gold_quotes": [passage]}))
    assert question.held_by(_quote(passage[10:50].replace(" ", "\n")))
    assert not question.held_by(_quote(passage[10:30] + " some other words than these"))
    assert not question.held_by(_quote(passage, "other.txt"))


def test_an_answer_is_held_in_any_case_and_never_where_there_is_none() -> None:
    right, none = read(_lines(_GOOD, {**_GOOD, "qid": 2, "answerable": False}))
    assert right.held_by(_quote("AT SIX it opens", "other.txt"))
    assert not none.held_by(_quote("at six"))


def test_what_must_be_seen_may_be_spread_over_quotes() -> None:
    must = [["turn it off", "switch off"], ["wait a minute"]]
    asked = {**_without("answers"), "must": must, "kind": "howto"}
    (question,) = read(_lines(asked))
    first, second = _quote("**Switch  off** the lamp."), _quote("Then `wait` a\nminute.", "b.txt")
    assert question.held_by(first, second)
    assert not question.held_by(first)
    assert not question.held_by(second, _quote("Turn the page"))
    assert question.needed == ("turn it off / switch off", "wait a minute")
    judged = row(question, answer(first, second))
    assert (judged.held, judged.held_in_shown, judged.page_shown, judged.kind) == (False, True, True, "howto")
    assert (judged.first_characters, judged.characters) == (25, 46)
    assert row(question, answer(first, second), 1).held_in_shown is False


def test_an_unanswerable_question_needs_neither_answers_nor_sources() -> None:
    questions = read(_lines(_GOOD, "", {"qid": "x", "question": "Why?", "answerable": False}))
    assert [question.line for question in questions] == [1, 3]


def test_a_byte_order_mark_and_windows_lines_do_no_harm() -> None:
    assert len(read([b"\xef\xbb\xbf" + json.dumps(_GOOD).encode() + b"\r\n", b"\r\n"])) == 1


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (_without("qid"), "qid: field required"),
        (_without("question"), "question: field required"),
        (_without("answers"), "answers or must: field required"),
        (_without("source"), "source or sources: field required"),
        (_without("answerable"), "answerable: field required"),
        ({**_GOOD, "source": "", "sources": []}, "at least one"),
        ({**_GOOD, "question": " \n"}, "question: it is blank"),
        ({**_GOOD, "answerable": "yes"}, "answerable: input should be a valid boolean"),
        ({**_GOOD, "answers": "at six"}, "answers: input should be"),
        ({**_GOOD, "answers": ["at six", 6]}, "answers.1: input should be a valid string"),
        ({**_GOOD, "history": [{"role": "bot", "text": "?"}]}, "history.0.role: input should be 'user' or 'agent'"),
        ("[1, 2]", "it is no JSON object"),
        ('{"qid": 1', "it is not valid JSON"),
        ("\udcff".encode(errors="surrogateescape").decode("latin-1"), "it is not valid JSON"),
        (_GOOD, "repeats the qid '1' of line 1"),
    ],
)
def test_a_line_that_cannot_be_used_is_one_sentence_with_its_number(row: dict[str, Any] | str, message: str) -> None:
    with pytest.raises(QuestionsError) as error:
        read(_lines(_GOOD, row))
    assert str(error.value).startswith("Line 2 of the questions ")
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_bytes_that_are_no_text_are_told() -> None:
    with pytest.raises(QuestionsError, match=r"^Line 1 .*it is not valid JSON"):
        read([b'{"qid": "\xff\xfe"}'])


def test_nothing_to_measure_is_told() -> None:
    with pytest.raises(QuestionsError, match="None of the 1 questions is answerable"):
        read(_lines({**_GOOD, "answerable": False}))
    with pytest.raises(QuestionsError, match="is empty"):
        read([b"\n"])


def test_a_source_that_is_not_there_is_told_with_the_line_and_the_reason() -> None:
    asked = read(_lines(_GOOD, {**_GOOD, "qid": 2, "sources": ["b.txt"]}))
    check_sources(asked, {"a.txt", "b.txt"}, {})
    with pytest.raises(QuestionsError, match=r"Line 2 .* 'b\.txt', which is not in the folder"):
        check_sources(asked, {"a.txt"}, {})
    with pytest.raises(QuestionsError, match=r"Line 2 .* 'b\.txt', which cannot be read: it is broken\."):
        check_sources(asked, {"a.txt"}, {"b.txt": "it is broken"})


def test_fewer_are_spread_over_the_file() -> None:
    rows = [{**_GOOD, "qid": number} for number in range(10)]
    assert [question.qid for question in read(_lines(*rows), 3)] == ["0", "3", "6"]
    assert len(read(_lines(*rows), 99)) == 10


@pytest.mark.skipif(not EVALUATION_SETS.is_dir(), reason="the sets are not beside the project")
@pytest.mark.parametrize(("name", "questions"), [("squad", 2899), ("clapnq", 299), ("followups", 173), ("fastapi", 35)])
def test_every_set_can_be_read(name: str, questions: int) -> None:
    with (EVALUATION_SETS / name / "questions.jsonl").open("rb") as lines:
        assert len(read(lines)) == questions
