"""Names that documents from elsewhere may have in a folder of the library."""

from __future__ import annotations

from index.read.characters import is_plain
from index.read.ignore import IGNORE_FILE
from index.read.kinds import READERS, kind_of, not_read
from index.read.members import ARCHIVE

_LONGEST_PART = 200
_DEEPEST = 60


def is_readable(name: str) -> bool:
    """Tell whether a file of this name is read, or says which are not."""
    return kind_of(name) in READERS or kind_of(name) == ARCHIVE or name.rpartition("/")[2] == IGNORE_FILE


def fault(name: str) -> str | None:
    """Return why a file cannot have this name in the library, or None where it can."""
    parts = name.split("/")
    if any(part in {"", ".", ".."} for part in parts) or "\\" in name:
        return "has a path that leads out of its folder"
    if not is_plain(name) or any(len(part.encode("utf-8", "replace")) > _LONGEST_PART for part in parts):
        return "has a name that is too long or cannot be shown"
    if len(parts) > _DEEPEST:
        return f"lies in more than {_DEEPEST} folders"
    if any(part.startswith(".") and part != IGNORE_FILE for part in parts):
        return "has a name that begins with a dot"
    return None if is_readable(name) else not_read(name)
