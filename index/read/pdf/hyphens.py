"""Words that a line's end has broken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from index.read.draft import Fragment
from index.read.pdf.page import Line
from index.read.struck import STRUCK, going_on

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

_ENDS_STRUCK = re.compile(rf"[.!?。！？]{STRUCK}$")  # noqa: RUF001 -- as a sentence ends that is struck out by itself
_GERMAN_AND = frozenset(["und", "oder", "sowie", "bzw"])
_ENGLISH_AND = frozenset(["and", "or"])
"""Words before which a hyphen stands for the rest of a word that follows: "pre- and post-war"."""

_COUNTED = re.compile(r"(\w*\d)-$")
_MEASURES = frozenset(
    """
    bit byte color colour core day digit dimensional fold foot hour inch item level mile minute month page person pin
    point second stage star step way week year
    """.split()  # noqa: SIM905 -- a list of words is read as prose
)
"""English words, in the singular, before which a number has a hyphen: "24-hour"."""


def _after_number(above: str, below: str, words: set[str]) -> str:
    """Return what stands between a line's end and the next line where PDFium takes none of it for a broken word.

    After a number with a hyphen that is nothing where the document has both as one word, or the next one is a measure.
    """
    number, word = _COUNTED.search(above), _WORD.match(below)
    if number is None or word is None:
        return " "
    return "" if word[0] in _MEASURES or f"{number[1]}-{word[0]}".lower() in words else " "


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
    text = lines[0].text
    for line, below in zip(lines, [*lines[1:], None], strict=True):
        if below is None:
            yield text + ("-" if line.broken else " "), line.number
            return
        more = below.text
        if STRUCK in text and not _ENDS_STRUCK.search(text):
            text, more = going_on(text, more)
        between = (_hyphen if line.broken else _after_number)(text, more, words)
        yield text + between, line.number
        text = more


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
