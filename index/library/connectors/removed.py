"""Connectors that managers removed, kept so that a button can put them back."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path

from index.errors import ConnectorError

_FOLDER = ".removed-connectors"
_SECONDS = 3600.0


def remember(library: Path, name: str, table: Mapping[str, object]) -> None:
    """Keep the table of a connector for an hour."""
    folder = library / _FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.json").write_text(json.dumps(dict(table)), encoding="utf-8")
    except OSError as error:
        raise ConnectorError(f"It could not be removed ({error.strerror or error}): nothing has changed.") from error


def names(library: Path) -> list[str]:
    """Return the connectors that can be put back; older ones are forgotten."""
    connectors = []
    for path in sorted((library / _FOLDER).glob("*.json")):
        if path.stat().st_mtime < time.time() - _SECONDS:
            path.unlink(missing_ok=True)
        else:
            connectors.append(path.stem)
    return connectors


def table(library: Path, name: str) -> Mapping[str, object]:
    """Return the table of a connector that was removed; raises `ConnectorError`."""
    try:
        parsed = json.loads((library / _FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConnectorError("It is too late to undo that: what is removed is kept for an hour.") from error
    return parsed if isinstance(parsed, dict) else {}


def forget(library: Path, name: str) -> None:
    """Keep the table no longer."""
    (library / _FOLDER / f"{name}.json").unlink(missing_ok=True)
