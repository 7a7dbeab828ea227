"""Raised figures: 10 to the sixth power is not one hundred and six."""

from __future__ import annotations

_RAISED = str.maketrans("0123456789+-\N{MINUS SIGN}=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")


def raised(text: str) -> str:
    """Return digits as raised ones, so that 10 to the fifth does not become 105; words stay as they are."""
    return text.translate(_RAISED) if all(ord(character) in _RAISED for character in text.strip()) else text
