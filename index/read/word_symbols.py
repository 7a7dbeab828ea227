"""Characters of a Word document that are not what they are written as: those of fonts of symbols, and raised ones."""

from __future__ import annotations

import re

PRIVATE = re.compile("[\uf000-\uf0ff]")
"""Characters of fonts of symbols, which Word keeps where nobody else has any."""

_RAISED = str.maketrans("0123456789+-\N{MINUS SIGN}=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")

UNKNOWN_SYMBOL = "[symbol]"
"""What stands in a text for a character that nothing is known of."""


def raised(text: str) -> str:
    """Return digits as raised ones, so that 10 to the fifth does not become 105; words stay as they are."""
    return text.translate(_RAISED) if all(ord(character) in _RAISED for character in text.strip()) else text


def symbol(font: str, code: str) -> str:
    """Return the character that a code stands for in a font of symbols."""
    from mammoth.docx.dingbats import dingbats

    try:
        point = int(code, 16)
    except ValueError:
        return UNKNOWN_SYMBOL
    known = dingbats.get((font, point)) or dingbats.get((font, point & 0xFF))
    if known:
        return chr(known)
    return UNKNOWN_SYMBOL if 0xE000 <= point < 0xF900 or not 0 < point < 0xD800 else chr(point)  # noqa: PLR2004 # private, surrogates
