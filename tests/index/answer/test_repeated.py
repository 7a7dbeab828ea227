"""What a question repeats word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.answer.repeated import Repeated
from index.encode.encoder import Encoder
from index.store.disk.shelf import Shelf
from tests.index.conftest import Library

ASKED = (
    "hi! my friends cannot join the harbour server through the gate, they are thrown out right away and are told "
    "'The ferry has left with another key'"
)


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Library:
    """A page on how to join, and one that quotes the message that is seen, in few other words of the question."""
    folder: Path = tmp_path_factory.mktemp("harbour")
    library = Library(folder / "documents", Shelf(folder / "data"), encoder)
    library.write(
        "gate.md",
        "# The gate\n\n## Set up the gate\n\nThrough the gate friends join the server of the harbour. Set it up before "
        "they try: open its window, and name the server there.\n\n## Where friends join\n\nFriends cannot join the "
        "server of the harbour right away: they are led to the gate.\n",
    )
    library.write(
        "messages.md",
        "# Messages\n\n## Signs\n\n> The ferry has left with another key!\n\nPut the same secret into both files, and "
        "start them anew.\n\n## Lamps\n\nA red lamp tells of low oil.\n",
    )
    library.build()
    return library


def test_the_section_that_quotes_a_pasted_message_leads(harbour: Library) -> None:
    answer = harbour.ask(ASKED)
    lead = (answer.quotes or answer.closest)[0]
    assert lead.section == ("Signs",)
    assert "the same secret" in lead.text


def test_the_same_question_without_the_message_is_led_by_what_it_is_about(harbour: Library) -> None:
    answer = harbour.ask(ASKED.replace("'The ferry has left with another key'", "'no'"))
    assert (answer.quotes or answer.closest)[0].source == "gate.md"


@pytest.mark.parametrize(
    "question",
    [
        "error: the ferry, has left (with another KEY",
        "it says\n`The ferry has left with another key.`\nwhat now?",
    ],
)
def test_six_words_in_a_row_are_found_whatever_stands_between_them(question: str) -> None:
    assert Repeated.of(question, "en").are_in("It says: The ferry has left -- with another key! Wait.")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("the ferry has left with a key", "The ferry has left with another key."),
        ("if you do not have it with you now", "If you do not have it with you, wait."),
        ("listening on 127.0.0.1:80 and 10.0.0.1", "It listens on 127.0.0.1:80 and 10.0.0.1 at once."),
        ("the ferry left", "The ferry left."),
    ],
)
def test_fewer_words_and_words_that_say_little_are_no_message(question: str, text: str) -> None:
    assert not Repeated.of(question, "en").are_in(text)


@pytest.mark.parametrize(
    "said",
    [
        "please make sure you are using the latest version before you report a bug",
        "I'm not sure if this is the right place to ask questions",
        "thanks in advance for any help you can give us",
        "bitte prüfe zuerst ob die neueste Version installiert ist",
    ],
)
def test_what_forms_and_rules_say_is_no_message_of_a_program(said: str) -> None:
    assert not Repeated.of(f"{said}. The map does not load.", "en").are_in(f"Rules: {said}!")


@pytest.mark.parametrize(
    ("question", "can_be"),
    [("the ferry has left with another key", True), ("when does the ferry leave?", False), ("1 2 3 4 5 6 7", False)],
)
def test_no_passage_is_read_for_a_question_of_few_words(question: str, *, can_be: bool) -> None:
    assert Repeated.of(question, "en").can_be is can_be


def test_words_are_not_found_inside_of_others() -> None:
    assert not Repeated.of("ferry has left with another key", "en").are_in("deferry has left with another keys")
