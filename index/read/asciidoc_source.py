"""The lines of an AsciiDoc file that a reader of the page sees: conditions decided, comments gone, includes named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.read.asciidoc_inline import resolved
from index.read.draft import Fragment

_CONDITION = re.compile(r"(ifdef|ifndef|ifeval|endif)::([^\[]*)\[(.*)\]\s*$")
_ATTRIBUTE = re.compile(r":(!?)([\w][\w-]*)(!?):(?:\s+(.*))?$")
_INCLUDE = re.compile(r"include::([^\[\n]+)\[(.*)\]\s*$")
_COMMENT = re.compile(r"/{4,}\s*$")
_LONGEST_VALUE = 4096
_MOST_ATTRIBUTES = 2000


class Source:
    """A file's lines; `attributes` are those that have been set up to the line that came last."""

    def __init__(self, text: str) -> None:
        """`text` is that of the file."""
        self._lines = text.split("\n")
        self.attributes = {"backend-html5": "", "basebackend-html": "", "backend": "html5"}
        self._conditions: list[bool] = []
        self._verbatim = ""

    def __iter__(self) -> Iterator[Fragment]:
        """Yield each line with its number; a line that is part of code is left as it is."""
        comment = ""
        value: tuple[str, str] | None = None
        for number, written in enumerate(self._lines, 1):
            line = self._decided(written)
            if line is None:
                continue
            if comment:
                comment = "" if line.rstrip() == comment else comment
            elif value is not None:
                value = self._value(value[0], f"{value[1]} {line.strip()}")
            elif not self._verbatim and _COMMENT.match(line):
                comment = line.rstrip()
            elif not self._verbatim and (found := _ATTRIBUTE.match(line)):
                value = self._attribute(found)
            elif self._verbatim or not re.match(r"//(?!/)", line):
                yield self._included(line), number

    def verbatim(self, delimiter: str) -> None:
        """Say which line ends the code that has begun, or "" where it has ended."""
        self._verbatim = delimiter

    def _included(self, line: str) -> str:
        include = _INCLUDE.match(line)
        return f"[include: {resolved(include[1], self.attributes)}]" if include else line

    def _decided(self, line: str) -> str | None:
        """Return what is seen of a line where the conditions hold that it stands under, else None."""
        found = _CONDITION.match(line)
        if not found:
            return line if all(self._conditions) else None
        kind, names, inside = found[1], found[2], found[3]
        if kind == "endif":
            del self._conditions[-1:]
        elif kind == "ifeval":
            self._conditions.append(True)
        elif not inside:
            self._conditions.append(self._holds(names) is (kind == "ifdef"))
        elif all(self._conditions) and self._holds(names) is (kind == "ifdef"):
            return inside
        return None

    def _holds(self, names: str) -> bool:
        if "+" in names:
            return all(name.strip().lower() in self.attributes for name in names.split("+"))
        return any(name.strip().lower() in self.attributes for name in names.split(","))

    def _attribute(self, found: re.Match[str]) -> tuple[str, str] | None:
        name = found[2].lower()
        if found[1] or found[3]:
            self.attributes.pop(name, None)
            return None
        return self._value(name, (found[4] or "").strip())

    def _value(self, name: str, value: str) -> tuple[str, str] | None:
        """Set an attribute; return it where its value goes on in the next line."""
        if value.endswith(" \\") and len(value) < _LONGEST_VALUE:
            return name, value[:-2].rstrip()
        if len(self.attributes) < _MOST_ATTRIBUTES:
            self.attributes[name] = resolved(value, self.attributes)[:_LONGEST_VALUE]
        return None
