"""Edits in CriticMarkup that reach over several blocks: what was taken out and comments go, what was put in stays.

Those within a paragraph are `inline.py`'s. An edit here begins with its paragraph and ends with another: a mark within
a sentence may be shown as it is, in code or behind a backslash. Where a page has formulas or parts that are no
Markdown, nothing changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from index.read.markdown.lines import code_lines

if TYPE_CHECKING:
    from index.read.draft import Fragment

_BEGUN = re.compile(r"\{(?:--|\+\+|==|>>)")
_ENDS = {"{--": "--}", "{++": "++}", "{==": "==}", "{>>": "<<}"}
_STEP = 4
_GONE = frozenset({"{--", "{>>"})
_OTHER = re.compile(r"<(?:pre|textarea|script|style|code)\b|<!--|\$\$|\\\[|\\begin\{", re.IGNORECASE)


def as_edited(lines: Sequence[Fragment]) -> list[Fragment]:
    """Return lines as they are once the edits are accepted; lines of which nothing stays are empty."""
    texts = [line for line, _ in lines]
    if not any(map(_BEGUN.match, texts)) or any(map(_OTHER.search, texts)):
        return list(lines)
    for first, last in list(_edits(texts)):
        if texts[first][:3] in _GONE:
            texts[first : last + 1] = [""] * (last + 1 - first)
        else:
            texts[first] = texts[first][3:]
            texts[last] = texts[last].rstrip()[:-3]
    return [(line, number) for line, (_, number) in zip(texts, lines, strict=True)]


def _edits(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last line of each edit over several blocks."""
    code = code_lines(texts)
    first = -1
    for at, text in enumerate(texts):
        if code[at]:
            continue
        if begun := _BEGUN.search(text):
            first = -1 if begun.start() or "".join(texts[max(0, at - 1) : at]).strip() else at
        end = _ENDS[texts[first][:3]] if first >= 0 else ""
        if end and end in text[3 * (at == first) :]:
            if _ends(text, end, texts[at + 1 : at + 2]) and not all(line.strip() for line in texts[first:at]):
                yield first, at
            first = -1


def _ends(text: str, end: str, below: Sequence[str]) -> bool:
    """Tell whether a line ends an edit and its paragraph, and is no code by its indentation."""
    is_code = text.expandtabs(_STEP).startswith(" " * _STEP)
    before = text.rstrip().removesuffix(end)
    is_last = end not in before and before != text.rstrip() and not before.endswith("\\")
    return is_last and not is_code and not "".join(below).strip()
