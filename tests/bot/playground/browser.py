"""A page as its script talks to the server: one socket, what is pushed to it, and what it asks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from bot.playground.running import Running

Json = dict[str, Any]
PATIENCE = 30.0


class RefusedError(Exception):
    """The server told why not."""


class Browser:
    """One open page."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.pushes: list[Json] = []
        self.me: Json = {}
        self.channels: dict[str, Json] = {}
        self.socket = socket
        self._number = 0
        self._heard = asyncio.Event()
        self._reading = asyncio.create_task(self._read())

    async def do(self, act: str, /, **fields: Any) -> Json:
        """Ask for something, and return what comes back; `RefusedError` with the sentence where it is refused."""
        self._number += 1
        number = self._number
        await self.socket.send_json({"id": number, "do": act, **fields})
        reply = await self.hear(lambda push: push.get("re") == number)
        if "error" in reply:
            raise RefusedError(reply["error"])
        return dict(reply["ok"])

    async def refused(self, act: str, /, **fields: Any) -> str:
        """Ask for what is refused, and return the sentence."""
        try:
            done = await self.do(act, **fields)
        except RefusedError as refusal:
            return str(refusal)
        raise AssertionError(f"{act} was not refused: {done}")

    async def become(self, name: str) -> None:
        hello = self.pushes[0]
        person = next(entry["id"] for entry in hello["people"] if entry["name"] == name)
        arrived = await self.do("become", person=person)
        self.me = arrived["me"]
        self.channels = {channel["name"]: channel for channel in arrived["channels"]} | {"dm": arrived["dm"]}

    def id_of(self, channel: str) -> str:
        return str(self.channels[channel]["id"])

    async def ask(self, question: str, channel: str = "general", **options: Any) -> Json:
        """Use /ask and return the message with the answer."""
        used = await self.do(
            "slash", channel=self.id_of(channel), command="ask", options={"question": question, **options}
        )
        return await self.answer(used["interaction"])

    async def answer(self, interaction: str) -> Json:
        """Return the message that an interaction is answered with, once it is more than "thinking"."""

        def is_answer(push: Json) -> bool:
            message = push.get("message") or {}
            of = (message if isinstance(message, dict) else {}).get("interaction_metadata") or {}
            return of.get("id") == interaction and not message["flags"] & 128

        return dict((await self.hear(is_answer))["message"])

    async def reply_to(self, sent: str) -> Json:
        """Return the message that replies to the one with the id `sent`."""

        def is_reply(push: Json) -> bool:
            there = push.get("event") == "message"
            return there and (push["message"].get("message_reference") or {}).get("message_id") == sent

        return dict((await self.hear(is_reply))["message"])

    async def hear(self, so: Callable[[Json], bool], seconds: float = PATIENCE) -> Json:
        """Return the first push that is `so`, whether it has come already or is still to come."""
        async with asyncio.timeout(seconds):
            while (push := next(filter(so, self.pushes), None)) is None:
                self._heard.clear()
                await self._heard.wait()
        return push

    async def event(self, name: str, /, seconds: float = PATIENCE, **fields: Any) -> Json:
        """Return the first push of that name with these fields."""
        return await self.hear(lambda push: push.get("event") == name and fields.items() <= push.items(), seconds)

    def events(self, name: str) -> list[Json]:
        return [push for push in self.pushes if push.get("event") == name]

    async def settle(self) -> None:
        """Wait until all that has happened has been told."""
        await self.do("ping")

    async def close(self) -> None:
        await self.socket.close()
        await self._reading

    async def _read(self) -> None:
        async for message in self.socket:
            self.pushes.append(message.json())
            self._heard.set()


def origin(running: Running) -> dict[str, str]:
    """Return the header that a page of the server itself has the browser send."""
    return {"Origin": f"http://127.0.0.1:{running.address.port}"}


@asynccontextmanager
async def opened(http: aiohttp.ClientSession, running: Running) -> AsyncIterator[Browser]:
    """Open the page."""
    async with http.ws_connect(f"{running.address.url}socket", headers=origin(running), max_msg_size=0) as socket:
        page = Browser(socket)
        await page.event("hello")
        try:
            yield page
        finally:
            await page.close()


async def greeted(page: Browser) -> None:
    """Wait until the bot that has just started has said hello, so that it says nothing by itself while a test looks."""
    await page.become("Ada")
    await page.do("open", channel=page.id_of("questions"))
    await page.hear(lambda push: "**Hello!**" in str(push), 60)


def text(message: Json) -> str:
    """Return all that can be read in a message."""
    return "\n".join([message["content"], *_texts(message["components"])])


def _texts(parts: list[Json]) -> list[str]:
    texts = []
    for part in parts:
        texts += [str(part[key]) for key in ("content", "label") if part.get(key)]
        texts += _texts(part.get("components") or [])
    return texts


def buttons(parts: list[Json]) -> dict[str, str]:
    """Return the custom_ids of buttons, by what stands on them."""
    custom_ids = {}
    for part in parts:
        if part["type"] == 2:
            custom_ids[part.get("label") or part["emoji"]["name"]] = part.get("custom_id")
        custom_ids |= buttons(part.get("components") or [])
    return custom_ids
