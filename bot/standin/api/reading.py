"""Reads a request's body: JSON, or a form with `payload_json` and files."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import BodyPartReader, web

from bot.standin.posting.body import Upload
from bot.standin.refusal import Refusal


async def read_body(request: web.Request) -> tuple[Any, tuple[Upload, ...]]:
    """Return a request's JSON and files; refuses what is neither."""
    if not request.can_read_body:
        return None, ()
    if request.content_type == "multipart/form-data":
        return await _read_form(request)
    if request.content_type != "application/json":
        return None, ()
    return _parsed(await request.read()), ()


async def _read_form(request: web.Request) -> tuple[Any, tuple[Upload, ...]]:
    data, uploads = None, []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise Refusal(400, 50109, "The request body contains invalid JSON.")
        content = bytes(await part.read(decode=False))
        if part.name == "payload_json":
            data = _parsed(content)
        else:
            key = (part.name or "").removeprefix("files[").removesuffix("]")
            uploads.append(Upload(key, part.filename or "unknown", content))
    return data, tuple(uploads)


def _parsed(content: bytes) -> Any:
    if not content:
        return None
    try:
        return json.loads(content)
    except ValueError as error:
        raise Refusal(400, 50109, "The request body contains invalid JSON.") from error
