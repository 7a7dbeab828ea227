"""Markdown: CommonMark with tables, front matter and the boxes of documentation tools.

An ordered item keeps its number ("2. Press the key"), a bullet goes. Link targets go, an image leaves its description,
HTML leaves its text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.read.admonition import unboxed
from index.read.align import aligned
from index.read.decoding import decoded
from index.read.draft import Draft, Fragment
from index.read.frontmatter import parted
from index.read.html_blocks import add_html
from index.records import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

_ANCHOR = re.compile(r"\s*\{:?\s*[#.][^{}]*\}\s*$")
_TAG = re.compile(r"</?([a-z][a-z0-9-]*)", re.IGNORECASE)
# Tags that part words, as those of a table that stands inside a line do; all others leave words as they are.
_PARTING = frozenset(["dd", "div", "dl", "dt", "hr", "li", "ol", "p", "table", "td", "th", "tr", "ul"])
_NESTING = 100


def read_markdown(data: bytes) -> Draft:
    """Read Markdown in whatever encoding it has."""
    front, text = parted(decoded(data))
    draft = Draft()
    draft.title, draft.url = front.title, front.url
    _Walk(draft).over(_parsed(unboxed(text)))
    draft.title = draft.title or draft.first_heading
    return draft


def _parsed(text: str) -> Sequence[Token]:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable(["table", "strikethrough"]).parse(text)


class _Walk:
    """One pass over the tokens, with what the tokens before left open."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._items = 0
        self._heading = 0
        self._number = ""
        self._row: list[Fragment] | None = None

    def over(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.type == "inline":
                self._inline(token)
            elif token.type in {"fence", "code_block"}:
                self._code(token)
            elif token.type == "html_block":
                add_html(self._draft, token.content, _first_line(token))
            else:
                self._open_or_close(token)

    def _open_or_close(self, token: Token) -> None:
        match token.type:
            case "heading_open":
                self._heading = int(token.tag[1:])
            case "heading_close":
                self._heading = 0
            case "list_item_open":
                self._items += 1
                self._number = f"{token.info}. " if token.info else ""
            case "list_item_close":
                self._items -= 1
                self._number = ""
            case "tr_open":
                self._row = []
            case "tr_close":
                self._draft.flow(BlockKind.TABLE, self._row or [])
                self._row = None

    def _inline(self, token: Token) -> None:
        fragments = _fragments(token)
        if self._row is not None:
            self._row += [*([(" | ", _first_line(token))] if self._row else []), *fragments]
        elif self._heading:
            self._draft.heading(self._heading, _without_anchor(fragments))
        elif self._items:
            number, self._number = self._number, ""
            if fragments and number:
                fragments.insert(0, (number, fragments[0][1]))
            self._draft.flow(BlockKind.LIST_ITEM, fragments)
        else:
            self._draft.flow(BlockKind.PARAGRAPH, fragments)

    def _code(self, token: Token) -> None:
        first = _first_line(token) + (1 if token.type == "fence" else 0)
        lines = token.content.split("\n")
        self._draft.verbatim(BlockKind.CODE, [(text, first + number) for number, text in enumerate(lines)])
        self._number = ""


def _first_line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _fragments(token: Token) -> list[Fragment]:
    """Return the text of an inline token with the line of each part, exact wherever every line end is accounted for."""
    pieces = list(_pieces(token.children or []))
    first = _first_line(token)
    if sum(breaks for _, breaks in pieces) != token.content.count("\n"):
        return aligned("".join(text for text, _ in pieces), token.content.split("\n"), first)
    fragments: list[Fragment] = []
    for text, breaks in pieces:
        fragments.append((text, first))
        first += breaks
    return fragments


def _pieces(children: Sequence[Token]) -> Iterator[tuple[str, int]]:
    """Yield what is seen of each token, and how many source lines end in it."""
    for child in children:
        match child.type:
            case "softbreak":
                yield " ", 1
            case "hardbreak":
                yield "\n", 1
            case "image":
                yield from _pieces(child.children or [])
            case "html_inline":
                yield _seen_of_tag(child.content), child.content.count("\n")
            case _:
                yield child.content, 0


def _seen_of_tag(content: str) -> str:
    tag = _TAG.match(content)
    name = tag[1].lower() if tag else ""
    return "\n" if name == "br" else " " if name in _PARTING else ""


def _without_anchor(fragments: list[Fragment]) -> list[Fragment]:
    """Drop the anchor or class that some tools let stand at the end of a heading, such as `{#install}`."""
    if not fragments:
        return fragments
    text, line = fragments[-1]
    return [*fragments[:-1], (_ANCHOR.sub("", text), line)]
