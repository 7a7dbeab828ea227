"""The parts and styles of an OpenDocument file, as LibreOffice writes them (OASIS OpenDocument 1.3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zipfile import ZipFile

from index.errors import UnreadableError
from index.read.archive import LOCKED, parsed, required, title_in
from index.read.missing import chart_mark
from index.read.office.mathml import linear

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped] # lxml carries no types

_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{_NAMES}office:1.0}}"
STYLE = f"{_NAMES}style:1.0}}"
TEXT = f"{_NAMES}text:1.0}}"
TABLE = f"{_NAMES}table:1.0}}"
DRAW = f"{_NAMES}drawing:1.0}}"
PRESENTATION = f"{_NAMES}presentation:1.0}}"
SVG = f"{_NAMES}svg-compatible:1.0}}"
CHART = f"{_NAMES}chart:1.0}}"
XLINK = "{http://www.w3.org/1999/xlink}"
_LOCK = f"{_NAMES}manifest:1.0}}encryption-data"

_LENGTH = re.compile(r"(-?\d{1,7}(?:\.\d{1,9})?)([a-z]{2})")
_POINTS = {"pt": 1.0, "cm": 28.3465, "mm": 2.83465, "in": 72.0, "pc": 12.0, "px": 0.75}
_NOTHING = re.compile(r"0+(?:\.0+)?(?:[a-z]+|%)?")
_DISPLAY = f"{DRAW}display"
_OFF_SCREEN = frozenset(["none", "printer"])
_RAISED = re.compile(r"0*[1-9]\d*(?:\.\d+)?%")
_FO = f"{_NAMES}xsl-fo-compatible:1.0}}"
_SHAPES = frozenset(
    f"{DRAW}{name}"
    for name in ("custom-shape", "rect", "circle", "ellipse", "polygon", "path", "regular-polygon", "caption")
)
_SLIDES = frozenset([f"{DRAW}page", f"{STYLE}master-page"])
WHITE = "#ffffff"
_TINY = 1.0
"""Points: text of one point is not to be read."""

_MOST_STYLES = 64
"""Styles that each build on the next; what goes deeper goes in a circle."""


def points(length: str | None) -> int:
    """Return a length such as `2.5cm` in points, 0 where there is none."""
    match = _LENGTH.fullmatch(length or "")
    return round(float(match[1]) * _POINTS.get(match[2], 1.0)) if match else 0


class OdfPackage:
    """The content of a file, its title and its styles; `pictures` become the sizes of those that nothing is said of."""

    def __init__(self, archive: ZipFile, damaged: str) -> None:
        """Open the parts; raises `UnreadableError` where they are locked, missing or damaged."""
        manifest = parsed(archive, "META-INF/manifest.xml")
        if manifest is not None and next(manifest.iter(_LOCK), None) is not None:
            raise UnreadableError(LOCKED)
        self._archive = archive
        self.pictures: list[tuple[float, float]] = []
        self.title = title_in(parsed(archive, "meta.xml"))
        self.content = required(archive, "content.xml", damaged)
        styles = required(archive, "styles.xml", damaged) if "styles.xml" in archive.namelist() else None
        self.roots = [self.content] if styles is None else [self.content, styles]
        self.styles = OdfStyles(self.roots)

    def body(self, kind: str) -> _Element | None:
        """Return what holds the content of a kind of document such as `text`."""
        return self.content.find(f"{OFFICE}body/{OFFICE}{kind}")

    def slide_size(self, slide: _Element) -> tuple[int, int]:
        """Return the width and height of a slide in points, 0 where they are not known."""
        masters = (one for root in self.roots for one in root.iter(f"{STYLE}master-page"))
        layouts = {one.get(f"{STYLE}name"): one.get(f"{STYLE}page-layout-name") for one in masters}
        name = layouts.get(slide.get(f"{DRAW}master-page-name"))
        pages = (one for root in self.roots for one in root.iter(f"{STYLE}page-layout"))
        layout = next((one for one in pages if name and one.get(f"{STYLE}name") == name), None)
        page = None if layout is None else layout.find(f"{STYLE}page-layout-properties")
        return (0, 0) if page is None else (points(page.get(f"{_FO}page-width")), points(page.get(f"{_FO}page-height")))

    def object_mark(self, reference: str) -> str:
        """Return the text of an embedded formula, or what stands for a chart, "" for what is neither."""
        root = parsed(self._archive, f"{reference.removeprefix('./').rstrip('/')}/content.xml")
        if root is None:
            return ""
        formula = next(root.iter("{*}math"), None)
        if formula is not None:
            return linear(formula)
        chart = next(root.iter(f"{CHART}chart"), None)
        return "" if chart is None else chart_mark("".join(chart.xpath("string(*[local-name()='title'])")))


def _family(element: _Element) -> str:
    return "table-row" if element.tag == f"{TABLE}table-row" else "table"


def _is_tiny(size: str | None) -> bool:
    points = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)pt", size or "")
    return points is not None and float(points[1]) <= _TINY


def _is_coloured(style: _Element) -> bool:
    """Tell whether a style, or the layout of a page, says of another background than white.

    A filling without a colour has LibreOffice's blue.
    """
    for element in style.iter():
        colour, fill = element.get(f"{_FO}background-color"), element.get(f"{DRAW}fill")
        filled = element.get(f"{DRAW}fill-color") if fill in {None, "solid"} else None
        if any(one and one.lower() not in {WHITE, "transparent"} for one in (colour, filled)):
            return True
        if fill == "solid" and element.get(f"{DRAW}fill-color") is None:
            return True
        if fill in {"gradient", "bitmap", "hatch"} or element.tag == f"{STYLE}background-image":
            return True
    return False


def _is_drawn(root: _Element) -> bool:
    """Tell whether a part has shapes, which are filled as the default style says: LibreOffice writes a blue one."""
    return any(isinstance(element.tag, str) and element.tag in _SHAPES for element in root.iter())


def _is_of_shapes(style: _Element) -> bool:
    return bool(style.get(f"{STYLE}family") == "graphic")


def _used_names(roots: list[_Element]) -> set[str]:
    """Return the names of the styles that something has, by itself or because others build on them."""
    used: set[str] = set()
    above: dict[str, set[str]] = {}
    for element in (element for root in roots for element in root.iter(f"{STYLE}style")):
        parent = element.get(f"{STYLE}parent-style-name")
        above.setdefault(element.get(f"{STYLE}name") or "", set()).update({parent} if parent else ())
    for element in (element for root in roots for element in root.iter() if element.tag != f"{STYLE}style"):
        used.update(value for name, value in element.attrib.items() if name.endswith("style-name"))
    new = used
    while new:
        new = {parent for name in new for parent in above.get(name, ())} - used
        used |= new
    return used


class OdfStyles:
    """The styles of a document, by family and name."""

    def __init__(self, roots: list[_Element]) -> None:
        """Take them from the parts' roots; those of the first come first."""
        self._styles: dict[tuple[str, str], _Element] = {}
        layers = (layer for root in roots for layer in root.iter(f"{DRAW}layer"))
        self._unseen_layers = {layer.get(f"{DRAW}name") for layer in layers if layer.get(_DISPLAY) in _OFF_SCREEN}
        used, drawn = _used_names(roots), any(map(_is_drawn, roots))
        coloured = any(
            _is_coloured(style)
            for root in roots
            for style in root.iter(f"{STYLE}style", f"{STYLE}default-style", f"{STYLE}page-layout")
            if (
                style.get(f"{STYLE}name") in used if style.tag == f"{STYLE}style" else drawn or not _is_of_shapes(style)
            )
        )
        for root in roots:
            for style in root.iter(f"{STYLE}style", f"{STYLE}default-style"):
                key = (style.get(f"{STYLE}family") or "", style.get(f"{STYLE}name") or "")
                self._styles.setdefault(key, style)
        frames = (frame for root in roots for frame in root.iter(f"{DRAW}frame"))
        self._on_white = not coloured and not any(map(self._is_picture_below_words, frames))

    def _is_picture_below_words(self, frame: _Element) -> bool:
        """Tell whether words may stand over a picture: any on a slide, in a text one that they do not run around."""
        if frame.find(f"{DRAW}image") is None:
            return False
        if next((one.tag for one in frame.iterancestors() if one.tag != f"{DRAW}g"), None) in _SLIDES:
            return True
        if frame.get(f"{TEXT}anchor-type") == "as-char":
            return False
        style = frame.get(f"{DRAW}style-name")
        wrap, place = (self.value("graphic", style, "graphic", f"{STYLE}{name}") for name in ("wrap", "run-through"))
        return wrap == "run-through" if wrap else place == "background"

    def chain(self, family: str, name: str | None) -> list[_Element]:
        """Return a style and those that it builds on, nearest first, the family's default last."""
        styles: list[_Element] = []
        while name is not None and len(styles) < _MOST_STYLES and (family, name) in self._styles:
            styles.append(self._styles[family, name])
            name = styles[-1].get(f"{STYLE}parent-style-name")
        default = self._styles.get((family, ""))
        return styles if default is None else [*styles, default]

    def value(self, family: str, name: str | None, properties: str, attribute: str) -> str | None:
        """Return an attribute of a style's properties of a kind such as `text`, if it or one below it has it."""
        for style in self.chain(family, name):
            element = style.find(f"{STYLE}{properties}-properties")
            if element is not None and attribute in element.attrib:
                return str(element.get(attribute))
        return None

    def named(self, name: str | None, names: frozenset[str]) -> bool:
        """Return whether a paragraph's style, or one that it builds on, has one of these names."""
        return any(style.get(f"{STYLE}name") in names for style in self.chain("paragraph", name))

    def hides_text(self, family: str, name: str | None) -> bool | None:
        """Return whether a style hides text or shows it, or None where it says neither."""
        display = self.value(family, name, "text", f"{TEXT}display")
        return None if display is None else display == "none"

    def colour(self, family: str, name: str | None) -> str | None:
        """Return the colour that a style gives text, None where it is told by what lies behind."""
        for style in self.chain(family, name):
            said = style.find(f"{STYLE}text-properties")
            if said is None:
                continue
            if said.get(f"{STYLE}use-window-font-color") == "true":
                return None
            if colour := said.get(f"{_FO}color"):
                return str(colour).lower()
        return None

    def is_conditional(self, name: str | None) -> bool:
        """Return whether a condition may give a cell of a style another look."""
        return any(style.find(f"{STYLE}map") is not None for style in self.chain("table-cell", name))

    def ground(self, cell: _Element, name: str | None) -> str | None:
        """Return the colour of a table's cell of a style, or of the row or the table that it is in.

        None where nothing says it, or a condition may change it.
        """
        above = cell.iterancestors(f"{TABLE}table-row", f"{TABLE}table")
        named = [("table-cell", name), *((_family(one), one.get(f"{TABLE}style-name")) for one in (*above,)[:2])]
        if self.is_conditional(name):
            return None
        grounds = (self.value(family, style, family, f"{_FO}background-color") for family, style in named)
        return next((one.lower() for one in grounds if one and one != "transparent"), None)

    def fades_text(self, family: str, name: str | None, behind: str | None = None) -> bool:
        """Return whether a style gives text the colour that it stands on, or makes it too small to be read.

        `behind` is the colour of the cell that the text is in, None where that is not known.
        """
        if _is_tiny(self.value(family, name, "text", f"{_FO}font-size")):
            return True
        colour = self.colour(family, name)
        if colour is None:
            return False
        kinds = {"paragraph": ("text", "paragraph"), "text": ("text",)}.get(family, ())
        grounds = (self.value(family, name, kind, f"{_FO}background-color") for kind in kinds)
        ground = next((one.lower() for one in grounds if one and one.lower() != "transparent"), behind)
        return colour == ground or (colour == WHITE and self._on_white)

    def hides_shape(self, shape: _Element) -> bool:
        """Return whether a drawing, or the layer that it is on, is not shown on a screen."""
        return shape.get(_DISPLAY) in _OFF_SCREEN or shape.get(f"{DRAW}layer") in self._unseen_layers

    def raises_text(self, name: str) -> bool:
        """Return whether a style of words raises them above the line."""
        position = (self.value("text", name, "text", f"{STYLE}text-position") or "").split(" ")[0]
        return position == "super" or bool(_RAISED.fullmatch(position))

    def strikes_text(self, family: str, name: str | None) -> bool:
        """Return whether a style strikes out text."""
        names = (f"{STYLE}text-line-through-style", f"{STYLE}text-line-through-type")
        values = [value for attribute in names if (value := self.value(family, name, "text", attribute))]
        return bool(values) and "none" not in values

    def is_flat(self, family: str, name: str | None, size: str) -> bool:
        """Return whether a row has no height, or a column no width."""
        length = self.value(family, name, family, f"{STYLE}{size}")
        return length is not None and _NOTHING.fullmatch(length) is not None
