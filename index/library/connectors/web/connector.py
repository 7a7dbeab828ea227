"""The kind `web`: the pages of a web site."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from typing import ClassVar

from yarl import URL

from index.errors import ConnectorError
from index.library.connectors import protocol
from index.library.connectors.protocol import Context, Item, Known, Listed, Notice
from index.library.connectors.web.client import Client
from index.library.connectors.web.crawl import MOST_CLICKS, Crawl
from index.library.connectors.web.resolver import Guard
from index.library.connectors.web.site import Fetched
from index.library.connectors.web.urls import written


class WebOptions(protocol.Options):
    """`single`: the page at the location alone, whatever it leads to."""

    single: bool = False


class WebConnector:
    """Asks for pages that may have changed, and for no others."""

    Options: ClassVar[type[protocol.Options]] = WebOptions

    def __init__(self, location: str, options: WebOptions, context: Context) -> None:
        """Check the location; raises `ConnectorError`."""
        self._start = address_in(location)
        self._most_clicks = 0 if options.single else MOST_CLICKS
        self._context = context
        self._data: bytes | None = None
        self.requests = 0

    def list(self, known: Known) -> Iterable[Listed]:
        """Yield the pages of the site; those that have changed are held until they are fetched."""
        with asyncio.Runner() as runner:
            coming = self._over(known)
            try:
                while (some := runner.run(_next(coming))) is not None:
                    if not some:
                        yield Notice("")
                    for fetched in some:
                        self._data = fetched.data
                        yield fetched.listed
            finally:
                runner.run(_closed(coming))

    def fetch(self, item: Item) -> bytes:
        """Return the bytes of the page that was just listed."""
        if self._data is None:
            raise ConnectorError(f"{item.url} says that it has not changed, and there is no copy of it.")
        return self._data

    async def _over(self, known: Known) -> AsyncGenerator[Sequence[Fetched], None]:
        guard = Guard(self._context.hosts)
        async with Client(guard, self._context.most_bytes) as client:
            crawl = Crawl(client, self._start, known, self._context.most_documents, self._most_clicks)
            async with aclosing(crawl.over()) as coming:
                async for some in coming:
                    self.requests = client.requests
                    yield some


async def _next(coming: AsyncGenerator[Sequence[Fetched], None]) -> Sequence[Fetched] | None:
    return await anext(coming, None)


async def _closed(coming: AsyncGenerator[Sequence[Fetched], None]) -> None:
    await coming.aclose()


def address_in(location: str) -> URL:
    """Return the URL of a site; raises `ConnectorError` where it is none."""
    try:
        url = written(location)
        is_address = url.scheme in {"http", "https"} and url.host is not None and url.port != 0
    except ValueError:
        is_address = False
    if not is_address or url.user or url.password:
        raise ConnectorError("The location of a web site has to be an address such as https://docs.example.org/.")
    return url.with_fragment(None)
