"""Names of files as people send them, made safe."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path, PurePosixPath

from index.read.characters import is_plain

_MOST_BYTES = 200
"""Of a name without its ending: file systems take 255."""


def safe(name: str) -> str:
    """Return the last part of a path, without what cannot stand in a name; "" where nothing is left."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(character for character in last if is_plain(character)).strip().lstrip(".").strip()
    path = PurePosixPath(plain)
    stem = path.stem.encode()[:_MOST_BYTES].decode(errors="ignore")
    return f"{stem}{path.suffix}" if plain else ""


def free(folder: Path, name: str) -> Path:
    """Return a path in a folder that is not taken: of that name, or with a number behind it."""
    return next(path for path in _candidates(folder / name) if not path.exists())


def _candidates(path: Path) -> Iterator[Path]:
    yield path
    yield from (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in count(2))
