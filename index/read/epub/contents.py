"""A book's table of contents: what each of its pages, or a part of it, is called."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from index.read.archive import parsed
from index.read.html.events import Page

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped] # lxml carries no types

_NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_PAGE_NUMBER = re.compile(r"[\s.…]*\b\d{1,4}$")
_LINKED = 0.6  # of a page's letters: above it, the page is a table of contents
_NAMES = frozenset({"title", "h1", "h2", "h3"})
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: the file that it leads to, the id in it ("" for its beginning), its words and its depth from 1."""

    name: str
    part: str
    label: str
    level: int


def entries(archive: zipfile.ZipFile, package: _Element, folder: str) -> list[Entry]:
    """Return the entries of a book's navigation document, else of its NCX file, else none."""
    for item in package.iter("{http://www.idpf.org/2007/opf}item"):
        name = located(folder, item.get("href") or "")[0]
        root = None
        if "nav" in (item.get("properties") or "").split():
            root = parsed(archive, name)
            contents = list(_of_nav(root, posixpath.dirname(name))) if root is not None else []
        elif item.get("media-type") == "application/x-dtbncx+xml":
            root = parsed(archive, name)
            contents = list(_of_ncx(root, posixpath.dirname(name))) if root is not None else []
        if root is not None and contents:
            return contents
    return []


def located(folder: str, href: str) -> tuple[str, str]:
    """Return the file in the archive that an address in `folder` leads to, and the id in it."""
    path, _, part = href.partition("#")
    return posixpath.normpath(posixpath.join(folder, unquote(path))), unquote(part)


def links_of(page: Page, folder: str, pages: Mapping[str, object]) -> list[Entry]:
    """Return the entries of a page that is nothing but a table of contents: links to other pages of the book."""
    letters = sum(element.letters for element in page.elements if element.parent < 0)
    letters -= sum(element.letters for element in page.elements if element.tag in _NAMES)
    linked = sum(element.linked for element in page.elements if element.parent < 0)
    if letters <= 0 or linked < _LINKED * letters:
        return []
    links = []
    for number, element in enumerate(page.elements):
        name, part = located(folder, element.attrs.get("href", ""))
        label = _PAGE_NUMBER.sub("", page.label(number)) if element.tag == "a" else ""
        if label and name in pages:
            links.append(Entry(name, part, label, 1))
    return links if len(links) > 1 else []


def _of_nav(root: _Element, folder: str) -> Iterator[Entry]:
    navs = list(root.iter(f"{_XHTML}nav"))
    for nav in [nav for nav in navs if "toc" in (nav.get(_TYPE) or "").split()] or navs[:1]:
        for link in nav.iter(f"{_XHTML}a"):
            depth = sum(1 for above in link.iterancestors() if above.tag == f"{_XHTML}ol")
            yield from _entry(folder, link.get("href"), "".join(link.itertext()), depth)


def _of_ncx(root: _Element, folder: str) -> Iterator[Entry]:
    for point in root.iter(f"{_NCX}navPoint"):
        content = point.find(f"{_NCX}content")
        depth = 1 + sum(1 for above in point.iterancestors() if above.tag == point.tag)
        if content is not None:
            yield from _entry(folder, content.get("src"), point.findtext(f"{_NCX}navLabel/{_NCX}text"), depth)


def _entry(folder: str, href: str | None, label: str | None, depth: int) -> Iterator[Entry]:
    words = " ".join((label or "").split())
    if href and words:
        yield Entry(*located(folder, href), words, min(max(depth, 1), _DEEPEST))
