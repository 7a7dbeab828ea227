"""What the styles of a Word document say of a paragraph and of its runs, inherited as Word inherits it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from index.read.office.word_white import fill_of, is_shaded
from index.read.office.word_xml import W, number, switch, value

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped] # lxml carries no types

_MONOSPACED = re.compile(
    r"courier|consolas|menlo|monaco|lucida (?:console|sans typewriter)|cascadia|inconsolata|\bmono\b"
    r"|(?:code|mono)(?: |$)",
    re.IGNORECASE,
)
_CODE = frozenset(["html preformatted", "source code", "code", "macro text", "preformatted text"])
_HEADING = re.compile(r"heading ([1-9])")
_CONTENTS = re.compile(r"toc (?:\d|heading)|table of figures|index \d", re.IGNORECASE)
_TINY = 2
"""Half points: text of one point is not to be read."""

_BODY_LEVEL = 9
"""The outline level of Word's that means body text; below it, 0 is a heading of level 1."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks: hidden, bold, raised, struck out, its font, its colour, and what its styles put behind.

    The latter is `fill` behind the run and `ground` behind its paragraph, as `fill_of` gives them.
    """

    hidden: bool
    bold: bool
    monospaced: bool
    raised: bool
    font: str | None = None
    struck: bool = False
    colour: str | None = None
    fill: str | None = None
    ground: str | None = None


@dataclass
class _Style:
    """A style's own statements; None where it says nothing."""

    name: str = ""
    based_on: str | None = None
    switches: dict[str, bool] = field(default_factory=dict)
    font: str | None = None
    raised: bool = False
    colour: str | None = None
    size: int | None = None
    fill: str | None = None
    ground: str | None = None
    shaded: bool = False
    conditional: dict[str, dict[str, bool]] = field(default_factory=dict)
    outline: int | None = None
    list_id: str | None = None
    list_level: int | None = None


