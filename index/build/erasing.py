"""Tells what is to be erased by a build from what can be erased at once."""

from __future__ import annotations

from collections.abc import Mapping

from index.build.survey import Survey, survey
from index.errors import IndexUseError
from index.library.library import Library
from index.store.erasures import paths_to
from index.store.manifest import Manifest
from index.store.shelf import Shelf


def erase_at_once(shelf: Shelf, library: Library) -> bool:
    """Erase what the generation in use does not hold, and tell whether a build is needed to erase the rest.

    Raises `DocumentsError` where the documents cannot be listed, `BusyError` while a build is under way.
    """
    if not shelf.erasures.pending():
        return False
    with shelf.lock():
        notes = shelf.erasures.pending()
        try:
            used = shelf.manifest(shelf.current())
        except IndexUseError:
            return True
        held = held_otherwise(notes, survey(library, used))
        shelf.erase({note: source for note, source in notes.items() if note not in held})
        return bool(held)


def held_otherwise(notes: Mapping[str, str], surveyed: Survey) -> dict[str, str]:
    """Return the notes about documents that the generation before holds otherwise than they are now, or that are gone.

    `surveyed` is the survey against that generation.
    """
    held = {path for source in (*surveyed.removed, *surveyed.changed) for path in paths_to(source)}
    return {note: path for note, path in notes.items() if path in held}
