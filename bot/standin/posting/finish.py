"""What Discord adds to components and embeds before it shows and returns them."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from itertools import count

from bot.standin.payload import Json
from bot.standin.rules.tree import Part, media, walk
from bot.standin.state.message import Attachment

_ATTACHED = "attachment://"
_DEFAULTS: dict[int, Json] = {
    Part.BUTTON: {"disabled": False},
    Part.STRING_SELECT: {"min_values": 1, "max_values": 1, "disabled": False},
    Part.SEPARATOR: {"spacing": 1, "divider": True},
    Part.CONTAINER: {"accent_color": None, "spoiler": False},
    Part.THUMBNAIL: {"description": None, "spoiler": False},
    Part.FILE: {"spoiler": False, "name": None, "size": None},
}


def finish_components(components: Sequence[Json], files: Mapping[str, Attachment], base: str) -> tuple[Json, ...]:
    """Return components as Discord returns them: numbered, with defaults, with files resolved."""
    finished = copy.deepcopy(list(components))
    taken = {part.get("id") for _, part in walk(finished)}
    numbers = (number for number in count(1) if number not in taken)
    for _, part in walk(finished):
        part["id"] = part.get("id") or next(numbers)
        _drop_nulls(part)
        for key, value in _DEFAULTS.get(part["type"], {}).items():
            part.setdefault(key, value)
        for option in part.get("options") or []:
            option.setdefault("default", False)
        for item in media(part):
            _resolve(item, files, base)
        _name_file(part, files)
    return tuple(finished)


def _drop_nulls(part: Json) -> None:
    """Drop what a request may have as null and an answer has not at all, from emoji and options too."""
    for fields in (part, part.get("emoji") or {}, *(part.get("options") or [])):
        for key in [key for key, value in fields.items() if value is None]:
            del fields[key]


def _resolve(item: Json, files: Mapping[str, Attachment], base: str) -> None:
    file = files.get(str(item["url"]).removeprefix(_ATTACHED))
    if file is not None:
        item |= {"url": f"{base}/attachments/{file.id}/{file.filename}", "attachment_id": str(file.id)}
        item["content_type"] = file.content_type
    item |= {"proxy_url": item["url"], "id": item.get("attachment_id", "1")}


def _name_file(part: Json, files: Mapping[str, Attachment]) -> None:
    if part["type"] != Part.FILE:
        return
    for file in files.values():
        if str(file.id) == part["file"].get("attachment_id"):
            part |= {"name": file.filename, "size": len(file.content)}


def finish_embeds(embeds: Sequence[Json]) -> tuple[Json, ...]:
    """Return embeds as Discord returns them."""
    finished = copy.deepcopy(list(embeds))
    for embed in finished:
        embed["type"] = "rich"
        for key in [key for key, value in embed.items() if value is None]:
            del embed[key]
        for field in embed.get("fields") or []:
            field.setdefault("inline", False)
    return tuple(finished)
