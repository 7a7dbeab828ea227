"""Nothing is readable or doable without the token, for another host, or from another origin."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from yarl import URL

from bot.playground.running import Running
from bot.standin import TOKEN
from bot.standin.state.message import Attachment

from .browser import Browser, origin
from .conftest import OPENING

pytestmark = pytest.mark.asyncio(loop_scope="session")

ROUTES = ("", "static/js/main.js", "static/index.html", "socket", "files/attachments/1/a.png", "documents", "nowhere")
HARDENED = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def place(running: Running, token: str | None = None) -> str:
    return f"http://127.0.0.1:{running.address.port}/{running.address.token if token is None else token}"


async def assert_nothing(answer: aiohttp.ClientResponse) -> None:
    assert (answer.status, await answer.read()) == (404, b"")
    assert_hardened(answer)


def assert_hardened(answer: aiohttp.ClientResponse) -> None:
    assert {name: answer.headers[name] for name in HARDENED} == HARDENED
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")
    assert "unsafe" not in policy
    assert not [name for name in answer.headers if name.lower().startswith("access-control-")]


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
async def test_without_the_token_there_is_nothing(
    http: aiohttp.ClientSession, running: Running, route: str, method: str
) -> None:
    token = running.address.token
    for wrong in ("", "x", token[:-1], f"{token}x", token.swapcase(), f"%00{token}", f"../{token}", f"x/{token}"):
        there = URL(f"{place(running, wrong)}/{route}", encoded=True)
        async with http.request(method, there, headers=origin(running)) as answer:
            await assert_nothing(answer)
    async with http.request(method, f"http://127.0.0.1:{running.address.port}/{route}") as answer:
        await assert_nothing(answer)
    async with http.request(method, f"{place(running, 'é')}/{route}?token={token}") as answer:
        await assert_nothing(answer)


@pytest.mark.parametrize("line", ["OPTIONS * HTTP/1.1", "CONNECT x:1 HTTP/1.1"])
async def test_what_has_no_path_gets_nothing(running: Running, line: str) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", running.address.port)
    writer.write(f"{line}\r\nHost: 127.0.0.1:{running.address.port}\r\nConnection: close\r\n\r\n".encode())
    assert b" 404 " in await reader.readline()
    writer.close()


@pytest.mark.parametrize("route", ROUTES)
async def test_another_host_gets_nothing(http: aiohttp.ClientSession, running: Running, route: str) -> None:
    port = running.address.port
    for host in (
        "evil.example",
        f"evil.example:{port}",
        "127.0.0.1",
        f"127.0.0.1:{port + 1}",
        f"127.0.0.1.evil.example:{port}",
        f"[::1]:{port}",
        f"localhost.:{port}",
        "",
    ):
        for method in ("GET", "POST"):
            async with http.request(method, f"{place(running)}/{route}", headers={"Host": host}) as answer:
                await assert_nothing(answer)


@pytest.mark.parametrize("route", ROUTES)
async def test_another_origin_gets_nothing(http: aiohttp.ClientSession, running: Running, route: str) -> None:
    port = running.address.port
    for foreign in (
        "http://evil.example",
        "null",
        "",
        f"https://127.0.0.1:{port}",
        f"http://127.0.0.1:{port + 1}",
        "http://127.0.0.1",
        f"http://localhost:{port}",
        f"http://127.0.0.1:{port}, http://evil.example",
    ):
        for method in ("GET", "POST"):
            async with http.request(method, f"{place(running)}/{route}", headers={"Origin": foreign}) as answer:
                await assert_nothing(answer)


async def test_a_socket_and_a_post_need_an_origin(http: aiohttp.ClientSession, running: Running) -> None:
    for headers in ({}, {"Origin": "http://evil.example"}):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await http.ws_connect(f"{place(running)}/socket", headers=headers)
        assert refused.value.status == 404
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await http.ws_connect(f"{place(running, 'x')}/socket", headers=origin(running))
    form = aiohttp.FormData({"a": "b"})
    form.add_field("files", b"# Planted\n\nThe planted word is wormwood.\n", filename="planted.md")
    async with http.post(f"{place(running)}/documents", data=form) as answer:
        await assert_nothing(answer)
    assert not list(running.game.workspace.mirror.folder.rglob("planted*"))


async def test_whoever_has_the_address_gets_the_page(http: aiohttp.ClientSession, running: Running) -> None:
    port = running.address.port
    for headers in ({}, origin(running), {"Host": f"localhost:{port}"}, {"Host": f"LOCALHOST:{port}"}):
        async with http.get(f"{place(running)}/", headers=headers) as answer:
            assert (answer.status, await answer.text(), answer.content_type) == (200, OPENING, "text/html")
            assert_hardened(answer)
    async with http.get(place(running)) as answer:
        assert str(answer.url) == running.address.url, "the page's own addresses are relative"
    async with http.get(f"{place(running)}/static/js/main.js") as answer:
        assert answer.content_type in {"text/javascript", "application/javascript"}
        assert_hardened(answer)
    own = {"Host": f"localhost:{port}", "Origin": f"http://localhost:{port}"}
    async with http.ws_connect(f"{place(running)}/socket", headers=own) as socket:
        assert (await socket.receive_json())["event"] == "hello"


@pytest.mark.parametrize(
    "path",
    [
        "static/../conftest.py",
        "static/%2e%2e/secret.txt",
        "static/..%2fsecret.txt",
        "static/js/..%5c..%5csecret.txt",
        "static//etc/passwd",
        "static/%00",
        "static/js",
        "static/",
        "files/attachments/1/a.png",
        "files/attachments/x/a.png",
        "documents/dropped",
    ],
)
async def test_no_other_file_is_served(http: aiohttp.ClientSession, running: Running, path: str) -> None:
    async with http.get(URL(f"{place(running)}/{path}", encoded=True)) as answer:
        assert answer.status in {403, 404, 405}
        assert "not a file" not in await answer.text()
        assert_hardened(answer)


async def test_what_is_attached_is_a_picture_or_no_page(http: aiohttp.ClientSession, running: Running) -> None:
    files = running.game.discord.world.files
    for number, (name, kind, served) in enumerate(
        [("a.png", "image/png", "image/png"), ("a.html", "text/html", "application/octet-stream")], 1
    ):
        files[number] = Attachment(number, name, b"bytes", kind)
        async with http.get(f"{place(running)}/files/attachments/{number}/{name}") as answer:
            assert (answer.status, answer.content_type) == (200, served)
            assert_hardened(answer)
        async with http.get(f"{place(running)}/files/attachments/{number}/other.png") as answer:
            assert answer.status == 404
        del files[number]


async def test_the_stand_in_takes_neither_the_page_s_token_nor_a_known_one(
    http: aiohttp.ClientSession, running: Running
) -> None:
    api = running.game.discord.addresses.api
    for token in (TOKEN, running.address.token, ""):
        async with http.get(f"{api}/users/@me", headers={"Authorization": f"Bot {token}"}) as answer:
            assert answer.status == 401


async def test_the_token_is_nowhere_in_what_is_told(ada: Browser, running: Running) -> None:
    assert running.address.token not in repr(running.address)
    assert running.game.discord.token not in str(ada.pushes)
