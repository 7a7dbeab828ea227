"""Documents come from web sites: real requests to a server on loopback."""

from __future__ import annotations

import asyncio
import contextlib
import re
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from index.errors import ConnectorError
from index.library.connectors import items
from index.library.connectors.connectors import Connectors
from index.library.connectors.names import fault
from index.library.connectors.state import State
from index.library.connectors.web import client, crawl, sitemap, urls
from index.library.connectors.web.urls import Scope
from tests.index.library.connectors.conftest import held
from tests.index.library.connectors.site import Answer, Route, Site


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def read(connectors: Connectors, site: Site, path: str = "/", **options: object) -> State:
    if "docs" not in connectors.configured():
        connectors.add("docs", {"kind": "web", "location": f"{site.url}{path}", **options})
    return connectors.refresh("docs")


def reasons(state: State) -> dict[str, str]:
    return {failure.name: failure.reason for failure in state.failures}


def test_from_a_start_page_all_pages_below_are_found_and_nothing_else(connectors: Connectors, site: Site) -> None:
    elsewhere = ("https://example.org/", "/blog/post", "mailto:a@b.c", "javascript:void 0", "photo.png", "setup?#top")
    site.page("/docs/", "All of it.", "setup", "guide/", *elsewhere)
    site.page("/docs/setup", "Run the installer twice.", "/docs/", "guide/first?utm_source=x", "setup?utm_medium=y")
    site.page("/docs/guide/", "The guide.", "first", "../setup", "gone")
    site.page("/docs/guide/first", "First, open the lid.")
    site.page("/blog/post", "Not of the documents.")
    state = read(connectors, site, "/docs/")
    assert sorted(held(connectors, "docs")) == ["guide/first.html", "guide/index.html", "index.html", "setup.html"]
    assert {name: item.url for name, item in connectors.items("docs").items()} == {
        "index.html": f"{site.url}/docs/",
        "setup.html": f"{site.url}/docs/setup",
        "guide/index.html": f"{site.url}/docs/guide/",
        "guide/first.html": f"{site.url}/docs/guide/first",
    }
    assert (state.failed, state.notices) == (0, ())
    assert not {"/blog/post", "/docs/photo.png"} & set(site.asked)
    assert len(site.asked) == len(set(site.asked)), "nothing is asked for twice"


def test_a_sitemap_of_two_thousand_pages_costs_a_request_a_page_and_then_only_what_has_changed(
    connectors: Connectors, site: Site
) -> None:
    pages = [f"/docs/page{number}" for number in range(2000)]
    for path in pages:
        site.page(path, f"These are the words of {path}. " * 20)
    site.sitemap("/sitemap.xml", f"{site.url}/maps/1.xml.gz", f"{site.url}/maps/2.xml", index=True)
    site.sitemap("/maps/1.xml.gz", *(f"{site.url}{path}" for path in pages[:1500]), packed=True)
    site.sitemap("/maps/2.xml", *(f"{site.url}{path}" for path in pages[1500:]))
    began = time.monotonic()
    state = read(connectors, site, "/sitemap.xml")
    first = time.monotonic() - began
    assert (state.documents, state.failed) == (2000, 0)
    assert len(site.asked) <= 1.05 * 2000
    for path in pages[:20]:
        site.page(path, f"Other words of {path}.")
    site.forget()
    began = time.monotonic()
    state = read(connectors, site)
    print(f"first {first:.2f} s, second {time.monotonic() - began:.2f} s")  # noqa: T201 -- with -s
    assert (state.changed, state.added, state.removed) == (20, 0, 0)
    assert (site.sent.count(304), len(site.asked)) == (1980, 2005)


