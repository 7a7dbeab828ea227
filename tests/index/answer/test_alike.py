"""Quotes that say nearly the same."""

from __future__ import annotations

import pytest

from index.answer.alike import grouped
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
