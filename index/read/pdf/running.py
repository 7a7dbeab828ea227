"""Running heads, feet, watermarks and page numbers: what stands at the same place on many pages of a PDF."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from statistics import median

from index.read.pdf.words import Box, Word

_MARGIN = 0.12  # of a page's height, at its top and at its bottom
_NUMBER_MARGIN = 0.2  # for a page number that stands alone
_WORDS_OF_A_NUMBER = 5  # "Page 3 of 12"
_OUTERMOST = 3  # lines at each edge that may be running ones
_SHARE = 0.5  # of the pages
_FEWEST = 3  # pages, where heads change with the chapter or from left to right
_STEP = 4.0  # points: places that are closer are the same
_FEWEST_CHANGES = 4  # pages with a line at one place, of which the words of most come again: the others run as well
_COMING_AGAIN = 0.6  # of these lines: the first lines of the text stand at one place, too, but none comes again
_APART = 1.8  # line heights from a head that changes to the text: its own lines are closer
_NO_WORDS = re.compile(r"[\W\d_]+")
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|p\.|seite|s\.|página|pagina|pág\.|strona|sida|side|страница|стр\.|第)\s*)?(?:#\W*)"
    r"(?:(?:of|von|de|di|sur|z|av|из|/|\|)?\s*#\W*)?(?:页|ページ)?\W*",
    re.IGNORECASE,
)
_Line = tuple[str, float, list[Word], bool]
"""A line at an edge: its text, how far it is from the lower edge, its words, and whether it stands apart."""


def without_running(pages: Sequence[list[Word]], boxes: Sequence[Box]) -> list[list[Word]]:
    """Return the words of each page without those of running heads and feet; `boxes` are the pages' own.

    A line that differs from page to page in its numbers alone goes where it is a page number, or no larger than the
    text: "Lesson 1" over a page stays. A head that changes with the chapter goes where the text says its words, too.
    """
    if len(pages) < 2:  # noqa: PLR2004 -- nothing runs on one page
        return list(pages)
    sizes = [word.height for page in pages for word in page]
    usual = median(sizes) if sizes else 0.0
    edges = [_edges(page, box) for page, box in zip(pages, boxes, strict=True)]
    places: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    for lines in edges:
        for text, place, *_ in lines:
            places[_key(text, place)][text] += 1
    running = {key for key, texts in places.items() if _runs(key[0], texts, len(pages))}
    changing = _changing(places, len(pages))
    others = _words_elsewhere(pages, edges, changing) if changing else frozenset()
    kept = []
    for page, lines in zip(pages, edges, strict=True):
        gone = {
            id(word)
            for text, place, words, apart in lines
            if (_near(running, text, place) or (apart and round(place / _STEP) in changing and _plain(text) in others))
            and (words[0].height <= 1.1 * usual or words[0].style.turned or _is_number(text))
            for word in words
        }
        kept.append([word for word in page if id(word) not in gone])
    return kept


def _edges(page: Sequence[Word], box: Box) -> list[_Line]:
    """Return the outermost lines of a page, and those that are turned, with how far each is from its lower edge."""
    lines: list[_Line] = []
    for _, group in groupby(page, key=lambda word: word.line):
        words = list(group)
        lines.append((" ".join(word.text for word in words), words[0].bottom - box[1], words, False))
    height = box[3] - box[1]
    turned = [line for line in lines if line[2][0].style.turned]
    lines = sorted((line for line in lines if not line[2][0].style.turned), key=lambda line: line[1])
    lines = [(*line[:3], _is_apart(lines, at)) for at, line in enumerate(lines)]
    low = [line for line in lines[:_OUTERMOST] if line[1] <= _margin(line[0]) * height]
    high = [line for line in lines[-_OUTERMOST:] if line[1] >= (1 - _margin(line[0])) * height and line not in low]
    return turned + low + high


def _is_apart(lines: Sequence[_Line], at: int) -> bool:
    """Tell whether a line stands apart from the next one farther from the edge, of lines from the foot to the head."""
    inwards = at + 1 if at < len(lines) / 2 else at - 1
    if not 0 <= inwards < len(lines):
        return False
    return abs(lines[at][1] - lines[inwards][1]) >= _APART * lines[at][2][0].height


def _changing(places: Mapping[tuple[str, int], Counter[str]], pages: int) -> set[int]:
    """Return the places of heads whose words change with the chapter, however few pages one of these has."""
    shapes: dict[int, list[int]] = defaultdict(list)
    for (_, place), texts in places.items():
        shapes[place].append(sum(texts.values()))
    return {
        place
        for place, counts in shapes.items()
        if sum(counts) >= max(_FEWEST_CHANGES, _SHARE * pages)
        and sum(count for count in counts if count > 1) >= _COMING_AGAIN * sum(counts)
    }


def _words_elsewhere(pages: Sequence[list[Word]], edges: Sequence[list[_Line]], changing: set[int]) -> frozenset[str]:
    """Return what lines say that stand elsewhere than heads that change: as the heading of a chapter does.

    What no other line says may be a day, a state or a letterhead, and is lost where it is taken for a head.
    """
    others: set[str] = set()
    for page, lines in zip(pages, edges, strict=True):
        heads = {id(words[0]) for _, place, words, _ in lines if round(place / _STEP) in changing}
        by_line = (list(group) for _, group in groupby(page, key=lambda word: word.line))
        others |= {_plain(" ".join(word.text for word in words)) for words in by_line if id(words[0]) not in heads}
    return frozenset(others - {""})


def _plain(text: str) -> str:
    """Return the words of a line, without its numbers."""
    return _NO_WORDS.sub(" ", text).strip().lower()


def _margin(text: str) -> float:
    return _NUMBER_MARGIN if _is_number(text) else _MARGIN


def _key(text: str, place: float) -> tuple[str, int]:
    return _DIGITS.sub("#", text), round(place / _STEP)


def _near(running: set[tuple[str, int]], text: str, place: float) -> bool:
    return any(_key(text, place + step) in running for step in (-_STEP, 0.0, _STEP))


def is_page_number(words: Sequence[Word], box: Box) -> bool:
    """Tell whether words are the number of a page and nothing else, at the head or foot of its box."""
    if not 0 < len(words) <= _WORDS_OF_A_NUMBER or not _is_number(" ".join(word.text for word in words)):
        return False
    margin = _NUMBER_MARGIN * (box[3] - box[1])
    return all(word.top <= box[1] + margin or word.bottom >= box[3] - margin for word in words)


def _is_number(text: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(_DIGITS.sub("#", text)))


def _runs(shape: str, texts: Counter[str], pages: int) -> bool:
    count = sum(texts.values())
    if count < max(2, min(_FEWEST, _SHARE * pages)):
        return False
    most = texts.most_common(1)[0][1]
    return (
        most >= max(2, min(_FEWEST, _SHARE * pages)) or bool(_PAGE_NUMBER.fullmatch(shape)) or count >= _SHARE * pages
    )
