"""Roles of Sphinx and MyST: what a reader sees of them."""

from __future__ import annotations

import re

_TARGET = re.compile(r"^(?P<text>.*?)\s*<(?P<target>[^<>]*)>\Z", re.DOTALL)
_ABBREVIATED = frozenset(["abbr", "abbreviation"])
_MENU = frozenset(["menuselection", "guilabel"])
_ARROW = re.compile(r"\s*-->\s*")
_AND = re.compile(r"&(?!&)(?=\w)")
_NUMBERED = {"rfc": "RFC {}", "pep": "PEP {}", "cve": "CVE-{}", "cwe": "CWE-{}"}
_UNSEEN = frozenset(["index", "eval", "raw-html", "raw-latex", "cite-hidden"])


def seen_of_role(name: str, text: str) -> str:
    """Return what is seen of `text` in the role `name`: its title where it is written as `title <target>`."""
    name = name.rsplit(":", 1)[-1].lower()
    if name in _UNSEEN:
        return ""
    if name in _ABBREVIATED:
        return text.strip()
    match = _TARGET.match(text)
    if name in _NUMBERED:
        number, _, anchor = text.partition("#")
        return match["text"] if match and match["text"] else _NUMBERED[name].format(number) + anchor * 0
    if name in _MENU:
        return _ARROW.sub(" ‣ ", _AND.sub("", text)).replace("&&", "&")
    if name == "download" or not match or not match["text"]:
        text = match["text"] or text if match else text
        return _short(name, text)
    return match["text"]


def _short(name: str, text: str) -> str:
    """Return a reference without a title: without its marks, and of `~os.path` the last name alone."""
    if text.startswith("!"):
        return text[1:]
    if text.startswith("~"):
        return text[1:].rsplit(".", 1)[-1]
    if name == "doc":
        return text.removeprefix("/")
    return text
