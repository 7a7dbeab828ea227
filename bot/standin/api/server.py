"""Serves the API: reads, checks and answers each request, and keeps what was wrong with any."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableSequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol

from aiohttp import web

from bot.standin.api import channels, commands, guilds, interactions, login, messages, reactions, webhooks
from bot.standin.api.buckets import Buckets
from bot.standin.api.call import Answer, Call, Route
from bot.standin.api.faults import NO_RESPONSE, TOO_MANY, Fault, Faults
from bot.standin.api.reading import read_body
from bot.standin.refusal import Refusal, unauthorized
from bot.standin.state.world import World

ROUTES: list[Route] = [
    *login.ROUTES,
    *commands.ROUTES,
    *interactions.ROUTES,
    *webhooks.ROUTES,
    *messages.ROUTES,
    *channels.ROUTES,
    *reactions.ROUTES,
    *guilds.ROUTES,
]


class Checker(Protocol):
    """Holds requests and answers against Discord's own description."""

    def request(self, method: str, path: str, data: Any) -> list[str]:
        """Return what is wrong with a request."""

    def answer(self, method: str, path: str, status: int, data: Any) -> list[str]:
        """Return what is wrong with an answer."""


@dataclass(frozen=True)
class Exchange:
    """A request and what became of it."""

    method: str
    path: str
    data: Any
    status: int
    code: int | None = None  # of a refusal
    errors: Any = None
    fault: bool = False  # it failed because a test asked for it
    at: float = 0.0


class Api:
    """The HTTP API. `log` holds every exchange, `violations` what broke Discord's description."""

    def __init__(self, world: World, base: str, gateway: str, checker: Checker | None) -> None:
        """Serve `world`; `base` is where files are, `gateway` the gateway's address."""
        self.faults = Faults()
        self.buckets = Buckets(world.clock)
        self.log: MutableSequence[Exchange] = []
        self.violations: list[str] = []
        self._world = world
        self._base = base
        self._gateway = gateway
        self._checker = checker

    @property
    def refusals(self) -> list[Exchange]:
        """Every request that was refused, other than by a fault."""
        return [exchange for exchange in self.log if exchange.code is not None and not exchange.fault]

    def routes(self, prefix: str) -> list[web.RouteDef]:
        """Return the routes for aiohttp, below `prefix`."""
        known = [web.route(route.method, prefix + route.template, self._handler(route)) for route in ROUTES]
        return [*known, web.route("*", prefix + "/{tail:.*}", self._missing)]

    def _handler(self, route: Route) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handle(request: web.Request) -> web.Response:
            return await self._serve(route, request)

        return handle

    async def _serve(self, route: Route, request: web.Request) -> web.Response:
        path = dict(request.match_info)
        data, uploads = await read_body(request)
        headers, wait = self.buckets.take(route.method, route.template, path)
        fault = self.faults.next(route.method, route.template)
        if wait is not None:
            fault = Fault("", TOO_MANY, retry_after=wait)
        if fault is not None and not fault.after:
            return self._fail(request, fault, headers)
        call = Call(
            self._world, self._base, self._gateway, route.method, route.template, path, request.query, data, uploads
        )
        answer, refusal = self._answer(route, request, call)
        self._check(route, call, answer)
        self._record(request, data, answer, refusal)
        if fault is not None:
            return self._fail(request, fault, headers)
        return _response(answer, headers)

    def _answer(self, route: Route, request: web.Request, call: Call) -> tuple[Answer, Refusal | None]:
        try:
            if not route.open and request.headers.get("Authorization") != f"Bot {self._world.application.token}":
                raise unauthorized()
            return route.handler(call), None
        except Refusal as refusal:
            return Answer(refusal.body(), refusal.status), refusal

    def _check(self, route: Route, call: Call, answer: Answer) -> None:
        if self._checker is None:
            return
        name = f"{route.method} {route.template}"
        wrong = [f"request {problem}" for problem in self._checker.request(route.method, route.template, call.data)]
        problems = self._checker.answer(route.method, route.template, answer.status, answer.body)
        wrong += [f"answer {answer.status} {problem}" for problem in problems]
        self.violations += [f"{name}: {problem}" for problem in wrong]

    def _record(self, request: web.Request, data: Any, answer: Answer, refusal: Refusal | None) -> None:
        code, errors = (None, None) if refusal is None else (refusal.code, refusal.errors)
        path = request.path
        self.log.append(Exchange(request.method, path, data, answer.status, code, errors, at=self._world.clock.now()))

    def _fail(self, request: web.Request, fault: Fault, headers: dict[str, str]) -> web.Response:
        self.log.append(Exchange(request.method, request.path, None, fault.status, 0, fault=True))
        if fault.status == NO_RESPONSE and request.transport is not None:
            request.transport.abort()
        if fault.status != TOO_MANY:
            status = fault.status or HTTPStatus.BAD_GATEWAY  # which nobody sees where the connection is cut
            return web.Response(status=status, text="upstream connect error", content_type="text/plain")
        body = {"message": "You are being rate limited.", "retry_after": fault.retry_after, "global": fault.is_global}
        limited = headers | {"Via": "1.1 google", "Retry-After": str(max(1, round(fault.retry_after)))}
        limited |= {"X-RateLimit-Scope": "global" if fault.is_global else "user", "X-RateLimit-Remaining": "0"}
        return _response(Answer(body, TOO_MANY), limited)

    async def _missing(self, request: web.Request) -> web.Response:
        self.violations.append(f"{request.method} {request.path}: the stand-in has no such route")
        return _response(Answer({"message": "404: Not Found", "code": 0}, 404), {})


def _response(answer: Answer, headers: dict[str, str]) -> web.Response:
    if answer.body is None:
        return web.Response(status=answer.status, headers=headers)
    # discord.py takes for JSON only what says exactly this, with no charset behind it
    body = json.dumps(answer.body).encode()
    return web.Response(status=answer.status, body=body, content_type="application/json", headers=headers)
