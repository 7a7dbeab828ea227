"""A number format of Excel's in its smallest parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a format: its kind, as it is written, and what it shows where it stands for itself.

    Kinds: `literal`, `general`, `text` (@), `digit` (0 # ?), `point`, `comma`, `percent`, `exponent`, `slash` (of a
    fraction), `date`, `elapsed` and `noon` (AM/PM), of which the last two are `date` as well in `kind`.
    """

    kind: str
    code: str
    literal: str = ""


_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|\\(?P<escaped>.)"
    r"|_.|\*."  # the width of a character, and one that fills the cell: nothing that is read
    r"|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]"
    r"|\[(?P<elapsed>h+|m+|s+)\]"
    r"|\[[^\]]*\]"  # a colour
    r"|(?P<general>General)"
    r"|(?P<noon>AM/PM|A/P)"
    r"|(?P<date>g{1,3}(?=e)|y+|m+|d+|h+|s+|e+(?![+-])|(?<=s)\.0+|a{3,4})"
    r"|(?P<exponent>E[+-])"
    r"|(?P<text>@)"
    r"|(?P<digit>[0#?])"
    r"|(?P<point>\.)"
    r"|(?P<comma>,)"
    r"|(?P<percent>%)"
    r"|(?P<slash>/)"
    r"|(?P<literal>.)",
    re.IGNORECASE | re.DOTALL,
)
_OWN_TEXT = frozenset(["quoted", "escaped", "currency", "literal"])


def tokens(section: str) -> Iterator[Token]:
    """Yield the parts of one section of a format; a `slash` between dates is a literal."""
    candidates = [_token(match) for match in _TOKEN.finditer(section)]
    parts = [token for token in candidates if token is not None]
    dated = any(token.kind == "date" for token in parts)
    for token in parts:
        yield Token("literal", token.code, token.code) if dated and _stands_for_itself(token) else token


def _stands_for_itself(token: Token) -> bool:
    """Return whether a part of a number is only text between the parts of a date."""
    return token.kind in {"slash", "point", "comma", "digit", "percent"}


def _token(match: re.Match[str]) -> Token | None:
    kind = match.lastgroup
    if kind is None:
        return None
    text = match[kind]
    if kind in _OWN_TEXT:
        return Token("literal", match[0], text)
    if kind in {"elapsed", "noon", "date"}:
        return Token("date", f"[{text.lower()}]" if kind == "elapsed" else text.lower())
    return Token(kind, text, text if kind in {"percent", "slash", "point", "comma"} else "")
