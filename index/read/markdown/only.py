"""Where a page's part is shown: Sphinx's `only` and `ifconfig`, whose arguments are expressions."""

from __future__ import annotations

import ast
from collections.abc import Mapping

_WEB = frozenset(["html", "builder_html", "format_html", "dirhtml", "builder_dirhtml", "readthedocs"])
_OTHERS = frozenset(
    ["latex", "man", "texinfo", "epub", "text", "gettext", "xml", "pseudoxml", "info", "pdf", "latexpdf", "markdown"]
)


def is_on_the_web(expression: str) -> bool:
    """Tell whether a part with this expression may be seen on a site: also where it holds a name that is not known."""
    parsed = _parsed(expression)
    return parsed is None or _value(parsed) is not False


def is_configured(expression: str, settings: Mapping[str, object]) -> bool | None:
    """Tell whether a part with this expression of a site's settings is shown; None where that cannot be known."""
    parsed = _parsed(expression)
    return None if parsed is None else _holds(parsed, settings)


def _parsed(expression: str) -> ast.expr | None:
    try:
        return ast.parse(expression.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _holds(node: ast.expr, settings: Mapping[str, object]) -> bool | None:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        inside = _holds(node.operand, settings)
        return None if inside is None else not inside
    if isinstance(node, ast.BoolOp):
        values = [_holds(part, settings) for part in node.values]
        decisive = isinstance(node.op, ast.Or)
        return decisive if decisive in values else None if None in values else not decisive
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return _compared(node.ops[0], plain(node.left, settings), plain(node.comparators[0], settings))
    value = plain(node, settings)
    return None if value is UNKNOWN else bool(value)


def _compared(operator: ast.cmpop, left: object, right: object) -> bool | None:
    if left is UNKNOWN or right is UNKNOWN:
        return None
    if isinstance(operator, ast.Eq | ast.NotEq):
        return (left == right) == isinstance(operator, ast.Eq)
    if isinstance(operator, ast.In | ast.NotIn) and isinstance(right, tuple | str):
        if isinstance(right, str) and not isinstance(left, str):
            return None
        return (left in right) == isinstance(operator, ast.In)
    return None


UNKNOWN = object()
"""The value of what is not written out."""


def plain(node: ast.expr, settings: Mapping[str, object]) -> object:
    """Return the value of a constant, of several of them in brackets as a tuple, or of a setting; else `UNKNOWN`."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return settings.get(node.id, UNKNOWN)
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        parts = tuple(plain(part, settings) if isinstance(part, ast.Constant) else UNKNOWN for part in node.elts)
        return UNKNOWN if UNKNOWN in parts else parts
    return UNKNOWN


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
