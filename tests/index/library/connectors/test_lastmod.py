"""Pages that a sitemap says have not changed are spared a request, where what it says can be believed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from index.library.connectors import items
from index.library.connectors.connectors import Connectors
from index.library.connectors.protocol import Context, Item, Notice
from index.library.connectors.staging import Staging
from index.library.connectors.web.connector import WebConnector, WebOptions
from index.library.connectors.web.lastmod import LASTMOD, READ, Sparing, is_older, sample
from tests.index.library.connectors.conftest import held
from tests.index.library.connectors.site import Answer, Site
from tests.index.library.connectors.test_web import read

LOOPBACK = frozenset({"127.0.0.1"})
READ_AT = datetime(2026, 5, 10, 12, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def listing(site: Site, days: Mapping[str, str]) -> None:
    """Serve a sitemap of pages, each by its path, with what is given as its `lastmod`."""
    entries = "".join(
        f"<url><loc>{site.url}{path}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for path, day in days.items()
    )
    site.routes["/sitemap.xml"] = Answer(f"<urlset>{entries}</urlset>".encode(), headers={"Content-Type": "text/xml"})


def by_path(days: Sequence[str]) -> dict[str, str]:
    return {f"/p{number}": day for number, day in enumerate(days)}


def dated(site: Site, days: Sequence[str]) -> None:
    """Serve a sitemap of pages p0, p1 and so on, each with what is given as its `lastmod`."""
    listing(site, by_path(days))


def pages(site: Site, number: int, words: str = "They are as they were.") -> None:
    for page in range(number):
        site.page(f"/p{page}", f"The words of page {page}. {words}")


def asked(site: Site) -> list[str]:
    return [path for path in site.asked if path.startswith("/p")]


def of_last_year(number: int) -> list[str]:
    return [f"2025-{at % 12 + 1:02d}-{at % 28 + 1:02d}" for at in range(number)]


def set_back(connectors: Connectors, by: timedelta) -> None:
    """Have all pages have been read so much earlier."""
    root = connectors.roots()["docs"]
    known = items.read(root).values()
    earlier = [
        Item(
            item.name,
            item.fingerprint,
            item.url,
            item.date,
            {**item.notes, READ: (datetime.fromisoformat(item.notes[READ]) - by).isoformat()},
        )
        for item in known
    ]
    items.replace(root.resolve(), earlier)


def test_pages_that_were_read_after_they_changed_are_not_asked_for_but_for_a_sample(
    connectors: Connectors, site: Site
) -> None:
    pages(site, 200)
    dated(site, of_last_year(200))
    read(connectors, site, "/sitemap.xml")
    before = held(connectors, "docs")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    for page in (3, 77):
        site.page(f"/p{page}", "Other words.")
    dated(site, [now if at in {3, 77} else day for at, day in enumerate(of_last_year(200))])
    site.forget()
    state = read(connectors, site)
    assert (state.documents, state.changed, state.removed) == (200, 2, 0)
    assert {"/p3", "/p77"} < set(asked(site))
    assert len(asked(site)) == 2 + 2, "those that changed, and one in a hundred of the others"
    after = held(connectors, "docs")
    assert {name for name in after if after[name] != before[name]} == {"p3.html", "p77.html"}
    first = set(asked(site))
    site.forget()
    set_back(connectors, timedelta(days=1))
    read(connectors, site)
    assert set(asked(site)) - {"/p3", "/p77"}, "there is a sample in each run"
    assert not (set(asked(site)) & first) - {"/p3", "/p77"}, "of those that were not asked for longest"


@pytest.mark.parametrize("made_up", ["2026-01-01", "today", "now", "", "soon", "2025", "2999-01-01"])
def test_what_says_nothing_spares_nothing(connectors: Connectors, site: Site, made_up: str) -> None:
    """The day on which a site was moved, or whatever the hour is when one asks, is that of all pages."""
    said = {"today": str(datetime.now(UTC).date()), "now": datetime.now(UTC).isoformat()}
    pages(site, 30)
    dated(site, [said.get(made_up, made_up)] * 30)
    read(connectors, site, "/sitemap.xml")
    site.page("/p7", "Other words.")
    site.forget()
    state = read(connectors, site)
    assert (state.changed, len(asked(site)), site.sent.count(304)) == (1, 30, 29)


def test_pages_are_asked_for_after_a_week_whatever_is_said(connectors: Connectors, site: Site) -> None:
    pages(site, 30)
    dated(site, of_last_year(30))
    read(connectors, site, "/sitemap.xml")
    set_back(connectors, timedelta(days=8))
    site.page("/p7", "Other words.")
    site.forget()
    assert read(connectors, site).changed == 1
    assert len(asked(site)) == 30


def test_a_sitemap_that_is_caught_is_not_believed_any_more(connectors: Connectors, site: Site) -> None:
    """All pages of it are asked for, in the same run and in later ones."""
    pages(site, 30)
    dated(site, of_last_year(30))
    read(connectors, site, "/sitemap.xml")
    pages(site, 30, "All of them have changed.")
    site.forget()
    assert read(connectors, site).changed == 30
    assert len(asked(site)) == 30
    site.page("/p29", "And once more.")
    site.forget()
    assert read(connectors, site).changed == 1
    assert len(asked(site)) == 30


def test_a_page_that_changed_since_it_was_read_is_asked_for_until_no_cache_can_hold_the_old_one() -> None:
    changed = READ_AT.isoformat()
    assert not is_older(changed, READ_AT + timedelta(minutes=5))
    assert is_older(changed, READ_AT + timedelta(hours=2))
    assert not is_older("2026-05-10", READ_AT), "any hour of that day, in any zone"
    assert not is_older("2026-05-09", READ_AT)
    assert is_older("2026-05-08", READ_AT)
    assert not is_older("2026-05-10T02:00:00", READ_AT), "in no zone that is told"
    assert is_older("2026-05-10T02:00:00Z", READ_AT)
    assert not is_older("2026-05-10T13:00:00+02:00", READ_AT)
    assert not any(
        is_older(said, READ_AT) for said in (None, "", "2025", "2025-05", "yesterday", "2025-W01", "9999-12-31")
    )


def test_the_sample_is_of_those_that_were_not_asked_for_longest() -> None:
    known = {str(at): Item(f"{at}.html", "x", notes={READ: f"2026-05-{at % 28 + 1:02d}"}) for at in range(250)}
    assert len(sample(known)) == 3
    assert {int(url) % 28 for url in sample(known)} == {0}
    assert sample({}) == set()


def test_what_is_known_of_before_there_were_such_notes_spares_nothing() -> None:
    sparing = Sparing(of_last_year(30), [], READ_AT)
    told = {LASTMOD: "2025-01-01"}
    assert not sparing.spares("2025-01-01", Item("a.html", "x"))
    assert not sparing.spares("2025-01-01", None)
    assert sparing.spares("2025-01-01", Item("a.html", "x", notes={**told, READ: READ_AT.isoformat()}))
    assert not sparing.spares("2025-01-01", Item("a.html", "x", notes={READ: READ_AT.isoformat()}))
    assert not sparing.spares("2025-01-01", Item("a.html", "x", notes={**told, READ: "garbage"}))


def test_a_page_that_was_read_in_the_future_is_asked_for() -> None:
    """A clock was wrong once."""
    sparing = Sparing(of_last_year(30), [], READ_AT)
    ahead = (READ_AT + timedelta(days=400)).isoformat()
    assert not sparing.spares("2025-01-01", Item("a.html", "x", notes={LASTMOD: "2025-01-01", READ: ahead}))


def test_a_page_of_which_something_else_is_said_is_asked_for_once_however_old_that_is(
    connectors: Connectors, site: Site
) -> None:
    """It may be the day of a commit: p7 is put up five days later, and p8 has no other words."""
    days = by_path(of_last_year(30))
    pages(site, 30)
    listing(site, days)
    read(connectors, site, "/sitemap.xml")
    site.page("/p7", "Other words.")
    ago = str((datetime.now(UTC) - timedelta(days=5)).date())
    listing(site, {**days, "/p7": ago, "/p8": ago, "/p9": ""})
    site.forget()
    assert read(connectors, site).changed == 1
    assert {"/p7", "/p8", "/p9"} < set(asked(site))
    assert len(asked(site)) == 3 + 1
    site.forget()
    read(connectors, site)
    assert not {"/p7", "/p8"} & set(asked(site))
    listing(site, {**days, "/p7": ago, "/p8": ago})
    site.forget()
    read(connectors, site)
    assert "/p9" in asked(site), "what was told of it before nothing was is forgotten"


def test_at_the_limit_the_pages_that_are_here_stay(connectors: Connectors, site: Site) -> None:
    """Those that are spared, and all of them once the sitemap is caught; new ones come as others go."""
    days = by_path(of_last_year(12))
    pages(site, 12)
    listing(site, days)
    read(connectors, site, "/sitemap.xml", most_documents=8)
    names = sorted(held(connectors, "docs"))
    listing(site, dict(reversed(days.items())))
    for _ in range(3):
        state = read(connectors, site)
        assert (state.documents, state.added, state.removed, state.failed) == (8, 0, 0, 0)
        assert state.notices == ("There are more than 8 pages: `most_documents` sets the limit.",)
    pages(site, 12, "All of them have changed.")
    state = read(connectors, site)
    assert (state.changed, state.added, state.removed, state.failed) == (8, 0, 0, 0)
    assert sorted(held(connectors, "docs")) == names
    gone = {f"/{name.removesuffix('.html')}" for name in names[:2]}
    listing(site, {path: day for path, day in days.items() if path not in gone})
    state = read(connectors, site)
    assert (state.documents, state.added, state.removed, state.failed) == (8, 2, 2, 0)


def test_a_limit_that_is_lowered_is_kept_to_and_what_cannot_be_reached_counts(
    connectors: Connectors, site: Site, tmp_path: Path
) -> None:
    days = by_path(of_last_year(14))
    pages(site, 14)
    listing(site, days)
    read(connectors, site, "/sitemap.xml", most_documents=12)
    config = tmp_path / "connectors.toml"
    config.write_text(config.read_text().replace("most_documents = 12", "most_documents = 8"))
    state = read(connectors, site)
    assert (state.documents, state.added, state.removed, state.failed) == (8, 0, 4, 0)
    names = held(connectors, "docs").keys()
    set_back(connectors, timedelta(days=8))
    for name in sorted(names)[:3]:
        site.routes[f"/{name.removesuffix('.html')}"] = Answer(b"", 500)
    state = read(connectors, site)
    assert (state.documents, state.added, state.removed, state.failed) == (8, 0, 0, 3)
    assert held(connectors, "docs").keys() == names


def test_where_the_sitemap_is_caught_with_room_left_new_pages_wait_for_known_ones(
    connectors: Connectors, site: Site
) -> None:
    days = by_path(of_last_year(12))
    pages(site, 12)
    listing(site, dict(list(days.items())[:6]))
    read(connectors, site, "/sitemap.xml", most_documents=8)
    pages(site, 12, "All of them have changed.")
    listing(site, dict(reversed(days.items())))
    state = read(connectors, site)
    assert (state.changed, state.added, state.removed, state.failed) == (6, 2, 0, 0)


@pytest.mark.parametrize("at_all", ["", "lastmod"])
def test_no_copy_takes_the_place_of_the_page_that_it_copies(connectors: Connectors, site: Site, at_all: str) -> None:
    """Nor is one asked for before all are there that are known, whether those are spared or not."""
    days = by_path(of_last_year(12) if at_all else [""] * 12)
    pages(site, 12)
    site.page("/guide.html", "The guide.")
    days["/guide.html"] = days["/p3"]
    listing(site, days)
    read(connectors, site, "/sitemap.xml")
    before, answered = held(connectors, "docs"), []

    def copy(_: BaseHTTPRequestHandler) -> Answer:
        answered.append(site.sent.count(304))
        same = site.routes["/p5"]
        assert isinstance(same, Answer)
        return same

    site.routes["/z-copy"] = copy
    site.page("/guide", "The guide, as of today.")
    listing(site, {"/z-copy": "2025-01-01", "/guide": "2025-01-02", **days})
    for _ in range(2):
        site.forget()
        answered.clear()
        state = read(connectors, site)
        assert (state.documents, state.added, state.changed, state.removed, state.failed) == (13, 0, 0, 0, 0)
        assert held(connectors, "docs") == before
        assert answered == [1 if at_all else 13]


def test_pages_that_have_not_changed_lead_on_without_being_read_and_no_other_way_is_missed(
    connectors: Connectors, site: Site
) -> None:
    """From a start page: `c` is first found by `a`; once that leads there no more, `b` still does."""
    site.page("/", "Start.", "a", "b")
    site.page("/a", "The words of a.", "c")
    site.page("/b", "The words of b.", "a", "c")
    site.page("/c", "The words of c.", "d")
    site.page("/d", "The words of d.")
    read(connectors, site)
    for _ in range(2):
        site.forget()
        state = read(connectors, site)
        assert (state.documents, state.changed, state.removed) == (5, 0, 0)
        assert site.sent.count(304) == 4
    site.page("/a", "The words of a, and no way on.")
    state = read(connectors, site)
    assert (state.documents, state.changed, state.removed) == (5, 1, 0)
    site.page("/b", "The words of b, and no way on either.")
    state = read(connectors, site)
    assert (state.documents, state.changed, state.removed) == (3, 1, 2)
    assert sorted(held(connectors, "docs")) == ["a.html", "b.html", "index.html"]


def test_what_is_found_by_another_way_is_found_by_it_again(connectors: Connectors, site: Site) -> None:
    site.page("/", "Start.", "a", "b")
    site.page("/a", "The words of a.", "c")
    site.page("/b", "The words of b.", "c")
    site.page("/c", "The words of c.")
    read(connectors, site)
    site.routes["/a"] = Answer(b"", 404)
    assert read(connectors, site).documents == 3
    notes = connectors.items("docs")
    assert [name for name in sorted(notes) if f"{site.url}/c" in notes[name].notes["led"].split()] == ["b.html"]
    site.routes["/b"] = Answer(b"", 500)
    assert read(connectors, site).documents == 3, "what cannot be reached stays, and what it leads to"


def test_a_run_that_finds_nothing_new_gets_to_look_at_its_time(connectors: Connectors, site: Site) -> None:
    """Pages that have not changed are listed last, and there is something to take before."""
    site.page("/", "Start.", *(f"p{number}" for number in range(30)))
    pages(site, 30)
    read(connectors, site)
    known = Staging(connectors._place("docs"))
    connector = WebConnector(f"{site.url}/", WebOptions(), Context(connectors._place("docs").cache, LOOPBACK))
    listed = list(connector.list(known))
    assert listed.count(Notice("")) >= 30 / 8
    assert sum(isinstance(one, Item) for one in listed) == 31
    assert read(connectors, site).notices == ()
    assert Notice("") not in connectors.test("docs")
