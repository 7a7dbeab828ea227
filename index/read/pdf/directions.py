"""The order in which a line of a PDF is read that holds letters written from right to left, told by where they stand.

A page holds what is drawn, from the left or in any order, and PDFium turns around what it takes for Arabic or Hebrew:
not all, and brackets and ligatures of several letters the wrong way. Here letters are put in order as Unicode's rules
for both directions (UAX 9) would have drawn them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""A letter or a mark of a script that is written from right to left."""

_FORMS = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]")
_SPACE = 0.05
"""Of a line's height: the least between two words where the file has a space."""

_WIDE = 0.15
"""Of a line's height: the least between two words where PDFium found one; letters that do not join may be closer."""

_WIDEST = 0.3
"""Of a line's height: the least between two words whatever there is."""

_NEAR = 1.0
"""Points: how far a space may be from the gap that it makes."""

_MIRRORED: Mapping[int, str] = {ord(one): other for one, other in zip("()[]{}<>«»", ")(][}{><»«", strict=True)}
_OPENING = frozenset("([{<«")
_BEFORE = re.compile(rf"^([()\[\]{{}}<>«»])(?={LEFTWARD.pattern})")
_AFTER = re.compile(rf"(?<={LEFTWARD.pattern})([()\[\]{{}}<>«»])\W*$")
_BETWEEN_DIGITS = frozenset(".,:/")
_BETWEEN_DIGITS_OF_HEBREW = _BETWEEN_DIGITS | frozenset("+-")
"""Signs that keep the two numbers beside them in order, but after Arabic letters."""

_CLOSED_BY = {"(": ")", "[": "]", "{": "}"}
_OPENED_BY = {closing: opening for opening, closing in _CLOSED_BY.items()}
_APART = 1.2
"""Line heights between two cells of a row at least: more than between words, however they are spaced out."""

_CLEARLY = 2 / 3
"""Of a line's letters: where more are written from left to right, so is the line, though its page is not."""


class Glyph(NamedTuple):
    """What stands at a place of a line: its text, from where to where, and its number in the file."""

    text: str
    left: float
    right: float
    number: int


class Space(NamedTuple):
    """Where a space is, and whether the file has it or PDFium has found it between letters that are apart."""

    at: float
    inferred: bool


_GAP = Glyph(" ", 0.0, 0.0, -1)


def is_leftward(text: str) -> bool:
    """Return whether most letters of a text are written from right to left."""
    leftward = sum(1 for _ in LEFTWARD.finditer(text))
    return leftward > 0 and 2 * leftward >= sum(map(str.isalpha, text))


def are_apart(glyphs: Sequence[Glyph], height: float) -> bool:
    """Tell whether glyphs, from the left, make several cells of a line, whose height is in points as their places."""
    return any(after.left - before.right > _APART * height for before, after in pairwise(glyphs))


def line_is_leftward(drawn: str) -> bool:
    """Tell whether a line, as it is drawn from the left, of a page that is read from the right is read so, too.

    It is not where clearly most of its letters are from left to right, but for one that ends on the left or begins with
    a letter on the right.
    """
    letters = [character for character in drawn if character.isalpha()]
    leftward = sum(1 for letter in letters if LEFTWARD.match(letter))
    if len(letters) - leftward <= _CLEARLY * len(letters):
        return True
    return drawn[0] in ".!?,:;" or bool(LEFTWARD.match(letters[-1]))


