"""A connector for a web address that somebody gives: its name, and how much of the site it takes."""

from __future__ import annotations

import re
from collections.abc import Collection

from index.errors import ConnectorError
from index.library.connectors.config import Configured
from index.library.connectors.web import urls
from index.library.connectors.web.connector import WebOptions, address_in

_WORDS = re.compile(r"[a-z0-9]+")
_LONGEST = 36


def web_table(address: str) -> dict[str, object]:
    """Return the table of a connector for an address; raises `ConnectorError` where it is none.

    A folder (it ends with `/`, or is the site itself) and a sitemap stand for all that is below; another address is
    that of a page.
    """
    url = address_in(address)
    whole = url.path.endswith("/") or url.path.removesuffix(".gz").endswith((".xml", "sitemap.txt"))
    return {"kind": "web", "location": str(url), **({} if whole else {"single": True})}


def is_same_site(connector: Configured, address: str) -> bool:
    """Tell whether a connector reads what one for an address would, which may be spelt in several ways.

    One that reads a page alone does not read what is below. Raises `ConnectorError` where it is no address.
    """
    url, options = address_in(address), connector.options
    if not isinstance(options, WebOptions) or (options.single and "single" not in web_table(address)):
        return False
    try:
        known = address_in(connector.common.location)
    except ConnectorError:  # which its runs tell
        return False
    is_at_host = urls.Scope.of(known).has_host(url)
    return is_at_host and urls.alike(urls.normal(known)) == urls.alike(urls.normal(url))


def name_for(address: str, taken: Collection[str]) -> str:
    """Return a name for a connector that none of `taken` is, ignoring capitals: made of its host and path."""
    url = address_in(address)
    host = (url.host or "site").removeprefix("www.")
    words = _WORDS.findall(f"{host} {url.path.removesuffix('.html')}".lower())
    stem = "-".join(word for word in words if word not in {"sitemap", "xml", "index"})[:_LONGEST].strip("-") or "site"
    known = {name.casefold() for name in taken}
    names = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(known) + 2))
    return next(name for name in names if name not in known)
