"""Org (Emacs): headings, lists, tables, code; comments, drawers and what is marked not to be exported are left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from html.entities import name2codepoint

from index.read.aside import Aside
from index.read.code_text import dedented
from index.read.decoding import decoded
from index.read.draft import Draft, Fragment
from index.read.files import Files
from index.read.html.blocks import add_html, beginning_at, seen_blocks
from index.read.includes import lines_of
from index.read.missing import UNKNOWN, not_included
from index.read.org_hidden import Hidden
from index.read.org_includes import reference_of
from index.read.raised import raised
from index.read.struck import struck
from index.records import BlockKind

_HEADING = re.compile(r"(\*+)\s+(.*)")
_TAGS = re.compile(r"\s+(:[\w@#%:]+:)\s*$")
_STATE = re.compile(r"(?:TODO|DONE|NEXT|WAITING|HOLD|CANCELL?ED)\s+(?=\S)")
_PRIORITY = re.compile(r"\[#\w\]\s*")
_KEYWORD = re.compile(r"\s*#\+(\w+):\s*(.*)", re.IGNORECASE)
_BEGIN = re.compile(r"\s*#\+begin_(\w+)", re.IGNORECASE)
_DRAWER = re.compile(r"\s*:[\w-]+:\s*$")
_UNSEEN_LINE = re.compile(r"\s*(?:#(?:\s|$|\+end_)|-{5,}\s*$)", re.IGNORECASE)
_PLANNED = re.compile(r"\s*(?:SCHEDULED|DEADLINE|CLOSED|CLOCK):\s*[<\[]")
_WIDTHS = re.compile(r" *\|(?: *(?:<[lcr]?\d*> *)?\|)+$")
"""A row that says how wide columns are and how they are aligned."""

_BOX = re.compile(r"^\[([ xX])\]\s+")
_FIRST_NUMBER = re.compile(r"\[@(\w{1,9})\]\s*")
_ITEM = re.compile(r"(\s*)([-+]|\s\*|\d{1,9}[.)])\s+(.*)")
_RULED = re.compile(r"\s*\|[-+|: ]*-[-+|: ]*$")
_NOTE = re.compile(r"\[fn:([\w-]+)\]\s+(.*)")
_BREAK = "\x1e"
"""What stands for a line's end while marks are looked for, which may go on over one."""

_TO_NEXT_LINE = rf"[^\n{_BREAK}]{{0,2000}}?(?:{_BREAK}[^\n{_BREAK}]{{0,2000}}?)?"
_LINK = re.compile(r"\[\[([^\[\]]+)\](?:\[((?:[^\[\]]|\[[^\[\]]*\])+)\])?\]")
_PICTURE = re.compile(r"(?:file:|\.{0,2}/).*\.(?:png|jpe?g|gif|svg|webp|bmp|tiff?)", re.IGNORECASE | re.DOTALL)
_BEFORE_MARK = "(?<![^\\s('\"{\\[|“„«‘（「-])"  # noqa: RUF001 -- brackets and quotation marks
"""What a mark is preceded by (Org Syntax, "Emphasis Markers"), and quotation marks of other languages."""

_MARKED = re.compile(rf"{_BEFORE_MARK}([*/_+])(?=\S)({_TO_NEXT_LINE}\S)\1(?!\w|\1)")
_LITERAL = re.compile(
    rf"{_BEFORE_MARK}([=~])(?!\1|\s)({_TO_NEXT_LINE}(?<=\S))\1(?![\w/])|(?<![\w$])\$[^\s$][^$\n{_BREAK}]*\$(?![\w$])"
    rf"|\bsrc_[\w-]+(?:\[[^\[\]\n{_BREAK}]*\])?\{{([^{{}}\n{_BREAK}]+)\}}|\$\$[^$\n{_BREAK}]+\$\$|\\\([^\n{_BREAK}]{{1,500}}?\\\)|\\\[[^\n{_BREAK}]{{1,500}}?\\\]"
)
_MARKS = 4
_FORMULA = re.compile(r"\s*\\(?:begin\{([\w*]+)\}|\[)")
"""What begins a formula of several lines."""

