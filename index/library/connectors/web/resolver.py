"""Which addresses a connector may connect to: none inside the machine or its network, unless the host is named.

A name is resolved once; what it resolves to is checked, and connected to. So a name server that answers differently the
second time, a redirect, or another way to write an address leads nowhere else. Every socket is checked again when it is
made, whatever led to it.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from index.errors import ConnectorError

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class ForbiddenAddressError(ConnectorError):
    """A host is inside the machine or its network."""

    def __init__(self, host: str) -> None:
        """Say what to do, if that is meant."""
        super().__init__(f"{host} is inside this machine or its network: name it in QUOTH_WEB_HOSTS if that is meant.")


def is_inside(address: str) -> bool:
    """Tell whether an IP address is inside the machine or its network, or of no use to anybody outside."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        embedded = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            embedded = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if embedded is not None:
            return is_inside(str(embedded))
    kinds = (ip.is_private, ip.is_loopback, ip.is_link_local, ip.is_multicast, ip.is_reserved)
    return any(kinds) or ip.is_unspecified or not ip.is_global


class Guard(AbstractResolver):
    """Resolves names, and refuses those that lead inside; `hosts` are those that may."""

    def __init__(self, hosts: frozenset[str], resolver: AbstractResolver | None = None) -> None:
        """Resolve by `resolver`, else as the system does."""
        self._hosts = frozenset(host.strip("[]").lower() for host in hosts)
        self._resolver = resolver or aiohttp.ThreadedResolver()
        self._named: set[str] = set()

    def check(self, url: URL) -> None:
        """Raise `ForbiddenAddressError` where a URL names an address inside; names are checked when resolved."""
        host = (url.host or "").lower()
        if host in self._hosts:
            self._named.add(host)
            return
        try:
            inside = is_inside(host)
        except ValueError:  # it is a name
            return
        if inside:
            raise ForbiddenAddressError(host)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of a host; raises `ForbiddenAddressError` where one of them is inside."""
        resolved = await self._resolver.resolve(host, port, family)
        addresses = [result["host"] for result in resolved]
        if host.lower() in self._hosts:
            self._named.update(addresses)
        elif any(map(is_inside, addresses)):
            raise ForbiddenAddressError(host)
        return resolved

    async def close(self) -> None:
        """Close the resolver below."""
        await self._resolver.close()

    def socket(self, address: tuple[Any, ...]) -> socket.socket:
        """Return a socket for an address (as `getaddrinfo` has it) that may be connected to."""
        family, kind, protocol, _, place = address
        if is_inside(place[0]) and place[0] not in self._named:
            raise ForbiddenAddressError(place[0])
        return socket.socket(family=family, type=kind, proto=protocol)

    def connector(self, connections: int) -> aiohttp.TCPConnector:
        """Return what connects for a session."""
        return aiohttp.TCPConnector(limit=connections, resolver=self, socket_factory=self.socket)
