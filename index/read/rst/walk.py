"""From docutils' tree to blocks, with the source line of every word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from string import ascii_lowercase

from docutils import nodes

from index.read.align import aligned
from index.read.draft import Draft, Fragment
from index.read.html.blocks import add_html, beginning_at
from index.read.html.style import hides_by_class
from index.read.markdown.concealed import Between
from index.read.markdown.dialects import MARK
from index.read.raised import raised
from index.read.rst.includes import PART
from index.read.struck import struck
from index.records import BlockKind

_UNSEEN = (
    nodes.comment,
    nodes.label,
    nodes.meta,
    nodes.pending,
    nodes.raw,
    nodes.substitution_definition,
    nodes.system_message,
)
_CODE = (nodes.literal_block, nodes.doctest_block, nodes.math_block)
_STRIKING = frozenset(["del", "strike", "strikethrough", "line-through"])
"""Classes of what is struck out, and the roles that are named so."""

_SUBSTITUTION = re.compile(r"\|[^|]+\|_{0,2}")
_LINK = re.compile(r"`([^`<]+?)(?:\s*<[^<>]*>)?`_{1,2}|(\w+)_{1,2}")
_SETTINGS = frozenset(["orphan", "tocdepth", "nocomments", "nosearch", "no-search"])
"""Fields at the head of a text that only Sphinx knows."""

_RESULTS = {"returns": "Returns", "return": "Returns", "rtype": "Return type"}
_DESCRIBING = {
    **dict.fromkeys(("param", "parameter", "arg", "argument", "key", "keyword", "kwarg", "kwparam"), "{}"),
    **dict.fromkeys(("var", "ivar", "cvar"), "{}"),
    **dict.fromkeys(("raises", "raise", "except", "exception"), "Raises {}"),
    **dict.fromkeys(("type", "vartype", "paramtype", "kwtype"), "{} (type)"),
}
_MOST_COLUMNS = 1000
_MOST_ROMAN = 4000
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_MESSAGES = "system-messages"  # the class of the section in which docutils gathers its own words
_MALFORMED = "Malformed table."  # what docutils says of one whose lines do not fit, which it gives as it is drawn
_LINES_AROUND = 3  # a text's own source may lack the lines that only hold markup


class RstWalk:
    """One pass over a tree; `source` is the text's lines, and `numbers` are theirs in the file.

    `parts` are those of the page that are in another markup.
    """

    def __init__(
        self,
        draft: Draft,
        source: Sequence[str],
        numbers: Sequence[int],
        parts: Sequence[Draft],
        *,
        is_sphinx: bool = False,
    ) -> None:
        """Begin at the first line; `is_sphinx` says whether the text is a page of a site that Sphinx makes."""
        self._is_sphinx = is_sphinx
        self._parts = parts
        self._draft = draft
        self._source = source
        self._numbers = numbers
        self._level = 0
        self._items = 0
        self._number = ""
        self._cursor = 0
        self._between = Between("\n".join(source))

    def over(self, node: nodes.Node) -> None:
        """Add the blocks of a node and of all below it."""
        if self._between.hides and not isinstance(node, nodes.raw):
            self._children(node)
        elif isinstance(node, _UNSEEN):
            self._unseen(node)
        elif not (isinstance(node, nodes.Element) and hides_by_class(node.get("classes", ()))):
            self._shown(node)

    def _shown(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.section) and _MESSAGES in node["classes"]:
            return
        if isinstance(node, nodes.section):
            self._level += 1
            self._children(node)
            self._level -= 1
        elif isinstance(node, nodes.list_item):
            self._item(node)
        elif isinstance(node, nodes.field):
            self._field(node)
        elif isinstance(node, nodes.tgroup):
            for row, cells in _rows(node):
                self._flow(BlockKind.TABLE, row, " | ".join(cells))
        elif isinstance(node, _CODE):
            self._code(node)
        else:
            self._text(node)

    def _field(self, node: nodes.field) -> None:
        name, body = (_whole(child) for child in node.children[:2])
        if not self._is_about_page(node.parent):
            named = _named(name)
            self._flow(BlockKind.PARAGRAPH, node, f"{named}: {body}" if body else named)

    def _is_about_page(self, fields: nodes.Element) -> bool:
        """Tell whether fields at the head of a text tell Sphinx something, which shows none of them."""
        if not isinstance(fields.parent, nodes.document):
            return False
        above = fields.parent.children[: fields.parent.index(fields)]
        names = {_whole(field.children[0]).lower() for field in fields.children if field.children}
        is_sphinx = self._is_sphinx or not names.isdisjoint(_SETTINGS)
        return is_sphinx and all(isinstance(node, nodes.Invisible | nodes.meta) for node in above)

    def _children(self, node: nodes.Node) -> None:
        for child in node.children:
            self.over(child)

    def _text(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.image):
            self._flow(BlockKind.PARAGRAPH, node, str(node.get("alt", "")))
        elif isinstance(node, nodes.line_block):
            self._flow(BlockKind.PARAGRAPH, node, "\n".join(_seen(line) for line in node.findall(nodes.line)))
        elif isinstance(node, nodes.option_group):
            self._flow(BlockKind.PARAGRAPH, node, ", ".join(option.astext() for option in node.children))
        elif isinstance(node, nodes.title) and isinstance(node.parent, nodes.section):
            self._draft.heading(self._level, self._fragments(node, _seen(node)))
        elif isinstance(node, nodes.footnote | nodes.citation):
            self._number = f"[{_whole(node.children[0])}] " if node.children else ""
            self._children(node)
            self._number = ""
        elif isinstance(node, nodes.TextElement):
            self._paragraph(node)
        else:
            self._children(node)

    def _paragraph(self, node: nodes.TextElement) -> None:
        number, self._number = self._number, ""
        kind = BlockKind.LIST_ITEM if self._items else BlockKind.PARAGRAPH
        self._flow(kind, node, number + " ".join(_seen(node).split()))

    def _item(self, node: nodes.list_item) -> None:
        self._items += 1
        parent = node.parent
        if isinstance(parent, nodes.enumerated_list):
            number = _counted(parent.get("enumtype", "arabic"), parent.get("start", 1) + parent.index(node))
            self._number = f"{parent.get('prefix', '')}{number}{parent.get('suffix', '.')} "
        self._children(node)
        self._items -= 1
        self._number = ""

    def _flow(self, kind: BlockKind, node: nodes.Node, text: str) -> None:
        if text.strip():
            self._draft.flow(kind, self._fragments(node, text))

    def _code(self, node: nodes.Element) -> None:
        lines = _seen(node).split("\n")
        first = self._index_of(node, lines[0])
        numbered = [(text, self._number_of(first + number + 1)) for number, text in enumerate(lines)]
        self._cursor = min(first + len(lines), len(self._source))
        self._draft.verbatim(BlockKind.CODE, numbered)

    def _unseen(self, node: nodes.Node) -> None:
        """Add parts in another markup, HTML, and a table that cannot be read, as they stand; all else goes."""
        part = node.get(PART, "") if isinstance(node, nodes.comment) else ""
        if part.isdecimal() and int(part) < len(self._parts):
            level = max(self._level, 0)
            self._draft.absorb(self._parts[int(part)], below=level, line=self._number_of(node.line or 1))
        elif isinstance(node, nodes.raw) and node.line:
            first = beginning_at(node.line)
            add_html(self._draft, self._between.take(node.astext()), lambda line: self._number_of(first(line)))
        elif isinstance(node, nodes.system_message) and node.children[0].astext().startswith(_MALFORMED):
            for drawn in node.findall(nodes.literal_block):
                self._code(drawn)

    def _index_of(self, node: nodes.Node, line: str) -> int:
        """Return the index of the next source line, from the cursor on, that ends as the first of a node does.

        What stands in no line, such as the name of a file that is not there, stands where docutils says.
        """
        wanted = line.strip()
        following = range(self._cursor, len(self._source))
        found = next((at for at in following if self._source[at].strip().endswith(wanted)), None)
        return found if found is not None else max(self._stated(node) or 0, self._cursor)

    def _fragments(self, node: nodes.Node, text: str) -> list[Fragment]:
        first, last = self._span(node)
        fragments = aligned(text, self._source[first:last], first + 1)
        self._cursor = max(self._cursor, max((line for _, line in fragments), default=first + 1) - 1)
        return [(text, self._number_of(line)) for text, line in fragments]

    def _number_of(self, line: int) -> int:
        """Return the number in the file of a line, counted from 1 in the source."""
        return self._numbers[min(max(line, 1), len(self._numbers)) - 1]

    def _stated(self, node: nodes.Node) -> int | None:
        """Return the index of the line that docutils says a node stands on, or else the first below or beside it."""
        near = chain(node.findall(nodes.Element), node.parent.findall(nodes.Element) if node.parent else ())
        line = next((element.line for element in near if element.line), None)
        return None if line is None else line - 1

    def _span(self, node: nodes.Node) -> tuple[int, int]:
        """Return the source lines to look for a text in: at most from the cursor to a little past where it may end."""
        raw = getattr(node, "rawsource", "") or node.astext()
        size = raw.count("\n") + 1
        first = self._index_of(node, raw.split("\n")[0]) if raw.strip() else self._cursor
        stated = self._stated(node)
        if stated is not None and self._cursor <= stated < first - _LINES_AROUND:
            first = stated  # other text that ends as this one does
        return first, min(first + size + _LINES_AROUND, len(self._source))


def _seen(node: nodes.Node) -> str:
    """Return a node's text: an image as its description, a note's number in brackets, what cannot be known marked."""
    if isinstance(node, nodes.image):
        return str(node.get("alt", ""))
    if isinstance(node, nodes.Text):
        return node.astext()
    text = "".join(_seen(child) for child in node.children if not isinstance(child, _UNSEEN))
    if isinstance(node, nodes.footnote_reference | nodes.citation_reference):
        return f"[{text}]"
    if isinstance(node, nodes.inline) and not _STRIKING.isdisjoint(node.get("classes", ())):
        return struck(text)
    if isinstance(node, nodes.superscript):
        return raised(text)
    return _unresolved(text) if isinstance(node, nodes.problematic) else text


def _unresolved(text: str) -> str:
    """Return what is seen of markup that docutils cannot resolve: a mark, a link's text, or the markup itself."""
    if _SUBSTITUTION.fullmatch(text):
        return MARK
    link = _LINK.fullmatch(text)
    return link[1] or link[2] if link else text


