"""What is known of a site while it is gone through, and the pages that are to be asked for."""

from __future__ import annotations

from dataclasses import dataclass, field

from yarl import URL

from index.library.connectors.protocol import Item, Listed
from index.library.connectors.web import robots
from index.library.connectors.web.lastmod import Sparing
from index.library.connectors.web.urls import Scope


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document that was listed, with its bytes, where they came: None where it has not changed."""

    listed: Listed
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """A page to be asked for: how many clicks it is from the start, and the time of its last change, if it is told."""

    url: URL
    clicks: int = 0
    changed: str | None = None

    @property
    def date(self) -> str | None:
        """The day of its last change, if it is told."""
        return self.changed[:10] if self.changed else None


@dataclass(slots=True)
class Site:
    """What is known of the site while it is gone through."""

    scope: Scope
    rules: robots.Robots
    follow: bool
    sparing: Sparing | None = None
    nowhere: frozenset[tuple[str, ...]] = frozenset()
    forbidden: int = 0
    outside: int = 0
    failed_in_a_row: int = 0
    spares: bool = True
    taken: dict[str, str] = field(default_factory=dict)
    hashes: set[str] = field(default_factory=set)

    def hold(self, visit: Visit, before: Item) -> None:
        """Let nothing else have the place of a page that is as it was before, nor be a copy of it."""
        self.taken[before.name] = before.url or str(visit.url)
        self.hashes.add(before.fingerprint)

    def renames(self, before: Item) -> bool:
        """Tell whether a page's file lies elsewhere by now: it is to come anew, for the old place may be another's."""
        return before.url is not None and self.scope.names_elsewhere(URL(before.url), before.name)

    def release(self, before: Item) -> None:
        """Hold the place of a page no longer."""
        self.taken.pop(before.name, None)
        self.hashes.discard(before.fingerprint)
