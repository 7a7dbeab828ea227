"""Markdown: CommonMark with tables, front matter and the dialects of the tools that make sites of it.

An ordered item keeps its number ("2. Press the key"), a bullet goes. Link targets go, an image leaves its description,
HTML leaves its text.
"""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING

from index.read.decoding import decoded
from index.read.draft import Draft
from index.read.files import Files
from index.read.frontmatter import parted
from index.read.markdown.audience import for_everybody
from index.read.markdown.home import add_home
from index.read.markdown.lines import LinePass, Page
from index.read.markdown.walk import MarkdownWalk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from index.read.draft import Fragment

_NESTING = 100
_TEMPLATE = re.compile(r"(?=[^\s(){}]*\{)(?:\{\{.*?\}\}|\{%.*?%\}|[^\s(){}])+")


def read_markdown(data: bytes, files: Files | None = None) -> Draft:
    """Read Markdown in whatever encoding it has; `files` are those that it may show."""
    return _read(data, files, mdx=False)


def read_mdx(data: bytes, files: Files | None = None) -> Draft:
    """Read Markdown with components, in whatever encoding it has; `files` are those that it may show."""
    return _read(data, files, mdx=True)


def _read(data: bytes, files: Files | None, *, mdx: bool) -> Draft:
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
    lines = LinePass(for_everybody(written), page).run()
    if "hero" in front.written:
        add_home(draft, front, source)
    MarkdownWalk(draft, lines, page).over(_parsed(lines, page))
    draft.title = draft.title or draft.first_heading
    draft.unread += page.files.unread
    return draft


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
