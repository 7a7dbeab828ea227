"""The second run over a web site beside the first: 2,000 pages on loopback, of which 20 have changed.

    python bench/web_refresh.py [--pages 2000] [--changed 20] [--rounds 3]

sitemap, with days   a sitemap whose `lastmod` has moved for the pages that changed
sitemap, without     a sitemap without `lastmod`: each page is asked for in case it has changed (ETag)
start page           no sitemap: pages are found by their links, and asked for likewise

The site is a process of its own and keeps connections open. Each row has the median of the rounds, by the clock and in
processor time of the connector alone, and the share that the second run takes of the first of its round.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import multiprocessing
import statistics
import tempfile
import time
import urllib.request
from datetime import UTC, date, datetime, timedelta
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import cast

from tables import show, write

from index.library.connectors.connectors import Connectors
from index.library.connectors.state import State

_LINKS = 30
_PARAGRAPHS = 12
_CHANGE = "/change"
_FIRST_DAY = date(2024, 1, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--changed", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    ways = {
        "a sitemap with `lastmod`": "dated.xml",
        "a sitemap without": "undated.xml",
        "from a start page, by links": "0",
    }
    times: dict[str, list[list[float]]] = {way: [] for way in ways}
    for _ in range(given.rounds):
        for way, start in ways.items():
            times[way].append(_round(start, given.pages, given.changed))
    show(("site", "first, s", "second, s", "÷ first", "CPU first, s", "second, s", "÷ first"), map(_row, times.items()))
    write("web_refresh", {"pages": given.pages, "changed": given.changed, "times": times})


def _row(timed: tuple[str, list[list[float]]]) -> list[object]:
    way, rounds = timed
    first, cpu_first, second, cpu_second = (statistics.median(column) for column in zip(*rounds, strict=True))
    share = statistics.median(second / first for first, _, second, _ in rounds)
    of_cpu = statistics.median(second / first for _, first, _, second in rounds)
    numbers = (first, second, share, cpu_first, cpu_second, of_cpu)
    return [way, *(f"{number:.3f}" if number < 1 else f"{number:.1f}" for number in numbers)]


def _round(start: str, pages: int, changed: int) -> list[float]:
    """Return the seconds of a first run and of a second, each by the clock and in processor time."""
    ours, theirs = multiprocessing.Pipe()
    serving = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs, pages, changed), daemon=True)
    serving.start()
    try:
        site = f"http://127.0.0.1:{ours.recv()}"
        with tempfile.TemporaryDirectory() as folder:
            connectors = Connectors([Path(folder) / "connectors.toml"], Path(folder), frozenset({"127.0.0.1"}))
            connectors.add("docs", {"kind": "web", "location": f"{site}/docs/{start}"})
            *first, state = _timed(connectors)
            _expect(state.documents, pages)
            with urllib.request.urlopen(f"{site}{_CHANGE}"):  # noqa: S310 -- our own server
                pass
            *second, state = _timed(connectors)
            _expect(state.changed, changed)
            return [*first, *second]
    finally:
        serving.terminate()
        serving.join()


def _timed(connectors: Connectors) -> tuple[float, float, State]:
    began, began_cpu = time.perf_counter(), time.process_time()
    state = connectors.refresh("docs")
    return time.perf_counter() - began, time.process_time() - began_cpu, state


def _expect(number: int, wanted: int) -> None:
    if number != wanted:
        raise RuntimeError(f"{number} instead of {wanted}: the run is not what is to be measured.")


def _serve(tell: Connection, pages: int, changing: int) -> None:
    asyncio.run(_serving(tell, _Site(pages, changing)))


async def _serving(tell: Connection, site: _Site) -> None:
    server = await asyncio.get_running_loop().create_server(lambda: _Answering(site), "127.0.0.1", 0)
    site.port = server.sockets[0].getsockname()[1]
    for number in range(site.pages):
        site.page(number)
    tell.send(site.port)
    await server.serve_forever()


class _Site:
    """Pages of 10 KB with links to others, of which some change once."""

    def __init__(self, pages: int, changing: int) -> None:
        self.pages, self.port, self._changing = pages, 0, changing
        self._changed: datetime | None = None
        self._kept = cache(self._made)

    def page(self, number: int) -> tuple[bytes, str]:
        """Return a page with its ETag."""
        return self._kept(number, self._changed is not None and number < self._changing)

    def change(self) -> None:
        self._changed = datetime.now(UTC)

    def sitemap(self, *, dated: bool) -> bytes:
        entries = "".join(
            f"<url><loc>http://127.0.0.1:{self.port}/docs/{number}</loc>"
            f"{f'<lastmod>{self._day(number)}</lastmod>' if dated else ''}</url>"
            for number in range(self.pages)
        )
        return f'<?xml version="1.0"?><urlset>{entries}</urlset>'.encode()

    def _day(self, number: int) -> str:
        if self._changed is not None and number < self._changing:
            return self._changed.isoformat(timespec="seconds")
        return str(_FIRST_DAY + timedelta(days=number % 365))

    def _made(self, number: int, changed: bool) -> tuple[bytes, str]:  # noqa: FBT001 -- a key of the cache
        links = "".join(
            f'<li><a href="/docs/{to}">Page {to}</a></li>'
            for to in [(number + 1) % self.pages, *((number * 7 + step * 13) % self.pages for step in range(_LINKS))]
        )
        words = f"These are the words of page {number}, which tells at some length what there is to know of it. " * 6
        said = "".join(f"<p>{words}Section {section}{', anew' * changed}.</p>" for section in range(_PARAGRAPHS))
        body = (
            f"<html><head><title>Page {number}</title></head><body><nav><ul>{links}</ul></nav>"
            f"<main><h1>Page {number}</h1>{said}</main></body></html>"
        ).encode()
        return body, f'"{hashlib.sha256(body).hexdigest()[:16]}"'


class _Answering(asyncio.Protocol):
    """Answers requests without a body on a connection that stays open."""

    def __init__(self, site: _Site) -> None:
        self._site, self._come = site, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._come += data
        while b"\r\n\r\n" in self._come:
            head, _, self._come = self._come.partition(b"\r\n\r\n")
            self._transport.write(self._answer(head.decode("latin-1")))

    def _answer(self, head: str) -> bytes:
        path = head.split()[1]
        name = path.removeprefix("/docs/")
        if path == _CHANGE:
            self._site.change()
            return _response(200, b"")
        if name in {"dated.xml", "undated.xml"}:
            return _response(200, self._site.sitemap(dated=name == "dated.xml"), "application/xml")
        if not name.isdecimal():
            return _response(404, b"")
        body, etag = self._site.page(int(name))
        return _response(304, b"", etag=etag) if etag in head else _response(200, body, "text/html", etag)


def _response(status: int, body: bytes, kind: str = "text/plain", etag: str = "") -> bytes:
    tag = f"ETag: {etag}\r\n" if etag else ""
    return f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n{tag}Content-Length: {len(body)}\r\n\r\n".encode() + body


if __name__ == "__main__":
    main()
