"""The card of what managers have taught: it fits, and lists every correction of its page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.cards.layout import MOST_TEXT, text_of
from bot.cards.library_card import Outcome, answers_card, fetched_card, outcome_card
from bot.cards.status_card import report_card
from bot.cards.teaching_card import CORRECTIONS_ON_A_PAGE, CorrectionLine, CorrectionsPage
from bot.handlers.taking_in import _read_as
from bot.public_errors import public_words
from index.build.builder import BuildReport
from index.errors import LibraryError
from index.library.connectors.state import Failure, State
from index.records import LeftOut
from index.store.values import Source


def lines(count: int, summary: str) -> list[CorrectionLine]:
    return [CorrectionLine(number, f"{number}: {summary}", "made on 2026-01-02 by mod") for number in range(count)]


def test_every_correction_of_a_page_is_listed_beside_many_answers_and_a_long_history() -> None:
    summary = "“When does the ferry to the island leave in winter?”: a passage of timetables/ferry.md answers it"
    holding = lines(CORRECTIONS_ON_A_PAGE, summary)
    page = CorrectionsPage(0, 3, 20, holding, lines(10, "over and done with, as the text has changed meanwhile"))
    answers = [(f"answers/{number}.md", "A question that was asked often, and its answer") for number in range(60)]
    shown = text_of(answers_card(answers, page))
    assert all(line.summary in shown.replace("\\", "") for line in holding)
    assert "more" in shown
    assert "page 1 of 3" in shown


def test_a_file_is_named_once_and_endings_stand_as_code() -> None:
    refused = Outcome("pool.exe", "pool.exe is not taken: `.exe` files are not read.", failed=True)
    shown = text_of(outcome_card("Nothing was added", [refused], added=True))
    assert shown == "**Nothing was added**\n- pool.exe: is not taken: `.exe` files are not read."


def test_names_and_titles_keep_their_signs() -> None:
    source = Source(1, "notes/args.md", "The *args* parameter and `.env`", None, (("Once",), ("Twice",)))
    read = Outcome("notes/args.md", _read_as(source), "notes/args.md")
    error = LibraryError("{name} is not taken: {kind} files are not read.", name="my *final* b.exe", kind=".exe")
    refused = Outcome("my *final* b.exe", public_words(error), failed=True)
    assert text_of(outcome_card("Added", [read, refused], added=True)).splitlines()[1:] == [
        r"- notes/args.md: was read as “The \*args\* parameter and \`.env\`”, with 2 sections. Ask about it now.",
        r"- my \*final\* b.exe: is not taken: .exe files are not read.",
    ]
    state = State(ended="2026-01-02T03:04:05+00:00", failures=(Failure(name="a *b* c.md", reason="holds no text"),))
    assert r"a \*b\* c.md: holds no text" in text_of(fetched_card("Refreshed", [("handbook", state)], ""))


def test_names_of_what_was_left_out_keep_their_signs() -> None:
    missed = [LeftOut("my *final* draft.pdf", "is empty"), LeftOut("dir/`.env`.md", "is damaged")]
    shown = text_of(report_card(BuildReport("0001-a", True, 0, 0, 0, (), (), (), tuple(missed), 1.0)))
    assert r"- my \*final\* draft.pdf: is empty" in shown
    assert r"- dir/\`.env\`.md: is damaged" in shown


@given(st.text(), st.text(), st.integers(0, CORRECTIONS_ON_A_PAGE), st.integers(0, 10), st.integers(0, 30))
def test_it_fits_whatever_is_in_it(summary: str, answered: str, holding: int, ended: int, answers: int) -> None:
    page = CorrectionsPage(0, 2, holding, lines(holding, summary), lines(ended, summary))
    shown = answers_card([(f"answers/{number}.md", answered) for number in range(answers)], page)
    assert len(text_of(shown)) <= MOST_TEXT
