"""Figures in words."""

from __future__ import annotations

import pytest

from bot import phrasing
from index.records import Abstention, Answer, Quote


def _quote(source: str, page: int | None = None, lines: tuple[int, int] = (3, 3)) -> Quote:
    return Quote(source, "Title", (), page, lines, 0, 1, "x", None, 1.0)


@pytest.mark.parametrize(
    ("value", "word"), [(1.0, "very likely"), (0.8, "very likely"), (0.5, "perhaps"), (0, "unlikely")]
)
def test_confidence(value: float, word: str) -> None:
    assert phrasing.confidence(value) == word


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        (_quote("a.md"), "line 3"),
        (_quote("a.md", lines=(3, 5)), "lines 3 to 5"),
        (_quote("a.pdf", page=2), "page 2"),
        (_quote("a.docx"), ""),
        (_quote("a.html"), "line 3"),
        (_quote("a.html", lines=(1, 1)), ""),
        (_quote("a.xhtml", lines=(1, 1)), ""),
        (_quote("a.md", lines=(1, 1)), "line 1"),
    ],
)
def test_a_place_is_told_as_the_author_of_the_file_knows_it(quote: Quote, words: str) -> None:
    assert phrasing.place(quote) == words


@pytest.mark.parametrize(("seconds", "words"), [(0.4, "0 s"), (59.4, "59 s"), (61, "1 min 1 s"), (7380, "2 h 3 min")])
def test_durations(seconds: float, words: str) -> None:
    assert phrasing.duration(seconds) == words


def test_counts() -> None:
    assert (phrasing.count(1, "passage"), phrasing.count(1200, "passage")) == ("1 passage", "1,200 passages")


@pytest.mark.parametrize(
    ("abstention", "language", "words"),
    [
        (Abstention.UNRELATED, None, "Nothing in them seems to be about this."),
        (Abstention.UNANSWERED, None, "as far as I can tell."),
        (Abstention.VAGUE, None, "Name the thing"),
        (Abstention.LANGUAGE, "German", "not in German"),
    ],
)
def test_each_kind_of_no_is_told_in_its_own_words(abstention: Abstention, language: str | None, words: str) -> None:
    answer = Answer("?", (), 0.1, False, (), "000001-0", 9.0, abstention, language)
    assert words in " ".join(phrasing.abstained(answer))
