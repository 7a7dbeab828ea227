"""What stands in front of a Markdown text, between two lines of `---` (YAML) or `+++` (TOML)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

_FENCED = re.compile(r"\s*(?P<fence>---|\+\+\+)[ \t]*\n(?P<inside>.*?)(?:^|\n)(?P=fence)[ \t]*(?:\n|\Z)", re.DOTALL)
_MOST = 64 * 1024
"""Characters of front matter: what is longer is text."""

_WEB = re.compile(r"https?://[^\s\x00-\x20]+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A text's own word on its title and its address; None for what it does not say."""

    title: str | None = None
    url: str | None = None


def parted(text: str) -> tuple[FrontMatter, str]:
    """Return the front matter and the text with it blanked, its lines left in place.

    What stands between such lines and is no table of values is text, and stays.
    """
    match = _FENCED.match(text)
    values = _values(match["fence"], match["inside"]) if match and len(match["inside"]) <= _MOST else None
    if match is None or values is None:
        return FrontMatter(), text
    title = values.get("title")
    front = FrontMatter(_on_one_line(title), web_address(values.get("url")))
    return front, "\n" * match[0].count("\n") + text[match.end() :]


def _on_one_line(title: object) -> str | None:
    """Return a title; a list or table is none: spelt out, one that names itself over and over has no end."""
    return " ".join(str(title).split()) or None if isinstance(title, str | int | float | date) else None


def web_address(value: object) -> str | None:
    """Return the value where it is an http or https address, else None."""
    return value.strip() if isinstance(value, str) and _WEB.match(value.strip()) else None


def _values(fence: str, inside: str) -> Mapping[object, object] | None:
    values = _toml(inside) if fence == "+++" else _yaml(inside)
    return values if isinstance(values, Mapping) else None


def _toml(inside: str) -> object:
    try:
        return tomllib.loads(inside)
    except (ValueError, RecursionError):  # ValueError: what is no TOML, and a number of too many digits
        return None


def _yaml(inside: str) -> object:
    import yaml

    try:
        return yaml.safe_load(inside)
    except (yaml.YAMLError, ValueError, RecursionError):  # ValueError: a date such as 2024-13-99
        return None
