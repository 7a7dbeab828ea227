"""The card of what managers have taught: it fits, and lists every correction of its page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.cards.layout import MOST_TEXT, text_of
from bot.cards.library_card import Outcome, answers_card, outcome_card
from bot.cards.teaching_card import CORRECTIONS_ON_A_PAGE, CorrectionLine, CorrectionsPage


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


@given(st.text(), st.text(), st.integers(0, CORRECTIONS_ON_A_PAGE), st.integers(0, 10), st.integers(0, 30))
def test_it_fits_whatever_is_in_it(summary: str, answered: str, holding: int, ended: int, answers: int) -> None:
    page = CorrectionsPage(0, 2, holding, lines(holding, summary), lines(ended, summary))
    shown = answers_card([(f"answers/{number}.md", answered) for number in range(answers)], page)
    assert len(text_of(shown)) <= MOST_TEXT
