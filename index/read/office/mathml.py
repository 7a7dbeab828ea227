"""Formulas of OpenDocument files (MathML) as text on one line, where that is sure to say the same."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from index.read.office.formula import UNREADABLE

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped] # lxml carries no types

_DEEPEST = 50
"""Elements in each other: a formula of more is none that a person wrote."""

_UNSEEN = frozenset(["annotation", "annotation-xml"])
_HOLDERS = frozenset(["math", "semantics", "mrow", "mstyle"])
_SIGNS = frozenset(["mi", "mn", "mo"])
_SCRIPTS = {"msup": "^", "msub": "_"}

_Token = tuple[str, str]
"""A sign, and what it is: `mi`, `mn`, `mo`, or `script` where something stands above or below it."""


class _NoTextError(Exception):
    """A formula has a part that has no text form, or not only one."""


def linear(formula: _Element) -> str:
    """Return a formula of signs in a row as text, such as `E=mc^2`; `[formula]` where it holds none, or other parts."""
    try:
        tokens = list(_tokens(formula, 0))
        return "".join([*map(_apart, pairwise(tokens)), *(text for text, _ in tokens[-1:])]) or UNREADABLE
    except _NoTextError:
        return UNREADABLE


def _tokens(element: _Element, depth: int) -> Iterator[_Token]:
    name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else "annotation"
    if name in _UNSEEN:
        return
    if name in _SIGNS:
        yield _sign(element), name
    elif name in _SCRIPTS:
        yield _script(element, _SCRIPTS[name]), "script"
    elif name in _HOLDERS and depth < _DEEPEST:
        for child in element:
            yield from _tokens(child, depth + 1)
    else:
        raise _NoTextError


def _sign(element: _Element) -> str:
    """Return a letter, number or mark; operators that are words, and what is not seen, have no text form."""
    text = (element.text or "").strip()
    if not text or len(element) or not text.isprintable():
        raise _NoTextError
    if element.tag.endswith("}mo") and any(map(str.isalnum, text)):
        raise _NoTextError
    return text


def _script(element: _Element, mark: str) -> str:
    """Return a base of one sign with one above or below it."""
    parts = [list(_tokens(child, 0)) for child in element]
    if [len(part) for part in parts] != [1, 1]:
        raise _NoTextError
    (base, _), (script, _) = parts[0][0], parts[1][0]
    if not base.isalnum() or not script.isalnum():
        raise _NoTextError
    return f"{base}{mark}{script}"


def _apart(pair: tuple[_Token, _Token]) -> str:
    """Return the first of two signs, with a space where it would run into the second."""
    (text, kind), (following, after) = pair
    if "mo" in {kind, after}:
        return text
    if after == "mn" or following[0].isdigit() or (kind == "script" and after == "script"):
        raise _NoTextError
    is_one = kind == "mn" or len(text) == len(following.partition("^")[0].partition("_")[0]) == 1
    return text if is_one else f"{text} "
