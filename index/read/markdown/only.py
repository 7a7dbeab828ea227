"""For which kinds of output a page's part is: Sphinx's `only`, whose argument is an expression of their names."""

from __future__ import annotations

import ast

_WEB = frozenset(["html", "builder_html", "format_html", "dirhtml", "builder_dirhtml", "readthedocs"])
_OTHERS = frozenset(
    ["latex", "man", "texinfo", "epub", "text", "gettext", "xml", "pseudoxml", "info", "pdf", "latexpdf", "markdown"]
)


def is_on_the_web(expression: str) -> bool:
    """Tell whether a part with this expression may be seen on a site: also where it holds a name that is not known."""
    try:
        value = _value(ast.parse(expression.strip(), mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return True
    return value is not False


def _value(node: ast.expr) -> bool | None:
    """Return what an expression comes to; None where that cannot be known."""
    if isinstance(node, ast.Name):
        name = node.id.lower().removeprefix("builder_").removeprefix("format_")
        return True if node.id.lower() in _WEB or name in _WEB else False if name in _OTHERS else None
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        inside = _value(node.operand)
        return None if inside is None else not inside
    if not isinstance(node, ast.BoolOp):
        return None
    values = [_value(part) for part in node.values]
    decisive = isinstance(node.op, ast.Or)
    return decisive if decisive in values else None if None in values else not decisive
