"""Where a quote stands, in Discord Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import quote as percent
from urllib.parse import urlsplit

from bot.cards.escape import escape_line
from bot.cards.visible import one_line
from bot.localisation import words
from bot.localisation.catalogue import mark, say
from index.records import Quote, Related

_LONGEST_NAME = 60
_LONGEST_ADDRESS = 250
_LONGEST_PATH = 3
_LONGEST_VERSION = 20

_OPEN = mark("open")
_UNSAFE = re.compile(r"[\x00-\x20\x7f]")
_KEPT_IN_ADDRESS = "/:?#&=%+,;~$!-."
"""Characters that mean something in an address; all that mean something to Markdown or to Discord are encoded."""

_MEANS_SOMETHING = re.compile(r"[\\*_`~|<>\[\]@#]|:\S|https?:|www\.|discord(?:app)?\.", re.IGNORECASE)
"""What the words of a masked link cannot hold: Discord shows a backslash in them as it is."""

_BETWEEN = " › "
_V = re.compile(r"^v(?=\d)", re.IGNORECASE)


def citation(quote: Quote, number: int | None = None) -> str:
    """Return "title › section · page 3 · version 1.20 · as of 3 May 2024", in small print.

    The title is a link where the document has an address. File and lines are named where there is no address to open
    and no section to look for, a version and a day where the document says them. `number` is the quote's, where a card
    has several.
    """
    numbered = f"{number}. " if number is not None else ""
    return f"-# {numbered}{' · '.join(part for part in (linked(quote), _where(quote), *_edition(quote)) if part)}"


def linked(place: Quote | Related) -> str:
    """Return "title › section", as a link where the document has an address that can be opened."""
    url = _openable(place.url)
    if url is None:
        return name(place.title, place.section)
    words = plain_name(place.title, place.section)
    if _MEANS_SOMETHING.search(words):
        return f"{name(place.title, place.section)} · {_opening(url)}"
    return f"[{words}]({url})"


def name(title: str, section: Sequence[str]) -> str:
    """Return "title › section": of a long path, the first and the last name."""
    return _BETWEEN.join(escape_line(part, _LONGEST_NAME) or say("(no name)") for part in _path(title, section))


def plain_name(title: str, section: Sequence[str]) -> str:
    """Return what `name` does, not escaped."""
    return _BETWEEN.join(one_line(part, _LONGEST_NAME) or say("(no name)") for part in _path(title, section))


def link(url: str | None) -> str:
    """Return a masked link to a document, or "" where it has no address that a browser opens.

    The words of a masked link show backslashes as they are, so no text from elsewhere can stand in them.
    """
    if url is None:
        return ""
    address = web_address(url)
    if address is None:
        return say("no link: its address is not one of the web")
    return _opening(address) if len(address) <= _LONGEST_ADDRESS else say("no link: its address is too long")


def _opening(address: str) -> str:
    return f"[{say(_OPEN)}]({address})"


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


def _openable(url: str | None) -> str | None:
    """Return the address of a document, where a link to it can be shown."""
    address = web_address(url) if url is not None else None
    return address if address is not None and len(address) <= _LONGEST_ADDRESS else None


def _path(title: str, section: Sequence[str]) -> list[str]:
    path = [title, *section]
    return path if len(path) <= _LONGEST_PATH else [title, "…", section[-1]]


def _where(quote: Quote) -> str:
    """Return the page of a quote; where it has no section to look for and no address to open, its file and lines."""
    place = words.place(quote)
    if quote.section or _openable(quote.url) is not None:
        return place if quote.page is not None else ""
    named = [] if quote.title == quote.source else [escape_line(quote.source, _LONGEST_NAME)]
    return ", ".join([*named, *([place] if place else [])])


def _edition(quote: Quote) -> Iterator[str]:
    """Yield the version of a quote's document and its day, unless its title or section names them."""
    version = _V.sub("", quote.version or "")
    if version and not _names(quote, version):
        yield say("version {version}", version=escape_line(version, _LONGEST_VERSION))
    day = date.fromisoformat(quote.date) if quote.date else None
    if day is not None and not _names(quote, day.isoformat()) and not _names(quote, f"{day.day} {day:%B %Y}"):
        yield say("as of {day}", day=words.day(day))


def _names(quote: Quote, edition: str) -> bool:
    """Tell whether the title or section of a quote names a version, or a day, and not a longer number with it."""
    named = re.compile(rf"(?<![\d.]){re.escape(edition)}(?![\d.]*\d)", re.IGNORECASE)
    return any(named.search(part) for part in (quote.title, *quote.section))
