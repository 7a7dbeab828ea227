"""Other files that a text shows as a part of itself: how it names them, and what stands in their place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.read.files import Files
from index.read.frontmatter import parted
from index.read.parts import Choice, of_part, shown

INCLUDED = re.compile(
    r"(?P<indent>\s*)(?:"
    r"\{\{\s*#(?:rustdoc_include|include|playground)\s++(?P<mdbook>[^}]+?)\s*\}\}"
    r"|;?-{1,}8<-{1,}\s+[\"'](?P<snippet>[^\"']+)[\"']"
    r"|<!--\s*@include:\s*+(?P<vitepress>[^>]+?)\s*-->"
    r"|<<<\s*(?P<code>[^\s\[\]{}]+(?:\{[^{}]*\})?)\s*(?:\[[^\]]*\])?"
    r"|\{!>?\s*+(?P<macro>[^!}]+?)\s*!\}"
    r"|\{\*\s*(?P<star>\S+)(?P<options>[^*}]*)\*\}"
    r")\s*"
)
"""A line that names a file which a page shows in its place; the groups but `indent` and `options` are its name."""

_KINDS = ("mdbook", "snippet", "vitepress", "code", "macro", "star")
_PART = re.compile(r"(?P<path>[^:]+?)(?::(?P<part>[^:].*|:.*)?)?$")
_BRACED = re.compile(r"(?P<path>[^{}#]+)(?:#(?P<part>[\w.-]+))?\s*(?:\{(?P<lines>[\d,\s:-]{0,200})[^{}]*\})?$")
_LINES = re.compile(r"\bln\[([\d:,\s-]+)\]")
_FIRST_WORD = re.compile(r"\S+")

TEXT = (".md", ".mdx", ".markdown", ".mkd", ".mdown", ".txt", ".html", ".htm")
"""Endings of files that are a part of a page's text; others are shown as code."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A file that a text names, as it names it: its `path`, and which of its lines are shown.

    One that may lie `anywhere` is looked for in all folders.
    """

    name: str
    path: str
    choice: Choice = shown
    code: bool = False
    anywhere: bool = False

    @property
    def is_code(self) -> bool:
        """Whether the file stands in the page as code."""
        return self.code or not self.path.lower().endswith(TEXT)


class _InCode:
    """The same of a line of code: what stands for the file there is plain text."""

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the line that names a file, or None."""
        return INCLUDED.fullmatch(text) if "{" in text or "8<" in text else None


INCLUDED_IN_CODE = _InCode()


def path_of(match: re.Match[str]) -> str:
    """Return the name of the file that a line names."""
    return next((match[kind] for kind in _KINDS if match[kind]), "")


def reference_of(match: re.Match[str]) -> Reference:
    """Return the file that a line names, with the part of it that is shown."""
    name = path_of(match)
    if match["vitepress"] or match["code"]:
        return _braced(name, code=bool(match["code"]))
    if match["star"]:
        chosen = _LINES.search(match["options"] or "")
        return Reference(name, name, of_part(chosen[1], single=True) if chosen else shown, code=True)
    if match["mdbook"]:
        first = _FIRST_WORD.match(name)
        return _with_part(name, first[0] if first else name, single=True)
    return reference_of_snippet(name)


def reference_of_snippet(name: str) -> Reference:
    """Return the file that is named as a snippet of MkDocs is: `file:5:12`, `file:part`."""
    return _with_part(name, name, single=False)


def _with_part(name: str, path: str, *, single: bool) -> Reference:
    parts = _PART.match(path)
    if parts is None or "://" in name:
        return Reference(name, name)
    return Reference(name, parts["path"], of_part(parts["part"] or "", single=single))


def _braced(name: str, *, code: bool) -> Reference:
    """Return the file that is named as VitePress does: `file#region{1,3-5}`; of code, the braces only mark lines."""
    parts = _BRACED.match(name)
    if parts is None:
        return Reference(name, name, code=code)
    lines = "" if code else parts["lines"] or ""
    part = parts["part"] or re.sub(r"(\d*),(\d*)", r"\1:\2", lines.replace(" ", ""), count=1)
    return Reference(name, parts["path"], of_part(part, single=True), code=code)


def lines_of(files: Files, reference: Reference, text: str) -> Sequence[str] | None:
    """Return the lines that are shown of a file with this text; None where it lacks the part, which is noted."""
    lines = reference.choice((text if reference.is_code else parted(text)[1].lstrip("\n")).rstrip("\n").split("\n"))
    if lines is None:
        files.miss(reference.name, "has no such part")
    return lines