@pytest.mark.parametrize("heeds_tags", [True, False])
def test_a_sitemap_that_says_of_all_pages_that_they_changed_today_has_none_read_anew(
    connectors: Connectors, site: Site, *, heeds_tags: bool
) -> None:
    def served(text: str) -> Route:
        def answer(request: BaseHTTPRequestHandler) -> Answer:
            if not heeds_tags:
                del request.headers["If-None-Match"]
            return Answer(f"<html><body><p>{text}</p></body></html>".encode())

        return answer

    for name in "abc":
        site.routes[f"/docs/{name}"] = served(f"These are the words of {name}.")
    today = datetime.now(UTC).date()
    for day in (today - timedelta(days=1), today):
        site.sitemap("/sitemap.xml", *(f"{site.url}/docs/{name}" for name in "abc"), day=day.isoformat())
        state = read(connectors, site, "/sitemap.xml")
        assert {item.date for item in connectors.items("docs").values()} == {(today - timedelta(days=1)).isoformat()}
    assert not state.is_news
    assert site.sent.count(304) == (3 if heeds_tags else 0)


def test_what_is_gone_is_removed_and_what_is_out_of_order_stays(connectors: Connectors, site: Site) -> None:
    site.page("/", "Start.", "a", "b", "c", "d")
    for name in "abcd":
        site.page(f"/{name}", f"The words of {name}.", *(["a/below"] if name == "a" else []))
    site.page("/a/below", "What is below.")
    read(connectors, site)
    site.routes["/a"] = Answer(b"", 500)
    site.routes["/b"] = Answer(b"", 404)
    site.routes["/c"] = Answer(b"", 403)
    site.page("/d", "It is a draft again.", head='<meta name="robots" content="noindex">')
    state = read(connectors, site)
    assert sorted(held(connectors, "docs")) == ["a.html", "a/below.html", "index.html"]
    assert reasons(state) == {
        "a.html": "answers with status 500",
        "b.html": "answers with status 404",
        "c.html": "is not public (status 403)",
        "d.html": "asks not to be gathered (noindex)",
    }


@pytest.mark.parametrize("served", [b"", b"\xef\xbb\xbf"])
def test_robots_count_whatever_they_are_served_as_and_wherever_a_start_leads(
    connectors: Connectors, site: Site, served: bytes
) -> None:
    site.routes["/robots.txt"] = Answer(served + b"User-agent: *\nDisallow: /private/\n")  # as HTML, as many are
    site.page("/", "All of it.", "private/x")
    site.page("/private/x", "Nobody is to read that.")
    assert "forbids 1 pages" in str(read(connectors, site).notices)
    connectors.remove("docs")
    site.routes["/"] = Answer(b"", 302, {"Location": "/private/x"})
    assert f"does not let {site.url}/private/x be read" in (read(connectors, site).error or "")
    assert "/private/x" not in site.asked


DOWN = b"<!doctype html><html><head><title>Down</title></head><body><p>Back soon.</p></body></html>"


@pytest.mark.parametrize("which", ["/sitemap.xml", "/maps/2.xml"])
@pytest.mark.parametrize(
    "body", [DOWN, b"", b" \n", b'{"status": "down"}', b"HTTP 503, back soon", b"<status>down</status>"]
)
def test_what_is_answered_in_the_place_of_a_sitemap_takes_no_page_away(
    connectors: Connectors, site: Site, which: str, body: bytes
) -> None:
    for name in "ab":
        site.page(f"/{name}", f"Page {name}")
    site.sitemap("/sitemap.xml", f"{site.url}/maps/1.xml", f"{site.url}/maps/2.xml", index=True)
    site.sitemap("/maps/1.xml", f"{site.url}/a")
    site.sitemap("/maps/2.xml", f"{site.url}/b")
    assert read(connectors, site, "/sitemap.xml").documents == 2
    site.routes[which] = Answer(body, headers={"Content-Type": "text/html"})
    state = read(connectors, site, "/sitemap.xml")
    assert f"What lies at {site.url}{which} is no sitemap" in (state.error or "")
    assert len(connectors.items("docs")) == 2


