"""The paragraphs of a shape on a slide as they are shown: with their numbers, fields and formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from index.read.numerals import numeral
from index.read.office.formula import M, linear
from index.read.office.slide_white import is_tiny
from index.read.office.word_xml import chosen, number
from index.read.raised import raised
from index.read.struck import struck

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_LEVELS = 9
_NUMERALS = {
    "arabic": "decimal",
    "alphaLc": "lowerLetter",
    "alphaUc": "upperLetter",
    "romanLc": "lowerRoman",
    "romanUc": "upperRoman",
    "circleNum": "decimalEnclosedCircle",
    "ea1Chs": "chineseCounting",
    "ea1Cht": "chineseCounting",
    "ea1Jpn": "japaneseCounting",
}
_AROUND = {"Period": "{}.", "ParenR": "{})", "ParenBoth": "({})", "Minus": "- {} -"}


def paragraphs(body: Any, hides: Callable[[Any], bool] = is_tiny) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs of a text body that hold text, each with its level, outermost 0.

    Runs that `hides` tells to be hidden are left out.
    """
    counts = _Counts(body)
    for paragraph in body.iterfind(f"{_A}p"):
        text = _text(paragraph, hides)
        if text.strip():
            level = number(_property(paragraph, "lvl"), 0) or 0
            level = max(0, min(level, _LEVELS - 1))
            yield level, counts.label(paragraph, level) + text


def _property(paragraph: Any, name: str) -> str | None:
    properties = paragraph.find(f"{_A}pPr")
    return None if properties is None else properties.get(name)


def _text(paragraph: Any, hides: Callable[[Any], bool]) -> str:
    return "".join(_part(child, hides) for child in paragraph if isinstance(child.tag, str))


def _part(element: Any, hides: Callable[[Any], bool]) -> str:
    if element.tag in {f"{_A}r", f"{_A}fld"}:
        if hides(element):
            return ""
        text = str(element.findtext(f"{_A}t") or "")
        text = raised(text) if _is_raised(element) else text
        return struck(text) if _is_struck(element) else text
    if element.tag == f"{_A}br":
        return "\n"
    if element.tag.endswith("}AlternateContent"):
        return "".join(_part(child, hides) for child in chosen(element) if isinstance(child.tag, str))
    if element.tag.startswith(M) or (element.tag.endswith("}m") and len(element)):
        return linear(element)
    return ""


def _is_raised(run: Any) -> bool:
    properties = run.find(f"{_A}rPr")
    return properties is not None and (number(properties.get("baseline"), 0) or 0) > 0


def _is_struck(run: Any) -> bool:
    properties = run.find(f"{_A}rPr")
    return properties is not None and properties.get("strike", "noStrike") != "noStrike"


class _Counts:
    """The numbers of a shape's paragraphs, which begin anew below each paragraph that is less indented."""

    def __init__(self, body: Any) -> None:
        self._styles = body.find(f"{_A}lstStyle")
        self._reached: dict[int, tuple[str, int]] = {}

    def label(self, paragraph: Any, level: int) -> str:
        """Count a paragraph; return its number with a space, or "" where it has a bullet or nothing."""
        self._reached = {at: count for at, count in self._reached.items() if at <= level}
        numbering = self._numbered(paragraph, level)
        kind = numbering.get("type") if numbering is not None else None
        if not kind:
            self._reached.pop(level, None)
            return ""
        first = number(numbering.get("startAt"), 1) or 1
        before = self._reached.get(level)
        count = before[1] + 1 if before is not None and before[0] == f"{kind} {first}" else first
        self._reached[level] = (f"{kind} {first}", count)
        return f"{_shown(kind, count)} "

    def _numbered(self, paragraph: Any, level: int) -> Any:
        own = paragraph.find(f"{_A}pPr")
        style = None if self._styles is None else self._styles.find(f"{_A}lvl{level + 1}pPr")
        for properties in (own, style):
            if properties is None:
                continue
            if any(properties.find(f"{_A}{other}") is not None for other in ("buNone", "buChar", "buBlip")):
                return None
            numbering = properties.find(f"{_A}buAutoNum")
            if numbering is not None:
                return numbering
        return None


def _shown(kind: str, count: int) -> str:
    name = next((name for name in _NUMERALS if kind.startswith(name)), "arabic")
    around = next((form for end, form in _AROUND.items() if kind.endswith(end)), "{}")
    return around.format(numeral(count, _NUMERALS[name]))
