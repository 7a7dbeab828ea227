"""What a reader makes of a text, checked as every document is."""

from __future__ import annotations

from fuzz_checks import broken

from index.read.file import document_of
from index.read.options import NOTHING_ELSE, ReaderContext
from index.records import BlockKind, Document

H, P, L, C, T = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CODE, BlockKind.TABLE


def document(name: str, content: str | bytes, context: ReaderContext = NOTHING_ELSE) -> Document:
    """Return the document that a file holds; its offsets, places and passages are right."""
    read = document_of(content.encode() if isinstance(content, str) else content, name, context=context)
    assert broken(read) == ""
    return read


def blocks(name: str, content: str | bytes, context: ReaderContext = NOTHING_ELSE) -> list[tuple[BlockKind, int, str]]:
    """Return kind, line and text of each block of a file."""
    read = document(name, content, context)
    return [(block.kind, block.line, read.text[block.start : block.end]) for block in read.blocks]


def texts(name: str, content: str | bytes, context: ReaderContext = NOTHING_ELSE) -> list[str]:
    """Return the text of each block of a file."""
    return [text for _, _, text in blocks(name, content, context)]
