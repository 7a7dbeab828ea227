"""Where files lie that were removed and can be put back: beside the library, under names that say what they were."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

FOLDER = ".removed"

_LONGEST = 255
"""Bytes of a name, on most file systems."""


class Aside(NamedTuple):
    """A file that was removed: what it was called, its `version` where others may have the name, where it lies."""

    source: str
    version: int | None
    path: Path


def place(folder: Path, source: str, version: int | None) -> Path:
    """Return a place in a folder, which no other file has.

    A full disk lets files into a folder that is there, but makes no other: only a long path gets one.
    """
    prefix = f"{secrets.token_hex(4)}-{version or ''}"
    name = f"{prefix}-{quoted(source)}"
    return folder / name if len(os.fsencode(name)) <= _LONGEST else folder / prefix / source


def in_folder(folder: Path) -> Iterator[Aside]:
    """Yield the files in a folder, and no links; raises `OSError` where that cannot be listed."""
    for entry in os.scandir(folder) if folder.is_dir() else ():
        _, _, rest = entry.name.partition("-")
        version, _, name = rest.partition("-")
        number = int(version) if version.isdecimal() else None
        if entry.is_dir(follow_symlinks=False):
            below = (path for path in Path(entry.path).rglob("*") if path.is_file() and not path.is_symlink())
            yield from (Aside(path.relative_to(entry.path).as_posix(), number, path) for path in below)
        elif name and entry.is_file(follow_symlinks=False):
            yield Aside(unquote(name), number, Path(entry.path))


def quoted(source: str) -> str:
    """Return a source as part of the name of a file, which `unquote` makes a source again."""
    return source.replace("%", "%25").replace("/", "%2F")