def test_a_location_that_has_changed_is_a_new_start(connectors: Connectors, site: Site, tmp_path: Path) -> None:
    def begin_at(path: str) -> State:
        file.write_text(f'[docs]\nkind = "web"\nlocation = "{site.url}{path}"\n')
        return connectors.refresh("docs")

    file = tmp_path / "connectors.toml"
    site.page("/", "Start.", "a", "b")
    for name in "ab":
        site.page(f"/{name}", f"Page {name}")
    site.sitemap("/sitemap.xml", f"{site.url}/a", f"{site.url}/b")
    assert begin_at("/sitemap.xml").documents == 2
    assert begin_at("/").documents == 3, "from a sitemap to a page"
    assert begin_at("/sitemap.xml").documents == 2, "and back"
    site.routes["/sitemap.xml"] = Answer(DOWN)
    assert f"What lies at {site.url}/sitemap.xml is no sitemap" in (begin_at("/sitemap.xml").error or "")
    assert begin_at("/").documents == 3
    assert begin_at("/sitemap.xml").error is None, "which was no sitemap in the run before"


def test_a_start_page_that_is_not_kept_is_no_sitemap(connectors: Connectors, site: Site, tmp_path: Path) -> None:
    site.page("/", "Start.", "a", head='<meta name="robots" content="noindex">')
    site.page("/a", "Page a")
    read(connectors, site)
    (listed,) = tmp_path.rglob(".items.jsonl")
    items.replace(
        listed.parent, [replace(item, notes={"asked": f"{site.url}/a"}) for item in items.read(listed.parent).values()]
    )
    state = read(connectors, site)
    assert (state.error, state.documents) == (None, 1)


def test_a_feed_and_an_empty_sitemap_list_nothing(connectors: Connectors, site: Site) -> None:
    site.page("/a", "Page a")
    site.sitemap("/sitemap.xml", *(f"{site.url}/maps/{number}.xml" for number in range(3)), index=True)
    site.sitemap("/maps/0.xml", f"{site.url}/a")
    site.sitemap("/maps/1.xml")
    site.routes["/maps/2.xml"] = Answer(b'<rss version="2.0"><channel><title>News</title></channel></rss>')
    state = read(connectors, site, "/sitemap.xml")
    assert (state.error, state.documents) == (None, 1)


def test_a_sitemap_that_is_cut_off_takes_no_page_away(connectors: Connectors, site: Site) -> None:
    for name in "ab":
        site.page(f"/{name}", f"The words of {name}.")
    site.sitemap("/sitemap.xml", f"{site.url}/a", f"{site.url}/b")
    assert read(connectors, site, "/sitemap.xml").documents == 2
    whole = site.routes["/sitemap.xml"]
    assert isinstance(whole, Answer)
    for end in (b"</urlset>", b"<url><loc>" + f"{site.url}/b".encode(), b"/b</loc>"):
        site.routes["/sitemap.xml"] = Answer(whole.body[: whole.body.rindex(end)], headers=whole.headers)
        assert "does not come whole" in (connectors.refresh("docs").error or "")
    assert sorted(held(connectors, "docs")) == ["a.html", "b.html"]
    site.routes["/sitemap.xml"] = Answer(whole.body + b"\n<!-- made in 3 s -->\n", headers=whole.headers)
    assert connectors.refresh("docs").error is None


def _listing(*addresses: str) -> bytes:
    entries = "".join(
        f"<url><loc>{address}</loc><lastmod>2031-05-03</lastmod><image:image><image:loc>{address}.png</image:loc>"
        "</image:image></url>\n"
        for address in addresses
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">\n{entries}</urlset>\n'
    ).encode()


@pytest.mark.parametrize("prefix", ["", "sm:"])
@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16"])
def test_wherever_a_sitemap_is_cut_off_that_is_told(prefix: str, encoding: str) -> None:
    addresses = [f"https://example.org/{name}" for name in "abcde"]
    text = _listing(*addresses).decode().replace("UTF-8", encoding)
    if prefix:
        text = re.sub(r"(</?)(?=urlset|url|loc|lastmod)", rf"\1{prefix}", text).replace("xmlns=", "xmlns:sm=")
    data = text.encode(encoding)
    assert list(map(str, sitemap.parsed(data).pages)) == addresses
    for end in range(60, len(data)):
        with contextlib.suppress(ConnectorError):
            assert len(sitemap.parsed(data[:end]).pages) == len(addresses), data[:end]


