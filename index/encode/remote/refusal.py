"""A server's error message, shortened and without the key."""

from __future__ import annotations

import json

_LONGEST = 200
_LEFT_OUT = "(left out)"


def reason(data: bytes, key: str) -> str:
    """Return the message in the body of an error, on one line; empty if there is none.

    The `key` is removed, because some servers repeat the key that they refuse.
    """
    text = data.decode("utf-8", "replace")
    try:
        explanation = _message(json.loads(text))
    except ValueError:
        explanation = None if text.lstrip().startswith("<") else text
    message = " ".join((explanation or "").split())
    message = message.replace(key, _LEFT_OUT) if key else message
    return message if len(message) <= _LONGEST else f"{message[:_LONGEST]}…"


def _message(body: object) -> str | None:
    """Return the message from where OpenAI, vLLM, Text Embeddings Inference and FastAPI put it."""
    while isinstance(body, dict):
        body = next((body[name] for name in ("error", "message", "detail", "msg") if body.get(name)), None)
    return body if isinstance(body, str) else json.dumps(body) if body else None
