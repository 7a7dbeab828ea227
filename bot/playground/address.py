"""Where the page is, and whose requests are for it."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field

from aiohttp import web

HOST = "127.0.0.1"
_NAMES = (HOST, "localhost")


@dataclass(frozen=True)
class Address:
    """The page's address: loopback, a port, and a token that nobody can guess, with which every path begins."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)

    @property
    def base(self) -> str:
        """What every path begins with."""
        return f"/{self.token}"

    @property
    def url(self) -> str:
        """What is opened in the browser."""
        return f"http://{HOST}:{self.port}{self.base}/"

    def admits(self, request: web.BaseRequest, *, origin_required: bool) -> bool:
        """Tell whether a request has the token, is to this host and is from no other origin.

        A page elsewhere cannot leave out `Origin` where it opens a socket or posts: there it is required.
        """
        hosts, origins = request.headers.getall("Host", []), request.headers.getall("Origin", [])
        given = request.path.partition("/")[2].partition("/")[0]
        return (
            hmac.compare_digest(given.encode(), self.token.encode())
            and len(hosts) == 1
            and hosts[0].lower() in {f"{name}:{self.port}" for name in _NAMES}
            and origins in ([f"http://{hosts[0]}"], *([] if origin_required else [[]]))
        )
