"""What a button remembers of a stretch of a document: where it stood, and enough to know it again.

28 bytes, as 38 letters: a hash of the source (8), start (4), length (4), a rolling hash of the text (4) by which it is
found again where it has moved, and a hash of the text (8) by which it is known to be the same.
"""

from __future__ import annotations

import base64
import binascii
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.store.values import Source, StoredDocument

_FORM = struct.Struct(">8sIII8s")
_BASE = np.uint32(0x9E3779B1)
"""Odd, so that its powers never vanish modulo 2^32: the golden ratio's, as Knuth multiplies (TAOCP 3, 6.4)."""

_MOST_PLACES = 1000
"""Places that are looked at: a forged reference may have as many as its document has characters."""

LETTERS = 38
PATTERN = rf"[A-Za-z0-9_-]{{{LETTERS}}}"


@dataclass(frozen=True, slots=True)
class Reference:
    """A stretch of a document by hashes of its source and its text."""

    source: bytes
    start: int
    length: int
    rolling: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Location:
    """Where the text that a reference is to stands now."""

    document: StoredDocument
    start: int
    end: int

    @property
    def words(self) -> str:
        """The text."""
        return self.document.text[self.start : self.end]


class Documents(Protocol):
    """What a reference is looked up in: a `Catalogue`, or a few documents."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """All documents there are."""
        ...

    def document(self, name: str) -> StoredDocument:
        """Return the document whose source is `name`."""
        ...


def refer(source: str, start: int, text: str) -> Reference:
    """Return a reference to `text`, which begins at `start` in the document `source`."""
    return Reference(short_hash(source), start, len(text), _rolling(text), short_hash(text))


def encode(reference: Reference) -> str:
    """Return a reference as `LETTERS` letters."""
    packed = _FORM.pack(reference.source, reference.start, reference.length, reference.rolling, reference.digest)
    return letters(packed)


def decode(encoded: str) -> Reference | None:
    """Return the reference that `encode` made this of, or None where it made it of none."""
    packed = from_letters(encoded, _FORM.size)
    return Reference(*_FORM.unpack(packed)) if packed is not None else None


def resolve(reference: Reference, documents: Documents) -> Location | None:
    """Return where the text stands now, the nearest to where it stood; None where its document lacks it or is gone."""
    document = find_document(reference.source, documents)
    return resolve_in(document, reference) if document is not None else None


def resolve_in(document: StoredDocument, reference: Reference) -> Location | None:
    """Return where the text stands now in a document; None where it lacks it."""
    if not reference.length:
        return None
    for start in _places(reference, document.text):
        end = start + reference.length
        if short_hash(document.text[start:end]) == reference.digest:
            return Location(document, start, end)
    return None


def find_document(source: bytes, documents: Documents) -> StoredDocument | None:
    """Return the document whose source has this hash."""
    name = next((document.source for document in documents.sources if _source_hash(document.source) == source), None)
    return documents.document(name) if name is not None else None


@lru_cache(maxsize=32_768)
def _source_hash(source: str) -> bytes:
    return short_hash(source)


def letters(packed: bytes) -> str:
    """Return bytes as letters that a `custom_id` may hold (base64 for addresses, no padding)."""
    return base64.urlsafe_b64encode(packed).rstrip(b"=").decode("ascii")


def from_letters(encoded: str, size: int) -> bytes | None:
    """Return the `size` bytes that `letters` made this of, or None where it made it of none."""
    try:
        packed = base64.urlsafe_b64decode(encoded.encode("ascii") + b"=" * (-len(encoded) % 4))
    except (ValueError, binascii.Error):
        return None
    return packed if len(packed) == size and letters(packed) == encoded else None


def short_hash(text: str) -> bytes:
    """Return 8 bytes that stand for `text`."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def between_hash(current: str, other: str) -> bytes:
    """Return what a button knows two generations by: the one in use when it was made, and the one it puts in use."""
    return short_hash(f"{current} {other}")


def _places(reference: Reference, text: str) -> Iterator[int]:
    """Yield where text of the same rolling hash begins: the place where it stood, then the others, nearest first."""
    yield reference.start
    count = len(text) - reference.length + 1
    if count <= 0:
        return
    sums = np.zeros(len(text) + 1, np.uint32)
    np.cumsum(_weighted(text), dtype=np.uint32, out=sums[1:])
    windows = sums[reference.length :] - sums[:count]
    same = np.flatnonzero(windows == np.uint32(reference.rolling) * _powers(count))
    nearest = np.argsort(np.abs(same - reference.start), kind="stable")[:_MOST_PLACES]
    yield from map(int, same[nearest])


def _rolling(text: str) -> int:
    """Return the sum of character times base^place modulo 2^32; a window's is that times base^start (Rabin-Karp)."""
    return int(np.sum(_weighted(text), dtype=np.uint32))


def _weighted(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32) * _powers(len(text))


def _powers(count: int) -> npt.NDArray[np.uint32]:
    """Return 1, b, b², … modulo 2^32, `count` of them."""
    powers = np.full(count, _BASE, np.uint32)
    powers[:1] = 1
    return np.cumprod(powers, dtype=np.uint32)
