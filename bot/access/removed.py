"""Which documents were removed, and are not to be quoted though no build has taken them from the index yet."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from pathlib import Path

from bot.access.rules import Removed, Rules
from index.library.kept_answer import lapsed
from index.library.library import ANSWERS, has_its_own
from index.store.erasures import Erasures, closes


def removed(data: Path, documents: Path | None = None) -> Rules:
    """Return what closes the documents in a data folder that are noted to be erased, and are gone or past their day.

    So are those that are being removed, and could not be yet, and those noted that cannot be looked at. The build that
    erases them may fail, as it does while the documents folder is out of reach. One that only holds less than before is
    quoted until then as it was, and so is what is in notes that cannot be read. What the `documents` folder has of its
    own in a root's place is no part of what was removed.
    """
    gone = frozenset[str]()
    with contextlib.suppress(OSError):
        notes = Erasures(data).legible().items()
        gone = frozenset(
            source
            for name, source in notes
            if (closes(name) or _is_gone(data / "library", source)) and not (documents and _is_own(documents, source))
        )
    return (Removed(sources=gone),) if gone else ()


def _is_own(documents: Path, source: str) -> bool:
    with contextlib.suppress(OSError):
        return has_its_own(documents, source.partition("/")[0])
    return False


def _is_gone(library: Path, source: str) -> bool:
    path = library / source
    try:
        path.stat()
    except OSError:
        return True
    return source.startswith(f"{ANSWERS}/") and lapsed(path, datetime.now(UTC).date()) is not None
