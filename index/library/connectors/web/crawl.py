"""Goes through the pages of a site, some at a time, and says of each what it is."""

from __future__ import annotations

import asyncio
import codecs
import hashlib
import secrets
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from yarl import URL

from index.errors import ConnectorError
from index.library.connectors.protocol import Item, Known, Listed, Notice, Skipped
from index.library.connectors.web import page as pages
from index.library.connectors.web import robots, sitemap, urls
from index.library.connectors.web.client import Client, PageError, Response
from index.library.connectors.web.urls import Scope

_AT_ONCE = 8
MOST_CLICKS = 20
"""Links from the start page to the furthest: a calendar's next month leads on without end."""

_MOST_IN_A_ROW = 10
_SAME = 0.9
_LATELY = timedelta(days=2)
"""For so long it is not believed that a page was changed which is as it was: a sitemap may be made once a day."""

_ASKED = "asked"
_SEEN = 0
"""The status of a redirect to a page that has been seen."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document that was listed, with its bytes, where they came: None where it has not changed."""

    listed: Listed
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class _Visit:
    """A page to be asked for: how many clicks it is from the start, and the day of its last change, if it is told."""

    url: URL
    clicks: int = 0
    date: str | None = None


@dataclass(slots=True)
class _Site:
    """What is known of the site while it is gone through."""

    scope: Scope
    rules: robots.Robots
    follow: bool
    nowhere: frozenset[tuple[str, ...]] = frozenset()
    forbidden: int = 0
    outside: int = 0
    failed_in_a_row: int = 0
    taken: dict[str, str] = field(default_factory=dict)
    hashes: set[str] = field(default_factory=set)


