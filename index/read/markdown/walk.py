"""From the parser's tokens to blocks, with the line of every word in the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.read.align import aligned
from index.read.html.blocks import add_html
from index.read.html.style import LINE_THROUGH
from index.read.markdown.concealed import conceal, conceal_listed, hides_by_list
from index.read.markdown.dialects import ELEMENTS, MARK
from index.read.markdown.elements import with_markup
from index.read.markdown.inline import without_expressions, without_templates
from index.read.markdown.lines import Page
from index.read.markdown.tags import with_words
from index.read.struck import struck
from index.records import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from index.read.draft import Draft, Fragment

_ANCHOR = re.compile(r"\s*\{:?\s*[#.][^{}]*\}\s*$|\s+:id=[\w-]+\s*$|\s*\{docsify-ignore(?:-all)?\}\s*$")
_TAG = re.compile(r"</?([a-z][a-z0-9-]*)", re.IGNORECASE)
_STRIKING = re.compile(r"<(/?)(?:del|s|strike)\b", re.IGNORECASE)
_SPAN = re.compile(r"<(/?)(?:span|font)\b([^<>]*)", re.IGNORECASE)
_CLASSES = re.compile(r"\bclass(?:Name)?\s*=\s*[\"']([^\"']*)[\"']")
_PLACEHOLDER = re.compile(r"<[A-Za-z][\w.:-]*>")
_SLOT = re.compile(r"(</?)template\b")
_HAS_SLOT = re.compile(r"<template\s+(?:#|v-slot)")
_RUN = re.compile(r"\{?(?:r|python|julia)\}? \S")
_QUERY = re.compile(r"\$?= ?(?:this\.|dv\.|\[\[)")
_LANGUAGE = re.compile(r"^#!(?:[a-z][\w+-]*) (?=\S)")  # as MkDocs writes the language of code in a sentence
_WIDTH = re.compile(r"\|\d+(?:x\d+)?$")  # as Obsidian writes the size of a picture
_OWN_ADDRESS = re.compile(r"(?:project|path|inv|myst):")
_TASK = re.compile(r"\[([ xX/-])\]\s+")
_BOXES = {" ": "☐ ", "x": "☑ ", "X": "☑ ", "/": "◐ ", "-": "☒ "}  # as Obsidian has it: begun, and given up
# Tags that part words, as those of a table that stands inside a line do; all others leave words as they are.
_PARTING = frozenset(["dd", "div", "dl", "dt", "hr", "li", "ol", "p", "table", "td", "th", "tr", "ul"])
_BOLD_LEVEL = 7  # below every heading that is written as one
_LONGEST_BOLD = 120
_FEWEST_BOLD = 2


class MarkdownWalk:
    """One pass over the tokens, with what the tokens before left open; `lines` are those that were parsed."""

    def __init__(self, draft: Draft, lines: Sequence[Fragment], page: Page) -> None:
        """Begin before the first token."""
        self._draft = draft
        self._lines = [number for _, number in lines]
        self._page = page
        self._items = 0
        self._heading = 0
        self._begins = False
        self._counts: list[int | None] = []
        self._number = ""
        self._row: list[Fragment] | None = None
        self._cells = 0
        self._bold: set[int] = set()

    def over(self, tokens: Sequence[Token]) -> None:
        """Add the blocks that the tokens hold."""
        if "<" in self._page.text:
            slots = _HAS_SLOT.search(self._page.text) is not None
            conceal(tokens, self._page.hidden_names, slots=slots, on_white=self._page.on_white)
        self._bold = bold_headings(tokens)
        for at, token in enumerate(tokens):
            if token.type == "inline":
                self._inline(token, bold=at in self._bold)
            elif token.type in {"fence", "code_block"}:
                self._code(token)
            elif token.type == "html_block":
                self._html(token)
            else:
                self._open_or_close(token)

    def _open_or_close(self, token: Token) -> None:
        match token.type:
            case "heading_open":
                self._heading = int(token.tag[1:])
            case "heading_close":
                self._heading = 0
            case "tr_open":
                self._row, self._cells = [], 0
            case "tr_close":
                row = self._row or []
                self._draft.flow(BlockKind.TABLE, row if any(text.strip(" |") for text, _ in row) else [])
                self._row = None
            case _:
                self._list(token)

    def _list(self, token: Token) -> None:
        match token.type:
            case "ordered_list_open":
                start = token.attrGet("start")
                self._counts.append(1 if start is None else int(start))
            case "bullet_list_open":
                self._counts.append(None)
            case "ordered_list_close" | "bullet_list_close":
                self._counts.pop()
            case "list_item_open":
                self._item()
            case "list_item_close":
                self._items -= 1
                self._number = ""

    def _item(self) -> None:
        """Begin an item, with the number that a reader sees: those after the first count on from it."""
        self._items += 1
        self._begins = True
        count = self._counts[-1] if self._counts else None
        self._number = "" if count is None else f"{count}. "
        if count is not None:
            self._counts[-1] = count + 1

    def _inline(self, token: Token, *, bold: bool) -> None:
        if self._heading and (given := _ANCHOR.search(token.content)) and hides_by_list(given[0]):
            return
        conceal_listed(token.children or [])
        fragments = self._fragments(token)
        if self._row is not None:
            self._row += [*([(" | ", self._line(token))] if self._cells else []), *fragments]
            self._cells += 1
        elif self._heading or bold:
            self._draft.heading(self._heading or _BOLD_LEVEL, _without_anchor(fragments))
        elif self._items:
            self._draft.flow(BlockKind.LIST_ITEM, self._numbered(fragments))
        else:
            self._draft.flow(BlockKind.PARAGRAPH, fragments)

    def _numbered(self, fragments: list[Fragment]) -> list[Fragment]:
        number, self._number = self._number, ""
        begins, self._begins = self._begins, False
        if fragments and begins and (task := _TASK.match(fragments[0][0])):
            text, line = fragments[0]
            fragments[0] = (_BOXES[task[1]] + text[task.end() :], line)
        if number and any(text.strip() for text, _ in fragments):
            fragments.insert(0, (number, fragments[0][1]))
        return fragments

    def _code(self, token: Token) -> None:
        first = (token.map[0] if token.map else 0) + (1 if token.type == "fence" else 0)
        lines = enumerate(token.content.split("\n"), first)
        self._draft.verbatim(BlockKind.CODE, [(text, self._number_of(at)) for at, text in lines])
        self._number = ""

    def _html(self, token: Token) -> None:
        content, first = token.content, token.map[0] if token.map else 0
        if self._page.mdx:
            content = without_expressions(with_words(with_markup(content), self._page, " {} "), self._page)
        if "{{" in content or "{%" in content:
            content = without_templates(content, self._page)
        if "<template" in content and _HAS_SLOT.search(self._page.text):
            content = _SLOT.sub(r"\1div", content)
        line_of = lambda line: self._number_of(first + line - 1)  # noqa: E731
        add_html(self._draft, content, line_of, self._page.styles, on_white=self._page.on_white)

    def _line(self, token: Token) -> int:
        return self._number_of(token.map[0] if token.map else 0)

    def _number_of(self, at: int) -> int:
        return self._lines[min(at, len(self._lines) - 1)]

    def _fragments(self, token: Token) -> list[Fragment]:
        """Return an inline token's text with the line of each part, exact where every line end is accounted for."""
        pieces = list(self._pieces(token.children or []))
        first = token.map[0] if token.map else 0
        if sum(breaks for _, breaks in pieces) != token.content.count("\n"):
            located = aligned("".join(text for text, _ in pieces), token.content.split("\n"), first)
            return [(text, self._number_of(at)) for text, at in located]
        fragments: list[Fragment] = []
        for text, breaks in pieces:
            fragments.append((text, self._number_of(first)))
            first += breaks
        return fragments

    def _pieces(self, children: Sequence[Token]) -> Iterator[tuple[str, int]]:
        """Yield what is seen of each token, and how many source lines end in it."""
        within, opened = 0, list[bool]()
        for at, child in enumerate(children):
            within = max(0, within + _striking(child) + self._by_style(child, opened))
            if within and child.type in {"text", "code_inline"}:
                yield struck(self._piece(child)[0]), 0
            elif child.type == "image":
                yield from ((_WIDTH.sub("", text), breaks) for text, breaks in self._pieces(child.children or []))
            elif child.type == "text" and at and children[at - 1].info == "auto":
                yield self._address(child.content), 0
            elif child.type == "link_open":
                target = str(child.attrGet("href") or "") if children[at + 1].type == "link_close" else ""
                yield self._page.targets.get(target.lstrip("#"), MARK) if target else "", 0
            else:
                yield self._piece(child)

    def _by_style(self, token: Token, opened: list[bool]) -> int:
        """Return what `_striking` does for a span, by its style or class; `opened` tells it of those that are open."""
        tag = _SPAN.match(token.content) if token.type == "html_inline" else None
        if tag is None:
            return 0
        if tag[1]:
            return -1 if opened and opened.pop() else 0
        names = {f".{name}" for one in _CLASSES.findall(tag[2]) for name in one.split()}
        opened.append(bool(LINE_THROUGH.search(tag[2].partition("style")[2]) or names & self._page.striking_names))
        return int(opened[-1])

    def _address(self, address: str) -> str:
        """Return what is seen of an address between angle brackets: a page shows the name of what is of its own."""
        own = _OWN_ADDRESS.match(address)
        return self._page.targets.get(address[own.end() :].lstrip("#"), MARK) if own else address

    def _piece(self, child: Token) -> tuple[str, int]:
        match child.type:
            case "softbreak":
                return " ", 1
            case "hardbreak":
                return "\n", 1
            case "html_inline":
                return self._seen_of_tag(child.content), child.content.count("\n")
            case "dialect":
                return child.content, child.meta["breaks"]
            case "code_inline":
                return MARK if self._is_computed(child.content) else _LANGUAGE.sub("", child.content), 0
            case _:
                return child.content, 0

    def _is_computed(self, code: str) -> bool:
        """Tell whether a page shows what comes of the code: in R Markdown and Quarto, and in Obsidian's Dataview."""
        return bool((_RUN.match(code) and self._page.has_chunks) or _QUERY.match(code))

    def _seen_of_tag(self, content: str) -> str:
        tag = _TAG.match(content)
        name = tag[1].lower() if tag else ""
        if _PLACEHOLDER.fullmatch(content) and not ({name, content[1:-1].lower()} & (ELEMENTS | self._page.closed)):
            return content
        return "\n" if name == "br" else " " if name in _PARTING else ""


