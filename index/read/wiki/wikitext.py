"""Wikitext, as MediaWiki keeps its pages: as a reader sees them, with what a template is given as `key: value`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5
from itertools import islice
from typing import TYPE_CHECKING

from index.read.code_text import add_plain, dedented
from index.read.decoding import decoded
from index.read.draft import Draft, Fragment
from index.read.html.style import LINE_THROUGH
from index.read.markdown.concealed import is_hidden
from index.read.raised import raised
from index.read.struck import struck
from index.records import BlockKind

if TYPE_CHECKING:
    from mwparserfromhell.nodes import Heading, HTMLEntity, Node, Tag, Template, Wikilink
    from mwparserfromhell.wikicode import Wikicode

_CODE_TAGS = {"pre", "source", "syntaxhighlight"}
_STRIKING = frozenset({"del", "s", "strike"})
_UNSEEN_TAGS = {"style", "script", "templatedata", "templatestyles", "references", "includeonly"}
_BREAKING_TAGS = {"p", "div", "blockquote", "center", "ul", "ol", "li", "dl", "dt", "dd", "hr"}
_VERBATIM_TAGS = {"nowiki", "math", "code", "tt", *_CODE_TAGS}
_ESCAPED_TAGS = {"nowiki", "code", "tt", "pre"}
"""Tags in which entities stand for their characters; in code that is coloured they stand for themselves."""

_ENTITY = re.compile(r"&(?:#\d{1,8}|#[xX][0-9a-fA-F]{1,8}|([A-Za-z][A-Za-z0-9]{1,40}));")
_BLOCKS = {"table", "gallery", *_CODE_TAGS}
_CELLS = {"td", "th"}
_MARKS = {"li", "dt", "dd"}
_FILES = re.compile(r"\s*:?(?:file|image|datei|bild|fichier|archivo|media)\s*:", re.IGNORECASE)
_SORTING = re.compile(r"\s*(?:category|kategorie|catégorie|categoría)\s*:", re.IGNORECASE)
_LANGUAGES = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo
    es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg
    ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn
    no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw
    ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    ace ady als ang arc ary arz ast atj avk awa azb bcl be-tarask be-x-old bjn bpy bxr cbk-zam cdo ceb chr chy ckb crh
    csb diq dsb dty eml en-gb fiu-vro frp frr fur gcr glk gom gor hak haw hif hsb hyw ilo inh jbo kaa kab kbd kbp koi
    krc ksh lad lbe lez lfn lij lld lmo ltg mai map-bms mdf mhr mni mnw mrj mwl myv mzn nah nap nds nds-nl nov nqo nrm
    nso olo pag pcd pcm pdc pfl pms pnb pnt pt-br rmy roa-rup roa-tara rue sah sat scn sco shn simple skr smn srn stq
    szl tcy tet tpi tum tyv udm vec vep vls wuu xal xmf zea zh-classical zh-cn zh-hans zh-hant zh-hk zh-min-nan zh-tw
    zh-yue
    """.split()  # noqa: SIM905 -- a list of codes is read as prose
)
"""What begins a link to the same page in another language: ISO 639-1 and longer codes of wikis, but for those that are
English words ("bug", "new", "war")."""

_OPTIONS = re.compile(
    r"\s*(?:thumb(?:nail)?|mini|frame(?:d|less)?|border|left|right|center|none|\d*x?\d+px|upright.*|alt=.*|link=.*|"
    r"page=.*|class=.*|lang=.*)\s*",
    re.IGNORECASE,
)
_NEXT_TAB = re.compile(r"\|-\|")
_NOWIKI = re.compile(r"</?nowiki\s*/?>", re.IGNORECASE)
_UNSEEN_TEMPLATES = re.compile(
    r"short description|use \w+ (?:dates|english)|displaytitle:.*|default ?sort.*|italic title|good article"
    r"|featured article|pp-\S+|coord missing|shortcut|anchor|clear|toc \w+|reflist|(?:\S+ )?navbox(?:es)?(?: .*)?"
    r"|authority control",
    re.IGNORECASE | re.DOTALL,
)
"""Templates that show nothing, or nothing that is said: boxes of links to other pages say nothing, either."""

