"""Files that are put whole into a Word document (`altChunk`): Word shows what they hold."""

from __future__ import annotations

from collections.abc import Iterator

from index.errors import UnreadableError
from index.read.kinds import READERS, kind_of
from index.read.missing import EMBEDDED
from index.read.office.pieces import Piece
from index.read.office.word_xml import WordPackage
from index.records import BlockKind, Document

_READ = frozenset([".htm", ".html", ".xhtml", ".mht", ".mhtml", ".rtf", ".txt", ".docx"])
_MOST = 100
"""Files that are read of a document: each may hold others in turn."""


class Chunks:
    """The files that are put into a document, each read once."""

    def __init__(self, package: WordPackage) -> None:
        """Begin with none of them read."""
        self._package = package
        self._read: dict[str, Document | None] = {}

    def pieces(self, named: str) -> Iterator[Piece]:
        """Yield the paragraphs and rows of the file that a relation leads to, or a mark where it is not read."""
        if named not in self._read:
            self._read[named] = self._document(named) if len(self._read) < _MOST else None
        document = self._read[named]
        if document is None:
            yield Piece(BlockKind.PARAGRAPH, EMBEDDED)
            return
        for block in document.blocks:
            yield Piece(block.kind, document.text[block.start : block.end], max(1, len(block.section)))

    def _document(self, named: str) -> Document | None:
        name, data = self._package.file(named)
        if kind_of(name) not in _READ or not data:
            return None
        try:
            return READERS[kind_of(name)](data).finished("", "", "")
        except UnreadableError:
            return None
