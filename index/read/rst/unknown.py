"""Directives and roles that docutils does not know, Sphinx's above all: they keep their text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives, roles, states
from docutils.parsers.rst.directives.tables import CSVTable
from docutils.parsers.rst.languages import en
from docutils.transforms.misc import ClassAttribute

from index.read.html.style import hides_by_class
from index.read.markdown.dialects import (
    BARE_DIRECTIVES,
    CODE_DIRECTIVES,
    GENERATED_DIRECTIVES,
    INCLUDE_DIRECTIVES,
    MARK,
    UNSEEN_DIRECTIVES,
    VERSIONS,
)
from index.read.markdown.only import is_configured, is_on_the_web
from index.read.markdown.roles import seen_of_role
from index.read.markdown.versions import of_versions
from index.read.missing import not_included
from index.read.rst.includes import PART
from index.read.rst.lenient import be_lenient, parsed_content
from index.read.site.labels import compared, labels_in

if TYPE_CHECKING:
    from index.read.files import Files

_DIRECTIVE = re.compile(r"^[ \t]*\.\.[ \t]+(?:\|[^|\n]+\|[ \t]+)?([\w:.+-]+?)[ \t]?::(?:[ \t]|$)", re.MULTILINE)
_ROLE = re.compile(r":([\w:.+-]{1,100}):`|`:([\w:.+-]{1,100}):")
_RAW = "raw"
_OURS = frozenset([*UNSEEN_DIRECTIVES, *CODE_DIRECTIVES, *INCLUDE_DIRECTIVES, *VERSIONS, "only", "ifconfig"]) - {"math"}
_CARDS = frozenset(["card", "grid-item-card"])
_OUR_ROLES = frozenset(["pep", "rfc", "index"])
_STANDARD_ROLES = frozenset([*en.roles, "ref", "doc"])


@contextmanager
def registered_here() -> Iterator[None]:
    """Take back all directives and roles that are registered meanwhile: they are those of one document."""
    tables: tuple[dict[str, Any], ...] = (vars(roles)["_roles"], vars(directives)["_directives"])
    before = [dict(table) for table in tables]
    try:
        yield
    finally:
        for table, known in zip(tables, before, strict=True):
            table.clear()
            table.update(known)


def accept_unknown(text: str, files: Files) -> None:
    """Give every directive and role that the text names and docutils does not know one that keeps its text.

    Pages and sections that it refers to by name are shown by their titles, which `files` know.
    """
    names = {match.lower() for match in _DIRECTIVE.findall(text)}
    be_lenient(names)
    for name in names:
        if name not in en.directives or name in _OURS:
            directives.register_directive(name, _Unknown)
    for name in ("rst-class", "cssclass"):
        directives.register_directive(name, _Class)
    directives.register_directive("ifconfig", _if_configured(files))
    directives.register_directive("csv-table", _CsvTable)
    directives.register_directive(_RAW, _Raw)
    labels = labels_in(text)
    for name, title_of in (
        ("ref", lambda label: labels.get(compared(label)) or files.title_at(label)),
        ("doc", files.title_of),
    ):
        roles.register_local_role(name, _reference(title_of))  # type: ignore[arg-type] # as below
    for before, after in _ROLE.findall(text):
        name = (before or after).lower()
        if name not in {"ref", "doc"} and (name not in en.roles or name in _OUR_ROLES):
            roles.register_local_role(name, _kept)  # type: ignore[arg-type] # the stub has only roles that make references
    _accept_links(files.settings.get("extlinks"))


def _accept_links(captions: object) -> None:
    """Register the roles that a site makes of addresses, by their captions, but none in place of a standard one."""
    for name, caption in captions.items() if isinstance(captions, dict) else ():
        if name.lower() in _STANDARD_ROLES:
            continue
        roles.register_local_role(name, _link(caption))  # type: ignore[arg-type] # as above


def _link(caption: str) -> Callable[..., tuple[list[nodes.Node], list[Any]]]:
    """Return a role that shows its text in a caption such as `issue %s`, where it is not given as `title <target>`."""

    def link(role: str, rawtext: str, text: str, *_: object, **__: object) -> tuple[list[nodes.Node], list[Any]]:
        written = nodes.unescape(text)
        is_titled = written.rstrip().endswith(">")
        whole = caption if "%s" in caption else f"{caption}%s"
        shown = seen_of_role(role, written) if is_titled else whole.replace("%s", written).replace("%%", "%")
        return [nodes.inline(rawtext, shown)], []

    return link


def _reference(title_of: Callable[[str], str | None]) -> Callable[..., tuple[list[nodes.Node], list[Any]]]:
    """Return a role whose text, where it is not given as `title <target>`, is the title of its target."""

    def reference(role: str, rawtext: str, text: str, *_: object, **__: object) -> tuple[list[nodes.Node], list[Any]]:
        written = nodes.unescape(text)
        title = None if written.rstrip().endswith(">") else title_of(written.strip())
        return [nodes.inline(rawtext, title or seen_of_role(role, written))], []

    return reference


class _AnyOptions(dict[str, Callable[[str], Any]]):
    """A table of options in which every name is one, taken as it is."""

    def __missing__(self, key: str) -> Callable[[str], Any]:
        return directives.unchanged


class _Unknown(Directive):
    """A directive's argument as a paragraph, or not at all, and its content as text or code."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = _AnyOptions(name=directives.unchanged)

    def run(self) -> list[nodes.Node]:
        name = self.name.lower()
        if self._is_hidden(name):
            return []
        if name == PART:
            part = nodes.comment(**{PART: self._argument})
            part.line = self.lineno
            return [part]
        if name in INCLUDE_DIRECTIVES or name in GENERATED_DIRECTIVES:
            what = self._argument if name in INCLUDE_DIRECTIVES else f"{name} {self._argument}"
            return [_paragraph(not_included(what), self.lineno), *(self._content() if what != self._argument else ())]
        if name in CODE_DIRECTIVES:
            content = "\n".join(self.content)
            block = nodes.literal_block(content, content)
            if name == "parsed-literal":
                block = nodes.literal_block(content, "", *self.state.inline_text(content, self.lineno)[0])
            block.line = self.content_offset + 1
            label = self._argument.split(None, 1)[-1:] if name == "code-tab" else []
            return [*self._inline(self.options.get("caption", "".join(label))), block]
        if name in VERSIONS:
            return self._version(VERSIONS[name])
        text = self._argument.partition("\n")[2] if name in BARE_DIRECTIVES else self._signature
        return [*self._inline(text), *self._content()]

    def _is_hidden(self, name: str) -> bool:
        """Tell whether nothing of the directive is shown: never, not on the web, or not with its classes."""
        classes = f"{self.options.get('class') or ''} {self._argument if name == 'div' else ''}"
        is_elsewhere = name == "only" and not is_on_the_web(self._argument)
        return name in UNSEEN_DIRECTIVES or is_elsewhere or hides_by_class(classes.split())

    @property
    def _signature(self) -> str:
        """What a thing that is described is called, with the method of an address, and its type and value."""
        method, is_address, _ = self.name.upper().partition("HTTP:")[::-1]
        given = {name: str(self.options.get(name) or "") for name in ("type", "value", "default")}
        text = f"{method} {self._argument}" if is_address else self._argument
        text += f": {given['type']}" if given["type"] else ""
        text += f" = {given['value']}" if given["value"] else ""
        return f"{text} (default: {given['default']})" if given["default"] and self._argument else text

    @property
    def _argument(self) -> str:
        return self.arguments[0] if self.arguments else ""

    def _version(self, words: str) -> list[nodes.Node]:
        """Return words such as "Added in version 2.4:" and, in the same paragraph, what follows them."""
        text, rest = of_versions(words, self._argument)
        content = self._content()
        lead = text + (": " if rest or content else ".")
        if not rest and content and isinstance(content[0], nodes.paragraph):
            content[0].insert(0, nodes.Text(lead))
            return content
        paragraph = next(iter(self._inline(rest)), _paragraph("", self.lineno))
        if isinstance(paragraph, nodes.paragraph):
            paragraph.insert(0, nodes.Text(lead))
        return [paragraph, *content]

    def _inline(self, text: str) -> list[nodes.Node]:
        if not text:
            return []
        inline, messages = self.state.inline_text(text, self.lineno)
        paragraph = nodes.paragraph(text, "", *inline)
        paragraph.line = self.lineno
        return [paragraph, *messages]

    def _content(self) -> list[nodes.Node]:
        if self.name.lower() in _CARDS:
            for at, line in enumerate(self.content):
                if line.strip() in {"+++", "^^^"}:
                    self.content[at] = ""
        return parsed_content(self, with_headings=True)