_BACKGROUND = re.compile(r"background|bgcolor|color-scheme", re.IGNORECASE)
_MAGIC = re.compile(r"__[A-Z]+__")
_DEEPEST = 40
_WIDEST = 200
_MOST_OPEN = 500
_PAIRS = (("{{", "}}"), ("[[", "]]"), ("{|", "|}"), ("<", ">"))
_MOST_DIGITS = 6

_Below = dict[int, tuple[int, list[Fragment]]]
"""For each column how many rows below a cell reaches into, and its text."""


def read_wiki(data: bytes) -> Draft:
    """Read a page of wikitext."""
    draft = Draft()
    add_wikitext(draft, decoded(data))
    draft.title = draft.first_heading
    return draft


def add_wikitext(draft: Draft, text: str) -> None:
    """Add a page's blocks to a draft; the footnotes come last."""
    code = _parsed(_MAGIC.sub("", text))
    if code is None:
        add_plain(draft, text)
        return
    notes: list[list[Fragment]] = []
    walk = _Walk(draft, notes, on_white=_BACKGROUND.search(text) is None)
    walk.over(code)
    walk.end()
    for note in notes:
        draft.flow(BlockKind.LIST_ITEM, note)


def _parsed(text: str) -> Wikicode | None:
    """Return a page's nodes, or None where so much is left open in each other that no parser gets through it."""
    import mwparserfromhell

    if any(text.count(opened) - text.count(closed) > _MOST_OPEN for opened, closed in _PAIRS):
        return None
    try:
        code = mwparserfromhell.parse(text)
        str(code)  # goes as deep as the walk does
    except RecursionError:
        return None
    return code


class _Inline:
    """One pass over nodes that stand in a line: all that they hold becomes text."""

    def __init__(self, line: int, notes: list[list[Fragment]], depth: int = 0, *, on_white: bool = False) -> None:
        """Begin on a line; footnotes are put into `notes`. With `on_white`, nothing on the page has a background."""
        self._line = line
        self._on_white = on_white
        self._notes = notes
        self._depth = depth
        self._open: list[Fragment] = []

    @property
    def text(self) -> list[Fragment]:
        """What has been seen and is in no block yet."""
        return self._open

    def over(self, code: Wikicode) -> None:
        """Take nodes in turn; the line moves on with what each of them holds."""
        if self._depth > _DEEPEST:
            return
        self._depth += 1
        for node in code.nodes:
            after = self._line + str(node).count("\n")
            self._node(node)
            self._line = after
        self._depth -= 1

    def _node(self, node: Node) -> None:
        from mwparserfromhell import nodes

        if isinstance(node, nodes.Text):
            self._text(str(node))
        elif isinstance(node, nodes.Heading):
            self._heading(node)
        elif isinstance(node, nodes.Tag):
            self._tag(node)
        elif isinstance(node, nodes.Template):
            self._template(node)
        else:
            self._words(node)

    def _words(self, node: Node) -> None:
        """Add what is seen of a link, an argument or an entity."""
        from mwparserfromhell import nodes

        if isinstance(node, nodes.Wikilink):
            self._link(node)
        elif isinstance(node, nodes.ExternalLink):
            self._put(*(self._inside(node.title) if node.title else self._inside(node.url)))
        elif isinstance(node, nodes.Argument):
            self._put(*self._inside(node.default))
        elif isinstance(node, nodes.HTMLEntity):
            self._put((_character(node), self._line))

    def _put(self, *pieces: Fragment) -> None:
        self._open += pieces

    def _inside(self, code: Wikicode | None) -> list[Fragment]:
        """Return what is seen of nodes below."""
        if code is None:
            return []
        inner = _Inline(self._line, self._notes, self._depth, on_white=self._on_white)
        inner.over(code)
        return inner.text

    def _text(self, text: str) -> None:
        self._put(*((f"{part}\n", self._line + at) for at, part in enumerate(text.split("\n"))))
        self._open[-1] = (self._open[-1][0][:-1], self._open[-1][1])

    def _heading(self, node: Heading) -> None:
        self._put(*self._inside(node.title))

    def _link(self, link: Wikilink) -> None:
        """Add a link's words, or a picture's caption; what only sorts the page is not seen."""
        title = str(link.title)
        if _FILES.match(title):
            options = self._inside(link.text)
            caption = "".join(text for text, _ in options).split("|")[-1]
            self._put(("" if _OPTIONS.fullmatch(caption) else caption, self._line))
        elif not (_SORTING.match(title) or _is_in_another_language(title)):
            self._put(*(self._inside(link.text) if link.text else self._without_colon(self._inside(link.title))))

    def _without_colon(self, title: list[Fragment]) -> list[Fragment]:
        """Return a title without the colon by which a page links to a category instead of standing in it."""
        return [(title[0][0].lstrip(": "), title[0][1]), *title[1:]] if title else []

    def _tag(self, tag: Tag) -> None:
        if not self._is_hidden(tag):
            self._seen_tag(_name(tag), tag)

    def _seen_tag(self, name: str, tag: Tag) -> None:
        if name == "br" or (name in _MARKS and tag.wiki_markup):
            self._put(("\n", self._line))
        elif name == "ref":
            note = self._inside(tag.contents) if tag.contents is not None else []
            self._notes += [note] if _is_seen(note) else []
        elif name == "tabber":
            self._tabs(tag)
        elif name in _VERBATIM_TAGS and not tag.wiki_markup:
            literal = _NOWIKI.sub("", str(tag.contents or ""))
            self._put((_with_characters(literal) if name in _ESCAPED_TAGS else literal, self._line))
        elif name == "sup" or name in _STRIKING or _is_struck(tag):
            marked = raised if name == "sup" else struck
            self._put(*((marked(text), line) for text, line in self._inside(tag.contents)))
        elif name not in _UNSEEN_TAGS and tag.contents is not None:
            self.over(tag.contents)
            self._put((" ", self._line)) if name in _CELLS else None

    def _tabs(self, tag: Tag) -> None:
        for label, text, line in _tabs(str(tag.contents or ""), self._line):
            self._put((f"{label}: " if label else "", line))
            self._part(text, line)
            self._put(("\n", line))

    def _part(self, text: str, line: int) -> None:
        """Take the text of a part of the page that begins on a line."""
        code = _parsed(text) if self._depth <= _DEEPEST else None
        self._line = line
        if code is not None:
            self.over(code)

    def _is_hidden(self, tag: Tag) -> bool:
        given = {str(one.name).strip().lower(): str(one.value or "").strip() for one in tag.attributes}
        return is_hidden(given, on_white=self._on_white)

    def _template(self, template: Template) -> None:
        """Add what a template is given, between brackets: what it makes of that is not known."""
        name = _named(template)
        if _UNSEEN_TEMPLATES.fullmatch(name):
            return
        given = [self._inside(parameter.value) for parameter in template.params]
        shown = [part for part in given if _is_seen(part)]
        if name == "!":
            self._put(("|", self._line))
            return
        self._put((f"[{name}{': ' if shown else ''}", self._line))
        for number, part in enumerate(shown):
            self._put(*([(", ", self._line)] if number else []), *part)
        self._put(("]", self._line))


