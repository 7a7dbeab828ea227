"""Which text on a slide is not seen: in the colour that it stands on, without any, or too small to be read."""

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
_OTHER = ""
"""What stands for a colour that is not known, such as that of a picture."""

_WHITE = "FFFFFF"
_TINY = 100
"""Hundredths of a point: text of one point is not to be read."""

_NAMED = {"white": _WHITE, "black": "000000"}
_SOLID_BACKGROUND = "1001"
"""The first of a theme's backgrounds, which is its colour and nothing else."""


def is_tiny(run: Any) -> bool:
    """Tell whether a run is too small to be read."""
    properties = run.find(f"{_A}rPr")
    size = number(properties.get("sz")) if properties is not None else None
    return size is not None and 0 < size <= _TINY


def is_clear(run: Any) -> bool:
    """Tell whether the letters of a run are not filled, or with a colour that is seen through altogether."""
    properties = run.find(f"{_A}rPr")
    if properties is None or _stands_out(properties):
        return False
    opacity = properties.find(f"{_A}solidFill/*/{_A}alpha")
    return properties.find(f"{_A}noFill") is not None or (opacity is not None and opacity.get("val") in {"0", "0%"})


def _stands_out(properties: Any) -> bool:
    """Tell whether something but the filling of its letters shows a run: a highlight, an outline or an effect."""
    if any(properties.find(f"{_A}{name}") is not None for name in ("highlight", "effectLst/*", "effectDag/*")):
        return True
    outline = properties.find(f"{_A}ln")
    return outline is not None and outline.find(f"{_A}noFill") is None


class Paper:
    """A slide with its colours, as six hexadecimal digits; a shape in a group may lie anywhere in that."""

    def __init__(self, slide: Any) -> None:
        """`slide` is python-pptx's."""
        self._slide = slide
        self._layers = (slide, slide.slide_layout, slide.slide_layout.slide_master)

    def hides(self, run: Any, shape: Any, frame: Any = None) -> bool:
        """Tell whether a run of a shape is not seen; `frame` is the outermost group that the shape is in."""
        if is_tiny(run) or is_clear(run):
            return True
        colour = self._letters(run)
        if colour == _OTHER:
            return False
        own = self._filled(shape)
        if own is not None:
            return own == colour
        return self._background == colour and not self._is_over(shape, frame or shape, colour)

    def hides_in_cell(self, run: Any, cell: Any) -> bool:
        """Tell whether a run in a table's cell, given as its element, is not seen; what a style fills is not known."""
        fill = cell.find(f"{_A}tcPr/{_A}solidFill")
        colour = self._letters(run)
        return is_tiny(run) or is_clear(run) or (fill is not None and _OTHER != colour == self._colour(fill))

    def _letters(self, run: Any) -> str:
        """Return the colour of the letters of a run, where it is known and nothing else shows them."""
        properties = run.find(f"{_A}rPr")
        fill = properties.find(f"{_A}solidFill") if properties is not None else None
        return _OTHER if fill is None or _stands_out(properties) else self._colour(fill)

    @cached_property
    def _background(self) -> str:
        """The colour of the slide's background."""
        backgrounds = (layer.element.find(f"{_P}cSld/{_P}bg") for layer in self._layers)
        background = next((one for one in backgrounds if one is not None), None)
        if background is None:
            return _WHITE
        reference = background.find(f"{_P}bgRef")
        if reference is not None:
            return self._colour(reference) if reference.get("idx") == _SOLID_BACKGROUND else _OTHER
        fill = background.find(f"{_P}bgPr/{_A}solidFill")
        return self._colour(fill) if fill is not None else _OTHER

    def _colour(self, fill: Any) -> str:
        """Return a fill's colour, as it stands or by the theme."""
        colour = next(iter(fill), None)
        if colour is None or len(colour):
            return _OTHER  # lighter or darker than it says
        name = str(colour.get("val") or "")
        if colour.tag == f"{_A}schemeClr":
            return _OTHER if self._is_mapped_anew else self._theme.get(self._mapped(name), _OTHER)
        return str(_NAMED.get(name) or colour.get("lastClr") or name).upper()

    @cached_property
    def _is_mapped_anew(self) -> bool:
        """Whether the slide or its layout calls other colours of the theme by the master's names for them."""
        return any(layer.element.find(f"{_P}clrMapOvr/{_A}overrideClrMapping") is not None for layer in self._layers)

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

    def _filled(self, shape: Any) -> str | None:
        """Return the colour that a shape is filled with; None where the slide is seen through it."""
        properties = shape.element.find(f"{_P}spPr")
        if properties is None or shape.element.tag == f"{_P}pic":
            return _OTHER  # a table, or a picture, which lies beside the properties of its frame
        if properties.find(f"{_A}noFill") is not None:
            return None
        solid = properties.find(f"{_A}solidFill")
        if solid is not None:
            return self._colour(solid)
        if any(properties.find(f"{_A}{fill}") is not None for fill in _FILLS):
            return _OTHER
        reference = shape.element.find(f"{_P}style/{_A}fillRef")
        if reference is not None and reference.get("idx") != "0":
            return _OTHER
        base = getattr(shape, "_base_placeholder", None) if shape.is_placeholder else None
        return self._filled(base) if base is not None else None

    def _is_over(self, shape: Any, frame: Any, colour: str) -> bool:
        """Tell whether a shape in a frame may overlap another one that is filled with something else than a colour."""
        box = _box(frame)
        return box is None or any(_overlap(box, other) for other in self._others(shape, colour))

    def _others(self, shape: Any, colour: str) -> Iterator[tuple[int, int, int, int] | None]:
        for layer in self._layers:
            for other, frame in _with_frames(layer.shapes):
                is_sketch = layer is not self._slide and other.is_placeholder
                if other.shape_id == shape.shape_id and layer is self._slide:
                    continue
                if not is_sketch and self._filled(other) not in {None, colour}:
                    yield _box(frame)


def _with_frames(shapes: Any, frame: Any = None) -> Iterator[tuple[Any, Any]]:
    """Yield shapes and those in groups, each with the outermost group that it is in, or itself where it is in none."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _with_frames(shape.shapes, frame or shape)
        else:
            yield shape, frame or shape


def _box(shape: Any) -> tuple[int, int, int, int] | None:
    if None in {shape.left, shape.top, shape.width, shape.height}:
        return None
    return shape.left, shape.top, shape.left + shape.width, shape.top + shape.height


def _overlap(box: tuple[int, int, int, int], other: tuple[int, int, int, int] | None) -> bool:
    if other is None:
        return True
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
