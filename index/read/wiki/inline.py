"""Wikitext in a line: words, links, templates and marked-up text, as a reader sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.read.draft import Fragment
from index.read.html.style import LINE_THROUGH
from index.read.markdown.concealed import is_hidden
from index.read.raised import raised
from index.read.struck import struck
from index.read.wiki.entities import character, with_characters
from index.read.wiki.links import CATEGORY, FILE, OPTIONS, is_in_another_language
from index.read.wiki.parsing import name_of, parsed
from index.read.wiki.tables import CELLS

if TYPE_CHECKING:
    from mwparserfromhell.nodes import Heading, Node, Tag, Template, Wikilink
    from mwparserfromhell.wikicode import Wikicode


CODE_TAGS = {"pre", "source", "syntaxhighlight"}
_STRIKING = frozenset({"del", "s", "strike"})
_UNSEEN_TAGS = {"style", "script", "templatedata", "templatestyles", "references", "includeonly"}
_VERBATIM_TAGS = {"nowiki", "math", "code", "tt", *CODE_TAGS}
ESCAPED_TAGS = {"nowiki", "code", "tt", "pre"}
"""Tags in which entities stand for their characters; in code that is coloured they stand for themselves."""

MARKS = {"li", "dt", "dd"}
_NEXT_TAB = re.compile(r"\|-\|")
_NOWIKI = re.compile(r"</?nowiki\s*/?>", re.IGNORECASE)
_UNSEEN_TEMPLATES = re.compile(
    r"short description|use \w+ (?:dates|english)|displaytitle:.*|default ?sort.*|italic title|good article"
    r"|featured article|pp-\S+|coord missing|shortcut|anchor|clear|toc \w+|reflist",
    re.IGNORECASE | re.DOTALL,
)
"""Templates that show nothing, or nothing that is said."""

_DEEPEST = 40


class Inline:
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
            self._put((character(node), self._line))

    def _put(self, *pieces: Fragment) -> None:
        self._open += pieces

    def _inside(self, code: Wikicode | None) -> list[Fragment]:
        """Return what is seen of nodes below."""
        if code is None:
            return []
        inner = Inline(self._line, self._notes, self._depth, on_white=self._on_white)
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
        if FILE.match(title):
            options = self._inside(link.text)
            caption = "".join(text for text, _ in options).split("|")[-1]
            self._put(("" if OPTIONS.fullmatch(caption) else caption, self._line))
        elif not (CATEGORY.match(title) or is_in_another_language(title)):
            self._put(*(self._inside(link.text) if link.text else self._without_colon(self._inside(link.title))))

    def _without_colon(self, title: list[Fragment]) -> list[Fragment]:
        """Return a title without the colon by which a page links to a category instead of standing in it."""
        return [(title[0][0].lstrip(": "), title[0][1]), *title[1:]] if title else []

    def _tag(self, tag: Tag) -> None:
        if not self._is_hidden(tag):
            self._seen_tag(name_of(tag), tag)

    def _seen_tag(self, name: str, tag: Tag) -> None:
        if name == "br" or (name in MARKS and tag.wiki_markup):
            self._put(("\n", self._line))
        elif name == "ref":
            note = self._inside(tag.contents) if tag.contents is not None else []
            self._notes += [note] if is_seen(note) else []
        elif name == "tabber":
            self._tabs(tag)
        elif name in _VERBATIM_TAGS and not tag.wiki_markup:
            literal = _NOWIKI.sub("", str(tag.contents or ""))
            self._put((with_characters(literal) if name in ESCAPED_TAGS else literal, self._line))
        elif name == "sup" or name in _STRIKING or _is_struck(tag):
            marked = raised if name == "sup" else struck
            self._put(*((marked(text), line) for text, line in self._inside(tag.contents)))
        elif name not in _UNSEEN_TAGS and tag.contents is not None:
            self.over(tag.contents)
            self._put((" ", self._line)) if name in CELLS else None

    def _tabs(self, tag: Tag) -> None:
        for label, text, line in tabs(str(tag.contents or ""), self._line):
            self._put((f"{label}: " if label else "", line))
            self._part(text, line)
            self._put(("\n", line))

    def _part(self, text: str, line: int) -> None:
        """Take the text of a part of the page that begins on a line."""
        code = parsed(text) if self._depth <= _DEEPEST else None
        self._line = line
        if code is not None:
            self.over(code)

    def _is_hidden(self, tag: Tag) -> bool:
        given = {str(one.name).strip().lower(): str(one.value or "").strip() for one in tag.attributes}
        return is_hidden(given, on_white=self._on_white)

    def _template(self, template: Template) -> None:
        """Add what a template is given, between brackets: what it makes of that is not known."""
        name = " ".join(str(template.name).split())
        if _UNSEEN_TEMPLATES.fullmatch(name):
            return
        given = [self._inside(parameter.value) for parameter in template.params]
        shown = [part for part in given if is_seen(part)]
        if name == "!":
            self._put(("|", self._line))
            return
        self._put((f"[{name}{': ' if shown else ''}", self._line))
        for number, part in enumerate(shown):
            self._put(*([(", ", self._line)] if number else []), *part)
        self._put(("]", self._line))


def is_seen(fragments: list[Fragment]) -> bool:
    """Tell whether any of the text is more than blanks."""
    return any(text.strip() for text, _ in fragments)


def _is_struck(tag: Tag) -> bool:
    style = str(tag.get("style").value or "") if tag.has("style") else ""
    return LINE_THROUGH.search(style) is not None


def tabs(contents: str, line: int) -> Iterator[tuple[str, str, int]]:
    """Yield the label, the text and the line of each of a group of tabs."""
    for tab in _NEXT_TAB.split(contents):
        label, given, text = tab.partition("=")
        if tab.strip():
            yield label.strip() if given else "", text if given else tab, line + (label.count("\n") if given else 0)
        line += tab.count("\n")
