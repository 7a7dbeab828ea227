"""Looks for keys in a request that Discord's description has no place for, and that it does not forbid either."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.standin.payload import Json

# `nsfw` of commands is in Discord's documentation, though not in its description; `tts` discord.py sends with every
# message and edit, and Discord takes no notice where it has no place.
_TAKEN = frozenset({"nsfw", "tts"})
_CHOICES = ("allOf", "anyOf", "oneOf")


class KnownKeys:
    """The keys that a description knows, wherever they stand."""

    def __init__(self, document: Json) -> None:
        """`document` is an OpenAPI description; its references are to itself."""
        self._document = document
        self._known: dict[int, tuple[Json, ...]] = {}

    def unknown(self, schemas: list[Json], data: Any, path: str = "") -> Iterator[str]:
        """Yield the path of every key of `data` that none of the schemas names."""
        plain = [branch for schema in schemas for branch in self._plain(schema)]
        if isinstance(data, list):
            inside = [branch["items"] for branch in plain if "items" in branch]
            for index, item in enumerate(data):
                yield from self.unknown(inside, item, f"{path}/{index}")
        elif isinstance(data, dict):
            yield from self._unknown_of(plain, data, path)

    def _unknown_of(self, plain: list[Json], data: Json, path: str) -> Iterator[str]:
        others = [
            branch["additionalProperties"] for branch in plain if isinstance(branch.get("additionalProperties"), dict)
        ]
        if not others and not any("properties" in branch for branch in plain):
            return  # an object of which nothing is said
        for key, value in data.items():
            named = [branch["properties"][key] for branch in plain if key in branch.get("properties", {})]
            if named or others:
                yield from self.unknown(named or others, value, f"{path}/{key}")
            elif key not in _TAKEN:
                yield f"{path}/{key}"

    def _plain(self, schema: Json) -> tuple[Json, ...]:
        """Return the branches of a schema, which is part of the document and stays."""
        if id(schema) not in self._known:
            self._known[id(schema)] = tuple(self._branches(schema))
        return self._known[id(schema)]

    def _branches(self, schema: Json) -> Iterator[Json]:
        if "$ref" in schema:
            yield from self._branches(self._resolved(schema["$ref"]))
            return
        yield schema
        for choice in _CHOICES:
            for branch in schema.get(choice, ()):
                yield from self._branches(branch)

    def _resolved(self, reference: str) -> Json:
        place = self._document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step.replace("~1", "/").replace("~0", "~")]
        return place
