"""A server with the OpenAI embeddings API on loopback, with a real model behind it, and what may go wrong with one.

    python bench/serving.py

serves the packaged model until it is ended, and prints its address.
"""

from __future__ import annotations

import asyncio
import json
import signal
import threading
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from aiohttp import web

from index.arrays import Vectors

Model = Callable[[list[str]], Vectors]
Fault = Callable[[web.Request, dict[str, Any]], Awaitable[web.StreamResponse]]
"""Answers a request in place of the server, which would have answered with this body."""

KEY = "sk-of-the-tests"


class Serving:
    """Serves in a thread of its own, one request after the other.

    `faults` are for the next requests, one each (None: nothing is wrong with it); `always` is for all after them.
    `asked` holds the bodies of all requests, `headers` the headers of the last one.
    """

    def __init__(self, model: Model, name: str = "the-model", path: str = "/v1/embeddings") -> None:
        self.model, self.name, self.path = model, name, path
        self.faults: deque[Fault | None] = deque()
        self.always: Fault | None = None
        self.key: str | None = None
        self.most = 32
        self.asked: list[dict[str, Any]] = []
        self.headers: dict[str, str] = {}
        self._port = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Begin to serve; again on the same port."""
        started = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(started)), daemon=True)
        self._thread.start()
        if not started.wait(10):
            raise TimeoutError

    def stop(self) -> None:
        """Be gone: connections are cut."""
        if self._loop is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._over.set)
            self._thread.join(10)
            self._loop = None

    async def _serve(self, started: threading.Event) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        app = web.Application(client_max_size=2**26)
        app.router.add_post(self.path, self._handle)
        runner = web.AppRunner(app, shutdown_timeout=0.01, handler_cancellation=True)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self._port, reuse_address=True)
        await site.start()
        self._port = runner.addresses[0][1]
        started.set()
        await self._over.wait()
        await runner.cleanup()
        await asyncio.sleep(0.05)  # sockets are closed in the next turns of the loop

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.asked.append(body)
        self.headers = dict(request.headers)
        if self.key is not None and request.headers.get("Authorization") != f"Bearer {self.key}":
            message = f"Incorrect API key provided: {request.headers.get('Authorization')}."
            return web.json_response({"error": {"message": message, "type": "invalid_request_error"}}, status=401)
        texts = body["input"]
        if len(texts) > self.most or not all(texts):
            message = f"batch size {len(texts)} > maximum allowed batch size {self.most}"
            return web.json_response({"error": message, "error_type": "Validation"}, status=422)
        vectors = self.model(texts)
        data = [
            {"object": "embedding", "index": number, "embedding": vector.tolist()}
            for number, vector in enumerate(np.asarray(vectors))
        ]
        good = {"object": "list", "data": data, "model": self.name, "usage": {"prompt_tokens": 1, "total_tokens": 1}}
        fault = self.faults.popleft() if self.faults else self.always
        return web.json_response(good) if fault is None else await fault(request, good)


@contextmanager
def serving(model: Model, **given: Any) -> Iterator[Serving]:
    """Serve a model meanwhile."""
    server = Serving(model, **given)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def refusing(status: int, body: object = None, **headers: str) -> Fault:
    """Answer with a status."""

    async def fault(_request: web.Request, _good: dict[str, Any]) -> web.StreamResponse:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        text = body if isinstance(body, str) else json.dumps(body or {"error": {"message": "no such luck"}})
        return web.Response(status=status, text=text, headers=given)

    return fault


def altered(alter: Callable[[dict[str, Any]], object]) -> Fault:
    """Answer with the body that `alter` makes of the right one."""

    async def fault(_request: web.Request, good: dict[str, Any]) -> web.StreamResponse:
        body = alter(good)
        text = body if isinstance(body, str) else json.dumps(body)
        return web.Response(text=text, content_type="application/json")

    return fault


async def silent(_request: web.Request, _good: dict[str, Any]) -> web.StreamResponse:
    """Answer nothing for as long as the tests last."""
    await asyncio.sleep(600)
    raise AssertionError("nobody waits so long")


async def dripping(request: web.Request, good: dict[str, Any]) -> web.StreamResponse:
    """Answer a few bytes at a time."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    for letter in json.dumps(good):
        await response.write(letter.encode())
        await asyncio.sleep(0.05)
    return response


async def breaking_off(request: web.Request, good: dict[str, Any]) -> web.StreamResponse:
    """Cut the connection in mid-answer."""
    text = json.dumps(good).encode()
    response = web.StreamResponse(headers={"Content-Length": str(len(text))})
    await response.prepare(request)
    await response.write(text[: len(text) // 2])
    if request.transport is not None:
        request.transport.abort()
    return response


def main() -> None:
    from sentence_transformers import SentenceTransformer

    from index.encode.model import DEFAULT_MODEL, locate

    model = SentenceTransformer(str(locate(DEFAULT_MODEL)), device="cpu")
    with serving(lambda texts: model.encode(texts, show_progress_bar=False)) as server:
        print(server.url, flush=True)
        signal.sigwait({signal.SIGTERM, signal.SIGINT})


if __name__ == "__main__":
    main()
