"""Documents and passages as a store returns them, wherever it keeps them."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from index.records import Block, BlockKind, Passage, Place
from index.text.language import DEFAULT

Int32s = npt.NDArray[np.int32]


KINDS = tuple(BlockKind)
"""Kinds are stored as their position here: only ever add at the end."""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document from the store; all of it has been compared with the checksum stored beside it."""

    id: int
    source: str
    title: str
    url: str | None
    text: str
    sections: tuple[tuple[str, ...], ...]
    places: Int32s
    blocks: Int32s
    language: str = DEFAULT
    anchors: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    date: str | None = None
    version: str | None = None

    @property
    def own_date(self) -> str | None:
        """The day that the document itself says; None where its date is that of a commit, which has a time."""
        return self.date if self.date and "T" not in self.date else None

    def url_of(self, section: tuple[str, ...]) -> str | None:
        """Return the address of a section: the document's, with the anchor of the nearest heading that has one."""
        if self.url is None or "#" in self.url:
            return self.url
        above = (section[:end] for end in range(len(section), 0, -1))
        anchor = next((self.anchors[path] for path in above if path in self.anchors), None)
        return self.url if anchor is None else f"{self.url}#{anchor}"

    def place(self, offset: int) -> Place:
        """Return the place (line, page) of the character at `offset`."""
        i = max(bisect_right(self.places[:, 0], offset) - 1, 0)
        _, line, page = (int(value) for value in self.places[i])
        return Place(offset, line, page or None)

    def each_block(self) -> Iterator[Block]:
        """Yield the document's blocks in order."""
        for kind, start, end, line, page, section in self.blocks.tolist():
            yield Block(KINDS[kind], start, end, line, page or None, self.sections[section])


def paths_in(sections: str) -> tuple[tuple[str, ...], ...]:
    """Return the paths of headings that are stored as JSON; raises `ValueError` or `TypeError` where they are none."""
    paths = tuple(tuple(entry.get("path", ()) if isinstance(entry, dict) else entry) for entry in json.loads(sections))
    if not all(isinstance(heading, str) for path in paths for heading in path):
        raise ValueError("a heading is no text")
    return paths


def anchors_in(sections: str) -> dict[tuple[str, ...], str]:
    """Return the anchors that are stored with such paths, by path."""
    return {
        tuple(entry.get("path", ())): str(entry.get("anchor", ""))
        for entry in json.loads(sections)
        if isinstance(entry, dict)
    }


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with the rows of its vectors and the id of its document."""

    row: int
    document: int
    first_sentence: int
    key: bytes
    passage: Passage


@dataclass(frozen=True, slots=True)
class Source:
    """A document as the list of sources shows it; `date` and `version` are as those of a `Document`."""

    id: int
    source: str
    title: str
    url: str | None
    sections: tuple[tuple[str, ...], ...]
    language: str = DEFAULT
    date: str | None = None
    version: str | None = None
