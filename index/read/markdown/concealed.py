"""Which of the parser's tokens stand in elements of HTML that are hidden, over whatever tokens these reach."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from index.read.html.style import hides, hides_by_class, is_behind, is_switched_off, is_white
from index.read.html.tags import FOREIGN, UNSEEN, VOID

if TYPE_CHECKING:
    from markdown_it.token import Token

_TAG = re.compile(
    r"<(/?)([a-z][a-z0-9-]*)"
    r"((?:\"[^\"]{0,999}\"|'[^']{0,999}'|\{[^{}]{0,999}\}|[^<>\"'{}]){0,999}?)(/?)>",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"([\w:-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_LISTED = re.compile(
    r"\.(?P<name>[\w-]+)|#(?P<id>[\w-]+)|(?P<key>[\w-]+)(?:=(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s}]+)))?"
)
_CLOSED = re.compile(r"</\s*([a-z][\w-]*)", re.IGNORECASE)
_UNSEEN = UNSEEN | (FOREIGN - {"math"})
_CAMEL = re.compile(r"(?<=[a-z])([A-Z])")
HIDING = "\0hiding"
"""The content of a token for a list of attributes that hides what stands before it."""

_CLASSES = ("class", "className", "classname")
_MOST_STEPS = 200_000
"""Tokens that are looked at for the ends of hidden elements, in a whole document."""


def is_hidden(attributes: Mapping[str, str], names: frozenset[str] = frozenset(), *, on_white: bool = False) -> bool:
    """Tell whether an element with these attributes is not seen, nor found by the search of a browser.

    `names` are the classes and ids that style sheets hide, as `hidden_names` has them. With `on_white`, nothing of
    another colour than white lies behind it.
    In braces, as MDX writes them, are those with braces around their names.
    """
    hidden = "hidden" in attributes and attributes["hidden"].lower() != "until-found"
    braced = _CAMEL.sub(r"-\1", re.sub(r"[{}\"'`]", "", attributes.get("{style}", ""))).lower().replace(",", ";")
    off = attributes.get("{hidden}", "").strip("{} ") == "false"
    classes = next(filter(None, (attributes.get(name) for name in _CLASSES)), "").split()
    if attributes.get("aria-hidden", "").lower() == "true" or hides_by_class(classes) or is_switched_off(attributes):
        return True
    if not names.isdisjoint([*(f".{name}" for name in classes), f"#{attributes.get('id')}"]):
        return True
    if on_white and (_is_in_white(attributes) or _is_in_white({"style": braced})):
        return True
    return (hidden and not off) or hides(attributes.get("style", "")) or hides(braced)


def _is_in_white(attributes: Mapping[str, str]) -> bool:
    return bool(is_white(attributes)) and not is_behind(attributes)


def hides_by_list(written: str, names: frozenset[str] = frozenset()) -> bool:
    """Tell whether a list of attributes such as `{: .hidden #id style="…"}` hides what it is given to."""
    found = list(_LISTED.finditer(written))
    attributes = {
        match["key"].lower(): next((value for value in match.group("double", "single", "bare") if value), "")
        for match in found
        if match["key"]
    }
    attributes["class"] = " ".join([attributes.get("class", ""), *(match["name"] for match in found if match["name"])])
    attributes["id"] = next((match["id"] for match in found if match["id"]), attributes.get("id", ""))
    return is_hidden(attributes, names)


class Between:
    """Follows which hidden element is open between the parts of a page that are HTML, where the rest is other markup.

    One that is never closed is taken for none.
    """

    def __init__(self, text: str) -> None:
        """Begin a page of this text."""
        self._closed = {name.lower() for name in _CLOSED.findall(text)} if "</" in text else set()
        self._name = ""
        self._depth = 0

    @property
    def hides(self) -> bool:
        """Whether what comes next is hidden."""
        return bool(self._name)

    def take(self, html: str) -> str:
        """Take the next part that is HTML, and return what is seen of it: all on the lines that it stands on."""
        seen: list[str] = []
        while html:
            if not self._name:
                tag = _first_hidden(html, _UNSEEN, frozenset(), on_white=False, ending=self._closed)
                if tag is None:
                    return "".join([*seen, html])
                seen.append(html[: tag.start()])
                self._name, self._depth, html = tag[2].lower(), 1, html[tag.start() :]
                self._depth, end = closes(html, tag.end() - tag.start(), self._name, self._depth)
            else:
                self._depth, end = closes(html, 0, self._name, self._depth)
            end = len(html) if self._depth else end
            seen.append("\n" * html.count("\n", 0, end))
            self._name, html = self._name if self._depth else "", html[end:]
        return "".join(seen)


def conceal(tokens: Sequence[Token], names: frozenset[str], *, slots: bool, on_white: bool) -> None:
    """Empty all tokens that stand in hidden elements, as `is_hidden` tells them, or that a list of attributes hides.

    With `slots`, templates are shown; `on_white` says that nothing of another colour than white is behind the page.
    """
    unseen = (_UNSEEN - {"template"} if slots else _UNSEEN) | {"select"}
    left = _MOST_STEPS
    pieces = [piece for token in tokens for piece in _pieces(token)]
    at = 0
    while at < len(pieces) and left > 0:
        start = None
        if pieces[at].type in {"html_block", "html_inline"}:
            start = _first_hidden(pieces[at].content, unseen, names, on_white=on_white)
        if start is None:
            at += 1
            continue
        end = _end(pieces, at, start)
        left -= 1 + (len(pieces) if end is None else end[0]) - at
        if end is not None:
            _empty(pieces, at, start, end)
        at = at + 1 if end is None else end[0]


def conceal_listed(children: Sequence[Token]) -> None:
    """Empty the tokens of a line before lists of attributes that hide them: code, a picture, or all between marks."""
    for at, child in enumerate(children):
        if child.type == "dialect" and child.content == HIDING:
            child.content = ""
            before = at - 1
            while before >= 0 and children[before].type == "text" and not children[before].content:
                before -= 1  # where the parser took marks apart
            level = children[before].level if before >= 0 and children[before].nesting < 0 else None
            while before >= 0:
                piece = children[before]
                piece.content, piece.children = "", []
                before -= 1
                if level is None or (piece.nesting > 0 and piece.level == level):
                    break


def _pieces(token: Token) -> Iterator[Token]:
    """Yield what is seen of a token, in order: itself, or the tokens of its line."""
    if token.type == "inline":
        yield from token.children or ()
    elif token.type in {"html_block", "fence", "code_block"}:
        yield token


def _first_hidden(
    html: str,
    unseen: frozenset[str],
    names: frozenset[str],
    *,
    on_white: bool,
    ending: Collection[str] | None = None,
) -> re.Match[str] | None:
    """Return the first tag in HTML that begins a hidden element, and does not end in the same block.

    Where `ending` is given, only elements of these names end anywhere.
    """
    for tag in _TAG.finditer(html):
        closing, name, attributes, alone = tag.groups()
        if closing or alone or name.lower() in VOID or (ending is not None and name.lower() not in ending):
            continue
        hidden = name.lower() in unseen or is_hidden(_attributes(attributes), names, on_white=on_white)
        if hidden and not closes(html, tag.end(), name.lower(), 1)[1]:
            return tag
    return None


def _attributes(written: str) -> dict[str, str]:
    return {name.lower(): double or single or bare for name, double, single, bare in _ATTRIBUTE.findall(written)}


def closes(html: str, start: int, name: str, depth: int) -> tuple[int, int]:
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
    depth, _ = closes(pieces[at].content, start.end(), name, 1)
    for number in range(at + 1, len(pieces)):
        if pieces[number].type in {"html_block", "html_inline"}:
            depth, end = closes(pieces[number].content, 0, name, depth)
            if end:
                return number, end
    return None


def _empty(pieces: Sequence[Token], at: int, start: re.Match[str], end: tuple[int, int]) -> None:
    pieces[at].content = pieces[at].content[: start.start()]
    for piece in pieces[at + 1 : end[0]]:
        piece.content = ""
        piece.children = []
    pieces[end[0]].content = pieces[end[0]].content[end[1] :]