class _Walk(_Inline):
    """One pass over a page, with the block that is open."""

    def __init__(self, draft: Draft, notes: list[list[Fragment]], *, on_white: bool) -> None:
        super().__init__(1, notes, on_white=on_white)
        self._draft = draft
        self._mark = ""
        self._counts: dict[str, int] = {}
        self._written: list[int | None] = []
        self._item = ""
        self._in_item = False

    def end(self) -> None:
        """Close the block that is open."""
        lines, self._open = self._open, []
        mark, self._mark = self._mark, ""
        if not _is_seen(lines):
            return
        if mark:
            self._draft.flow(BlockKind.LIST_ITEM, [(self._number(mark), lines[0][1]), *lines])
            return
        if self._written:
            number, self._item = self._item, ""
            self._draft.flow(BlockKind.LIST_ITEM, [(number, lines[0][1]), *lines])
            return
        if not self._in_item:
            self._counts = {}
        rows = _rows(lines)
        if all(text.startswith(" ") for text, _ in rows if text.strip()):
            self._draft.verbatim(BlockKind.CODE, dedented(rows))
        else:
            self._draft.flow(BlockKind.PARAGRAPH, lines)

    def _text(self, text: str) -> None:
        """Add text: an empty line ends a paragraph and a list, any line's end an item."""
        parts = text.split("\n")
        for at, part in enumerate(parts):
            line = self._line + at
            if at:
                self._put(("\n", line - 1))
                if self._mark or self._in_item or self._is_blank_line():
                    self.end()
                self._in_item = False
                if at > 1 and not parts[at - 1].strip():
                    self._counts = {}
            if part:
                self._put((part, line))

    def _is_blank_line(self) -> bool:
        """Return whether nothing stands between the last two line ends."""
        for text, _ in islice(reversed(self._open), 1, None):
            if text.strip(" \t"):
                return text.endswith("\n")
        return True

    def _heading(self, node: Heading) -> None:
        self.end()
        self._counts = {}
        self._draft.heading(node.level, self._inside(node.title))

    def _seen_tag(self, name: str, tag: Tag) -> None:
        """Add a tag; one that is a block ends the list that it does not stand in."""
        is_block = name in _BLOCKS or (name in _BREAKING_TAGS and not tag.wiki_markup)
        if is_block and not (self._mark or self._in_item):
            self._counts = {}
        self._in_item = self._in_item or (is_block and bool(self._mark))
        self._block(name, tag)

    def _block(self, name: str, tag: Tag) -> None:
        if name in _MARKS and tag.wiki_markup:
            if _is_seen(self._open):
                self.end()
            self._open = []
            self._mark += str(tag.wiki_markup)
        elif name == "table":
            self.end()
            self._table(tag)
        elif name in _CODE_TAGS:
            self.end()
            code = str(tag.contents or "")
            code = _with_characters(code) if name in _ESCAPED_TAGS else code
            self._draft.verbatim(BlockKind.CODE, _numbered(code, self._line))
        elif name == "gallery":
            self.end()
            self._gallery(str(tag.contents or ""))
        elif name in _BREAKING_TAGS:
            self.end()
            self._element(name, tag)
            self.end()
        else:
            super()._seen_tag(name, tag)

    def _element(self, name: str, tag: Tag) -> None:
        """Add what stands in an element that is a block; a list that is written as HTML has its own numbers."""
        if name in {"ol", "ul"}:
            self._written.append(_whole(tag, "start", 1) - 1 if name == "ol" else None)
        elif name == "li":
            count = self._written[-1] if self._written else None
            count = None if count is None else _whole(tag, "value", count + 1) - 1
            self._item = "" if count is None else f"{count + 1}. "
            self._written[-1:] = [None if count is None else count + 1] if self._written else []
        super()._seen_tag(name, tag)
        if name in {"ol", "ul"}:
            self.end()
            self._written.pop()

    def _number(self, mark: str) -> str:
        """Return the number of an item of a numbered list, counted anew where a list begins."""
        self._counts = {known: count for known, count in self._counts.items() if mark.startswith(known)}
        if mark[-1] != "#":
            return ""
        self._counts[mark] = self._counts.get(mark, 0) + 1
        return f"{self._counts[mark]}. "

    def _tabs(self, tag: Tag) -> None:
        """Add each tab below its label."""
        self.end()
        for label, text, line in _tabs(str(tag.contents or ""), self._line):
            self._draft.flow(BlockKind.PARAGRAPH, [(label, line)])
            self._part(text, line)
            self.end()

    def _gallery(self, contents: str) -> None:
        for text, line in _numbered(contents, self._line):
            self._line = line
            self._draft.flow(BlockKind.PARAGRAPH, self._inside(_parsed(text.partition("|")[2])))

    def _table(self, table: Tag) -> None:
        """Add the rows of a table, a cell that spans columns or rows in each of them."""
        below: _Below = {}
        cells: list[list[Fragment]] = []
        for tag, line in _tags(table, self._line):
            self._line = line
            if self._is_hidden(tag):
                continue
            if _name(tag) == "tr":
                self._row(cells)
                cells = []
                for cell, at in _tags(tag, line):
                    self._line = at
                    self._cell(cell, below, cells)
                _fill(cells, below)
                self._row(cells)
                cells = []
            elif str(tag).startswith("|+"):
                caption = self._inside(tag.contents)
                self._draft.flow(
                    BlockKind.PARAGRAPH, [(caption[0][0].lstrip("+"), line), *caption[1:]] if caption else []
                )
            else:
                self._cell(tag, below, cells)
        self._row(cells)

    def _cell(self, tag: Tag, below: _Below, cells: list[list[Fragment]]) -> None:
        if _name(tag) not in _CELLS:
            return
        _fill(cells, below)
        text = [] if self._is_hidden(tag) else self._inside(tag.contents)
        down = _span(tag, "rowspan")
        for _ in range(_span(tag, "colspan")):
            if down > 1:
                below[len(cells)] = (down - 1, text)
            cells.append(text)

    def _row(self, cells: list[list[Fragment]]) -> None:
        row: list[Fragment] = []
        for number, cell in enumerate(cells):
            row += [(" | ", cell[0][1] if cell else self._line)] if number else []
            row += cell
        if any(map(_is_seen, cells)):
            self._draft.flow(BlockKind.TABLE, row)

    def _template(self, template: Template) -> None:
        """Add what a box of facts is given as lines of its own; one that is given nothing and stands alone goes."""
        if _is_seen(self._open) or self._mark or not (template.params or self._is_blank_line()):
            super()._template(template)
        elif "\n" in str(template) and not _UNSEEN_TEMPLATES.fullmatch(_named(template)):
            self.end()
            self._parameters(template)
        elif template.params:
            super()._template(template)

    def _parameters(self, template: Template) -> None:
        line = self._line + str(template.name).count("\n")
        for parameter in template.params:
            self._line = line
            value = self._inside(parameter.value)
            if _is_seen(value):
                key = f"{' '.join(str(parameter.name).split())}: " if parameter.showkey else ""
                self._draft.flow(BlockKind.TABLE, [(key, line), *value])
            line += str(parameter).count("\n")


