"""A log that somebody pasted, without the lines that tell nothing of what went wrong."""

from __future__ import annotations

import re

_FEWEST_LINES = 6
"""Fewer lines are no log, and are short enough to be searched for whole."""

_LONGEST = 20_000
"""Characters that are looked at: five times the longest message of Discord."""

_ROUTINE = re.compile(
    r"\b(?:INFO|DEBUG|TRACE|NOTICE|VERBOSE)\b|\[(?:info|debug|trace|notice)\]|\blevel\W{1,3}(?:info|debug|trace)\b"
)
"""How programs mark a line as one that says that all is well."""

_TROUBLE = re.compile(
    r"\b(?:ERROR|FATAL|SEVERE|CRITICAL|PANIC)\b|\[(?:error|fatal|crit)\]|\blevel\W{1,3}(?:error|fatal|panic)\b"
    r"|^[^\w\n]{0,40}(?:[\w.]{0,120}(?:[Ee]rror|Exception)|fatal|panic)\b",
    re.MULTILINE,
)
"""And as one that says that something is not."""

_FRAME = re.compile(r"\s+at [\w.$<>/]+\(|\s*File \"[^\"]*\", line \d+|\s*\.\.\. \d+ more\b|\s*#\d+\s+0x")
"""A line of a stack trace that only says where."""

_VARYING = re.compile(r"0x[0-9a-fA-F]+|\d+(?:[.:,/-]\d+)*")


def telling(text: str) -> str:
    """Return a message without lines of a pasted log that repeat others but for numbers.

    Where a line says that something went wrong, those go, too, that say that all is well, and those of stack traces.
    """
    text = text[:_LONGEST]
    lines = text.splitlines()
    if len(lines) < _FEWEST_LINES:
        return text
    if _TROUBLE.search(text):
        lines = [line for line in lines if _TROUBLE.search(line) or not (_ROUTINE.search(line) or _FRAME.match(line))]
    firsts: dict[str, str] = {}
    for number, line in enumerate(lines):
        firsts.setdefault(_VARYING.sub("0", line) if line.strip() else str(number), line)
    return "\n".join(firsts.values())
