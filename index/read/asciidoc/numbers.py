"""The numbers of AsciiDoc's lists, which are letters and Roman ones in lists within lists."""

from __future__ import annotations

import re

from index.read.numerals import numeral

_BY_DEPTH = ("arabic", "loweralpha", "lowerroman", "upperalpha", "upperroman")
_FORMS = {
    "loweralpha": "lowerLetter",
    "upperalpha": "upperLetter",
    "lowerroman": "lowerRoman",
    "upperroman": "upperRoman",
    "decimal": "decimalZero",
}
_STYLE = re.compile(r"\s*\"?(arabic|decimal|loweralpha|upperalpha|lowerroman|upperroman)\b")


def style_of(mark: str, options: str) -> str:
    """Return how a list is numbered whose items begin with so many dots and which has these attributes."""
    named = _STYLE.match(options)
    return named[1] if named else _BY_DEPTH[len(mark) - 1] if mark.strip(".") == "" else "arabic"


def shown(count: int, style: str) -> str:
    """Return a number as a style of lists shows it."""
    return numeral(count, _FORMS.get(style, "decimal"))
