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
    "yellow": "ffff00",
}
"""Word's colours of highlighting (ECMA-376 part 1, 17.18.40), in lower case; white is looked after by itself."""
_NO_PATTERN = frozenset(["clear", "nil"])
_FILLED = frozenset(f"{W}{name}" for name in ("p", "tc", "tbl"))


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
    """Return the one colour that properties put behind their text, as `rrggbb`; None where they say none or several."""
    if element is None:
        return None
    marked = _HIGHLIGHTS.get((value(element, "highlight") or "").lower())
    if marked is not None:
        return marked
    shading = element.find(f"{W}shd")
    if shading is None or shading.get(f"{W}val", "clear") not in _NO_PATTERN:
        return None
    fill = (shading.get(f"{W}fill") or "").lower()
    return None if fill in _NO_FILL else fill


def is_in_its_fill(run: _Element, colour: str | None, fill: str | None) -> bool:
    """Tell whether a run of a colour stands on that very colour, so that nobody sees it.

    `fill` is what the run's styles put behind it, where nothing nearer does.
    """
    if colour is None or colour == "auto":
        return False
    own = fill_of(run.find(f"{W}rPr")) or fill
    if own is not None:
        return own == colour
    for above in run.iterancestors():
        if above.tag in _BOXES:
            return False
        behind = fill_of(above.find(f"{above.tag}Pr")) if above.tag in _FILLED else None
        if behind is not None:
            return behind == colour
    return False


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