@pytest.mark.parametrize("tag", [b"</lastmod>", b"</loc>", b"</url>", b"</image:loc>"])
def test_a_sitemap_that_lacks_an_end_tag_lists_all_the_same(tag: bytes) -> None:
    addresses = [f"https://example.org/{name}" for name in "abcde"]
    commented = b"<!-- <url><loc>https://example.org/old</loc></url> -->\n<url>"
    undeclared = b' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
    data = _listing(*addresses).replace(b"<url>", commented, 1).replace(undeclared, b"")
    head, _, rest = data.partition(tag)
    assert list(map(str, sitemap.parsed(head + rest).pages)) == addresses


@pytest.mark.parametrize("text", ["http error 503: see {}/status", "{}/status tells of it", "{0}/a\n{0}/b\nand more"])
def test_prose_with_an_address_is_no_list_of_addresses(text: str) -> None:
    with pytest.raises(sitemap.NoSitemapError, match="What lies there is no sitemap"):
        sitemap.parsed(text.format("https://example.org").encode())


def test_a_list_of_addresses_may_begin_with_a_mark_and_have_blank_lines() -> None:
    addresses = ["https://example.org/a", "https://example.org/b"]
    listed = sitemap.parsed("\r\n\r\n".join(addresses).encode("utf-8-sig"))
    assert listed.pages == dict.fromkeys(map(URL, addresses))


def test_a_sitemap_that_is_not_read_to_its_end_is_told() -> None:
    data = _listing(*(f"https://example.org/{number}" for number in range(400))).replace(b"</url>", b"")
    with pytest.raises(ConnectorError, match="is no XML"):
        sitemap.parsed(data)


def test_a_page_that_lies_below_another_comes_as_well(connectors: Connectors, site: Site) -> None:
    site.page("/", "All of it.", "a.html", "a.html/b")
    site.page("/a.html", "The words of a.")
    site.page("/a.html/b", "The words of b.")
    assert read(connectors, site).error is None
    assert sorted(held(connectors, "docs")) == ["a.html", "a.html-/b.html", "index.html"]


@pytest.mark.parametrize("start", ["/", "/sitemap.xml"])
def test_pages_whose_folder_is_called_otherwise_by_now_come_anew(
    connectors: Connectors, site: Site, monkeypatch: pytest.MonkeyPatch, start: str
) -> None:
    below = ["/v1.txt/b", "/v1.txt/c"]
    site.page("/", "All of it.", *below)
    for path in below:
        site.page(path, f"The words of {path}.")
    site.sitemap("/sitemap.xml", *(f"{site.url}{path}" for path in below), day="2024-05-06")
    with monkeypatch.context() as before:
        before.setattr(urls, "READERS", frozenset[str]())  # no folder was called otherwise than its address
        for _ in range(2):
            read(connectors, site, start)
    assert {"v1.txt/b.html", "v1.txt/c.html"} <= connectors.items("docs").keys()
    site.page("/", "All of it.", "/v1.txt", *below)
    site.sitemap("/sitemap.xml", *(f"{site.url}{path}" for path in ("/v1.txt", *below)), day="2024-05-06")
    site.routes["/v1.txt"] = Answer(b"Plain words of the first version.\n", headers={"Content-Type": "text/plain"})
    state = read(connectors, site, start)
    assert (state.error, state.failed) == (None, 0)
    assert sorted(held(connectors, "docs").keys() - {"index.html"}) == ["v1.txt", "v1.txt-/b.html", "v1.txt-/c.html"]
    site.forget()
    read(connectors, site, start)
    assert site.sent.count(200) == 1, "where it starts, and no page anew"


