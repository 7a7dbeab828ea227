"""What a text of AsciiDoc refers to by name: the titles of sections and blocks, by the names that they have."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_HEADING = re.compile(r"={2,6}\s+(?P<title>\S.*)$")
_TITLE = re.compile(r"\.(?P<title>[^\s.].*)$")
_NAME = re.compile(
    r"\[\[(?P<name>[^\],]{1,300})(?:,(?P<words>[^\]]{1,2000}))?\]\]\s*$|\[[^\]#]{0,300}#(?P<id>[\w.:-]{1,300})(?![\w:])[^\]]{0,2000}\]\s*$"
)
_INLINE = re.compile(r"\[\[(?P<name>[^\],]{1,300})\]\]\s*")
_NO_NAME = re.compile(r"[^\w\s.-]|(?<=\S)\[\[.*")
_APART = re.compile(r"[\s.-]+")


def titles(lines: Sequence[str], attributes: Mapping[str, str]) -> Mapping[str, str]:
    """Return the titles, as AsciiDoc, by the names that a text gives them and by those that Asciidoctor makes of them.

    `attributes` may set what these begin with and hold in the place of spaces.
    """
    titles: dict[str, str] = {}
    name = ""
    for line in lines:
        given, titled = _NAME.match(line), _HEADING.match(line) or (_TITLE.match(line) if name else None)
        if given:
            name = given["name"] or given["id"]
            if given["words"]:
                titles[name] = given["words"]
        elif titled:
            title = _INLINE.sub("", titled["title"]).strip()
            inside = _INLINE.search(titled["title"])
            named = name or (inside["name"] if inside else _made(title, attributes))
            titles.setdefault(named, title)
            name = ""
        elif not line.startswith("["):
            name = ""
    return titles


def _made(title: str, attributes: Mapping[str, str]) -> str:
    apart = attributes.get("idseparator", "_")
    words = _APART.sub(apart or "", _NO_NAME.sub("", title.lower()))
    return attributes.get("idprefix", "_") + (words.strip(apart) if apart else words)