_MACRO = re.compile(r"\{\{\{([A-Za-z][\w-]*)(?:\(((?:[^()\\]|\\.)*)\))?\}\}\}")
_GIVEN = re.compile(r"\$(\d)")
_NOTED = re.compile(r"\[fn:[\w-]*:([^\[\]\n]+)\]")
_SHIFTED = re.compile(r"(?<=[\w)])([\^_])(?:\{([^{}\n]+)\}|(?<=\^)(\d+)\b)")
_GONE = re.compile(
    rf"\[fn:[\w-]*\]|<<<?(?!\s)[^<>\n{_BREAK}]+(?<!\s)>?>>|@@[\w-]+:[^\n{_BREAK}]*?@@|\\\\[^\S{_BREAK}]*(?={_BREAK}|$)"
)
_CODE_BLOCKS = {"src", "example"}
_ENTITY = re.compile(r"(?<![A-Za-z_\\:/])\\([A-Za-z]{2,8})(?:\{\}|(?![\w\\]))")
_LONGEST_MACRO = 500
_UNSEEN_BLOCKS = {"comment", "export"}
_UNSEEN_TAGS = frozenset({"noexport", "ARCHIVE"})
_EXPORTED = re.compile(rf"@@html:((?:(?!@@)[^\n{_BREAK}]){{0,2000}})@@", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_HTML = re.compile(r"</?[a-z]|&[a-z#]\w{1,20};", re.IGNORECASE)
_DRAFT = {"hugo_draft": "draft", "draft": "draft"}
"""Keywords that say what front matter does."""


def read_org(data: bytes, files: Files | None = None) -> Draft:
    """Read Org in whatever encoding it has; nothing it holds is run, and of what it names only `files` are opened."""
    draft = Draft()
    files, text = files or Files(), decoded(data)
    walk = _Walk(draft, Hidden(text), files)
    for number, line in enumerate(text.split("\n"), 1):
        walk.take(line.expandtabs(8), number)
    walk.end()
    draft.unread += files.unread
    title = "".join(piece for piece, _ in _seen([(walk.title, 1)])).strip() if walk.title else None
    draft.title, draft.values = title or draft.first_heading, {"date": walk.date, **walk.values}
    return draft


class _Walk:
    """One pass over the lines, with what the lines before left open."""

    def __init__(self, draft: Draft, hidden: Hidden, files: Files) -> None:
        self._shown = draft
        self._hidden = hidden
        self._files = files
        self._level = 0
        self._below = 0
        self._inside = 0
        self.title: str | None = None
        self.date = ""
        self.values: dict[str, str] = {}
        self._unseen_tags = _UNSEEN_TAGS
        self._block = ""
        self._code: list[Fragment] = []
        self._open: list[Fragment] = []
        self._is_item = False
        self._unseen = 0
        self._drawer = False
        self._macros: dict[str, str] = {}
        self._html: list[Fragment] = []
        self._hides_code = self._is_html = False

    @property
    def _draft(self) -> Draft:
        """Where blocks go: into one that nobody sees while something that is hidden is open."""
        return Draft() if self._hidden.hides else self._shown

    def take(self, line: str, number: int) -> None:
        """Take the next line."""
        if self._block in _CODE_BLOCKS | _UNSEEN_BLOCKS:
            self._within(line, number)
            return
        line = _MACRO.sub(self._expanded, line)
        if self._drawer:
            self._drawer = line.strip().upper() != ":END:"
            self._hidden.in_drawer(line)
        elif heading := _HEADING.fullmatch(line):
            self.end()
            self._heading(len(heading[1]), heading[2], number)
        elif not self._unseen:
            self._line(line, number)

    def end(self) -> None:
        """Close the paragraph or the code that is open."""
        if self._code:
            self._draft.verbatim(BlockKind.CODE, dedented(self._code))
            self._code = []
        self._draft.flow(BlockKind.LIST_ITEM if self._is_item else BlockKind.PARAGRAPH, _seen(self._open))
        self._open, self._is_item = [], False

    def _within(self, line: str, number: int) -> None:
        """Take a line of a block whose lines are no markup."""
        if line.strip().lower() == f"#+end_{self._block}":
            self._block = ""
            self.end()
            self._export()
        elif self._block == "export" and self._is_html:
            self._html.append((line, number))
        elif self._block in _CODE_BLOCKS and not self._hides_code:
            self._code.append((re.sub(r"^(\s*),(?=[*#,])", r"\1", line), number))

    def _export(self) -> None:
        """Add HTML that is exported as it is; a hidden element that it begins or ends hides what is between."""
        lines, self._html = self._html, []
        seen = self._hidden.html("\n".join(line for line, _ in lines))
        if lines:
            add_html(self._draft, seen, beginning_at(lines[0][1]))

    def _heading(self, level: int, text: str, number: int) -> None:
        tags = _TAGS.search(text)
        self._hidden.heading(level)
        if self._unseen and level > self._unseen:
            return
        is_comment = re.match(r"COMMENT(?:\s|$)", text) is not None
        hidden = is_comment or (tags is not None and not self._unseen_tags.isdisjoint(tags[1].split(":")))
        self._unseen = level if hidden else 0
        if not hidden:
            plain = _PRIORITY.sub("", _STATE.sub("", _TAGS.sub("", text), count=1), count=1)
            self._level = level + self._below
            self._draft.heading(self._level, _seen([(plain, number)]))

    def _line(self, line: str, number: int) -> None:
        begin, keyword, item = _BEGIN.match(line), _KEYWORD.fullmatch(line), _ITEM.fullmatch(line)
        if begin:
            self.end()
            self._begin(begin[1].lower(), line)
        elif keyword:
            self.end()
            self._keyword(keyword[1].lower(), keyword[2].strip(), number)
        elif not line.strip() or _UNSEEN_LINE.match(line) or _PLANNED.match(line):
            self.end()
            self._hidden.between(line)
        elif _DRAWER.match(line):
            self.end()
            self._drawer = True
        elif line.lstrip().startswith((": ", ":\n")) or line.strip() == ":":
            self._open_code(line, number)
        elif line.lstrip().startswith("|"):
            self._row(line, number)
        elif item:
            self._item(item, number)
        else:
            self._text(line, number)

    def _begin(self, name: str, line: str) -> None:
        self._block, self._is_html = name, "html" in line.lower()
        if name in _CODE_BLOCKS:
            self._hides_code = self._hidden.hides_code(line)
        elif name not in _UNSEEN_BLOCKS:
            self._hidden.begin(name)

    def _keyword(self, name: str, value: str, number: int) -> None:
        self._hidden.keyword(name, value)
        if name == "html":
            self._html.append((value, number))
            self._export()
        elif name == "include" and value:
            self._include(value, number)
        elif name == "macro":
            macro, _, text = value.partition(" ")
            self._macros[macro.lower()] = text[:_LONGEST_MACRO]
        elif name == "caption":
            self._draft.flow(BlockKind.PARAGRAPH, _seen([(value, number)]))
        elif not self._inside:
            self._of_text(name, value)

    def _of_text(self, name: str, value: str) -> None:
        """Take what a keyword says of the text as a whole."""
        if name == "title":
            self.title = " ".join(filter(None, (self.title, value)))
        elif name == "date":
            self.date = value.lstrip("<[")
        elif name in _DRAFT:
            self.values[_DRAFT[name]] = value
        elif name in {"exclude_tags", "export_exclude_tags"}:
            self._unseen_tags |= {*value.split()}

    def _include(self, value: str, number: int) -> None:
        """Take the lines of another file, all on the line that names it: as code, or as Org below the heading."""
        reference = reference_of(value)
        with self._files.opened(reference.path) as part:
            chosen = None if part is None else lines_of(self._files, reference, part.text)
            if chosen is None:
                self._draft.flow(BlockKind.PARAGRAPH, [(not_included(reference.name), number)])
            elif reference.code:
                self._draft.verbatim(BlockKind.CODE, [(line, number) for line in chosen])
            else:
                self._within_heading(chosen, number)

    def _within_heading(self, lines: Sequence[str], number: int) -> None:
        """Take lines whose outermost headings stand one level below the one that is open."""
        level, below = self._level, self._below
        own = [len(match[1]) for match in map(_HEADING.fullmatch, lines) if match]
        self._below = level + 1 - min(own, default=1)
        self._inside += 1
        for line in lines:
            self.take(line.expandtabs(8), number)
        self.end()
        self._block, self._drawer, self._unseen = "", False, 0
        self._inside -= 1
        self._level, self._below = level, below

    def _expanded(self, macro: re.Match[str]) -> str:
        """Return what a macro stands for, with what it is given in its places."""
        given = [part.replace("\\,", ",").strip() for part in re.split(r"(?<!\\),", macro[2] or "")]
        text = self._macros.get(macro[1].lower(), (self.title if macro[1].lower() == "title" else None) or UNKNOWN)

        def argument(place: re.Match[str]) -> str:
            at = int(place[1])
            return (macro[2] or "") if not at else given[at - 1] if at <= len(given) else ""

        return _GIVEN.sub(argument, text)

    def _open_code(self, line: str, number: int) -> None:
        if self._open:
            self.end()
        self._code.append((line.lstrip()[2:], number))

    def _row(self, line: str, number: int) -> None:
        self.end()
        if not (_RULED.match(line) or _WIDTHS.match(line.rstrip())):
            cells = [" ".join(cell.split()) for cell in line.strip().strip("|").split("|")]
            self._draft.flow(BlockKind.TABLE, _seen([(" | ".join(cells), number)]))

    def _item(self, item: re.Match[str], number: int) -> None:
        self.end()
        self._is_item = True
        first = _FIRST_NUMBER.match(item[3]) if item[2][0].isdigit() else None
        mark = f"{first[1] + item[2][-1] if first else item[2]} " if item[2][0].isdigit() else ""
        text = _BOX.sub(lambda box: "☐ " if box[1] == " " else "☑ ", item[3][first.end() if first else 0 :])
        term, apart, rest = text.partition(" :: ")
        self._open.append((mark + (f"{term}: {rest}" if apart else text), number))

    def _text(self, line: str, number: int) -> None:
        if self._code or (self._is_item and not line[:1].isspace()):
            self.end()
        note = _NOTE.match(line)
        if note:
            self.end()
        self._open.append((note[2] if note else line, number))


def _seen(lines: list[Fragment]) -> list[Fragment]:
    """Return text as it is shown: the words of links, marks gone; two backslashes end a line, formulas stay."""
    shown: list[Fragment] = []
    text: list[Fragment] = []
    end = ""
    for line, number in lines:
        if not end and (begun := _FORMULA.match(line)):
            end = f"\\end{{{begun[1]}}}" if begun[1] else "\\]"
        if end:
            shown += [*_shown(text), _ended(line, line, number)]
            text = []
            end = "" if end in line else end
        else:
            text.append((line, number))
    return shown + _shown(text)


def _shown(lines: list[Fragment]) -> list[Fragment]:
    """Return lines without a formula that goes on over several, as they are shown."""
    aside = Aside()
    linked = _LINK.sub(_words, _BREAK.join(line for line, _ in lines))
    joined = _unmarked(_LITERAL.sub(lambda match: aside.put(match[2] or match[3] or match[0], match[0]), linked), aside)
    seen = aside.back(joined).split(_BREAK)
    return [_ended(line, part, number) for (line, number), part in zip(lines, seen, strict=False)]


def _ended(line: str, shown: str, number: int) -> Fragment:
    return shown.rstrip() + ("\n" if line.rstrip().endswith("\\\\") else " "), number


def _exported(snippet: re.Match[str]) -> str:
    """Return what is seen of HTML within a line, of which a tag alone shows nothing; what is none stays."""
    html = snippet[1].strip()
    if not _HTML.search(html):
        return snippet[0]
    if "<" not in html:
        return unescape(html)
    return "" if _TAG.fullmatch(html) else " ".join(block.text for block in seen_blocks(html))


def _unmarked(text: str, aside: Aside) -> str:
    text = _EXPORTED.sub(_exported, text)
    shown = _GONE.sub(lambda match: _BREAK * aside.back(match[0]).count(_BREAK), _NOTED.sub(r" (\1)", text))
    for _ in range(_MARKS):  # one mark in another
        before = shown
        shown = _MARKED.sub(lambda match: struck(match[2]) if match[1] == "+" else match[2], shown)
        if shown == before:
            break
    shown = _ENTITY.sub(lambda match: chr(name2codepoint[match[1]]) if match[1] in name2codepoint else match[0], shown)
    return _SHIFTED.sub(lambda match: _moved(match[1], match[2] or match[3], aside), shown)


def _moved(mark: str, text: str, aside: Aside) -> str:
    """Return what stands above or below the line."""
    return raised(aside.back(text)) if mark == "^" else text


def _words(link: re.Match[str]) -> str:
    """Return what is seen of a link, and the line ends in its address."""
    if link[2]:
        return link[2] + _BREAK * link[1].count(_BREAK)
    if _PICTURE.fullmatch(link[1]):
        return _BREAK * link[1].count(_BREAK)
    return link[1].removeprefix("file:").removeprefix("*")
