"""The text of a Word paragraph as it is shown: its runs, fields, formulas and symbols, without what is hidden."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from index.read.missing import DIAGRAM as DIAGRAM_MARK
from index.read.missing import EMBEDDED
from index.read.office.chart import CHART, chart_in
from index.read.office.diagram import DIAGRAM, diagram_in, relation_of
from index.read.office.formula import UNREADABLE, M, linear
from index.read.office.picture import POINT, said_of
from index.read.office.word_fields import Fields
from index.read.office.word_styles import Look, Styles
from index.read.office.word_symbols import PRIVATE, symbol
from index.read.office.word_white import WHITE, is_in_its_fill, is_on_white, stands_out
from index.read.office.word_xml import MC, W, chosen, number, plain, switch, value
from index.read.raised import raised
from index.read.struck import going_on, struck

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped] # lxml carries no types

_V = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_ON = frozenset(["1", "true"])
_PROPERTIES, _EXTENT = f"{_DRAWING}docPr", f"{_DRAWING}extent"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_BOX = f"{W}txbxContent"
_GONE = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "sdtPr", "sdtEndPr", "pPr", "rPr", "rubyPr", "customXmlPr")
)
_PLAIN = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
}
_PICTURES = ("MSPhotoEd", "PBrush", "Paint.", "Photoshop.", "Static")
"""How the names of programs begin whose objects are pictures, and no documents."""

RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Runs:
    """Reads paragraphs one after the other, and gathers the text boxes, diagrams and notes that they refer to."""

    def __init__(self, styles: Styles, related: Callable[[str], _Element | None]) -> None:
        """Begin at the document's start, outside of all fields; `related` opens a part by the name of its relation."""
        self._related = related
        self._styles = styles
        self._fields = Fields()
        self._paragraph: str | None = None
        self._table: str | None = None
        self._look = Look(hidden=False, bold=False, monospaced=False, raised=False)
        self._out: list[str] = []
        self._ended_struck = False
        self.boxes: list[_Element] = []
        self.pictures: list[tuple[float, float]] = []
        self.diagrams: list[list[str]] = []
        self.notes: list[tuple[str, str]] = []
        self._numbers: dict[str, int] = {}
        self.bold = self.monospaced = True
        self._handlers: dict[str, Callable[[_Element], None]] = {
            "fldChar": self._field_character,
            "sym": self._symbol,
            "footnoteReference": self._note,
            "endnoteReference": self._note,
            "drawing": self._picture,
            "pict": self._picture,
            "object": self._object,
            "ruby": self._ruby,
        }

    def text(self, paragraph: _Element, table: str | None = None) -> str:
        """Return a paragraph's text in a table of a style; `bold` and `monospaced` then tell whether all of it is."""
        properties = paragraph.find(f"{W}pPr")
        self._paragraph, self._table = self._styles.style_of(properties), table
        self._out, self._ended_struck = [], False
        self.bold = self.monospaced = True
        self._walk(paragraph)
        return "".join(self._out)

    def _walk(self, element: _Element) -> None:
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or tag in _GONE:
                continue
            if tag == f"{W}r":
                self._run(child)
            elif tag.startswith(M):
                self._formula(child)
            elif tag == f"{W}fldSimple":
                self._simple_field(child)
            elif tag == f"{MC}AlternateContent":
                self._walk(chosen(child))
            elif tag == f"{W}subDoc":
                self._add(EMBEDDED)
            else:  # hyperlinks, insertions, content controls, smart tags and other wrappings
                self._walk(child)

    def _simple_field(self, element: _Element) -> None:
        self._fields.begin()
        self._fields.instruct(element.get(f"{W}instr") or "")
        self._fields.separate()
        self._walk(element)
        self._add(self._fields.end())

    def _formula(self, element: _Element) -> None:
        look = self._styles.look(None, self._paragraph, self._table)
        if not look.hidden:
            self._look = look
            self._add(linear(element))

    def _run(self, run: _Element) -> None:
        self._look = self._styles.look(run.find(f"{W}rPr"), self._paragraph, self._table)
        look = self._look
        in_white = look.colour in WHITE and is_on_white(run, self._styles.shades)
        if (in_white or is_in_its_fill(run, look.colour, look.fill, look.ground)) and not stands_out(run):
            self._look = replace(self._look, hidden=True)
        self._parts(run)

    def _parts(self, run: _Element) -> None:
        for child in run:
            if not isinstance(child.tag, str):
                continue
            if child.tag == f"{MC}AlternateContent":
                self._parts(chosen(child))
            elif child.tag.startswith(W):
                self._part(child.tag[len(W) :], child)

    def _part(self, name: str, child: _Element) -> None:
        if name == "t":
            self._add(PRIVATE.sub(self._private, plain(child)))
        elif name in _PLAIN:
            self._add(_PLAIN[name])
        elif name == "instrText":
            self._fields.instruct(plain(child))
        else:
            handle = self._handlers.get(name)
            if handle is not None:
                handle(child)

    def _add(self, text: str) -> None:
        if not text or not self._fields.shown:
            return
        if text.strip():
            self._fields.seen()
        if self._look.hidden:
            return
        if text.strip():
            self.bold &= self._look.bold
            self.monospaced &= self._look.monospaced
        text = raised(text) if self._look.raised else text
        is_struck = self._look.struck and bool(text.strip())
        text = struck(text) if is_struck else text
        if is_struck and self._ended_struck:
            self._out[-1], text = going_on(self._out[-1], text)
        self._ended_struck = is_struck
        self._out.append(text)

    def _field_character(self, child: _Element) -> None:
        kind = child.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.begin(_in_form(child.find(f"{W}ffData")))
        elif kind == "separate":
            self._fields.separate()
        elif kind == "end":
            self._add(self._fields.end())

    def _private(self, match: re.Match[str]) -> str:
        """Return what a character without a meaning of its own stands for in the font of the run."""
        return symbol(self._look.font or "", f"{ord(match[0]):X}")

    def _symbol(self, child: _Element) -> None:
        self._add(symbol(child.get(f"{W}font") or "", child.get(f"{W}char") or ""))

    def _note(self, child: _Element) -> None:
        """Give a note that has no mark of its own the next number, and put that into the text."""
        if self._look.hidden or not self._fields.shown:
            return
        kind = "footnotes" if child.tag.endswith("footnoteReference") else "endnotes"
        identity = child.get(f"{W}id") or ""
        if child.get(f"{W}customMarkFollows") in {"1", "true", "on"}:
            self.notes.append((kind, identity))
            return
        self._numbers[f"{kind} {identity}"] = count = len(self._numbers) + 1
        self._add(f"[{count}]")
        self.notes.append((kind, identity))

    def number_of(self, kind: str, identity: str) -> str:
        """Return what stands before a note: its number, or "" where the text has a mark of its own for it."""
        count = self._numbers.get(f"{kind} {identity}")
        return "" if count is None else f"[{count}] "

    def _picture(self, child: _Element) -> None:
        """Take what a picture is said to show, and the text boxes in a drawing."""
        if self._look.hidden or not self._fields.shown or _is_hidden(child):
            return
        self.boxes += (box for box in _own(child, _BOX) if not _is_in_hidden(box, child))
        for path in _own(child, f"{_V}textpath"):  # letters as a drawing
            self._add("" if _is_in_hidden(path, child) else path.get("string") or "")
        described = said_of(next((properties.get("descr") for properties in child.iter(_PROPERTIES)), None))
        if mark := self._drawn(child):
            self._add(mark)
        elif described and child.find(f".//{_BOX}") is None:
            self._add(described)
        elif not described and next(_own(child, _BLIP), None) is not None:
            extent = next(child.iter(_EXTENT), None)
            if extent is not None:
                width, height = (number(extent.get(name), 0) or 0 for name in ("cx", "cy"))
                self.pictures.append((width / POINT, height / POINT))

    def _drawn(self, child: _Element) -> str:
        """Return what stands in a text for what is drawn from data that lies elsewhere, "" for a picture."""
        chart = next(_own(child, f"{CHART}chart"), None)
        if chart is not None:
            return chart_in(self._related(chart.get(RELATION) or ""))
        diagram = next(_own(child, f"{DIAGRAM}relIds"), None)
        if diagram is None:
            return ""
        texts = list(diagram_in(self._related(relation_of(diagram) or "")))
        self.diagrams += [texts] if texts else []
        return "" if texts else DIAGRAM_MARK

    def _object(self, child: _Element) -> None:
        program = "".join(str(embedded.get("ProgID")) for embedded in child.iter(f"{_OFFICE}OLEObject"))
        if program.startswith(("Equation", "MathType")):
            self._add(UNREADABLE)
        elif program and not program.startswith(_PICTURES):
            self._add(EMBEDDED)

    def _ruby(self, child: _Element) -> None:
        base, reading = child.find(f"{W}rubyBase"), child.find(f"{W}rt")
        if base is not None:
            self._walk(base)
        if reading is not None and "".join(reading.itertext()).strip():
            self._add("(")
            self._walk(reading)
            self._add(")")


