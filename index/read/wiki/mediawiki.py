"""Exports of a MediaWiki (XML): the pages that its readers see, each below its title."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.errors import UnreadableError
from index.read.draft import Draft

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped] # lxml carries no types

_ROOT = re.compile(rb"<(mediawiki|urlset|sitemapindex)[\s>]")
_HEAD = 4096
_SEEN = {0, 4, 12}
"""Namespaces of articles, of the project's own pages and of help (MediaWiki, "Help:Namespaces")."""

_OWN = 100
"""Where the namespaces begin that a wiki has named itself: even numbers hold pages, odd ones talk about them."""


def root_of(head: bytes) -> str:
    """Return which XML a file is whose first bytes these are: `mediawiki`, a sitemap's `urlset` or another, ""."""
    root = _ROOT.search(head[:_HEAD])
    return root[1].decode() if root else ""


def read_xml(data: bytes) -> Draft:
    """Read a MediaWiki's export; lines are those of the text. Raises `UnreadableError` for any other XML."""
    from index.read.wiki.wikitext import read_wiki

    if root_of(data) != "mediawiki":
        raise UnreadableError("`.xml` files are not read, but for a MediaWiki's exports")
    draft = Draft(own_lines=True)
    for title, text in _pages(data, draft):
        page = read_wiki(text.encode("utf-8", "replace"))
        if not page.empty:
            draft.heading(1, [(title, 1)])
            draft.absorb(page)
    return draft


def _pages(data: bytes, draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield title and text of each page; take note of the wiki's name."""
    from lxml import etree  # type: ignore[import-untyped] # lxml carries no types

    source = etree.iterparse(
        io.BytesIO(data), events=("end",), resolve_entities=False, no_network=True, huge_tree=False
    )
    try:
        for _, element in source:
            name = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if name == "sitename":
                draft.title = element.text
            elif name == "page":
                page = _page(element)
                element.clear()
                if page is not None:
                    yield page
    except etree.XMLSyntaxError as error:
        raise UnreadableError("is not a MediaWiki's export, or is damaged") from error


def _page(page: _Element) -> tuple[str, str] | None:
    """Return title and text of a page, or None of one that readers do not come to."""
    namespace = page.findtext("{*}ns") or "0"
    number = int(namespace) if namespace.strip().isdecimal() else -1
    texts = page.findall("{*}revision/{*}text")
    if page.find("{*}redirect") is not None or not texts or not texts[-1].text:
        return None
    if number not in _SEEN and (number < _OWN or number % 2):
        return None
    return page.findtext("{*}title") or "", texts[-1].text
