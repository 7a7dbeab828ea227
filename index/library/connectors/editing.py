"""Adding connectors to `connectors.toml` and removing them, all else in it left as it is."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ConnectorError, system_reason
from index.library.connectors.config import TableError, parsed, read_text

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


def add(file: Path, name: str, table: Mapping[str, object]) -> None:
    """Add a connector to a file, which is made where it is missing; raises `ConnectorError`."""
    import tomlkit

    check(name, table)
    document = tomlkit.parse(read_text(file) or "")
    if document.as_string().strip():
        document.add(tomlkit.nl())
    added = tomlkit.table()
    for key, value in table.items():
        added.add(key, value)
    document.add(name, added)
    _write(file, document.as_string().rstrip("\n") + "\n")


def check(name: str, table: Mapping[str, object]) -> None:
    """Raise `ConnectorError` where a connector cannot be set up like this."""
    try:
        parsed(name, table, Path())
    except TableError as error:
        message = str(error)
        raise ConnectorError(f"{message[:1].upper()}{message[1:]}") from error


def table(file: Path, name: str) -> Mapping[str, object]:
    """Return the table of a connector as it stands in a file; raises `ConnectorError`."""
    found: Mapping[str, object] = _naming(file, name).unwrap()[name]
    return found


def remove(file: Path, name: str) -> None:
    """Remove a connector from a file; raises `ConnectorError`."""
    document = _naming(file, name)
    document.remove(name)
    _write(file, document.as_string().rstrip("\n") + "\n")


def _naming(file: Path, name: str) -> TOMLDocument:
    import tomlkit

    document = tomlkit.parse(read_text(file) or "")
    if name not in document:
        raise ConnectorError(f"There is no connector {name} in {file.name}.")
    return document


def _write(file: Path, text: str) -> None:
    beside = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("x", encoding="utf-8") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
        beside.replace(file)
    except OSError as error:
        message = f"{file} cannot be written ({system_reason(error)}): give the right to, or set QUOTH_CONNECTORS."
        raise ConnectorError(message) from error
    finally:
        beside.unlink(missing_ok=True)
