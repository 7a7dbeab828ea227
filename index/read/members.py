"""Archives of documents (ZIP): which of their members are read, and the bytes of each."""

from __future__ import annotations

import hashlib
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from index.errors import UnreadableError
from index.read.archive import opened
from index.read.characters import is_plain, shown
from index.read.contents import MOST_BYTES, contents, open_safely, too_large
from index.read.kinds import is_read, kind_of, not_read
from index.read.site.names import is_setting
from index.read.unpublished import DRAFT, is_draft
from index.read.unseen import is_unseen
from index.read.wiki.mediawiki import root_of
from index.records import LeftOut, SourceFile

ARCHIVE = ".zip"
"""The ending of the archives that are unpacked."""

_MOST_MEMBERS = 1000
_MOST_DIRECTORY = 4 * 1024 * 1024
_END = b"PK\5\6"
_END_SIZE = 22
_LONGEST_COMMENT = 65_535
_DEEPEST = 64
_HEAD = 4096
_DAMAGED = "is not a ZIP archive, or is damaged"


def bytes_of(file: SourceFile, most_bytes: int = MOST_BYTES) -> bytes:
    """Return the bytes of a file, or of the member of an archive that it is; raises as `contents` does."""
    if file.member is None:
        return contents(file.path, most_bytes)
    with _archive(file.path) as archive:
        return _unpacked(archive, file.member, most_bytes)


def sha256_of(file: SourceFile) -> str | None:
    """Return the checksum of a file as `checksum` makes it, or None where it cannot be read as a document is."""
    try:
        return checksum(file, bytes_of(file))
    except UnreadableError:
        return None


def checksum(file: SourceFile, data: bytes) -> str:
    """Return the SHA-256 (hex) of a file's bytes and, where it has one, its address: a change of either is one."""
    address = b"" if file.url is None else b"\0" + file.url.encode()
    return hashlib.sha256(data + address).hexdigest()


def members(path: Path, source: str, most_bytes: int, *, pictures: bool = False) -> Iterator[SourceFile | LeftOut]:
    """Yield the documents in the archive `source`, and what is left out; hidden files are passed over.

    With `pictures`, these are documents, too.
    """
    try:
        with _archive(path) as archive:
            names = {info.filename: info for info in archive.infolist() if not info.is_dir()}
            settings = _settings(names)
            entries = [
                None
                if name in settings
                else _entry(archive, info, SourceFile(f"{source}/{name}", path, name), pictures=pictures)
                for name, info in names.items()
            ]
    except UnreadableError as error:
        yield LeftOut(source, str(error))
        return
    seen = [entry for entry in entries if entry is not None]
    if sum(isinstance(entry, SourceFile) for entry in seen) > _MOST_MEMBERS:
        yield LeftOut(source, f"holds more than {_MOST_MEMBERS:,} documents: unpack it into the folder")
        return
    for entry, info in zip(entries, names.values(), strict=True):
        if isinstance(entry, SourceFile) and is_draft(info.filename, names):
            yield LeftOut(entry.source, DRAFT)
        elif isinstance(entry, SourceFile) and info.file_size > most_bytes:
            yield LeftOut(entry.source, too_large(most_bytes))
        elif entry is not None:
            yield entry


def _settings(names: Collection[str]) -> set[str]:
    """Return which members configure a site, as `is_setting` tells them by what lies beside and above them."""
    folders: dict[str, set[str]] = {}
    for name in names:
        folder, _, own = name.rpartition("/")
        folders.setdefault(folder, set()).add(own)
    return {
        f"{folder}/{own}".lstrip("/")
        for folder, there in folders.items()
        for own in there
        if is_setting(own, there, folders.get(folder.rpartition("/")[0], ()) if folder else ())
    }


def _entry(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, file: SourceFile, *, pictures: bool
) -> SourceFile | LeftOut | None:
    """Return a member as a document, or why it is none, or None where nothing is to be said of it."""
    parts = info.filename.split("/")
    if any(is_unseen(part) for part in parts if part not in {".", ".."}):
        return None
    if any(part in {"", ".", ".."} for part in parts) or "\\" in info.filename:
        return LeftOut(shown(file.source), "has a path that leads out of its archive")
    reason = _why_not(info, file, pictures=pictures)
    if reason:
        return LeftOut(shown(file.source), reason)
    return _xml(archive, info, file) if kind_of(file.source) == ".xml" else file


def _why_not(info: zipfile.ZipInfo, file: SourceFile, *, pictures: bool) -> str | None:
    if not is_plain(info.filename):
        return "has a name with characters that cannot be shown: rename it"
    if file.source.count("/") >= _DEEPEST:
        return f"lies in more than {_DEEPEST} folders: move it up"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link: put the file itself there"
    if kind_of(file.source) == ARCHIVE:
        return "is an archive in an archive: unpack it into the folder"
    if not is_read(file.source, pictures=pictures):
        return not_read(file.source)
    return "is locked with a password: save it without one first" if info.flag_bits & 1 else None


def _xml(archive: zipfile.ZipFile, info: zipfile.ZipInfo, file: SourceFile) -> SourceFile | LeftOut | None:
    with archive.open(info) as part:
        return xml_entry(file, part.read(_HEAD))


def xml_entry(file: SourceFile, head: bytes) -> SourceFile | LeftOut | None:
    """Return an XML file as a document, or why it is none; nothing is said of a sitemap."""
    root = root_of(head)
    if root == "mediawiki":
        return file
    return None if root else LeftOut(file.source, not_read(file.source))


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open an archive; raises `UnreadableError` for one that is damaged or a bomb."""
    with open_safely(path) as file:
        _check_directory(file)
        try:
            with opened(file, _DAMAGED) as archive:
                yield archive
        except (zlib.error, OSError, ValueError, struct.error) as error:
            raise UnreadableError(_DAMAGED) from error


def _unpacked(archive: zipfile.ZipFile, name: str, most_bytes: int) -> bytes:
    try:
        with archive.open(name) as part:
            data = part.read(most_bytes + 1)
    except KeyError as error:
        raise UnreadableError("is no longer there") from error
    if len(data) > most_bytes:
        raise UnreadableError(too_large(most_bytes))
    return data


def _check_directory(file: BinaryIO) -> None:
    """Raise `UnreadableError` for a list of members that is larger than that of any archive that is read."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT))
    tail = file.read()
    at = tail.rfind(_END)
    if at >= 0 and len(tail) >= at + _END_SIZE and struct.unpack_from("<I", tail, at + 12)[0] > _MOST_DIRECTORY:
        raise UnreadableError("holds more than 10,000 parts: split it into smaller files")
    file.seek(0)
