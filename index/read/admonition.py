"""Boxes and tabs as documentation tools write them around Markdown: the markers go, what is inside becomes plain text.

`!!! note "Title"`, `??? tip` and `=== "Tab"` hold the indented lines that follow; `/// note | Title` and `:::note
Title` hold what stands until the same marker closes them.
"""

from __future__ import annotations

import re

_INDENTED = re.compile(r"""^(?P<indent>\s*)(?:!!!|\?\?\?\+?|===[!+]?)(?:\s+[\w-]+)*\s*(?:"(?P<title>[^"]*)")?\s*$""")
_FENCED = re.compile(r"^\s*(?:/{3,}|:{3,})\s*(?:\{?[\w-]+\}?(?:\s*\|\s*|\s*\[|\s+|$)(?P<title>[^\]]*)\]?)?\s*$")
_CODE = re.compile(r"^\s*(?P<fence>`{3,}|~{3,})")
_STEP = 4


def unboxed(text: str) -> str:
    """Return the text with every marker replaced by its title or nothing; no line is added or taken away."""
    lines = text.split("\n")
    code: str | None = None
    for number, line in enumerate(lines):
        fence = _CODE.match(line)
        if code is not None:
            code = None if fence and line.strip().strip(code[0]) == "" and len(fence["fence"]) >= len(code) else code
        elif fence:
            code = fence["fence"]
        else:
            _unbox(lines, number)
    return "\n".join(lines)


def _unbox(lines: list[str], number: int) -> None:
    if fenced := _FENCED.match(lines[number]):
        lines[number] = fenced["title"] or ""
        if lines[number] and number + 1 < len(lines) and not lines[number + 1].strip():
            lines[number] = lines[number].strip()
        return
    indented = _INDENTED.match(lines[number])
    if indented and (indented["title"] or not lines[number].strip().startswith("===")):
        lines[number] = indented["indent"] + (indented["title"] or "")
        _dedent(lines, number + 1, len(indented["indent"]) + _STEP)


def _dedent(lines: list[str], start: int, indent: int) -> None:
    """Move the lines of a box out by one step, up to the first that is not indented that far."""
    for number in range(start, len(lines)):
        line = lines[number].expandtabs(_STEP)
        if line.strip() and len(line) - len(line.lstrip()) < indent:
            return
        lines[number] = line[: indent - _STEP] + line[indent:]
