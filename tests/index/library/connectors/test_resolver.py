"""No address inside the machine or its network is reached, however it is written and whatever leads to it."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import AsyncIterator, Iterator
from itertools import cycle

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from index.library.connectors.connectors import Connectors
from index.library.connectors.web.client import Client, PageError
from index.library.connectors.web.resolver import ForbiddenAddressError, Guard, is_inside
from tests.index.library.connectors.site import Answer, Site


class Names(AbstractResolver):
    """A name server that gives the addresses of a list, one after the other."""

    def __init__(self, *addresses: str) -> None:
        self._addresses = cycle(addresses)
        self.asked = 0

    async def resolve(self, host: str, port: int = 0, _: int = socket.AF_INET) -> list[ResolveResult]:
        self.asked += 1
        address = next(self._addresses)
        kind = socket.AF_INET6 if ":" in address else socket.AF_INET
        flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
        return [ResolveResult(hostname=host, host=address, port=port, family=kind, proto=0, flags=flags)]

    async def close(self) -> None:
        pass


@pytest.fixture
def secret() -> Iterator[Site]:
    """What must not be reached."""
    with Site() as running:
        running.otherwise = Answer(b"<p>The secret is 4711.</p>")
        yield running
        assert running.asked == []


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    async with Client(Guard(frozenset()), 1000) as running:
        yield running


INSIDE = [
    *("127.0.0.1", "127.1.2.3", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
    *("224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1"),
    *("ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1"),
    "2001:0:4136:e378:8000:63bf:80ff:fffe",
]


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_inside(address: str) -> None:
    assert is_inside(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_outside(address: str) -> None:
    assert not is_inside(address)


@given(number=st.integers(0, 2**32 - 1))
def test_an_address_in_ipv6_clothing_is_inside_where_it_is_without(number: int) -> None:
    plain = ipaddress.IPv4Address(number)
    for dressed in (f"::ffff:{plain}", str(ipaddress.IPv6Address((0x64FF9B << 96) + number))):
        assert is_inside(dressed) == is_inside(str(plain))


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "LOCALHOST", "localhost.", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0"),
        *(
            "[::1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[0:0:0:0:0:0:0:1]",
            "①②⑦.⓪.⓪.①",
            "127。0。0。1",
            "0.0.0.0",
        ),
    ],
)
async def test_no_way_to_write_it_leads_inside(client: Client, secret: Site, host: str) -> None:
    with pytest.raises((ForbiddenAddressError, PageError, ValueError)):
        await client.get(URL(f"http://{host}:{secret.port}/"))


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
async def test_a_name_that_leads_inside_is_refused(secret: Site, address: str) -> None:
    async with Client(Guard(frozenset(), Names(address)), 1000) as client:
        with pytest.raises(ForbiddenAddressError, match=r"harmless\.example is inside this machine or its network"):
            await client.get(URL(f"http://harmless.example:{secret.port}/"))


async def test_a_name_that_leads_elsewhere_the_second_time_is_refused(secret: Site) -> None:
    """The first answer is checked, and connected to: nobody asks a second time for the same connection."""
    names = Names("192.88.99.1", "127.0.0.1")  # the first one is outside, and answers nobody
    guard = Guard(frozenset(), names)
    first = await guard.resolve("changing.example", secret.port)
    assert first[0]["host"] == "192.88.99.1"
    async with Client(guard, 1000) as client:
        with pytest.raises(ForbiddenAddressError):
            await client.get(URL(f"http://changing.example:{secret.port}/"))
    assert names.asked == 2


async def test_every_socket_is_checked_whatever_led_to_it() -> None:
    guard = Guard(frozenset())
    for family, place in ((socket.AF_INET, ("127.0.0.1", 80)), (socket.AF_INET6, ("::1", 80, 0, 0))):
        with pytest.raises(ForbiddenAddressError):
            guard.socket((family, socket.SOCK_STREAM, 0, "", place))


async def test_a_host_that_is_named_may_be_reached_and_no_other_at_its_side(secret: Site) -> None:
    with Site() as wiki:
        wiki.page("/", "Words.")
        async with Client(Guard(frozenset({"wiki.internal"}), Names("127.0.0.1")), 1000) as client:
            assert (await client.get(URL(f"http://wiki.internal:{wiki.port}/"))).status == 200
            with pytest.raises(ForbiddenAddressError):
                await client.get(URL(f"http://other.internal:{secret.port}/"))
            with pytest.raises(ForbiddenAddressError):
                await client.get(URL(f"http://127.0.0.1:{secret.port}/"))


def test_no_redirect_and_no_link_leads_inside(connectors: Connectors, secret: Site) -> None:
    """Here the site itself is inside, and named; what it leads to is not."""
    inside = f"http://localhost:{secret.port}/"
    with Site() as site:
        site.page("/", "Start.", "jump", inside, f"//localhost:{secret.port}/x", "frame")
        site.routes["/jump"] = Answer(b"", 302, {"Location": inside})
        site.page("/frame", "Words.", head=f'<base href="{inside}"><link rel="canonical" href="{inside}secret">')
        connectors.add("docs", {"kind": "web", "location": f"{site.url}/"})
        assert connectors.refresh("docs").documents == 2
        connectors.remove("docs")
        site.routes["/"] = Answer(b"", 302, {"Location": inside})
        connectors.add("docs", {"kind": "web", "location": f"{site.url}/"})
        assert "localhost is inside this machine" in (connectors.refresh("docs").error or "")
        site.sitemap("/sitemap.xml", inside, f"{site.url}/frame")
        site.sitemap("/index.xml", f"{inside}sitemap.xml", f"{site.url}/sitemap.xml", index=True)
        for name in ("sitemap", "index"):
            connectors.add(name, {"kind": "web", "location": f"{site.url}/{name}.xml"})
            assert connectors.refresh(name).documents == 1
        site.routes["/robots.txt"] = Answer(b"", 302, {"Location": f"{inside}robots.txt"})
        assert connectors.refresh("sitemap").error


def test_without_the_setting_loopback_is_refused(secret: Site, connectors: Connectors) -> None:
    bare = Connectors(connectors._files, connectors._library)
    for number, host in enumerate(("127.0.0.1", "localhost", "[::1]")):
        bare.add(f"d{number}", {"kind": "web", "location": f"http://{host}:{secret.port}/"})
        state = bare.refresh(f"d{number}")
        assert "is inside this machine or its network: name it in QUOTH_WEB_HOSTS" in (state.error or "")


async def test_a_name_that_is_not_known_is_told(client: Client) -> None:
    with pytest.raises(PageError, match="cannot be reached"):
        async with asyncio.timeout(30):
            await client.get(URL("http://no-such-name.invalid/"))
