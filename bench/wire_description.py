"""Holds requests against Discord's own description once a run is over: meanwhile it would hold up the stand-in."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from bot.standin.api.server import ROUTES, Exchange
from bot.standin.description import Description

Request = tuple[str, str, str]
"""Method, the route's template, and the body as JSON."""

_TEMPLATES = [(re.compile(re.sub(r"\{[^}]+\}", "[^/]+", route.template) + "$"), route) for route in ROUTES]
_PREFIX = "/api/v10"

_described: list[Description] = []  # in each process that checks, one


def broken(log: Iterable[Exchange], openapi: Path) -> list[str]:
    """Return what is wrong with the requests in `log`; the same request twice is looked at once."""
    requests = list({_request(exchange) for exchange in log if exchange.data is not None})
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn"), _describe, (openapi,)) as pool:
        return [wrong for of_request in pool.map(_wrong, requests, chunksize=64) for wrong in of_request]


def _request(exchange: Exchange) -> Request:
    path = exchange.path.removeprefix(_PREFIX)
    template = next(
        (route.template for pattern, route in _TEMPLATES if route.method == exchange.method and pattern.match(path)),
        path,
    )
    return exchange.method, template, json.dumps(exchange.data)


def _describe(openapi: Path) -> None:
    _described.append(Description(openapi))


def _wrong(request: Request) -> list[str]:
    method, template, body = request
    return [
        f"{method} {template}: request {problem}"
        for problem in _described[0].request(method, template, json.loads(body))
    ]