def _in_form(field: _Element | None) -> str | None:
    """Return what a form's check box or list to choose from shows, or None for what is neither."""
    box = None if field is None else field.find(f"{W}checkBox")
    choice = None if field is None else field.find(f"{W}ddList")
    if box is not None:
        checked = switch(box, "checked")
        return "☒" if (switch(box, "default") if checked is None else checked) else "☐"
    if choice is not None:
        entries = [entry.get(f"{W}val") or "" for entry in choice.iterfind(f"{W}listEntry")]
        at = number(value(choice, "result", value(choice, "default")), 0) or 0
        return entries[at] if 0 <= at < len(entries) else ""
    return None


def _is_hidden(drawing: _Element) -> bool:
    return any(properties.get("hidden") in _ON for properties in _own(drawing, _PROPERTIES))


def _is_in_hidden(element: _Element, drawing: _Element) -> bool:
    """Tell whether an element of a drawing is in a shape of it, or in a group of shapes, that is not shown."""
    for above in element.iterancestors():
        if above is drawing:
            return False
        said = (properties.get("hidden") in _ON for properties in above.iterchildren("{*}cNvPr"))
        if _is_invisible(above) or any(said):
            return True
    return False


def _is_invisible(shape: _Element) -> bool:
    return "visibility:hidden" in (shape.get("style") or "").replace(" ", "")


def _own(drawing: _Element, tag: str) -> Iterator[_Element]:
    """Yield the elements of a kind in a drawing, but for what its text boxes hold, which is read by itself."""
    around = _box_around(drawing)
    return (element for element in drawing.iter(tag) if _box_around(element) is around)


def _box_around(element: _Element) -> _Element | None:
    return next(element.iterancestors(_BOX), None)
