"""Markdown: CommonMark with tables, front matter and the dialects of the tools that make sites of it.

An ordered item keeps its number ("2. Press the key"), a bullet goes. Link targets go, an image leaves its description,
HTML leaves its text.
"""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, NamedTuple

from index.read.decoding import decoded
from index.read.draft import Draft
from index.read.files import Files
from index.read.frontmatter import parted
from index.read.markdown.audience import for_everybody
from index.read.markdown.edits import as_edited
from index.read.markdown.home import add_home
from index.read.markdown.lines import LinePass, Page
from index.read.markdown.walk import MarkdownWalk, bold_headings
from index.records import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from index.read.draft import Fragment

_NESTING = 100
_HOLDING = frozenset(["heading_open", "fence", "html_block"])
_TEMPLATE = re.compile(r"(?=[^\s(){}]*\{)(?:\{\{.*?\}\}|\{%.*?%\}|[^\s(){}])+")


def read_markdown(data: bytes, files: Files | None = None) -> Draft:
    """Read Markdown in whatever encoding it has; `files` are those that it may show."""
    return _read(data, files, mdx=False).draft


def read_mdx(data: bytes, files: Files | None = None) -> Draft:
    """Read Markdown with components, in whatever encoding it has; `files` are those that it may show."""
    return _read(data, files, mdx=True).draft


def outline_of(text: str) -> Outline:
    """Return what in a text of Markdown may be, or hold, a heading, and where it is read as one."""
    draft, lines, tokens = _read(text.encode("utf-8", "replace"), None, mdx=False)
    numbers = [number for _, number in lines]
    bold = bold_headings(tokens)
    parts = [
        Part(token.type, token.markup, numbers[token.map[0]], numbers[token.map[1] - 1])
        for at, token in enumerate(tokens)
        if token.map is not None and token.map[0] < token.map[1] and (at in bold or token.type in _HOLDING)
    ]
    document = draft.finished("", "", "")
    return Outline(parts, [block.line for block in document.blocks if block.kind is BlockKind.HEADING])


class Part(NamedTuple):
    """A heading (`heading_open`), a paragraph that serves as one (`inline`), code between fences (`fence`) or HTML.

    `markup` is what marks it, `first` and `last` are its lines, the first of the text 1.
    """

    kind: str
    markup: str
    first: int
    last: int


class Outline(NamedTuple):
    """The parts of a text, and the lines that it has headings on, those in parts of other markup among them."""

    parts: list[Part]
    headings: list[int]


class _Parsed(NamedTuple):
    draft: Draft
    lines: Sequence[Fragment]
    """Those that were parsed, with the numbers that they have in the file."""
    tokens: Sequence[Token]


def _read(data: bytes, files: Files | None, *, mdx: bool) -> _Parsed:
    from index.read.markdown import boxes, drawn_tables, elements, embeds, fences, marks, numbered, outlines, tags  # noqa: F401 # their rules

    source = decoded(data)
    front, text = parted(source)
    draft = Draft()
    draft.title, draft.url, draft.values = front.title, front.url, front.values
    page = Page(text, mdx, front.values, files=files or Files())
    if page.files.page is not None:
        site = page.files.page[0]
        page.mdx, page.interpolated = mdx or site.mdx, site.interpolated
    written = [(line, number) for number, line in enumerate(text.split("\n"), 1)]
    lines = LinePass(as_edited(for_everybody(written)), page).run()
    if "hero" in front.written:
        add_home(draft, front, source)
    tokens = _parsed(lines, page)
    MarkdownWalk(draft, lines, page).over(tokens)
    draft.title = draft.title or draft.first_heading
    draft.unread += page.files.unread
    return _Parsed(draft, lines, tokens)


def _parsed(lines: Sequence[Fragment], page: Page) -> Sequence[Token]:
    from index.read.markdown.inline import PAGE

    parser = _parser()
    if page.mdx:
        parser.disable("code")
    return parser.parse("\n".join(line for line, _ in lines), {PAGE: page})


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt, helpers
    from mdit_py_plugins.deflist import deflist_plugin

    from index.read.markdown.inline import add_dialects

    parser = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable(["table", "strikethrough"]).use(deflist_plugin)
    add_dialects(parser)
    parser.helpers = SimpleNamespace(  # type: ignore[assignment] # of the same three functions
        parseLinkDestination=_destination,
        parseLinkLabel=helpers.parseLinkLabel,
        parseLinkTitle=helpers.parseLinkTitle,
    )
    return parser


def _destination(text: str, start: int, end: int) -> object:
    """Return a link's target as the parser's own function does, and take templates in it for a part of it."""
    from markdown_it.helpers import parseLinkDestination

    at = start
    if template := _TEMPLATE.match(text, at, end):
        at = template.end()
    return parseLinkDestination(text, start, end) if at == start else SimpleNamespace(ok=True, pos=at, str="")
