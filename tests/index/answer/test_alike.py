"""Quotes that say nearly the same."""

from __future__ import annotations

import pytest

from index.answer.alike import edition, grouped, place_of
from index.records import Quote

_SAID = "The vault keeps copies of the world for seven days and then removes them one by one."


def _quote(source: str, text: str = _SAID) -> Quote:
    return Quote(source, "Vault", (), None, (1, 1), 0, len(text), text, None, 1.0)


def test_the_newest_of_several_versions_stands_for_all() -> None:
    quotes = [
        _quote("1.9/vault.md"),
        _quote("1.10/vault.md"),
        _quote("other.md", "Something else."),
        _quote("1.2/vault.md"),
    ]
    assert grouped(quotes, "Where are copies kept?") == [[1, 0, 3], [2]]


@pytest.mark.parametrize(("asked", "first"), [("in 1.2 please", 1), ("since v1.9", 0)])
def test_a_version_that_is_asked_for_comes_first(asked: str, first: int) -> None:
    assert grouped([_quote("1.9/vault.md"), _quote("1.2/vault.md")], asked)[0][0] == first


def test_texts_that_differ_in_a_number_of_words_stand_for_themselves() -> None:
    other = "The vault keeps a log of the world for seven years, and nobody may ever remove it."
    assert grouped([_quote("a.md"), _quote("b.md", other)], "") == [[0], [1]]


def test_the_figure_of_one_company_is_not_that_of_another_but_a_newer_version_replaces_the_older() -> None:
    said = "Total revenue came to {} million euros in the year, after a quiet start and a busy end.".format
    reports = [_quote("reports/calder-2022.md", said(52)), _quote("reports/pelham-2022.md", said(25))]
    assert grouped(reports, "What was the revenue of Calder?") == [[0], [1]]
    versions = [_quote("docs/2021/report.md", said(52)), _quote("docs/2022/report.md", said(25))]
    assert grouped(versions, "What was the revenue?") == [[1, 0]]
    copied = [_quote(source, said(52)) for source in ("copy/report-2022.md", "docs/report-2022.md")]
    assert grouped([*copied, _quote("docs/report-2023.md", said(25))], "What was the revenue?") == [[2, 0, 1]]


@pytest.mark.parametrize(
    ("one", "other"), [("5.2", "2.5"), ("Q3", "Q4"), ("fifty", "ninety"), ("-52", "52"), ("1:30", "1:45")]
)
def test_figures_are_compared_as_they_are_written(one: str, other: str) -> None:
    said = "Total revenue came to {} million euros in the year, after a quiet start and a busy end.".format
    assert grouped([_quote("calder.md", said(one)), _quote("pelham.md", said(other))], "") == [[0], [1]]
    assert grouped([_quote("plans.md", said(one)), _quote("plans.md", said(other))], "") == [[0], [1]]


def test_versions_in_the_front_matter_stand_for_each_other_whatever_their_figures() -> None:
    said = "The vault keeps copies of the world for {} days and then removes them one by one.".format
    quotes = [_quote("old/vault.md", said(7)), _quote("new/vault.md", said(14))]
    assert grouped(quotes, "", [("2.4", None), ("2.10", None)]) == [[1, 0]]
    assert grouped(quotes, "") == [[0], [1]]


def test_a_number_that_is_said_twice_makes_nothing_newer() -> None:
    twice = edition("pelham-2022.md", "Annual report 2022", (), None, None)
    assert twice.newness == edition("pelham-2022.md", "Annual report", (), None, None).newness
    days = [edition(f"notes/2024/05/{day:02}.md", "Notes", (), None, None).newness for day in (4, 5, 6)]
    assert days == sorted(days)


def test_of_copies_without_numbers_the_one_changed_last_comes_first() -> None:
    quotes = [_quote("a/vault.md"), _quote("b/vault.md"), _quote("c/vault.md")]
    editions = [(None, "2021-05-01"), (None, "2024-01-09"), (None, None)]
    assert grouped(quotes, "Where are copies kept?", editions) == [[1, 0, 2]]


def test_numbers_go_before_days_and_what_is_current_before_numbers() -> None:
    quotes = [_quote("1.9/vault.md"), _quote("1.10/vault.md"), _quote("latest/vault.md"), _quote("vault.md")]
    editions = [(None, "2024-01-09"), (None, "2021-05-01"), (None, None), (None, None)]
    assert grouped(quotes, "", editions) == [[2, 3, 1, 0]]


def test_a_version_in_the_front_matter_counts_as_one_in_the_path() -> None:
    quotes = [_quote("a/vault.md"), _quote("b/vault.md")]
    assert grouped(quotes, "", [("2.4", None), ("2.10", None)]) == [[1, 0]]
    assert grouped(quotes, "in 2.4", [("2.4", None), ("2.10", None)]) == [[0, 1]]


@pytest.mark.parametrize(
    ("source", "same"),
    [
        ("docs/1.18/vault.md", True),
        ("versioned_docs/version-1.18/vault.md", True),
        ("docs/vault.md", True),
        ("latest/vault.md", True),
        ("v2/vault.md", True),
        ("admin/vault.md", False),
        ("docs/1.18/cellar.md", False),
    ],
)
def test_versions_of_a_page_are_called_the_same_but_for_numbers(source: str, *, same: bool) -> None:
    assert (place_of(source, "Vault", ()) == place_of("docs/1.20/vault.md", "Vault", ())) is same
