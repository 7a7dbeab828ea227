"""Zip archives with XML inside, as office documents and e-books are."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from index.errors import UnreadableError
from index.read.office.metadata import sensible_title

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped] # lxml carries no types

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""What a file of the container that Office used before 2007 begins with; locked files of today lie in one as well."""

_LOCKED_STREAMS = ("EncryptedPackage", "EncryptionInfo")
_OLD_FORMATS = {
    "WordDocument": ("an old Word document (.doc)", ".docx"),
    "Workbook": ("an old Excel workbook (.xls)", ".xlsx"),
    "Book": ("an old Excel workbook (.xls)", ".xlsx"),
    "PowerPoint Document": ("an old PowerPoint presentation (.ppt)", ".pptx"),
}
_ENTRY = 128
"""Bytes of an entry in that container's directory, which begins with a stream's name in UTF-16."""

OLD = "is of an old Office format: save it as .docx, .xlsx or .pptx first"
"""The reason why a file is left out that is from before Office 2007."""

LOCKED = "is locked with a password: save it without one first"

_CORE = "docProps/core.xml"
_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"


MOST_PARTS = 10_000
MOST_UNPACKED = 512 * 1024 * 1024
"""Bytes that the parts of an archive may come to: eight times what a document may have packed."""


@contextmanager
def opened(data: bytes | BinaryIO, damaged: str) -> Iterator[zipfile.ZipFile]:
    """Open an archive; `damaged` is the reason where it is none, such as "is not a Word document, or is damaged"."""
    try:
        with zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data) as archive:
            _check(archive)
            yield archive
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, zlib.error) as error:
        raise UnreadableError((container(data) if isinstance(data, bytes) else None) or damaged) from error
    except RuntimeError as error:
        if "encrypted" not in str(error):
            raise
        raise UnreadableError(LOCKED) from error


def container(data: bytes) -> str | None:
    """Return why an old container cannot be read, or None where the bytes are none."""
    if not data.startswith(_OLE):
        return None
    if any(_has_stream(data, name) for name in _LOCKED_STREAMS):
        return LOCKED
    for name, (what, ending) in _OLD_FORMATS.items():
        if _has_stream(data, name):
            return f"is {what}: save it as {ending} first"
    return OLD


def _has_stream(data: bytes, name: str) -> bool:
    entry = f"{name}\0".encode("utf-16-le")
    at = data.find(entry)
    while at >= 0 and at % _ENTRY:
        at = data.find(entry, at + 1)
    return at >= 0


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
    try:
        return parsed_bytes(archive.read(name))
    except KeyError:
        return None


def parsed_bytes(data: bytes) -> _Element | None:
    """Return the root of an XML file, as much as is whole of it, or None where nothing is."""
    from lxml import etree  # type: ignore[import-untyped] # lxml carries no types

    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    except etree.XMLSyntaxError:
        return None


def required(archive: zipfile.ZipFile, name: str, damaged: str) -> _Element:
    """Return the root of an XML file without which there is no document.

    Raises `UnreadableError` with the reason `damaged` where it is missing or not well-formed: half of a document is not
    read as if it were all.
    """
    from lxml import etree

    try:
        return etree.fromstring(
            transitional(archive.read(name)), etree.XMLParser(resolve_entities=False, no_network=True)
        )
    except (KeyError, etree.XMLSyntaxError) as error:
        raise UnreadableError(damaged) from error


def transitional(data: bytes) -> bytes:
    """Return XML with the namespaces of "Strict Open XML" replaced by the usual ones, which hold the same elements."""
    return _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data)


_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_ROOT_RELATIONS = "_rels/.rels"


def transitional_package(data: bytes, damaged: str) -> bytes:
    """Return an Office file whose parts have the usual namespaces, for libraries that know no others.

    It is the file itself, unless it was saved as "Strict Open XML". `damaged` is the reason where it is no archive.
    """
    with opened(data, damaged) as archive:
        if _ROOT_RELATIONS not in archive.namelist() or _STRICT.search(archive.read(_ROOT_RELATIONS)) is None:
            return data
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as anew:
            for name in dict.fromkeys(archive.namelist()):
                part = archive.read(name)
                anew.writestr(name, transitional(part) if name.endswith((".xml", ".rels")) else part)
        return buffer.getvalue()


def office_title(archive: zipfile.ZipFile) -> str | None:
    """Return the title in an office document's properties, where it is one that a person gave."""
    return title_in(parsed(archive, _CORE))


def title_in(root: _Element | None) -> str | None:
    """Return the first Dublin Core title below a root, where it is one that a person gave."""
    return sensible_title(root.findtext(f".//{_DC_TITLE}")) if root is not None else None
