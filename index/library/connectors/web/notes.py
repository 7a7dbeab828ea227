"""What is noted of a page, to ask for it the next time only if it has changed, and what its answer says of it."""

from __future__ import annotations

import codecs
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from yarl import URL

from index.library.connectors.protocol import Item
from index.library.connectors.web.client import Response
from index.library.connectors.web.site import Visit

_LATELY = timedelta(days=2)
"""For so long it is not believed that a page was changed which is as it was: a sitemap may be made once a day."""

ASKED = "asked"
"""The note of the address that a page was asked for under."""


def conditions(before: Item | None) -> dict[str, str]:
    """Return the headers by which a page comes only if it has changed."""
    if before is None:
        return {}
    headers = {"If-None-Match": before.notes.get("etag"), "If-Modified-Since": before.notes.get("modified")}
    return {name: value for name, value in headers.items() if value}


def notes_of(asked: URL, response: Response) -> dict[str, str]:
    """Return what is noted of an answer, to ask by it the next time."""
    notes = {
        ASKED: str(asked),
        "etag": response.headers.get("ETag"),
        "modified": response.headers.get("Last-Modified"),
    }
    return {name: value for name, value in notes.items() if value}


def day_of_same(before: Item, visit: Visit) -> str | None:
    """Return the day of the last change of a page that is as it was before.

    Some sites say of all that it was changed just now: documents would be read anew with every run.
    """
    lately = (datetime.now(UTC) - _LATELY).date().isoformat()
    stated = visit.date if visit.date is not None and visit.date < lately else None
    return stated or before.date or visit.date


def day_of(response: Response) -> str | None:
    """Return the day (`YYYY-MM-DD`) that an answer gives as that of its last change; None where it gives none."""
    try:
        return parsedate_to_datetime(response.headers["Last-Modified"]).astimezone(UTC).date().isoformat()
    except (KeyError, ValueError, TypeError):
        return None


def as_declared(response: Response) -> bytes:
    """Return the bytes of a text so that its encoding is known without the header that came with it."""
    _, _, declared = response.headers.get("Content-Type", "").lower().partition("charset=")
    charset = declared.partition(";")[0].strip(" \"'")
    if not charset or not response.content_type.startswith("text/"):
        return response.body
    try:
        if codecs.lookup(charset).name in {"utf-8", "ascii"} or response.body.startswith(codecs.BOM_UTF8):
            return response.body
        return codecs.BOM_UTF8 + response.body.decode(charset).encode()
    except (LookupError, UnicodeError):
        return response.body
