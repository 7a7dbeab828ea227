"""Goes through the pages of a site, some at a time, and says of each what it is."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections import deque
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime

from yarl import URL

from index.errors import ConnectorError
from index.library.connectors.protocol import Item, Known, Notice, Skipped
from index.library.connectors.web import page as pages
from index.library.connectors.web import robots, sitemap, urls
from index.library.connectors.web.client import Client, PageError, Response
from index.library.connectors.web.lastmod import LASTMOD, READ, UNSAID, Sparing, sample
from index.library.connectors.web.notes import ASKED, as_declared, conditions, day_of, day_of_same, notes_of
from index.library.connectors.web.site import Fetched, Site, Visit
from index.library.connectors.web.urls import Scope

_AT_ONCE = 8
MOST_CLICKS = 20
"""Links from the start page to the furthest: a calendar's next month leads on without end."""

_MOST_KNOWN, _KNOWN_AT_LEAST = 10, 50_000
"""Addresses that are held for each page that may be fetched, and in any case: a large site lists millions, which take
1 KB of memory each. As many are held of pages that may not be asked for, for these to be counted once."""

_LOOK = 10_000
"""Addresses of a sitemap after which a run looks at its time."""

_MOST_IN_A_ROW = 10
_SAME = 0.9
_NONE: Sequence[str] = ()
_LED = "led"
"""The note of the addresses that a page was the first to lead to: pages that have not changed are not read for links
unless something known is missed. All links of all pages would be a hundred times as much to keep."""

_SITEMAP = "sitemap"
"""The note of the start, a sitemap, of the run that a page came from last."""

_SEEN = 0
"""The status of a redirect to a page that has been seen."""