def _named(field: str) -> str:
    """Return how Sphinx shows the name of a field that describes a parameter, a result or an error."""
    kind, _, rest = field.partition(" ")
    if kind in _RESULTS and not rest:
        return _RESULTS[kind]
    if not rest or kind not in _DESCRIBING:
        return field
    *types, name = rest.split(" ")
    return _DESCRIBING[kind].format(f"{name} ({' '.join(types)})" if types else name)


def _whole(node: nodes.Node) -> str:
    """Return the text of a cell or another node that holds paragraphs, on one line."""
    if isinstance(node, nodes.Text | nodes.TextElement | nodes.image):
        return " ".join(_seen(node).split())
    return " ".join(filter(None, (_whole(child) for child in node.children if not isinstance(child, _UNSEEN))))


def _rows(group: nodes.tgroup) -> Iterator[tuple[nodes.row, list[str]]]:
    """Yield the rows of a table with their cells; one that spans rows or columns stands in each of them.

    One that is alone in its row stands there once.
    """
    for part in group.children:
        spanning: dict[int, tuple[str, int]] = {}
        for row in part.children if isinstance(part, nodes.thead | nodes.tbody) else ():
            cells: list[str] = []
            entries = list(row.children)
            while entries or len(cells) in spanning:
                text, more, columns = _next_cell(entries, spanning, len(cells))
                for column in range(len(cells), len(cells) + columns):
                    spanning[column] = (text, more)
                    if not more:
                        del spanning[column]
                    cells.append(text)
            if isinstance(row, nodes.row):
                yield row, cells[:1] if _is_whole(row, len(cells)) and not spanning else cells


