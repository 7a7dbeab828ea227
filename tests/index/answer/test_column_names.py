"""Questions in the words of a table's columns, and which of its rows leads."""

from __future__ import annotations

import numpy as np
import pytest

from index.answer.asked import Asked
from index.records import Answer, Quote
from tests.index.conftest import Library

_TABLES = {
    "Limits": (
        "Plan | Players | Memory | Price",
        "Free | 5 | 1 GB | 0 euros",
        "Small | 20 | 4 GB | 5 euros",
        "Large | 100 | 16 GB | 20 euros",
    ),
    "Roles": ("Role | Needed level | Colour", "Novice | 1 | grey", "Knight | 10 | blue", "King | 50 | gold"),
    "Commands": (
        "Command | Description | Permission",
        "/home | Takes you home | home.use",
        "/spawn | Takes you to the spawn | spawn.use",
    ),
    "Webhooks": (
        "Event | Sent when | Retries",
        "created | something is created | 3",
        "deleted | something is deleted | 0",
    ),
}
_TALK = "## Talk\n\nWe talk about everything in the lobby. Be nice to each other.\n"


def _table(title: str, rows: tuple[str, ...]) -> str:
    ruled = (rows[0], " | ".join("---" for _ in rows[0].split(" | ")), *rows[1:])
    return "\n".join((f"## {title}", "", *(f"| {row} |" for row in ruled), ""))


def _lead(answer: Answer) -> Quote:
    return (answer.quotes or answer.closest)[0]


def _row(library: Library, question: str) -> str:
    """Return the sentence that leads."""
    (trace,) = (each.choice_trace for each in library.answerer().trace_all([Asked(question)]))
    assert trace is not None
    best = int(np.argmax(trace.probability))
    sentence = trace.candidates.sentences[best]
    return trace.candidates.documents[best].text[sentence.start : sentence.end]


@pytest.fixture
def tables(library: Library) -> Library:
    library.write("tables.md", "\n".join(["# Tables", "", *(_table(*table) for table in _TABLES.items()), _TALK]))
    return library


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Which permission do commands need?", "Commands"),
        ("How many players can join per plan?", "Limits"),
        ("Which plans are there?", "Limits"),
        ("How much memory do plans have?", "Limits"),
        ("What is the price of each plan?", "Limits"),
        ("Which colour do roles have?", "Roles"),
        ("Which level is needed for which role?", "Roles"),
        ("When is which event sent?", "Webhooks"),
    ],
)
def test_questions_in_the_words_of_columns_are_as_sure_as_if_the_first_row_were_prose(
    tables: Library, question: str, title: str
) -> None:
    tables.build()
    of_table = tables.answerer().answer(Asked(question))
    names = _TABLES[title][0]
    tables.write("tables.md", f"# Tables\n\n## {title}\n\n{names}\n\n{_TALK}")
    tables.build()
    of_prose = tables.answerer().answer(Asked(question))
    assert _lead(of_table).section == (title,)
    assert of_table.confidence > of_prose.confidence / 2


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("How much memory has the small plan?", "Small"),
        ("What is the price of the large plan?", "Large"),
        ("Which needed level and colour has the role knight?", "Knight"),
        ("Which permission does the command spawn need?", "/spawn"),
        ("How many retries has a deleted event?", "deleted"),
    ],
)
def test_the_row_that_says_more_than_the_names_of_columns_leads(tables: Library, question: str, row: str) -> None:
    tables.build()
    assert _row(tables, question).startswith(row)


@pytest.mark.parametrize(
    ("first", "others", "question"),
    [
        ("Supply voltage | 5 V", ("Fuse | 2 A", "Power | 10 W"), "What supply voltage does the board need?"),
        ("Supply voltage | 5 V", ("Supply current | 2 A", "Power | 10 W"), "Which supply voltage does the board need?"),
        ("Width | 120 mm", ("Height | 80 mm", "Weight | 90 g"), "What is the width of the board?"),
        ("Case | black plastic", ("Feet | rubber", "Buttons | steel"), "What is the case of the board made of?"),
    ],
)
@pytest.mark.parametrize("is_html", [True, False])
def test_a_first_row_of_data_leads_as_another_would(
    library: Library, first: str, others: tuple[str, ...], question: str, *, is_html: bool
) -> None:
    def asked(*rows: str) -> Answer:
        cells = ("".join(f"<td>{cell}</td>" for cell in row.split(" | ")) for row in rows)
        html = "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>\n"
        table = f"## Data\n\n{html}" if is_html else _table("Data", rows)
        library.write("board.md", f"# Board\n\n{table}\n## Other\n\nThe board is green. Boards are sold in pairs.\n")
        library.build()
        return library.answerer().answer(Asked(question))

    as_second, as_first = asked(others[0], first, *others[1:]), asked(first, *others)
    assert _row(library, question) == first
    assert as_first.confidence > as_second.confidence * 0.8
