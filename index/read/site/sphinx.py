"""Sphinx: `conf.py`, of which only what is written out is taken; it is never run."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from index.read.markdown.only import UNKNOWN, plain
from index.read.site.site import Site, Values, address_of

_MOST_STEPS = 50
_SCOPES = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda
_ANY = "*"
"""Stands for any name, as in an import."""

_OF_A_LINK = 2
"""An address, and what is shown: None for the address itself."""

_FOLDERS = re.compile(r"^\s*builder:\s*[\"']?dirhtml", re.MULTILINE)
_TERM = re.compile(r"^\.\. \|(?P<name>[^|\n]+)\| replace::[ \t]+(?P<words>[^\n]+)$", re.MULTILINE)


def site_of(text: str, hosting: str) -> Site | None:
    """Return the site that the file describes; None where it is not Sphinx's.

    `hosting` is the configuration of Read the Docs, "" where there is none: it says how the site is built.
    """
    tree = _parsed(text)
    values = _values(tree)
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
    links, suffixes = _links(tree), _suffixes(tree)
    settings = _settings(tree) | ({"extlinks": links} if links else {})
    settings |= {"source_suffix": suffixes} if suffixes else {}
    return Site(address, route, terms=terms, sphinx=True, settings=settings)


def _links(tree: ast.Module) -> dict[str, str]:
    """Return how the roles that the file makes of addresses show a number or a name: `issue %s`, by their names."""
    links = _dictionary(tree, "extlinks").items()
    texts = {name: link[1] or link[0] for name, link in links if isinstance(link, tuple) and len(link) == _OF_A_LINK}
    return {name.lower(): text for name, text in texts.items() if isinstance(name, str) and isinstance(text, str)}


def _suffixes(tree: ast.Module) -> tuple[str, ...]:
    """Return the endings of pages of reStructuredText, where the file says of each ending what it stands for."""
    named = _dictionary(tree, "source_suffix").items()
    return tuple(suffix for suffix, markup in named if isinstance(suffix, str) and markup == "restructuredtext")


def _dictionary(tree: ast.Module, name: str) -> dict[object, object]:
    """Return a dictionary that the file writes out; an empty one where it does not."""
    try:
        written = ast.literal_eval(_assignments(tree).get(name) or ast.Dict([], []))
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return {}
    return written if isinstance(written, dict) else {}


def _parsed(text: str) -> ast.Module:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def _assignments(tree: ast.Module) -> dict[str, ast.expr | None]:
    """Return what is given to names at the top of the file; None where something else may hold in the end.

    That is so for a name that is set in a condition too, that is imported, or that is set twice to different values;
    and for each that stands above what may set any.
    """
    bindings = list(_bindings(tree))
    bound = Counter(name for name, _ in bindings if name != _ANY)
    doubted_to = max((line for name, line in bindings if name == _ANY), default=0)
    given: dict[str, list[ast.expr]] = {name: [] for name in bound}
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        for target in targets:
            if isinstance(target, ast.Name) and value is not None:
                given[target.id].append(value)
    return {
        name: values[-1]
        if len(values) == bound[name] and values[-1].lineno > doubted_to and _are_alike(values)
        else None
        for name, values in given.items()
    }


def _are_alike(values: Sequence[ast.expr]) -> bool:
    try:
        return len(values) == 1 or len(set(map(ast.dump, values))) == 1
    except RecursionError:  # a sum of a thousand texts
        return False


def _bindings(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield each name that is set in the file's own scope, as often as it is, and the line; `*` where any may be."""
    nodes: list[ast.AST] = [tree]
    while nodes:
        node = nodes.pop()
        if name := _bound_by(node):
            yield name, getattr(node, "lineno", 0)
        if isinstance(node, _SCOPES):
            inner = (inside for inside in ast.walk(node) if isinstance(inside, ast.Global))
            yield from ((name, inside.lineno) for inside in inner for name in inside.names)
        elif isinstance(node, ast.comprehension):
            nodes += reversed(node.ifs)  # its own names are seen in it alone, unlike those that `:=` sets
        else:
            nodes += reversed(list(ast.iter_child_nodes(node)))


def _bound_by(node: ast.AST) -> str | None:
    """Return the name that a node itself sets, `*` for any."""
    if isinstance(node, ast.Name):
        return None if isinstance(node.ctx, ast.Load) else node.id
    if isinstance(node, ast.alias):
        return node.asname or node.name.partition(".")[0]
    if isinstance(node, ast.Call):  # what is run without a dictionary of its own sets names here
        is_run = isinstance(node.func, ast.Name) and node.func.id == "exec" and len(node.args) == 1
        return _ANY if is_run else None
    if isinstance(node, ast.MatchMapping):
        return node.rest
    named = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.ExceptHandler | ast.MatchAs | ast.MatchStar
    return node.name if isinstance(node, named) else None


def _settings(tree: ast.Module) -> dict[str, object]:
    """Return the values that the file writes out, by name; those of settings that it adds itself are their defaults."""
    settings: dict[str, object] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) == "add_config_value" and len(node.args) > 1:
            name, value = str(plain(node.args[0], {})), plain(node.args[1], {})
            settings[name] = value if settings.get(name, value) == value else UNKNOWN
    assigned = {name: UNKNOWN if node is None else plain(node, {}) for name, node in _assignments(tree).items()}
    return {name: value for name, value in (settings | assigned).items() if value is not UNKNOWN}


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _values(tree: ast.Module) -> dict[str, str]:
    """Return the texts that are given to names at the top of the file, by name; "" for other values."""
    values: dict[str, str] = {}
    for name, node in _assignments(tree).items():
        values[name] = (_text(node, values, 0) if node is not None else None) or ""
    return values


def _text(node: ast.expr, values: dict[str, str], depth: int) -> str | None:
    """Return the text of an expression of texts and names alone."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.Name):
        return values.get(node.id) or None
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