def table_is_leftward(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the cells of a table, each row of them from the left, are read from the right.

    They are where most letters are, unless the first row and the column on the left are both labels from the left.
    """
    labels = ("".join(rows[0]), "".join(row[0] for row in rows if row))
    labelled = all(any(map(str.isalpha, label)) and not is_leftward(label) for label in labels)
    return not labelled and is_leftward("".join(cell for row in rows for cell in row))


def with_brackets(words: Sequence[str]) -> list[str]:
    """Return the words of a line with brackets turned that have no other half, to open before and close after words."""
    line = " ".join(words)
    opened: list[int] = []
    single: list[int] = []
    for at, character in enumerate(line):
        if character in _CLOSED_BY:
            opened.append(at)
        elif character in _OPENED_BY:
            if opened and line[opened[-1]] == _OPENED_BY[character]:
                opened.pop()
            else:
                single.append(at)
    turned = list(line)
    for at in (*opened, *single):
        before, after = line[at - 1 : at], line[at + 1 : at + 2]
        if line[at] in _OPENED_BY and not before.strip() and after.isalnum():
            turned[at] = _OPENED_BY[line[at]]
        elif line[at] in _CLOSED_BY and before.isalnum() and not after.isalnum():
            turned[at] = _CLOSED_BY[line[at]]
    ends = [0, *accumulate(len(word) + 1 for word in words)]
    return ["".join(turned[start : end - 1]) for start, end in pairwise(ends)]


def in_reading_order(
    glyphs: Sequence[Glyph], spaces: Sequence[Space], height: float, *, leftward: bool, mirrored: bool = False
) -> list[list[Glyph]]:
    """Return the words of a line, each of its glyphs as they are read; `leftward` says how it is read.

    `mirrored` says that brackets are to be turned around where they are read from the right. `glyphs` are in the order
    of the file, `spaces` those between them; `height` is the line's, in points like all places.
    """
    drawn = _spaced(glyphs, spaces, height)
    turned = _MIRRORED if mirrored else {}
    read = list(_from_right(drawn, turned) if leftward else _from_left(drawn, turned))
    words: list[list[Glyph]] = [[]]
    for glyph in read:
        if glyph is _GAP:
            words.append([])
        else:
            words[-1].append(glyph)
    return [word for word in words if word]


def are_mirrored(words: Iterable[str]) -> bool:
    """Return whether most brackets at letters from right to left close where they should open, or the reverse.

    PDFium turns all of them, as is right where a file says what they look like, and not what they were.
    """
    right = wrong = 0
    for word in words:
        for bracket in _BEFORE.findall(word) + _AFTER.findall(word):
            first = word.startswith(bracket)
            right += first == (bracket in _OPENING)
            wrong += first != (bracket in _OPENING)
    return wrong > right


def plain_letters(text: str) -> str:
    """Return a text with the letters that are meant by forms of letters, as they stand at the end of a word."""
    return _FORMS.sub(lambda form: unicodedata.normalize("NFKC", form[0]), text)


def _spaced(glyphs: Sequence[Glyph], spaces: Sequence[Space], height: float) -> list[Glyph]:
    """Return glyphs from the left, a gap between words, and marks after the letters that they stand over."""
    marks = [glyph for glyph in glyphs if unicodedata.combining(glyph.text[0])]
    letters = sorted((glyph for glyph in glyphs if not unicodedata.combining(glyph.text[0])), key=_middle)
    over: dict[int, list[Glyph]] = {}
    for mark in marks:
        nearest = min(letters, key=lambda letter: abs(_middle(letter) - _middle(mark)), default=mark)
        over.setdefault(nearest.number, []).append(mark)
    drawn: list[Glyph] = []
    for letter, after in zip(letters, [*letters[1:], None], strict=True):
        whole = letter._replace(text=letter.text + "".join(mark.text for mark in over.get(letter.number, ())))
        drawn.append(whole)
        if after is not None and _parts(letter, after, spaces, height):
            drawn.append(_GAP)
    return drawn


def _parts(letter: Glyph, after: Glyph, spaces: Sequence[Space], height: float) -> bool:
    wide = after.left - letter.right
    if wide > _WIDEST * height:
        return True
    return any(
        wide > (_WIDE if space.inferred else _SPACE) * height and letter.right - _NEAR <= space.at <= after.left + _NEAR
        for space in spaces
    )


def _middle(glyph: Glyph) -> float:
    return (glyph.left + glyph.right) / 2


def _from_right(drawn: Sequence[Glyph], turned: Mapping[int, str]) -> Iterator[Glyph]:
    """Yield glyphs from the right, but those of words and numbers that are written from the left."""
    runs = _rightward_runs(drawn)
    at = len(drawn)
    for first, last in reversed(runs):
        yield from (_turned(glyph, turned) for glyph in reversed(drawn[last:at]))
        yield from drawn[first:last]
        at = first
    yield from (_turned(glyph, turned) for glyph in reversed(drawn[:at]))


def _turned(glyph: Glyph, turned: Mapping[int, str]) -> Glyph:
    return glyph if glyph is _GAP or not turned else glyph._replace(text=glyph.text.translate(turned))


def _rightward_runs(drawn: Sequence[Glyph]) -> list[tuple[int, int]]:
    """Return from where to where glyphs are read from the left in a line that is read from the right.

    Words go on over what stands between them; a number does with a word before it, and not with one after it.
    """
    kinds = [_kind(glyph.text[0]) for glyph in drawn]
    signs = _BETWEEN_DIGITS
    if not any(unicodedata.bidirectional(glyph.text[0]) == "AL" for glyph in drawn):  # signs stay with numbers
        signs = _BETWEEN_DIGITS_OF_HEBREW
        for number, glyph in enumerate(drawn):
            beside = kinds[max(0, number - 1) : number + 2]
            if "N" in beside and unicodedata.bidirectional(glyph.text[0]) == "ET":
                kinds[number] = "N"
    runs: list[tuple[int, int]] = []
    lettered = False
    for number, kind in enumerate(kinds):
        if kind not in "LN":
            continue
        if runs and _goes_on(kinds, runs[-1][1], number, signed=drawn[runs[-1][1]].text in signs, lettered=lettered):
            runs[-1] = (runs[-1][0], number + 1)
        else:
            runs.append((number, number + 1))
            lettered = False
        lettered = lettered or kind == "L"
    return runs


def _goes_on(kinds: Sequence[str], end: int, number: int, *, signed: bool, lettered: bool) -> bool:
    """Tell whether a run up to an end goes on with another glyph; `signed` says that a sign of numbers is there."""
    between = kinds[end:number]
    if not between or (lettered and "R" not in between):
        return True
    single = len(between) == 1 and signed
    return single and kinds[end - 1] == "N" and kinds[number] == "N"


def _from_left(drawn: Sequence[Glyph], turned: Mapping[int, str]) -> Iterator[Glyph]:
    """Yield glyphs from the left, but those of words that are written from the right."""
    at = 0
    for first, last in _leftward_runs(drawn):
        yield from drawn[at:first]
        yield from _from_right(drawn[first:last], turned)
        at = last
    yield from drawn[at:]


def _leftward_runs(drawn: Sequence[Glyph]) -> list[tuple[int, int]]:
    places = [number for number, glyph in enumerate(drawn) if _kind(glyph.text[0]) == "R"]
    runs = [(place, place + 1) for place in places[:1]]
    for before, place in pairwise(places):
        if any(_kind(glyph.text[0]) == "L" for glyph in drawn[before + 1 : place]):
            runs.append((place, place + 1))
        else:
            runs[-1] = (runs[-1][0], place + 1)
    return [_with_bracket(drawn, *run) for run in runs]


def _with_bracket(drawn: Sequence[Glyph], first: int, last: int) -> tuple[int, int]:
    """Return a run with the bracket beside it whose other half is in it."""
    brackets = sum(ord(glyph.text[0]) in _MIRRORED for glyph in drawn[first:last])
    if brackets % 2 and first and ord(drawn[first - 1].text[0]) in _MIRRORED:
        return first - 1, last
    if brackets % 2 and last < len(drawn) and ord(drawn[last].text[0]) in _MIRRORED:
        return first, last + 1
    return first, last


def _kind(character: str) -> str:
    """Return "L" or "R" for a letter of a direction, "N" for a digit, "-" for what has none of its own."""
    return {"L": "L", "R": "R", "AL": "R", "EN": "N", "AN": "N"}.get(unicodedata.bidirectional(character), "-")
