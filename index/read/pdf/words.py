"""The words of a PDF page as PDFium finds them: where each stands, how it is set, and whether a reader sees it."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from index.read.pdf.directions import (
    LEFTWARD,
    Glyph,
    Space,
    are_apart,
    are_mirrored,
    in_reading_order,
    is_leftward,
    line_is_leftward,
    plain_letters,
    with_brackets,
)
from index.read.raised import raised

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage  # type: ignore[import-untyped] # pypdfium2 carries no types

# PDFium ends a line that was broken at a hyphen with one of these in the hyphen's place, and no line end.
_LINES = re.compile("[^\r\n\x02\ufffe]*(?:\r\n|[\r\n\x02\ufffe]|\\Z)")
_BROKEN = ("\x02", "\ufffe")
_WORDS = re.compile(r"\S+")
_INVISIBLE_MODES = (3, 7)  # the latter only cuts out what is drawn below
_WHITE = 250
_MOST_OBJECTS = 2_000
_CORNERS = 6  # segments of a path that draws a rectangle, or fewer: a line
_MOST_CORNERS = 60  # of a circle, which Chromium draws of 49
_SMALL = 8.0  # points
_SCAN = 0.5  # of a page's area: a picture that covers as much may be a scan, and invisible text what OCR made of it
_OUTSIDE = 2.0  # points past the page's edge
_SMALLEST = 1.0  # points: smaller text is not to be read
_SPACE = 0.2  # of a line's height: the least that parts two words
_NEAR = 0.9  # of a line's height, and so much more for each letter: a word that begins there follows right on
_NARROW = 0.35
_MAY_BE_RAISED = re.compile(r"\S\d")
_RAISABLE = frozenset("0123456789+-\N{MINUS SIGN}")
_SMALLER = 0.85  # of the height of the letter before it: figures that are raised
_LARGEST_BASE = 1.1  # of the height of most characters: a number in large letters is the base of none
_TOUCHING = 0.1  # of a line's height: what is no farther apart is one word
_HIGHER = 0.12  # of that height: how far above its foot they stand at least
_FIXED_PITCH = 1
_FIXED_NAMES = re.compile(r"mono|courier|consol|menlo|typewriter|cmtt|code|fixed", re.IGNORECASE)
_BOLD_NAMES = re.compile(r"bold|black|heavy|demi|cmbx", re.IGNORECASE)
_FALLS = 0.7  # of a line's height
_TURNED = 0.1  # radians from upright
_QUARTER = math.pi / 2
_SAMPLE = 400  # characters that tell how the text of a page stands
_LONGEST_NAME = 256


Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points from the page's lower left corner."""


class Drawn(NamedTuple):
    """The box of a line, rectangle or small circle, and its place in the order in which a page is drawn.

    `own` says that it lies right on the page: of one in a drawing that is put onto it, PDFium tells the place in that
    drawing.
    """

    box: Box
    place: int
    own: bool = True


class Style(NamedTuple):
    """How a word is set."""

    fixed: bool = False
    bold: bool = False
    turned: bool = False


