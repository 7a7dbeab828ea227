"""Walks over components: those inside others, with the path at which each stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum

from bot.standin.payload import Json
from bot.standin.rules.problems import Path


class Part(IntEnum):
    """Component types: https://discord.com/developers/docs/components/reference#component-object-component-types."""

    ACTION_ROW = 1
    BUTTON = 2
    STRING_SELECT = 3
    TEXT_INPUT = 4
    USER_SELECT = 5
    ROLE_SELECT = 6
    MENTIONABLE_SELECT = 7
    CHANNEL_SELECT = 8
    SECTION = 9
    TEXT_DISPLAY = 10
    THUMBNAIL = 11
    MEDIA_GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18
    FILE_UPLOAD = 19
    RADIO_GROUP = 21
    CHECKBOX_GROUP = 22
    CHECKBOX = 23


SELECTS = frozenset(
    {Part.STRING_SELECT, Part.USER_SELECT, Part.ROLE_SELECT, Part.MENTIONABLE_SELECT, Part.CHANNEL_SELECT}
)


def walk(components: Iterable[Json], path: Path = ("components",)) -> Iterator[tuple[Path, Json]]:
    """Yield every component with its path, each before those inside it."""
    for index, component in enumerate(components):
        here = (*path, index)
        yield here, component
        yield from walk(component.get("components") or [], (*here, "components"))
        for key in ("accessory", "component"):
            if isinstance(component.get(key), dict):
                yield from _subtree(component[key], (*here, key))


def _subtree(component: Json, path: Path) -> Iterator[tuple[Path, Json]]:
    yield path, component
    yield from walk(component.get("components") or [], (*path, "components"))


def texts(components: Iterable[Json]) -> list[str]:
    """Return what the text displays say, in order."""
    return [str(part.get("content", "")) for _, part in walk(components) if part.get("type") == Part.TEXT_DISPLAY]


def media(component: Json) -> Iterator[Json]:
    """Yield the pictures and files that a component itself shows."""
    kind = component.get("type")
    if kind == Part.THUMBNAIL:
        yield component.get("media") or {}
    elif kind == Part.FILE:
        yield component.get("file") or {}
    elif kind == Part.MEDIA_GALLERY:
        for item in component.get("items") or []:
            yield item.get("media") or {}


def flattened(content: str, embeds: Sequence[Json], components: Sequence[Json]) -> str:
    """Return all that a person reads in a message, a line or more a part."""
    lines = [content, *texts(components)]
    for embed in embeds:
        lines += [str(embed.get(key, "")) for key in ("title", "description")]
        for field in embed.get("fields") or []:
            lines += [str(field.get("name", "")), str(field.get("value", ""))]
        lines.append(str((embed.get("footer") or {}).get("text", "")))
    return "\n".join(line for line in lines if line)