class Crawl:
    """One run over a site."""

    def __init__(
        self, client: Client, start: URL, known: Known, most_pages: int, most_clicks: int = MOST_CLICKS
    ) -> None:
        """Begin at `start`, a sitemap or a page, and follow links for `most_clicks` at most."""
        self._most_clicks = most_clicks
        self._client = client
        self._start = start
        self._address = str(urls.normal(start))
        self._known = known
        self._most_pages = most_pages
        self._most_known = max(_MOST_KNOWN * most_pages, _KNOWN_AT_LEAST)
        self._before = {item.notes[ASKED]: item for item in known.items.values() if ASKED in item.notes}
        self._waiting: deque[Visit] = deque()
        self._spared: list[tuple[Visit, Item]] = []
        self._new: deque[Visit] = deque()
        self._unread: list[tuple[Visit, Item]] = []
        self._kept: dict[str, Fetched] = {}
        self._seen: set[URL] = set()
        self._closed: set[URL] = set()
        self._is_cut = False
        self._now = datetime.now(UTC)
        self._read = self._now.isoformat(timespec="milliseconds")

    async def over(self) -> AsyncGenerator[Sequence[Fetched], None]:
        """Yield what is found, some at a time; raises `ConnectorError`."""
        rules = await robots.read(self._client, self._start)
        self._client.delay = rules.delay
        first = await self._first(rules)
        if first.url.origin() != self._start.origin():
            rules = await robots.read(self._client, first.url)
            self._client.delay = rules.delay
            _check_allowed(rules, first.url)
        is_sitemap = self._is_sitemap(first)
        site = Site(Scope.of(first.url), rules, follow=not is_sitemap)
        if self._most_clicks or is_sitemap:
            site.nowhere = await self._answer_to_nothing(site.scope, first.url)
        if is_sitemap:
            async with aclosing(sitemap.pages(self._client, first)) as listed:
                missing, number = set(self._before), 0
                async for url, changed in listed:
                    self._add(site, url, 0, changed)
                    missing.discard(str(urls.normal(url)))
                    if self._is_cut and not missing:
                        break
                    if (number := number + 1) % _LOOK == 0:
                        yield ()  # for the run to look at its time
            self._spare(site)
        else:
            self._seen |= {urls.normal(self._start), urls.normal(first.url)}
            yield self._take(site, Visit(self._start), first)
        async with aclosing(self._others(site)) as others:
            async for some in others:
                yield some
        yield [Fetched(notice) for notice in self._notices(site)]

    def _is_sitemap(self, first: Response) -> bool:
        """Tell whether what came is a sitemap; raises `ConnectorError` where it is none, and was one the run before."""
        if sitemap.is_one(first.url, first):
            return True
        if any(item.notes.get(_SITEMAP) == self._address for item in self._known.items.values()):
            raise ConnectorError(f"What lies at {first.url} is no sitemap: nothing has changed.")
        return False

    def _spare(self, site: Site) -> None:
        """Set those pages aside that are spared a request, should what the sitemap says hold, and those that are new.

        New ones wait for all that are known: they are not to take the place of one at the limit, or where they copy it.
        """
        sparing = site.sparing = Sparing([visit.changed for visit in self._waiting], self._before.values(), self._now)
        known = [(visit, before) for visit in self._waiting if (before := self._before.get(str(visit.url))) is not None]
        could = {
            str(visit.url): before
            for visit, before in known
            if sparing.spares(visit.changed, before) and not site.renames(before)
        }
        spared = could.keys() - sample(could)
        self._spared = [one for one in known if str(one[0].url) in spared][: self._most_pages]
        for visit, before in self._spared:
            site.hold(visit, before)
        held = {visit.url for visit, _ in self._spared}
        self._new = deque(visit for visit in self._waiting if str(visit.url) not in self._before)
        self._waiting = deque(visit for visit, _ in known if visit.url not in held)

    async def _first(self, rules: robots.Robots) -> Response:
        _check_allowed(rules, self._start)

        def may_follow(url: URL) -> bool:
            if url.scheme in {"http", "https"} and url.origin() == self._start.origin():
                _check_allowed(rules, url)
            return True

        try:
            return await self._client.get(self._start, may_follow, most_bytes=sitemap.MOST_BYTES)
        except PageError as error:
            raise ConnectorError(f"{self._start} {error}: nothing has changed.") from error

    async def _answer_to_nothing(self, scope: Scope, url: URL) -> frozenset[tuple[str, ...]]:
        """Return the words of what the site answers for a page that it cannot have; none where it says 404."""
        nothing = url.with_path(f"{scope.path}{secrets.token_hex(8)}").with_query(None)
        try:
            response = await self._client.get(nothing, scope.holds)
        except PageError:
            return frozenset()
        return pages.shingles(response.body)

    async def _others(self, site: Site) -> AsyncGenerator[Sequence[Fetched], None]:
        under_way: set[asyncio.Task[Sequence[Fetched]]] = set()
        try:
            while under_way or self._has_more(site):
                while self._waiting and len(under_way) < min(_AT_ONCE, self._most_pages - len(site.taken)):
                    under_way.add(asyncio.create_task(self._visit(site, self._waiting.popleft())))
                done, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
                yield [fetched for task in done for fetched in task.result()]
            yield list(self._kept.values())
        finally:
            for task in under_way:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)

    def _has_more(self, site: Site) -> bool:
        """Tell whether a page is to be asked for, now that all are there that were asked for."""
        if not self._waiting or self._is_full(site):
            self._settle_spared(site)
        if not self._waiting and not self._is_full(site):
            self._waiting, self._new = self._new, self._waiting
        if not self._waiting and not self._is_full(site):
            self._look_for_missed(site)
        return bool(self._waiting) and not self._is_full(site)

    def _settle_spared(self, site: Site) -> None:
        """Take over the pages that were set aside, or have them asked for after all."""
        for visit, before in self._spared:
            if site.spares:
                self._again(site, visit, before)
            else:
                site.release(before)
                self._waiting.append(visit)
        self._spared = []

    def _look_for_missed(self, site: Site) -> None:
        """Where a known page has not come, read those that have not changed: one of them may lead there as well."""
        unread, self._unread = self._unread, []
        known = map(urls.normal, map(URL, self._before)) if unread else ()
        if any(url not in self._seen and url not in self._closed for url in known):
            for visit, before in unread:
                self._read_links(site, visit, before)

    def _is_full(self, site: Site) -> bool:
        return len(site.taken) >= self._most_pages

    def _knows_enough(self) -> bool:
        """Tell whether so many addresses are known that no more are held in memory."""
        return len(self._seen) >= self._most_known

    def _add(self, site: Site, url: URL, clicks: int, changed: str | None = None) -> bool:
        """Have a page asked for, unless that may not be; tell whether it was not seen before."""
        url = urls.normal(url)
        if url in self._seen or url in self._closed or not urls.is_page(url):
            return False
        if not site.scope.holds(url) or not site.rules.allows(url):
            return self._shut_out(site, url)
        if self._knows_enough() and str(url) not in self._before:
            self._is_cut = True
            return False
        self._seen.add(url)
        self._waiting.append(Visit(url, clicks, changed))
        return True

    def _shut_out(self, site: Site, url: URL) -> bool:
        """Count a page that may not be asked for, or that lies outside; tell whether that was done.

        So many of them are held in memory as of the others: no more are counted then of links, which come many times.
        """
        if len(self._closed) < self._most_known:
            self._closed.add(url)
        elif site.follow:
            return False
        if site.scope.holds(url):
            site.forbidden += 1
        else:
            site.outside += 1
        return True

    async def _visit(self, site: Site, visit: Visit) -> Sequence[Fetched]:
        before = self._before.get(str(visit.url))
        is_renamed = before is not None and site.renames(before)
        if before is not None and before.name in self._known.resumed and not is_renamed:
            return self._again(site, visit, before)
        unless_same = {} if is_renamed else conditions(before)
        try:
            response = await self._client.get(visit.url, lambda url: self._may_follow(site, url), unless_same)
        except PageError as error:
            return self._failed(site, visit, error, before)
        site.failed_in_a_row = 0
        if response.status == 304 and before is not None:  # noqa: PLR2004 -- not modified
            return self._again(site, visit, replace(before, notes=self._still(visit, before)))
        return self._take(site, visit, response)

    def _still(self, visit: Visit, before: Item) -> dict[str, str]:
        """Return the notes of a page that says that it has not changed."""
        notes = {name: value for name, value in before.notes.items() if name != LASTMOD}
        return {**notes, **self._noted(visit)}

    def _noted(self, visit: Visit) -> dict[str, str]:
        """Return the notes of when a page was asked for, and of what was told then of its last change."""
        return {READ: self._read, **({LASTMOD: visit.changed} if visit.changed else {})}

    def _may_follow(self, site: Site, url: URL) -> bool:
        """Tell whether a redirect is followed: to a page of the site; one that has been seen comes by itself."""
        url = urls.normal(url)
        if not site.scope.holds(url) or not site.rules.allows(url):
            return False
        if url in self._seen:
            raise PageError("leads to another page", gone=True, status=_SEEN)
        self._seen.add(url)
        return True

    def _failed(self, site: Site, visit: Visit, error: PageError, before: Item | None) -> list[Fetched]:
        site.failed_in_a_row = 0 if error.gone else site.failed_in_a_row + 1
        if site.failed_in_a_row >= _MOST_IN_A_ROW:
            raise ConnectorError(f"{visit.url.host} has stopped answering: {visit.url} {error}.")
        if error.status == _SEEN or (error.gone and before is None and site.follow):
            return []  # a link that leads nowhere is nothing to tell
        name = before.name if before else site.scope.name(visit.url, "text/html") or visit.url.path
        if before is not None and not error.gone:
            self._lead_on(site, visit, before)  # to pages that are to stay as well
        return [Fetched(Skipped(name, str(error), keep=not error.gone))]

    def _again(self, site: Site, visit: Visit, before: Item) -> Sequence[Fetched]:
        """Keep a page that has not changed, which comes last, and go on to where it leads."""
        notes = {name: value for name, value in before.notes.items() if name != _SITEMAP}
        if not site.follow:
            notes.pop(_LED, None)
            notes[_SITEMAP] = self._address
        before = replace(before, date=day_of_same(before, visit), notes=notes)
        self._kept[before.name] = Fetched(before)
        self._lead_on(site, visit, before)
        return ()

    def _lead_on(self, site: Site, visit: Visit, before: Item) -> None:
        """Go on to where a page led that is as it was."""
        site.hold(visit, before)
        if not site.follow or not before.name.endswith(".html"):
            return
        if _LED not in before.notes:
            self._read_links(site, visit, before)
            return
        self._unread.append((visit, before))
        self._go_on(site, map(URL, before.notes[_LED].split()), visit)

    def _read_links(self, site: Site, visit: Visit, before: Item) -> None:
        """Go on to wherever a page leads that is as it was, and note it; one that is no longer here is not kept."""
        try:
            data = self._known.data(before.name)
        except OSError:
            self._kept.pop(before.name, None)
            return
        led = self._go_on(site, pages.read(data, URL(before.url or str(visit.url))).links, visit)
        kept = self._kept.get(before.name)
        if kept is not None and isinstance(kept.listed, Item):
            notes = {**kept.listed.notes, _LED: " ".join([*before.notes.get(_LED, "").split(), *led])}
            self._kept[before.name] = Fetched(replace(kept.listed, notes=notes))

    def _take(self, site: Site, visit: Visit, response: Response) -> list[Fetched]:
        """Return what came: a document, or why it is none, or nothing where it is one that has come already."""
        name = site.scope.name(response.url, response.content_type)
        if name is None:
            kind = response.content_type or "no kind"
            return (
                []
                if site.follow
                else [Fetched(Skipped(response.url.path.lstrip("/"), f"is of a kind that is not read ({kind})"))]
            )
        url, led = response.url, _NONE
        if name.endswith(".html"):
            page = pages.read(as_declared(response), url)
            if url.path != site.scope.path and self._is_nothing(site, response.body):
                return (
                    []
                    if site.follow
                    else [Fetched(Skipped(name, "is what the site answers for pages that are not there"))]
                )
            led = self._go_on(site, page.links, visit)
            if not page.listed or "noindex" in response.headers.get("X-Robots-Tag", "").lower():
                return [Fetched(Skipped(name, "asks not to be gathered (noindex)"))]
            url = self._own_address(site, page, url)
            name = site.scope.name(url, response.content_type) or name
        data = as_declared(response)
        fingerprint = hashlib.sha256(data).hexdigest()
        if self._is_copy(site, name, fingerprint, url):
            return []
        name = urls.apart(name, url) if name in site.taken else name
        site.taken[name] = str(url)
        site.hashes.add(fingerprint)
        before = self._known.items.get(name)
        date = visit.date
        if before is not None and before.fingerprint == fingerprint:
            date = day_of_same(before, visit)
        notes = notes_of(visit.url, response) | self._noted(visit) | self._unsaid(site, visit, fingerprint)
        notes |= {_LED: " ".join(led)} if site.follow else {_SITEMAP: self._address}
        return [Fetched(Item(name, fingerprint, str(url), date or day_of(response), notes), data)]

    def _unsaid(self, site: Site, visit: Visit, fingerprint: str) -> dict[str, str]:
        """Return the note of a page that has changed, now or before, although the sitemap says that it has not."""
        before = self._before.get(str(visit.url))
        if before is None:
            return {}
        if fingerprint != before.fingerprint and site.sparing and site.sparing.spares(visit.changed, before):
            site.spares = False  # for this run: how many such pages there are counts for the next ones
            return {UNSAID: self._read}
        return {UNSAID: before.notes[UNSAID]} if UNSAID in before.notes else {}

    def _is_copy(self, site: Site, name: str, fingerprint: str, url: URL) -> bool:
        """Tell whether a page has come already: with the same words, or under an address that is nearly the same."""
        if fingerprint in site.hashes:
            return True
        return name in site.taken and urls.alike(URL(site.taken[name])) == urls.alike(url)

    def _is_nothing(self, site: Site, data: bytes) -> bool:
        if not site.nowhere:
            return False
        words = pages.shingles(data)
        return len(words & site.nowhere) >= _SAME * max(len(words | site.nowhere), 1)

    def _own_address(self, site: Site, said: pages.Page, url: URL) -> URL:
        """Return the address that a page gives as its own, where it is that of the same page at the same site."""
        own = said.canonical
        if (
            own is None
            or not site.scope.holds(own)
            or urls.alike(own.with_query(None)) != urls.alike(url.with_query(None))
        ):
            return url
        self._seen.add(urls.normal(own))
        return own

    def _go_on(self, site: Site, links: Iterable[URL], visit: Visit) -> Sequence[str]:
        """Go on to where a page leads, and return the addresses that nothing led to before."""
        if not site.follow or visit.clicks >= self._most_clicks:
            return ()
        at_host = [link for link in links if site.scope.has_host(link)]
        return [str(link) for link in at_host if self._add(site, link, visit.clicks + 1)]

    def _notices(self, site: Site) -> list[Notice]:
        texts: list[str] = []
        if site.nowhere:
            texts.append("The site answers 200 for pages that are not there: what looks like that answer is left out.")
        if site.forbidden:
            texts.append(f"The site's robots.txt forbids {site.forbidden:,} pages.")
        if site.outside and not site.follow:
            texts.append(f"The sitemap lists {site.outside:,} pages of another host or path, which are left out.")
        if (self._is_full(site) and (self._waiting or self._new)) or self._is_cut:
            texts.append(f"There are more than {self._most_pages:,} pages: `most_documents` sets the limit.")
        return [Notice(text) for text in texts]


def _check_allowed(rules: robots.Robots, url: URL) -> None:
    if not rules.allows(url):
        raise ConnectorError(f"The robots.txt of {url.host} does not let {url} be read.")
