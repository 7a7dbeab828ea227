"""MyST's directives, Sphinx's by name: as lines of Markdown."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from index.read.html.style import hides_by_class
from index.read.includes import Reference, lines_of
from index.read.markdown.dialects import (
    BARE_DIRECTIVES,
    CODE_DIRECTIVES,
    GENERATED_DIRECTIVES,
    INCLUDE_DIRECTIVES,
    MARK,
    PICTURE_DIRECTIVES,
    UNSEEN_DIRECTIVES,
    VERSIONS,
)
from index.read.markdown.included import add_file
from index.read.markdown.lines import LinePass, escaped
from index.read.markdown.only import is_configured, is_on_the_web
from index.read.markdown.versions import of_versions
from index.read.missing import not_included
from index.read.parts import of_options, shown

if TYPE_CHECKING:
    from index.read.draft import Fragment

_OPTION = re.compile(r"\s*:(?P<name>[\w-]+):\s*(?P<value>.*)$")
_YAML = re.compile(r"\s*[\"']?(?P<name>[\w-]+)[\"']?\s*:\s*(?P<value>.*)$")
_RST = re.compile(r"^\s*\.\.\s+(?:[\w:-]+::)?")
_ROLE = re.compile(r"(?<!\w):([a-z][\w:+.-]{0,100}):`")
_ROW = re.compile(r"\s*\*\s+-\s?(?P<cell>.*)$")
_OF_CLASSES = frozenset(["class", "rst-class", "cssclass", "container", "div"])
_CELL = re.compile(r"\s*-\s(?P<cell>.*)$|\s*-$")


def add_directive(lines: LinePass, name: str, argument: str, body: Sequence[Fragment], indent: str) -> None:
    """Add what a reader sees of a directive to a pass over lines; the pass takes nothing."""
    options, first = options_of(body)
    content = list(body[first:])
    if name == "raw" and argument.strip().lower() == "html":
        name, argument = "div", ""
    if name in UNSEEN_DIRECTIVES or (name == "only" and not is_on_the_web(argument)) or _hides(name, argument, options):
        lines.out.append(("", lines.number))
    elif name == "ifconfig" and (holds := is_configured(argument, lines.page.files.settings)) is not True:
        lines.say("" if holds is False else escaped(MARK), indent)
    elif name in INCLUDE_DIRECTIVES:
        _add_file(lines, name, argument, options, indent)
    elif name in {"list-table", "csv-table"}:
        lines.say(argument, indent)
        if "file" in options:
            content = _rows_of(lines, options["file"], indent)
        rows = _listed(content) if name == "list-table" else _separated(content, options.get("header", ""))
        lines.out += [*_table(rows, indent), ("", lines.number)]
    elif name in CODE_DIRECTIVES:
        lines.say(options.get("caption", ""), indent)
        lines.out += [(f"{indent}~~~~~~", lines.number), *content, (f"{indent}~~~~~~", lines.number)]
    else:
        _add_box(lines, name, argument, content, indent, options)


def _hides(name: str, argument: str, options: Mapping[str, str]) -> bool:
    """Tell whether the classes that a directive gives to what it shows hide that."""
    return hides_by_class([*options.get("class", "").split(), *(argument.split() if name in _OF_CLASSES else ())])


def _add_file(lines: LinePass, name: str, argument: str, options: dict[str, str], indent: str) -> None:
    is_code = name == "literalinclude" or bool({"literal", "code"} & options.keys())
    if is_code:
        lines.say(options.get("caption", ""), indent)
    add_file(lines, Reference(argument, argument, of_options(options, source=is_code), is_code), indent)


def _rows_of(lines: LinePass, name: str, indent: str) -> list[Fragment]:
    """Return the lines of a table that stands in a file; add its name where it is not shown."""
    files, number = lines.page.files, lines.number
    with files.opened(name) as part:
        chosen = None if part is None else lines_of(files, Reference(name, name, shown, code=True), part.text)
    if chosen is None:
        lines.say(escaped(not_included(name)), indent)
    return [(line, number) for line in chosen or ()]


def _add_box(  # noqa: PLR0913, PLR0917 # what a directive is made of
    lines: LinePass, name: str, argument: str, content: list[Fragment], indent: str, options: dict[str, str]
) -> None:
    if name in PICTURE_DIRECTIVES:
        lines.say(options.get("alt", ""), indent)
    elif name in VERSIONS:
        _add_version(lines, VERSIONS[name], argument, content, indent)
        return
    elif name in GENERATED_DIRECTIVES:
        lines.say(escaped(not_included(f"{name} {argument}")), indent)
    elif name not in BARE_DIRECTIVES:
        lines.say(argument, indent)
    lines.out.append(("", lines.number))
    lines.within(list(_CONTENTS[name](content)) if name in _CONTENTS else content)
    lines.out.append(("", lines.number))


def _terms(content: Sequence[Fragment]) -> Iterator[Fragment]:
    """Yield the lines of a glossary, terms and what they mean as paragraphs."""
    before = False
    for text, number in content:
        indented = text[:1] in {" ", "\t"}
        if indented != before:
            yield "", number
        before = indented
        yield text.strip(), number


def _rst(content: Sequence[Fragment]) -> Iterator[Fragment]:
    """Yield the lines of reStructuredText without their directives' names."""
    for text, number in content:
        yield (_ROLE.sub(r"{\1}`", _RST.sub("", text).strip()) if not _OPTION.match(text) else ""), number


