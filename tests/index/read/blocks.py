"""What a reader makes of a text, checked as every document is."""

from __future__ import annotations

from fuzz_checks import broken

from index.read.file import document_of
from index.records import BlockKind, Document

H, P, L, C, T = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CODE, BlockKind.TABLE


def document(name: str, content: str | bytes) -> Document:
    """Return the document that a file holds; its offsets, places and passages are right."""
    read = document_of(content.encode() if isinstance(content, str) else content, name)
    assert broken(read) == ""
    return read


def blocks(name: str, content: str | bytes) -> list[tuple[BlockKind, int, str]]:
    """Return kind, line and text of each block of a file."""
    read = document(name, content)
    return [(block.kind, block.line, read.text[block.start : block.end]) for block in read.blocks]


def texts(name: str, content: str | bytes) -> list[str]:
    """Return the text of each block of a file."""
    return [text for _, _, text in blocks(name, content)]
