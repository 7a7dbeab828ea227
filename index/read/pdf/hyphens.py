"""Words that a line's end has broken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from index.read.draft import Fragment
from index.read.pdf.page import Line

_WORD = re.compile(r"\w+(?:-\w+)*")
_FIRST_PARTS = frozenset(
    """
    all anti by co cross double eight eighty ex far fifty first five forty four free full go good half hand hard head
    high higher home ill in in-depth just large last late left light long longer low lower mid multi near nine ninety no
    non north off old on one open over part post pre quasi ready real re right second self semi seven seventy short
    single six sixty small so south step sub ten third thirty three time top tri twenty two ultra un under up user
    vice well wide win zero
    """.split()  # noqa: SIM905 -- a list of words is read as prose
)
"""English words that begin a compound with a hyphen more often than they are broken there."""

_GERMAN_AND = frozenset(["und", "oder", "sowie", "bzw"])
_ENGLISH_AND = frozenset(["and", "or"])
"""Words before which a hyphen stands for the rest of a word that follows: "pre- and post-war"."""

_COUNTED = re.compile(r"\d-$")


def _hyphen_after_digit(below: str) -> str:
    """Return what stands between a number with a hyphen, which PDFium takes for no broken word, and the next line."""
    first = _WORD.match(below)
    return " " if first is not None and first[0].lower() in _GERMAN_AND | _ENGLISH_AND else ""


def whole_words(lines: Iterable[Line]) -> set[str]:
    """Return the words of lines in small letters, without the halves of those that a line's end breaks."""
    words: set[str] = set()
    broken = False
    for line in lines:
        line_words = _WORD.findall(line.text.lower())
        words.update(line_words[broken : len(line_words) - line.broken])
        broken = line.broken
    return words


def joined(lines: Sequence[Line], words: set[str]) -> Iterator[Fragment]:
    """Yield the text of lines; `words` are those of the document, in small letters."""
    for line, below in zip(lines, [*lines[1:], None], strict=True):
        if below is not None and not line.broken and _COUNTED.search(line.text) and below.text[:1].isalnum():
            yield line.text + _hyphen_after_digit(below.text), line.number
        elif below is None or not line.broken:
            yield line.text + ("-" if line.broken else " "), line.number
        else:
            yield line.text + _hyphen(line.text, below.text, words), line.number


def _hyphen(above: str, below: str, words: set[str]) -> str:
    """Return the hyphen where it is one of the word's own, as far as the document and the word itself tell."""
    left, right = _WORD.findall(above), _WORD.findall(below)
    if not left or not right:
        return "-"
    first, second = left[-1].lower(), right[0].lower()
    if first + second in words:
        return ""
    if second in _GERMAN_AND or (second in _ENGLISH_AND and first in _FIRST_PARTS):
        return "- "
    own = f"{first}-{second}" in words or first in _FIRST_PARTS or not right[0][0].islower() or not first.isalpha()
    return "-" if own or (first in words and second in words) else ""
