"""Tags of components as MDX, Vue and Astro write them: attributes in braces, over several lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_OPEN = re.compile(r"<(?P<closing>/?)(?P<name>[A-Za-z][\w.:-]*)?")
_SPACE = re.compile(r"\s*")
_ATTRIBUTE = re.compile(r"(?P<name>[\w:@.#$-]+)(?:\s*=\s*(?P<quoted>\"[^\"]*\"|'[^']*'|(?=\{)|[\w./#-]+))?")
_INSIDE = re.compile(
    r"[{}]|\"(?:[^\"\\\n]|\\.){0,200}\"|'(?:[^'\\\n]|\\.){0,200}'|`(?:[^`\\]|\\.){0,200}`|/\*.{0,200}?\*/", re.DOTALL
)
_TEXT = re.compile(r"\{\s*(?:\"(?P<double>[^\"\\]*)\"|'(?P<single>[^'\\]*)'|`(?P<back>[^`\\$]*)`)\s*\}")
_MOST = 5_000
"""Characters of a tag or expression: what is longer is text."""

_EFFORT = 200_000
"""Steps that are spent on tags and expressions that turn out to be none, in a whole document."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag: `attributes` has what is given as a text, and "" for what is given in another way or not at all."""

    name: str
    attributes: Mapping[str, str]
    closing: bool
    alone: bool
    braced: bool
    end: int


class Scanner:
    """Finds tags and expressions in the texts of one document, with a limit on what it spends in vain."""

    def __init__(self) -> None:
        """Begin with all effort to spend."""
        self._left = _EFFORT

    def tag(self, text: str, start: int) -> Tag | None:
        """Return the tag that begins at `text[start]`, or None where none does."""
        opened = _OPEN.match(text, start)
        if opened is None or self._left <= 0:
            return None
        attributes: dict[str, str] = {}
        braced = not opened["name"]
        at = _skip(text, opened.end())
        while True:
            if text.startswith("/>", at) or text.startswith(">", at):
                alone = text[at] == "/"
                name = opened["name"] or ""
                return Tag(name, attributes, bool(opened["closing"]), alone, braced, at + 1 + alone)
            end = self._attribute(text, at, attributes) if at - start < _MOST and opened["name"] else None
            if end is None:
                self._left -= 1 + len(attributes)
                return None
            braced = braced or text[end - 1] == "}"
            at = _skip(text, end)

    def expression(self, text: str, start: int) -> int | None:
        """Return where the expression in braces that begins at `text[start]` ends, or None where it does not."""
        depth = steps = 0
        if self._left <= 0:
            return None
        for piece in _INSIDE.finditer(text, start, start + _MOST):
            steps += 1
            if piece[0] == "{":
                depth += 1
            elif piece[0] == "}":
                depth -= 1
                if depth == 0:
                    return piece.end()
        self._left -= 1 + steps
        return None

    def _attribute(self, text: str, at: int, attributes: dict[str, str]) -> int | None:
        if text.startswith("{", at):
            return self.expression(text, at)
        named = _ATTRIBUTE.match(text, at, at + _MOST)
        if named is None:
            return None
        if named["quoted"] is None:
            attributes[named["name"]] = ""
            return named.end()
        if named["quoted"]:
            attributes[named["name"]] = named["quoted"].strip("\"'")
            return named.end()
        end = self.expression(text, named.end())
        if end is not None:
            written = text[named.end() : end]
            attributes[named["name"]] = literal(written) or ""
            attributes[f"{{{named['name']}}}"] = written
        return end


def literal(expression: str) -> str | None:
    """Return the text that an expression in braces is, such as that of `{"text"}`, or None where it is another."""
    match = _TEXT.fullmatch(expression)
    if match is None:
        return None
    return next(text for text in match.group("double", "single", "back") if text is not None)


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at
