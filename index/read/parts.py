"""Which lines of a file a text shows: by their numbers, by names that stand in the file, or by what they say."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

Choice = Callable[[Sequence[str]], "list[str] | None"]
"""Takes the lines of a file and returns those that are shown; None where it has no such part."""

_BEGINS = r"(?:\bANCHOR:\s*|\[start:\s*|#?\bregion\s+|\btag::)"
_ENDS = r"(?:\bANCHOR_END:\s*|\[end:\s*|#?\bendregion\b\s*|\bend::)"
_MARKER = re.compile(
    r"\bANCHOR(?:_END)?:\s*[\w-]+|-{2,}8<-{2,}\s*\[(?:start|end):[^\]]*\]"
    r"|(?://|#|--|;|%|<!--|/\*)\s*(?:tag|end)::[\w.-]+\[\]|^\s*(?://|#|<!--|/\*|--)?\s*#?(?:end)?region\b"
)
_NUMBERS = re.compile(r"[\d:,;. -]*\d[\d:,;. -]*")
_RANGE = re.compile(r"\s*(\d{0,9})\s*(?:(?:-|:|\.\.)\s*(-?\d{1,9}|))?\s*$")


def of_part(part: str, *, single: bool = False) -> Choice:
    """Return the choice that the words behind a file's name make: `5:12`, `:20`, or the name of a part.

    A number alone is that line where `single` is set, else all from it on.
    """
    part = part.strip()
    if not part.strip(":"):
        return shown
    if not _NUMBERS.fullmatch(part):
        return lambda lines: named(lines, part)
    return lambda lines: _of_ranges(lines, part.split(","), single=single)


def shown(lines: Sequence[str]) -> list[str]:
    """Return the lines without those that only mark its parts."""
    return [line for line in lines if not _MARKER.search(line)]


def named(lines: Sequence[str], name: str) -> list[str] | None:
    """Return what stands between the marks of a part; of one that is marked more than once, all of it."""
    begins = re.compile(_BEGINS + re.escape(name) + r"(?![\w-])")
    ends = re.compile(_ENDS + f"(?:{re.escape(name)}(?![\\w-])|\\W*$)")
    inside, chosen, begun = False, [], False
    for line in lines:
        if begins.search(line):
            inside = begun = True
        elif inside and ends.search(line):
            inside = False
        elif inside:
            chosen.append(line)
    return shown(chosen) if begun else None


def of_options(options: Mapping[str, str], *, source: bool = False) -> Choice:
    """Return the choice that the options of Sphinx's `include` and `literalinclude` make.

    `source` says that the file is code, of which functions and classes can be named.
    """

    def choice(lines: Sequence[str]) -> list[str] | None:
        chosen: list[str] | None = list(lines)
        if source and "pyobject" in options:
            chosen = _definition(lines, options["pyobject"].strip())
        if "lines" in options:
            chosen = _of_ranges(lines, re.split(r"[,;]", options["lines"]), single=True)
        if chosen is not None and ("start-line" in options or "end-line" in options):
            chosen = chosen[_number(options.get("start-line")) : _number(options.get("end-line"))]
        chosen = chosen and _between(chosen, options, whole=source)
        return _dedented(chosen, options["dedent"]) if chosen and "dedent" in options else chosen

    return choice


def _of_ranges(lines: Sequence[str], ranges: Sequence[str], *, single: bool) -> list[str] | None:
    """Return the lines of ranges such as `5:12`, `5-`, `:12` and `7`, counted from 1, the last one included."""
    chosen: list[str] = []
    for written in ranges:
        match = _RANGE.match(written)
        if match is None:
            return None
        first = int(match[1] or 1)
        alone = match[2] is None and single
        last = first if alone else int(match[2] or len(lines))
        chosen += lines[max(first - 1, 0) : len(lines) if last < 0 else last]
    return chosen


def _between(lines: list[str], options: Mapping[str, str], *, whole: bool) -> list[str] | None:
    """Return the lines after and before certain words; of a file that is no code, the words' own lines in part."""
    if not whole:
        return _cut("\n".join(lines), options.get("start-after"), options.get("end-before"))
    for option, extra in (("start-after", 1), ("start-at", 0)):
        if option in options:
            at = next((at for at, line in enumerate(lines) if options[option] in line), None)
            if at is None:
                return None
            lines = lines[at + extra :]
    for option, extra in (("end-before", 0), ("end-at", 1)):
        if option in options:
            at = next((at for at, line in enumerate(lines) if options[option] in line), None)
            lines = lines if at is None else lines[: at + extra]
    return lines


def _cut(text: str, after: str | None, before: str | None) -> list[str] | None:
    if after:
        _, separator, text = text.partition(after)
        if not separator:
            return None
    return (text.partition(before)[0] if before else text).split("\n")


def _definition(lines: Sequence[str], name: str) -> list[str] | None:
    """Return a class or function of Python, by its name, with the names around it before it."""
    first, last = 0, len(lines)
    for part in name.split("."):
        begins = re.compile(rf"(\s*)(?:async\s+)?(?:def|class)\s+{re.escape(part)}\b")
        definition = next(((at, match) for at in range(first, last) if (match := begins.match(lines[at]))), None)
        if definition is None:
            return None
        first, match = definition
        last = next((at for at in range(first + 1, last) if _is_outside(lines[at], match[1])), last)
    return list(lines[first:last])


def _is_outside(line: str, indent: str) -> bool:
    """Tell whether a line ends what began at an indentation."""
    return bool(line.strip()) and len(line) - len(line.lstrip()) <= len(indent) and not line.strip().startswith(")")


def _dedented(lines: Sequence[str], columns: str) -> list[str]:
    if columns.strip().isdecimal():
        return [line[int(columns) :] if not line[: int(columns)].strip() else line.lstrip() for line in lines]
    common = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return [line[common:] for line in lines]


def _number(value: str | None) -> int | None:
    try:
        return int(value) if value else None
    except ValueError:
        return None