def test_a_start_page_that_stands_for_all_that_is_not_there_is_read(connectors: Connectors, site: Site) -> None:
    site.page("/", "Welcome to the club, which has a pool and a gym.", "pool", "nothing")
    site.page("/pool", "The pool is closed on Mondays.")
    site.otherwise = site.routes["/"]
    assert read(connectors, site).error is None
    assert sorted(held(connectors, "docs")) == ["index.html", "pool.html"]


def test_a_page_said_not_to_have_changed_that_nobody_has_is_no_empty_document(
    connectors: Connectors, site: Site
) -> None:
    site.page("/", "All of it.", "a")
    site.routes["/a"] = Answer(b"", 304)
    assert reasons(read(connectors, site)) == {"a.html": "answers with status 304"}
    assert sorted(held(connectors, "docs")) == ["index.html"]


def test_links_are_read_in_the_encoding_that_a_page_is_sent_in(connectors: Connectors, site: Site) -> None:
    body = '<html><body><h1>\u6848\u5185</h1><a href="/\u65e5\u672c">x</a></body></html>'.encode("shift_jis")
    site.routes["/"] = Answer(body, headers={"Content-Type": "text/html; charset=Shift_JIS"})
    site.page("/%E6%97%A5%E6%9C%AC", "The words of that page.")
    read(connectors, site)
    assert sorted(held(connectors, "docs")) == ["index.html", "\u65e5\u672c.html"]


def test_of_a_site_that_lists_addresses_without_end_no_more_are_held_than_serve(
    connectors: Connectors, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crawl, "_KNOWN_AT_LEAST", 20)
    for number in range(3):
        site.page(f"/p{number}", f"The words of page {number}.")
        site.sitemap(f"/{number}.xml", *(f"{site.url}/p{number * 20 + at}" for at in range(20)))
    site.sitemap("/sitemap.xml", *(f"{site.url}/{number}.xml" for number in range(3)), index=True)
    state = read(connectors, site, "/sitemap.xml", most_documents=2)
    assert "There are more than 2 pages" in str(state.notices)
    assert "/2.xml" not in site.asked


@pytest.mark.parametrize("start", ["/sitemap.xml", "/"])
def test_addresses_that_may_not_be_asked_for_take_no_place_of_others(
    connectors: Connectors, site: Site, monkeypatch: pytest.MonkeyPatch, start: str
) -> None:
    monkeypatch.setattr(crawl, "_KNOWN_AT_LEAST", 20)
    rules = b"User-agent: *\nDisallow: /old/\n"
    site.routes["/robots.txt"] = Answer(rules, headers={"Content-Type": "text/plain"})
    pages = ["/", "/a", "/b"]
    forbidden = [f"/old/{number}" for number in range(60)]
    for path in pages:
        site.page(path, f"The words of {path}.", *forbidden, *pages)
    outside = [] if start == "/" else [f"https://example.org/{number}" for number in range(60)]
    site.sitemap("/sitemap.xml", *(f"{site.url}{path}" for path in forbidden), *outside, *map(site.url.__add__, pages))
    for _ in range(2):
        state = read(connectors, site, start, most_documents=2 + len(pages))
        assert (state.error, state.documents, state.failed) == (None, len(pages), 0)
        assert state.notices[0] == f"The site's robots.txt forbids {60 if outside else 50} pages."
        assert "There are more than" not in str(state.notices)
        assert len(state.notices) == 1 + bool(outside)


