"""What stands in front of a text: YAML between `---`, TOML between `+++`, JSON, or lines such as `Title: …`."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

_FENCED = re.compile(
    r"\s*(?P<fence>---|\+\+\+|;;;)[ \t]*(?P<language>ya?ml|toml|json)?[ \t]*\n"
    r"(?P<inside>.*?)(?:^|\n)(?:(?P=fence)|\.\.\.)[ \t]*(?:\n|\Z)",
    re.DOTALL,
)
_JSON = re.compile(r"\s*(?P<inside>\{[ \t]*\n.*?\n\})[ \t]*(?:\n|\Z)", re.DOTALL)
_LINES = re.compile(r"(?P<inside>(?:[A-Za-z][\w .-]{0,40}:[ \t]+\S.*\n(?:[ \t]+\S.*\n)*)+)[ \t]*\n(?=\s*\S)")
_PERCENT = re.compile(r"(?P<inside>% ?\S.*(?:\n[ \t]+\S.*)*(?:\n%.*){0,2})\n[ \t]*\n(?=\s*\S)")
_CLOSED = re.compile(r"\s*(?P<inside>[A-Za-z][\w-]*:[ \t]\S.*\n(?:[ \t]*[\w-].*\n){1,60})---[ \t]*\n")
_OF_A_PAGE = frozenset(["title", "layout", "permalink", "date", "tags", "categories"])
_KNOWN = _OF_A_PAGE | {"draft", "published", "publish", "expirydate", "id", "slug", "description", "author"}
"""Names of values that stand alone before a page."""

_LANGUAGES = {"---": "yaml", "+++": "toml", ";;;": "json"}
_MOST = 64 * 1024
"""Characters of front matter: what is longer is text."""

_KEY = re.compile(r"[\"']?(?P<key>[A-Za-z_$][\w.$ -]{0,60})[\"']?[ \t]*:(?:[ \t]+(?P<value>.*))?$")
_GOES_ON = re.compile(r"\s*$|\s*#|[ \t]+\S|- |-$|[\]}]")
_QUOTED = re.compile(r"(?:\"((?:[^\"\\]|\\.)*)\"|'((?:[^']|'')*)')(?:\s+#.*)?")
_ESCAPED = re.compile(r"\\([\"\\])")
_FOLDED = re.compile(r"^\s*[>|][-+]?\s*$")
_TEMPLATE = re.compile(r"\{\{|\{%|<%|\$\{")
_VERSION = re.compile(
    r"^(?P<key>version)\s*[:=][ \t]*[\"']?(?P<value>[\w][\w.+-]*)[\"']?[ \t]*$", re.MULTILINE | re.IGNORECASE
)
_WEB = re.compile(r"https?://[^\s\x00-\x20]+\Z", re.IGNORECASE)
_DEEPEST = 3
_MOST_VALUES = 1000


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A text's own word on its title and its address; None for what it does not say.

    `values` has every value that is text, a number or a date, as text, by its path with `.` between the keys;
    `written` has all of it as it is written.
    """

    title: str | None = None
    url: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    written: Mapping[object, object] = field(default_factory=dict)


def parted(text: str) -> tuple[FrontMatter, str]:
    """Return the front matter and the text with it blanked, its lines left in place.

    What stands between such lines and is no table of values is text, and stays.
    """
    for pattern, values_of in _KINDS:
        match = pattern.match(text)
        if match is None or len(match["inside"]) > _MOST:
            continue
        values = values_of(match)
        if values is not None:
            return _front(values, match["inside"]), "\n" * match[0].count("\n") + text[match.end() :]
    return FrontMatter(), text


def _front(values: Mapping[object, object], written: str) -> FrontMatter:
    named = {str(key).lower(): value for key, value in values.items() if isinstance(key, str)}
    urls = (web_address(named.get(name)) for name in ("url", "permalink", "slug", "canonical_url"))
    flat: dict[str, str] = {}
    _flatten(values, "", 0, flat)
    if version := _VERSION.search(written):
        flat[version["key"]] = version["value"]  # as it is written: to YAML, 2.10 is the number 2.1
    return FrontMatter(_title(named.get("title")), next((url for url in urls if url), None), flat, values)


