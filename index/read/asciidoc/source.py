"""The lines of an AsciiDoc file that a reader of the page sees: conditions decided, comments gone, files put in."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from index.read.asciidoc.inline import resolved
from index.read.asciidoc.targets import titles
from index.read.draft import Fragment
from index.read.files import Files
from index.read.includes import Reference, lines_of
from index.read.missing import not_included
from index.read.parts import named, of_part, shown

_CONDITION = re.compile(r"(ifdef|ifndef|ifeval|endif)::([^\[]*)\[(.*)\]\s*$")
_ATTRIBUTE = re.compile(r":(!?)([\w][\w-]*)(!?):(?:\s+(.*))?$")
_INCLUDE = re.compile(r"include::([^\[\n]+)\[(.*)\]\s*$")
_COMMENT = re.compile(r"/{4,}\s*$")
_OPTION = re.compile(r"\b(?P<name>\w+)=(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>[^,]*))")
_HEADING = re.compile(r"={1,6}\s")
_COUNTER = re.compile(r"(?<!\\)\{counter(?P<unseen>2)?:(?P<name>[\w-]{1,50})(?::(?P<first>\w{1,9}))?\}")
_EQUATION = re.compile(r"""\s*(["']?)(?P<left>[^"'{}]*)\1\s*(?P<sign>[=!]=|[<>]=?)\s*(["']?)(?P<right>[^"'{}]*)\4\s*""")
_SIGNS: Mapping[str, Callable[[str, str], bool]] = {"==": operator.eq, "!=": operator.ne}
_ORDER: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?")
_LEVELS = 6
_LONGEST_VALUE = 4096
_MOST_ATTRIBUTES = 2000


class Source:
    """A file's lines; `attributes` are those that have been set up to the line that came last."""

    def __init__(self, text: str, files: Files) -> None:
        """`text` is that of the file, `files` are those that it may show."""
        self._lines = text.split("\n")
        self._files = files
        self.attributes = {"backend-html5": "", "basebackend-html": "", "backend": "html5"}
        self._conditions: list[bool] = []
        self._verbatim = ""

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """What the file refers to by name."""
        return titles(self._lines, self.attributes)

    def __iter__(self) -> Iterator[Fragment]:
        """Yield each line with its number; a line that is part of code is left as it is."""
        comment = ""
        value: tuple[str, str] | None = None
        for written, number in self._with_files([(line, number) for number, line in enumerate(self._lines, 1)]):
            line = self._decided(written)
            if line is None:
                continue
            if comment:
                comment = "" if line.rstrip() == comment else comment
            elif value is not None:
                value = self._value(value[0], f"{value[1]} {line.strip()}")
            elif not self._verbatim and _COMMENT.match(line):
                comment = line.rstrip()
            elif not self._verbatim and (attribute := _ATTRIBUTE.match(line)):
                value = self._attribute(attribute)
            elif (seen := self._seen(line)) is not None:
                yield seen, number

    def _seen(self, line: str) -> str | None:
        """Return a line with what its counters come to; None for a comment but the one that keeps two lists apart.

        What is part of code stays as it is.
        """
        if self._verbatim:
            return line
        if line.rstrip() == "//-":
            return "[]"  # which does the same
        return None if re.match(r"//(?!/)", line) else self._counted(line)

    def _counted(self, line: str) -> str:
        """Return a line with what its counters come to."""
        return _COUNTER.sub(self._count, line) if "{counter" in line else line

    def _count(self, counter: re.Match[str]) -> str:
        name, first = counter["name"].lower(), counter["first"] or "1"
        before = self.attributes.get(name)
        if before is not None and before.isdecimal():
            self.attributes[name] = str(int(before) + 1)
        elif before is not None and len(before) == 1 and before.isascii() and before.isalpha():
            self.attributes[name] = chr(ord(before) + 1)
        elif before is None and len(self.attributes) < _MOST_ATTRIBUTES:
            self.attributes[name] = first
        return "" if counter["unseen"] else self.attributes.get(name, first)

    def verbatim(self, delimiter: str) -> None:
        """Say which line ends the code that has begun, or "" where it has ended."""
        self._verbatim = delimiter

    def _with_files(self, lines: Iterable[Fragment]) -> Iterator[Fragment]:
        """Yield lines, and in the place of one that names a file the lines of that, or its name."""
        comment = ""
        for text, number in lines:
            if comment or (not self._verbatim and _COMMENT.match(text)):
                comment = "" if text.rstrip() == comment else comment or text.rstrip()
                yield text, number
                continue
            include = _INCLUDE.match(text)
            if include is None or not all(self._conditions):
                yield text, number
                continue
            path = resolved(include[1], self.attributes)
            options = _options_of(include[2])
            path = path.replace("partial$", "partials/").replace("example$", "examples/")
            with self._files.opened(path) as part:
                chosen = None if part is None else lines_of(self._files, _reference(path, options), part.text)
                if chosen is None:
                    yield not_included(path), number
                else:
                    yield from self._with_files((_shifted(line, options), number) for line in chosen)

    def _decided(self, line: str) -> str | None:
        """Return what is seen of a line where the conditions hold that it stands under, else None."""
        condition = _CONDITION.match(line)
        if not condition:
            return line if all(self._conditions) else None
        kind, names, inside = condition[1], condition[2], condition[3]
        if kind == "endif":
            del self._conditions[-1:]
        elif kind == "ifeval":
            self._conditions.append(_is_true(resolved(inside, self.attributes)))
        elif not inside:
            self._conditions.append(self._holds(names) is (kind == "ifdef"))
        elif all(self._conditions) and self._holds(names) is (kind == "ifdef"):
            return inside
        return None

    def _holds(self, names: str) -> bool:
        if "+" in names:
            return all(name.strip().lower() in self.attributes for name in names.split("+"))
        return any(name.strip().lower() in self.attributes for name in names.split(","))

    def _attribute(self, attribute: re.Match[str]) -> tuple[str, str] | None:
        name = attribute[2].lower()
        if attribute[1] or attribute[3]:
            self.attributes.pop(name, None)
            return None
        return self._value(name, (attribute[4] or "").strip())

    def _value(self, name: str, value: str) -> tuple[str, str] | None:
        """Set an attribute; return it where its value goes on in the next line."""
        if value.endswith(" \\") and len(value) < _LONGEST_VALUE:
            return name, value[:-2].rstrip()
        if len(self.attributes) < _MOST_ATTRIBUTES:
            self.attributes[name] = resolved(value, self.attributes)[:_LONGEST_VALUE]
        return None


def _is_true(condition: str) -> bool:
    """Tell whether a condition between two values holds; one that is not understood, or known in part, does."""
    equation = _EQUATION.fullmatch(condition)
    if equation is None:
        return True
    left, right = equation["left"].strip(), equation["right"].strip()
    if sign := _SIGNS.get(equation["sign"]):
        return sign(left, right)
    if _NUMBER.fullmatch(left) and _NUMBER.fullmatch(right):
        return _ORDER[equation["sign"]](float(left), float(right))
    return True


def _options_of(written: str) -> dict[str, str]:
    return {match["name"]: (match["quoted"] or match["bare"] or "").strip() for match in _OPTION.finditer(written)}


def _reference(path: str, options: Mapping[str, str]) -> Reference:
    """Return a file with the lines of it that are shown, by their numbers or by the tags around them."""
    tags = options.get("tag") or options.get("tags")
    if tags:
        return Reference(path, path, lambda lines: _tagged(lines, re.split(r"[;,]", tags)), code=True)
    lines = options.get("lines", "").replace(";", ",")
    return Reference(path, path, of_part(lines, single=True) if lines else shown, code=True)


def _tagged(lines: Sequence[str], tags: Iterable[str]) -> list[str] | None:
    """Return what stands between the marks of some tags; None where one of them is not there."""
    parts = [named(lines, tag.strip()) for tag in tags]
    return None if None in parts else [line for part in parts for line in part or ()]


def _shifted(line: str, options: Mapping[str, str]) -> str:
    """Return a line, a heading as many levels further down as is said."""
    offset = options.get("leveloffset", "").removeprefix("+")
    return "=" * int(offset) + line if offset.isdecimal() and int(offset) < _LEVELS and _HEADING.match(line) else line
