"""What a page says to those who gather pages: where its links lead, what its own address is, and what not to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree, html  # type: ignore[import-untyped] # lxml carries no types
from yarl import URL

from index.library.connectors.web.urls import written

_WORD = re.compile(r"\w+")
_SHINGLE = 3


@dataclass(frozen=True, slots=True)
class Page:
    """`canonical` is the address that the page gives as its own; `listed` whether it lets itself be gathered."""

    links: tuple[URL, ...]
    canonical: URL | None
    listed: bool


_NOTHING = Page((), None, listed=True)


def read(data: bytes, url: URL) -> Page:
    """Return what a page at `url` says."""
    tree = _tree(data)
    if tree is None:
        return _NOTHING
    base = _joined(url, next(iter(tree.xpath("//base/@href")), "")) or url
    rules = " ".join(tree.xpath("//meta[translate(@name,'ROBTS','robts')='robots']/@content")).lower()
    anchors = tree.xpath("//a[@href]")
    follow = "nofollow" not in rules and "none" not in rules.split()
    links = [
        link
        for anchor in anchors
        if follow and "nofollow" not in (anchor.get("rel") or "").lower()
        if (link := _joined(base, anchor.get("href") or ""))
    ]
    canonical = tree.xpath("//link[translate(@rel,'CANOIL','canoil')='canonical']/@href")
    listed = "noindex" not in rules and "none" not in re.split(r"[\s,]+", rules)
    return Page(tuple(dict.fromkeys(links)), _joined(base, canonical[0]) if canonical else None, listed)


def shingles(data: bytes) -> frozenset[tuple[str, ...]]:
    """Return the runs of three words in a page's text, to compare pages by."""
    tree = _tree(data)
    words = (
        _WORD.findall(" ".join(tree.xpath("//body//text()[not(parent::script) and not(parent::style)]")))
        if tree is not None
        else []
    )
    return frozenset(tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))


def _tree(data: bytes) -> html.HtmlElement | None:
    try:
        return html.document_fromstring(data)
    except (etree.LxmlError, ValueError, UnicodeError):
        return None


def _joined(base: URL, href: str) -> URL | None:
    try:
        url = base.join(written(href))
    except ValueError:
        return None
    return url.with_fragment(None) if url.scheme in {"http", "https"} and url.host else None
