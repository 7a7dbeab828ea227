"""`quoth connector`, in this process and killed in another."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.library.connectors.place import Place
from tests.bot.conftest import Quoth
from tests.index.library.connectors.site import Answer, Site


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("QUOTH_WEB_HOSTS", "127.0.0.1")
    with Site() as served:
        served.page("/docs/", "All of it.", "pool")
        served.page("/docs/pool", "The pool is closed on Mondays for cleaning, all year long.")
        yield served


def test_a_site_is_added_tested_refreshed_listed_and_removed(quoth: Quoth, documents: Path, site: Site) -> None:
    folders = ("--documents", str(documents), "--data", "data")
    assert "No connector is set up" in quoth("connector", "list", *folders).out
    added = quoth("connector", "add", "docs", "web", f"{site.url}/docs/", "--every", "1d", *folders)
    assert (added.status, added.err) == (0, "")
    assert documents.with_name("connectors.toml").read_text().startswith('[docs]\nkind = "web"\n')
    tested = quoth("connector", "test", "docs", "--json", *folders)
    assert [json.loads(line)["name"] for line in tested.out.splitlines()] == ["index.html", "pool.html"]
    assert not list(Path("data").rglob("*.html"))
    assert "2 documents (2 added)" in quoth("connector", "refresh", *folders).out
    assert "nothing new" in quoth("connector", "refresh", "docs", *folders).out
    connector = json.loads(quoth("connector", "list", "--json", *folders).out)
    assert (connector["name"], connector["kind"], connector["every"], connector["documents"], connector["error"]) == (
        "docs",
        "web",
        "1d",
        2,
        None,
    )
    assert "2 documents" in " ".join(quoth("connector", "list", *folders).out.split())
    assert quoth("connector", "remove", "docs", *folders).status == 0
    assert not list(Path("data").rglob("*.html"))
    assert "No connector is set up" in quoth("connector", "refresh", *folders).err


def test_the_day_of_a_pages_last_change_is_that_of_its_document(quoth: Quoth, documents: Path, site: Site) -> None:
    folders = ("--documents", str(documents), "--data", "data")

    def day() -> str:
        quoth("connector", "refresh", "docs", *folders)
        assert quoth("index", "build", *folders).status == 0
        return re.findall(r"\d{4}-\d\d-\d\d", quoth("source", "show", "pool.html", *folders).out)[0]

    pool = f"{site.url}/docs/pool"
    site.sitemap("/sitemap.xml", pool, day="2024-05-06T10:00:00Z")
    quoth("connector", "add", "docs", "web", f"{site.url}/sitemap.xml", *folders)
    assert day() == "2024-05-06"
    site.sitemap("/sitemap.xml", pool, day="2025-01-02")
    assert day() == "2025-01-02", "though the page has the same words"
    body = site.routes["/docs/pool"].body.replace(b"Mondays", b"Tuesdays")
    site.sitemap("/sitemap.xml", pool)
    site.routes["/docs/pool"] = Answer(body, headers={"Last-Modified": "Wed, 05 Feb 2025 07:28:00 GMT"})
    assert day() == "2025-02-05"
    site.routes["/docs/pool"] = Answer(body, headers={"Last-Modified": "Thu, 06 Mar 2025 07:28:00 GMT"})
    assert day() == "2025-02-05", "a site may say of all pages that they have changed just now"


def test_what_was_taken_out_of_the_file_does_not_come_back_once_the_file_goes(
    quoth: Quoth, documents: Path, site: Site
) -> None:
    folders = ("--documents", str(documents), "--data", "data")
    quoth("connector", "add", "docs", "web", f"{site.url}/docs/", *folders)
    quoth("connector", "refresh", *folders)
    assert quoth("index", "build", *folders).status == 0
    file = documents.with_name("connectors.toml")
    file.write_text("# none is wanted\n")
    os.utime(file, (time.time() - 60, time.time() - 60))
    with Place(Path("data") / "library", "docs").lock():
        built = quoth("index", "build", "--json", *folders)
    assert (built.status, json.loads(built.out)["removed"]) == (0, ["docs/index.html", "docs/pool.html"])
    assert "docs is being refreshed already" in built.err
    file.unlink()
    assert json.loads(quoth("index", "build", "--json", *folders).out)["added"] == []
    assert not list(Path("data").rglob("*.html"))


def test_what_goes_wrong_is_one_sentence_and_status_1(quoth: Quoth, documents: Path, site: Site) -> None:
    folders = ("--documents", str(documents), "--data", "data")
    (documents / "mine").mkdir()
    for arguments, sentence in (
        (("add", "Docs", "web", site.url), "'Docs' cannot be the name of a connector"),
        (("add", "mine", "web", site.url), "The documents folder has a mine of its own"),
        (("add", "docs", "svn", site.url), "There is no kind 'svn': there are git, web."),
        (("add", "docs", "web", "nowhere"), "has to be an address such as"),
        (("add", "docs", "web", site.url, "--every", "soon"), "`every` cannot be 'soon'"),
        (("add", "docs", "git", "/srv/x", "--set", "folder=3"), "`folder` cannot be 3"),
        (("refresh", "docs"), "There is no connector docs: none is set up."),
        (("remove", "docs"), "There is no connector docs: none is set up."),
        (("test", "docs"), "There is no connector docs: none is set up."),
    ):
        ended = quoth("connector", *arguments, *folders)
        assert (ended.status, ended.out) == (1, "")
        assert sentence in ended.err
        assert ended.err.count("\n") == 1
    quoth("connector", "add", "docs", "web", f"{site.url}/nothing/", *folders)
    ended = quoth("connector", "refresh", "--json", *folders)
    assert ended.status == 1
    assert "answers with status 404" in json.loads(ended.out)["error"]
    assert quoth("connector", "add", "docs", "web", site.url, "--set", "folder", *folders).status == 2


@pytest.mark.parametrize("names", [(), ("docs",)])
def test_what_cannot_be_removed_or_is_being_refreshed_keeps_no_other_from_it(
    quoth: Quoth, documents: Path, site: Site, names: tuple[str, ...]
) -> None:
    folders = ("--documents", str(documents), "--data", "data")
    quoth("connector", "add", "docs", "web", f"{site.url}/docs/", *folders)
    file = documents.with_name("connectors.toml")
    busy = "" if names else f'[busy]\nkind = "web"\nlocation = "{site.url}/docs/"\n'
    file.write_text(busy + file.read_text())
    os.utime(file, (time.time() - 60, time.time() - 60))
    library = Path("data") / "library"
    gone = library / ".connectors" / "gone"
    gone.mkdir(parents=True)
    (gone / "runs").write_text("in the way of what removes folders")
    with Place(library, "busy").lock(), Place(library, "away").lock():
        ended = quoth("connector", "refresh", *names, *folders)
    assert "docs: 2 documents (2 added)" in ended.out
    assert (ended.status, "gone has fetched could not be removed" in ended.err) == ((0, False) if names else (1, True))
    assert ("busy is being refreshed already" in ended.err) == (not names)


def test_a_run_that_is_killed_goes_on_where_it_was(quoth: Quoth, documents: Path, site: Site) -> None:
    folders = ("--documents", str(documents), "--data", "data")
    site.sitemap("/sitemap.xml", *(f"{site.url}/p{number}" for number in range(60)))

    def slow(number: int) -> object:
        def answer(_: object) -> Answer:
            time.sleep(0.3 if len(site.asked) > 30 else 0.0)
            return Answer(f"<html><body><p>These are the words of page {number}.</p></body></html>".encode())

        return answer

    for number in range(60):
        site.routes[f"/p{number}"] = slow(number)  # type: ignore[assignment]
    quoth("connector", "add", "docs", "web", f"{site.url}/sitemap.xml", *folders)
    running = subprocess.Popen([sys.executable, "-m", "bot", "connector", "refresh", *folders], env=os.environ)
    while len(site.asked) < 36:
        time.sleep(0.2)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert not (Path("data") / "library" / "docs").exists()
    site.forget()
    assert "60 documents (60 added)" in quoth("connector", "refresh", *folders).out
    assert len([path for path in site.asked if path.startswith("/p")]) <= 45
