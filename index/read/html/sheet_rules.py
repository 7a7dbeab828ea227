"""The rules of a style sheet: those in others apart, and what stands for a value in place of its name."""

from __future__ import annotations

import re
from collections.abc import Iterator

Rule = tuple[str, str, bool]
"""Selectors, declarations, and whether they hold everywhere, not only on some screens."""

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_BRACE = re.compile(r"[{}]")
_EVERYWHERE = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)\s*$|@(?:layer|supports)\b", re.IGNORECASE)
"""What is around rules that hold for whoever reads the page on a screen, of whatever size."""

_DEEPEST = 8
_MOST_SELECTORS = 8
"""Selectors of two rules, one in the other, that are looked at."""

_LONGEST = 1_000
"""Characters of such a selector of both; a longer one is taken for one of nothing."""

_NOTHING = ":not(*)"
"""The selector of nothing."""

_PROPERTY = re.compile(r"(?:^|;)\s*(--[\w-]+)\s*:\s*([^;]*)")
_OF_ALL = re.compile(r"(?::root|html|body|:host|\*)(?:\s*,\s*(?::root|html|body|:host|\*))*", re.IGNORECASE)
_NAMED = re.compile(r"((?:^|;)\s*(?:display|visibility)\s*:\s*)var\(\s*(--[\w-]+)\s*(?:,[^()]*)?\)", re.IGNORECASE)


def parsed(sheet: str) -> list[Rule]:
    """Return the rules of a sheet, in their order."""
    found = list(_rules(_COMMENT.sub("", sheet), "", 0))
    if "var(" not in sheet:
        return found
    values = _values(found)
    put = lambda match: match[1] + values.get(match[2], match[0][len(match[1]) :])  # noqa: E731
    return [(selectors, _NAMED.sub(put, style), everywhere) for selectors, style, everywhere in found]


def _rules(text: str, around: str, depth: int) -> Iterator[Rule]:
    """Yield the rules of a text that stands inside the rule with the selectors `around`, or in none."""
    for head, body in _blocks(text):
        if not head.startswith("@"):
            yield from _with_inner(_within(around, head), body, depth)
            continue
        everywhere = _EVERYWHERE.match(head) is not None
        inner = _with_inner(around, body, depth) if around else _rules(body, "", depth + 1)
        for selectors, style, holds in inner if depth < _DEEPEST else ():
            yield selectors, style, holds and everywhere


def _with_inner(selectors: str, body: str, depth: int) -> Iterator[Rule]:
    """Yield a rule without those that stand in it, and then those."""
    if "{" not in body:
        yield selectors, body, True
        return
    own, at = [], 0
    for start, end in _spans(body):
        own.append(body[at : body.rfind(";", at, start) + 1])
        at = end
    yield selectors, "".join([*own, body[at:]]), True
    if depth < _DEEPEST:
        yield from _rules(body, selectors, depth + 1)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the outermost blocks of a text begin, with their braces, and where they end."""
    depth = start = 0
    for match in _BRACE.finditer(text):
        if match[0] == "{":
            start = match.start() if depth == 0 else start
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield start, match.end()


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before each of these blocks, and what stands in it."""
    at = 0
    for start, end in _spans(text):
        yield text[at:start].rpartition(";")[2].strip("} \t\r\n"), text[start + 1 : end - 1]
        at = end


def _within(around: str, selectors: str) -> str:
    if not around:
        return selectors
    if len(around) > _MOST_SELECTORS * _LONGEST:
        return _NOTHING
    pairs = [
        inner.replace("&", outer.strip()) if "&" in inner else f"{outer.strip()} {inner.strip()}"
        for outer in around.split(",", _MOST_SELECTORS)[:_MOST_SELECTORS]
        for inner in selectors.split(",", _MOST_SELECTORS)[:_MOST_SELECTORS]
        if len(inner) + max(1, inner.count("&")) * len(outer) <= _LONGEST
    ]
    return ",".join(pairs[:_MOST_SELECTORS]) or _NOTHING


def _values(rules: list[Rule]) -> dict[str, str]:
    """Return the values that have a name, where all of the page has it, and nothing gives it another."""
    values: dict[str, set[str]] = {}
    for selectors, style, everywhere in rules:
        of_all = everywhere and _OF_ALL.fullmatch(selectors.strip())
        for name, value in _PROPERTY.findall(style) if "--" in style else ():
            values.setdefault(name, set()).update([value.strip()] if of_all else ["", value.strip()])
    return {name: next(iter(said)) for name, said in values.items() if len(said) == 1}
