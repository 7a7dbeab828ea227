"""What lies behind text in a Word document: whether it is white on white, or in the colour that it stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.read.office.word_xml import W, value

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element  # type: ignore[import-untyped] # lxml carries no types

WHITE = frozenset(["ffffff", "white"])
_BOXES = (f"{W}txbxContent", f"{W}drawing", f"{W}pict")
_NO_FILL = frozenset(["", "auto", "none"])
_HIGHLIGHTS = {
    "black": "000000",
    "blue": "0000ff",
    "cyan": "00ffff",
    "darkblue": "000080",
    "darkcyan": "008080",
    "darkgray": "808080",
    "darkgreen": "008000",
    "darkmagenta": "800080",
    "darkred": "800000",
    "darkyellow": "808000",
    "green": "00ff00",
    "lightgray": "c0c0c0",
    "magenta": "ff00ff",
    "red": "ff0000",
    "white": "ffffff",
    "yellow": "ffff00",
}
"""Word's colours of highlighting (ECMA-376 part 1, 17.18.40), in lower case."""
_NO_PATTERN = frozenset(["clear", "nil"])
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_EFFECTS = (*(f"{_W14}{name}" for name in ("glow", "shadow", "textOutline")), f"{_W14}textFill/{_W14}gradFill")
CLEAR = ""
"""What stands for no colour behind text, and for one that is not known, such as that of a pattern."""


def is_shaded(element: _Element | None) -> bool | None:
    """Tell whether properties shade or highlight their text in a colour, or None where they do not speak of it."""
    if element is None:
        return None
    marked = value(element, "highlight", "none")
    if marked not in _NO_FILL | WHITE:
        return True
    shading = element.find(f"{W}shd")
    if shading is None:
        return None
    fill, pattern = (shading.get(f"{W}fill") or "").lower(), shading.get(f"{W}val", "clear")
    if fill in _NO_FILL and pattern in _NO_PATTERN:
        return None  # what lies behind is seen through it
    return fill not in WHITE or pattern not in _NO_PATTERN


def fill_of(element: _Element | None) -> str | None:
    """Return the colour that properties put behind their text, as `rrggbb`, or `CLEAR`; None where they say nothing.

    What marks text lies over what shades it.
    """
    if element is None:
        return None
    marked, shading = value(element, "highlight"), element.find(f"{W}shd")
    if marked is not None and marked.lower() not in _NO_FILL:
        return _HIGHLIGHTS.get(marked.lower(), CLEAR)
    if shading is None:
        return None if marked is None else CLEAR
    fill = (shading.get(f"{W}fill") or "").lower()
    return CLEAR if fill in _NO_FILL or shading.get(f"{W}val", "clear") != "clear" else fill


def stands_out(run: _Element) -> bool:
    """Tell whether an effect, an outline or a filling with more than a colour shows the letters of a run."""
    properties = run.find(f"{W}rPr")
    effects = [] if properties is None else [found for name in _EFFECTS for found in properties.iterfind(name)]
    return any(effect.find(f"{_W14}noFill") is None for effect in effects)


def is_in_its_fill(run: _Element, colour: str | None, fill: str | None, ground: str | None) -> bool:
    """Tell whether a run of a colour stands on that very colour, so that nobody sees it.

    Of the run, its styles, its paragraph, that one's style and its cell, the first that speaks of what is behind text
    holds. `fill` is what styles put behind the run, and `ground` behind its paragraph, as `fill_of` gives them.
    """
    if colour is None or colour == "auto":
        return False
    paragraph = next(run.iterancestors(f"{W}p"), None)
    levels = (
        fill_of(run.find(f"{W}rPr")),
        fill,
        fill_of(paragraph.find(f"{W}pPr")) if paragraph is not None else None,
        ground,
        _cell_fill(paragraph),
    )
    return next((level for level in levels if level is not None), CLEAR) == colour


def _cell_fill(paragraph: _Element | None) -> str | None:
    """Return what is behind the cell that a paragraph stands in; what is around a cell is not looked at."""
    for above in paragraph.iterancestors() if paragraph is not None else ():
        if above.tag in _BOXES:
            return None
        if above.tag == f"{W}tc":
            return fill_of(above.find(f"{W}tcPr"))
    return None


def is_on_white(run: _Element, shades: Callable[[str | None], bool]) -> bool:
    """Tell whether nothing of another colour lies behind a run; `shades` says it of a style, by its id.

    What lies behind a text box is not known: it is taken for a colour.
    """
    own = is_shaded(run.find(f"{W}rPr"))
    if own is not None:
        return not own
    if shades(value(run, "rPr/rStyle")):
        return False
    for above in run.iterancestors():
        if above.tag in _BOXES:
            return False
        behind = _behind(above, shades)
        if behind is not None:
            return not behind
    return True


def _behind(above: _Element, shades: Callable[[str | None], bool]) -> bool | None:
    """Return whether an element around a run is coloured, or None where it does not say."""
    if above.tag == f"{W}p":
        properties = above.find(f"{W}pPr")
        own = is_shaded(properties)
        return own if own is not None else shades(value(properties, "pStyle")) or None
    if above.tag == f"{W}tc":
        return is_shaded(above.find(f"{W}tcPr"))
    if above.tag == f"{W}tbl":
        own = is_shaded(above.find(f"{W}tblPr"))
        return own if own is not None else shades(value(above, "tblPr/tblStyle")) or None
    return True if above.tag == f"{W}document" and above.find(f"{W}background") is not None else None
