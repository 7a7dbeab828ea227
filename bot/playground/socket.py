"""One page's socket: what it asks is done and answered, and what happens is pushed to it."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web
from pydantic import ValidationError

from bot.playground import requests
from bot.playground.game import Game
from bot.playground.lifeline import WEEK
from bot.playground.pushes import Pushes
from bot.playground.requests import Request
from bot.playground.shown import View
from bot.playground.visit import Visit
from bot.standin.driver.errors import ClientRefusesError, DriverError
from bot.standin.payload import Json
from bot.standin.state.event import Event, InteractionMade
from bot.standin.state.interaction import ANSWER_SECONDS, Interaction
from bot.standin.state.message import Message
from index.errors import QuothError

LONGEST_MESSAGE = 64 * 1024 * 1024
"""Bytes: what is far too long to be sent is still answered with a sentence."""

_LATE = 0.05
"""Seconds that the bot's response may be under way when its time is over."""

_TOLD = (DriverError, QuothError, ValidationError)
"""What is told in a sentence."""

Act = Callable[[Visit, Any], Json | Awaitable[Json]]

_ACTS: dict[str, tuple[type[Request], Act]] = {
    "open": (requests.InChannel, Visit.open),
    "send": (requests.Send, Visit.send),
    "edit": (requests.Edit, Visit.edit),
    "delete": (requests.OnMessage, Visit.delete),
    "react": (requests.React, Visit.react),
    "slash": (requests.Slash, Visit.slash),
    "complete": (requests.Complete, Visit.complete),
    "menu": (requests.Menu, Visit.menu),
    "click": (requests.Click, Visit.click),
    "select": (requests.Select, Visit.select),
    "submit": (requests.Submit, Visit.submit),
    "thread": (requests.Thread, Visit.thread),
    "post": (requests.Post, Visit.post),
    "typing": (requests.InChannel, Visit.typing),
    "trace": (requests.OnMessage, Visit.trace),
}


class PageSocket:
    """Serves one page for as long as its socket is open."""

    def __init__(self, game: Game, files: str) -> None:
        """Look on at `game`; `files` is where the page gets files from."""
        self._game = game
        self._files = files
        self._outbox: asyncio.Queue[Json] = asyncio.Queue()
        self._visit: Visit | None = None
        self._pushes: Pushes | None = None
        self._under_way: set[asyncio.Future[None]] = set()
        self._socket = web.WebSocketResponse(heartbeat=20.0, max_msg_size=LONGEST_MESSAGE, timeout=1.0, compress=False)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Talk until the socket closes."""
        socket = self._socket
        await socket.prepare(request)
        self.push(self._game.hello())
        self._game.pages.add(self)
        deafen = self._game.discord.world.listen(self._hear)
        writer = asyncio.create_task(self._write())
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._take(message.data)
        finally:
            deafen()
            self._game.pages.discard(self)
            for task in (writer, *self._under_way):
                task.cancel()
        return socket

    def push(self, event: Json) -> None:
        """Have something sent."""
        self._outbox.put_nowait(event)

    def sees(self, message: Message) -> bool:
        """Tell whether whoever is on the page sees a message."""
        return self._visit is not None and message.visible_to(self._visit.person.user)

    async def close(self) -> None:
        """Close the socket: the playground ends."""
        await self._socket.close(code=WSCloseCode.GOING_AWAY)

    async def _write(self) -> None:
        with contextlib.suppress(ConnectionError):
            while True:
                line = json.dumps(await self._outbox.get(), separators=(",", ":"))
                await self._socket.send_str(line)

    def _take(self, text: str) -> None:
        """Do what one message asks."""
        try:
            asked = json.loads(text)
        except (ValueError, RecursionError):
            asked = None
        number = asked.get("id") if isinstance(asked, dict) else None
        try:
            done = self._do(asked)
        except _TOLD as error:
            self.push({"re": number, "error": _sentence(error)})
            return
        if isinstance(done, dict):
            self.push({"re": number, "ok": done})
        else:
            self._begin(self._wait(number, done))

    async def _wait(self, number: object, done: Awaitable[Json]) -> None:
        try:
            self.push({"re": number, "ok": await done})
        except _TOLD as error:
            self.push({"re": number, "error": _sentence(error)})

    def _do(self, asked: object) -> Json | Awaitable[Json]:
        request = Request.model_validate(asked)
        if request.do == "become":
            return self._become(requests.Become.model_validate(asked))
        if request.do == "ping":
            return {}
        if request.do == "restart":
            return self._restart()
        if request.do == "week":
            return self._week()
        if request.do not in _ACTS:
            raise ClientRefusesError(f"There is no {request.do!r} to do.")
        if self._visit is None:
            raise ClientRefusesError("Become somebody first.")
        model, act = _ACTS[request.do]
        return act(self._visit, model.model_validate(asked))

    def _become(self, asked: requests.Become) -> Json:
        character = self._game.cast.character(asked.person)
        if character is None:
            raise ClientRefusesError("There is no such person.")
        discord = self._game.discord
        view = View(discord.world, character.person.user, discord.addresses.cdn, self._files)
        self._visit, self._pushes = Visit(character, view, self._game), Pushes(view)
        for interaction in view.waiting():  # since before the page was loaded again
            self._begin(self._fail(interaction))
        return self._visit.arrive()

    async def _restart(self) -> Json:
        await self._game.keeper.start()
        return {}

    def _week(self) -> Json:
        """Have the bot think that a week has passed."""
        if not self._game.keeper.tell(WEEK):
            raise ClientRefusesError("The bot is not ready: try again when it is.")
        return {}

    def _hear(self, event: Event) -> None:
        if self._pushes is None or self._visit is None:
            return
        for pushed in self._pushes(event):
            self.push(pushed)
        if isinstance(event, InteractionMade) and self._visit.view.is_theirs(event.interaction):
            self._begin(self._fail(event.interaction))

    async def _fail(self, interaction: Interaction) -> None:
        """Tell, when the time is over, that the bot did not respond."""
        since = self._game.discord.world.clock.now() - interaction.created_at
        await asyncio.sleep(ANSWER_SECONDS + _LATE - since)
        if interaction.reply is None:
            self.push({"event": "failed", "interaction": str(interaction.id)})

    def _begin(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)


def _sentence(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_context=False)[0]
        where = ".".join(map(str, first["loc"])) or "the request"
        return f"The page asked for what cannot be done: {where}: {first['msg']}."
    return str(error)
