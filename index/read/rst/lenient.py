"""docutils' own directives, with which an option that is wrong or unknown costs the option and not the text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive, DirectiveError, directives
from docutils.parsers.rst.languages import en

_WRONG = object()
"""The value of an option that its directive cannot read."""

_LENIENT = frozenset(
    [
        *("attention", "caution", "danger", "error", "hint", "important", "note", "tip", "warning", "admonition"),
        *("image", "figure", "topic", "sidebar", "epigraph", "highlights", "pull-quote", "compound", "container"),
        *("rubric", "line-block", "table", "list-table"),
    ]
)


def be_lenient(names: Iterable[str]) -> None:
    """Register, for each of these names that docutils knows, a directive that keeps its text."""
    for name in _LENIENT.intersection(names):
        known, _ = directives.directive(name, en, None)  # type: ignore[arg-type] # reports to no document
        if known is not None:
            directives.register_directive(name, _lenient(known))


def parsed_content(directive: Directive, *, with_headings: bool = False) -> list[nodes.Node]:
    """Return what stands below a directive."""
    holder = nodes.container()
    directive.state.nested_parse(directive.content, directive.content_offset, holder, match_titles=with_headings)
    return list(holder.children)


class _Options(dict[str, Callable[[str], Any]]):
    """A table of options in which every name is one, and a value that cannot be read is `_WRONG`."""

    def __getitem__(self, name: str) -> Callable[[str], Any]:
        read = self.get(name, directives.unchanged)

        def read_if_right(value: str) -> Any:
            try:
                return read(value)
            except (ValueError, TypeError):
                return _WRONG

        return read_if_right


def _lenient(known: type[Directive]) -> type[Directive]:
    class Lenient(known):  # type: ignore[misc, valid-type] # a class that docutils names
        """What it is otherwise, or its content as text where docutils can make nothing of it."""

        has_content = True
        required_arguments = 0
        optional_arguments = known.required_arguments + known.optional_arguments
        option_spec = _Options(known.option_spec) if known.option_spec else known.option_spec

        def run(self) -> list[nodes.Node]:
            for name in [name for name, value in self.options.items() if value is _WRONG]:
                del self.options[name]
            try:
                shown = list(super().run())
            except (DirectiveError, IndexError):
                shown = []
            if all(isinstance(node, nodes.system_message) for node in shown):
                return [*self._arguments(), *parsed_content(self)]
            return shown if known.has_content else [*shown, *parsed_content(self)]

        def _arguments(self) -> list[nodes.Node]:
            """Return its title or caption; the address of a picture is neither."""
            if not known.final_argument_whitespace or known.__name__ in {"Image", "Figure"}:
                return []
            inline = ((text, self.state.inline_text(text, self.lineno)[0]) for text in self.arguments)
            return [nodes.paragraph(text, "", *children) for text, children in inline]

    return Lenient
