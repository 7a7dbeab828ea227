"""`connectors.toml`: the connectors that are set up, each a table under its name."""

from __future__ import annotations

import re
import time
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from rapidfuzz import process

from index.errors import ConnectorError
from index.library.connectors import kinds
from index.library.connectors.protocol import Kind
from index.library.library import ROOTS

Model = TypeVar("Model", bound=BaseModel)

FILE_NAME = "connectors.toml"

_SETTLED = 5.0
"""Seconds without a change after which a file counts as written: until then it may be part of one."""

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_EVERY = re.compile(r"(\d{1,4}) ?(m|h|d)")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_LEAST = timedelta(minutes=1)
_TABLE = re.compile(r"\s*\[\s*[\"']?([^\"'\]]+?)[\"']?\s*\]")
_KEY = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*=")


def interval(text: object) -> timedelta | None:
    """Return the time between two runs as it is written ("30m", "6h", "1d"), None for "never".

    Raises `ValueError`.
    """
    if isinstance(text, timedelta) or text is None or text == "never":
        return text if isinstance(text, timedelta) else None
    match = _EVERY.fullmatch(text.strip()) if isinstance(text, str) else None
    period = int(match[1]) * _UNITS[match[2]] if match else None
    if period is None or period < _LEAST:
        raise ValueError('it has to be a time such as "30m", "6h" or "1d", or "never"')
    return period


Interval = Annotated[timedelta | None, BeforeValidator(interval)]


class Common(BaseModel):
    """What every connector has: its kind, where its documents are, how often to look there, and its limits."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str = Field(min_length=1)
    location: str = Field(min_length=1, max_length=2000)
    every: Interval = timedelta(hours=6)
    most_documents: int = Field(10_000, ge=1, le=200_000)
    most_megabytes: int = Field(10, ge=1, le=64, description="Of one document.")
    most_minutes: int = Field(60, ge=1, le=24 * 60, description="Of one run.")


@dataclass(frozen=True, slots=True)
class Configured:
    """A connector as it is set up: the file that names it, and its options by kind."""

    name: str
    common: Common
    options: BaseModel
    file: Path


def check_name(name: str) -> str:
    """Return a name that a connector may have; raises `TableError`."""
    if not _NAME.fullmatch(name):
        raise TableError(
            f"{name!r} cannot be the name of a connector: use small letters, digits, `-` and `_`, 40 at most."
        )
    if name in ROOTS:
        raise TableError(f"{name!r} cannot be the name of a connector: it is that of a folder of Quoth's own.")
    return name


def configured(files: list[Path]) -> dict[str, Configured]:
    """Return the connectors that some files set up, by name; the first file that names one counts.

    A file that is missing sets up none. Raises `ConnectorError`, one sentence with the file and the line.
    """
    connectors: dict[str, Configured] = {}
    for file in files:
        for name, connector in _in_file(file).items():
            connectors.setdefault(name, connector)
    return connectors


class TableError(ConnectorError):
    """A connector is set up wrongly; `key` is what in its table is wrong, where it is one thing."""

    def __init__(self, message: str, key: str | None = None) -> None:
        """Say what is wrong, in a sentence that begins with a small letter."""
        super().__init__(message)
        self.key = key


def parsed(name: str, table: Mapping[str, object], file: Path) -> Configured:
    """Return a connector from its table; raises `TableError`."""
    check_name(name)
    own = {key: value for key, value in table.items() if key in Common.model_fields}
    common = _validated(Common, own, Common.model_fields)
    options = _kind(common.kind).Options
    given = {key: value for key, value in table.items() if key not in own}
    return Configured(name, common, _validated(options, given, [*Common.model_fields, *options.model_fields]), file)


def _kind(name: str) -> Kind:
    try:
        return kinds.kind(name)
    except ConnectorError as error:
        raise TableError(f"{error}.", "kind") from error


def _validated(model: type[Model], table: Mapping[str, object], known: Iterable[str]) -> Model:
    try:
        return model.model_validate(table)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        key = str(first["loc"][0]) if first["loc"] else None
        if first["type"] == "extra_forbidden":
            nearest = process.extractOne(key or "", list(known))[0]
            raise TableError(f"there is no option `{key}` here: did you mean `{nearest}`?", key) from error
        if first["type"] == "missing":
            raise TableError(f"it lacks `{key}`.") from error
        words = first["msg"].removeprefix("Value error, ").replace("Input", "it", 1)
        message = f"`{key}` cannot be {first['input']!r}: {words[:1].lower()}{words[1:]}."
        raise TableError(message, key) from error


def read_text(file: Path) -> str | None:
    """Return the text of a file, None where there is no such file; raises `ConnectorError`."""
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ConnectorError(f"{file} cannot be read ({error}): save it as UTF-8 text that may be read.") from error


def is_whole(file: Path, *, may_be_blank: bool) -> bool:
    """Tell whether a file is there and not being written, so that what it does not name is not set up."""
    try:
        text, age = read_text(file), abs(time.time() - file.stat().st_mtime)  # a server's clock may be ahead
    except FileNotFoundError:
        return False
    return text is not None and bool(may_be_blank or text.strip()) and age >= _SETTLED


def _in_file(file: Path) -> dict[str, Configured]:
    text = read_text(file)
    if text is None:
        return {}
    try:
        tables: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConnectorError(f"{_at(file, _line_in(str(error)))}: this is no TOML ({_short(str(error))}).") from error
    return {name: _checked(name, table, file, text) for name, table in tables.items()}


def _checked(name: str, table: object, file: Path, text: str) -> Configured:
    if not isinstance(table, dict):
        message = f"`{name}` stands outside of a table: begin one with a line [name] before it."
        raise ConnectorError(f"{_at(file, _line_of(text, None, name))}: {message}")
    try:
        return parsed(name, table, file)
    except TableError as error:
        raise ConnectorError(f"{_at(file, _line_of(text, name, error.key))}, [{name}]: {error}") from error


def _at(file: Path, line: int | None) -> str:
    return f"{file.name}, line {line}" if line is not None else file.name


def _line_in(message: str) -> int | None:
    match = re.search(r"at line (\d+)", message)
    return int(match[1]) if match else None


def _short(message: str) -> str:
    return re.sub(r" \(at (line \d+, column \d+|end of document)\)", "", message).lower()


def _line_of(text: str, table: str | None, key: str | None) -> int | None:
    """Return the line on which a key of a table stands, else that of the table's own name, counted from 1."""
    inside, table_line = None, None
    for number, line in enumerate(text.split("\n"), 1):
        if match := _TABLE.match(line):
            inside = match[1]
            table_line = number if inside == table else table_line
        elif inside == table and key is not None and (match := _KEY.match(line)) and match[1] == key:
            return number
    return table_line
