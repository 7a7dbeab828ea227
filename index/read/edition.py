"""When a document was last changed, and of which version it is, as it says itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import PurePosixPath

_CHANGED = (
    *("updated", "lastmod", "last_update.date", "last_update", "last_updated", "lastupdated", "last_modified_at"),
    *("last_modified", "modified", "date_modified", "revision_date", "git_revision_date", "date"),
    *("pubdate", "published", "publishdate", "created"),
)
"""Keys of front matter that say when a page was changed, or else made, best first."""

_DAY = re.compile(r"(?P<year>[12]\d{3})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
_IN_NAME = re.compile(r"(?<!\d)[12]\d{3}-\d\d-\d\d(?=[-_.]|$)")
_FORMATS = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%d.%m.%Y", "%Y%m%d")

VERSION = r"\d+(?:\.(?:\d+|x))*"
_NUMBERED = re.compile(
    rf"(?:v|version[-_ ]?|release[-_ ]?|rel[-_ ]?)?(?P<version>{VERSION}(?:[-.]?(?:rc|beta|alpha)\d*)?)", re.IGNORECASE
)
_TITLED = re.compile(rf"\b(?:version |release |v)(?P<version>{VERSION})(?![\w.]*\d)", re.IGNORECASE)
_LONGEST = 40


def date_of(values: Mapping[str, str], source: str) -> str | None:
    """Return the day (ISO 8601) of a document's last change, by its front matter, else by its file's name."""
    lowered = {key.lower().replace("-", "_"): value for key, value in values.items()}
    dates = (_day(lowered[key]) for key in _CHANGED if key in lowered)
    named = _IN_NAME.search(PurePosixPath(source).name)
    return next(filter(None, dates), None) or (_day(named[0]) if named else None)


def version_of(values: Mapping[str, str], source: str, title: str) -> str | None:
    """Return the version that a document is of, by its front matter, else by its folders, else by its title."""
    own = next((value for key, value in values.items() if key.lower() == "version"), "").strip()
    if own and len(own) <= _LONGEST and any(letter.isdecimal() for letter in own):
        return own
    for folder in reversed(PurePosixPath(source).parts[:-1]):
        numbered = _NUMBERED.fullmatch(folder)
        if numbered and ("." in folder or not folder[0].isdecimal()):
            return numbered["version"]
    titled = {match["version"] for match in _TITLED.finditer(title)}
    return titled.pop() if len(titled) == 1 else None  # one that names two is about the way from one to the other


def _day(written: str) -> str | None:
    written = written.strip()
    match = _DAY.match(written)
    try:
        if match:
            return date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()
    except ValueError:
        return None
    for form in _FORMATS:
        try:
            return datetime.strptime(written, form).date().isoformat()  # noqa: DTZ007 -- a day has no time zone
        except ValueError:
            continue
    return None