class Styles:
    """The styles of a document, by their ids."""

    def __init__(self, root: _Element | None) -> None:
        """Take them from the root of `styles.xml`, if there is one."""
        self._styles: dict[str, _Style] = {}
        self._default: str | None = None
        self._chains: dict[str | None, list[tuple[str, _Style]]] = {}
        self._of_default = _Style()
        if root is None:
            return
        for element in root.iterfind(f"{W}style"):
            identity = element.get(f"{W}styleId") or ""
            self._styles.setdefault(identity, _style(element))
            if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in {"1", "true", "on"}:
                self._default = identity
        _take_run(self._of_default, root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        plain = self._font(self._default) or self._of_default.font
        self._all_monospaced = is_monospaced(plain)

    _all_monospaced = False

    def style_of(self, properties: _Element | None) -> str | None:
        """Return the id of a paragraph's style, which is the default one where it names none."""
        named = value(properties, "pStyle")
        return named if named in self._styles else self._default

    def in_cell(self, table: str | None, conditions: list[str]) -> str | None:
        """Return the id of a table's style as it is for a cell for which these parts of it hold, strongest first."""
        switches: dict[str, bool] = {}
        for condition in conditions:
            for _, style in self._chain(table):
                switches = style.conditional.get(condition, {}) | switches
        if not switches:
            return table
        identity = f"{table} {sorted(switches.items())}"
        self._styles.setdefault(identity, _Style(based_on=table, switches=switches))
        return identity

    def heading(self, properties: _Element | None) -> int:
        """Return a paragraph's level as a heading, outermost 1, or 0 where it is none."""
        own = number(value(properties, "outlineLvl"))
        if own is not None:
            return own + 1 if 0 <= own < _BODY_LEVEL else 0
        for _, style in self._chain(self.style_of(properties)):
            match = _HEADING.fullmatch(style.name)
            if match or style.name == "title":
                return int(match[1]) if match else 1
            if style.outline is not None:
                return style.outline + 1 if 0 <= style.outline < _BODY_LEVEL else 0
        return 0

    def is_code(self, properties: _Element | None) -> bool:
        """Return whether a paragraph's style, or one that it is based on, is for code."""
        return any(style.name in _CODE for _, style in self._chain(self.style_of(properties)))

    def is_caption(self, properties: _Element | None) -> bool:
        """Return whether a paragraph's style, or one that it is based on, is that of captions."""
        return any(style.name == "caption" for _, style in self._chain(self.style_of(properties)))

    def is_contents(self, properties: _Element | None) -> bool:
        """Return whether a paragraph is a line of a table of contents or of an index: others say it in full."""
        return any(_CONTENTS.fullmatch(style.name) for _, style in self._chain(self.style_of(properties)))

    def numbering(self, properties: _Element | None) -> tuple[str | None, int | None, list[str]]:
        """Return a paragraph's list and level, as far as it or its style says, and the styles that might say it."""
        list_id, level = value(properties, "numPr/numId"), number(value(properties, "numPr/ilvl"))
        chain = self._chain(self.style_of(properties))
        for _, style in chain:
            list_id = style.list_id if list_id is None else list_id
            level = style.list_level if level is None else level
        return list_id, level, [identity for identity, _ in chain]

    def list_of_style(self, identity: str | None) -> str | None:
        """Return the list that a numbering style refers to."""
        return next((style.list_id for _, style in self._chain(identity) if style.list_id), None)

    def look(self, run: _Element | None, paragraph: str | None, table: str | None = None) -> Look:
        """Return how a run with these properties looks in a paragraph and a table of these styles."""
        character = value(run, "rStyle")
        levels = (paragraph, character, table)
        font = _font_of(run) or self._font(character) or self._font(paragraph)
        raised = value(run, "vertAlign")
        return Look(
            self._on("vanish", run, levels) or self._on("specVanish", run, ()) or self._is_tiny(run, levels),
            self._on("b", run, levels),
            is_monospaced(font) and not self._all_monospaced,
            raised == "superscript" or (raised is None and any(s.raised for _, s in self._chain(character))),
            font,
            self._on("strike", run, levels) or self._on("dstrike", run, levels),
            _colour_of(run) or self._first("colour", (character, paragraph, table)),
            self._first("fill", (character, paragraph)),
            self._first("ground", (paragraph,)),
        )

    def shades(self, identity: str | None) -> bool:
        """Return whether a style, or one that it is based on, puts a colour behind text anywhere."""
        return any(style.shaded for _, style in self._chain(identity))

    def _is_tiny(self, run: _Element | None, levels: tuple[str | None, ...]) -> bool:
        paragraph, character, table = levels
        own = number(value(run, "sz"))
        size = own if own is not None else self._first("size", (character, paragraph, table))
        return isinstance(size, int) and 0 < size <= _TINY

    def _first(self, name: str, identities: tuple[str | None, ...]) -> Any:
        """Return what the first of some styles to speak of a property says, or what holds by default."""
        said = (getattr(style, name) for identity in identities for _, style in self._chain(identity))
        return next((one for one in said if one is not None), getattr(self._of_default, name))

    def _on(self, name: str, run: _Element | None, levels: tuple[str | None, ...]) -> bool:
        """Return whether a property is on; between kinds of styles it toggles (ECMA-376 part 1, 17.7.3)."""
        own = switch(run, name)
        if own is not None:
            return own
        if self._of_default.switches.get(name):
            return True
        on = False
        for level in levels:
            on ^= next((style.switches[name] for _, style in self._chain(level) if name in style.switches), False)
        return on

    def _font(self, identity: str | None) -> str | None:
        return next((style.font for _, style in self._chain(identity) if style.font), None)

    def _chain(self, identity: str | None) -> list[tuple[str, _Style]]:
        """Return a style and those that it is based on, nearest first."""
        if identity not in self._chains:
            chain: dict[str, _Style] = {}
            at = identity
            while at is not None and at in self._styles and at not in chain:
                chain[at] = self._styles[at]
                at = self._styles[at].based_on
            self._chains[identity] = list(chain.items())
        return self._chains[identity]


def is_monospaced(font: str | None) -> bool:
    """Return whether a font is one for code, by its name."""
    return bool(font and _MONOSPACED.search(font))


def _style(element: _Element) -> _Style:
    paragraph = element.find(f"{W}pPr")
    style = _Style(
        (value(element, "name") or "").strip().lower(),
        value(element, "basedOn"),
        outline=number(value(paragraph, "outlineLvl")),
        list_id=value(paragraph, "numPr/numId"),
        list_level=number(value(paragraph, "numPr/ilvl")),
    )
    _take_run(style, element.find(f"{W}rPr"))
    style.fill, style.ground = fill_of(element.find(f"{W}rPr")), fill_of(paragraph)
    style.shaded = any(is_shaded(shading.getparent()) for shading in element.iter(f"{W}shd", f"{W}highlight"))
    for part in element.iterfind(f"{W}tblStylePr"):
        style.conditional[part.get(f"{W}type") or ""] = _switches(part.find(f"{W}rPr"))
    return style


def _take_run(style: _Style, run: _Element | None) -> None:
    style.font = _font_of(run)
    style.raised = value(run, "vertAlign") == "superscript"
    style.colour, style.size = _colour_of(run), number(value(run, "sz"))
    style.switches |= _switches(run)


def _switches(run: _Element | None) -> dict[str, bool]:
    switches = {name: switch(run, name) for name in ("vanish", "b", "strike", "dstrike")}
    return {name: on for name, on in switches.items() if on is not None}


def _colour_of(run: _Element | None) -> str | None:
    colour = value(run, "color")
    return None if colour is None else colour.lower()


def _font_of(run: _Element | None) -> str | None:
    fonts = None if run is None else run.find(f"{W}rFonts")
    return None if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")
