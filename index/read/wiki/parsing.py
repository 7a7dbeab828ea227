"""Parses wikitext, with `mwparserfromhell`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mwparserfromhell.nodes import Tag
    from mwparserfromhell.wikicode import Wikicode


_MOST_OPEN = 500
_PAIRS = (("{{", "}}"), ("[[", "]]"), ("{|", "|}"), ("<", ">"))


def parsed(text: str) -> Wikicode | None:
    """Return a page's nodes, or None where so much is left open in each other that no parser gets through it."""
    import mwparserfromhell

    if any(text.count(opened) - text.count(closed) > _MOST_OPEN for opened, closed in _PAIRS):
        return None
    try:
        code = mwparserfromhell.parse(text)
        str(code)  # goes as deep as the walk does
    except RecursionError:
        return None
    return code


def name_of(tag: Tag) -> str:
    """Return the name of a tag in small letters."""
    return str(tag.tag).strip().lower()
