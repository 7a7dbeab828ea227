"""A log that somebody pasted, without the lines that tell nothing of what went wrong."""

from __future__ import annotations

import re

_FEWEST_LINES = 6
"""Fewer lines are no log, and are short enough to be searched for whole."""

_LONGEST = 20_000
"""Characters that are looked at: five times the longest message of Discord."""

_STAMP = re.compile(
    r"[^\w\n]{0,4}(?:@?[a-z_]{1,12}\"?[=:]\W{0,3})?"
    r"(?:(?:[A-Z][a-z]{2}\W{1,2}){0,2}\d[\d/.-]{0,11}[ T,]{1,3}(?:\d{4} )?)?\d{1,2}:\d{2}:\d{2}(?=[^\n]*[^\W\d]{3})"
)
"""What a line of a log begins with: the time to the second, after a date or not, in brackets or as a field."""

_LEVELS = r"(?:INFO|DEBUG|TRACE|NOTICE|VERBOSE|WARN|WARNING|ERROR|FATAL)"
_LEVEL = re.compile(rf"\s*(?:\[\s?(?:{_LEVELS}|{_LEVELS.lower()})\s?\]|{_LEVELS}\s?:)(?=\s*\S+\s+\S)")
"""Or how bad it is, and then several words: "DEBUG: true" and "[debug]" are of a configuration."""

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

_FRAME = re.compile(
    r"\s+at (?:async |new )?(?:[\w.$<>/]+\(|[\w.$<>/]+ (?:\[as \w+\] )?\([^()\n]+:\d+\)\s*$"
    r"|\S{1,300}?[/\\:]\S{1,300}?:\d+:\d+\s*$)"
    r"|\s*File \"[^\"]*\", line \d+|\s*\.\.\. \d+ more\b|\s*#\d+\s+0x"
)
"""A line of a stack trace that only says where."""

_VARYING = re.compile(r"0x[0-9a-fA-F]+|\d+(?:[.:,/-]\d+)*")

_HEAD = 80
"""Characters after the time in which a program says how bad it is and what part of it speaks."""

_PLAIN = re.compile(r"(?<!\S)[^\W\d_A-Z]+(?!\S)")
"""A word of a sentence; a program names at most one part of itself so."""

_ASKS = ("?", "？", "؟")  # noqa: RUF001 -- as Chinese, Japanese and Arabic write it


def telling(text: str) -> str:
    """Return a message without lines of a pasted log that repeat others but for numbers.

    Where a line says that something went wrong, those go, too, that say that all is well, and those of stack traces.
    What people write themselves stays, whatever it says of logs: it has no time or level at its beginning, or asks.
    """
    text = text[:_LONGEST]
    lines = text.splitlines()
    if len(lines) < _FEWEST_LINES:
        return text
    if _TROUBLE.search(text):
        lines = [line for line in lines if _TROUBLE.search(line) or not (_is_routine(line) or _FRAME.match(line))]
    firsts: dict[str, str] = {}
    for number, line in enumerate(lines):
        firsts.setdefault(_VARYING.sub("0", line) if _is_logged(line) else str(number), line)
    return "\n".join(firsts.values())


def _is_logged(line: str) -> bool:
    """Tell whether a line is one of a log."""
    return not line.rstrip().endswith(_ASKS) and bool(_STAMP.match(line) or _LEVEL.match(line))


def _is_routine(line: str) -> bool:
    """Tell whether a line of a log says at its beginning, before what are words of a sentence, that all is well."""
    if not _is_logged(line):
        return False
    stamp = _STAMP.match(line)
    begins = stamp.end() if stamp else 0
    level = _ROUTINE.search(line, begins, begins + _HEAD)
    return level is not None and len(_PLAIN.findall(line, begins, level.start())) <= 1
