"""One pass over the events of an HTML text, as they stand in the source: so every word keeps its line."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from index.read.characters import BREAKS
from index.read.draft import Fragment
from index.read.html.anchors import anchor_of
from index.read.html.events import Element, Page
from index.read.html.fixed import FIXED, is_fixed
from index.read.html.foreign import words_of
from index.read.html.formula import formula
from index.read.html.list_styles import ListStyles
from index.read.html.lists import OpenList, opened
from index.read.html.raised import end_raised
from index.read.html.style import LINE_THROUGH, names_with, striking_names
from index.read.html.table import Table, layout_tables
from index.read.html.tags import BREAKING, FOREIGN, HEADINGS, LISTS, PREFORMATTED
from index.read.struck import going_on, struck
from index.records import BlockKind

_INVISIBLE = re.compile(f"[{BREAKS}]")
"""Soft hyphens and marks where a line may break: they are in no word that a reader sees."""

_CHECKED = frozenset({"checkbox-on", "checkbox-off"})
"""Classes of Notion's boxes, which stand before what is to be done."""

_TASKS = "inline-task-list"
"""The class of Confluence's lists of what is to be done."""

_PILLS = frozenset({"selected-value", "aui-lozenge", "badge", "pill", "chip"})
"""Classes of words that stand in a box of their own, however near to other words they are written."""

_TYPED = frozenset({"", "text", "email", "tel", "url", "number", "date", "time", "month", "week", "datetime-local"})
"""Types of the fields of a form whose value is shown as it is."""

_STRIKING = frozenset({"del", "s", "strike"})

_SAID = {"q": ("“", "”"), "rt": ("(", ")"), "option": (" ", " "), "textarea": (" ", " ")}
"""Elements that a page shows between these."""


@dataclass(frozen=True, slots=True)
class HtmlBlock:
    """A block: its kind, the level if it is a heading, its text, and the number of the element that it begins in.

    `apart` says that it is the first row of its table; `linked` is the share of it that is in links. `anchor` is where
    links to a heading lead. `fixed` says that it is a paragraph, all of it in a font of fixed width.
    """

    kind: BlockKind
    level: int
    fragments: list[Fragment]
    element: int = -1
    apart: bool = False
    linked: float = 0.0
    anchor: str | None = None
    fixed: bool = False

    @property
    def text(self) -> str:
        """The text in one piece."""
        return "".join(text for text, _ in self.fragments)


