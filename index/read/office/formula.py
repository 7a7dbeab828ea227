"""Formulas of Office documents (OMML) as text on one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from index.read.missing import FORMULA

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped] # lxml carries no types

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
UNREADABLE = FORMULA
"""What stands in a text for a formula that has no text form."""

_VANISH = ".//{http://schemas.openxmlformats.org/wordprocessingml/2006/main}vanish"
_OFF = frozenset(["0", "false", "off"])


def linear(formula: _Element) -> str:
    """Return a formula as text: `x^2`, `(a+b)/2`, `√(x)`; `[formula]` where it holds none."""
    return _all(formula).strip() or UNREADABLE


def _all(element: _Element | None) -> str:
    if element is None:
        return ""
    return "".join(_text_of(child) for child in element if isinstance(child.tag, str))


def _text_of(element: _Element) -> str:
    if not element.tag.startswith(M):
        return _all(element) if element.tag.endswith(("}ins", "}moveTo", "}r")) else ""
    name = element.tag[len(M) :]
    if name.endswith("Pr"):
        return ""
    if name == "r":
        return _run(element)
    return _FORMS.get(name, _all)(element)


def _run(element: _Element) -> str:
    if element.find(_VANISH) is not None:
        return ""
    return "".join(text.text or "" for text in element.iterfind(f"{M}t"))


def _part(element: _Element, name: str) -> str:
    return _all(element.find(M + name)).strip()


def _grouped(text: str) -> str:
    """Return an operand, in parentheses where it would otherwise run into what stands beside it."""
    return text if not text or text.isalnum() or (text[0] == "(" and text[-1] == ")") else f"({text})"


def _property(element: _Element, path: str, otherwise: str) -> str:
    setting = element.find("/".join(M + name for name in path.split("/")))
    return otherwise if setting is None else str(setting.get(f"{M}val", otherwise))


def _fraction(element: _Element) -> str:
    return f"{_grouped(_part(element, 'num'))}/{_grouped(_part(element, 'den'))}"


def _script(element: _Element) -> str:
    """Return a base with what stands below and above it."""
    below, above = _part(element, "sub"), _part(element, "sup")
    text = _part(element, "e")
    text += f"_{_grouped(below)}" if below else ""
    return text + (f"^{_grouped(above)}" if above else "")


def _limit(element: _Element) -> str:
    mark = "_" if element.tag.endswith("limLow") else "^"
    return f"{_part(element, 'e')}{mark}{_grouped(_part(element, 'lim'))}"


def _root(element: _Element) -> str:
    degree = _part(element, "deg")
    return f"√({degree}&{_part(element, 'e')})" if degree else f"√({_part(element, 'e')})"


def _nary(element: _Element) -> str:
    below, above = _part(element, "sub"), _part(element, "sup")
    text = _property(element, "naryPr/chr", "∫")
    text += f"_{_grouped(below)}" if below else ""
    text += f"^{_grouped(above)}" if above else ""
    return f"{text} {_part(element, 'e')}"


def _delimited(element: _Element) -> str:
    inside = _property(element, "dPr/sepChr", "|").join(_all(part).strip() for part in element.iterfind(f"{M}e"))
    return _property(element, "dPr/begChr", "(") + inside + _property(element, "dPr/endChr", ")")


def _function(element: _Element) -> str:
    return f"{_part(element, 'fName')} {_part(element, 'e')}"


def _matrix(element: _Element) -> str:
    rows = ([_all(cell).strip() for cell in row.iterfind(f"{M}e")] for row in element.iterfind(f"{M}mr"))
    return f"[{'; '.join(', '.join(row) for row in rows)}]"


def _lines(element: _Element) -> str:
    return "; ".join(_all(part).strip() for part in element.iterfind(f"{M}e"))


def _phantom(element: _Element) -> str:
    return "" if _property(element, "phantPr/show", "1") in _OFF else _part(element, "e")


_FORMS: dict[str, Callable[[_Element], str]] = {
    "f": _fraction,
    "sSup": _script,
    "sSub": _script,
    "sSubSup": _script,
    "sPre": _script,
    "limLow": _limit,
    "limUpp": _limit,
    "rad": _root,
    "nary": _nary,
    "d": _delimited,
    "func": _function,
    "m": _matrix,
    "eqArr": _lines,
    "phant": _phantom,
}
"""How each structure is written, by its name; all others are what they hold, one after the other."""
