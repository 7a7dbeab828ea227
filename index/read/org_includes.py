"""Other files that Org shows as parts of a text: `#+INCLUDE: "file::*Heading" src python :lines "5-10"`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from index.read.includes import Reference
from index.read.parts import Choice, shown

_NAMED = re.compile(r"\"(?P<quoted>[^\"]*)\"|(?P<bare>\S+)")
_LINES = re.compile(r":lines\s+\"(?P<first>\d*)-(?P<end>\d*)\"")
_HEADING = re.compile(r"(?P<stars>\*+)\s+(?P<text>.*?)(?:\s+:[\w@#%:]+:)?\s*$")


def reference_of(value: str) -> Reference:
    """Return the file that an `#+INCLUDE:` with this value names, with the part of it that is shown."""
    named = _NAMED.match(value)
    name = (named["quoted"] or named["bare"] or "") if named else value
    path, _, section = name.partition("::")
    kind, *_ = [*value[named.end() if named else 0 :].split(), ""]
    lines = _LINES.search(value)
    choice: Choice = shown
    if section.startswith("*"):
        choice = partial(_section, section[1:].strip())
    elif lines is not None:
        choice = partial(_between, int(lines["first"] or 1), int(lines["end"] or 0))
    return Reference(name, path, choice, code=kind.lower() in {"src", "example"})


def _between(first: int, end: int, lines: Sequence[str]) -> list[str]:
    """Return the lines from `first` (from 1) up to the one before `end`; 0 is the end of the file."""
    return list(lines[first - 1 : end - 1 if end else None])


def _section(heading: str, lines: Sequence[str]) -> list[str] | None:
    """Return a heading with what stands below it; None where there is no such heading."""
    headings = [(at, match) for at, line in enumerate(lines) if (match := _HEADING.fullmatch(line))]
    found = next(((at, len(match["stars"])) for at, match in headings if match["text"] == heading), None)
    if found is None:
        return None
    end = next((at for at, match in headings if at > found[0] and len(match["stars"]) <= found[1]), len(lines))
    return list(lines[found[0] : end])
