"""Where a quote stands, in Discord Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote as percent
from urllib.parse import urlsplit

from bot import phrasing
from bot.cards.escape import escape_line
from index.records import Quote

_LONGEST_NAME = 60
_LONGEST_ADDRESS = 250
_LONGEST_PATH = 3

MOST = 900
"""Characters of a citation at most: escaped, a name takes up to twice its length."""

_UNSAFE = re.compile(r"[\x00-\x20\x7f]")
_KEPT_IN_ADDRESS = "/:?#&=%+,;~$!-."
"""Characters that mean something in an address; all that mean something to Markdown or to Discord are encoded."""


def citation(number: int, quote: Quote) -> str:
    """Return "[1] title › section · source, lines 3 to 4", with a link where the document has an address."""
    where = ", ".join(part for part in (escape_line(quote.source, _LONGEST_NAME), phrasing.place(quote)) if part)
    parts = [name(quote.title, quote.section), where, link(quote.url)]
    return f"\\[{number}\\] {' · '.join(part for part in parts if part)}"


def name(title: str, section: Sequence[str]) -> str:
    """Return "title › section": of a long path, the first and the last name."""
    path = [title, *section]
    if len(path) > _LONGEST_PATH:
        path = [title, "…", section[-1]]
    return " › ".join(escape_line(part, _LONGEST_NAME) or "(no name)" for part in path)


def link(url: str | None) -> str:
    """Return a masked link to a document, or "" where it has no address that a browser opens.

    The words of a masked link show backslashes as they are, so no text from elsewhere can stand in them.
    """
    if url is None:
        return ""
    address = web_address(url)
    if address is None:
        return "no link: its address is not one of the web"
    return f"[open]({address})" if len(address) <= _LONGEST_ADDRESS else "no link: its address is too long"


def web_address(url: str) -> str | None:
    """Return an `http` or `https` address so that it ends no masked link and mentions nobody; None for any other."""
    try:
        parts = urlsplit(url.strip())
        if parts.scheme.lower() not in {"http", "https"} or not parts.hostname or _UNSAFE.search(url.strip()):
            return None
        _ = parts.port
        return percent(url.strip(), safe=_KEPT_IN_ADDRESS)
    except (ValueError, UnicodeEncodeError):
        return None