class _Class(_Unknown):
    """The content, or else the next element, with classes, which may hide it."""

    def run(self) -> list[nodes.Node]:
        if not hides_by_class(self._argument.split()):
            return self._content()
        if self.content:
            return []
        pending = nodes.pending(ClassAttribute, {"class": self._argument.split(), "directive": self.name})
        self.state_machine.document.note_pending(pending)
        return [pending]


def _if_configured(files: Files) -> type[Directive]:
    """Return the directive whose content is shown where an expression of the site's settings holds."""

    class IfConfigured(_Unknown):
        """The content, nothing where it is surely not shown, and a mark where that cannot be known."""

        def run(self) -> list[nodes.Node]:
            holds = is_configured(self._argument, files.settings)
            if holds is None:
                return [_paragraph(MARK, self.lineno)]
            return self._content() if holds else []

    return IfConfigured


class _CsvTable(CSVTable):
    """A table that is written out, or the name of the file that holds it."""

    def run(self) -> list[nodes.Node]:  # type: ignore[override] # the stub has only tables
        file = self.options.get("file") or self.options.get("url")
        if not file:
            return list(super().run())
        titles = self.arguments[:1]
        return [_paragraph(text, self.lineno) for text in (*titles, not_included(str(file)))]


class _Raw(Directive):
    """HTML as it stands; what is for other formats goes."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = _AnyOptions()

    def run(self) -> list[nodes.Node]:
        html = "html" in " ".join(self.arguments).lower().split()
        if html and (file := self.options.get("file") or self.options.get("url")):
            return [_paragraph(not_included(str(file)), self.lineno)]
        node = nodes.raw("", "\n".join(self.content) if html else "", format="html")
        node.line = self.content_offset + 1
        return [node]


def _paragraph(text: str, line: int) -> nodes.paragraph:
    paragraph = nodes.paragraph(text, text)
    paragraph.line = line
    return paragraph


def _kept(  # docutils calls a role with these six
    role: str,
    rawtext: str,
    text: str,
    _lineno: int,
    _inliner: states.Inliner,
    _options: Mapping[str, Any] | None = None,
    _content: Sequence[str] | None = None,
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Keep what is seen of a role's text."""
    return [nodes.inline(rawtext, seen_of_role(role, nodes.unescape(text)), classes=[role.lower()])], []
