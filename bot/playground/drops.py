"""Files that are dropped on the page: taken in one by one, within limits, into the documents that are played with."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import BodyPartReader, MultipartReader

from bot.playground.limits import FILE_BYTES, FILES, TOTAL_BYTES
from bot.playground.mirror import Mirror
from bot.standin.payload import Json
from index.library.filenames import free, safe
from index.read.kinds import READERS, kind_of, not_read

_CHUNK = 1024 * 1024
_MIB = 1024 * 1024
FOLDER = "dropped"


@dataclass
class Dropped:
    """What came of a drop: the sources that were added, and names that were refused, each with the reason."""

    added: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    bytes: int = 0
    """Of all that was added."""

    def as_json(self) -> Json:
        """Return what the page is told."""
        return {
            "added": self.added,
            "refused": [{"name": name, "reason": reason} for name, reason in self.refused],
        }


class Drops:
    """Takes files in, below `dropped` among the documents of a mirror."""

    def __init__(self, mirror: Mirror, waiting: Path, expect: Callable[[str], None]) -> None:
        """Write to the folder `waiting` first, which lies on the same file system.

        `expect` is told each source before it is put among the documents: a build may take it in at once.
        """
        self._mirror = mirror
        self._waiting = waiting
        self._expect = expect

    async def take(self, form: MultipartReader, dropped: Dropped) -> None:
        """Take the files of a form and note in `dropped` what came of each; what is refused is read and not kept."""
        self._waiting.mkdir(exist_ok=True)
        async for part in form:
            if isinstance(part, BodyPartReader) and part.filename is not None:
                await self._take(part, part.filename, dropped)

    async def _take(self, part: BodyPartReader, given: str, dropped: Dropped) -> None:
        name = safe(given)
        reason = _why_not(name, dropped)
        if reason is None:
            place = self._waiting / secrets.token_hex(8)
            try:
                reason = await self._write(part, place, dropped)
                if reason is None:
                    dropped.added.append(self._put(place, name))
            finally:
                place.unlink(missing_ok=True)
        if reason is not None:
            dropped.refused.append((name or given[:100], reason))
            while await part.read_chunk(_CHUNK):  # so that what comes after it is found
                pass

    async def _write(self, part: BodyPartReader, place: Path, dropped: Dropped) -> str | None:
        """Write a file, and return why it was broken off, if it was."""
        size = 0
        with await asyncio.to_thread(place.open, "wb") as file:
            while chunk := await part.read_chunk(_CHUNK):
                size += len(chunk)
                if size > FILE_BYTES:
                    return f"is larger than {FILE_BYTES // _MIB} MiB: split it into smaller files."
                if dropped.bytes + size > TOTAL_BYTES:
                    return f"is more than the {TOTAL_BYTES // _MIB} MiB that can be dropped at once."
                await asyncio.to_thread(file.write, chunk)
        dropped.bytes += size
        return None

    def _put(self, place: Path, name: str) -> str:
        """Put a file among the documents and return its source."""
        folder = self._mirror.folder / FOLDER
        folder.mkdir(exist_ok=True)
        path = free(folder, name)
        source = path.relative_to(self._mirror.folder).as_posix()
        self._mirror.keep(path)
        self._expect(source)
        place.rename(path)
        return source


def _why_not(name: str, dropped: Dropped) -> str | None:
    """Return why a file is not taken whatever is in it, if that is so."""
    if kind_of(name) not in READERS:
        return f"{not_read(name)}."
    if len(dropped.added) >= FILES:
        return f"is more than the {FILES} files that can be dropped at once."
    return None
