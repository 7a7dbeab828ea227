"""Cuts Discord's own description of its API down to what the stand-in speaks, for the tests.

    python bench/discord_description.py OPENAPI

OPENAPI is `specs/openapi.json` of discord/discord-api-spec (MIT). It writes `tests/discord/openapi.json.gz`: the
operations of the stand-in's routes and the schemas that they refer to, without the words for people.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.standin.api.server import ROUTES

PLACE = Path(__file__).resolve().parents[1] / "tests" / "discord" / "openapi.json.gz"
_WORDS = {"description", "summary", "tags", "operationId", "security", "x-discord-union"}


def cut(document: dict[str, Any]) -> dict[str, Any]:
    """Return the part of a description that is needed."""
    spoken = {(route.method.lower(), _shape(route.template)) for route in ROUTES}
    paths: dict[str, Any] = {}
    for template, item in document["paths"].items():
        kept = {verb: what for verb, what in item.items() if (verb, _shape(template)) in spoken or verb == "parameters"}
        if kept.keys() - {"parameters"}:
            paths[template] = kept
    components: dict[str, dict[str, Any]] = {}
    waiting = list(_references(paths))
    while waiting:
        _, _, kind, name = waiting.pop().split("/")
        if name not in components.setdefault(kind, {}):
            components[kind][name] = document["components"][kind][name]
            waiting += _references(components[kind][name])
    kept = {"openapi": document["openapi"], "info": document["info"], "paths": paths, "components": components}
    return _without_words(kept)  # type: ignore[no-any-return]


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "$ref":
                yield inner
            else:
                yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


def _without_words(value: Any, *, names: bool = False) -> Any:
    """Return a value without what is for people alone; below `properties` keys are names and stay."""
    if isinstance(value, dict):
        return {
            key: _without_words(inner, names=key in {"properties", "schemas", "paths", "responses"} and not names)
            for key, inner in value.items()
            if names or key not in _WORDS
        }
    return [_without_words(inner) for inner in value] if isinstance(value, list) else value


def _shape(template: str) -> str:
    return re.sub(r"\{[^}]+\}", "{}", template)


if __name__ == "__main__":
    PLACE.parent.mkdir(exist_ok=True)
    document = cut(json.loads(Path(sys.argv[1]).read_text("utf-8")))
    PLACE.write_bytes(gzip.compress(json.dumps(document, separators=(",", ":")).encode(), mtime=0))
    print(f"{PLACE}: {PLACE.stat().st_size:,} bytes, {len(document['paths'])} paths")
