"""Which text on a slide is not seen: white where nothing of another colour is behind it, or too small to be read."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from index.read.office.word_xml import number

if TYPE_CHECKING:
    from collections.abc import Iterator

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_THEME = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
_FILLS = ("solidFill", "gradFill", "blipFill", "pattFill", "grpFill")
_TINY = 100
"""Hundredths of a point: text of one point is not to be read."""

_SOLID_BACKGROUND = "1001"
"""The first of a theme's backgrounds, which is its colour and nothing else."""


def is_tiny(run: Any) -> bool:
    """Tell whether a run is too small to be read."""
    properties = run.find(f"{_A}rPr")
    size = number(properties.get("sz")) if properties is not None else None
    return size is not None and 0 < size <= _TINY


class Paper:
    """A slide with its colours; a shape in a group, and a table, is taken for one on another colour than white."""

    def __init__(self, slide: Any) -> None:
        """`slide` is python-pptx's."""
        self._slide = slide
        self._layers = (slide, slide.slide_layout, slide.slide_layout.slide_master)

    def hides(self, run: Any, shape: Any) -> bool:
        """Tell whether a run of a shape, which stands in no other one, is not seen."""
        if is_tiny(run):
            return True
        properties = run.find(f"{_A}rPr")
        fill = properties.find(f"{_A}solidFill") if properties is not None else None
        if fill is None or not self._is_white(fill) or properties.find(f"{_A}highlight") is not None:
            return False
        own = self._filled(shape)
        return not own if own is not None else self._is_blank and not self._is_over_others(shape)

    @cached_property
    def _is_blank(self) -> bool:
        """Whether the slide's background is white."""
        backgrounds = (layer.element.find(f"{_P}cSld/{_P}bg") for layer in self._layers)
        background = next((one for one in backgrounds if one is not None), None)
        if background is None:
            return True
        reference = background.find(f"{_P}bgRef")
        if reference is not None:
            return reference.get("idx") == _SOLID_BACKGROUND and self._is_white(reference)
        fill = background.find(f"{_P}bgPr/{_A}solidFill")
        return fill is not None and self._is_white(fill)

    def _is_white(self, fill: Any) -> bool:
        """Tell whether a fill's colour is white, as it stands or by the theme."""
        colour = next(iter(fill), None)
        if colour is None or len(colour):
            return False  # lighter or darker than it says
        name = str(colour.get("val") or "")
        if colour.tag == f"{_A}schemeClr":
            return self._theme.get(self._mapped(name), "") == "FFFFFF"
        return name.upper() == "FFFFFF" or name == "white" or colour.get("lastClr", "").upper() == "FFFFFF"

    def _mapped(self, name: str) -> str:
        mapping = self._layers[2].element.find(f"{_P}clrMap")
        return str(mapping.get(name, name)) if mapping is not None else name

    @cached_property
    def _theme(self) -> dict[str, str]:
        """The colours of the theme, by name, as six hexadecimal digits."""
        from lxml import etree  # type: ignore[import-untyped] # lxml carries no types

        try:
            part = self._layers[2].part.part_related_by(_THEME)
            root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
        except (KeyError, etree.XMLSyntaxError):
            return {}
        scheme = root.find(f".//{_A}clrScheme")
        colours = scheme if scheme is not None else ()
        return {
            etree.QName(colour).localname: str(colour[0].get("lastClr") or colour[0].get("val") or "").upper()
            for colour in colours
            if isinstance(colour.tag, str) and len(colour)
        }

    def _filled(self, shape: Any) -> bool | None:
        """Return whether a shape is filled with another colour than white; None where the slide is seen through it."""
        properties = shape.element.find(f"{_P}spPr")
        if properties is None or shape.element.tag == f"{_P}pic":
            return True  # a group, a table, or a picture, which lies beside the properties of its frame
        if properties.find(f"{_A}noFill") is not None:
            return None
        solid = properties.find(f"{_A}solidFill")
        if solid is not None:
            return not self._is_white(solid)
        if any(properties.find(f"{_A}{fill}") is not None for fill in _FILLS):
            return True
        reference = shape.element.find(f"{_P}style/{_A}fillRef")
        if reference is not None and reference.get("idx") != "0":
            return True
        base = getattr(shape, "_base_placeholder", None) if shape.is_placeholder else None
        return self._filled(base) if base is not None else None

    def _is_over_others(self, shape: Any) -> bool:
        """Tell whether a shape overlaps another one that is not seen through."""
        box = _box(shape)
        return box is None or any(_overlap(box, other) for other in self._others(shape))

    def _others(self, shape: Any) -> Iterator[tuple[int, int, int, int] | None]:
        for layer in self._layers:
            for other in layer.shapes:
                is_sketch = layer is not self._slide and other.is_placeholder
                if other.shape_id == shape.shape_id and layer is self._slide:
                    continue
                if not is_sketch and self._filled(other):
                    yield _box(other)


def _box(shape: Any) -> tuple[int, int, int, int] | None:
    if None in {shape.left, shape.top, shape.width, shape.height}:
        return None
    return shape.left, shape.top, shape.left + shape.width, shape.top + shape.height


def _overlap(box: tuple[int, int, int, int], other: tuple[int, int, int, int] | None) -> bool:
    if other is None:
        return True
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