def _named(template: Template) -> str:
    return " ".join(str(template.name).split())


def _name(tag: Tag) -> str:
    return str(tag.tag).strip().lower()


def _character(entity: HTMLEntity) -> str:
    try:
        return str(entity.normalize())
    except (ValueError, OverflowError):  # a number that is no character's
        return str(entity)


def _is_in_another_language(title: str) -> bool:
    """Tell whether a link leads to the same page in another language, which is shown beside the text, if at all."""
    prefix, colon, _ = title.partition(":")
    return bool(colon) and prefix.strip().lower() in _LANGUAGES


def _with_characters(literal: str) -> str:
    """Return text with its entities as their characters; without a semicolon they are code (`&copy=4`)."""
    return _ENTITY.sub(
        lambda entity: unescape(entity[0]) if not entity[1] or f"{entity[1]};" in html5 else entity[0], literal
    )


def _is_seen(fragments: list[Fragment]) -> bool:
    return any(text.strip() for text, _ in fragments)


def _is_struck(tag: Tag) -> bool:
    style = str(tag.get("style").value or "") if tag.has("style") else ""
    return LINE_THROUGH.search(style) is not None


def _tabs(contents: str, line: int) -> Iterator[tuple[str, str, int]]:
    """Yield the label, the text and the line of each of a group of tabs."""
    for tab in _NEXT_TAB.split(contents):
        label, given, text = tab.partition("=")
        if tab.strip():
            yield label.strip() if given else "", text if given else tab, line + (label.count("\n") if given else 0)
        line += tab.count("\n")


