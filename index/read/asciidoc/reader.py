"""AsciiDoc: headings, lists with their numbers, tables, code and boxes, as Asciidoctor shows them."""

from __future__ import annotations

import re

from index.read.asciidoc.inline import resolved, seen
from index.read.asciidoc.numbers import Lists
from index.read.asciidoc.source import Source
from index.read.asciidoc.table import rows
from index.read.code_text import dedented
from index.read.decoding import decoded
from index.read.draft import Draft, Fragment
from index.read.files import Files
from index.read.frontmatter import FrontMatter, parted
from index.read.html.blocks import add_html, beginning_at
from index.read.html.style import hides_by_class
from index.read.markdown.concealed import Between
from index.records import BlockKind

_HEADING = re.compile(r"(={1,6}|#{1,6})\s+(\S.*?)(?:\s+\1)?\s*$")
_UNDERLINE = re.compile(r"([=~^+-])\1{2,}\s*$")
_UNDERLINED = {"=": 1, "-": 2, "~": 3, "^": 4, "+": 5}
_CODE = re.compile(r"(-{4,}|\.{4,}|\+{4,}|`{3,})(\w*)\s*$")
_TABLE = re.compile(r"([|,:!])={3,}\s*$")
_BOX = re.compile(r"(={4,}|\*{4,}|_{4,}|--)\s*$")
_TITLE = re.compile(r"\.(?![\s.])(.+)$")
_OPTIONS = re.compile(r"\[(?!not included: )(.*)\]\s*$")
_ITEM = re.compile(r"\s*(\*{1,5}|-|\.{1,5}|\d{1,5}\.|[a-zA-Z]\.|<(?:\d{1,3}|\.)>)\s+(\S.*)$")
_TERM = re.compile(r"\s*(\S.*?)(?::{2,4}|;;)(?:\s+(.*))?$")
_ATTRIBUTES = re.compile(r"\[(?!not included: )(?:[A-Za-z_.#%{,\"'].*)?\]\s*$")
_PICTURE = re.compile(r"image::[^\[\s]+\[.*\]\s*$")
_CALLED_OUT = re.compile(r"<(\d{1,3}|\.)>(?=(?:[ \t]*<(?:\d{1,3}|\.)>){0,9}[ \t]*$)")
"""The marks at the end of a line of code that the list below it explains."""

_DROPPED = re.compile(r"(?:'{3,}|-{3}|\*{3}|<{3,}|toc::\[.*\])\s*$")
_PLAYED = re.compile(r"(video|audio)::([^\[\n]+)\[")
_CHECKED = re.compile(r"^\[[ xX*]\]\s+")
_LABELS = {"NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"}
_AS_CODE = {"source", "listing", "literal", "stem", "latexmath", "asciimath"}
_ROLE = re.compile(r"\.([\w-]+)|\brole\s*=\s*(?:\"([^\"]*)\"|([\w-]+))")
_BREAK = "\x1e"
"""What stands for a line's end while the marks of a paragraph are taken off."""


def read_asciidoc(data: bytes, files: Files | None = None) -> Draft:
    """Read AsciiDoc in whatever encoding it has; `files` are those that it may show."""
    draft = Draft()
    files = files or Files()
    text = decoded(data)
    front, text = parted(text) if text.lstrip().startswith("---") else (FrontMatter(), text)
    draft.url, draft.values = front.url, front.values
    walk = _Walk(draft, Source(text, files), Between(text))
    walk.over()
    draft.unread += files.unread
    draft.title = front.title or walk.title or draft.first_heading
    return draft


def _is_about_next(line: str) -> bool:
    """Tell whether a line says something of the block below it."""
    return bool(_OPTIONS.match(line) or _TITLE.match(line))


