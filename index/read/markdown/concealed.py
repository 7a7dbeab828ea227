"""Which of the parser's tokens stand in elements of HTML that are hidden, over whatever tokens these reach."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from index.read.html.style import hides, hides_by_class
from index.read.html.tags import FOR_LISTENERS, FOREIGN, UNSEEN, VOID

if TYPE_CHECKING:
    from markdown_it.token import Token

_TAG = re.compile(
    r"<(/?)([a-z][a-z0-9-]*)"
    r"((?:\"[^\"]{0,999}\"|'[^']{0,999}'|\{[^{}]{0,999}\}|[^<>\"'{}]){0,999}?)(/?)>",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"([\w:-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_CAMEL = re.compile(r"(?<=[a-z])([A-Z])")
_MOST_STEPS = 200_000
"""Tokens that are looked at for the ends of hidden elements, in a whole document."""


def is_hidden(attributes: Mapping[str, str], names: frozenset[str] = frozenset()) -> bool:
    """Tell whether an element with these attributes is not seen, nor found by the search of a browser.

    `names` are the classes and ids that style sheets hide, as `hidden_names` has them.
    In braces, as MDX writes them, are those with braces around their names.
    """
    hidden = "hidden" in attributes and attributes["hidden"].lower() != "until-found"
    braced = _CAMEL.sub(r"-\1", re.sub(r"[{}\"'`]", "", attributes.get("{style}", ""))).lower().replace(",", ";")
    off = attributes.get("{hidden}", "").strip("{} ") == "false"
    classes = (attributes.get("class") or attributes.get("classname") or "").split()
    if attributes.get("aria-hidden", "").lower() == "true" or hides_by_class(classes):
        return True
    if not names.isdisjoint([*(f".{name}" for name in classes), f"#{attributes.get('id')}"]):
        return True
    if not FOR_LISTENERS.isdisjoint(classes):
        return True
    return (hidden and not off) or hides(attributes.get("style", "")) or hides(braced)


def conceal(tokens: Sequence[Token], names: frozenset[str], *, slots: bool) -> None:
    """Empty all tokens that stand in hidden elements, as `is_hidden` tells them; with `slots`, templates are shown."""
    unseen = (UNSEEN - {"template"} if slots else UNSEEN) | (FOREIGN - {"math"}) | {"select"}
    left = _MOST_STEPS
    pieces = [piece for token in tokens for piece in _pieces(token)]
    at = 0
    while at < len(pieces) and left > 0:
        start = _hidden_start(pieces[at], unseen, names) if pieces[at].type != "text" else None
        if start is None:
            at += 1
            continue
        end = _end(pieces, at, start)
        left -= 1 + (len(pieces) if end is None else end[0]) - at
        if end is not None:
            _empty(pieces, at, start, end)
        at = at + 1 if end is None else end[0]


def _pieces(token: Token) -> Iterator[Token]:
    """Yield what is seen of a token, in order: itself, or the tokens of its line."""
    if token.type == "inline":
        yield from token.children or ()
    elif token.type in {"html_block", "fence", "code_block"}:
        yield token


def _hidden_start(piece: Token, unseen: frozenset[str], names: frozenset[str]) -> re.Match[str] | None:
    """Return the first tag in HTML that begins a hidden element, and does not end in the same block."""
    if piece.type not in {"html_block", "html_inline"}:
        return None
    for tag in _TAG.finditer(piece.content):
        closing, name, attributes, alone = tag.groups()
        if closing or alone or name.lower() in VOID:
            continue
        hidden = name.lower() in unseen or is_hidden(_attributes(attributes), names)
        if hidden and not _closes(piece.content, tag.end(), name.lower(), 1)[1]:
            return tag
    return None


def _attributes(written: str) -> dict[str, str]:
    return {name.lower(): double or single or bare for name, double, single, bare in _ATTRIBUTE.findall(written)}


def _closes(html: str, start: int, name: str, depth: int) -> tuple[int, int]:
    """Return how many elements of a name are open at the end of HTML, or 0 and where the last of them ends."""
    for tag in _TAG.finditer(html, start):
        if tag[2].lower() == name and not tag[4]:
            depth += -1 if tag[1] else 1
            if depth == 0:
                return 0, tag.end()
    return depth, 0


def _end(pieces: Sequence[Token], at: int, start: re.Match[str]) -> tuple[int, int] | None:
    """Return the piece in which an element ends, and where in it; None where it does not."""
    name = start[2].lower()
    depth, _ = _closes(pieces[at].content, start.end(), name, 1)
    for number in range(at + 1, len(pieces)):
        if pieces[number].type in {"html_block", "html_inline"}:
            depth, end = _closes(pieces[number].content, 0, name, depth)
            if end:
                return number, end
    return None


def _empty(pieces: Sequence[Token], at: int, start: re.Match[str], end: tuple[int, int]) -> None:
    pieces[at].content = pieces[at].content[: start.start()]
    for piece in pieces[at + 1 : end[0]]:
        piece.content = ""
        piece.children = []
    pieces[end[0]].content = pieces[end[0]].content[end[1] :]
