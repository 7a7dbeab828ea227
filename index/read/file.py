"""One file, read: its bytes once, their hash, and the document that they hold."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from index.errors import UnreadableError
from index.read.characters import cleaned
from index.read.contents import contents
from index.read.draft import Draft, named
from index.read.kinds import CHATS, INCLUDING, PICTURED, READERS, kind_of, not_read
from index.read.markup import PLAIN, markup_of
from index.read.options import NOTHING_ELSE, ReaderContext
from index.read.unpublished import unpublished_by
from index.records import Document

if TYPE_CHECKING:
    from index.read.files import Files


def read(path: Path, source: str) -> Document:
    """Read a file of one of the kinds in `READERS`; its title is its own, else its name.

    Raises `UnreadableError` where it cannot be opened, is of another kind or holds no text. A file that is not what
    its name says may raise whatever the library that reads it does.
    """
    return document_of(contents(path), source)


def document_of(
    data: bytes, source: str, files: Files | None = None, context: ReaderContext = NOTHING_ELSE
) -> Document:
    """Return the document that a file's bytes hold; raises as `read` does.

    `files` are those that it may show as parts of itself: none, where they are not given. By default no text in
    pictures is read, and exported chats are read without the names of their authors.
    """
    kind = kind_of(source)
    if kind not in READERS and (context.ocr is None or kind not in PICTURED):
        raise UnreadableError(not_read(source))
    if not data.strip():
        raise UnreadableError("is empty")
    draft = _draft(data, markup_of(data, source, files) if kind in PLAIN else kind, files, context)
    if setting := unpublished_by(draft.values):
        raise UnreadableError(f"is a draft ({setting}): remove that line to have it read")
    if draft.empty:
        raise UnreadableError("holds no text")
    if files is not None:
        files.settle(draft)
    return draft.finished(source, _title(draft.title, source), hashlib.sha256(data).hexdigest())


def _draft(data: bytes, kind: str, files: Files | None, context: ReaderContext) -> Draft:
    if context.ocr is not None and kind in PICTURED:
        return PICTURED[kind](data, context.ocr)
    if kind in CHATS:
        return CHATS[kind](data, names=context.chat_names)
    return INCLUDING[kind](data, files) if kind in INCLUDING else READERS[kind](data)


def _title(title: str | None, source: str) -> str:
    own = " ".join(cleaned(title or "").split())
    return named(own) or PurePosixPath(source).stem.replace("_", " ").replace("-", " ").strip() or source
