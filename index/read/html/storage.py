"""Pages of Confluence in the form that it stores them in, as its API and its backups give them, as HTML of the web.

Macros are elements named `ac:…`, and code and the words of links stand in CDATA, which HTML does not know.
"""

from __future__ import annotations

import re
from html import escape

_STORED = re.compile(r"<ac:[a-z-]+\b")
_TOKEN = re.compile(
    r"<!\[CDATA\[|\]\]>|<(?P<end>/?)(?P<name>(?:ac|ri):[a-z-]+)(?P<attributes>[^<>]{0,2000}?)(?P<alone>/?)>"
)
_UNSEEN = frozenset(["ac:task-id", "ac:task-uuid", "ac:placeholder", "ac:adf-fallback", "ac:adf-attribute"])
_ELEMENTS = {
    "ac:task-list": "ul",
    "ac:task": "li",
    "ac:rich-text-body": "div",
    "ac:layout-cell": "div",
    "ac:plain-text-body": "pre",
    "ac:caption": "div",
}
_NAMED = re.compile(r"ac:name=([\"'])([\w-]*)\1")
_SEEN = frozenset([("jira", "key"), ("mathinline", "body"), ("mathblock", "body")])
"""Macros, and their parameters that are seen, besides titles."""

_ENTITY = re.compile(r"&(?!amp;|lt;|gt;)\w{1,32};")
_ROOT = ("<x xmlns:ac='ac' xmlns:ri='ri' xmlns:at='at'>", "</x>")
_NAME = re.compile(r"ri:(?:content-title|filename)=([\"'])(.*?)\1")
_DONE = {"complete": "☑ ", "incomplete": "☐ "}


def as_page(source: str) -> str:
    """Return the source with macros as the elements that show them, each on its line; other pages as they are.

    Such a page is XML: where it is not, or holds comments, what looks like a macro may end anywhere.
    """
    is_stored = _STORED.search(source) and "<!--" not in source and _is_xml(source)
    return _Storage().read(source) if is_stored else source


def _is_xml(source: str) -> bool:
    """Tell whether the source is XML, but for the names of characters that HTML knows."""
    from lxml import etree  # type: ignore[import-untyped] # lxml carries no types

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        etree.fromstring(_ENTITY.sub(" ", source).join(_ROOT), parser)
    except (etree.XMLSyntaxError, ValueError):
        return False
    return True


class _Storage:
    """One pass over the source: what it has come to, and what is open."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._is_data = False
        self._unseen = ""
        self._status = False
        self._target = ""
        self._words = 0
        self._macros: list[str] = []

    def read(self, source: str) -> str:
        """Return what a source comes to."""
        at = 0
        for token in _TOKEN.finditer(source):
            self._text(source[at : token.start()])
            at = token.end()
            if token["name"] is None:
                self._data(token[0])
            elif self._is_data:
                self._text(token[0])
            elif not token["alone"] or token["name"].startswith("ri:"):
                self._element(token["name"], token["attributes"], ends=bool(token["end"]))
        self._text(source[at:])
        return "".join(self._out)

    def _data(self, mark: str) -> None:
        begins = mark.startswith("<")
        if begins == self._is_data:  # none ends, or one begins in another: text
            self._text(mark)
        else:
            self._is_data = begins

    def _text(self, text: str) -> None:
        if self._unseen:
            self._out.append("\n" * text.count("\n"))
        elif self._status:
            self._out.append(_DONE.get(text.strip(), ""))
        else:
            self._out.append(escape(text, quote=False) if self._is_data else text)
            self._words += len(text.strip())

    def _element(self, name: str, attributes: str, *, ends: bool) -> None:
        if self._unseen:
            self._unseen = "" if ends and name == self._unseen else self._unseen
        elif name in _UNSEEN or (name == "ac:parameter" and not self._is_seen(attributes)):
            self._unseen = "" if ends else name
        elif name == "ac:structured-macro":
            self._macro(attributes, ends=ends)
        elif name == "ac:task-status":
            self._status = not ends
        elif name == "ac:link":
            self._link(ends=ends)
        elif named := _NAME.search(attributes):
            self._target = self._target or named[2]
        elif name in _ELEMENTS:
            self._out.append(f"<{'/' if ends else ''}{_ELEMENTS[name]}>")

    def _macro(self, attributes: str, *, ends: bool) -> None:
        if not ends:
            named = _NAMED.search(attributes)
            self._macros.append(named[2] if named else "")
        elif self._macros:
            self._macros.pop()

    def _is_seen(self, attributes: str) -> bool:
        """Tell whether a parameter is a title or what is seen in a sentence; others say how a macro looks."""
        named = _NAMED.search(attributes)
        name, macro = named[2] if named else "", self._macros[-1] if self._macros else ""
        return name == "title" or (macro, name) in _SEEN

    def _link(self, *, ends: bool) -> None:
        """Take an end of a link: one without words shows the name of the page that it leads to."""
        if ends and not self._words:
            self._out.append(self._target)
        self._target, self._words = "", 0
