"""Paragraphs of a page that are set in a font of fixed width: code, as word processors and Google Docs write it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.read.draft import Fragment
from index.read.office.word_styles import is_monospaced
from index.records import BlockKind

if TYPE_CHECKING:
    from index.read.html.events import Element
    from index.read.html.walk import HtmlBlock

FIXED = re.compile(
    r"(?:^|;)\s*font-family\s*:\s*[\"']?\s*"
    r"(?:courier|consolas|menlo|monaco|lucida console|cascadia|monospace|[\w ]{1,40}\bmono\b)",
    re.IGNORECASE,
)
"""In a style, what sets text in a font of fixed width."""

_MOST = 0.9
"""Of a page's letters in paragraphs: where more are set so, that is the page's own font."""

_SENTENCE = re.compile(r"\s*[^\W\d_a-z][^\n={}<>$|\\]*[.!?…][\"'”»)]*\s*")
_MOSTLY = 0.8
"""Of what is set so: where more is prose, it is the font of that."""

_WORDS = 8
"""Of a paragraph that reads as prose, at least: a command or a line of code seldom has as many and ends like one."""


def is_fixed(element: Element, names: Collection[str]) -> bool:
    """Return whether an element's text is set so; `names` are the classes and ids that style sheets set so."""
    face = element.attrs.get("face", "").split(",")[0] if element.tag == "font" else ""
    if is_monospaced(face) or FIXED.search(element.attrs.get("style", "")):
        return True
    return any(f".{name}" in names for name in element.classes) or f"#{element.attrs.get('id')}" in names


def with_code(blocks: Sequence[HtmlBlock]) -> list[HtmlBlock]:
    """Return blocks with paragraphs that are set so as code, those that follow each other as one.

    Prose stays what it is, and so do all of them where nearly all are prose.
    """
    letters = sum(len(block.text) for block in blocks if block.kind is BlockKind.PARAGRAPH)
    fixed = sum(len(block.text) for block in blocks if block.fixed)
    prose = [block.fixed and _is_prose(block.text) for block in blocks]
    told = sum(len(block.text) for block, is_prose in zip(blocks, prose, strict=True) if is_prose)
    if not fixed or fixed > _MOST * letters or told > _MOSTLY * fixed:
        return list(blocks)
    plain = [replace(block, fixed=block.fixed and not is_prose) for block, is_prose in zip(blocks, prose, strict=True)]
    return list(_joined(plain))


def _is_prose(text: str) -> bool:
    return len(text.split()) >= _WORDS and _SENTENCE.fullmatch(text) is not None


def _joined(blocks: Sequence[HtmlBlock]) -> Iterator[HtmlBlock]:
    code: HtmlBlock | None = None
    for block in blocks:
        if not block.fixed:
            yield from (code,) if code else ()
            yield block
            code = None
            continue
        fragments = _lines(block.fragments)
        ended = [(text, line) for text, line in code.fragments] + [("\n", code.fragments[-1][1])] if code else []
        code = replace(code or block, kind=BlockKind.CODE, fragments=[*ended, *fragments])
    yield from (code,) if code else ()


def _lines(fragments: Sequence[Fragment]) -> list[Fragment]:
    """Return the text of code without the line ends of the source that a page does not show, which are spaces now."""
    lines: list[Fragment] = []
    for text, line in fragments:
        if text != " " or (lines and lines[-1][0] != "\n"):
            lines.append((text.replace("\xa0", " "), line))
    return lines
