"""Characters of a Word document that are not what they are written as: those of fonts of symbols."""

from __future__ import annotations

import re

PRIVATE = re.compile("[\uf000-\uf0ff]")
"""Characters of fonts of symbols, which Word keeps where nobody else has any."""

UNKNOWN_SYMBOL = "[symbol]"
"""What stands in a text for a character that nothing is known of."""


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
