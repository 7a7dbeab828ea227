"""What is struck out in a PDF, as lines through its words tell."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

import pytest

from index.read.pdf.hyphens import joined
from index.read.pdf.page import Line
from index.read.pdf.struck import struck_out
from index.read.pdf.words import Box, Drawn, Style, Word


def _line(text: str, left: float = 50.0, bottom: float = 700.0) -> list[Word]:
    """Return the words of a line of a size of ten, each letter five points wide."""
    words: list[Word] = []
    for word in text.split():
        words.append(Word(word, left, bottom, left + 5 * len(word), bottom + 10, int(bottom), Style()))
        left = words[-1].right + 3
    return words


def _struck_out(words: list[Word], *boxes: Box, place: int = 1) -> tuple[list[Word], list[Box]]:
    """Strike out words by lines that are drawn at a place, after the words at place 0."""
    return struck_out(words, [Drawn(box, place) for box in boxes], {0: 0})


def _read(words: list[Word], *boxes: Box) -> str:
    lines = [list(line) for _, line in groupby(_struck_out(words, *boxes)[0], key=attrgetter("line"))]
    return "".join(
        text for text, _ in joined([Line(" ".join(word.text for word in line), 0, False) for line in lines], set())
    ).strip()


def test_words_with_a_line_through_them_are_marked() -> None:
    words = _line("A card costs five euros now.")
    box = (words[3].left, 704.2, words[4].right, 704.9)
    assert _read(words, box) == "A card costs ~~five euros~~ now."
    assert _struck_out(words, box)[1] == []


def test_each_sentence_is_marked_for_itself_over_the_ends_of_lines() -> None:
    words = _line("Dogs are free. Cats") + _line("pay half. Birds fly.", bottom=686)
    boxes = ((50, 704, words[3].right, 704), (50, 690, words[5].right, 690))
    assert _read(words, *boxes) == "~~Dogs are free.~~ ~~Cats pay half.~~ Birds fly."


@pytest.mark.parametrize(
    "box",
    [
        (50, 700.8, 120, 701.3),  # below
        (50, 709.5, 120, 709.9),  # above
        (20, 704, 400, 704.5),  # goes on, as the line of a table
        (50, 702, 120, 708),  # a bar
        (50, 704, 62, 704.5),  # through half of a word
    ],
)
def test_other_lines_mark_no_words(box: Box) -> None:
    words = _line("Cards cost money now")
    assert _struck_out(words, box) == (words, [box])
    brackets = _line("( )")
    assert _struck_out(brackets, (50, 704, 63, 704))[0] == brackets


def test_a_line_that_is_drawn_before_the_words_lies_behind_them() -> None:
    words = _line("A card costs")
    box = (50, 704, words[-1].right, 704)
    assert _struck_out(words, box, place=-1) == (words, [box])
    assert struck_out([word._replace(drawn=7) for word in words], [Drawn(box, 1)], {0: 0})[1] == [box]


def test_many_lines_beside_many_words_strike_out_nothing_in_no_time() -> None:
    words = [word._replace(line=at) for at in range(300) for word in _line("A card costs", left=50 + at)]
    boxes = [(50.0, 704.0, 5000.0, 704.5)] * 2000
    assert _struck_out(words, *boxes) == (words, boxes)
