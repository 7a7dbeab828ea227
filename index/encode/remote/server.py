"""A server with the OpenAI embeddings API: Text Embeddings Inference, vLLM and many others."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Sequence
from http import HTTPStatus
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError, InvalidHeader, NewConnectionError, SSLError
from urllib3.exceptions import TimeoutError as SlowError

from index.encode.remote import reply
from index.encode.remote.patience import Patience
from index.encode.remote.refusal import reason
from index.encode.remote.reply import Reply, ReplyError
from index.errors import EncoderAwayError, EncoderError

ABREAST = 4
"""Requests at once during a build: a server with a GPU batches them."""

_MOST_BYTES = 64 * 2**20
_CHUNK = 2**16

_AWAY = frozenset({408, 425, 429, 500, 502, 503, 504})
_TOO_MUCH = frozenset({400, 413, 422})
"""Statuses that servers send for too many or too long texts; they send them for other mistakes, too."""

_NOT_HERE = frozenset({404, 405})
_REFUSED = frozenset({401, 403})


class TooMuchError(EncoderError):
    """The server refuses a request, but may take one with fewer texts."""


class EmbeddingServer:
    """An embedding server. Thread-safe. `outages` counts the requests that found it away."""

    def __init__(self, url: str, model: str, key: str = "") -> None:
        """`url` is the address with or without `/v1` or `/v1/embeddings`; `model` is what the server calls it."""
        self.url = url
        self.model = model
        self._key = key
        self._addresses = addresses(url)
        self.outages = 0
        self._pool = urllib3.PoolManager(maxsize=ABREAST, retries=False)

    def embed(
        self, texts: Sequence[str], patience: Patience, pause: Callable[[float], bool | None] = time.sleep
    ) -> Reply:
        """Return the vectors of `texts`, retrying within `patience` while the server is away.

        `pause` waits that many seconds, and returns True to give up. Raises `EncoderAwayError` if patience runs out,
        `TooMuchError` if the server may take fewer texts, and `EncoderError` if a retry would be useless.
        """
        pauses = iter(patience.pauses)
        end = time.monotonic() + patience.all
        while True:
            try:
                return self._ask(texts, patience, min(end, time.monotonic() + patience.answer))
            except EncoderAwayError as error:
                self.outages += 1
                wait = max(next(pauses, patience.all), error.retry_after)
                if time.monotonic() + wait >= end or pause(wait):
                    raise

    def _ask(self, texts: Sequence[str], patience: Patience, end: float) -> Reply:
        status, data, after = self._post(self._addresses[0], texts, patience, end)
        if status in _NOT_HERE and self._addresses[1:]:
            response = self._post(self._addresses[1], texts, patience, end)
            if response[0] not in _NOT_HERE:
                self._addresses = self._addresses[1:]
                status, data, after = response
        if status != HTTPStatus.OK:
            raise self._refusal(status, data, after, len(texts))
        try:
            return reply.read(data, len(texts))
        except ReplyError as error:
            raise EncoderError(
                f"The encoder at {self.url} does not answer as the OpenAI embeddings API does ({error}): check "
                f"QUOTH_ENCODER_URL."
            ) from error

    def _post(self, address: str, texts: Sequence[str], patience: Patience, end: float) -> tuple[int, bytes, float]:
        """Return status, body, and the seconds of the `Retry-After` header."""
        body = json.dumps({"model": self.model, "input": list(texts), "encoding_format": "float"})
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        left = max(end - time.monotonic(), 0.001)
        timeout = urllib3.Timeout(connect=min(patience.connect, left), read=left)
        try:
            response = self._pool.request(
                "POST", address, body=body, headers=headers, timeout=timeout, redirect=False, preload_content=False
            )
            with contextlib.closing(response):
                return response.status, self._read(response, end), _retry_after(response)
        except HTTPError as error:
            raise self._failure(error) from error

    def _read(self, response: urllib3.BaseHTTPResponse, end: float) -> bytes:
        data = bytearray()
        while chunk := response.read1(_CHUNK):
            data += chunk
            if len(data) > _MOST_BYTES:
                raise EncoderError(f"The encoder at {self.url} answers without end: check QUOTH_ENCODER_URL.")
            if time.monotonic() > end:
                raise self._away("does not answer in time")
        return bytes(data)

    def _failure(self, error: HTTPError) -> EncoderError:
        why = _named(error)
        if isinstance(error, SSLError):
            return EncoderError(
                f"The encoder at {self.url} speaks no TLS, or is not who it should be ({why}): check QUOTH_ENCODER_URL."
            )
        if isinstance(error, SlowError) and not isinstance(error, NewConnectionError):
            return self._away("does not answer in time")
        return self._away(f"cannot be reached, or broke off ({why})")

    def _refusal(self, status: int, data: bytes, after: float, texts: int) -> EncoderError:
        detail = "; ".join(filter(None, (_status(status), reason(data, self._key))))
        if status in _AWAY:
            message = (
                f"The encoder at {self.url} is overloaded or out of order ({detail}): wait, or see what its log says."
            )
            return EncoderAwayError(message, after)
        if status in _REFUSED:
            return EncoderError(f"The encoder at {self.url} does not let us in ({detail}): check QUOTH_ENCODER_KEY.")
        if status in _NOT_HERE:
            return EncoderError(
                f"The encoder at {self.url} has no embeddings, or no model {self.model!r} ({detail}): check "
                f"QUOTH_ENCODER_URL and QUOTH_ENCODER_MODEL."
            )
        kind = TooMuchError if status in _TOO_MUCH and texts > 1 else EncoderError
        return kind(
            f"The encoder at {self.url} refuses what it is sent ({detail}): check QUOTH_ENCODER_URL, or see what its "
            f"log says."
        )

    def _away(self, what: str) -> EncoderAwayError:
        return EncoderAwayError(f"The encoder at {self.url} {what}: start it, or check QUOTH_ENCODER_URL.")


def addresses(url: str) -> tuple[str, ...]:
    """Return the possible addresses of a server's embeddings, likeliest first."""
    base = url.rstrip("/")
    last = urlsplit(base).path.rpartition("/")[2]
    if last == "embeddings":
        return (base,)
    return (f"{base}/embeddings",) if last == "v1" else (f"{base}/v1/embeddings", f"{base}/embeddings")


def _retry_after(response: urllib3.BaseHTTPResponse) -> float:
    try:
        return urllib3.Retry().get_retry_after(response) or 0.0
    except InvalidHeader:
        return 0.0


def _status(status: int) -> str:
    """Return a status with its name."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _named(error: HTTPError) -> str:
    """Return why a connection failed, without the names of Python's objects that urllib3 begins with."""
    text = str(error.args[0] if error.args and isinstance(error.args[0], str) else error)
    return (text.partition("): ")[2] or text).rstrip(".")