class Word(NamedTuple):
    """A word: its text, its box in points from the lower left, the order of its line in the file, and its style.

    `broken` says that it goes on in the next line; `drawn` is the address of the text object that it begins in.
    `small` says that its last letters are set smaller than the first, above or below its line.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    line: int
    style: Style
    broken: bool = False
    drawn: int = 0
    small: bool = False

    @property
    def height(self) -> float:
        """The height of the line that it makes."""
        return self.top - self.bottom


def quarter_turns(text_page: PdfTextPage) -> int:
    """Return by how many quarters, clockwise, most of the text of a page is turned in it: 0 where most is upright.

    A page that is wider than high is often written so, and turned when it is shown.
    """
    from pypdfium2 import raw

    count = text_page.count_chars()
    turns = [
        raw.FPDFText_GetCharAngle(text_page.raw, at) / _QUARTER
        for at in range(0, count, max(1, count // _SAMPLE))
        if not raw.FPDFText_IsGenerated(text_page.raw, at)
    ]
    whole = Counter(round(turn) % 4 for turn in turns if abs(turn - round(turn)) * _QUARTER <= _TURNED)
    most, times = whole.most_common(1)[0] if whole else (0, 0)
    return most if 2 * times > len(turns) else 0


def _bracketed(line: Sequence[Word]) -> Iterator[Word]:
    """Yield the words of a line, with brackets that open and close where it has letters from right to left."""
    texts = [word.text for word in line]
    if any(map(LEFTWARD.search, texts)):
        texts = with_brackets(texts)
    yield from (word._replace(text=text) for word, text in zip(line, texts, strict=True))


class PageText:
    """The text of one page; `words` are those that are seen, in the order of the file.

    `drawn` says that there is something else on the page, a picture or lines.
    """

    def __init__(self, page: PdfPage, text_page: PdfTextPage, off: Collection[int] = ()) -> None:
        """Read the page; `off` are the addresses of text objects on layers that are switched off."""
        from pypdfium2 import raw

        self._raw = raw
        self._page = page
        self._off = off
        self._text_page = text_page.raw
        self._rectangle = raw.FS_RECTF()
        self._reference = ctypes.byref(self._rectangle)
        self._parts = [ctypes.c_uint() for _ in range(4)]
        self._references = [ctypes.byref(part) for part in self._parts]
        self.text_places: dict[int, int] = {}
        self._objects_seen: dict[int, tuple[str, Style, int]] = {}
        self._name = ctypes.create_string_buffer(_LONGEST_NAME)
        self._filled: list[tuple[Box, bool]] | None = None
        self._turns = quarter_turns(text_page)
        left, bottom, right, top = self.upright(page.get_bbox())
        self._edges = (left - _OUTSIDE, bottom - _OUTSIDE, right + _OUTSIDE, top + _OUTSIDE)
        self.area: float = max(1.0, (right - left) * (top - bottom))
        self.edges = (left, bottom, right, top)
        text = text_page.get_text_range()
        self._reads_leftward = is_leftward(text)
        self._mirrored = False
        index = self._index(text, text_page.count_chars())
        self._tallest_base = _LARGEST_BASE * self._usual_height(text_page.count_chars())
        words = list(self._words(text, index))
        if LEFTWARD.search(text) and are_mirrored(word.text for word in words):
            self._mirrored = True
            words = list(self._words(text, index))
        if LEFTWARD.search(text):
            words = [word for _, line in groupby(words, key=lambda word: word.line) for word in _bracketed([*line])]
        self.words = list(_relined(_rejoined(words, self._tallest_base)))

    def upright(self, box: Box) -> Box:
        """Return where a box of the page stands where the page is turned so that most of its text is upright."""
        return _turned(box, self._turns)

    def placed(self, box: Box) -> Box:
        """Return where on the page a box stands that `upright` has given."""
        return _turned(box, -self._turns % 4)

    @property
    def drawn(self) -> bool:
        """Whether there is anything on the page but text."""
        return next(iter(self._objects()), None) is not None

    def _index(self, text: str, count: int) -> Callable[[int], int]:
        """Return how to get from an offset in the text to the number of the character at it."""
        if len(text) == count:
            return lambda offset: offset
        units = [0]
        for character in text:
            units.append(units[-1] + (2 if ord(character) > 0xFFFF else 1))  # noqa: PLR2004 -- PDFium counts in UTF-16
        find, page = self._raw.FPDFText_GetCharIndexFromTextIndex, self._text_page
        return lambda offset: int(find(page, units[offset]))

    def _usual_height(self, count: int) -> float:
        """Return the height of most characters of the page, in points, 0 where there are none."""
        heights = [box[3] - box[1] for at in range(0, count, max(1, count // _SAMPLE)) if (box := self._box_of(at))]
        return median(heights) if heights else 0.0

    def _words(self, text: str, index: Callable[[int], int]) -> Iterator[Word]:
        held: list[tuple[int, str]] = []
        plain: list[Word] = []
        for number, match in enumerate(_LINES.finditer(text)):
            line = match[0].strip("\r\n\x02\ufffe")
            start = match.start() + len(match[0]) - len(match[0].lstrip("\r\n\x02\ufffe"))
            spans = [
                (word[0], index(start + word.start()), index(start + word.end() - 1)) for word in _WORDS.finditer(line)
            ]
            words = self._of_line(spans, number)
            if words and match[0].endswith(_BROKEN):
                words[-1] = words[-1]._replace(broken=True)
            if not self._reads_leftward and not LEFTWARD.search(line):
                yield from [*self._leftward(held, plain), *words]
                held, plain = [], []
                continue
            characters = [(index(start + offset), character) for offset, character in enumerate(line)]
            if held and not self._is_beside(held, characters):
                yield from self._leftward(held, plain)
                held, plain = [], []
            held += characters
            plain += words
        yield from self._leftward(held, plain)

    def _is_beside(self, held: Sequence[tuple[int, str]], more: Sequence[tuple[int, str]]) -> bool:
        """Tell whether characters stand on one line with others, which PDFium parts where marks stand over letters."""
        ranges = [
            [box for at, character in characters if not character.isspace() and (box := self._box_of(at))]
            for characters in (held, more)
        ]
        if not all(ranges):
            return True
        (bottom, top), (low, high) = ((min(box[1] for box in one), max(box[3] for box in one)) for one in ranges)
        return min(top, high) - max(bottom, low) >= min(top - bottom, high - low) / 2

    def _of_line(self, spans: Sequence[tuple[str, int, int]], line: int) -> list[Word]:
        """Return the words of a line that are seen, each given with its text and its first and last character."""
        begins = [self._box_of(first) for _, first, _ in spans]
        words: list[Word] = []
        whole = self._drawn(spans[0][1]) if spans else None
        whole = whole if spans and self._drawn(spans[-1][1]) is whole else None  # the line is of one text object
        for (text, first, last), begin, after in zip(spans, begins, [*begins[1:], None], strict=False):
            if begin is None:
                words.append(Word(text, 0.0, 0.0, 0.0, 0.0, line, Style()))
                continue
            paint, style, drawn = whole or self._drawn(first)
            box = self._box(text, begin, last, None if style.fixed else after)
            word = Word(text, *box, line, style, drawn=drawn)
            if after is None or _MAY_BE_RAISED.search(text):
                word = self._with_ending(word, first, last)
            if self._is_seen(paint, word[1:5]):
                words.append(word)
        return words

    def _with_ending(self, word: Word, first: int, last: int) -> Word:
        """Return a word whose last letters may be set smaller than the first: figures above its line as raised ones.

        It is as high as its first letter then, and so in its line. `first` and `last` are its characters.
        """
        if word.style.turned or last - first + 1 != len(word.text) or self._drawn(last)[2] == word.drawn:
            return word
        base, end = self._box_of(first), self._box_of(last)
        if base is None or end is None or not _is_smaller(end, base) or base[3] - base[1] > self._tallest_base:
            return word
        letters = []
        raisable = _RAISABLE if "[" not in word.text else ()  # a note is told by its brackets
        for at, letter in enumerate(word.text, first):
            own = self._box_of(at) if letter in raisable else None
            letters.append(raised(letter) if own is not None and _is_above(own, base) else letter)
        return word._replace(text="".join(letters), bottom=base[1], top=base[3], small=True)

    def _leftward(self, characters: Sequence[tuple[int, str]], words: list[Word]) -> list[Word]:
        """Return a line's words, which hold letters from right to left, as the places of its characters tell them."""
        boxes = {at: box for at, _ in characters if (box := self._box_of(at)) is not None}
        seen = [(at, character) for at, character in characters if not character.isspace()]
        if not words or words[0].style.turned or any(at not in boxes for at, _ in seen):
            return words
        if not any(LEFTWARD.match(character) for _, character in seen):
            return words
        height = max(boxes[at][3] - boxes[at][1] for at, _ in seen)
        glyphs = [Glyph(plain_letters(character), boxes[at][0], boxes[at][2], at) for at, character in seen]
        gone = boxes.keys() - {at for at, _ in seen}
        spaces = [
            Space((boxes[at][0] + boxes[at][2]) / 2, bool(self._raw.FPDFText_IsGenerated(self._text_page, at)))
            for at in gone
        ]
        drawn = sorted(glyphs, key=lambda glyph: glyph.left)
        text = "".join(glyph.text for glyph in drawn)
        leftward = self._reads_leftward and (are_apart(drawn, height) or line_is_leftward(text))
        read = in_reading_order(glyphs, spaces, height, leftward=leftward, mirrored=self._mirrored)
        placed = (self._of_glyphs(word, boxes, words[0].line) for word in read)
        return [word for word in placed if word is not None]

    def _of_glyphs(self, glyphs: Sequence[Glyph], boxes: Mapping[int, Box], line: int) -> Word | None:
        """Return the word of glyphs, None where it is not seen."""
        lefts, bottoms, rights, tops = zip(*(boxes[glyph.number] for glyph in glyphs), strict=True)
        box = (min(lefts), min(bottoms), max(rights), max(tops))
        paint, style, drawn = self._drawn(glyphs[0].number)
        if not self._is_seen(paint, box):
            return None
        return Word("".join(glyph.text for glyph in glyphs), *box, line, style, drawn=drawn)

    def _box(self, text: str, begin: Box, last: int, after: Box | None) -> Box:
        """Return a word's box: where the next word is near, it ends before that, and else with its last character."""
        left, bottom, right, top = begin
        height = top - bottom
        if after is not None and 0 < after[0] - left <= (_NEAR + _NARROW * len(text)) * height:
            return left, bottom, max(right, after[0] - _SPACE * height), top
        end = self._box_of(last) if len(text) > 1 else None
        return (min(left, end[0]), min(bottom, end[1]), max(right, end[2]), max(top, end[3])) if end else begin

    def _is_seen(self, paint: str, box: Box) -> bool:
        left, bottom, right, top = box
        edges = self._edges
        if right < edges[0] or top < edges[1] or left > edges[2] or bottom > edges[3] or 0 < top - bottom < _SMALLEST:
            return False
        return paint == "plain" or self._shows(paint, box)

    def _box_of(self, index: int) -> Box | None:
        box = self._rectangle
        if index < 0 or not self._raw.FPDFText_GetLooseCharBox(self._text_page, index, self._reference):
            return None
        return self.upright((box.left, box.bottom, box.right, box.top))

    def _drawn(self, index: int) -> tuple[str, Style, int]:
        """Return how the text object of a character is painted and set, as `_painted` and `_style` do, and its key."""
        pointer = self._raw.FPDFText_GetTextObject(self._text_page, index)
        key = ctypes.addressof(pointer.contents) if pointer else -1 - index
        look = self._objects_seen.get(key)
        if look is None:
            paint = "transparent" if key in self._off else self._painted(index)
            look = self._objects_seen[key] = (paint, self._style(index), key)
        return look

    def _shows(self, paint: str, box: Box) -> bool:
        """Tell whether text that is painted in a way that paper hides is seen all the same."""
        if paint == "white":
            return self._is_on_something(box)
        return paint == "invisible" and self.is_scanned

    def _painted(self, index: int) -> str:
        """Return how a character is drawn: "plain", "white", "transparent" or, as in what OCR adds, "invisible"."""
        raw = self._raw
        drawn = raw.FPDFText_GetTextObject(self._text_page, index)
        if drawn and raw.FPDFTextObj_GetTextRenderMode(drawn) in _INVISIBLE_MODES:
            return "invisible"
        if not raw.FPDFText_GetFillColor(self._text_page, index, *self._references):
            return "plain"
        *colour, alpha = (part.value for part in self._parts)
        if not alpha:
            return "transparent"
        return "white" if min(colour) >= _WHITE else "plain"

    def _is_on_something(self, box: Box) -> bool:
        """Tell whether text in the colour of paper stands on a picture or in a shape of another colour."""
        across, up = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return any(shape[0] <= across <= shape[2] and shape[1] <= up <= shape[3] for shape, _ in self._background())

    @property
    def is_scanned(self) -> bool:
        """Whether pictures cover the page, so that text that is not drawn is what OCR read in them."""
        pictures = (box for box, is_picture in self._background() if is_picture)
        covered: float = sum((picture[2] - picture[0]) * (picture[3] - picture[1]) for picture in pictures)
        return covered >= _SCAN * self.area

    def _background(self) -> list[tuple[Box, bool]]:
        """Return the box of each picture and filled shape, and whether it is a picture."""
        if self._filled is None:
            picture = self._raw.FPDF_PAGEOBJ_IMAGE
            self._filled = [(self.upright(box), kind == picture) for box, kind, fills in self._objects() if fills]
        return self._filled

    def drawn_boxes(self) -> Iterator[Drawn]:
        """Yield each line, rectangle and small circle that is seen, unless they are as many as in a drawing.

        Once all are, `text_places` has the place of each text object in the order in which the page is drawn.
        """
        raw = self._raw
        for count, drawn in enumerate(self._page.get_objects(max_depth=3)):
            if count > _MOST_OBJECTS:
                return
            if drawn.type == raw.FPDF_PAGEOBJ_TEXT:
                self.text_places[ctypes.addressof(drawn.raw.contents)] = count
            corners = raw.FPDFPath_CountSegments(drawn.raw) if drawn.type == raw.FPDF_PAGEOBJ_PATH else _MOST_CORNERS
            if corners > _CORNERS and (corners >= _MOST_CORNERS or not _is_small(drawn.get_bounds())):
                continue
            if self._strokes(drawn.raw) or self._fills(drawn.raw, drawn.type):
                yield Drawn(self.upright(drawn.get_bounds()), count, drawn.level == 0)

    def _strokes(self, drawn: object) -> bool:
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        return bool(self._raw.FPDFPath_GetDrawMode(drawn, ctypes.byref(mode), ctypes.byref(stroke)) and stroke.value)

    def _objects(self) -> Iterator[tuple[Box, int, bool]]:
        """Yield the box and kind of each picture and shape, and whether white text is seen on it."""
        raw = self._raw
        for count, drawn in enumerate(self._page.get_objects(max_depth=3)):
            if count > _MOST_OBJECTS:
                return
            if drawn.type in {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING}:
                box = drawn.get_bounds()
                yield box, drawn.type, self._fills(drawn.raw, drawn.type)

    def _fills(self, drawn: object, kind: int) -> bool:
        raw = self._raw
        if kind != raw.FPDF_PAGEOBJ_PATH:
            return True
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        parts = [ctypes.c_uint() for _ in range(4)]
        known = raw.FPDFPath_GetDrawMode(drawn, ctypes.byref(mode), ctypes.byref(stroke))
        known = known and raw.FPDFPageObj_GetFillColor(drawn, *map(ctypes.byref, parts))
        return bool(known and mode.value and parts[3].value) and min(part.value for part in parts[:3]) < _WHITE

    def _style(self, index: int) -> Style:
        flags = ctypes.c_int()
        self._raw.FPDFText_GetFontInfo(self._text_page, index, self._name, _LONGEST_NAME, ctypes.byref(flags))
        name = self._name.value.decode("utf-8", "replace")
        fixed = bool(flags.value & _FIXED_PITCH) or bool(_FIXED_NAMES.search(name))
        angle = self._raw.FPDFText_GetCharAngle(self._text_page, index) - self._turns * _QUARTER
        angle %= 2 * math.pi
        return Style(fixed, bool(_BOLD_NAMES.search(name)), _TURNED < angle < 2 * math.pi - _TURNED)


