"""What a terminal shows."""

from __future__ import annotations

import io
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.terminal.text import print_answer, shown
from index.records import Abstention, Answer, Quote


def _printed(answer: Answer, width: int = 60) -> str:
    console = Console(file=io.StringIO(), width=width)
    print_answer(answer, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def _answer(text: str, *, answered: bool) -> Answer:
    quote = Quote("a.md", "A title", ("Section",), None, (2, 2), 0, len(text), text, None, 0.9)
    quotes = (quote,)
    return Answer("?", quotes if answered else (), 0.85, answered, () if answered else quotes, "000001-0", 9.0)


def test_a_quote_is_set_off_and_whole() -> None:
    out = _printed(_answer("one two three " * 10 + "[bold]not markup[/bold]", answered=True))
    quoted = [line.removeprefix("▎ ") for line in out.splitlines() if line.startswith("▎ ")]
    assert " ".join(quoted).split() == ("one two three " * 10 + "[bold]not markup[/bold]").split()
    assert all(len(line) <= 60 for line in quoted)
    assert "confidence: very likely (85%)" in out


def test_one_empty_line_is_between_quotes_and_a_note_stands_below_its_quote() -> None:
    answer = _answer("one two three", answered=True)
    two = replace(answer, quotes=(answer.quotes[0], replace(answer.quotes[0], note="Ask at the desk.")))
    assert [line.strip() for line in _printed(two).splitlines()] == [
        "",
        "▎ one two three",
        "[1] A title › Section · a.md, line 2",
        "",
        "▎ one two three",
        "[2] A title › Section · a.md, line 2",
        "a note by a moderator: Ask at the desk.",
        "",
        "confidence: very likely (85%) · 9 ms",
        "",
    ]


def test_rows_of_a_table_stand_below_the_names_of_its_columns() -> None:
    answer = _answer("deleted | 0", answered=True)
    answer = replace(answer, quotes=(replace(answer.quotes[0], header="event | \x1b[1mretries"),))
    assert _printed(answer).splitlines()[1:3] == ["▎ event | [1mretries", "▎ deleted | 0"]


def test_no_answer_is_said_and_the_closest_passages_are_named_as_such() -> None:
    out = _printed(_answer("something near", answered=False))
    assert out.index("Not in the documents") < out.index("closest passages") < out.index("something near")


def test_what_the_documents_are_not_about_has_no_closest_passages() -> None:
    out = _printed(replace(_answer("something far", answered=False), abstention=Abstention.UNRELATED))
    assert "Not in the documents" in out
    assert "something far" not in out


@given(st.text())
def test_nothing_that_is_shown_can_steer_a_terminal(text: str) -> None:
    assert not {"\x1b", "\x07", "\x08", "\u202e", "\u2066"} & set(shown(text))


def test_letters_and_line_ends_are_shown_as_they_are() -> None:
    text = "Ærø 漢字 \u0645\u0631\u062d\u0628\u0627\n\tcode"
    assert shown(text) == text
