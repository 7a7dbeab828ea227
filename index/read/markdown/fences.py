"""Fences of Markdown: code with its title, and MyST's directives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.read.includes import INCLUDED_IN_CODE, Reference, reference_of
from index.read.markdown.dialects import CODE_DIRECTIVES, MARK
from index.read.markdown.directives import add_directive, options_of
from index.read.markdown.included import in_code
from index.read.markdown.lines import LinePass, Page, rule
from index.read.parts import of_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from index.read.draft import Fragment

_MOST_OPTIONS = 10
_TITLE = re.compile(r"""(?:title|caption|filename|file|label|name)=(?:"([^"]*)"|'([^']*)'|\{"([^"]*)"\})""")
_LABEL = re.compile(r"\S*\s*(?:\{[^{}]*\}\s*)?\[([^\[\]]+)\](?:\s+(?:[\w:=-]+|\{[^{}]*\}))*\s*$")
_FILE = re.compile(r"\sfile=(?P<path>(?!https?:)[^\s\"'#]+)(?:#L(?P<first>\d+)(?:-L(?P<last>\d+))?)?(?=\s|$)")
"""The file that a page shows in the place of code that is empty."""

_TAB = re.compile(r"[\w+#./-]+\s+((?:(?!\w+=|[{\[]|(?:lines|wrap|expandable|twoslash)\b)\S+\s*)+)")
"""The label of code in a group: its words after the language, up to its settings."""

_PLAIN = re.compile(r"[\w+#./-]+\s+([A-Z][^={}\[\]\"]*|[\w./-]+\.\w{1,5})\s*$")
_DIRECTIVE = re.compile(r"\{(?P<name>[\w:+-][\w:.+-]*)\}\s*(?P<argument>.*)$")
_RAW = re.compile(r"\{=(\w+)\}")
"""What pandoc puts as it is into output of one kind alone."""

_RUST = re.compile(r"\s*(?:\{?\.?)rust\b", re.IGNORECASE)
_HIDDEN_RUST = re.compile(r"\s*# ?(?=\s|\w|\}|$)(?!\[)")
_FOCUS = re.compile(r"\s*(?://|#|--|/\*|<!--)\s*\[!code[^\]]{0,200}\]\s*(?:\*/|-->)?")
_CHANGED = re.compile(r"\[!code (\+|-)\1(?::\d+)?\]")
_HIDELINES = re.compile(r",\s*hidelines=([^\s,{}]+)")
_ANNOTATED = re.compile(r"(\(\d{1,3}\))!(?=(?:\s*\(\d{1,3}\)!){0,9}\s*(?:\*/|-->|\*\))?\s*$)")
"""A number in code of what the list below says of it, with the mark by which MkDocs knows it."""

_ESCAPED = re.compile(r"\\\{\{#")
_SILENT_CHUNK = re.compile(
    r"\b(?:echo|include)\s*=\s*(?:F|FALSE)\b|#\|\s*(?:echo|include):\s*false|remove[-_](?:cell|input)"
)
_QUERIES = frozenset(["dataview", "dataviewjs", "tasks", "query", "base", "meta-bind", "tracker"])
"""Fences of Obsidian in whose place a page shows what is found."""

_BOX = re.compile(r"(?:admonish|ad-[\w-]+)$")
_BOX_OPTION = re.compile(r"(?:title:\s*(?P<title>.*)|(?:collapse|icon|color):.*)$")
_MAGIC = re.compile(
    r"\s*(?://|#|--|/\*|<!--|\{/\*)\s*(?:highlight-(?:next-line|start|end)|prettier-ignore(?:-(?:start|end))?"
    r"|focus-(?:next-line|start|end)|--8<-- \[(?:start|end):[^\]]*\])\s*(?:\*/\}?|-->)?\s*$"
)


@rule(
    "`~>-*+0123456789",
    r"(?P<prefix>\s*(?:>\s*)*(?P<item>(?:[-*+]|\d{1,9}[.)])\s+)?)(?P<fence>`{3,}|~{3,})(?P<info>.*)$",
)
def _fence(lines: LinePass, match: re.Match[str]) -> bool:
    info = match["info"].strip()
    if "`" in info and match["fence"][0] == "`":
        return False
    end = _closing(lines, match["fence"], quoted=">" in match["prefix"])
    if raw := _RAW.fullmatch(info):
        lines.within(lines.lines[lines.at + 1 : end] if raw[1].startswith("html") else [])
        lines.blank(min(end + 1, len(lines.lines)) - lines.at)
        return True
    directive = _DIRECTIVE.match(info)
    if directive and not match["item"] and directive["name"].lower() not in CODE_DIRECTIVES:
        body = lines.lines[lines.at + 1 : end]
        add_directive(lines, directive["name"].lower(), directive["argument"], body, match["prefix"])
        lines.at = min(end + 1, len(lines.lines))
        lines.keep_apart(match["prefix"])
        return True
    if not _is_prose(lines, match, info, end):
        _code(lines, match, end, directive)
    return True


def _is_prose(lines: LinePass, match: re.Match[str], info: str, end: int) -> bool:
    """Take a fence that holds Markdown, as boxes of some tools are written, or a query, whose result is seen."""
    name, _, rest = info.partition(" ")
    if match["item"] or not (name in _QUERIES or name == "mdx-code-block" or _BOX.match(name)):
        return False
    body = lines.lines[lines.at + 1 : end]
    if name in _QUERIES:
        lines.say(MARK, match["prefix"])
    else:
        if _BOX.match(name):
            title, body = _title_of_box(rest, body)
            lines.say(title, match["prefix"])
        lines.within(body)
        lines.out.append((match["prefix"].rstrip(), lines.number))
    lines.at = min(end + 1, len(lines.lines))
    return True


def _title_of_box(rest: str, body: list[Fragment]) -> tuple[str, list[Fragment]]:
    """Return the title that a box is given, after its name or in the options at its head, and what stands in it."""
    titled = _TITLE.search(rest)
    title = next((text for text in titled.groups() if text), "") if titled else ""
    while body and (option := _BOX_OPTION.match(body[0][0])):
        title = option["title"] or title
        body = body[1:]
    return title, body


def _closing(lines: LinePass, fence: str, *, quoted: bool) -> int:
    """Return the index of the line that closes a fence, or of the end."""
    for at in range(lines.at + 1, len(lines.lines)):
        text = lines.lines[at][0].strip()
        if quoted:
            if not text.startswith(">"):
                return at - 1
            text = text.lstrip("> ")
        if text.startswith(fence) and not text.strip(fence[0]):
            return at
    return len(lines.lines)


def _code(lines: LinePass, match: re.Match[str], end: int, directive: re.Match[str] | None) -> None:
    title = _title(match["info"].strip(), lines.page)
    first = lines.at + 1
    if directive:
        options, start = options_of(lines.lines[first:end])
        title = options.get("caption") or title
        first += start
    chunk = match["info"].lstrip().startswith("{")
    if chunk and _is_silent(lines, match["info"], end):
        lines.blank(min(end + 1, len(lines.lines)) - lines.at)
        return
    if title and not match["item"]:
        lines.say(title, match["prefix"])
    lines.out.append((match["prefix"] + match["fence"], lines.number))
    lines.out += _seen(
        _with_files(lines, first, end),
        rust=bool(_RUST.match(match["info"])),
        chunk=match["info"].lstrip().startswith("{"),
        hidden=_hiding(match["info"]),
    )
    lines.at = end
    if end < len(lines.lines):
        lines.copy()


def _is_silent(lines: LinePass, info: str, end: int) -> bool:
    """Tell whether a chunk of code is run and not shown."""
    options = (text for text, _ in lines.lines[lines.at + 1 : min(end, lines.at + _MOST_OPTIONS)])
    return bool(_SILENT_CHUNK.search("\n".join([info, *options])))


def _with_files(lines: LinePass, first: int, end: int) -> Iterator[Fragment]:
    """Yield lines of code, in the place of those that name a file what that holds."""
    named = _FILE.search(lines.text)
    if named and not any(text.strip() for text, _ in lines.lines[first:end]):
        path = named["path"].replace("<rootDir>", "")
        part = of_part(f"{named['first']}:{named['last'] or named['first']}" if named["first"] else "", single=True)
        yield from in_code(lines, Reference(path, path, part, code=True), "", lines.number)
    for text, number in lines.lines[first:end]:
        if included := INCLUDED_IN_CODE.fullmatch(text):
            yield from in_code(lines, reference_of(included), included["indent"], number)
        else:
            yield text, number


def _hiding(info: str) -> str | None:
    """Return what the lines of code begin with that mdBook hides, where the code says it of itself."""
    written = _HIDELINES.search(info)
    return written[1] if written else None


def _seen(content: Iterable[Fragment], *, rust: bool, chunk: bool, hidden: str | None) -> Iterator[Fragment]:
    """Yield the lines of code that a page shows: not those that are for the tool that makes it, or that are `hidden`.

    Lines that are marked as added or removed get the sign that a page shows before them.
    """
    for text, number in content:
        if hidden and text.lstrip().startswith(hidden):
            continue
        if not (_MAGIC.fullmatch(text) or (rust and _HIDDEN_RUST.match(text)) or (chunk and text.startswith("#|"))):
            sign = _CHANGED.search(text)
            shown = _FOCUS.sub("", text) if "[!code" in text else text
            shown = f"{sign[1]} {shown}" if sign else shown
            yield _ESCAPED.sub("{{#", _ANNOTATED.sub(r"\1", shown)), number


def _title(info: str, page: Page) -> str:
    titled = _TITLE.search(info)
    if titled:
        return next((text for text in titled.groups() if text), "")
    labelled = _LABEL.match(info) or (_TAB.match(info) if page.in_code_group else None)
    labelled = labelled or (_PLAIN.match(info) if page.mdx else None)
    return labelled[1].strip() if labelled else ""
