"""What says a cited sentence again word for word."""

from __future__ import annotations

import pytest

from index.records import Quote
from index.support.checks import faults
from index.support.restated import restates
from index.support.support import Support


@pytest.mark.parametrize(
    ("statement", "cited"),
    [
        ("The pool is closed.", "The pool is closed."),
        ("The mill turns.", "The pool is closed. The mill turns."),
        ("On Monday, the pool is closed.", "The pool is closed on Monday."),
        ("The pool is closed on Monday.", "On Monday, the pool is closed."),
        ("If the lamp is red, ring the bell.", "Ring the bell if the lamp is red."),
        ("Ring the bell unless the lamp is red.", "Unless the lamp is red, ring the bell."),
        ("Before `relay init`, install Node 18.", "Install Node 18 before `relay init`."),
        ("The mill turns.", "The mill turns, and the miller sleeps."),
        ("At dawn, the mill turns.", "The mill turns at dawn because the river is high."),
        ("Between 7.1 and 7.2 the format changed.", "The format changed between 7.1 and 7.2."),
    ],
)
def test_what_is_moved_or_left_out_at_the_end_is_the_same(statement: str, cited: str) -> None:
    assert restates(statement, cited)
    assert faults(statement, [cited]) == []
    quote = Quote("a.md", "Guide", (), None, (1, 1), 0, len(cited), cited, None, 0.5)
    assert Support()(statement, [quote]) == 1.0


@pytest.mark.parametrize(
    ("statement", "cited"),
    [
        ("", "The pool is closed."),
        ("Dogs chase cats.", "Cats chase dogs."),
        ("From Tartu to Riga the bus runs.", "The bus runs from Riga to Tartu."),
        ("When the door opens the lamp glows.", "When the lamp glows the door opens."),
        ("On Friday the pool opens and the mill closes.", "The pool opens and the mill closes on Friday."),  # which?
        ("You need a card.", "You need a card, and only a red one."),
        ("You need a card.", "You need a card, and none if you pay."),
        ("You need a card.", "You need a card unless you pay."),
        ("The lamp costs one euro.", "The lamp costs one euro and fifty cents."),
        ("On Monday say that the pool is closed.", "Say that the pool is closed on Monday."),
        ("It is -5 degrees.", "It is 5 degrees."),
        ("Do not drink.", "Do not drink and drive."),
    ],
)
def test_what_says_something_else_is_not(statement: str, cited: str) -> None:
    assert not restates(statement, cited)
