"""Directives and roles that docutils does not know, Sphinx's above all: they keep their text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives, roles, states
from docutils.parsers.rst.languages import en

_DIRECTIVE = re.compile(r"^[ \t]*\.\.[ \t]+(?:\|[^|\n]+\|[ \t]+)?([\w:.+-]+?)[ \t]?::(?:[ \t]|$)", re.MULTILINE)
_ROLE = re.compile(r":([\w:.+-]+):`|`:([\w:.+-]+):")
_TARGET = re.compile(r"^(?P<text>.*?)\s*<[^<>]*>\Z", re.DOTALL)
# Their arguments and contents are file names, settings and index entries: nothing that a reader sees.
_UNSEEN = frozenset(
    [
        *(
            "toctree",
            "highlight",
            "index",
            "currentmodule",
            "module",
            "py:currentmodule",
            "py:module",
            "default-domain",
        ),
        *("literalinclude", "automodule", "autoclass", "autofunction", "automethod", "autosummary", "autodata", "only"),
        *("tabularcolumns", "ifconfig", "testsetup", "testcleanup", "include", "raw", "meta", "default-domain"),
    ]
)
_KEEPS_CONTENT = frozenset(["only", "ifconfig"])
_CODE = frozenset(["code-block", "sourcecode", "code", "prompt", "testcode", "doctest", "productionlist", "ipython"])


def accept_unknown(text: str) -> None:
    """Give every directive and role that the text names and docutils does not know one that keeps its text."""
    for name in {match.lower() for match in _DIRECTIVE.findall(text)}:
        if name not in en.directives or name in _UNSEEN | _CODE:
            directives.register_directive(name, _Unknown)
    for before, after in _ROLE.findall(text):
        name = (before or after).lower()
        if name not in en.roles:
            roles.register_local_role(name, _kept)  # type: ignore[arg-type] # the stub has only roles that make references


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
        if name in _UNSEEN:
            return self._content() if name in _KEEPS_CONTENT else []
        if name in _CODE:
            content = "\n".join(self.content)
            block = nodes.literal_block(content, content)
            block.line = self.content_offset + 1
            return [block]
        return [*self._argument(), *self._content()]

    def _argument(self) -> list[nodes.Node]:
        if not self.arguments:
            return []
        inline, messages = self.state.inline_text(self.arguments[0], self.lineno)
        paragraph = nodes.paragraph(self.arguments[0], "", *inline)
        paragraph.line = self.lineno
        return [paragraph, *messages]

    def _content(self) -> list[nodes.Node]:
        holder = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, holder, match_titles=True)
        return holder.children


def _kept(  # docutils calls a role with these six
    _role: str,
    rawtext: str,
    text: str,
    _lineno: int,
    _inliner: states.Inliner,
    _options: Mapping[str, Any] | None = None,
    _content: Sequence[str] | None = None,
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Keep a role's text, or its title where it is written as `title <target>`."""
    seen = nodes.unescape(text)
    match = _TARGET.match(seen)
    seen = match["text"] if match and match["text"] else seen.lstrip("~!")
    return [nodes.inline(rawtext, seen)], []
