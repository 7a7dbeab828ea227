"""The lines of a reStructuredText file with those of the files that it shows in their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from index.read.draft import Draft, Fragment
from index.read.files import Files
from index.read.includes import Reference, lines_of
from index.read.markdown.dialects import CODE_DIRECTIVES
from index.read.markdown.reader import read_markdown
from index.read.parts import of_options, shown

_DIRECTIVE = re.compile(r"(?P<indent>[ \t]*)\.\.[ \t]+(?P<name>[\w:+-]+)::(?:[ \t]+(?P<argument>.*?))?[ \t]*$")
_OPTION = re.compile(r"[ \t]+:(?P<name>[\w-]+):[ \t]*(?P<value>.*?)[ \t]*$")
_NAMES = frozenset(["include", "literalinclude", "csv-table", "raw"])
_BY_OPTION = frozenset(["csv-table", "raw"])
"""Directives that name the file in an option."""

_MARKDOWN = (".md", ".markdown")
PART = "quoth-part"
"""A directive that stands for a part of the page in another markup, by its number."""

_RAW = CODE_DIRECTIVES | {"raw", "highlight"}
_STEP = "   "


def with_files(text: str, files: Files) -> tuple[list[Fragment], list[Draft]]:
    """Return the lines of a text, each with its number: those of a file that is shown have that of its directive.

    What is shown in Markdown is returned apart, read, and in its place stands a directive with its number.
    """
    expanded = _Expanded(files)
    return list(expanded.over([(line, number) for number, line in enumerate(text.split("\n"), 1)])), expanded.parts


def with_terms(lines: list[Fragment], terms: Mapping[str, str]) -> list[Fragment]:
    """Return lines with what stands in the place of `|words|` on every page of a site, unless the page says that."""
    if "|" not in (text := "\n".join(line for line, _ in lines)):
        return lines
    used = [name for name in terms if f"|{name}|" in text and f".. |{name}|" not in text]
    last = lines[-1][1]
    return [*lines, ("", last), *((f".. |{name}| replace:: {' '.join(terms[name].split())}", last) for name in used)]


class _Expanded:
    """One pass over the lines."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.parts: list[Draft] = []

    def over(self, lines: Sequence[Fragment]) -> Iterator[Fragment]:
        """Yield the lines; what stands in code is left as it is."""
        at = 0
        while at < len(lines):
            text, number = lines[at]
            directive = _DIRECTIVE.match(text)
            end = at + 1
            if directive is None or directive["name"].lower() not in _NAMES:
                if text.rstrip().endswith("::") or (directive and directive["name"].lower() in _RAW):
                    end = _end(lines, at)
                yield from lines[at:end]
            else:
                end = _end(lines, at)
                yield from self._shown(directive, lines[at:end], number)
            at = end

    def _shown(self, directive: re.Match[str], lines: Sequence[Fragment], number: int) -> Iterator[Fragment]:
        """Yield what a directive comes to, itself where its file is not shown."""
        options = {match["name"]: match["value"] for match in map(_OPTION.match, (text for text, _ in lines)) if match}
        name = directive["name"].lower()
        path = options.get("file", "") if name in _BY_OPTION else directive["argument"] or ""
        if not path or (name == "raw" and "html" not in (directive["argument"] or "").lower().split()):
            yield from lines
            return
        is_code = name != "include" or bool({"literal", "code"} & options.keys())
        choice = shown if name in _BY_OPTION else of_options(options, source=name == "literalinclude")
        with self._files.opened(path) as part:
            chosen = None if part is None else lines_of(self._files, Reference(path, path, choice, is_code), part.text)
            if chosen is None:
                yield from lines
            elif name == "csv-table":
                yield from _table(directive, lines, chosen, number)
            elif name == "raw":
                raw = [(f"{directive['indent']}{_STEP}{line}", number) for line in chosen]
                yield from ((f"{directive['indent']}.. raw:: html", number), ("", number), *raw, ("", number))
            elif is_code:
                yield from _code(directive["indent"], options, chosen, number)
            elif path.lower().endswith(_MARKDOWN):
                self.parts.append(read_markdown("\n".join(chosen).encode(), self._files))
                yield from (
                    ("", number),
                    (f"{directive['indent']}.. {PART}:: {len(self.parts) - 1}", number),
                    ("", number),
                )
            else:
                added = [(f"{directive['indent']}{line}" if line.strip() else "", number) for line in chosen]
                yield from self.over([("", number), *added, ("", number)])


def _table(
    directive: re.Match[str], lines: Sequence[Fragment], chosen: Sequence[str], number: int
) -> Iterator[Fragment]:
    options = [
        fragment
        for fragment in lines[1:]
        if fragment[0].strip() and not re.match(r"\s*:(?:file|encoding|url):", fragment[0])
    ]
    yield from (lines[0], *options, ("", number))
    yield from ((f"{directive['indent']}{_STEP}{line}", number) for line in chosen)
    yield "", number


def _code(indent: str, options: dict[str, str], chosen: Sequence[str], number: int) -> Iterator[Fragment]:
    yield f"{indent}.. code-block:: {options.get('language') or options.get('code') or 'text'}", number
    if options.get("caption"):
        yield f"{indent}{_STEP}:caption: {options['caption']}", number
    yield "", number
    yield from ((f"{indent}{_STEP}{line}" if line.strip() else "", number) for line in chosen)
    yield "", number


def _end(lines: Sequence[Fragment], at: int) -> int:
    """Return the index of the line that no longer belongs to the one at `at`: one that is not further in."""
    indent = _indent(lines[at][0])
    end = at + 1
    while end < len(lines) and (not lines[end][0].strip() or _indent(lines[end][0]) > indent):
        end += 1
    while end > at + 1 and not lines[end - 1][0].strip():
        end -= 1
    return end


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
