"""Requests to the stand-in without discord.py, which would not send most of what Discord refuses."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

import aiohttp

from bot.standin import StandIn


class Raw:
    """An HTTP client with the bot's token."""

    def __init__(self, stand_in: StandIn) -> None:
        self.stand_in = stand_in
        self.application = f"/applications/{stand_in.world.application.id}"
        self.messages = f"/channels/{stand_in.channel.id}/messages"

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(headers={"Authorization": f"Bot {self.stand_in.token}"})
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def __call__(self, method: str, path: str, data: Any = None) -> tuple[int, Any]:
        """Return an answer's status and JSON."""
        url = self.stand_in.addresses.api + path
        async with self._session.request(method, url, json=data) as response:
            return response.status, await response.json() if response.content_type == "application/json" else None

    async def refused(self, method: str, path: str, data: Any = None) -> list[str]:
        """Return a refusal as `["50035 content BASE_TYPE_MAX_LENGTH"]`, or `["10008"]` where it has no detail."""
        status, body = await self(method, path, data)
        assert status >= 400, body
        details = [f"{body['code']} {detail}" for detail in _details(body.get("errors") or {}, "")]
        return details or [str(body["code"])]


def _details(errors: dict[str, Any], path: str) -> list[str]:
    details = [f"{path.strip('.')} {error['code']}" for error in errors.get("_errors", [])]
    for key, value in errors.items():
        if key != "_errors":
            details += _details(value, f"{path}.{key}")
    return details
