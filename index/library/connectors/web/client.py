"""Requests to one site: paced, limited, redirects followed by hand so that each of them is checked."""

from __future__ import annotations

import asyncio
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self

import aiohttp
from yarl import URL

from index.errors import ConnectorError
from index.library.connectors.web.resolver import ForbiddenAddressError, Guard
from index.library.connectors.web.urls import written

AGENT = "Quoth"
"""What `robots.txt` calls us."""

_HEADERS = {"User-Agent": "Quoth/0.1 (documents for a community's answers)", "Accept-Encoding": "gzip, deflate"}
_TIMEOUT = aiohttp.ClientTimeout(total=60, sock_connect=15, sock_read=30)
_MOST_REDIRECTS = 10
_TRIES = 3
_BUSY = {429, 503}
_PAUSE = 1.0
_LONGEST_WAIT = 120.0
"""Seconds that are waited when a site asks to be left alone for a while; for longer, the run is broken off."""

_CHUNK = 64 * 1024
_NO_CERTIFICATE = (aiohttp.ClientConnectorCertificateError, aiohttp.ClientConnectorSSLError)


class PageError(Exception):
    """A page cannot be had; `gone` where it is not there for everybody, and not just out of reach for now."""

    def __init__(self, reason: str, *, gone: bool = False, status: int | None = None) -> None:
        """Give the reason, in words that follow the page's name."""
        super().__init__(reason)
        self.gone = gone
        self.status = status


@dataclass(frozen=True, slots=True)
class Response:
    """What a request came to: `url` is the last of the redirects, `body` is empty for a 304."""

    status: int
    url: URL
    headers: Mapping[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        """The media type, in small letters, without parameters."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()


class Client:
    """A session with one site: at most `connections` requests at once, and `delay` seconds between them, if any."""

    def __init__(self, guard: Guard, most_bytes: int, connections: int = 8) -> None:
        """Enter it to make requests."""
        self._guard = guard
        self._most_bytes = most_bytes
        self._connections = connections
        self._turn = asyncio.Lock()
        self._not_before = 0.0
        self.delay = 0.0
        self.requests = 0

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            connector=self._guard.connector(self._connections),
            timeout=_TIMEOUT,
            headers=_HEADERS,
            cookie_jar=aiohttp.DummyCookieJar(),
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._session.close()

    async def get(
        self,
        url: URL,
        may_follow: Callable[[URL], bool] = lambda _: True,
        headers: Mapping[str, str] | None = None,
        most_bytes: int | None = None,
    ) -> Response:
        """Return what a URL answers with: 200 or 304.

        `may_follow` tells whether a redirect to a URL is followed, or raises `PageError`. Raises `PageError`, and
        `ConnectorError` where the whole site is out of reach.
        """
        passed: set[URL] = set()
        while url not in passed and len(passed) < _MOST_REDIRECTS:
            passed.add(url)
            response = await self._tried(url, headers or {}, most_bytes or self._most_bytes)
            if response.status not in {301, 302, 303, 307, 308}:
                return response
            url = _target(response)
            if not may_follow(url):
                raise PageError(f"leads elsewhere, to {url.host}{url.path}", gone=True)
        raise PageError("is redirected without end", gone=True)

    async def _tried(self, url: URL, headers: Mapping[str, str], most_bytes: int) -> Response:
        self._guard.check(url)
        for tried in range(1, _TRIES + 1):
            try:
                response = await self._asked(url, headers, most_bytes)
            except ForbiddenAddressError:
                raise
            except _NO_CERTIFICATE as error:
                raise ConnectorError(
                    f"The certificate of {url.host} cannot be trusted: nothing has changed."
                ) from error
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                forbidden = _forbidden(error)
                if forbidden is not None:
                    raise forbidden from error
                if tried == _TRIES:
                    raise PageError(f"cannot be reached ({_reason(error)})") from error
                await asyncio.sleep(_PAUSE * tried)
                continue
            if response.status not in _BUSY or tried == _TRIES:
                return _checked(response, conditional=bool(headers))
            self._rest(response)
        raise PageError("cannot be reached")

    def _rest(self, response: Response) -> None:
        """Make no further request before the time that the site asks for; raises `ConnectorError` for too long."""
        seconds = _retry_after(response.headers.get("Retry-After"))
        if seconds > _LONGEST_WAIT:
            raise ConnectorError(
                f"{response.url.host} is busy and asks to come back in {seconds / 60:.0f} minutes: nothing has "
                "changed, and the next run goes on from here."
            )
        self._not_before = max(self._not_before, time.monotonic() + seconds)

    async def _asked(self, url: URL, headers: Mapping[str, str], most_bytes: int) -> Response:
        await self._paced()
        self.requests += 1
        async with self._session.get(url, headers=headers, allow_redirects=False) as response:
            body = b"" if response.status != 200 else await _read(response, most_bytes)  # noqa: PLR2004 -- OK
            return Response(response.status, url, response.headers, body)

    async def _paced(self) -> None:
        async with self._turn:
            wait = self._not_before - time.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            if self.delay:
                self._not_before = max(self._not_before, time.monotonic() + self.delay)


async def _read(response: aiohttp.ClientResponse, most_bytes: int) -> bytes:
    if (response.content_length or 0) > most_bytes:
        raise PageError(_too_large(most_bytes), gone=True)
    body = bytearray()
    try:
        async for chunk in response.content.iter_chunked(_CHUNK):
            body += chunk
            if len(body) > most_bytes:
                raise PageError(_too_large(most_bytes), gone=True)
    except (aiohttp.ClientPayloadError, zlib.error) as error:
        raise PageError(f"does not come whole ({_reason(error)})") from error
    return bytes(body)


def _too_large(most_bytes: int) -> str:
    return f"is larger than {most_bytes / 1024**2:g} MiB"


def _checked(response: Response, *, conditional: bool) -> Response:
    status = response.status
    if status == 304 and not conditional:  # noqa: PLR2004 -- not modified, which nobody has asked
        raise PageError(f"answers with status {status}", status=status)
    if status in {200, 304} or 300 <= status < 400:  # noqa: PLR2004 -- what is answered, and where it leads
        return response
    if status in {401, 403, 451}:
        raise PageError(f"is not public (status {status})", gone=True, status=status)
    gone = 400 <= status < 500 and status not in {408, 425, 429}  # noqa: PLR2004 -- the client's errors
    raise PageError(f"answers with status {status}", gone=gone, status=status)


def _target(response: Response) -> URL:
    try:
        return response.url.join(written(response.headers["Location"])).with_fragment(None)
    except (KeyError, ValueError) as error:
        raise PageError("is redirected to no address") from error


def _retry_after(text: str | None) -> float:
    """Return the seconds that a site asks to wait, one where it says nothing that can be read."""
    if text is None:
        return _PAUSE
    if text.strip().isdecimal():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return _PAUSE


def _forbidden(error: BaseException) -> ForbiddenAddressError | None:
    """Return the refusal that an error of the session was made from, if it was."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ForbiddenAddressError):
            return cause
        cause = cause.__cause__ or cause.__context__
    return None


def _reason(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return "it does not answer in time"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
