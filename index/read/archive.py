"""Zip archives with XML inside, as office documents and e-books are."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from index.errors import UnreadableError
from index.read.metadata import sensible_title

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped] # lxml carries no types

_CORE = "docProps/core.xml"
_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"


MOST_PARTS = 10_000
MOST_UNPACKED = 512 * 1024 * 1024
"""Bytes that the parts of an archive may come to: eight times what a document may have packed."""


@contextmanager
def opened(data: bytes | BinaryIO, what: str) -> Iterator[zipfile.ZipFile]:
    """Open an archive; `what` names the kind of document in the reason where it is none, as in "a Word document"."""
    try:
        with zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data) as archive:
            _check(archive)
            yield archive
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError) as error:
        raise UnreadableError(f"is not {what}, or is damaged") from error
    except RuntimeError as error:
        if "encrypted" not in str(error):
            raise
        raise UnreadableError("is locked with a password: save it without one first") from error


def _check(archive: zipfile.ZipFile) -> None:
    """Raise `UnreadableError` for a zip bomb. No part can hold more than it says: reading one ends there."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise UnreadableError(f"holds more than {MOST_PARTS:,} parts: split it into smaller files")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        unpacked = MOST_UNPACKED // (1024 * 1024)
        raise UnreadableError(f"unpacks to more than {unpacked} MiB: save it anew, or split it into smaller files")


def parsed(archive: zipfile.ZipFile, name: str) -> _Element | None:
    """Return the root of an XML file in the archive, or None where there is none or it is damaged."""
    from lxml import etree  # type: ignore[import-untyped] # lxml carries no types

    try:
        return etree.fromstring(
            archive.read(name), etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
        )
    except (KeyError, etree.XMLSyntaxError):
        return None


def office_title(archive: zipfile.ZipFile) -> str | None:
    """Return the title in an office document's properties, where it is one that a person gave."""
    return title_in(parsed(archive, _CORE))


def title_in(root: _Element | None) -> str | None:
    """Return the first Dublin Core title below a root, where it is one that a person gave."""
    return sensible_title(root.findtext(f".//{_DC_TITLE}")) if root is not None else None
