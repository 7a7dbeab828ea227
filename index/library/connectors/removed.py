"""Connectors that managers removed, kept for an hour, whatever becomes of the bot, so that a button puts them back."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from index.errors import ConnectorError, system_reason

_FOLDER = ".removed-connectors"
_SECONDS = 3600.0


class Removed(NamedTuple):
    """A connector that was removed, and the `version` that tells it from others that had its name."""

    name: str
    version: int | None


def remember(library: Path, connector: Removed, table: Mapping[str, object]) -> None:
    """Keep the table of a connector for an hour."""
    path = _path(library, connector)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(dict(table)), encoding="utf-8")
    except OSError as error:
        raise ConnectorError(f"It could not be removed ({system_reason(error)}): nothing has changed.") from error


def all_in(library: Path) -> list[Removed]:
    """Return the connectors that can be put back; older ones are forgotten."""
    connectors = []
    for path in sorted((library / _FOLDER).glob("*.json")):
        if path.stat().st_mtime < time.time() - _SECONDS:
            path.unlink(missing_ok=True)
        else:
            name, _, version = path.stem.partition(".")
            connectors.append(Removed(name, int(version) if version.isdecimal() else None))
    return connectors


def table(library: Path, connector: Removed) -> Mapping[str, object]:
    """Return the table of a connector that was removed; raises `ConnectorError`."""
    try:
        parsed = json.loads(_path(library, connector).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConnectorError("It is too late to undo that: what is removed is kept for an hour.") from error
    return parsed if isinstance(parsed, dict) else {}


def forget(library: Path, connector: Removed) -> None:
    """Keep the table no longer."""
    _path(library, connector).unlink(missing_ok=True)


def _path(library: Path, connector: Removed) -> Path:
    version = f".{connector.version}" if connector.version is not None else ""
    return library / _FOLDER / f"{connector.name}{version}.json"  # names hold no dots