class Crawl:
    """One run over a site."""

    def __init__(
        self, client: Client, start: URL, known: Known, most_pages: int, most_clicks: int = MOST_CLICKS
    ) -> None:
        """Begin at `start`, a sitemap or a page, and follow links for `most_clicks` at most."""
        self._most_clicks = most_clicks
        self._client = client
        self._start = start
        self._known = known
        self._most_pages = most_pages
        self._before = {item.notes[_ASKED]: item for item in known.items.values() if _ASKED in item.notes}
        self._waiting: deque[_Visit] = deque()
        self._seen: set[URL] = set()

    async def over(self) -> AsyncGenerator[Fetched, None]:
        """Yield what is found; raises `ConnectorError`."""
        rules = await robots.read(self._client, self._start)
        self._client.delay = rules.delay
        first = await self._first(rules)
        if first.url.host != self._start.host:
            rules = await robots.read(self._client, first.url)
        is_sitemap = sitemap.is_one(first.url, first)
        site = _Site(Scope.of(first.url), rules, follow=not is_sitemap)
        if self._most_clicks or is_sitemap:
            site.nowhere = await self._answer_to_nothing(site.scope, first.url)
        if is_sitemap:
            async with aclosing(sitemap.pages(self._client, first)) as listed:
                async for url, date in listed:
                    self._add(site, url, 0, date)
        else:
            self._seen |= {urls.normal(self._start), urls.normal(first.url)}
            for fetched in self._take(site, _Visit(self._start), first):
                yield fetched
        async with aclosing(self._others(site)) as others:
            async for fetched in others:
                yield fetched
        for notice in self._notices(site):
            yield Fetched(notice)

    async def _first(self, rules: robots.Robots) -> Response:
        if not rules.allows(self._start):
            raise ConnectorError(f"The robots.txt of {self._start.host} does not let {self._start} be read.")
        try:
            return await self._client.get(self._start, most_bytes=sitemap.MOST_BYTES)
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

    async def _others(self, site: _Site) -> AsyncGenerator[Fetched, None]:
        under_way: set[asyncio.Task[list[Fetched]]] = set()
        try:
            while (self._waiting and not self._is_full(site)) or under_way:
                while self._waiting and len(under_way) < _AT_ONCE and not self._is_full(site):
                    under_way.add(asyncio.create_task(self._visit(site, self._waiting.popleft())))
                done, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    for fetched in task.result():
                        yield fetched
        finally:
            for task in under_way:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)

    def _is_full(self, site: _Site) -> bool:
        return len(site.taken) >= self._most_pages

    def _add(self, site: _Site, url: URL, clicks: int, date: str | None = None) -> None:
        url = urls.normal(url)
        if url in self._seen or not urls.is_page(url):
            return
        self._seen.add(url)
        if not site.scope.holds(url):
            site.outside += 1
        elif not site.rules.allows(url):
            site.forbidden += 1
        else:
            self._waiting.append(_Visit(url, clicks, date))

    async def _visit(self, site: _Site, visit: _Visit) -> list[Fetched]:
        before = self._before.get(str(visit.url))
        if before is not None and before.name in self._known.resumed:
            return self._again(site, visit, before)
        try:
            response = await self._client.get(visit.url, lambda url: self._may_follow(site, url), _conditions(before))
        except PageError as error:
            return self._failed(site, visit, error, before)
        site.failed_in_a_row = 0
        if response.status == 304 and before is not None:  # noqa: PLR2004 -- not modified
            return self._again(site, visit, before)
        return list(self._take(site, visit, response))

    def _may_follow(self, site: _Site, url: URL) -> bool:
        """Tell whether a redirect is followed: to a page of the site; one that has been seen comes by itself."""
        url = urls.normal(url)
        if not site.scope.holds(url) or not site.rules.allows(url):
            return False
        if url in self._seen:
            raise PageError("leads to another page", gone=True, status=_SEEN)
        self._seen.add(url)
        return True

    def _failed(self, site: _Site, visit: _Visit, error: PageError, before: Item | None) -> list[Fetched]:
        site.failed_in_a_row = 0 if error.gone else site.failed_in_a_row + 1
        if site.failed_in_a_row >= _MOST_IN_A_ROW:
            raise ConnectorError(f"{visit.url.host} has stopped answering: {visit.url} {error}.")
        if error.status == _SEEN or (error.gone and before is None and site.follow):
            return []  # a link that leads nowhere is nothing to tell
        name = before.name if before else site.scope.name(visit.url, "text/html") or visit.url.path
        if before is not None and not error.gone:
            self._again(site, visit, before)  # it leads on to pages that are to stay as well
        return [Fetched(Skipped(name, str(error), keep=not error.gone))]

    def _again(self, site: _Site, visit: _Visit, before: Item) -> list[Fetched]:
        """Return a page that has not changed, and go on to where it leads."""
        site.taken[before.name] = str(visit.url)
        site.hashes.add(before.fingerprint)
        if site.follow and before.name.endswith(".html"):
            try:
                data = self._known.data(before.name)
            except OSError:
                return []
            self._go_on(site, pages.read(data, URL(before.url or str(visit.url))), visit)
        return [Fetched(replace(before, date=_day_of_same(before, visit)))]

    def _take(self, site: _Site, visit: _Visit, response: Response) -> list[Fetched]:
        """Return what came: a document, or why it is none, or nothing where it is one that has come already."""
        name = site.scope.name(response.url, response.content_type)
        if name is None:
            kind = response.content_type or "no kind"
            return (
                []
                if site.follow
                else [Fetched(Skipped(response.url.path.lstrip("/"), f"is of a kind that is not read ({kind})"))]
            )
        url = response.url
        if name.endswith(".html"):
            said = pages.read(response.body, url)
            if self._is_nothing(site, response.body):
                return (
                    []
                    if site.follow
                    else [Fetched(Skipped(name, "is what the site answers for pages that are not there"))]
                )
            self._go_on(site, said, visit)
            if not said.listed or "noindex" in response.headers.get("X-Robots-Tag", "").lower():
                return [Fetched(Skipped(name, "asks not to be gathered (noindex)"))]
            url = self._own_address(site, said, url)
            name = site.scope.name(url, response.content_type) or name
        data = _as_declared(response)
        fingerprint = hashlib.sha256(data).hexdigest()
        if self._is_copy(site, name, fingerprint, url):
            return []
        name = urls.apart(name, url) if name in site.taken else name
        site.taken[name] = str(url)
        site.hashes.add(fingerprint)
        before = self._known.items.get(name)
        date = visit.date
        if before is not None and before.fingerprint == fingerprint:
            date = _day_of_same(before, visit)
        item = Item(name, fingerprint, str(url), date or _day(response), _notes(visit.url, response))
        return [Fetched(item, data)]

    def _is_copy(self, site: _Site, name: str, fingerprint: str, url: URL) -> bool:
        """Tell whether a page has come already: with the same words, or under an address that is nearly the same."""
        if fingerprint in site.hashes:
            return True
        return name in site.taken and urls.alike(URL(site.taken[name])) == urls.alike(url)

    def _is_nothing(self, site: _Site, data: bytes) -> bool:
        if not site.nowhere:
            return False
        words = pages.shingles(data)
        return len(words & site.nowhere) >= _SAME * max(len(words | site.nowhere), 1)

    def _own_address(self, site: _Site, said: pages.Page, url: URL) -> URL:
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

    def _go_on(self, site: _Site, said: pages.Page, visit: _Visit) -> None:
        if site.follow and visit.clicks < self._most_clicks:
            for link in said.links:
                if site.scope.has_host(link):
                    self._add(site, link, visit.clicks + 1)

    def _notices(self, site: _Site) -> list[Notice]:
        texts: list[str] = []
        if site.nowhere:
            texts.append("The site answers 200 for pages that are not there: what looks like that answer is left out.")
        if site.forbidden:
            texts.append(f"The site's robots.txt forbids {site.forbidden:,} pages.")
        if site.outside and not site.follow:
            texts.append(f"The sitemap lists {site.outside:,} pages of another host or path, which are left out.")
        if self._is_full(site) and self._waiting:
            texts.append(f"There are more than {self._most_pages:,} pages: `most_documents` sets the limit.")
        return [Notice(text) for text in texts]


def _conditions(before: Item | None) -> dict[str, str]:
    if before is None:
        return {}
    headers = {"If-None-Match": before.notes.get("etag"), "If-Modified-Since": before.notes.get("modified")}
    return {name: value for name, value in headers.items() if value}


def _notes(asked: URL, response: Response) -> dict[str, str]:
    notes = {
        _ASKED: str(asked),
        "etag": response.headers.get("ETag"),
        "modified": response.headers.get("Last-Modified"),
    }
    return {name: value for name, value in notes.items() if value}


def _day_of_same(before: Item, visit: _Visit) -> str | None:
    """Return the day of the last change of a page that is as it was before.

    Some sites say of all that it was changed just now: documents would be read anew with every run.
    """
    lately = (datetime.now(UTC) - _LATELY).date().isoformat()
    told = visit.date if visit.date is not None and visit.date < lately else None
    return told or before.date or visit.date


def _day(response: Response) -> str | None:
    try:
        return parsedate_to_datetime(response.headers["Last-Modified"]).astimezone(UTC).date().isoformat()
    except (KeyError, ValueError, TypeError):
        return None


def _as_declared(response: Response) -> bytes:
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
