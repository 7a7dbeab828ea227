"""Roles of Sphinx and MyST: what a reader sees of them."""

from __future__ import annotations

import re

from index.read.markdown.dialects import MARK

_TARGET = re.compile(r"^(?P<text>.*?)\s*<(?P<target>[^<>]*)>\Z", re.DOTALL)
_ABBREVIATED = frozenset(["abbr", "abbreviation"])
_MENU = frozenset(["menuselection", "guilabel"])
_WITH_PLACES = frozenset(["file", "samp"])
"""Roles that show in italics what stands in braces."""

_PLACE = re.compile(r"(?<!\\)\{([^{}\\]+)\}")
_ARROW = re.compile(r"\s*-->\s*")
_AND = re.compile(r"&(?!&)(?=\w)")
_NUMBERED = {"rfc": "RFC {}", "pep": "PEP {}", "cve": "CVE-{}", "cwe": "CWE-{}", "user": "@{}"}
_TRACKED = {"issue": "#{}", "pr": "#{}", "pull": "#{}", "bpo": "bpo-{}", "gh": "gh-{}"}
"""Roles whose number alone would say nothing: how Sphinx's extensions show it."""

_CALLED = frozenset(["func", "meth"])
_OBJECTS = _CALLED | {"mod", "data", "const", "class", "attr", "type", "exc", "obj"}
"""Roles of a program's objects, whose names Sphinx looks for in every module where they begin with a dot."""

_UNSEEN = frozenset(["eval", "raw-html", "raw-latex", "octicon", "fa", "fas", "far", "fab", "material"])
_ICON = re.compile(r"(?:material|fa)-(?:regular|outlined|round|sharp|twotone|solid|brands)$")


def seen_of_role(name: str, text: str) -> str:
    """Return what is seen of `text` in the role `name`: its title where it is written as `title <target>`."""
    name = name.rsplit(":", 1)[-1].lower()
    if name in _UNSEEN or _ICON.match(name):
        return ""
    if name in _ABBREVIATED:
        return text.strip()
    if name in _MENU:
        return _ARROW.sub(" ‣ ", _AND.sub("", text)).replace("&&", "&")
    match = _TARGET.match(text)
    if match and match["text"]:
        return match["text"].replace("%s", MARK) if name == "numref" else match["text"]
    if name in _TRACKED and text.strip().isdecimal():
        return _TRACKED[name].format(text.strip())
    return _NUMBERED[name].format(text.partition("#")[0]) if name in _NUMBERED else _short(name, text)


def _short(name: str, text: str) -> str:
    """Return a reference without a title: without its marks, and of `~os.path` the last name alone."""
    if name == "doc":
        return text.removeprefix("/")
    if name in _WITH_PLACES:
        return _PLACE.sub(r"\1", text)
    shown = text[1:].rsplit(".", 1)[-1] if text.startswith("~") else text.removeprefix("!")
    shown = shown.lstrip(".") if name in _OBJECTS else shown
    return f"{shown}()" if name in _CALLED and shown and not shown.endswith(")") else shown
