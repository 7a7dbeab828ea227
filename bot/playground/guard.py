"""What stands before every route: nothing is readable or doable without the token, or from elsewhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus

from aiohttp import web

from bot.playground.address import Address

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}

CACHED = "private, max-age=3600"
"""How long the page's own scripts and styles are kept: they hold nothing of anybody, and the next start of the
playground has another address."""

_READING = frozenset({"GET", "HEAD"})

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def guarded(address: Address) -> web.Application:
    """Return an application that answers 404, and nothing else, to whatever is not for the page at `address`."""

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        required = request.method not in _READING or request.headers.get("Upgrade") is not None
        if not address.admits(request, origin_required=required):
            return web.Response(status=404)
        return await handler(request)

    async def harden(request: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(HEADERS)
        if response.status == HTTPStatus.OK and request.path.startswith(f"{address.base}/static/"):
            response.headers["Cache-Control"] = CACHED

    app = web.Application(middlewares=[guard])
    app.on_response_prepare.append(harden)
    return app
