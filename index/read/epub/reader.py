"""E-books (EPUB): the pages of the book in their order, named as its table of contents does."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.errors import UnreadableError
from index.read.archive import opened, parsed, title_in
from index.read.decoding import decoded
from index.read.draft import Draft
from index.read.epub.contents import Entry, entries, links_of, located
from index.read.html.blocks import blocks, put
from index.read.html.events import Page, parsed_page, set_raised
from index.read.html.hidden import hidden
from index.read.html.style import is_for_screens
from index.read.html.walk import HtmlBlock
from index.records import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped] # lxml carries no types

_ROOTFILE = "{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"
_OPF = "{http://www.idpf.org/2007/opf}"
_PAGES = {"application/xhtml+xml", "text/html"}
_ENCRYPTED = "{http://www.w3.org/2001/04/xmlenc#}"
_NO_NAME = re.compile(
    r"cover|contents?|table of contents|title ?page|unknown|untitled|index|\W*|.*\.x?html?", re.IGNORECASE
)


def read_epub(data: bytes) -> Draft:
    """Read an EPUB file; it has no pages until it is laid out, so lines are those of the text.

    Its table of contents is left out. A page without headings gets its name from there, else from its own title.
    """
    draft = Draft(own_lines=True)
    with opened(data, "is not an EPUB book, or is damaged") as archive:
        name = _package(archive)
        package = parsed(archive, name)
        draft.title = title_in(package)
        if package is not None:
            _check_locks(archive)
            _add_pages(draft, archive, package, posixpath.dirname(name))
    draft.title = draft.title or draft.first_heading
    return draft


def _package(archive: zipfile.ZipFile) -> str:
    container = parsed(archive, "META-INF/container.xml")
    rootfile = container.find(f".//{_ROOTFILE}") if container is not None else None
    path = rootfile.get("full-path") if rootfile is not None else None
    if not path:
        raise UnreadableError("is not an EPUB book, or is damaged")
    return str(path)


def _check_locks(archive: zipfile.ZipFile) -> None:
    """Raise `UnreadableError` where the pages themselves are encrypted, and not the fonts alone."""
    root = parsed(archive, "META-INF/encryption.xml") if "META-INF/encryption.xml" in archive.namelist() else None
    references = root.iter(f"{_ENCRYPTED}CipherReference") if root is not None else ()
    if any((reference.get("URI") or "").lower().endswith((".xhtml", ".html", ".htm")) for reference in references):
        raise UnreadableError("is locked with a password or a licence (DRM): use a copy without one")


def _add_pages(draft: Draft, archive: zipfile.ZipFile, package: _Element, folder: str) -> None:
    """Add all pages but tables of contents."""
    names = list(_pages(archive, package, folder))
    contents = entries(archive, package, folder)
    sheets = _Sheets(archive)
    for name in names:
        page = parsed_page(decoded(archive.read(name)))
        page.styles += sheets.of(page, posixpath.dirname(name))
        set_raised(page)
        links = links_of(page, posixpath.dirname(name), dict.fromkeys(names))
        if links and len(names) > 1:
            contents = contents or links
            continue
        unseen = hidden(page)
        own = [entry for entry in contents if entry.name == name]
        for block in _headed(page, blocks(page, unseen), own, draft.title):
            put(draft, block)


class _Sheets:
    """The style sheets of a book; each is opened once."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())
        self._texts: dict[str, str] = {}

    def of(self, page: Page, folder: str) -> list[str]:
        """Return the style sheets that a page in a folder links to, but those for print or for some programs alone."""
        links = (element.attrs for element in page.elements if element.tag == "link")
        sheets = (link for link in links if link.get("rel", "").lower().split() == ["stylesheet"])
        named = (link.get("href", "") for link in sheets if is_for_screens(link.get("media", "")))
        return [self._text(name) for href in named if (name := located(folder, href)[0]) in self._names]

    def _text(self, name: str) -> str:
        if name not in self._texts:
            self._texts[name] = decoded(self._archive.read(name))
        return self._texts[name]


def _pages(archive: zipfile.ZipFile, package: _Element, folder: str) -> Iterator[str]:
    """Yield the names of the book's pages in reading order, its navigation document left out."""
    items = {item.get("id"): item for item in package.iter(f"{_OPF}item")}
    names = set(archive.namelist())
    for reference in package.iter(f"{_OPF}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _PAGES or "nav" in (item.get("properties") or "").split():
            continue
        name, _ = located(folder, item.get("href") or "")
        if name in names:
            yield name


def _headed(page: Page, page_blocks: list[HtmlBlock], own: Sequence[Entry], title: str | None) -> list[HtmlBlock]:
    """Return the blocks of a page with headings: its own, else those that the entries `own` of the contents give."""
    first = next((at for at, block in enumerate(page_blocks) if block.kind is BlockKind.HEADING), None)
    if first is not None:
        return _raised(page_blocks, first, own[0]) if own and own[0].level < page_blocks[first].level else page_blocks
    if not page_blocks:
        return []
    ids = {element.attrs["id"]: number for number, element in enumerate(page.elements) if "id" in element.attrs}
    named = own or _own_name(page, title)
    for entry in reversed(named):
        least = ids.get(entry.part, 0)
        at = next((at for at, block in enumerate(page_blocks) if block.element >= least), len(page_blocks))
        if at < len(page_blocks):
            page_blocks[at : at + 1] = _heading(entry, page_blocks[at])
    return page_blocks


def _raised(page_blocks: list[HtmlBlock], first: int, entry: Entry) -> list[HtmlBlock]:
    """Return the blocks of a page whose first heading lies too deep: it would seem to be part of the chapter before."""
    block = page_blocks[first]
    words = " ".join(block.text.split()).casefold()
    if entry.label.casefold().endswith(words):
        return [*page_blocks[:first], replace(block, level=entry.level), *page_blocks[first + 1 :]]
    if entry.part:
        return page_blocks
    return [*_heading(entry, page_blocks[0]), *page_blocks[1:]]


def _heading(entry: Entry, block: HtmlBlock) -> list[HtmlBlock]:
    """Return a block below its heading, or as the heading where it says the same."""
    if " ".join(block.text.split()).casefold() == entry.label.casefold():
        return [replace(block, kind=BlockKind.HEADING, level=entry.level)]
    return [HtmlBlock(BlockKind.HEADING, entry.level, [(entry.label, 1)], block.element), block]


def _own_name(page: Page, title: str | None) -> list[Entry]:
    """Return what a page's `title` calls it, if that is more than the name of the book."""
    number = next((number for number, element in enumerate(page.elements) if element.tag == "title"), None)
    label = page.label(number) if number is not None else ""
    return [] if _NO_NAME.fullmatch(label) or label == title else [Entry("", "", label, 1)]