def _striking(token: Token) -> int:
    """Return 1 where what is struck out begins with a token, -1 where it ends, else 0."""
    if token.type == "html_inline" and (tag := _STRIKING.match(token.content)):
        return -1 if tag[1] else 1
    return {"s_open": 1, "s_close": -1}.get(token.type, 0)


def bold_headings(tokens: Sequence[Token]) -> set[int]:
    """Return which paragraphs serve as headings: bold as a whole, short, no sentence, and more than one of them."""
    headings = {
        at
        for at in range(1, len(tokens) - 2)
        if tokens[at].type == "inline"
        and tokens[at].level == 1
        and tokens[at - 1].type == "paragraph_open"
        and tokens[at + 2].type not in {"heading_open", "hr"}
        and _is_bold_title(tokens[at].children or [])
    }
    return headings if len(headings) >= _FEWEST_BOLD else set()


def _is_bold_title(children: Sequence[Token]) -> bool:
    seen = [child for child in children if child.type != "text" or child.content.strip()]
    if len(seen) < 3 or seen[0].type != "strong_open" or seen[-1].type != "strong_close":  # noqa: PLR2004
        return False
    inside = "".join(child.content for child in seen[1:-1]).strip()
    unbroken = all(child.type not in {"strong_close", "softbreak", "hardbreak"} for child in seen[1:-1])
    return unbroken and len(inside) <= _LONGEST_BOLD and not inside.endswith((".", "!", ",", ";", ":", "。"))


def _without_anchor(fragments: list[Fragment]) -> list[Fragment]:
    """Drop the anchor or class that some tools let stand at the end of a heading, such as `{#install}`."""
    if not fragments:
        return fragments
    text, line = fragments[-1]
    return [*fragments[:-1], (_ANCHOR.sub("", text), line)]
