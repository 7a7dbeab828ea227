"""Sphinx: `conf.py`, of which only what is written out is taken; it is never run."""

from __future__ import annotations

import ast
import re
from pathlib import PurePosixPath

from index.read.markdown.only import UNKNOWN, plain
from index.read.site.site import Site, Values, address_of

_MOST_STEPS = 50
_FOLDERS = re.compile(r"^\s*builder:\s*[\"']?dirhtml", re.MULTILINE)
_TERM = re.compile(r"^\.\. \|(?P<name>[^|\n]+)\| replace::[ \t]+(?P<words>[^\n]+)$", re.MULTILINE)


def site_of(text: str, hosting: str) -> Site | None:
    """Return the site that the file describes; None where it is not Sphinx's.

    `hosting` is the configuration of Read the Docs, "" where there is none: it says how the site is built.
    """
    values = _values(text)
    if not values.keys() & {"extensions", "html_theme", "project", "html_baseurl", "master_doc", "root_doc"}:
        return None
    folders = bool(_FOLDERS.search(hosting))
    ending = str(values.get("html_link_suffix") or values.get("html_file_suffix") or ".html")

    def route(page: PurePosixPath, _values: Values) -> str | None:
        if any(part.startswith("_") for part in page.parts):
            return None
        if not folders:
            return f"{page.with_suffix('')}{ending}"
        path = page.parent if page.stem == "index" else page.with_suffix("")
        return "" if path == PurePosixPath() else f"{path}/"

    terms = {name: values[name] for name in ("release", "version") if values.get(name)}
    for name in ("rst_prolog", "rst_epilog"):
        terms |= {match["name"]: match["words"] for match in _TERM.finditer(values.get(name, ""))}
    address = address_of(values.get("html_baseurl"))
    return Site(address, route, terms=terms, sphinx=True, settings=_settings(text))


def _settings(text: str) -> dict[str, object]:
    """Return the values that the file writes out, by name; those of settings that it adds itself are their defaults."""
    settings: dict[str, object] = {}
    assigned: dict[str, object] = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and _called(node) == "add_config_value" and len(node.args) > 1:
            name = plain(node.args[0], {})
            settings[str(name)] = plain(node.args[1], {})
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            assigned[name] = UNKNOWN if name in assigned else plain(node.value, {})  # set twice: which one holds?
        elif isinstance(node, ast.AugAssign | ast.AnnAssign | ast.NamedExpr) and isinstance(node.target, ast.Name):
            assigned[node.target.id] = UNKNOWN
    return {name: value for name, value in (settings | assigned).items() if value is not UNKNOWN}


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _values(text: str) -> dict[str, str]:
    """Return the texts that are given to names at the top of the file, by name; "" for other values."""
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    values: dict[str, str] = {}
    for statement in body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            values[statement.targets[0].id] = _text(statement.value, values, 0) or ""
    return values


def _text(node: ast.expr, values: dict[str, str], depth: int) -> str | None:
    """Return the text of an expression of texts and names alone."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.Name):
        return values.get(node.id)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and depth < _MOST_STEPS:
        parts = [_text(side, values, depth + 1) for side in (node.left, node.right)]
        return None if None in parts else "".join(part or "" for part in parts)
    if isinstance(node, ast.JoinedStr):
        return _formatted(node, values, depth)
    return None


def _formatted(node: ast.JoinedStr, values: dict[str, str], depth: int) -> str | None:
    parts = [
        _text(part.value if isinstance(part, ast.FormattedValue) else part, values, depth + 1) for part in node.values
    ]
    return None if None in parts else "".join(part or "" for part in parts)
