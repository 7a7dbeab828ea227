"""What Org exports to no page: code by `:exports`, elements by their class or style, what stands in hidden HTML."""

from __future__ import annotations

import re

from index.read.html.style import hides_by_class
from index.read.markdown.concealed import Between, is_hidden

_EXPORTS = re.compile(r"(?<!\S):exports\s+(\w+)", re.IGNORECASE)
_OF_SECTION = re.compile(r"\s*:header-args(?::[\w-]+)?\+?:\s*(.*)", re.IGNORECASE)
_OF_TEXT = re.compile(r"header-args(?::[\w-]+)?\+?\s+(.*)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(?:(?<=\s)|^):([\w-]+)\s+(.*?)(?=\s:[\w-]+\s|$)")
_WITHOUT_CODE = frozenset(["none", "results"])
_WITHOUT_RESULTS = frozenset(["none", "code"])


class Hidden:
    """Follows what is hidden, line by line."""

    def __init__(self, text: str) -> None:
        """Begin a text."""
        self._between = Between(text)
        self._element = False
        self._block = ""
        self._given = ""
        self._level = 0
        self._exports: dict[int, str] = {}
        self._last = ""

    @property
    def hides(self) -> bool:
        """Whether what comes next is exported to no page."""
        return self._element or bool(self._block) or self._between.hides

    def blank(self) -> None:
        """Take a blank line, which ends what is said of the next element."""
        self._element, self._given = False, ""

    def heading(self, level: int) -> None:
        """Take a heading."""
        self.blank()
        self._block, self._level = "", level
        self._exports = {at: exports for at, exports in self._exports.items() if at < level}

    def in_drawer(self, line: str) -> None:
        """Take a line of the properties of a section."""
        if given := _OF_SECTION.match(line):
            self._set_exports(self._level, given[1])

    def keyword(self, name: str, value: str) -> None:
        """Take a keyword in small letters with its value."""
        if name in {"header", "headers"}:
            self._given += f" {value}"
        elif name == "property" and (given := _OF_TEXT.match(value)):
            self._set_exports(0, given[1])
        elif name == "attr_html":
            attributes = {key.lower(): written.strip('"') for key, written in _ATTRIBUTE.findall(value)}
            self._element = self._element or is_hidden(attributes)
        elif name == "results":
            self._element = self._last in _WITHOUT_RESULTS

    def html(self, html: str) -> str:
        """Take HTML that is exported as it is, and return what is seen of it, on the lines that it stands on."""
        return self._between.take(html)

    def hides_code(self, line: str) -> bool:
        """Take the first line of a block of code, and tell whether its code is exported to no page."""
        own = _EXPORTS.search(line) or _EXPORTS.search(self._given)
        inherited = self._exports[max(self._exports)] if self._exports else ""
        self._last = own[1].lower() if own else inherited
        hides = self._element or self._last in _WITHOUT_CODE
        self.blank()
        return hides

    def begin(self, name: str) -> None:
        """Take the first line of a block of text."""
        if not self._block and (self._element or hides_by_class([name])):
            self._block = name
        self.blank()

    def between(self, line: str) -> None:
        """Take a line between elements: a blank one, or one that may end a block."""
        if not line.strip():
            self.blank()
        if self._block and line.strip().lower() == f"#+end_{self._block}":
            self._block = ""

    def _set_exports(self, level: int, given: str) -> None:
        if exports := _EXPORTS.search(given):
            self._exports[level] = exports[1].lower()
