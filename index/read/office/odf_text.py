"""The paragraphs and tables of an OpenDocument text as they are shown, without what is hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from index.read.office.odf_lists import Counts, Lists
from index.read.office.odf_package import DRAW, OFFICE, PRESENTATION, STYLE, SVG, TABLE, TEXT, XLINK, OdfPackage, points
from index.read.office.odf_table import rows, rows_in
from index.read.office.picture import said_of
from index.read.office.pieces import Piece, cell_text, is_of_data
from index.read.office.word_styles import is_monospaced
from index.read.office.word_xml import number
from index.read.raised import raised
from index.read.spans import joined
from index.read.struck import struck
from index.records import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped] # lxml carries no types

_TITLE = frozenset(["Title"])
_CODE = frozenset(["Preformatted_20_Text", "Source_20_Code", "Source_20_Text"])
_GONE = frozenset(
    [
        *(f"{OFFICE}{name}" for name in ("annotation", "annotation-end", "event-listeners", "forms", "scripts")),
        *(f"{TEXT}{name}" for name in ("tracked-changes", "table-of-content", "illustration-index", "table-index")),
        *(f"{TEXT}{name}" for name in ("object-index", "user-index", "alphabetical-index", "script")),
        f"{PRESENTATION}notes",
    ]
)
_CONTAINERS = frozenset([f"{TEXT}section", f"{TEXT}numbered-paragraph", f"{TEXT}bibliography", f"{TEXT}index-body"])
_DISPLAY = f"{TEXT}display"
"""Says "none" of a variable that is set in a text and shown elsewhere."""

_MOST_SPACES = 200
_PLAIN = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}


class OdfText:
    """Reads the content of a document from its beginning to its end."""

    def __init__(self, package: OdfPackage, paper: str | None = None) -> None:
        """Begin with the lists not counted yet; `paper` is the colour behind cells that have none, if it is known."""
        self._package = package
        self._styles = package.styles
        self._lists = Lists(package.roots)
        self._out: list[str] = []
        self._hidden = False
        self._drawn: list[_Element] = []
        self._notes: list[tuple[str, _Element]] = []
        self._in_row = 0
        self._paper = paper
        self._behind: str | None = None

    def pieces(self, container: Iterable[_Element]) -> Iterator[Piece]:
        """Yield the paragraphs and rows below an element, or those that elements are."""
        for child in container:
            yield from self._pieces_of(child)

    def _pieces_of(self, child: _Element, label: str = "", depth: int | None = None) -> Iterator[Piece]:
        tag = child.tag
        if not isinstance(tag, str) or tag in _GONE or _is_hidden_section(child) or self._styles.hides_shape(child):
            return
        if tag in {f"{TEXT}p", f"{TEXT}h"}:
            yield from self._paragraph(child, label, depth)
        elif tag == f"{TEXT}list":
            style = child.get(f"{TEXT}style-name") or self._list_style(child)
            yield from self._list(child, style, self._lists.begun(child, style), 0)
        elif tag == f"{TABLE}table":
            yield from self._table(child)
        elif tag in _CONTAINERS:
            yield from self.pieces(child)
        elif tag.startswith(DRAW):
            yield from self._shape(child)

    def _list_style(self, element: _Element) -> str:
        """Return the style of a list that names none: that of its first paragraph's style, "" where there is none."""
        paragraph = next(element.iter(f"{TEXT}p", f"{TEXT}h"), None)
        name = paragraph.get(f"{TEXT}style-name") if paragraph is not None else None
        said = (style.get(f"{STYLE}list-style-name") for style in self._styles.chain("paragraph", name))
        return next((style for style in said if style), "")

    def _list(self, element: _Element, style: str, counts: Counts, depth: int) -> Iterator[Piece]:
        for item in element:
            if not isinstance(item.tag, str) or not item.tag.startswith(f"{TEXT}list-"):
                continue
            label = None if item.tag == f"{TEXT}list-item" else ""
            for child in item:
                if child.tag == f"{TEXT}list":
                    yield from self._list(child, child.get(f"{TEXT}style-name") or style, counts, depth + 1)
                    continue
                if label is None:
                    label = self._lists.label(style, counts, depth, item.get(f"{TEXT}start-value"))
                yield from self._pieces_of(child, label, depth)
                label = ""

    def _paragraph(self, element: _Element, label: str, depth: int | None) -> Iterator[Piece]:
        style = element.get(f"{TEXT}style-name")
        level = number(element.get(f"{TEXT}outline-level"), 1) or 1 if element.tag == f"{TEXT}h" else 0
        if level and depth is None and element.get(f"{TEXT}is-list-header") != "true":
            label = self._lists.heading(level, element.get(f"{TEXT}start-value"))
        hidden = bool(self._styles.hides_text("paragraph", style))
        faded = element.find(f".//{TEXT}span") is None and self._styles.fades_text("paragraph", style, self._behind)
        text = self._text(element, hidden=hidden or faded)
        text = struck(text) if self._styles.strikes_text("paragraph", style) else text
        if text.strip():
            yield self._piece(style, level, label + text, depth)
        elif not (level or label or self._in_row) and depth is None and self._is_code(style):
            yield Piece(BlockKind.CODE, "")
        if not self._in_row:
            yield from self._beside()

    def _piece(self, style: str | None, level: int, text: str, depth: int | None) -> Piece:
        if level or self._styles.named(style, _TITLE):
            return Piece(BlockKind.HEADING, text, max(1, min(level, 9)))
        if depth is not None:
            return Piece(BlockKind.LIST_ITEM, text, depth=depth)
        return Piece(BlockKind.CODE if self._is_code(style) else BlockKind.PARAGRAPH, text)

    def _is_code(self, style: str | None) -> bool:
        """Return whether a paragraph's style is for code, by its name or by a font that others do not have."""
        usual = self._styles.value("paragraph", "Standard", "text", f"{STYLE}font-name")
        font = self._styles.value("paragraph", style, "text", f"{STYLE}font-name")
        is_own = font is not None and font != usual and is_monospaced(font)
        return is_own or self._styles.named(style, _CODE)

    def _text(self, element: _Element, *, hidden: bool) -> str:
        before, self._out, self._hidden = self._out, [], False
        self._walk(element, hidden=hidden)
        text = "" if self._hidden else "".join(self._out)
        self._out, self._hidden = before, False
        return text

    def _walk(self, element: _Element, *, hidden: bool) -> None:
        self._add(element.text, hidden=hidden)
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _GONE and child.get(_DISPLAY) != "none":
                self._inline(child, hidden=hidden)
            self._add(child.tail, hidden=hidden)

    def _add(self, text: str | None, *, hidden: bool) -> None:
        if text and not hidden:
            self._out.append(text)

    def _inline(self, child: _Element, *, hidden: bool) -> None:
        tag = child.tag
        if tag in _PLAIN:
            self._add(_PLAIN[tag], hidden=hidden)
        elif tag == f"{TEXT}s":
            count = number(child.get(f"{TEXT}c"), 1) or 1
            self._add(" " * max(1, min(count, _MOST_SPACES)), hidden=hidden)
        elif tag in {f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"}:
            self._conditional(child, hidden=hidden)
        elif tag == f"{TEXT}note":
            self._note(child, hidden=hidden)
        elif tag.startswith(DRAW) and tag != f"{DRAW}a":
            if not hidden and not self._styles.hides_shape(child):
                self._drawing(child)
        elif tag == f"{TEXT}ruby-text":
            self._add(f"({''.join(child.itertext())})", hidden=hidden)
        else:
            self._span(child, child.get(f"{TEXT}style-name") if tag == f"{TEXT}span" else None, hidden=hidden)

    def _span(self, child: _Element, style: str | None, *, hidden: bool) -> None:
        own = self._styles.hides_text("text", style) if style else None
        if style and child.find(f".//{TEXT}span") is None and self._styles.fades_text("text", style, self._behind):
            own = True
        begun = len(self._out)
        self._walk(child, hidden=hidden if own is None else own)
        if style and self._styles.raises_text(style):
            self._out[begun:] = [raised("".join(self._out[begun:]))]
        if style and self._styles.strikes_text("text", style):
            self._out[begun:] = [struck("".join(self._out[begun:]))]

    def _conditional(self, child: _Element, *, hidden: bool) -> None:
        """Take text that a condition shows, and note that one hides all of the paragraph."""
        if child.get(f"{TEXT}is-hidden") != "true":
            self._walk(child, hidden=hidden)
        elif child.tag == f"{TEXT}hidden-paragraph":
            self._hidden = True

    def _note(self, child: _Element, *, hidden: bool) -> None:
        body = child.find(f"{TEXT}note-body")
        if not hidden and body is not None:
            mark = f"[{child.findtext(f'{TEXT}note-citation') or ''}]"
            self._add(mark, hidden=False)
            self._notes.append((mark, body))

    def _drawing(self, child: _Element) -> None:
        """Put an object's mark or what a picture is said to show into the text; what a shape holds comes below."""
        for embedded in child.iter(f"{DRAW}object"):
            self._add(self._package.object_mark(embedded.get(f"{XLINK}href") or ""), hidden=False)
        if child.find(f"{DRAW}image") is not None and child.find(f"{DRAW}object") is None:
            said = said_of(child.findtext(f"{SVG}desc") or child.findtext(f"{SVG}title"))
            self._add(said, hidden=False)
            if not said:
                self._package.pictures.append((points(child.get(f"{SVG}width")), points(child.get(f"{SVG}height"))))
        self._drawn.append(child)

    def _beside(self) -> Iterator[Piece]:
        while self._drawn or self._notes:
            if self._drawn:
                yield from self._held(self._drawn.pop(0))
                continue
            mark, body = self._notes.pop(0)
            text = " ".join(piece.text for piece in self.pieces(body))
            yield Piece(BlockKind.PARAGRAPH, f"{mark} {text}")

    def _shape(self, element: _Element) -> Iterator[Piece]:
        """Yield what a drawing that stands between paragraphs shows."""
        before, self._out = self._out, []
        self._drawing(element)
        text, self._out = "".join(self._out), before
        if text.strip():
            yield Piece(BlockKind.PARAGRAPH, text)
        yield from self._beside()

    def _held(self, shape: _Element) -> Iterator[Piece]:
        """Yield what a shape holds, which stands on the shape and not on the cell that it is anchored to."""
        for child in shape:
            if not isinstance(child.tag, str) or self._styles.hides_shape(child):
                continue
            if child.tag == f"{DRAW}text-box" or child.tag.startswith(DRAW):
                yield from self._held(child)
                continue
            before, self._behind = self._behind, None
            pieces = [*self._pieces_of(child)]
            self._behind = before
            yield from pieces

    def _table(self, table: _Element) -> Iterator[Piece]:
        if table.find(f".//{TABLE}table") is not None and not _is_of_data(table):
            for cell in table.iter(f"{TABLE}table-cell"):
                if next(cell.iterancestors(f"{TABLE}table"), None) is table:
                    yield from self.pieces(cell)
            return
        self._in_row += 1
        texts = [joined((text, 1) for text in row) for row in rows(table, self._styles, self.cell)]
        self._in_row -= 1
        yield from (Piece(BlockKind.TABLE, row) for row in texts if row)
        if not self._in_row:
            yield from self._beside()

    def cell(self, cell: _Element, style: str | None) -> str:
        """Return the text of a table's cell of a style on one line."""
        before = self._behind
        self._behind = self._styles.ground(cell, style)
        if self._behind is None and not self._styles.is_conditional(style):
            self._behind = self._paper or before
        shown = _drawings(cell) if self._hides(cell, style) else cell
        text = cell_text(self.pieces(shown))
        self._behind = before
        return text

    def _hides(self, cell: _Element, style: str | None) -> bool:
        """Tell whether a cell's style hides what is in it; words of a colour of their own may be seen all the same."""
        if self._styles.hides_text("table-cell", style):
            return True
        spans = (span for span in cell.iter(f"{TEXT}span") if not _is_drawn(span, cell))
        own = any(self._styles.colour("text", span.get(f"{TEXT}style-name")) for span in spans)
        return not own and self._styles.fades_text("table-cell", style, self._behind)


def _is_of_data(table: _Element) -> bool:
    cells = (row.iterchildren(f"{TABLE}table-cell") for row in rows_in(table))
    return is_of_data(
        [[(cell.find(f".//{TABLE}table") is not None, _full(cell, table)) for cell in row] for row in cells]
    )


def _full(cell: _Element, table: _Element) -> int:
    """Return how many paragraphs of a cell hold text, without those of tables in it."""
    own = (one for one in cell.iter(f"{TEXT}p", f"{TEXT}h") if next(one.iterancestors(f"{TABLE}table")) is table)
    return sum(bool("".join(one.itertext()).strip()) for one in own)


def _drawings(cell: _Element) -> list[_Element]:
    """Return the shapes that are anchored to a cell, or to a paragraph of it."""
    shapes = (one for one in cell.iterdescendants() if isinstance(one.tag, str) and one.tag.startswith(DRAW))
    return [shape for shape in shapes if shape.tag != f"{DRAW}a" and not _is_drawn(shape, cell)]


def _is_drawn(element: _Element, cell: _Element) -> bool:
    """Tell whether an element of a cell is in a shape that is anchored there."""
    for above in element.iterancestors():
        if above is cell:
            return False
        if above.tag.startswith(DRAW) and above.tag != f"{DRAW}a":
            return True
    return False


def _is_hidden_section(element: _Element) -> bool:
    display = element.get(f"{TEXT}display")
    return bool(display == "none" or (display == "condition" and element.get(f"{TEXT}is-hidden") == "true"))
