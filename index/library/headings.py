"""What somebody said, below a heading that says who did, and without headings of its own."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from contextlib import suppress
from itertools import accumulate, pairwise

from index.errors import UnreadableError
from index.read.characters import cleaned
from index.read.decoding import COLOURS
from index.read.markdown.reader import Outline, Part, outline_of

_MENDED = 6
"""Readings after which a text is shown without any markup: what is written in earnest needs two, or three where a line
that stood below a heading becomes one itself."""

_READINGS = 16
"""Readings after which all texts are shown so, and not only those that are wrong."""

_ABOVE = 2
_AROUND = _ABOVE + 2
"""Lines above a text from its heading on, and by how many more than line ends in it the next heading comes later."""

_PLAIN = re.compile(r"(?:[^\W_]|[\s.,;'’\"()])*")  # noqa: RUF001
"""What has no character that could mark anything."""

_MARK = re.compile(r"[!-/:-@\[-`{-~]")
_UNDERLINE = re.compile(r"(?=(?:=+|-+)[ \t]*$)")


def sections(said: Sequence[tuple[str, str]]) -> str:
    """Return Markdown of sections, each of a heading of level 2 and what was said, which has no headings of its own.

    So nobody can say something as somebody else. Headings are found as they are read, and a backslash goes before what
    begins or underlines one. Code stays as it is. What would go on in the next section is closed, or text.
    """
    headings = [heading for heading, _ in said]
    texts = [cleaned(COLOURS.sub("", text)).strip() for _, text in said]
    if not all(_PLAIN.fullmatch(text) for text in texts):
        texts = _without_headings(headings, texts)
    return _joined(headings, texts)


def _joined(headings: Sequence[str], texts: Sequence[str]) -> str:
    return "\n\n".join(f"## {heading}\n\n{text}" for heading, text in zip(headings, texts, strict=True))


def _without_headings(headings: Sequence[str], said: Sequence[str]) -> list[str]:
    texts, plainly = list(said), set[int]()
    with suppress(UnreadableError):
        for reading in range(_READINGS):
            starts = list(accumulate((text.count("\n") + _AROUND for text in texts), initial=1))
            outline = outline_of(_joined(headings, texts))
            wrong = _first_wrong(starts, outline.headings)
            if wrong is None:
                return texts
            mended = _mended(texts, starts, outline)
            if reading >= _MENDED or mended == texts:
                if wrong in plainly:
                    break
                plainly.add(wrong)
                mended[wrong] = _plain(said[wrong])
            texts = mended
    return [_plain(text) for text in said]


def _first_wrong(starts: Sequence[int], found: Sequence[int]) -> int | None:
    """Return the first section that has headings of its own, or hides the heading of the next one."""
    lines = sorted(set(found))
    for at, (start, following) in enumerate(pairwise(starts)):
        first = bisect_left(lines, start)
        if lines[first : first + 1] != [start]:
            return max(at - 1, 0)
        if bisect_left(lines, following) - first > 1:
            return at
    return None


def _mended(texts: Sequence[str], starts: Sequence[int], outline: Outline) -> list[str]:
    """Return the texts without what begins the headings in them, and with an end to what goes on in the next section.

    The sections start on the lines `starts`; the last of these is the one after all of them.
    """
    own, lines = set(starts), [text.split("\n") for text in texts]
    closing: list[list[str]] = [[] for _ in texts]
    for part in outline.parts:
        at = min(bisect_right(starts, part.first), len(texts)) - 1
        goes_on = at + 1 < len(texts) and part.last >= starts[at + 1]
        if part.first in own or (part.kind == "html_block" and not goes_on and not _holds(part, outline, own)):
            continue
        if part.kind == "fence":
            closing[at] += [part.markup] if goes_on else []
            continue
        for line in _marking(part):
            number = line - starts[at] - _ABOVE
            if 0 <= number < len(lines[at]):
                lines[at][number] = _as_text(part, lines[at][number])
    return ["\n".join([*those, *ends]) for those, ends in zip(lines, closing, strict=True)]


def _holds(part: Part, outline: Outline, own: Set[int]) -> bool:
    return any(part.first <= line <= part.last and line not in own for line in outline.headings)


def _marking(part: Part) -> Sequence[int]:
    """Return the lines that make a part what it is."""
    if part.kind == "html_block":
        return range(part.first, part.last + 1)
    return [part.first if part.markup.startswith("#") else part.last]


def _as_text(part: Part, line: str) -> str:
    """Return a line without what marks a part; what is added is not seen."""
    if part.kind == "html_block":
        return line.replace("<", "&lt;")
    if part.kind == "inline":
        return f"{line.rstrip()}<!-- -->"
    return line.replace("#", "\\#", 1) if part.markup.startswith("#") else _UNDERLINE.sub(r"\\", line, count=1)


def _plain(text: str) -> str:
    """Return Markdown that shows a text as it is, line by line, all its signs written as numbers."""
    lines = (_MARK.sub(lambda mark: f"&#{ord(mark[0])};", line.strip()) for line in text.split("\n"))
    return "  \n".join(lines).strip()
