"""From docutils' tree to blocks, with the source line of every word."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from index.read.align import aligned
from index.read.draft import Draft, Fragment
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
_LINES_AROUND = 3  # a text's own source may lack the lines that only hold markup


class RstWalk:
    """One pass over a tree; `source` is the text's lines."""

    def __init__(self, draft: Draft, source: Sequence[str]) -> None:
        """Begin at the first line."""
        self._draft = draft
        self._source = source
        self._level = 0
        self._items = 0
        self._number = ""
        self._cursor = 0

    def over(self, node: nodes.Node) -> None:
        """Add the blocks of a node and of all below it."""
        if isinstance(node, _UNSEEN):
            return
        if isinstance(node, nodes.section):
            self._level += 1
            self._children(node)
            self._level -= 1
        elif isinstance(node, nodes.list_item):
            self._item(node)
        elif isinstance(node, nodes.field):
            name, body = node.children[0].astext(), node.children[1].astext()
            self._flow(BlockKind.PARAGRAPH, node, f"{name}: {body}" if body else name)
        elif isinstance(node, nodes.row):
            cells = [" ".join(cell.astext().split()) for cell in node.children]
            self._flow(BlockKind.TABLE, node, " | ".join(cells))
        elif isinstance(node, _CODE):
            self._code(node)
        else:
            self._text(node)

    def _children(self, node: nodes.Node) -> None:
        for child in node.children:
            self.over(child)

    def _text(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.image):
            self._flow(BlockKind.PARAGRAPH, node, str(node.get("alt", "")))
        elif isinstance(node, nodes.line_block):
            self._flow(BlockKind.PARAGRAPH, node, "\n".join(_seen(line) for line in node.findall(nodes.line)))
        elif isinstance(node, nodes.title) and isinstance(node.parent, nodes.section):
            self._draft.heading(self._level, self._fragments(node, _seen(node)))
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
        if isinstance(parent, nodes.enumerated_list) and parent.get("enumtype") == "arabic":
            self._number = f"{parent.get('start', 1) + parent.index(node)}. "
        self._children(node)
        self._items -= 1
        self._number = ""

    def _flow(self, kind: BlockKind, node: nodes.Node, text: str) -> None:
        if text.strip():
            self._draft.flow(kind, self._fragments(node, text))

    def _code(self, node: nodes.Element) -> None:
        lines = node.astext().split("\n")
        first = self._find(lines[0], 0)
        numbered = [(text, first + number + 1) for number, text in enumerate(lines)]
        self._cursor = min(first + len(lines), len(self._source))
        self._draft.verbatim(BlockKind.CODE, numbered)

    def _find(self, line: str, start: int) -> int:
        """Return the index of the next source line, from the cursor on, that ends as the given one does."""
        wanted = line.strip()
        following = range(self._cursor + start, len(self._source))
        return next((at for at in following if self._source[at].strip().endswith(wanted)), self._cursor)

    def _fragments(self, node: nodes.Node, text: str) -> list[Fragment]:
        first, last = self._span(node)
        fragments = aligned(text, self._source[first:last], first + 1)
        self._cursor = max(self._cursor, max((line for _, line in fragments), default=first + 1) - 1)
        return fragments

    def _span(self, node: nodes.Node) -> tuple[int, int]:
        """Return the source lines to look for a text in: at most from the cursor to a little past where it may end."""
        raw = getattr(node, "rawsource", "") or node.astext()
        size = raw.count("\n") + 1
        first = self._find(raw.split("\n")[0], 0) if raw.strip() else self._cursor
        return first, min(first + size + _LINES_AROUND, len(self._source))


def _seen(node: nodes.Node) -> str:
    """Return a node's text, an inline image as its description."""
    if isinstance(node, nodes.image):
        return str(node.get("alt", ""))
    if isinstance(node, nodes.Text):
        return node.astext()
    return "".join(_seen(child) for child in node.children if not isinstance(child, _UNSEEN))