class _Walk:
    """One pass over the lines, with what the lines before left open."""

    def __init__(self, draft: Draft, source: Source, between: Between) -> None:
        self._draft = self._shown = draft
        self._source = source
        self._between = between
        self.title: str | None = None
        self._open: list[Fragment] = []
        self._is_item = False
        self._inside = ""
        self._options = ""
        self._attribution = ""
        self._lists = Lists()
        self._after_blank = self._anew = False
        self._attached = False
        self._boxes: list[str] = []
        self._verse = ""
        self._unseen_box = self._unseen_section = 0
        self._unseen_list = False

    def over(self) -> None:
        """Add the blocks of all lines."""
        for line, number in self._source:
            if self._inside:
                self._within(line, number)
            else:
                self._line(line, number)
        if self._inside:
            self._end_verbatim()
        self._end()

    def _within(self, line: str, number: int) -> None:
        """Take a line of code or of a table, up to the delimiter that it began with."""
        if line.rstrip() == self._inside:
            self._end_verbatim()
        else:
            self._open.append((line, number))

    def _line(self, line: str, number: int) -> None:
        self._anew = self._anew or (self._after_blank and not self._attached and _is_about_next(line))
        self._after_blank = not line.strip()
        if not line.strip():
            if not self._is_bare_term():
                self._end()
        elif self._underlined(line) or self._delimiter(line, number):
            return
        elif line.strip() == "+":
            self._end()
            self._attached = True
        elif self._open and not self._is_item and not self._breaks(line):
            self._open.append((line, number))
        elif not (self._heading(line, number) or self._mark(line, number) or self._item(line, number)):
            if not self._open:
                self._begin(line, number)
            else:
                self._open.append((line, number))

    def _breaks(self, line: str) -> bool:
        """Return whether a line ends the paragraph before it: attributes of a block, and the list's next item."""
        return bool(_ATTRIBUTES.match(line) or (self._attached and (_ITEM.match(line) or _TERM.match(line))))

    def _underlined(self, line: str) -> bool:
        """Take a line of marks below a single one for what makes that a heading."""
        marks = _UNDERLINE.match(line)
        if not marks or self._is_item or len(self._open) != 1 or line.rstrip() in self._boxes:
            return False
        text, number = self._open[0]
        if abs(len(text.strip()) - len(line.strip())) > 1:
            return False
        self._open = []
        self._head(_UNDERLINED[marks[1]], text, number)
        return True

    def _heading(self, line: str, number: int) -> bool:
        match = _HEADING.match(line)
        if match:
            self._end()
            self._head(len(match[1]), match[2], number)
        return match is not None

    def _head(self, level: int, text: str, number: int) -> None:
        if not self._unseen_section or level <= self._unseen_section:
            self._unseen_section = level if self._is_hidden() else 0
            self._hide()
        words = self._seen([(text, number)])
        if level == 1 and self.title is None and self._draft is self._shown:
            self.title = "".join(piece for piece, _ in words)
        self._draft.heading(level, words)
        self._lists.end()
        self._options, self._attached = "", False

    def _delimiter(self, line: str, number: int) -> bool:
        """Open a block that a line of its own marks off; a box only parts what stands in it from the rest."""
        match = _CODE.match(line) or _TABLE.match(line)
        box = _BOX.match(line)
        if not match and not box:
            return False
        attached = self._attached
        self._end()
        self._attached = attached
        if match:
            self._inside = match[1] if line.startswith("`") else line.rstrip()
            self._source.verbatim(self._inside)
        else:
            self._box(line.rstrip(), number)
        return True

    def _box(self, delimiter: str, number: int) -> None:
        """Open or close a box, with what stands above or below it."""
        opens = delimiter not in self._boxes
        if opens:
            if not self._attached:
                self._lists.end()
            self._lists.enter()
        else:
            for _ in self._boxes[self._boxes.index(delimiter) :]:
                self._lists.leave()
        self._boxes = [*self._boxes, delimiter] if opens else self._boxes[: self._boxes.index(delimiter)]
        if opens and not self._unseen_box and self._is_hidden():
            self._unseen_box = len(self._boxes)
        elif len(self._boxes) < self._unseen_box:
            self._unseen_box = 0
        self._hide()
        self._verse = delimiter if opens and self._style() == "verse" else self._verse if opens else ""
        if self._style() in _LABELS:
            self._draft.flow(BlockKind.PARAGRAPH, [(self._style(), number)])
            self._options = ""
        else:
            self._attribute(delimiter, number)

    def _attribute(self, line: str, number: int) -> None:
        """Add who is quoted below the box that ends here, or remember it where one begins."""
        if line[:1] == "_" and self._style() in {"quote", "verse"}:
            names = ", ".join(part.strip().strip('"') for part in self._options.split(",")[1:])
            self._attribution = names
        elif line[:1] == "_" and self._attribution:
            self._draft.flow(BlockKind.PARAGRAPH, self._seen([(self._attribution, number)]))
            self._attribution = ""
        self._options = ""

    def _mark(self, line: str, number: int) -> bool:
        """Take a line that says something of the block below it, or that stands for something else."""
        options, title, played = _OPTIONS.match(line), _TITLE.match(line), _PLAYED.match(line)
        if not self._open and _PICTURE.match(line):
            self._open.append((line, number))
            self._end()
            return True
        if options:
            self._end()
            self._options = options[1] if not options[1].startswith("[") else self._options
        elif title:
            self._end()
            if not self._is_hidden():
                self._draft.flow(BlockKind.PARAGRAPH, self._seen([(title[1], number)]))
        elif played:
            self._end()
            self._draft.flow(BlockKind.PARAGRAPH, [(f"[{played[1]}: {played[2]}]", number)])
        return bool(options or title or played) or _DROPPED.match(line) is not None

    def _item(self, line: str, number: int) -> bool:
        item, term = _ITEM.match(line), _TERM.match(line)
        if item:
            self._end()
            text = _CHECKED.sub(lambda box: "☐ " if box[0][1] == " " else "☑ ", item[2])
            self._open.append((self._number(item[1]) + text, number))
        elif term:
            self._end()
            self._lists.item("::", "", anew=False)
            self._open.append((f"{term[1]}: {term[2] or ''}", number))
        self._is_item = bool(item or term) or self._is_item
        return bool(item or term)

    def _number(self, mark: str) -> str:
        """Return an item's number as it is shown, counted where it is not written."""
        number = self._lists.item(mark, self._options, anew=self._anew)
        self._options, self._anew = ("", False) if mark[:1] == "." or mark == "<.>" else (self._options, False)
        return number

    def _is_bare_term(self) -> bool:
        return self._is_item and len(self._open) == 1 and self._open[0][0].endswith(": ")

    def _begin(self, line: str, number: int) -> None:
        """Begin a paragraph."""
        label = self._style()
        self._open.append((f"{label}: {line}" if label in _LABELS else line, number))

    def _end(self) -> None:
        """End the paragraph or item that is open; what comes next is in no list unless it is attached to its item."""
        lines, self._open = self._open, []
        is_item, self._is_item = self._is_item, False
        if not lines:
            return
        style = self._style()
        if not is_item and not self._attached:
            self._lists.end()
        in_list = is_item or self._attached
        self._unseen_list = in_list and (self._is_hidden() or (self._unseen_list and not self._options))
        if self._unseen_list or self._is_hidden():
            pass
        elif not is_item and (style in _AS_CODE or lines[0][0][:1].isspace()):
            self._code(lines)
        else:
            kind = BlockKind.LIST_ITEM if in_list else BlockKind.PARAGRAPH
            is_verse = style == "verse" or self._verse
            words = self._seen(lines)
            self._draft.flow(kind, [(f"{text}\n", at) for text, at in words] if is_verse else words)
        self._options, self._attached = "", False

    def _end_verbatim(self) -> None:
        """End code, a table, or what is handed to the page as it is."""
        lines, self._open = self._open, []
        delimiter, self._inside = self._inside, ""
        self._source.verbatim("")
        if not self._attached:
            self._lists.end()
        if self._is_hidden() or (self._attached and self._unseen_list):
            pass
        elif delimiter[:1] in "|,:!" and delimiter.endswith("==="):
            for row in rows(lines, self._options, delimiter[:1]):
                self._row(row)
        elif delimiter[:1] == "+" and self._style() not in _AS_CODE:
            self._pass("\n".join(text for text, _ in lines), lines[0][1] if lines else 1)
        else:
            self._code(lines)
        self._options, self._attached = "", False

    def _pass(self, html: str, number: int) -> None:
        """Add what is handed to the page as it is; a hidden element that it begins or ends hides what is between."""
        seen = self._between.take(html)
        self._hide()
        add_html(Draft() if self._is_unseen else self._shown, seen, beginning_at(number))

    def _row(self, cells: list[Fragment]) -> None:
        row: list[Fragment] = []
        for cell in cells:
            row += [(" | ", cell[1])] if row else []
            row += self._seen([cell])
        self._draft.flow(BlockKind.TABLE, row)

    def _code(self, lines: list[Fragment]) -> None:
        if re.search(r"subs\s*=.*(?:attributes|normal)", self._options):
            lines = [(resolved(text, self._source.attributes), number) for text, number in lines]
        lines = [(_CALLED_OUT.sub(r"(\1)", text), number) for text, number in lines]
        self._draft.verbatim(BlockKind.CODE, dedented(lines))

    def _style(self) -> str:
        """Return the style that the attributes above a block give it, as in `[source,ruby]`."""
        return re.split("[,.#%]", self._options, maxsplit=1)[0].strip().strip('"')

    def _is_hidden(self) -> bool:
        """Tell whether the attributes above a block hide it: as a comment, or by a role that style sheets hide."""
        roles = [
            role for match in _ROLE.finditer(self._options) for role in " ".join(filter(None, match.groups())).split()
        ]
        return self._style() == "comment" or hides_by_class(roles)

    def _hide(self) -> None:
        """Add what follows to a draft that nobody sees while a box or a section that is hidden is open."""
        self._draft = Draft() if self._is_unseen or self._between.hides else self._shown

    @property
    def _is_unseen(self) -> bool:
        return bool(self._unseen_box or self._unseen_section)

    def _seen(self, lines: list[Fragment]) -> list[Fragment]:
        """Return lines as they are shown, each with its number, even where a mark goes on over a line's end."""
        text = _BREAK.join(text.strip() for text, _ in lines)
        words = seen(text, self._source.attributes, self._source.titles)
        parts = re.sub(rf" \+(?={_BREAK}|$)", "\n", words).split(_BREAK)
        numbers = [number for _, number in lines]
        return [(f"{part} ", numbers[min(at, len(numbers) - 1)]) for at, part in enumerate(parts)]
