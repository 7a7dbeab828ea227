"""Whether something that is not white lies behind white text in a Word document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.read.office.word_xml import W, value

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element  # type: ignore[import-untyped] # lxml carries no types

WHITE = frozenset(["ffffff", "white"])
_BOXES = (f"{W}txbxContent", f"{W}drawing", f"{W}pict")
_NO_FILL = frozenset(["", "auto", "none"])
_NO_PATTERN = frozenset(["clear", "nil"])


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
