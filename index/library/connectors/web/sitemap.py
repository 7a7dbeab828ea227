"""Sitemaps: lists of pages, lists of such lists, compressed or not, or one address a line."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped] # lxml carries no types
from yarl import URL

from index.errors import ConnectorError
from index.library.connectors.web.client import Client, PageError, Response
from index.library.connectors.web.urls import written

MOST_BYTES = 50 * 1024 * 1024
"""What the protocol (sitemaps.org) lets one sitemap hold."""

_MOST_SITEMAPS = 1000
_GZIP = b"\x1f\x8b"
_NO_XML = "The sitemap is no XML: nothing has changed."
_NONE = "What lies there is no sitemap: nothing has changed."
_KINDS = frozenset(["urlset", "sitemapindex", "rss", "rdf", "feed"])
"""What a sitemap is called in XML, and feeds, which the protocol takes for one and which list nothing here."""

_ENTRIES = frozenset(["url", "sitemap"])
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_LOCATION = re.compile(rb"<(?:[\w.-]+:)?loc[\s/>]", re.IGNORECASE)


class NoSitemapError(ConnectorError):
    """What a site answers is no sitemap, such as a page that says that it is down."""


@dataclass(slots=True)
class Sitemap:
    """What one file lists: pages with the time of their last change, where it is told, and further sitemaps."""

    pages: dict[URL, str | None] = field(default_factory=dict)
    sitemaps: list[URL] = field(default_factory=list)


def is_one(url: URL, response: Response) -> bool:
    """Tell whether what came is a sitemap, and not a page."""
    start = _unpacked(response.body)[:2000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")  # or UTF-16
    return b"<urlset" in start or b"<sitemapindex" in start or (url.path.endswith(".txt") and start[:4] == b"http")


def parsed(data: bytes) -> Sitemap:
    """Return what a sitemap lists; raises `ConnectorError` where it is none."""
    data = _unpacked(data)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:4].lower() == b"http":
        return _lines(data.decode("utf-8-sig", "replace"))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:  # it is empty
        raise NoSitemapError(_NO_XML) from error
    if root is None:
        raise NoSitemapError(_NO_XML)
    if _local(root.tag) not in _KINDS:
        raise NoSitemapError(_NONE)
    _check_whole(data, root)
    sitemap = Sitemap()
    for entry in root.iter():  # one lies in the one before where that has lost an end tag
        kind = _local(entry.tag)
        fields = {_local(child.tag): (child.text or "").strip() for child in entry} if kind in _ENTRIES else {}
        url = _url(fields.get("loc", ""))
        if url is not None and kind == "sitemap":
            sitemap.sitemaps.append(url)
        elif url is not None:
            sitemap.pages[url] = fields.get("lastmod") or None
    return sitemap


def _lines(text: str) -> Sitemap:
    """Return the pages of a list of addresses, one a line; raises `ConnectorError` where there is anything else."""
    sitemap = Sitemap()
    for word in text.split():
        url = _url(word)
        if url is None:  # words, such as "HTTP 503, back soon"
            raise NoSitemapError(_NONE)
        sitemap.pages[url] = None
    return sitemap


async def pages(client: Client, first: Response) -> AsyncGenerator[tuple[URL, str | None], None]:
    """Yield the pages that a sitemap lists, and all below it, with the time of their last change.

    Raises `ConnectorError` where one cannot be had: the pages in it would be taken for gone.
    """
    sitemap = parsed(first.body)
    waiting, seen = sitemap.sitemaps, {first.url}
    for page in sitemap.pages.items():
        yield page
    while waiting:
        url = waiting.pop(0)
        if url in seen or url.host != first.url.host:
            continue
        seen.add(url)
        if len(seen) > _MOST_SITEMAPS:
            raise ConnectorError(f"There are more than {_MOST_SITEMAPS:,} sitemaps: nothing has changed.")
        try:
            response = await client.get(url, most_bytes=MOST_BYTES)
        except PageError as error:
            raise ConnectorError(f"The sitemap {url} {error}: nothing has changed.") from error
        try:
            below = parsed(response.body)
        except NoSitemapError as error:
            raise ConnectorError(f"What lies at {url} is no sitemap: nothing has changed.") from error
        waiting += below.sitemaps
        for page in below.pages.items():
            yield page


def _check_whole(data: bytes, root: etree._Element) -> None:
    """Raise `ConnectorError` where a sitemap is cut off, or lists what did not get into `root`.

    The parser gets over both, mostly without a word, and the pages that it passes over would be taken for gone.
    """
    markup = _COMMENT.sub(b"", data.replace(b"\0", b""))  # UTF-16, too
    name = re.escape(root.tag.rpartition("}")[2].encode())
    if re.search(rb"</(?:[\w.-]+:)?%b\s*>|<(?:[\w.-]+:)?%b\b[^<>]*/>" % (name, name), markup) is None:
        raise ConnectorError("The sitemap does not come whole: nothing has changed.")
    if sum(1 for _ in _LOCATION.finditer(markup)) > sum(_local(element.tag) == "loc" for element in root.iter()):
        raise ConnectorError(_NO_XML)


def _unpacked(data: bytes) -> bytes:
    if not data.startswith(_GZIP):
        return data
    try:
        with gzip.open(io.BytesIO(data)) as file:
            unpacked = file.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ConnectorError("The sitemap is compressed, and damaged: nothing has changed.") from error
    if len(unpacked) > MOST_BYTES:
        raise ConnectorError("The sitemap is larger than the 50 MiB that one may have: nothing has changed.")
    return unpacked


def _local(tag: object) -> str:
    """Return the name of a tag without its namespace, or a prefix that no namespace was given for."""
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _url(text: str) -> URL | None:
    try:
        url = written(text)
    except ValueError:
        return None
    return url.with_fragment(None) if url.scheme in {"http", "https"} and url.host else None
