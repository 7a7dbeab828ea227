"""What stands in a page and is no HTML of its own: the words of a drawing, the name of another page that it shows."""

from __future__ import annotations

import re
from collections.abc import Collection

from index.read.html.events import Element, Page
from index.read.missing import not_included

_PLAYERS = re.compile(
    r"(?:https?:)?//(?:[\w-]+\.)*(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|loom\.com|wistia\.(?:com|net)"
    r"|dailymotion\.com|soundcloud\.com|spotify\.com|twitch\.tv|bilibili\.com|googletagmanager\.com|doubleclick\.net"
    r"|google-analytics\.com)(?:[:/?#]|$)|(?:https?:)?//(?:www\.)?(?:google\.com|recaptcha\.net)/recaptcha/"
    r"|(?:https?:)?//(?:players?|videos?|analytics|matomo|stats)\.[\w.-]+(?:[:/?#]|$)|(?:about|javascript|data):",
    re.IGNORECASE,
)
"""Addresses of what plays a film, counts readers or shows nothing, as their hosts tell it: other pages are named."""

_SMALL = re.compile(r"0*[01](?:px)?")
_PICTURE = re.compile(r"\.(?:svg|png|jpe?g|gif|webp|swf|mp[34])(?:[?#]|$)|^(?:image|video|audio)/", re.IGNORECASE)


def words_of(page: Page, number: int, unseen: Collection[int]) -> str:
    """Return the words that a drawing shows, or what stands in the place of a page that is shown inside of this one."""
    element = page.elements[number]
    if element.tag == "svg":
        return " ".join(filter(None, (" ".join(text.split()) for text in _texts(page, element, unseen))))
    address = element.attrs.get("src") or element.attrs.get("data") or ""
    sizes = (element.attrs.get("width", ""), element.attrs.get("height", ""))
    kinds = (address, element.attrs.get("type", ""))
    if (
        not address
        or _PLAYERS.match(address.strip())
        or any(map(_SMALL.fullmatch, sizes))
        or any(map(_PICTURE.search, kinds))
    ):
        return ""
    return not_included(element.attrs.get("title") or address)


def _texts(page: Page, drawing: Element, unseen: Collection[int]) -> list[str]:
    """Return the texts of a drawing, each in one piece, without those that are hidden."""
    texts: list[str] = []
    position, inside = drawing.first + 1, 0
    while position < drawing.last:
        what, number, text, _ = page.events[position]
        position += 1
        element = page.elements[number] if number >= 0 else drawing
        if what == "<" and number in unseen:
            position = element.last + 1
        elif what == "t":
            if inside:
                texts[-1] += text
        elif element.tag == "text":
            inside += 1 if what == "<" else -1
            texts += [""] if what == "<" else []
    return texts
