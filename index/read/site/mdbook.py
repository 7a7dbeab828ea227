"""mdBook: `book.toml`, and the list of its pages in `SUMMARY.md`."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from index.read.site.site import Site, Values, address_of, below, file_route
from index.read.site.tables import at, table_of, text_at

_LISTED = re.compile(r"\[(?P<title>[^\[\]]+)\]\((?:\./)?(?P<page>[^()#]+\.md)\)")


def source_of(text: str) -> str:
    """Return the folder that the pages lie in."""
    return text_at(table_of(text, "book.toml"), "book", "src", default="src")


def site_of(text: str, summary: str) -> Site:
    """Return the site that `book.toml` describes, with the pages that the `summary` lists."""
    settings = table_of(text, "book.toml")
    source = source_of(text)
    titles = titles_in(summary)

    def route(page: PurePosixPath, _values: Values) -> str | None:
        own = below(page, source)
        return file_route(own) if own is not None and (not titles or str(own) in titles) else None

    named = {str(PurePosixPath(source, page)): title for page, title in titles.items()}
    return Site(_address(at(settings, "output", "html")), route, named)


def titles_in(summary: str) -> dict[str, str]:
    """Return the titles that a `SUMMARY.md` gives to pages, by their paths beside it."""
    return {match["page"].strip(): match["title"].strip() for match in _LISTED.finditer(summary)}


def book_of(summary: str) -> Site:
    """Return the site of a GitBook, of which nothing but its `SUMMARY.md` is known."""
    return Site(None, lambda _page, _values: None, titles_in(summary))


def _address(html: object) -> str | None:
    settings = html if isinstance(html, dict) else {}
    base, host = settings.get("site-url"), settings.get("cname")
    return address_of(base) or (address_of(f"https://{host}", base or "") if isinstance(host, str) else None)
