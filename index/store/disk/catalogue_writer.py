"""Writes the documents and passages of a new generation, taking over those that have not changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import numpy as np

from index.records import Document, Passage
from index.store.checksum import Value, checksum
from index.store.disk.catalogue import Span
from index.store.disk.layout import INDICES, TABLES
from index.store.values import KINDS


class CatalogueWriter:
    """Fills a new catalogue, one document after another in the order of their sources.

    `passages` and `sentences` count what has been written, so they are also the next free rows of vectors.
    """

    def __init__(self, path: Path, kept: Path | None = None, *, free: int | None = None) -> None:
        """Create the file `path`; `kept` is the catalogue to copy unchanged documents from.

        With `free`, these keep their numbers, and new documents get numbers from `free` on; otherwise all are numbered
        anew.
        """
        self._db = sqlite3.connect(path.resolve().as_uri(), uri=True)
        self._db.execute("PRAGMA journal_mode = OFF")  # the whole folder is flushed, or thrown away
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.executescript(TABLES)
        if kept is not None:
            self._db.execute("ATTACH ? AS kept", (f"{kept.resolve().as_uri()}?mode=ro&immutable=1",))
        self._db.execute("BEGIN")
        self.documents = 0
        self.passages = 0
        self.sentences = 0
        self._free = free

    def __enter__(self) -> CatalogueWriter:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: BaseException | TracebackType | None) -> None:
        """Finish the file, unless an error was raised."""
        if kind is None:
            self._db.commit()
            self._db.executescript(INDICES)
        self._db.close()

    def add(self, document: Document, language: str, passages: tuple[Passage, ...], keys: list[bytes]) -> None:
        """Write a document in a `language` with its passages and their `keys`."""
        sections = _Sections()
        blocks = [
            (KINDS.index(b.kind), b.start, b.end, b.line, b.page or 0, sections.number(b.section, b.anchor))
            for b in document.blocks
        ]
        number = self._number()
        placed = (self.documents, number, self.passages, self.sentences)
        for passage, key in zip(passages, keys, strict=True):
            self._add_passage(passage, sections.number(passage.section), key)
        places = [(place.offset, place.line, place.page or 0) for place in document.places]
        row: tuple[Value, ...] = (
            document.source,
            document.title,
            document.url,
            document.sha256,
            language,
            document.date,
            document.version,
            json.dumps(sections.as_json(), ensure_ascii=False),
            document.text,
            _blob(places),
            _blob(blocks),
        )
        values = (*placed, *row, checksum(*row))
        self._db.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
        self.documents += 1

    def keep(self, kept: Span) -> None:
        """Copy consecutive documents of the kept catalogue, with their passages."""
        moved = (self.documents - kept.first, self.passages - kept.row, self.sentences - kept.sentence)
        number = "number" if self._free is not None else f"id + {moved[0]}"
        self._db.execute(
            f"INSERT INTO documents SELECT id + ?, {number}, first_row + ?, first_sentence + ?, source, title, url, "  # noqa: S608 -- of two fixed texts
            "sha256, language, date, version, sections, text, places, blocks, checksum FROM kept.documents "
            "WHERE id >= ? AND id < ? ORDER BY id",
            (*moved, kept.first, kept.first + kept.documents),
        )
        self._db.execute(
            "INSERT INTO passages SELECT row + ?, document + ?, start, end, section, page, first_line, last_line, "
            "sentences, first_sentence + ?, key FROM kept.passages WHERE row >= ? AND row < ? ORDER BY row",
            (moved[1], moved[0], moved[2], kept.row, kept.row + kept.passages),
        )
        self.documents += kept.documents
        self.passages += kept.passages
        self.sentences += kept.sentences

    def _number(self) -> int:
        if self._free is None:
            return self.documents
        self._free += 1
        return self._free - 1

    def _add_passage(self, passage: Passage, section: int, key: bytes) -> None:
        sentences = [(s.start, s.end, KINDS.index(s.kind)) for s in passage.sentences]
        self._db.execute(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self.passages,
                self.documents,
                passage.start,
                passage.end,
                section,
                passage.page,
                *passage.lines,
                _blob(sentences),
                self.sentences,
                key,
            ),
        )
        self.passages += 1
        self.sentences += len(sentences)


class _Sections:
    """Numbers heading paths in order of first appearance."""

    def __init__(self) -> None:
        self.paths: list[tuple[str, ...]] = []
        self._numbers: dict[tuple[str, ...], int] = {}
        self._anchors: dict[tuple[str, ...], str] = {}

    def as_json(self) -> list[object]:
        """Return the paths as they are stored: one with an anchor as an object with both."""
        anchors = self._anchors
        return [{"path": path, "anchor": anchors[path]} if path in anchors else path for path in self.paths]

    def number(self, path: tuple[str, ...], anchor: str | None = None) -> int:
        if anchor is not None:
            self._anchors.setdefault(path, anchor)
        if path not in self._numbers:
            self._numbers[path] = len(self.paths)
            self.paths.append(path)
        return self._numbers[path]


def _blob(rows: Sequence[tuple[int, ...]]) -> bytes:
    return np.array(rows, np.int32).tobytes()
