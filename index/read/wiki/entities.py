"""The characters that HTML entities in wikitext stand for."""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mwparserfromhell.nodes import HTMLEntity


_ENTITY = re.compile(r"&(?:#\d{1,8}|#[xX][0-9a-fA-F]{1,8}|([A-Za-z][A-Za-z0-9]{1,40}));")


def character(entity: HTMLEntity) -> str:
    """Return the character of an entity, or the entity as it is written where it stands for none."""
    try:
        return str(entity.normalize())
    except (ValueError, OverflowError):  # a number that is no character's
        return str(entity)


def with_characters(literal: str) -> str:
    """Return text with its entities as their characters; without a semicolon they are code (`&copy=4`)."""
    return _ENTITY.sub(
        lambda entity: unescape(entity[0]) if not entity[1] or f"{entity[1]};" in html5 else entity[0], literal
    )
