"""What helps is called sure where meaning, words and names all point to one section."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.answer.asked import Asked
from index.encode.encoder import Encoder
from index.records import Level, Turn
from index.store.disk.shelf import Shelf
from tests.index.conftest import Library

_FORWARD = "Forward port 25565 of your router to the machine that the server runs on."
_QUESTION = "how do i forward the port on my router?"


@pytest.fixture
def guide(tmp_path: Path, encoder: Encoder) -> Library:
    library = Library(tmp_path / "documents", Shelf(tmp_path / "data"), encoder)
    library.write(
        "guide.md",
        "# Server guide\n\n"
        f"## Opening the port\n\n{_FORWARD}\n\n"
        "## Making a backup\n\nRun save-all, then copy the folder of the world into backups.\n\n"
        "## Upgrading\n\nPut the new jar into the folder of the server and restart it.\n",
    )
    library.build()
    return library


def test_a_section_that_all_ways_of_ranking_put_first_is_sure(guide: Library) -> None:
    answer = guide.ask(_QUESTION)
    assert answer.quotes[0].text == _FORWARD
    assert answer.is_block
    assert answer.level is Level.SURE


def test_where_another_section_is_ahead_by_its_words_it_is_probable(guide: Library) -> None:
    guide.write(
        "old/notes.md",
        "# Notes\n\n## Diary\n\nHow do I forward the port on my router? The port on my router is forward, it said.\n",
    )
    guide.build()
    answer = guide.ask(_QUESTION)
    assert answer.is_block
    assert answer.level is not Level.SURE


def test_what_was_asked_before_has_no_say_in_what_a_section_is_called(guide: Library) -> None:
    before = (Turn("user", "How do I make a backup?"), Turn("agent", "Run save-all, then copy the folder."))
    answerer = guide.answerer()
    answer = answerer.answer(Asked(_QUESTION, history=before))
    answerer.generation.close()
    assert answer.quotes[0].text == _FORWARD
    assert answer.level is Level.SURE


def test_a_section_that_is_called_as_the_question_is_sure(guide: Library) -> None:
    answerer = guide.answerer()
    answer = answerer.answer(Asked("Opening the port"))
    answerer.generation.close()
    assert answer.quotes[0].text == _FORWARD
    assert answer.level is Level.SURE


def test_what_nobody_may_see_has_no_say(guide: Library) -> None:
    open_ones = guide.ask(_QUESTION)
    guide.write("staff/restore.md", f"# Forward the port on my router\n\n{_FORWARD}\n")
    guide.build()
    answerer = guide.answerer()
    answer = answerer.answer(Asked(open_ones.question, seen=frozenset({"guide.md"})))
    answerer.generation.close()
    assert (answer.level, answer.confidence) == (open_ones.level, pytest.approx(open_ones.confidence, abs=1e-5))


def test_a_heading_that_two_sections_have_makes_neither_sure(guide: Library) -> None:
    guide.write("old/ports.md", "# Old guide\n\n## Opening the port\n\nAsk your provider to open the port for you.\n")
    guide.build()
    answer = guide.ask("Opening the port")
    assert answer.is_block
    assert answer.level is not Level.SURE
