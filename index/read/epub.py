"""E-books (EPUB): the pages of the book in their order."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote

from index.errors import UnreadableError
from index.read.archive import opened, parsed, title_in
from index.read.decoding import decoded
from index.read.draft import Draft
from index.read.html_blocks import add_html

_ROOTFILE = "{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"
_OPF = "{http://www.idpf.org/2007/opf}"
_PAGES = {"application/xhtml+xml", "text/html"}


def read_epub(data: bytes) -> Draft:
    """Read an EPUB file; it has no pages until it is laid out, so lines are those of the text."""
    draft = Draft(own_lines=True)
    with opened(data, "an EPUB book") as archive:
        package = _package(archive)
        draft.title = title_in(parsed(archive, package))
        for name in _pages(archive, package):
            add_html(draft, decoded(archive.read(name)))
    draft.title = draft.title or draft.first_heading
    return draft


def _package(archive: zipfile.ZipFile) -> str:
    container = parsed(archive, "META-INF/container.xml")
    rootfile = container.find(f".//{_ROOTFILE}") if container is not None else None
    path = rootfile.get("full-path") if rootfile is not None else None
    if not path:
        raise UnreadableError("is not an EPUB book, or is damaged")
    return str(path)


def _pages(archive: zipfile.ZipFile, package: str) -> Iterator[str]:
    """Yield the names of the book's pages in reading order, its table of contents left out."""
    root = parsed(archive, package)
    if root is None:
        return
    folder = posixpath.dirname(package)
    items = {item.get("id"): item for item in root.iter(f"{_OPF}item")}
    names = set(archive.namelist())
    for reference in root.iter(f"{_OPF}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _PAGES or "nav" in (item.get("properties") or "").split():
            continue
        name = posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
        if name in names:
            yield name
