"""Limits of embeds: https://discord.com/developers/docs/resources/message#embed-object-embed-limits."""

from __future__ import annotations

from bot.standin.payload import Json
from bot.standin.rules.problems import Problems

_EMBEDS, _FIELDS, _TOTAL = 10, 25, 6000
_TITLE, _DESCRIPTION, _NAME, _VALUE, _FOOTER, _AUTHOR = 256, 4096, 256, 1024, 2048, 256


def check_embeds(problems: Problems, embeds: list[Json]) -> None:
    """Check each embed, and all together."""
    problems.count(("embeds",), embeds, 0, _EMBEDS)
    for index, embed in enumerate(embeds):
        _check(problems, index, embed)
    if sum(_size(embed) for embed in embeds) > _TOTAL:
        message = f"Embed size exceeds maximum size of {_TOTAL}"
        problems.add(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", message)


def _check(problems: Problems, index: int, embed: Json) -> None:
    problems.length(("embeds", index, "title"), embed.get("title"), 0, _TITLE)
    problems.length(("embeds", index, "description"), embed.get("description"), 0, _DESCRIPTION)
    problems.length(("embeds", index, "footer", "text"), (embed.get("footer") or {}).get("text"), 0, _FOOTER)
    problems.length(("embeds", index, "author", "name"), (embed.get("author") or {}).get("name"), 0, _AUTHOR)
    problems.count(("embeds", index, "fields"), embed.get("fields") or [], 0, _FIELDS)
    for number, field in enumerate(embed.get("fields") or []):
        problems.length(("embeds", index, "fields", number, "name"), field.get("name"), 1, _NAME)
        problems.length(("embeds", index, "fields", number, "value"), field.get("value"), 1, _VALUE)


def _size(embed: Json) -> int:
    texts = [embed.get("title"), embed.get("description")]
    texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    for field in embed.get("fields") or []:
        texts += [field.get("name"), field.get("value")]
    return sum(len(text) for text in texts if isinstance(text, str))