def _is_whole(row: nodes.row, columns: int) -> bool:
    """Tell whether a row has one cell, which spans all columns of the table."""
    entry = row.children[0] if len(row.children) == 1 else None
    return isinstance(entry, nodes.Element) and int(entry.get("morecols", 0)) + 1 == columns


def _next_cell(entries: list[nodes.Node], spanning: Mapping[int, tuple[str, int]], column: int) -> tuple[str, int, int]:
    """Return the next cell's text, how many rows below it has, and its columns; one from above comes first."""
    if column in spanning:
        text, more = spanning[column]
        return text, more - 1, 1
    entry = entries.pop(0)
    columns = min(int(entry.get("morecols", 0)), _MOST_COLUMNS) if isinstance(entry, nodes.Element) else 0
    more = int(entry.get("morerows", 0)) if isinstance(entry, nodes.Element) else 0
    return _whole(entry), more, columns + 1


def _counted(kind: str, number: int) -> str:
    """Return a list's number as the kind of list writes it."""
    if kind.endswith("alpha") and 1 <= number <= len(ascii_lowercase):
        letter = ascii_lowercase[number - 1]
        return letter.upper() if kind.startswith("upper") else letter
    if kind.endswith("roman") and 1 <= number < _MOST_ROMAN:
        roman = _roman(number)
        return roman if kind.startswith("upper") else roman.lower()
    return str(number)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        written += letters * times
    return written
