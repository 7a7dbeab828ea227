"""A cell's value as Excel shows it, by its number format (ECMA-376 part 1, 18.8.31).

What depends on the reader's own country is shown the way that is read the same everywhere: dates in Excel's short form
as 2026-03-15, a point before decimals, a comma between thousands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from index.read.office.number_dates import date_text
from index.read.office.number_digits import digits_text, general_text
from index.read.office.number_tokens import Token, tokens

Value = str | int | float | bool | None

_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[\d.]+(?:E[+-]?\d+)?)\]", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"\[\$[^\]-]*-(?:(?P<name>(?!x-)[a-z]{2,3})(?:-[a-z0-9-]+)?|(?P<number>[0-9A-F]{1,8}))\]", re.IGNORECASE
)
"""The language that a format asks for: its name, such as `de-DE`, or Windows' number of it."""
_SHORT_DATES = {"mm-dd-yy": "yyyy-mm-dd", "m/d/yy": "yyyy-mm-dd", "m/d/yy h:mm": "yyyy-mm-dd h:mm"}
"""Excel's formats of numbers 14 and 22, in whose place it shows the short form of the reader's country."""

_LONGEST = 255
"""Characters of the longest format that Excel takes."""

_SECTIONS = 4


@dataclass(frozen=True, slots=True)
class _Section:
    """A part of a format, for the values that its condition holds for."""

    tokens: tuple[Token, ...]
    condition: tuple[str, float] | None
    language: int | str


def shown(value: Value, code: str, *, from_1904: bool = False) -> str:
    """Return what Excel shows for a value; "" where its format hides it."""
    if value is None:
        return ""
    if code == "General":
        return _general(value)
    sections = _sections(_SHORT_DATES.get(code, code[:_LONGEST]))
    if isinstance(value, bool):
        return _text("TRUE" if value else "FALSE", sections)
    if isinstance(value, str):
        return _text(value, sections)
    return _number(value, sections, from_1904=from_1904)


def _general(value: str | float | bool) -> str:  # noqa: FBT001 # a value, not a switch
    if isinstance(value, str):
        return value
    return str(value).upper() if isinstance(value, bool) else general_text(value)


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    sections: list[_Section] = []
    for part in _parted(code)[:_SECTIONS]:
        match = _CONDITION.search(part)
        condition = (match[1], float(match[2])) if match and match[2].count(".") <= 1 and match[2] != "." else None
        language = _LANGUAGE.search(part)
        parts = tuple(tokens(_CONDITION.sub("", part)))
        sections.append(_Section(parts, condition, _named(language)))
    return tuple(sections)


def _named(language: re.Match[str] | None) -> int | str:
    if language is None:
        return 0
    return language["name"].lower() if language["name"] else int(language["number"], 16)


def _parted(code: str) -> list[str]:
    """Return the parts of a format between semicolons, but for those in quotes and after a backslash."""
    parts, quoted, escaped = [""], False, False
    for character in code:
        if character == ";" and not quoted and not escaped:
            parts.append("")
            continue
        quoted ^= character == '"' and not escaped
        escaped = character == "\\" and not escaped
        parts[-1] += character
    return parts


def _text(value: str, sections: tuple[_Section, ...]) -> str:
    section = sections[3] if len(sections) == _SECTIONS else next((s for s in sections if _has(s, "text")), None)
    if section is None:
        return value
    return "".join(value if token.kind == "text" else token.literal for token in section.tokens)


def _number(value: float, sections: tuple[_Section, ...], *, from_1904: bool) -> str:
    section, signed = _chosen(value, sections)
    if section is None:
        return "########"
    if _has(section, "text") and len(section.tokens) == 1:
        return general_text(value)
    sign = "-" if signed and value < 0 else ""
    if _has(section, "date"):
        return date_text(value, section.tokens, section.language, from_1904=from_1904)
    if not section.tokens:
        return ""
    if _has(section, "general"):
        shape = (general_text(abs(value)) if token.kind == "general" else token.literal for token in section.tokens)
        return (sign + "".join(shape)).strip()
    return digits_text(abs(value), section.tokens, sign).strip()


def _chosen(value: float, sections: tuple[_Section, ...]) -> tuple[_Section | None, bool]:
    """Return the section for a number, and whether a minus has to be put before it."""
    numbers = sections[:3] if len(sections) != 2 or not _has(sections[1], "text") else sections[:1]  # noqa: PLR2004 # 0;@
    if any(section.condition for section in numbers):
        for section in numbers:
            if section.condition is None or _holds(value, section.condition):
                return section, True
        return None, True
    if len(numbers) == 1:
        return numbers[0], True
    if value < 0:
        return numbers[1], False
    return (numbers[2] if value == 0 and len(numbers) > 2 else numbers[0]), False  # noqa: PLR2004 # plus, minus, zero


def _holds(value: float, condition: tuple[str, float]) -> bool:
    sign, bound = condition
    return {
        "<": value < bound,
        "<=": value <= bound,
        ">": value > bound,
        ">=": value >= bound,
        "=": value == bound,
        "<>": value != bound,
    }[sign]


def _has(section: _Section, kind: str) -> bool:
    return any(token.kind == kind for token in section.tokens)
