"""Text that is code: settings and the like, as it stands."""

from __future__ import annotations

from index.read.draft import Draft, Fragment
from index.read.plain import read_plain
from index.records import BlockKind


def add_code(draft: Draft, text: str) -> None:
    """Add code: a part that begins at the margin after an empty line is a block of its own."""
    part: list[Fragment] = []
    blank = False
    for number, line in enumerate(text.split("\n"), 1):
        if blank and line[:1].strip() and line[:1] not in "}])":
            draft.verbatim(BlockKind.CODE, part)
            part = []
        blank = not line.strip()
        part.append((line, number))
    draft.verbatim(BlockKind.CODE, part)


def add_plain(draft: Draft, text: str, *, names: bool = False) -> None:
    """Add plain text; `names` says whether the names of authors are kept where it is a chat."""
    draft.absorb(read_plain(text.encode("utf-8", "replace"), names=names))


def dedented(code: list[Fragment]) -> list[Fragment]:
    """Return code without the spaces that all its lines begin with."""
    indents = [len(text) - len(text.lstrip()) for text, _ in code if text.strip()]
    least = min(indents, default=0)
    return [(text[least:], line) for text, line in code]
