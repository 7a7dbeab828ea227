"""Notices changes in folders."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from watchfiles import Change, awatch

from index.read.ignore import IGNORE_FILE

_LOOK = 5000
"""Milliseconds between looks at whether the folders are still the same ones: a folder that was moved tells nothing."""

_STEP = 300
"""Milliseconds without a change after which the changes until then are told of."""

_AGAIN = 60.0
"""Seconds after which folders that cannot be watched are tried again."""

_log = logging.getLogger(__name__)


async def watch(folders: Callable[[], Iterable[Path]], changed: Callable[[], None]) -> None:
    """Call `changed` whenever a file in one of `folders` has been added, changed or removed, for ever.

    Where folders come or go, the new ones are watched, and that counts as a change. Where they cannot be watched, that
    is logged once, and `changed` is called once a minute instead.
    """
    complained = False
    while True:
        try:
            await _watch_these(folders, changed)
        except (OSError, RuntimeError) as error:
            if not complained:
                _log.warning(
                    "folders cannot be watched: they are looked at once a minute", extra={"reason": str(error)}
                )
            complained = True
            await asyncio.sleep(_AGAIN)
        changed()


async def _watch_these(folders: Callable[[], Iterable[Path]], changed: Callable[[], None]) -> None:
    """Watch until the folders are not the same any more."""
    watched = _identities(folders())
    if not watched:
        await asyncio.sleep(_LOOK / 1000)
        return
    seen = _filter([path for path, *_ in watched])
    async for changes in awatch(
        *(path for path, *_ in watched),
        watch_filter=seen,
        step=_STEP,
        rust_timeout=_LOOK,
        yield_on_timeout=True,
    ):
        if _identities(folders()) != watched:
            return
        if changes:
            changed()


def _identities(folders: Iterable[Path]) -> list[tuple[Path, int, int]]:
    """Return where the folders really are, and what the file system knows them by; without those that are missing."""
    identities = []
    for folder in folders:
        try:
            status = os.stat(real := folder.resolve())  # noqa: PTH116 -- one call for both numbers
        except OSError:
            continue
        identities.append((real, status.st_dev, status.st_ino))
    return identities


def _filter(folders: list[Path]) -> Callable[[Change, str], bool]:
    """Return what passes over files that are never read: those whose name, or whose folder's, begins with a dot."""

    def seen(_: Change, path: str) -> bool:
        changed = Path(path)
        inside = [changed.relative_to(folder).parts for folder in folders if changed.is_relative_to(folder)]
        return any(_is_read(parts) for parts in inside)

    return seen


def _is_read(parts: tuple[str, ...]) -> bool:
    return not any(part.startswith(".") and part != IGNORE_FILE for part in parts)
