"""Tells what is to be erased by a build from what can be erased at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from index.build.survey import Survey, survey
from index.errors import BuildError, IndexUseError
from index.library.kept_answer import lapsed
from index.library.library import ANSWERS, Library
from index.store.erasures import paths_to
from index.store.manifest import Manifest
from index.store.shelf import Shelf


def erase_at_once(shelf: Shelf, library: Library) -> bool:
    """Erase what the generation in use does not hold, and tell whether a build is needed to erase the rest.

    Raises `DocumentsError` where the documents cannot be listed, `BusyError` while a build is under way, and
    `BuildError` where nothing can be erased.
    """
    try:
        return _erased_at_once(shelf, library)
    except OSError as error:
        raise BuildError(f"What is to be erased could not be ({error.strerror or error}).") from error


def _erased_at_once(shelf: Shelf, library: Library) -> bool:
    try:
        name = shelf.current()
        used = shelf.manifest(name)
        note_lapsed(shelf, library, used)
        notes = shelf.erasures.pending()
        if not notes:
            return False
        held = held_otherwise(notes, survey(library, used))  # reads all documents: no build is to be kept out so long
        with shelf.lock():
            if shelf.current() != name:
                return bool(shelf.erasures.pending())
            shelf.erase({note: source for note, source in notes.items() if note not in held})
            return bool(held)
    except IndexUseError:  # nothing can be built on, and a build is needed anyway
        return bool(shelf.erasures.pending())


def held_otherwise(notes: Mapping[str, str], surveyed: Survey) -> dict[str, str]:
    """Return the notes about documents that the generation before holds otherwise than they are now, or that are gone.

    `surveyed` is the survey against that generation.
    """
    held = {path for source in (*surveyed.removed, *surveyed.changed) for path in paths_to(source)}
    return {note: path for note, path in notes.items() if path in held}


def note_lapsed(shelf: Shelf, library: Library, used: Manifest) -> None:
    """Note the kept answers that the generation `used` holds and that are past their last day; raises `OSError`."""
    folder, today = library.roots.get(ANSWERS), datetime.now(UTC).date()
    if folder is None:
        return
    kept = [source for source in used.documents if source.startswith(f"{ANSWERS}/")]
    over = {source for source in kept if lapsed(folder / source.partition("/")[2], today) is not None}
    for source in over.difference(shelf.erasures.pending().values()):
        shelf.erasures.note(source)