def _title(title: object) -> str | None:
    """Return a title on one line; a list or table is none: spelt out, one that names itself has no end."""
    if not isinstance(title, str | int | float | date) or _TEMPLATE.search(str(title)):
        return None
    return " ".join(str(title).split()) or None


def web_address(value: object) -> str | None:
    """Return the value where it is an http or https address, else None."""
    return value.strip() if isinstance(value, str) and _WEB.match(value.strip()) else None


def _flatten(values: Mapping[object, object], path: str, depth: int, flat: dict[str, str]) -> None:
    for key, value in values.items():
        if len(flat) >= _MOST_VALUES:
            return
        if isinstance(value, Mapping):
            if depth < _DEEPEST:
                _flatten(value, f"{path}{key}.", depth + 1, flat)
        elif isinstance(value, str | int | float | date):
            flat[f"{path}{key}"] = str(value)


def _fenced(match: re.Match[str]) -> Mapping[object, object] | None:
    language = match["language"] or _LANGUAGES[match["fence"]]
    values = _toml(match["inside"]) if language == "toml" else _yaml(match["inside"])  # which JSON is, too
    if not isinstance(values, Mapping):
        values = _leniently(match["inside"]) if language in {"yaml", "yml"} else None
    return None if values is None or _is_sentence(values, match["inside"]) else values


def _is_sentence(values: Mapping[object, object], inside: str) -> bool:
    """Tell whether a single value is a sentence with a colon that stands between two rules."""
    key, value = next(iter(values.items())) if len(values) == 1 else ("", None)
    if not isinstance(key, str) or not isinstance(value, str) or key.lower() in _KNOWN:
        return False
    return " " in key.strip() or not inside.partition("\n")[0].strip()


def _closed(match: re.Match[str]) -> Mapping[object, object] | None:
    """Return the values of Hexo's lines, which only end with `---`, where they say what a page alone has."""
    values = _yaml(match["inside"])
    values = values if isinstance(values, Mapping) else _leniently(match["inside"]) or {}
    return values if not _OF_A_PAGE.isdisjoint(values) else None


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


def _leniently(inside: str) -> Mapping[object, object] | None:
    """Return the values of what was meant as YAML and is none: every line must be a key or go on from one."""
    lines = [line for line in inside.split("\n") if line.strip() and not line.startswith("#")]
    if not lines or not _KEY.match(lines[0]) or not all(_KEY.match(line) or _GOES_ON.match(line) for line in lines):
        return None
    values: dict[str, list[str]] = {}
    key = ""
    for line in lines:
        if match := _KEY.match(line):
            key = match["key"]
            values[key] = [match["value"] or ""]
        elif values[key][0].strip() and line[:1].isspace():  # a value that goes on, and no map
            values[key].append(line.strip())
    if not _KEY.match(inside.lstrip("\n")) and _OF_A_PAGE.isdisjoint(key.lower() for key in values):
        return None
    return {key: _unquoted(" ".join(_FOLDED.sub("", part) for part in value)) for key, value in values.items()}


def _unquoted(value: str) -> str:
    value = value.strip()
    if quoted := _QUOTED.fullmatch(value):
        return _ESCAPED.sub(r"\1", quoted[1] or "") or (quoted[2] or "").replace("''", "'")
    return value


def _json(match: re.Match[str]) -> Mapping[object, object] | None:
    try:
        values = json.loads(match["inside"])
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, Mapping) and "title" in values else None


def _of_lines(match: re.Match[str]) -> Mapping[object, object] | None:
    """Return the values of lines such as `Title: …`, MultiMarkdown's, where a title is among them."""
    values = dict(_pairs(match["inside"]))
    return values if "title" in values else None


def _pairs(inside: str) -> Iterator[tuple[object, object]]:
    for line in inside.split("\n"):
        key, colon, value = line.partition(":")
        if colon and not line[:1].isspace():
            yield key.strip().lower(), value.strip()


def _percent(match: re.Match[str]) -> Mapping[object, object]:
    """Return the title of pandoc's lines that begin with `%`: title, authors, date."""
    title = match["inside"].split("\n%")[0].lstrip("% ")
    return {"title": title}


_KINDS = ((_FENCED, _fenced), (_CLOSED, _closed), (_JSON, _json), (_LINES, _of_lines), (_PERCENT, _percent))
