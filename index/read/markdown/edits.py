"""Edits in CriticMarkup that reach over several blocks: what was taken out and comments go, what was put in stays.

Those within a paragraph are `inline.py`'s. Nothing changes that does not end, or that stands in code.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from index.read.markdown.lines import code_lines

if TYPE_CHECKING:
    from index.read.draft import Fragment

_BEGUN = re.compile(r"\{(?:--|\+\+|==|>>)")
_EDIT = re.compile(
    r"(?<![{\w])\{(?P<mark>--|\+\+|==|>>)(?P<inside>(?:(?!\{(?:--|\+\+|==|>>))[^\0]){0,20000}?)(?:(?P=mark)|<<)\}"
)
_ENDS = {"--": "--", "++": "++", "==": "==", ">>": "<<"}
_OVER_BLOCKS = re.compile(r"\n[ \t]*\n|\A[ \t]*\n|\n[ \t]*\Z")
_GONE = frozenset({"--", ">>"})


def as_edited(lines: Sequence[Fragment]) -> list[Fragment]:
    """Return lines as they are once the edits are accepted; lines of which nothing stays are empty."""
    texts = [line for line, _ in lines]
    if not any(_BEGUN.search(text) for text in texts):
        return list(lines)
    text = "\n".join(texts)
    starts = list(accumulate((len(line) + 1 for line in texts), initial=0))
    code = code_lines(texts)

    def put(match: re.Match[str]) -> str:
        inside, mark = match["inside"], match["mark"]
        is_code = code[bisect_right(starts, match.start()) - 1]
        if is_code or not match[0].endswith(_ENDS[mark] + "}") or not _OVER_BLOCKS.search(inside):
            return match[0]
        return "\n" * inside.count("\n") if mark in _GONE else inside

    shown = _EDIT.sub(put, text).split("\n")
    return [(line, number) for line, (_, number) in zip(shown, lines, strict=True)]