def _rows(fragments: list[Fragment]) -> list[Fragment]:
    """Return text cut at its line ends."""
    text = "".join(text for text, _ in fragments)
    return _numbered(text.rstrip("\n"), fragments[0][1])


def _numbered(text: str, first: int) -> list[Fragment]:
    return [(part, first + at) for at, part in enumerate(text.split("\n"))]


def _tags(within: Tag, line: int) -> Iterator[tuple[Tag, int]]:
    """Yield the tags right below one, each with its line."""
    from mwparserfromhell import nodes

    inside = within.contents
    line += str(within).split(str(inside), 1)[0].count("\n") if inside is not None and str(inside) else 0
    for node in inside.nodes if inside is not None else ():
        if isinstance(node, nodes.Tag):
            yield node, line
        line += str(node).count("\n")


def _whole(tag: Tag, name: str, otherwise: int) -> int:
    written = str(tag.get(name).value or "").strip() if tag.has(name) else ""
    return int(written) if written.isdecimal() and len(written) < _MOST_DIGITS else otherwise


def _span(cell: Tag, name: str) -> int:
    return max(1, min(_whole(cell, name, 1), _WIDEST))


def _fill(cells: list[list[Fragment]], below: _Below) -> None:
    """Add the cells of rows above that reach into the row's next columns."""
    while len(cells) in below:
        left, text = below.pop(len(cells))
        if left > 1:
            below[len(cells)] = (left - 1, text)
        cells.append(text)