def test_robots_forbid_and_slow_down(connectors: Connectors, site: Site) -> None:
    site.page("/", "Start.", "open", "private/a", "x?print=1")
    for path in ("/open", "/private/a", "/x?print=1"):
        site.page(path, f"The words of {path}.")
    rules = b"User-agent: *\nDisallow: /private/\nDisallow: /*?print=\nCrawl-delay: 0.2\n"
    site.routes["/robots.txt"] = Answer(rules, headers={"Content-Type": "text/plain"})
    began = time.monotonic()
    state = read(connectors, site)
    assert sorted(held(connectors, "docs")) == ["index.html", "open.html"]
    assert state.notices == ("The site's robots.txt forbids 2 pages.",)
    assert time.monotonic() - began >= 0.4
    site.routes["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /\n", headers={"Content-Type": "text/plain"})
    assert "robots.txt of 127.0.0.1 does not let" in (read(connectors, site).error or "")
    site.routes["/robots.txt"] = Answer(b"", 500)
    assert "its robots.txt answers with status 500" in (read(connectors, site).error or "")
    assert sorted(held(connectors, "docs")) == ["index.html", "open.html"]


def test_one_page_under_several_addresses_is_one_document(connectors: Connectors, site: Site) -> None:
    own = f'<link rel="canonical" href="{site.url}/guide">'
    site.page("/", "Start.", "guide/", "guide", "guide.html", "old", "copy", "/guide?view=all", "index.html")
    for path in ("/guide", "/guide/", "/guide.html", "/guide?view=all"):
        site.page(path, "The guide.", head=own)
    site.page("/copy", "The guide.", head=own)
    site.routes["/copy"] = site.routes["/guide"]
    site.routes["/index.html"] = site.routes["/"]
    site.routes["/old"] = Answer(b"", 301, {"Location": "/guide"})
    read(connectors, site)
    assert sorted(held(connectors, "docs")) == ["guide.html", "index.html"]
    assert connectors.items("docs")["guide.html"].url == f"{site.url}/guide"


def test_blanks_in_addresses_are_asked_for_as_browsers_do(connectors: Connectors, site: Site) -> None:
    asked = ("my page.html", "find?for=red bells", "by?utm_source=a b&for=red%20bells", "to", " gym ")
    site.page("/docs/", "Start.", *asked)
    site.page("/docs/my%20page.html", "Ring the red bells.")
    site.page("/docs/find?for=red%20bells", "There are two red bells.", "find?for=red bells#top")
    site.page("/docs/by?for=red%20bells", "They were cast in 1820.")
    site.routes["/docs/to"] = Answer(b"", 302, {"Location": "the last one?of=all bells"})
    site.page("/docs/the%20last%20one?of=all%20bells", "The last one is silent.")
    site.page("/docs/gym", "No bells here.")
    state = read(connectors, site, "/docs/")
    assert (state.documents, state.failed) == (6, 0)
    assert {item.url for item in connectors.items("docs").values()} == {
        f"{site.url}{path}" for path, route in site.routes.items() if isinstance(route, Answer) and route.status == 200
    }
    assert len(site.asked) == len(set(site.asked))
    site.sitemap("/map.xml", f"{site.url}/docs/find?for=red bells")
    connectors.add("map", {"kind": "web", "location": f"{site.url}/map.xml"})
    assert connectors.refresh("map").documents == 1


def test_redirects_are_followed_inside_and_circles_are_not(connectors: Connectors, site: Site) -> None:
    site.sitemap("/sitemap.xml", *(f"{site.url}/{name}" for name in ("moved", "round", "away", "deep")))
    site.routes["/moved"] = Answer(b"", 308, {"Location": f"{site.url}/new"})
    site.page("/new", "It has moved here.")
    site.routes["/round"] = Answer(b"", 302, {"Location": "/round2"})
    site.routes["/round2"] = Answer(b"", 302, {"Location": "/round"})
    site.routes["/away"] = Answer(b"", 302, {"Location": "https://example.org/"})
    deep = count()
    site.routes["/deep"] = lambda _: Answer(b"", 302, {"Location": f"/deep?{next(deep)}"})
    for number in range(30):
        site.routes[f"/deep?{number}"] = site.routes["/deep"]
    state = read(connectors, site, "/sitemap.xml")
    assert list(held(connectors, "docs")) == ["new.html"]
    assert connectors.items("docs")["new.html"].url == f"{site.url}/new"
    assert reasons(state)["away.html"] == "leads elsewhere, to example.org/"
    assert reasons(state)["deep.html"] == "is redirected without end"
    assert len(site.asked) < 20


