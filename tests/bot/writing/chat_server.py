"""A server that speaks the OpenAI chat API on loopback, and lies as it is told to."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

KEY = "sk-the-right-key"


@dataclass
class Scripted:
    """What the server answers: the text of the next messages, or a whole response made from the request.

    It does so `pause` seconds after it was asked, and not before `held` is set.
    """

    text: str | Callable[[dict[str, Any]], str] = ""
    respond: Callable[[dict[str, Any]], web.StreamResponse] | None = None
    pause: float = 0.0
    held: asyncio.Event | None = None
    key: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""
    came: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once it was asked."""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer a chat as the script says."""
        body = await request.json()
        self.requests.append(body)
        self.came.set()
        await asyncio.sleep(self.pause)
        if self.held is not None:
            await self.held.wait()
        if self.key and request.headers.get("Authorization") != f"Bearer {self.key}":
            refusal = {"error": {"message": f"Incorrect API key: {request.headers.get('Authorization')}"}}
            return web.json_response(refusal, status=401)
        if self.respond is not None:
            return self.respond(body)
        text = self.text if isinstance(self.text, str) else self.text(body)
        return web.json_response({"choices": [{"message": {"role": "assistant", "content": text}}]})


@asynccontextmanager
async def serving(script: Scripted) -> AsyncIterator[Scripted]:
    """Serve a script while the context is open."""
    app = web.Application()
    app.router.add_post("/v1/chat/completions", script.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    script.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield script
    finally:
        await runner.cleanup()


@contextmanager
def serving_in_a_thread(script: Scripted) -> Iterator[Scripted]:
    """Serve a script for what runs a loop of its own."""
    ready, loop = threading.Event(), asyncio.new_event_loop()
    done = asyncio.Event()

    async def serve() -> None:
        async with serving(script):
            ready.set()
            await done.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    ready.wait()
    try:
        yield script
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join()
        loop.close()


def draft(*sentences: tuple[str, list[int]], answered: bool = True) -> str:
    """Return a draft as the protocol wants it."""
    written = [{"text": text, "cites": cites} for text, cites in sentences]
    return json.dumps({"answered": answered, "sentences": written})
