"""The token of the MCP server over HTTP: made once, kept in the data folder, asked for with every request."""

from __future__ import annotations

import hmac
import secrets
from pathlib import Path

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from index.errors import QuothError

FILE_NAME = "mcp-token"
_OWNER_ONLY = 0o600


class TokenError(QuothError):
    """The token cannot be kept or read."""


def kept_in(data: Path) -> str:
    """Return the token in the data folder, made where there is none; raises `TokenError` if that fails."""
    path = data / FILE_NAME
    try:
        if not path.exists():
            path.touch(_OWNER_ONLY)
            path.write_text(f"{secrets.token_urlsafe(24)}\n", "ascii")
        token = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise TokenError(
            f"The token in {path} cannot be kept or read: give Quoth the right to use it, or remove it."
        ) from error
    if not token:
        raise TokenError(f"{path} holds no token: remove it, and another is made.")
    return token


class Guarded:
    """An ASGI application that answers 401 to every request without the token."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        """Hand requests with `token` to `app`."""
        self._app = app
        self._expected = f"Bearer {token}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        if scope["type"] == "http" and not self._admits(scope):
            refusal = PlainTextResponse("The token is missing or wrong.", 401, {"WWW-Authenticate": "Bearer"})
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _admits(self, scope: Scope) -> bool:
        given = [value for name, value in scope["headers"] if name == b"authorization"]
        return len(given) == 1 and hmac.compare_digest(given[0], self._expected)
