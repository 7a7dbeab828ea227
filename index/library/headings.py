"""Headings in what somebody said, which stands below one that says who did."""

from __future__ import annotations

import re

_HEADING = re.compile(r"(?m)^((?:[ \t>]|[-*+] |\d{1,9}[.)] )*)(?=#|=+[ \t]*$|-+[ \t]*$)|(?=</?[hH][1-6]\b)")
_FENCE = re.compile(r"(?m)^(?=[ ]{0,3}(?:```(?!.*`)|~~~))")


def without_headings(text: str) -> str:
    """Return Markdown without headings of its own: a backslash goes before what begins or underlines one.

    So nobody can say something as somebody else.
    """
    parts = _FENCE.split(text)  # every second part is inside of a fence
    shown = [part if number % 2 else _HEADING.sub(_escaped, part) for number, part in enumerate(parts)]
    fenced = len(parts) % 2 == 0
    return "".join(shown) + ("\n```" if fenced else "")


def _escaped(match: re.Match[str]) -> str:
    return f"{match[0]}\\"