def _is_small(box: Box) -> bool:
    return box[2] - box[0] <= _SMALL and box[3] - box[1] <= _SMALL


def _is_smaller(box: Box, base: Box) -> bool:
    return box[3] - box[1] <= _SMALLER * (base[3] - base[1])


def _is_above(box: Box, base: Box) -> bool:
    """Tell whether a figure is set smaller than a letter before it, and stands above the line of that."""
    return _is_smaller(box, base) and box[1] >= base[1] + _HIGHER * (base[3] - base[1])


def _turned(box: Box, quarters: int) -> Box:
    left, bottom, right, top = box
    return (box, (-top, left, -bottom, right), (-right, -top, -left, -bottom), (bottom, -right, top, -left))[quarters]


def _rejoined(words: Iterable[Word], tallest: float) -> Iterator[Word]:
    """Yield words, those in one line that go on after raised or lowered letters: PDFium ends a line there.

    A base is at most `tallest` points high: a large number beside words in small letters is none.
    """
    line: list[Word] = []
    for _, group in groupby(words, key=lambda word: word.line):
        more = list(group)
        if not line or not _goes_on(line[-1], more[0], tallest):
            yield from line
            line = more
            continue
        last, first = line[-1], more[0]
        if first.left - last.right <= _TOUCHING * last.height:
            small = first.small or _stands_above(last, first)
            text = raised(first.text) if small and not first.small else first.text
            line[-1] = last._replace(text=last.text + text, right=first.right, broken=first.broken, small=small)
            more = more[1:]
        line += [word._replace(line=last.line) for word in more]
    yield from line


def _goes_on(last: Word, first: Word, tallest: float) -> bool:
    """Tell whether a line goes on with the first word of what PDFium takes for the next one."""
    gap = first.left - last.right
    if not last.height or last.style.turned or first.style.turned or gap < -_SPACE * last.height:
        return False
    if last.small and abs(first.bottom - last.bottom) <= _TOUCHING * last.height:
        return gap <= _NEAR * last.height
    return gap <= _TOUCHING * last.height and last.height <= tallest and _stands_above(last, first)


def _stands_above(base: Word, figures: Word) -> bool:
    """Tell whether a word is raised figures beside another."""
    return set(figures.text) <= _RAISABLE and _is_above(figures[1:5], base[1:5])


def _relined(words: Iterable[Word]) -> Iterator[Word]:
    """Yield words with their lines counted anew: PDFium takes several for one where some text on a page is turned."""
    line, last = 0, None
    for word in words:
        if last is not None:
            falls = abs(word.bottom - last.bottom) > _FALLS * max(word.height, last.height)
            line += word.line != last.line or (falls and word.left < last.right)
        yield word if word.line == line else word._replace(line=line)
        last = word
