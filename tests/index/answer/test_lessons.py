"""What people have taught leads answers to the same question, and is kept from others."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence

import pytest

from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.answer.blocks import LEAD
from index.answer.kept import KeptAnswers
from index.answer.lessons import CONFIDENCE, Stretch, Taught, stretch_of
from index.answer.wording import Wording, says_enough
from index.encode.encoder import Encoder
from index.records import Level
from index.store.base import Generation
from tests.index.conftest import Library

SAME = (
    ("How do I reset my key?", "how can I reset the key"),
    ("Which stop do I get off at for the museum?", "Which stop should I get off at for the museum?"),
    ("How much flour does the dough need?", "how much flour do I need for the dough"),
    ("When does the ferry leave?", "when does the ferry leave please"),
)
OTHER = (
    ("Which stop do I get off at for the museum?", "Which stop do I get off at for the harbour?"),
    ("How do I turn the heating on in winter?", "How do I turn the heating on in summer?"),
    ("When does the ferry leave?", "When does the ferry arrive?"),
    ("How do I move from 3.1 to 3.2?", "How do I move from 3.0 to 3.1?"),
    ("How do I add a tenant?", "How do I remove a tenant?"),
    ("How do I add a tenant?", "How do I add a tenant to the list of those who may park in the yard on Sundays?"),
)
MUSEUM = (
    "# Museum\n\nFor the museum get off at the stop that is called Museum. Which stop you get off at for the museum"
    " depends on the season.\n"
)
SAID = "Get off at the old mill, not at the stop that is named after it."
KEPT = (
    "---\ntitle: Which stop do I get off at for the museum?\nby: helpers\n---\n\n"
    f"## Said by helpers, 3 May 2026\n\n{SAID}\n"
)


@pytest.mark.parametrize(("question", "other"), SAME)
def test_the_same_question_in_other_words_is_known_again(encoder: Encoder, question: str, other: str) -> None:
    assert is_same(encoder, question, other)
    assert is_same(encoder, other, question)


@pytest.mark.parametrize(("question", "other"), OTHER)
def test_a_question_that_differs_in_a_word_that_matters_is_another(encoder: Encoder, question: str, other: str) -> None:
    assert not is_same(encoder, question, other)
    assert not is_same(encoder, other, question)


def is_same(encoder: Encoder, question: str, other: str) -> bool:
    first, second = encoder.questions([question, other])
    return Wording(question, first, ("en",)).is_same(other, float(first @ second))


def test_a_follow_up_says_too_little() -> None:
    assert not says_enough("and on Sundays?", ["en"])
    assert says_enough("When does the ferry leave on Sundays?", ["en"])


class Fixed:
    """Says the same of each question."""

    def __init__(self, *leads: Stretch, blocked: Sequence[Stretch] = ()) -> None:
        self._taught = Taught(leads, tuple(blocked))

    def taught(self, question: Wording, generation: Generation) -> Taught:  # noqa: ARG002
        return self._taught

    def note_on(self, stretch: Stretch, generation: Generation) -> str:  # noqa: ARG002
        return "since March" if stretch.source == "rover.txt" else ""


SLEEP = "How long do cats sleep each day?"


@pytest.fixture
def taught(built: Library, encoder: Encoder) -> Iterator[Answerer]:
    generation = built.shelf.open()
    text = generation.catalogue.document("rover.txt").text
    start = text.index("It carries")
    lead = Stretch("rover.txt", start, text.index(".", start) + 1)
    yield Answerer(generation, encoder, quotes=3, threshold=None, lessons=Fixed(lead))
    generation.close()


def test_what_was_chosen_leads_is_sure_and_has_its_note(taught: Answerer) -> None:
    answer = taught.answer(Asked(SLEEP))
    assert [quote.source for quote in answer.quotes[:2]] == ["rover.txt", "animals/cats.md"]
    assert answer.quotes[0].text == "It carries seven instruments."
    assert (answer.level, answer.confidence >= CONFIDENCE) == (Level.SURE, True)
    assert [quote.note for quote in answer.quotes[:2]] == ["since March", ""]
    nonsense = taught.answer(Asked("Who won the football world cup in 1954?"))
    assert nonsense.answered


def test_what_was_chosen_is_kept_from_those_who_may_not_see_it(taught: Answerer) -> None:
    seen = frozenset({"animals/cats.md"})
    for asked in (Asked(SLEEP, seen=seen), Asked(SLEEP, scope=seen)):
        assert {quote.source for quote in taught.answer(asked).quotes} == seen


def test_what_is_blocked_is_not_quoted_nor_offered_as_close(built: Library, encoder: Encoder) -> None:
    generation = built.shelf.open()
    text = generation.catalogue.document("animals/cats.md").text
    start = text.index("Cats sleep")
    blocked = Stretch("animals/cats.md", start, text.index(".", start) + 1)
    answer = Answerer(generation, encoder, quotes=3, threshold=None, lessons=Fixed(blocked=[blocked])).answer(
        Asked(SLEEP)
    )
    assert all("sixteen hours" not in quote.text for quote in (*answer.quotes, *answer.closest))
    generation.close()


def test_a_sentence_next_to_what_is_blocked_is_quoted_without_it(built: Library, encoder: Encoder) -> None:
    generation = built.shelf.open()
    text = generation.catalogue.document("animals/cats.md").text
    row = "Maine Coon | 8 kilograms"
    blocked = Stretch("animals/cats.md", text.index(row), text.index(row) + len(row))
    asked = Asked("Which food is poisonous to cats?")
    free = Answerer(generation, encoder, quotes=3, threshold=None).answer(asked)
    taught = Answerer(generation, encoder, quotes=3, threshold=None, lessons=Fixed(blocked=[blocked])).answer(asked)
    assert row in free.quotes[0].text
    assert "Chocolate is poisonous to cats." in taught.quotes[0].text
    assert not any(row in quote.text for quote in taught.quotes)
    generation.close()


class OfOneQuestion(Fixed):
    """Says something of one question only."""

    def __init__(self, question: str, blocked: Stretch) -> None:
        super().__init__(blocked=[blocked])
        self._question = question

    def taught(self, question: Wording, generation: Generation) -> Taught:
        return super().taught(question, generation) if question.text == self._question else Taught()


def test_what_is_blocked_for_the_question_in_a_message_is_so_for_the_message(built: Library, encoder: Encoder) -> None:
    generation = built.shelf.open()
    question = "Which colour do your neighbours like?"
    asked = Asked(f"Mine snores on the sofa and does nothing. I worry how many hours cats sleep each day. {question}")
    lead, *_ = Answerer(generation, encoder, quotes=3, threshold=0.0).answer(asked).quotes
    assert "sixteen hours" in lead.text, "the message is looked at as a whole"
    lessons = OfOneQuestion(question, stretch_of(lead))
    answer = Answerer(generation, encoder, quotes=3, threshold=0.0, lessons=lessons).answer(asked)
    assert not any("sixteen hours" in quote.text for quote in answer.quotes)
    generation.close()


def test_a_document_that_is_only_called_so_is_no_kept_answer(library: Library, encoder: Encoder) -> None:
    library.write("answers/step-2.md", "# How much is a ticket?\n\nSee the notice at the stop.\n")
    library.write("tickets.md", "# Tickets\n\nA ticket is two euros.\n")
    library.build()
    answer = Answerer(library.shelf.open(), encoder, quotes=3, threshold=None).answer(Asked("How much is a ticket?"))
    assert answer.quotes[0].text == "A ticket is two euros."


@pytest.mark.parametrize("part", ["Any ideas?", "Can anyone help?", "Is there more?", "And why?", "Who runs it?"])
def test_a_kept_answer_does_not_lead_where_only_a_part_of_its_title_is_asked(
    library: Library, encoder: Encoder, part: str
) -> None:
    """A part alone may ask for anything."""
    question = "Which stop do I get off at for the museum?"
    title = f"{question} {part}"
    library.write("answers/which-stop-1576474519881646080.md", KEPT.replace(question, f'"{title}"'))
    library.build()
    with contextlib.closing(library.shelf.open()) as generation:
        kept = KeptAnswers(generation, encoder)
        asked = {text: Wording(text, encoder.questions([text])[0], ("en",)) for text in (title, part)}
        assert [len(kept.leads(wording, None)) for wording in asked.values()] == [1, 0]


def test_a_kept_answer_leads_where_its_question_is_asked(library: Library, encoder: Encoder) -> None:
    long = "\n\n".join(f"Paragraph {number} says something else about the mill and the museum." for number in range(40))
    ticket = KEPT.replace("Which stop do I get off at for the museum?", "How much is a ticket?").replace(SAID, long)
    library.write("answers/which-stop-1576474519881646080.md", KEPT)
    library.write("answers/how-much-1576474519881646081.md", ticket)
    library.write("museum.md", MUSEUM)
    library.build()
    generation = library.shelf.open()
    answerer = Answerer(generation, encoder, quotes=3, threshold=None)
    for question in ("Which stop do I get off at for the museum?", "which stop should i get off for the museum"):
        answer = answerer.answer(Asked(question))
        assert answer.quotes[0].text == SAID
        assert answer.quotes[0].section == ("Said by helpers, 3 May 2026",)
        assert answer.quotes[1].source == "museum.md"
    other = answerer.answer(Asked("Which stop do I get off at for the harbour?"))
    assert other.level is not Level.SURE or other.quotes[0].text != SAID
    about_ticket = answerer.answer(Asked("How much is a ticket?"))
    assert about_ticket.quotes[0].source == "answers/how-much-1576474519881646081.md"
    assert 500 < len(about_ticket.quotes[0].text) <= LEAD
    hidden = answerer.answer(Asked("How much is a ticket?", seen=frozenset({"museum.md"})))
    assert {quote.source for quote in (*hidden.quotes, *hidden.closest)} <= {"museum.md"}
    generation.close()