class HtmlWalk:
    """The pass: give it a page, and `blocks` holds its blocks. Elements in `unseen` are left out with all they hold."""

    def __init__(self, page: Page, unseen: Collection[int], labels: Mapping[int, str] = MappingProxyType({})) -> None:
        """Prepare for a page; `over` does the work. `labels` are put before what is in the elements that they name."""
        self.blocks: list[HtmlBlock] = []
        self._page = page
        self._unseen = unseen
        self._labels = labels
        self._layout = layout_tables(page)
        self._text: list[Fragment] = []
        self._at = -1
        self._letters = self._linked = self._links = 0
        self._tables: list[Table] = []
        self._lists: list[OpenList] = []
        self._number = ""
        self._heading = 0
        self._pre = 0
        self._apart = False
        self._line = 1
        self._struck: set[int] = set()
        self._striking = striking_names(page.styles)
        self._fixed: set[int] = set()
        self._fixing = names_with(page.styles, FIXED)
        self._fixed_letters = 0
        self._list_styles = ListStyles(page)
        self._ended_struck = False

    def over(self) -> None:
        """Go over all events."""
        events, elements = self._page.events, self._page.elements
        position, started = 0, set()
        while position < len(events):
            what, number, text, self._line = events[position]
            position += 1
            if what == "t":
                self._data(text, number)
            elif what == "<" and number in self._unseen:
                position = elements[number].last + 1
            elif what == "<" and elements[number].tag in FOREIGN:
                self._foreign(number, elements[number])
                position = elements[number].last + 1
            elif what == "<":
                started.add(number)
                self._strike(number, elements[number])
                self._start(number, elements[number])
            elif number in started:
                self._end(number, elements[number])
        while self._tables:
            self._end_table()
        self._end_pre() if self._pre else self._end_block()

    def _foreign(self, number: int, element: Element) -> None:
        """Add a formula, what a drawing says, or, as a paragraph of its own, that another page stands here."""
        is_formula = element.tag == "math"
        words = formula(self._page, number) if is_formula else words_of(self._page, number, self._unseen)
        if is_formula:
            self._put(words, self._line, number)
        elif words and element.tag != "svg":
            self._end_block()
            self._put(words, self._line, number)
            self._end_block()
        elif words:
            self._put(f" {words} ", self._line, number)

    def _strike(self, number: int, element: Element) -> None:
        """Take note of an element in which all is struck out, or set in a font of fixed width."""
        if is_fixed(element, self._fixing):
            self._fixed.add(number)
        names = [*(f".{name}" for name in element.classes), f"#{element.attrs.get('id')}"] if self._striking else ()
        by_style = LINE_THROUGH.search(element.attrs.get("style", "")) or not self._striking.isdisjoint(names)
        if element.tag in _STRIKING or by_style:
            self._struck.add(number)

    def _data(self, data: str, number: int) -> None:
        newline = "\n" if self._pre else " "
        *ended, rest = _INVISIBLE.sub("", data).split("\n")
        for count, text in enumerate(ended):
            self._put(text + newline, self._line + count, number)
        if rest:
            self._put(rest, self._line + len(ended), number)

    def _put(self, text: str, line: int, number: int) -> None:
        is_struck = bool(self._struck) and not self._pre and bool(text.strip())
        if is_struck:
            text = struck(text)
            if self._ended_struck and self._text:
                before, text = going_on(self._text[-1][0], text)
                self._text[-1] = (before, self._text[-1][1])
        self._ended_struck = is_struck
        letters = len(text) - text.count(" ")
        if letters and not text.isspace():
            self._at = number if not self._letters else self._at
            self._letters += letters
            self._linked += letters if self._links else 0
            self._fixed_letters += letters if self._fixed else 0
        self._text.append((text, line))

    def _start(self, number: int, element: Element) -> None:
        tag = element.tag
        if number in self._labels:
            self._end_block()
            self._put(self._labels[number], self._line, number)
            self._end_block()
        if tag in PREFORMATTED or tag in HEADINGS or tag == "table":
            self._start_block(number, tag)
        elif tag in LISTS:
            self._end_block()
            self._lists.append(opened(self._page, number, self._list_styles, self._lists))
        elif tag in {"p", "li"} or tag in BREAKING:
            self._start_paragraph(number, element)
        elif tag in {"tr", "td", "th"}:
            self._start_cell(tag, element)
        else:
            self._inline(number, element)

    def _start_paragraph(self, number: int, element: Element) -> None:
        self._end_block()
        if element.tag == "p" and "title" in element.classes and element.attrs.get("id", "").startswith("h."):
            self._start_block(number, "h1")  # the title of a Google Docs export
        elif not _CHECKED.isdisjoint(element.classes) and self._lists:
            self._number = "☑ " if "checkbox-on" in element.classes else "☐ "
        elif element.tag == "li":
            self._number = self._lists[-1].item(element.attrs) if self._lists else ""
            if element.parent >= 0 and _TASKS in self._page.elements[element.parent].classes:
                self._number += "☑ " if "checked" in element.classes else "☐ "

    def _start_block(self, number: int, tag: str) -> None:
        self._end_block()
        if tag in PREFORMATTED:
            self._pre += not self._in_cell()
        elif self._pre:
            return
        elif tag == "table":
            self._flush_row()  # of a table that has another between its cells, the cells before it
            self._tables.append(Table(layout=number in self._layout))
        elif not self._in_cell():
            self._heading = HEADINGS.get(tag, 0)

    def _start_cell(self, tag: str, element: Element) -> None:
        if self._pre or not self._tables:
            return
        self._end_cell()
        if tag == "tr":
            self._flush_row()
        else:
            self._tables[-1].in_cell = True
            self._tables[-1].attrs = element.attrs
            self._tables[-1].heads += tag == "th"

    def _inline(self, number: int, element: Element) -> None:
        if not (self._pre or _PILLS.isdisjoint(element.classes)):
            self._text.append((" ", self._line))
        match element.tag:
            case "br":
                self._text.append(("\n", self._line))
            case "img":
                self._put(element.attrs.get("alt") or "", self._line, number)
            case "input":
                self._put(self._filled_in(element), self._line, number)
            case "a":
                self._links += 1
            case "q" | "rt" | "option" | "textarea":
                self._put(_SAID[element.tag][0], self._line, number)
            case "sup" | "sub":
                self._text.append((element.tag, -1))

    def _filled_in(self, field: Element) -> str:
        """Return what a field of a form shows; a box that stands in no list or table may only unfold what follows."""
        kind = field.attrs.get("type", "").lower()
        if kind == "checkbox" and (self._lists or self._in_cell()):
            return "☑ " if "checked" in field.attrs else "☐ "
        value = field.attrs.get("value", "").strip()
        return f" {value} " if value and kind in _TYPED else " "

    def _end(self, number: int, element: Element) -> None:
        self._struck.discard(number)
        self._fixed.discard(number)
        tag = element.tag
        if tag in PREFORMATTED:
            self._end_pre()
        elif tag in HEADINGS:
            self._end_block()
            self._heading = 0
        elif tag in LISTS:
            self._end_block()
            if self._lists:
                self._lists.pop()
        elif tag in {"td", "th", "tr", "table", "tbody", "thead", "tfoot"}:
            self._end_of_table(tag)
        elif tag in {"p", "li"} or tag in BREAKING:
            self._end_block()
            self._heading = 0 if tag == "p" else self._heading
        else:
            self._end_inline(number, tag)

    def _end_inline(self, number: int, tag: str) -> None:
        if tag == "a":
            self._links = max(0, self._links - 1)
        elif tag in _SAID:
            self._put(_SAID[tag][1], self._line, number)
        elif tag in {"sup", "sub"}:
            end_raised(self._text, tag)

    def _end_of_table(self, tag: str) -> None:
        if self._pre:
            if tag == "tr":
                self._end_block()
        elif tag == "table":
            self._end_table()
        else:
            self._end_cell()
            if tag not in {"td", "th"}:
                self._flush_row()
            if tag not in {"td", "th", "tr"} and self._tables:
                self._tables[-1].end_section()

    def _end_pre(self) -> None:
        if self._pre == 1:
            self._flush(BlockKind.CODE)
        else:
            self._end_block()
        self._pre = max(0, self._pre - 1)

    def _end_table(self) -> None:
        self._end_cell()
        self._flush_row()
        if self._tables:
            self._tables.pop()

    def _end_block(self) -> None:
        """Close the block that is open: what comes next is another one."""
        if self._in_cell():
            self._text.append((" ", self._line))
        elif self._pre:
            if not self._text or not self._text[-1][0].endswith("\n"):
                self._text.append(("\n", self._line))
        elif self._heading:
            self._flush(BlockKind.HEADING)
        else:
            self._flush(BlockKind.LIST_ITEM if self._lists else BlockKind.PARAGRAPH)

    def _flush(self, kind: BlockKind) -> None:
        fragments = [fragment for fragment in self._text if fragment[1] > 0]
        if any(text.strip() for text, _ in fragments):
            self._flush_row()  # of a table that has words between its cells, the cells before them
            if kind is BlockKind.LIST_ITEM:
                fragments.insert(0, (self._number, fragments[0][1]))
                self._number = ""
            self._add_block(kind, fragments)
        self._text = []
        self._letters = self._linked = self._fixed_letters = 0

    def _add_block(self, kind: BlockKind, fragments: list[Fragment]) -> None:
        share = self._linked / self._letters if self._letters else 0.0
        anchor = anchor_of(self._page, self._at) if kind is BlockKind.HEADING else None
        fixed = kind is BlockKind.PARAGRAPH and 0 < self._letters == self._fixed_letters
        self.blocks.append(HtmlBlock(kind, self._heading, fragments, self._at, self._apart, share, anchor, fixed))
        self._apart = False

    def _in_cell(self) -> bool:
        return bool(self._tables) and self._tables[-1].in_cell and not self._tables[-1].layout

    def _end_cell(self) -> None:
        if self._in_cell():
            self._tables[-1].add([fragment for fragment in self._text if fragment[1] > 0])
            self._text = []
        else:
            self._end_block()
        if self._tables:
            self._tables[-1].in_cell = False

    def _flush_row(self) -> None:
        if not self._tables or not self._tables[-1].cells:
            return
        table = self._tables[-1]
        begins = table.begins_anew()
        columns = table.row()
        row: list[Fragment] = []
        for cell in columns:
            row += [(" | ", cell[0][1] if cell else row[-1][1]), *cell] if row else cell or [("", 1)]
        if any(text.strip() for cell in columns for text, _ in cell):
            self._apart = self._apart or begins
            table.rows += 1
            heading, self._heading = self._heading, 0
            self._add_block(BlockKind.TABLE, row)
            self._heading = heading
        self._letters = self._linked = self._fixed_letters = 0
