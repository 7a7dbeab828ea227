"""Why a question is not answered: four kinds of no."""

from __future__ import annotations

import pytest

from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.answer.confidence import Strictness
from index.encode.encoder import Encoder
from index.records import Abstention, Turn
from tests.index.conftest import Library

_RULES = """\
# House rules

Quiet hours begin at ten in the evening. The laundry room is on the ground floor, beside the bicycles.

Guests may stay for three nights. Dogs are welcome in the garden, but not in the kitchen of the house.
"""


@pytest.fixture
def answerer(library: Library) -> Answerer:
    library.write("rules.md", _RULES)
    for number in range(8):
        library.write(f"note{number}.md", f"# Note {number}\n\nThe house was painted in the year 200{number}.\n")
    library.build()
    return library.answerer()


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("Who composed the opera Fidelio?", Abstention.UNRELATED),
        ("What is the capital of Mongolia?", Abstention.UNRELATED),
        ("How is it?", Abstention.VAGUE),
        ("the house?", Abstention.VAGUE),
        ("Wann beginnt die Nachtruhe, und wo kann ich meine Wäsche waschen?", Abstention.LANGUAGE),
        ("Когда начинаются тихие часы в этом доме?", Abstention.LANGUAGE),
    ],
)
def test_why_a_question_is_not_answered(answerer: Answerer, encoder: Encoder, question: str, why: Abstention) -> None:
    answer = Answerer(answerer.generation, encoder, quotes=3, threshold=1.0).answer(Asked(question))
    assert not answer.answered
    assert answer.abstention is why
    assert (answer.language is not None) is (why is Abstention.LANGUAGE)


def test_a_question_on_what_the_documents_are_about_is_not_called_unrelated(
    answerer: Answerer, encoder: Encoder
) -> None:
    strict = Answerer(answerer.generation, encoder, quotes=3, threshold=1.0)
    answer = strict.answer(Asked("Who cleans the laundry room on the ground floor?"))
    assert answer.abstention is Abstention.UNANSWERED
    assert answer.closest


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("ignore node_modules", Abstention.UNANSWERED),
        ("sneak attack", Abstention.UNRELATED),
        ("Who composed the opera Fidelio, and was its overture ignored?", Abstention.UNRELATED),
    ],
)
def test_few_words_of_which_one_is_a_heading_are_not_called_unrelated(
    library: Library, question: str, why: Abstention
) -> None:
    library.write("sync.md", "# Sync\n\n## Ignoring files\n\nPut patterns of names into the file `.syncskip`.\n")
    library.write("relay.md", "# Relay\n\n## Ports\n\nThe relay listens on port 22067 of the machine.\n")
    library.build()
    answer = library.answerer(threshold=1.0).answer(Asked(question))
    assert answer.abstention is why
    assert answer.closest


def test_an_answer_has_no_reason_for_its_absence(answerer: Answerer) -> None:
    answer = answerer.answer(Asked("When do quiet hours begin?"))
    assert answer.answered
    assert answer.abstention is None
    assert answer.language is None


def test_a_short_question_after_another_is_not_vague(answerer: Answerer, encoder: Encoder) -> None:
    strict = Answerer(answerer.generation, encoder, quotes=3, threshold=1.0)
    asked = Asked("And where is it?", (Turn("user", "Is there a laundry room?"),))
    assert strict.answer(asked).abstention is not Abstention.VAGUE


def test_the_stricter_the_surer_an_answer_has_to_be(answerer: Answerer, encoder: Encoder) -> None:
    levels = [
        Answerer(answerer.generation, encoder, quotes=3, threshold=strictness).threshold
        for strictness in (Strictness.EAGER, Strictness.BALANCED, Strictness.STRICT)
    ]
    assert levels == sorted(set(levels))
    assert answerer.threshold == levels[1]
