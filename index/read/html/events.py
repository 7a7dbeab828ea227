"""An HTML text as a list of events and the tree of its elements, each with its source line.

Elements are balanced: what the source leaves open is closed where a browser closes it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from index.read.html.style import RAISED, is_for_screens, names_with
from index.read.html.tags import BREAKING, HEADINGS, LISTS, VOID
from index.read.missing import not_included

_BLOCKS = BREAKING | LISTS | frozenset(HEADINGS) | {"p", "li", "pre", "table"}
_CLOSED_BY: dict[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "thead": frozenset({"thead", "tbody", "tfoot", "tr", "td", "th"}),
    "tbody": frozenset({"thead", "tbody", "tfoot", "tr", "td", "th"}),
    "tfoot": frozenset({"thead", "tbody", "tfoot", "tr", "td", "th"}),
    "option": frozenset({"option"}),
}
"""Which open elements the start of another one closes."""

_HOLDERS: dict[str, frozenset[str]] = {
    "li": LISTS,
    "dt": frozenset({"dl"}),
    "dd": frozenset({"dl"}),
    "option": frozenset({"select", "datalist"}),
} | dict.fromkeys(("tr", "td", "th", "thead", "tbody", "tfoot"), frozenset({"table"}))
"""How far up the start of an element looks for those that it closes."""

_FACTS = {
    "portable-infobox": "table",
    "pi-data": "tr",
    "pi-data-label": "th",
    "pi-data-value": "td",
    "pi-title": "caption",
    "pi-header": "caption",
}
"""The elements of a box of facts, by class, and what they are in a table."""

_SCOPES = frozenset({"table", "td", "th", "caption", "template"})
"""Elements that the end of another one does not close."""

_INLINE = frozenset("a abbr b big code em font i mark nobr s small span strike strong sub sup tt u".split())
"""Elements whose end leaves open what has begun inside them."""

_SERVER_SIDE = re.compile(r"#include\s+(?:virtual|file)\s*=\s*[\"']([^\"']{1,200})[\"']")
"""The comment in whose place a web server puts a file."""

_UNSEEN = re.compile("<[!?]")
"""What a comment, a declaration or an instruction begins with, of which a browser shows nothing."""

_LETTERS_OF_A_LABEL = 100
_EVENTS_OF_A_LABEL = 50
_LOOKED_AT = 300
"""How many open elements are searched for the one that an end tag closes, or that a rule names; no page has more."""


@dataclass(slots=True)
class Element:
    """An element: `first` and `last` are the events between which it stands, `parent` its parent's number or -1.

    `letters` counts the characters in it that are not white space, `linked` those of them that are in a link. `marks`
    are kept by `marks_of`.
    """

    tag: str
    attrs: dict[str, str]
    first: int
    parent: int
    last: int = -1
    letters: int = 0
    linked: int = 0
    marks: frozenset[str] | None = None

    @property
    def classes(self) -> list[str]:
        """The names in its `class` attribute."""
        return self.attrs.get("class", "").split()


@dataclass(slots=True)
class Page:
    """A parsed text. An event is (what, element, text, line) with what "<", ">" or "t".

    Elements stand in the order of their starts. `styles` are the texts of style elements, `items` counts for each
    element the list items right inside it.
    """

    elements: list[Element] = field(default_factory=list)
    events: list[tuple[str, int, str, int]] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    items: Counter[int] = field(default_factory=Counter)

    def text(self, number: int) -> str:
        """Return all text in an element."""
        element = self.elements[number]
        return "".join(text for what, _, text, _ in self.events[element.first : element.last] if what == "t")

    def label(self, number: int) -> str:
        """Return all text in an element, in one line."""
        return " ".join(self.text(number).split())

    def is_short(self, number: int) -> bool:
        """Tell whether an element holds so little that it may be a label or a mark."""
        element = self.elements[number]
        return element.letters <= _LETTERS_OF_A_LABEL and element.last - element.first <= _EVENTS_OF_A_LABEL

    def says_something(self, first: int, last: int) -> bool:
        """Tell whether any word stands between two events."""
        return any(self.events[at][0] == "t" and self.events[at][2].strip() for at in range(first, last))

    def above(self, number: int) -> Iterator[int]:
        """Yield the elements that an element stands in, from the inside out; none that is too far out."""
        for _ in range(_LOOKED_AT):
            number = self.elements[number].parent
            if number < 0:
                return
            yield number

    def below(self, numbers: Collection[int]) -> list[bool]:
        """Return for each element whether it is one of `numbers` or stands in one; last, for text in none, False."""
        marked = [False] * (len(self.elements) + 1)
        for number, element in enumerate(self.elements):
            marked[number] = number in numbers or (element.parent >= 0 and marked[element.parent])
        return marked


def parsed_page(source: str, first: int = 1) -> Page:
    """Parse an HTML text whose first line is line `first`."""
    parser = _Parser(first)
    parser.feed(source)
    parser.finish()
    _set_tables(parser.page)
    set_raised(parser.page)
    return parser.page


def set_raised(page: Page) -> None:
    """Take words that a style of a page raises for what stands in a `sup`, as Google Docs writes it."""
    names = names_with(page.styles, RAISED) if page.styles else frozenset()
    for element in page.elements:
        if element.tag == "span":
            by_class = not names.isdisjoint(f".{name}" for name in element.classes) if names else False
            if by_class or RAISED.search(element.attrs.get("style", "")):
                element.tag = "sup"


def _set_tables(page: Page) -> None:
    """Take what stands in a box of facts, as Fandom writes it in other elements, for a table."""
    for element in page.elements:
        if "pi-" in element.attrs.get("class", ""):
            element.tag = next((_FACTS[name] for name in element.classes if name in _FACTS), element.tag)
        elif "portable-infobox" in element.classes:
            element.tag = "table"


class _Parser(HTMLParser):
    def __init__(self, first: int) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._before = first - 1
        self._open: list[int] = []
        self._links = 0
        self._is_last = False

    def parse_comment(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002 -- as the library has it
        """Take a comment that is never closed for one up to the end."""
        end = super().parse_comment(i, report)
        return end if end >= 0 or not self._is_last else len(self.rawdata)

    def parse_html_declaration(self, i: int) -> int:
        """Take a declaration that never ends for one up to the next bracket."""
        end = super().parse_html_declaration(i)
        return end if end >= 0 or not self._is_last else self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._imply_ends(tag)
        number = len(self.page.elements)
        values = {name: value or "" for name, value in reversed(attrs)}
        parent = self._open[-1] if self._open else -1
        self.page.elements.append(Element(tag, values, len(self.page.events), parent))
        self.page.items[parent] += tag == "li"
        self._event("<", number)
        self._open.append(number)
        self._links += self._is_link(number)
        if tag in VOID:
            self._end(len(self._open) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._end(len(self._open) - 1)

    def handle_endtag(self, tag: str) -> None:
        at = self._position(tag)
        if at is None:
            return
        if tag not in _INLINE:
            while len(self._open) > at + 1:
                self._end(len(self._open) - 1)
        self._end(at)

    def handle_data(self, data: str) -> None:
        opened = self.page.elements[self._open[-1]] if self._open else None
        if opened is not None and opened.tag == "style" and is_for_screens(opened.attrs.get("media", "")):
            self.page.styles.append(data)
        letters = sum(map(len, data.split()))
        if self._open:
            element = self.page.elements[self._open[-1]]
            element.letters += letters
            element.linked += letters if self._links else 0
        self._event("t", self._open[-1] if self._open else -1, data)

    def handle_comment(self, data: str) -> None:
        """Put the name of a file that a web server would show here."""
        if included := _SERVER_SIDE.match(data):
            self.handle_data(f" {not_included(included[1])} ")

    def finish(self) -> None:
        """Close everything, and add up what is in each element.

        What the parser has kept back begins with a tag that is never closed: after the last bracket, each is text, up
        to a comment or a declaration, which goes on to the end.
        """
        self._is_last = True
        last = self.rawdata.rfind(">") + 1
        if self.cdata_elem is None and not self.rawdata.startswith("<!--", self.rawdata.find("<")):
            text = _UNSEEN.split(self.rawdata[last:], maxsplit=1)[0]
            self.rawdata = self.rawdata[:last] + text.replace("<", "&lt;")
        self.close()
        while self._open:
            self._end(len(self._open) - 1)
        for element in reversed(self.page.elements):
            if element.parent >= 0:
                self.page.elements[element.parent].letters += element.letters
                self.page.elements[element.parent].linked += element.linked

    def _event(self, what: str, number: int, text: str = "") -> None:
        self.page.events.append((what, number, text, self.getpos()[0] + self._before))

    def _end(self, at: int) -> None:
        number = self._open.pop(at)
        element = self.page.elements[number]
        element.last = len(self.page.events)
        self._links -= self._is_link(number)
        self._event(">", number)

    def _is_link(self, number: int) -> bool:
        element = self.page.elements[number]
        return element.tag == "a" and ("href" in element.attrs or not element.attrs.keys() & {"id", "name"})

    def _position(self, tag: str) -> int | None:
        """Return where in the stack of open elements the one is that an end tag closes."""
        for at in range(len(self._open) - 1, max(-1, len(self._open) - 1 - _LOOKED_AT), -1):
            open_tag = self.page.elements[self._open[at]].tag
            if open_tag == tag:
                return at
            if open_tag in _SCOPES and tag not in {"table", "tr", "tbody", "thead", "tfoot", "template"}:
                return None
        return None

    def _imply_ends(self, tag: str) -> None:
        """Close what ends where an element of this name begins: a paragraph before a block, an item before the next."""
        if tag in _BLOCKS and self._open and self.page.elements[self._open[-1]].tag == "p":
            self._end(len(self._open) - 1)
        if tag in {"a", "button"} and (at := self._position(tag)) is not None:
            self._end(at)
        closed = _CLOSED_BY.get(tag)
        if closed is None:
            return
        upmost = self._upmost(closed, _HOLDERS[tag])
        while upmost is not None and len(self._open) > upmost:
            self._end(len(self._open) - 1)

    def _upmost(self, closed: Collection[str], holders: Collection[str]) -> int | None:
        """Return where the upmost open element is that one of these names ends, below the nearest of the `holders`."""
        upmost = None
        for at in range(len(self._open) - 1, max(-1, len(self._open) - 1 - _LOOKED_AT), -1):
            tag = self.page.elements[self._open[at]].tag
            if tag in holders or (tag in _SCOPES and tag not in closed):
                break
            upmost = at if tag in closed else upmost
        return upmost