_CONTENTS = {"glossary": _terms, "eval-rst": _rst}


def _add_version(lines: LinePass, words: str, argument: str, content: list[Fragment], indent: str) -> None:
    """Add words such as "Added in version 2.4:" and, in the same paragraph, what follows them."""
    said, rest = of_versions(words, argument)
    sentence = f"{said}: {rest}".rstrip() if rest or content else f"{said}."
    lines.out += [("", lines.number), (indent + sentence, lines.number)]
    lines.within(content)
    lines.out.append(("", lines.number))


def options_of(body: Sequence[Fragment]) -> tuple[dict[str, str], int]:
    """Return the options at the head of a directive, and the index of the first line after them."""
    options: dict[str, str] = {}
    at = 0
    if body and body[0][0].strip() == "---":
        end = next((at for at in range(1, len(body)) if body[at][0].strip() == "---"), 0)
        for text, _ in body[1:end]:
            if match := _YAML.match(text):
                options[match["name"]] = match["value"].strip().strip("\"'")
        return options, end + 1 if end else 0
    while at < len(body) and (match := _OPTION.match(body[at][0])):
        options[match["name"]] = match["value"].strip()
        at += 1
    return options, at


def _listed(content: Sequence[Fragment]) -> list[tuple[list[str], int]]:
    """Return the rows of a table that is written as a list of lists."""
    rows: list[tuple[list[str], int]] = []
    for text, number in content:
        if row := _ROW.match(text):
            rows.append(([row["cell"]], number))
        elif rows and (cell := _CELL.match(text)):
            rows[-1][0].append(cell["cell"] or "")
        elif rows:
            rows[-1][0][-1] += f" {text.strip()}"
    return rows


def _separated(content: Sequence[Fragment], header: str) -> list[tuple[list[str], int]]:
    lines = [(header, content[0][1] if content else 1), *content] if header else list(content)
    rows: list[tuple[list[str], int]] = []
    for text, number in lines:
        try:
            cells = next(csv.reader([text], skipinitialspace=True), [])
        except csv.Error:
            cells = [text]
        if any(cell.strip() for cell in cells):
            rows.append((cells, number))
    return rows


def _table(rows: Sequence[tuple[list[str], int]], indent: str) -> Iterator[Fragment]:
    """Yield the lines of a table, whose first row is its head as Markdown needs one."""
    width = max((len(cells) for cells, _ in rows), default=0)
    for place, (cells, number) in enumerate(rows):
        filled = [cell.strip().replace("|", "\\|") for cell in [*cells, *[""] * (width - len(cells))]]
        yield f"{indent}| {' | '.join(filled)} |", number
        if place == 0:
            yield f"{indent}|{'---|' * width}", number
