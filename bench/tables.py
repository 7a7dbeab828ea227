"""What a bench shows: a table on the terminal, and the same as JSON in bench/out/."""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

OUT = Path(__file__).resolve().parent / "out"

_PACKAGES = ("torch", "sentence-transformers", "faiss-cpu", "tantivy")


def show(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print a Markdown table."""
    cells = [[str(cell) for cell in row] for row in (columns, *rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(columns))]
    cells.insert(1, ["-" * width for width in widths])
    for row in cells:
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |")


def write(name: str, content: dict[str, Any]) -> None:
    """Write `content` with the versions it was measured with to bench/out/NAME.json."""
    OUT.mkdir(exist_ok=True)
    versions = {package: version(package) for package in _PACKAGES} | {"python": platform.python_version()}
    (OUT / f"{name}.json").write_text(json.dumps(content | {"versions": versions}, indent=1) + "\n", "utf-8")
