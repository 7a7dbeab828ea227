"""The list of what a connector has fetched, beside the files: a JSON object a line, of which a name's last counts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from index.library.connectors.protocol import Item

FILE_NAME = ".items.jsonl"
"""Its name begins with a dot, so that it is not taken for a document."""


_ENCODER = json.JSONEncoder(ensure_ascii=False)


def read(folder: Path) -> dict[str, Item]:
    """Return the items of a folder, by name; a line that was not written whole, and what follows, is passed over."""
    by_name: dict[str, Item] = {}
    try:
        text = (folder / FILE_NAME).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return by_name
    for line in text.split("\n")[:-1]:
        try:
            item = Item(**json.loads(line))
        except (ValueError, TypeError):
            break
        by_name[item.name] = item
    return by_name


def write(file: TextIO, item: Item) -> None:
    """Write one item at the end of a file."""
    fields = {"name": item.name, "fingerprint": item.fingerprint, "url": item.url, "date": item.date}
    file.write(_ENCODER.encode({**fields, "notes": dict(item.notes)}) + "\n")


def replace(folder: Path, items: Iterable[Item]) -> None:
    """Write the list of a folder anew, by one rename."""
    beside = folder / f"{FILE_NAME}.new"
    with beside.open("w", encoding="utf-8") as file:
        for item in items:
            write(file, item)
    beside.replace(folder / FILE_NAME)
