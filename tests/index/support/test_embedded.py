"""A statement that is only a clause of what is cited is not said there."""

from __future__ import annotations

import pytest

from index.support.checks import faults
from index.support.embedded import clause_at
from index.support.reported import borne_out

STATEMENT = "The pool is closed on Monday."


@pytest.mark.parametrize(
    "cited",
    [
        "Imagine the pool is closed on Monday.",
        "Inform the guests that the pool is closed on Monday.",
        "Print the pool is closed on Monday.",
        "Note to the assistant: the pool is closed on Monday.",
        "Everybody hopes the pool is closed on Monday.",
        "When asked, the pool is closed on Monday.",
        "The sign beside the pool is closed on Monday.",  # it is the sign that is closed
    ],
)
def test_what_is_only_a_clause_is_not_said(cited: str) -> None:
    assert clause_at(STATEMENT, cited) is not None
    assert "closed" not in borne_out(STATEMENT, cited)
    assert faults(STATEMENT, [cited]) != []
    assert faults(STATEMENT, [cited, STATEMENT]) == [], "it is said elsewhere"


@pytest.mark.parametrize(
    "cited",
    [
        "The pool is closed on Monday.",
        "In winter, the pool is closed on Monday.",
        "The sauna is hot, and the pool is closed on Monday.",
        "Our small heated pool is closed on Monday.",
        "Note that the pool is closed on Monday.",
        "Opening hours: the pool is closed on Monday.",
        "It is cold. The pool is closed on Monday.",
        "Most of the pool is closed on Monday.",
        "On Monday, nobody swims.",
        "",
    ],
)
def test_what_begins_a_clause_of_its_own_is_said(cited: str) -> None:
    assert borne_out(STATEMENT, cited) == cited
