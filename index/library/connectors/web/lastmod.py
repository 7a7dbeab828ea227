"""Which pages need not be asked for, because a sitemap says that they have not changed since they were last read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta

from index.library.connectors.protocol import Item

READ = "read"
"""The note of when a page was last asked for (ISO, UTC)."""

LASTMOD = "lastmod"
"""The note of what the sitemap said of a page's last change when it was last asked for. Where it says something else
the page is asked for, however old that is: it may be the day of a commit, and the page have been put up days later."""

UNSAID = "unsaid"
"""The note of a page that has changed once without its `lastmod`."""

_ONE_DAY = 0.9
"""The share of pages with the same day from which a sitemap says nothing: of all pages that day is made up, such as
today's or that on which the site was moved."""

_UNSAID = 0.01
"""The share of pages that may have changed unsaid: beyond it no `lastmod` of the site counts."""

_AT_LEAST = timedelta(days=7)
"""Each page is asked for again after so long, whatever the sitemap says."""

_CACHED = timedelta(hours=1)
"""A cache may have given us the page of before for so long after it had changed; clocks differ by less."""

_ZONES = timedelta(hours=12)
"""A time without a zone may be as much later than in UTC."""

_SAMPLE = 100
"""One in so many of the pages that could be spared is asked for, those first that were not for longest: of pages that
change unsaid, some are soon found."""

_DAY = len("2026-01-31")


class Sparing:
    """Tells which pages of a sitemap are spared a request."""

    def __init__(self, told: Iterable[str | None], known: Collection[Item], now: datetime) -> None:
        """Look at what a sitemap has `told` of each page, and at what is `known` from earlier runs."""
        days = Counter(changed[:_DAY] if changed else None for changed in told)
        unsaid = sum(UNSAID in item.notes for item in known)
        common = days.most_common(1)[0][1] if days else 0
        self._counts = common <= _ONE_DAY * days.total() and unsaid <= _UNSAID * len(known)
        self._since, self._now = now - _AT_LEAST, now

    def spares(self, changed: str | None, before: Item | None) -> bool:
        """Tell whether a page was read after it had `changed` for the last time, and not too long ago.

        One that was read in what is the future does not count: a clock was wrong.
        """
        if not self._counts or before is None or UNSAID in before.notes or changed != before.notes.get(LASTMOD):
            return False
        read = _time(before.notes.get(READ))
        return read is not None and self._since <= read <= self._now and is_older(changed, read)


def is_older(changed: str | None, read: datetime) -> bool:
    """Tell whether what a `lastmod` says is certainly before a page was read."""
    time = _time(changed)
    if time is None or changed is None or len(changed) < _DAY:
        return False
    latest = timedelta(days=1) if len(changed) == _DAY else timedelta()
    return time < read - latest - _CACHED


def sample(pages: Mapping[str, Item]) -> set[str]:
    """Return those of the pages that could be spared that are asked for all the same."""
    longest = sorted(pages, key=lambda url: pages[url].notes.get(READ, ""))
    return set(longest[: -(-len(longest) // _SAMPLE)])


def _time(text: str | None) -> datetime | None:
    """Return the latest time that a text may mean; None where it names no day."""
    try:
        time = datetime.fromisoformat(text or "")
        return time if time.tzinfo is not None else time.replace(tzinfo=UTC) + _ZONES
    except (ValueError, OverflowError):
        return None