def test_limits_on_bytes_and_pages(connectors: Connectors, site: Site) -> None:
    site.page("/", "Start.", *(f"p{number}" for number in range(40)), "huge", "bomb")
    for number in range(40):
        site.page(f"/p{number}", f"The words of {number}.")
    site.page("/huge", "x" * 1_200_000)
    site.routes["/bomb"] = Answer(b"x" * 1_200_000, headers={"Transfer-Encoding": "chunked"})
    state = read(connectors, site, most_megabytes=1, most_documents=30)
    assert state.documents == 30
    assert state.notices == ("There are more than 30 pages: `most_documents` sets the limit.",)


def test_a_compressed_bomb_is_refused(connectors: Connectors, site: Site) -> None:
    import gzip

    site.sitemap("/sitemap.xml", f"{site.url}/a", f"{site.url}/bomb")
    site.page("/a", "Words.")
    site.routes["/bomb"] = Answer(gzip.compress(b"<p>x" * 20_000_000), headers={"Content-Encoding": "gzip"})
    state = read(connectors, site, "/sitemap.xml")
    assert reasons(state) == {"bomb.html": "is larger than 10 MiB"}


def test_a_site_that_answers_everything_ends(connectors: Connectors, site: Site) -> None:
    def anything(handler: BaseHTTPRequestHandler) -> Answer:
        links = "".join(f'<a href="{handler.path.rstrip("/")}/{word}">x</a>' for word in ("a", "b", "c"))
        return Answer(f"<html><body><p>Sorry, this page is on its way to you.</p>{links}</body></html>".encode())

    site.otherwise = anything
    site.page("/", "Start.", "real", "made/up", "other")
    site.page("/real", "A real page with words of its own, which are others.")
    state = read(connectors, site)
    assert sorted(held(connectors, "docs")) == ["index.html", "real.html"]
    assert "answers 200 for pages that are not there" in state.notices[0]
    assert len(site.asked) < 10


def test_a_calendar_without_end_ends(connectors: Connectors, site: Site) -> None:
    def month(handler: BaseHTTPRequestHandler) -> Answer:
        if not handler.path.startswith("/calendar?month="):
            return Answer(b"", 404)
        number = int(handler.path.rpartition("=")[2])
        links = "".join(f'<a href="/calendar?month={number + step}">x</a>' for step in (-1, 1))
        return Answer(f"<html><body><p>What is on in month {number}.</p>{links}</body></html>".encode())

    site.otherwise = month
    site.page("/", "Start.", "calendar?month=0")
    state = read(connectors, site)
    assert state.error is None
    assert len(site.asked) < 50


def test_a_busy_site_is_waited_for_as_it_asks(connectors: Connectors, site: Site) -> None:
    tries = count()

    def busy(_: BaseHTTPRequestHandler) -> Answer:
        return Answer(b"", 429, {"Retry-After": "1"}) if next(tries) == 0 else Answer(b"<p>Here it is.</p>")

    site.sitemap("/sitemap.xml", f"{site.url}/a", f"{site.url}/busy")
    site.page("/a", "Words.")
    site.routes["/busy"] = busy
    began = time.monotonic()
    state = read(connectors, site, "/sitemap.xml")
    assert time.monotonic() - began >= 1
    assert state.documents == 2
    site.routes["/busy"] = Answer(b"", 503, {"Retry-After": "3600"})
    assert "asks to come back in 60 minutes" in (read(connectors, site).error or "")
    assert len(held(connectors, "docs")) == 2


