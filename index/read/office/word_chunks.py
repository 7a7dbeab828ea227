"""Files that are put whole into a Word document (`altChunk`): Word shows all that they hold."""

from __future__ import annotations

from collections.abc import Iterator

from index.read.archive import opened
from index.read.decoding import decoded
from index.read.draft import Draft
from index.read.html.blocks import add_html
from index.read.kinds import READERS, kind_of
from index.read.mail import page_in
from index.read.missing import EMBEDDED
from index.read.office.pieces import Piece
from index.read.office.word_xml import WordPackage
from index.records import BlockKind

_PAGES = frozenset([".htm", ".html", ".xhtml"])
_SAVED_PAGES = frozenset([".mht", ".mhtml"])
_RTF = b"{\\rtf"
_MOST_FILES = 20
_MOST = 16 * 1024 * 1024
"""Bytes that the texts of all such files of a document may come to, unpacked: a book of 500 pages has two million."""


class Chunks:
    """The files that are put into a document: each is read once, and none that is put into one of them in turn."""

    def __init__(self, package: WordPackage, *, read: bool) -> None:
        """Begin with none of them read; without `read` there is a mark for each."""
        self._package = package
        self._files = _MOST_FILES if read else 0
        self._left = _MOST
        self._begun: set[str] = set()

    def pieces(self, named: str) -> Iterator[Piece]:
        """Yield the paragraphs and rows of the file that a relation leads to, or a mark where it is not read."""
        name = self._package.target(named)
        pieces: list[Piece] = []
        if name not in self._begun and len(self._begun) < self._files:
            self._begun.add(name)
            try:
                pieces = list(self._read(name))
            except Exception:  # noqa: BLE001 # a reader raises whatever the libraries below it raise
                pieces = []
        yield from pieces or [Piece(BlockKind.PARAGRAPH, EMBEDDED)]

    def _read(self, name: str) -> Iterator[Piece]:
        kind, data = kind_of(name), self._package.content(name, self._left)
        self._left -= _size(kind, data)
        draft = _draft(kind, data) if self._left >= 0 else None
        document = (draft or Draft()).finished("", "", "")
        for block in document.blocks:
            yield Piece(block.kind, document.text[block.start : block.end], max(1, len(block.section)))


def _size(kind: str, data: bytes) -> int:
    """Return how many bytes the texts of a file have, unpacked."""
    if kind != ".docx":
        return len(data)
    with opened(data, "is damaged") as archive:
        return sum(part.file_size for part in archive.infolist() if part.filename.endswith((".xml", ".rels")))


def _draft(kind: str, data: bytes) -> Draft | None:
    """Read a file as Word shows it: of a page, also what a site would have around its content."""
    if kind == ".docx":
        from index.read.office.word import read_word

        return read_word(data, within=True)
    if kind == ".rtf":
        return READERS[kind](data) if data.startswith(_RTF) else None
    if kind not in _PAGES | _SAVED_PAGES:
        return None
    draft = Draft()
    add_html(draft, decoded(data) if kind in _PAGES else page_in(data))
    return draft
