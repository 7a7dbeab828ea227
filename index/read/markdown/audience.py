"""What of a page is not for everybody: the conditions of GitBook on a visitor, and what Mintlify keeps for programs.

What stands on a condition of Liquid that never holds (`{% if false %}`) is for nobody, unless the page may show it as
code: it is indented, or there is HTML for code.

Nothing is left out that does not end, or that stands in code.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from index.read.markdown.lines import code_lines

if TYPE_CHECKING:
    from index.read.draft import Fragment

_OF_SOME = re.compile(r"\bvisitor\s*[.\[]|<Visibility\b|\{%-?\s{0,20}if\s{1,20}false\b")
_VISITOR = re.compile(r"\bvisitor\s*[.\[]")
_NEVER = re.compile(r"\s*false\s*-?")
_OPENING = frozenset({"if", "for", "case", "unless"})
_CONDITIONS = frozenset({"if", "elsif", "elif", "else"})
_STEP = 4
_OF_CODE = re.compile(r"<(?:pre|code)\b", re.IGNORECASE)
_FOR_PROGRAMS = re.compile(r"\bfor\s*=\s*[\"'{]+agents[\"'}]+")
_TAG = re.compile(
    r"(?<!`)(?P<code>`{1,3})(?!`)[^`\n]{1,500}(?P=code)(?!`)"
    r"|\{%-?\s{0,20}(?P<name>(?:end)?(?:if|for|case|unless)|elsif|elif|else|raw|endraw)\b(?P<condition>(?:[^%{}]|%(?!\})){0,500})%\}"
    r"|<(?P<closing>/?)Visibility\b(?P<attributes>[^<>]{0,500})>"
)
_Span = tuple[int, int]


@dataclass
class _Open:
    """A condition or an element that has begun: its `tags`, and which of the parts between them are for some alone."""

    name: str
    tags: list[_Span] = field(default_factory=list)
    kept_back: list[bool] = field(default_factory=list)

    def add(self, tag: _Span, *, kept_back: bool) -> None:
        self.tags.append(tag)
        self.kept_back.append(kept_back)

    def spans(self) -> Iterator[_Span]:
        """Yield what goes, where anything does: the parts, and the tags around all of them."""
        if any(self.kept_back):
            for tag, following, kept_back in zip(self.tags, self.tags[1:], self.kept_back, strict=False):
                yield tag[0], following[0] if kept_back else tag[1]
            yield self.tags[-1]


def for_everybody(lines: Sequence[Fragment]) -> list[Fragment]:
    """Return lines without what is not for everybody; lines of which nothing stays are empty."""
    if not any(_OF_SOME.search(line) for line, _ in lines):
        return list(lines)
    texts = [line for line, _ in lines]
    text = "\n".join(texts)
    starts = list(accumulate((len(line) + 1 for line in texts), initial=0))
    code = code_lines(texts)
    found = (match for match in _TAG.finditer(text) if not code[bisect_right(starts, match.start()) - 1])
    at, kept = 0, []
    for start, end in sorted(_spans(found, never=_OF_CODE.search(text) is None)):
        if end > at:
            kept += [text[at : max(at, start)], "\n" * text.count("\n", max(at, start), end)]
            at = end
    shown = ("".join(kept) + text[at:]).split("\n")
    return [(line, number) for line, (_, number) in zip(shown, lines, strict=True)]


def _spans(tags: Iterator[re.Match[str]], *, never: bool) -> Iterator[_Span]:
    conditions: list[_Open] = []
    elements: list[_Open] = []
    raw = False
    for tag in tags:
        name = tag["name"]
        raw = name == "raw" or (raw and name != "endraw")
        if raw or tag["code"] or name in {"raw", "endraw"} or (tag["attributes"] or "").endswith("/"):
            continue
        opened = elements if name is None else conditions
        if name in _OPENING or tag["closing"] == "":
            opened.append(_Open(name or ""))
        if opened:
            opened[-1].add(tag.span(), kept_back=_is_kept_back(tag, never=never))
            yield from _ended(opened, tag)


def _is_kept_back(tag: re.Match[str], *, never: bool) -> bool:
    """Tell whether what follows a tag is for some alone, or `never` holds and it is for nobody."""
    if tag["name"] is None:
        return _FOR_PROGRAMS.search(tag["attributes"]) is not None
    if tag["name"] not in _CONDITIONS:
        return False
    line = tag.string.rfind("\n", 0, tag.start()) + 1
    is_indented = tag.string[line : line + _STEP].expandtabs(_STEP).startswith(" " * _STEP)
    is_never = never and not is_indented and _NEVER.fullmatch(tag["condition"]) is not None
    return is_never or _VISITOR.search(tag["condition"]) is not None


def _ended(opened: list[_Open], tag: re.Match[str]) -> Iterator[_Span]:
    """Yield what goes of the last that is open, where a tag ends that; one that ends another leaves all in place."""
    name = tag["name"] or ""
    if tag["closing"] or name == f"end{opened[-1].name}":
        yield from opened.pop().spans()
    elif name.startswith("end"):
        opened.clear()