def test_a_site_that_stops_answering_changes_nothing_and_the_next_run_goes_on_from_there(
    connectors: Connectors, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_PAUSE", 0.0)
    site.sitemap("/sitemap.xml", *(f"{site.url}/p{number}" for number in range(60)))
    for number in range(60):
        site.page(f"/p{number}", f"The words of {number}.")
    read(connectors, site, "/sitemap.xml")
    down = count()

    def page(_: BaseHTTPRequestHandler) -> Answer:
        number = next(down)
        return Answer(f"<p>Other words, {number}.</p>".encode()) if number < 30 else Answer(b"", 502)

    for number in range(60):
        site.routes[f"/p{number}"] = page
    before = held(connectors, "docs")
    assert "has stopped answering" in (read(connectors, site).error or "")
    assert held(connectors, "docs") == before
    for number in range(60):
        site.page(f"/p{number}", f"New words of {number}.")
    site.forget()
    state = read(connectors, site)
    assert state.error is None
    asked = [path for path in site.asked if path.startswith("/p")]
    assert 25 <= 60 - len(asked) <= 30, "what was fetched before is not asked for again"


def test_a_certificate_that_is_wrong_is_told(connectors: Connectors, tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=other"]
    subprocess.run([*command, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with Site(context) as site:
        assert "The certificate of 127.0.0.1 cannot be trusted" in (read(connectors, site).error or "")


def test_documents_of_other_kinds_come_too_and_others_are_told(connectors: Connectors, site: Site) -> None:
    site.sitemap("/sitemap.xml", *(f"{site.url}/{name}" for name in ("rules.pdf", "notes", "raw.md", "film")))
    site.routes["/rules.pdf"] = Answer(b"%PDF-1.4 x", headers={"Content-Type": "application/pdf"})
    site.routes["/notes"] = Answer("Über uns".encode("latin-1"), headers={"Content-Type": "text/plain; charset=latin1"})
    site.routes["/raw.md"] = Answer(b"# Raw\n", headers={"Content-Type": "text/plain"})
    site.routes["/film"] = Answer(b"x", headers={"Content-Type": "video/mp4"})
    state = read(connectors, site, "/sitemap.xml")
    files = held(connectors, "docs")
    assert sorted(files) == ["notes.txt", "raw.md", "rules.pdf"]
    assert files["notes.txt"].decode("utf-8-sig") == "Über uns"
    assert reasons(state) == {"film": "is of a kind that is not read (video/mp4)"}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"<?xml version='1.0'?><urlset><url><loc>nonsense</loc></url></urlset>", "There is no document to fetch"),
        (b"\x1f\x8bgarbage", "compressed, and damaged"),
        (
            b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><urlset><url>&x;</url></urlset>",
            "There is no document to fetch",
        ),
    ],
)
def test_a_sitemap_that_is_wrong_is_told(connectors: Connectors, site: Site, body: bytes, message: str) -> None:
    site.routes["/sitemap.xml"] = Answer(body, headers={"Content-Type": "application/xml"})
    assert message in (read(connectors, site, "/sitemap.xml").error or "")


def test_a_site_that_is_away_is_told_in_one_sentence(connectors: Connectors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "_PAUSE", 0.0)
    connectors.add("docs", {"kind": "web", "location": "http://127.0.0.1:1/"})
    error = connectors.refresh("docs").error or ""
    assert error.startswith("127.0.0.1 cannot be read: its robots.txt cannot be reached (")


async def test_it_can_run_beside_an_event_loop(connectors: Connectors, site: Site) -> None:
    site.page("/", "Start.")
    state = await asyncio.to_thread(read, connectors, site)
    assert state.documents == 1


_PARTS = st.text(max_size=30)


@given(parts=st.lists(_PARTS, max_size=4), query=_PARTS, kind=st.sampled_from(["text/html", "application/pdf", "x"]))
def test_every_page_gets_a_name_that_can_stand_in_a_folder(parts: list[str], query: str, kind: str) -> None:
    url = URL.build(
        scheme="https", host="example.org", path="/" + "/".join(parts).replace("\0", ""), query_string=query
    )
    scope = Scope("example.org", None, "/")
    name = scope.name(url, kind)
    assert name is None or fault(name) is None, name
