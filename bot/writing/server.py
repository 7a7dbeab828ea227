"""A server with the OpenAI chat API: Ollama, llama.cpp, vLLM, or one that is paid for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.writing import protocol
from bot.writing.protocol import Draft, ReplyError
from index.errors import QuothError
from index.records import Quote, Turn

_MOST_BYTES = 2**17
_MOST_TOKENS = 700
_REFUSES = frozenset({400, 413, 415, 422, 500})
"""Statuses of servers that know no schemas, or whose context is too small for what they are sent."""

_KEY = frozenset({401, 403})
_REASON = 160


class WriterError(QuothError):
    """The server wrote nothing that can be used; the message, with what to do, is for the log."""


class WriterLateError(WriterError):
    """It did not answer in time."""


class ChatServer:
    """A chat server. Keeps no connection open, for it is asked seldom."""

    def __init__(self, url: str, model: str, key: str = "", seconds: float = 8.0) -> None:
        """`url` is the address with or without `/v1` or `/v1/chat/completions`; all tries together take `seconds`."""
        self.model = model
        self._url = url
        self._address = address(url)
        self._key = key
        self._seconds = seconds
        self._formats: Sequence[Mapping[str, Any] | None] = (*protocol.response_formats(), None)

    async def draft(self, question: str, history: Sequence[Turn], sentences: Sequence[Quote]) -> Draft:
        """Return what the model writes to a question from numbered sentences; raises `WriterError`."""
        try:
            async with asyncio.timeout(self._seconds), aiohttp.ClientSession(trust_env=False) as session:
                return await self._draft(session, question, history, sentences)
        except TimeoutError as error:
            raise WriterLateError(f"The writer at {self._url} did not answer within {self._seconds:g} s.") from error
        except (aiohttp.ClientError, OSError, UnicodeError) as error:  # of a host that cannot be a name
            why = getattr(error, "strerror", None) or type(error).__name__
            advice = "start it, or check QUOTH_WRITER_URL"
            raise WriterError(f"The writer at {self._url} cannot be reached ({why}): {advice}.") from error
        except ReplyError as error:
            raise WriterError(f"The writer at {self._url} wrote nothing that can be used: {error}.") from error

    async def _draft(
        self, session: aiohttp.ClientSession, question: str, history: Sequence[Turn], sentences: Sequence[Quote]
    ) -> Draft:
        """Ask with a schema in each form that there is, then without one, then with half of the sentences."""
        formats = self._formats
        tries = [*((constraint, sentences) for constraint in formats), (None, sentences[: len(sentences) // 2])]
        status, data = 0, b""
        for number, (constraint, some) in enumerate(tries):
            messages = protocol.messages(question, history, some)
            status, data = await self._post(session, self._body(messages, constraint))
            if status == HTTPStatus.OK:
                self._formats = formats[min(number, len(formats) - 1) :]
                return protocol.read(data)
            if status not in _REFUSES:
                break
        raise WriterError(self._refusal(status, data))

    def _body(self, messages: list[dict[str, str]], constraint: Mapping[str, Any] | None) -> dict[str, Any]:
        limits = {"temperature": 0, "max_tokens": _MOST_TOKENS, "stream": False}
        constrained = {"response_format": constraint} if constraint is not None else {}
        return {"model": self.model, "messages": messages, **limits, **constrained}

    async def _post(self, session: aiohttp.ClientSession, body: Mapping[str, Any]) -> tuple[int, bytes]:
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        async with session.post(self._address, json=body, headers=headers, allow_redirects=False) as response:
            data = bytearray()
            async for chunk in response.content.iter_chunked(2**14):
                data += chunk
                if len(data) > _MOST_BYTES:
                    raise ReplyError("it answers without end")
            return response.status, bytes(data)

    def _refusal(self, status: int, data: bytes) -> str:
        if status in _KEY:
            return f"The writer at {self._url} does not let us in ({status}): check QUOTH_WRITER_KEY."
        reason = f"{status}{_reason(data, self._key)}"
        return f"The writer at {self._url} refuses ({reason}): check QUOTH_WRITER_URL and QUOTH_WRITER_MODEL."


def address(url: str) -> str:
    """Return where a server answers chats."""
    base = url.rstrip("/")
    path = urlsplit(base).path
    if path.endswith("/chat/completions"):
        return base
    return f"{base}/chat/completions" if path.rpartition("/")[2] == "v1" else f"{base}/v1/chat/completions"


def _reason(data: bytes, key: str) -> str:
    """Return what a server says of an error, shortened and without the key, which some repeat."""
    try:
        parsed = json.loads(data)
    except (ValueError, RecursionError):
        return ""
    for name in ("error", "message", "detail"):
        parsed = parsed[name] if isinstance(parsed, dict) and name in parsed else parsed
    text = " ".join((parsed if isinstance(parsed, str) else "").split())
    text = text.replace(key, "(left out)") if key else text
    return f", {text[:_REASON]}" if text else ""
