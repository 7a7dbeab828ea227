"""Files that are dropped on the page: taken in, or refused with the reason."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.playground.drops import Dropped, Drops
from bot.playground.mirror import Mirror
from bot.playground.running import Running
from index.library.filenames import free, safe

from .browser import Browser, origin, text

pytestmark = pytest.mark.asyncio(loop_scope="session")

MIB = 1024 * 1024
REBUILT = 300.0
"""Seconds that two rebuilds may take on a busy machine: they stand back for everything else."""


async def drop(http: aiohttp.ClientSession, running: Running, *files: tuple[str, bytes]) -> dict[str, Any]:
    own = origin(running)
    async with http.post(f"{running.address.url}documents", data=form_of(*files), headers=own) as answer:
        assert answer.status == 200, await answer.text()
        return dict(await answer.json())


def form_of(*files: tuple[str, bytes]) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("note", "no file")
    for name, content in files:
        form.add_field("files", io.BytesIO(content), filename=name, content_type="application/octet-stream")
    return form


@pytest_asyncio.fixture(loop_scope="session")
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    """A server that takes files in, and does nothing with them."""
    (tmp_path / "original").mkdir()
    mirror = Mirror(tmp_path / "original", tmp_path / "documents")
    mirror.sync()
    expected: list[str] = []

    def expect(source: str) -> None:
        assert not (mirror.folder / source).exists(), "a build may have taken it in already"
        expected.append(source)

    drops = Drops(mirror, tmp_path / "incoming", expect)

    async def take(request: web.Request) -> web.Response:
        dropped = Dropped()
        before = len(expected)
        await drops.take(await request.multipart(), dropped)
        assert expected[before:] == dropped.added
        return web.json_response(dropped.as_json())

    app = web.Application()
    app.router.add_post("/", take)
    async with TestServer(app) as server:
        yield Place(str(server.make_url("/")), tmp_path)


@dataclass(frozen=True)
class Place:
    url: str
    folder: Path

    async def drop(self, http: aiohttp.ClientSession, *files: tuple[str, bytes]) -> dict[str, Any]:
        async with http.post(self.url, data=form_of(*files)) as answer:
            return dict(await answer.json())

    def files(self) -> list[str]:
        assert not list((self.folder / "incoming").iterdir())
        return sorted(path.name for path in (self.folder / "documents").rglob("*") if path.is_file())


async def test_what_is_dropped_is_answered_from(ada: Browser, http: aiohttp.ClientSession, running: Running) -> None:
    """Two at once, the second while the first is being taken in."""
    reply = await drop(
        http,
        running,
        ("../../lighthouse.md", b"# Lighthouse\n\nThe lighthouse keeper is called Bertil Ask.\n"),
        ("setup.exe", b"MZ"),
        ("hollow.md", b""),
    )
    assert reply["added"] == ["dropped/lighthouse.md", "dropped/hollow.md"]
    assert reply["refused"] == [{"name": "setup.exe", "reason": "`.exe` files are not read."}]
    first = await ada.event("dropped")
    assert {name: first[name] for name in reply} == reply
    await ada.hear(lambda push: push.get("event") == "progress" and push["step"] not in {"starting", "done"}, REBUILT)
    late = await drop(http, running, ("lighthouse.md", b"# Ferry\n\nThe last ferry leaves the pier at 21:40.\n"))
    assert late["added"] == ["dropped/lighthouse-2.md"]
    done = await ada.event("dropped", seconds=REBUILT, done=True)
    assert sorted(done["added"]) == ["dropped/lighthouse-2.md", "dropped/lighthouse.md"]
    assert done["refused"] == [{"name": "dropped/hollow.md", "reason": "is empty"}]
    last = ada.events("progress")[-1]
    assert last["step"] == "done"
    assert "2 documents are in the index" in last["told"]
    assert "dropped/hollow.md was left out" in last["told"]
    for question, says in (("Who keeps the lighthouse?", "Bertil Ask"), ("When does the last ferry leave?", "21:40")):
        assert says in text(await ada.ask(question))


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("a.md", "a.md"),
        ("../../a.md", "a.md"),
        ("/etc/a.md", "a.md"),
        ("..\\..\\a.md", "a.md"),
        ("C:\\docs\\a.md", "a.md"),
        ("folder/sub/a b.md", "a b.md"),
        (".hidden.md", "hidden.md"),
        ("...md", "md"),
        ("a\n\x00b.md", "ab.md"),
        ("..", ""),
        ("", ""),
        ("/", ""),
        ("é" * 300 + ".md", "é" * 100 + ".md"),
    ],
)
async def test_names_are_made_safe(given: str, name: str) -> None:
    assert safe(given) == name


async def test_a_name_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    for expected in ("a.md", "a-2.md", "a-3.md"):
        path = free(tmp_path, "a.md")
        assert path.name == expected
        path.touch()


async def test_what_is_too_large_is_refused_and_what_comes_after_it_is_taken(
    http: aiohttp.ClientSession, place: Place
) -> None:
    reply = await place.drop(http, ("large.txt", b"x" * (50 * MIB + 1)), ("tide.md", b"High tide is at noon."))
    assert reply["added"] == ["dropped/tide.md"]
    assert reply["refused"] == [{"name": "large.txt", "reason": "is larger than 50 MiB: split it into smaller files."}]
    assert place.files() == ["tide.md"]
    assert (place.folder / "documents" / "dropped" / "tide.md").read_bytes() == b"High tide is at noon."


async def test_no_more_is_taken_than_can_be_dropped_at_once(http: aiohttp.ClientSession, place: Place) -> None:
    reply = await place.drop(http, *((f"n{n}.md", b"x") for n in range(202)))
    assert len(reply["added"]) == 200
    assert reply["refused"] == [
        {"name": f"n{n}.md", "reason": "is more than the 200 files that can be dropped at once."} for n in (200, 201)
    ]
    large = b"x" * (41 * MIB)
    reply = await place.drop(http, *((f"m{n}.md", large) for n in range(5)), ("late.md", b"x"))
    assert reply["added"] == [*(f"dropped/m{n}.md" for n in range(4)), "dropped/late.md"]
    assert [file["name"] for file in reply["refused"]] == ["m4.md"]
    assert "200 MiB" in reply["refused"][0]["reason"]
    assert len(place.files()) == 205


async def test_an_upload_that_breaks_off_leaves_nothing(nobody: Browser, running: Running) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="files"; filename="half.md"\r\n\r\n# Half\n'
    head = (
        f"POST {running.address.base}/documents HTTP/1.1\r\nHost: 127.0.0.1:{running.address.port}\r\n"
        f"Origin: http://127.0.0.1:{running.address.port}\r\nContent-Length: 100000\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\n\r\n"
    )
    _, writer = await asyncio.open_connection("127.0.0.1", running.address.port)
    writer.write(head.encode() + body)
    await writer.drain()
    await asyncio.sleep(0.1)
    writer.close()
    broken = await nobody.event("dropped")
    assert broken["added"] == []
    assert not list(running.game.workspace.folder.rglob("half*"))
    assert not list((running.game.workspace.folder / "incoming").iterdir())


async def test_what_is_no_form_is_refused(http: aiohttp.ClientSession, running: Running) -> None:
    place, own = f"{running.address.url}documents", origin(running)
    for kind, body in (
        ("application/json", b"{}"),
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=b", b"no boundary"),
        ("multipart/mixed; boundary=b", b"--b--"),
    ):
        async with http.post(place, data=body, headers={**own, "Content-Type": kind}) as answer:
            assert answer.status in {400, 415}, kind
            assert (await answer.json())["error"].endswith(".")
    async with http.get(place) as answer:
        assert answer.status == 405
