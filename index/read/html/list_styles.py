"""How the style sheets of a page number its lists: by the style of their marks, or by counters of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.read.html.events import Page
from index.read.html.selectors import key_of, leads_to, marks_of
from index.read.html.style import Compound, compounds, rules

_STYLE = re.compile(
    r"(?:^|;)\s*list-style(?:-type)?\s*:[^;]*?\b(none|(?:lower|upper)-(?:alpha|latin|roman)|decimal(?:-leading-zero)?)\b",
    re.IGNORECASE,
)
_CONTENT = re.compile(r"(?:^|;)\s*content\s*:\s*([^;]+(?:;[^;:]*[\"'][^;]*)*)", re.IGNORECASE)
_INCREMENT = re.compile(r"(?:^|;)\s*counter-increment\s*:\s*([\w-]+)", re.IGNORECASE)
_PIECE = re.compile(
    r"\"(?P<double>(?:[^\"\\]|\\.)*)(?:\"|$)|'(?P<single>(?:[^'\\]|\\.)*)(?:'|$)"
    r"|(?P<kind>counters?)\(\s*+(?P<name>[\w-]++)\s*+(?:,\s*+(?P<apart>\"[^\"]*\"|'[^']*')\s*+)?"
    r"(?:,\s*+(?P<style>[\w-]++)\s*+)?\)"
)
_ESCAPED = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)")
_ITEM = re.compile(r"(?<![^\s>])li(?P<before>::?before)?$")
_MOST = 2_000
_UNPRINTABLE = 0x110000


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of what stands before an item: text, or the value of a counter; `apart` is between those of lists."""

    text: str = ""
    counter: str = ""
    style: str = "decimal"
    apart: str | None = None


_Rule = tuple[tuple[Compound, ...], str]
_Rules = dict[str, list[_Rule]]
"""Rules by one of the marks of the last part of their selector, or by its element."""


class ListStyles:
    """What the sheets say of lists; what is said later, or of more, holds."""

    def __init__(self, page: Page) -> None:
        """Take the rules from the sheets of a page."""
        self._page = page
        self._styles: _Rules = {}
        self._contents: _Rules = {}
        self._increments: _Rules = {}
        self._left = _MOST
        self.last: dict[str, int] = {}
        if not any("list-style" in sheet or "counter" in sheet for sheet in page.styles):
            return
        for selectors, style, everywhere in rules(page.styles):
            for selector in selectors.split(",") if everywhere else ():
                self._take(selector.strip(), style)

    def style(self, number: int) -> str | None:
        """Return the style that the sheets give to the marks of a list, as CSS calls it."""
        style = self._declared(self._styles, number)
        unknown = style == "none" and self._contents and self._declared(self._contents, number) is None
        return None if unknown else style

    def pieces(self, number: int) -> list[Piece]:
        """Return what the sheets put before each item of a list, where a counter is part of it."""
        content = self._declared(self._contents, number)
        return _pieces(content) if content else []

    def counter(self, number: int) -> str | None:
        """Return the counter that each item of a list counts on."""
        return self._declared(self._increments, number)

    def _take(self, selector: str, style: str) -> None:
        kind, content, counter = _STYLE.search(style), _CONTENT.search(style), _INCREMENT.search(style)
        item = _ITEM.search(selector)
        around = selector[: item.start()].rstrip().removesuffix(">").rstrip() if item else ""
        if content and item and item["before"]:
            self._add(self._contents, around, content[1] if "counter" in content[1] else "")
        if counter and item:
            self._add(self._increments, around, counter[1])
        if kind:
            self._add(self._styles, selector, kind[1].lower())

    def _add(self, into: _Rules, selector: str, value: str) -> None:
        chain = compounds(selector or "ol")
        self._left -= 1
        if chain and self._left > 0:
            into.setdefault(key_of(chain), []).append((chain, value))

    def _declared(self, of: _Rules, number: int) -> str | None:
        element = self._page.elements[number]
        best, declared = -1, None
        for key in (element.tag, *marks_of(element)) if of else ():
            for chain, value in of.get(key, ()):
                weight = sum(10 * len(part.marks) + bool(part.tag) for part in chain)
                if weight >= best and leads_to(self._page, number, chain):
                    best, declared = weight, value
        return declared


def _pieces(content: str) -> list[Piece]:
    pieces = []
    for match in _PIECE.finditer(content):
        if match["kind"]:
            apart = match["apart"]
            between = None if match["kind"].lower() == "counter" else (apart or '""')[1:-1]
            pieces.append(Piece(counter=match["name"], style=match["style"] or "decimal", apart=between))
        else:
            pieces.append(Piece(_ESCAPED.sub(_unescaped, match["double"] or match["single"] or "")))
    return pieces


def _unescaped(match: re.Match[str]) -> str:
    if match[2]:
        return match[2]
    code = int(match[1], 16)
    return chr(code) if 0 < code < _UNPRINTABLE and not 0xD800 <= code < 0xE000 else ""  # noqa: PLR2004 # halves of characters
