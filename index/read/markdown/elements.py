"""Elements of HTML around lines of Markdown: what is hidden goes, and Markdown inside is read where a page does.

A page does so for what has an attribute `markdown`, as MkDocs and Jekyll know it, and everywhere in MDX. Elsewhere
HTML goes up to the next blank line, and Markdown in it is text.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from index.read.markdown.concealed import is_hidden
from index.read.markdown.jsx import Tag
from index.read.markdown.lines import LinePass, rule
from index.read.markdown.tags import tag_over_lines

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

    from index.read.draft import Fragment

_HOLDERS = frozenset(
    ["details", "summary", "div", "section", "article", "aside", "main", "figure", "figcaption", "center", "p", "span"]
)
"""Elements whose insides are read as Markdown; others, such as lists and tables, keep their structure as HTML."""

_TAGS = re.compile(r"(<[A-Za-z/!](?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>)")
_VERBATIM = re.compile(r"<(/?)(?:pre|code|script|style|textarea|math)\b", re.IGNORECASE)
_MARKED = re.compile(r"[*_`\[~\\]")


@rule("<", r"(?P<indent>\s*)<(?P<name>[a-z][\w-]*)(?=[\s>])")
def _element(lines: LinePass, match: re.Match[str]) -> bool:
    if lines.after_text and not (lines.page.mdx or lines.page.marked):
        return False
    parsed = tag_over_lines(lines, len(match["indent"]))
    if parsed is None or parsed[0].alone:
        return False
    tag, taken, rest = parsed
    if is_hidden(tag.attributes, lines.page.hidden_names, on_white=lines.page.on_white):
        return _drop(lines, tag, taken, rest)
    if tag.name not in _HOLDERS or not (lines.page.mdx or lines.page.marked or _is_marked(tag, rest)):
        return False
    inside = _inside(lines, tag, taken, rest)
    if inside is None:
        return False
    content, end, after = inside
    lines.say("", match["indent"])
    lines.page.marked += 1
    lines.within(_dedented(content))
    lines.page.marked -= 1
    lines.say("", match["indent"])
    _go_on(lines, end, after)
    return True


@rule("<", r"\s*(?:<(?:br|hr|wbr)\s*/?>\s*)+$")
def _empty(lines: LinePass, _match: re.Match[str]) -> bool:
    """Take a line's end in MDX, after which Markdown goes on."""
    if not lines.page.mdx or lines.after_text:
        return False
    lines.blank()
    return True


def _is_marked(tag: Tag, rest: str) -> bool:
    """Tell whether an element says so, or is one that Notion puts around a box in its exports."""
    of_notion = tag.name == "aside" and not tag.attributes and not rest.strip()
    return of_notion or tag.attributes.get("markdown", "0").lower() not in {"0", "false"}


def _drop(lines: LinePass, tag: Tag, taken: int, rest: str) -> bool:
    inside = _inside(lines, tag, taken, rest)
    if inside is None:
        return False
    _, end, after = inside
    lines.out.append(("", lines.number))
    _go_on(lines, end, after)
    return True


def _go_on(lines: LinePass, end: int, after: str) -> None:
    """Go on behind an element: with what follows it on its last line, or with the line after that."""
    lines.at = end
    if after.strip():
        lines.at -= 1
        lines.lines[lines.at] = (after, lines.lines[lines.at][1])


def _inside(lines: LinePass, tag: Tag, taken: int, rest: str) -> tuple[list[Fragment], int, str] | None:
    """Return the lines in an element, the index of the line after it, and what follows it on its last line."""
    if tag.name.lower() not in lines.page.closed or lines.page.steps <= 0:
        return None
    ends = re.compile(rf"<(/?){re.escape(tag.name)}(?=[\s/>])[^<>]*?(/?)>")
    depth = 1
    content: list[Fragment] = []
    first = lines.at + taken - 1
    for at in range(first, len(lines.lines)):
        text, number = (rest if at == first else lines.lines[at][0]), lines.lines[at][1]
        for end in ends.finditer(text):
            depth += -1 if end[1] else 0 if end[2] else 1
            if depth == 0:
                return [*content, (text[: end.start()], number)], at + 1, text[end.end() :]
        content.append((text, number))
    lines.page.steps -= len(content)
    return None


def _dedented(content: list[Fragment]) -> list[Fragment]:
    """Return lines without the white space that all of them after the first begin with."""
    indented = [line for line, _ in content[1:] if line.strip()]
    least = min((len(line) - len(line.lstrip()) for line in indented), default=0)
    (first, number), *others = content
    return [(first.lstrip(), number), *((line[least:], at) for line, at in others)]


def with_markup(html: str) -> str:
    """Return HTML whose texts are Markdown of a sentence as HTML throughout, on the same lines."""
    pieces, verbatim = [], 0
    for piece in _TAGS.split(html):
        if piece.startswith("<") and (tag := _VERBATIM.match(piece)):
            verbatim = max(0, verbatim - 1) if tag[1] else verbatim + (not piece.endswith("/>"))
        is_marked = not piece.startswith("<") and not verbatim and _MARKED.search(piece)
        pieces.append(_inline().renderInline(piece) if is_marked else piece)
    return "".join(pieces)


@cache
def _inline() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("strikethrough")
