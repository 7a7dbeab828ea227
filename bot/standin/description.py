"""Discord's own description of its API: holds requests and answers against it.

The description is the OpenAPI document of discord/discord-api-spec. What it does not catch (lengths of embeds together,
repeated custom_ids and the like) is in `bot.standin.rules`; unknown keys of requests are looked for here.
"""

from __future__ import annotations

import gzip
import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jsonschema_rs import Draft202012Validator, Registry, ValidationError

from bot.standin.payload import Json
from bot.standin.unknown_keys import KnownKeys

_URI = "urn:discord"
_JSON = "application/json"
_FAILURE = 400
_INTEGER_IDS = frozenset({"message_id", "channel_id", "guild_id", "id", "recipient_id"})
_KINDS = ("type", "const", "enum", "required")
_WITH_IDS = ("message_reference", "attachments")


class Description:
    """The document, with a validator for each operation that was met."""

    def __init__(self, path: Path) -> None:
        """Read the document at `path`, which may be packed (`.gz`)."""
        data = path.read_bytes()
        self._document: Json = json.loads(gzip.decompress(data) if path.suffix == ".gz" else data)
        self._registry = Registry([(_URI, self._document)])
        self._paths = {_shape(template): template for template in self._document["paths"]}
        self._keys = KnownKeys(self._document)
        self._validator = cache(self._make_validator)

    def request(self, method: str, path: str, data: Any) -> list[str]:
        """Return what is wrong with a request to the route with the template `path`."""
        where = self._operation(method, path)
        if where is None:
            return ["is to no route that Discord describes"]
        operation = self._document["paths"][where][method.lower()]
        content = operation.get("requestBody", {}).get("content", {})
        if _JSON not in content or data is None:
            return []
        validator = self._validator("paths", where, method.lower(), "requestBody", "content", _JSON, "schema")
        unknown = self._keys.unknown([content[_JSON]["schema"]], data)
        return [
            *_problems(validator, _with_string_ids(data)),
            *(f"has an unknown key at {key_path}" for key_path in unknown),
        ]

    def answer(self, method: str, path: str, status: int, data: Any) -> list[str]:
        """Return what is wrong with an answer of that status."""
        where = self._operation(method, path)
        if where is None:
            return []
        responses = self._document["paths"][where][method.lower()]["responses"]
        key = str(status) if str(status) in responses else "4XX"
        if status < _FAILURE and key != str(status):
            return [f"has a status that is not among {', '.join(responses)}"]
        if "$ref" in responses[key]:
            steps = tuple(responses[key]["$ref"].removeprefix("#/").split("/"))
        else:
            steps = ("paths", where, method.lower(), "responses", key)
            if _JSON not in (responses[key].get("content") or {}):
                return []
        if status >= _FAILURE and isinstance(data, dict):
            # there the description has integers for codes that Discord, by its own documentation, writes as words
            data = {name: value for name, value in data.items() if name != "errors"}
        return _problems(self._validator(*steps, "content", _JSON, "schema"), _without_forwards(data))

    def _operation(self, method: str, path: str) -> str | None:
        where = self._paths.get(_shape(path))
        return where if where and method.lower() in self._document["paths"][where] else None

    def _make_validator(self, *steps: str) -> Draft202012Validator:
        pointer = "/".join(quote(step.replace("~", "~0").replace("/", "~1")) for step in steps)
        return Draft202012Validator({"$ref": f"{_URI}#/{pointer}"}, registry=self._registry)


def _shape(template: str) -> str:
    return re.sub(r"\{[^}]+\}", "{}", template)


def _problems(validator: Draft202012Validator, data: Any) -> list[str]:
    return [_message(error) for error in validator.iter_errors(data)]


def _message(error: ValidationError) -> str:
    deepest = error
    while inside := [nested for branch in getattr(deepest.kind, "context", ()) for nested in branch]:
        # of a choice's branches, the one that was followed furthest is the one that was meant
        deepest = max(inside, key=lambda nested: (len(nested.instance_path), nested.schema_path[-1] not in _KINDS))
    place = "/".join(map(str, deepest.instance_path))
    return f"at {place or 'the top'}: {deepest.message[-300:]}"


def _without_forwards(data: Any) -> Any:
    """Return an answer with forwarded messages as if they were replies: the description knows no other reference."""
    if isinstance(data, list):
        return [_without_forwards(entry) for entry in data]
    if not isinstance(data, dict) or "message_snapshots" not in data:
        return data
    return data | {"message_reference": data["message_reference"] | {"type": 0}}


def _with_string_ids(data: Any) -> Any:
    """Return a request with the ids as strings that discord.py sends as integers and Discord takes as either."""
    if not isinstance(data, dict):
        return data
    known = dict(data)
    for key in _WITH_IDS:
        if isinstance(known.get(key), dict):
            known[key] = _stringed(known[key])
        elif isinstance(known.get(key), list):
            known[key] = [_stringed(entry) for entry in known[key]]
    for key in ("data", "message"):
        if isinstance(known.get(key), dict):
            known[key] = _with_string_ids(known[key])
    return _stringed(known) if "recipient_id" in known else known


def _stringed(payload: Json) -> Json:
    return {
        key: str(value) if key in _INTEGER_IDS and isinstance(value, int) else value for key, value in payload.items()
    }
