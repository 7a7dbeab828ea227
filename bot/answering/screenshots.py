"""Reads the text in pictures that come with questions: in a process of its own, for a few seconds, one at a time."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from bot.manners.screenshots import telling
from bot.settings import Settings
from index.read.missing import ILLEGIBLE
from index.read.ocr.mode import Mode, mode_of
from index.read.options import ReadingOptions
from index.read.process import ReaderProcess
from index.records import Document, SourceFile

SECONDS = 15.0
"""After which a question is answered without its pictures: the models take some three to load."""

_log = logging.getLogger(__name__)

Picture = tuple[str, bytes]
"""The ending of a picture's file (`.png`), and its bytes."""


class Screenshots:
    """Reads pictures where the settings ask for it and the extra `ocr` is installed."""

    def __init__(self, settings: Settings) -> None:
        """Nothing is started before the first picture."""
        self.seconds = SECONDS
        self.are_read = mode_of(wanted=settings.ocr_questions) is Mode.ON
        self._memory_mib = settings.read_memory_mib
        self._is_busy = False

    async def text(self, fetched: Callable[[], Awaitable[Sequence[Picture]]]) -> str:
        """Return what pictures say of an error, or "" where that is not known, or not in time.

        While the pictures of another question are being read, these are not even `fetched`.
        """
        if not self.are_read or self._is_busy:
            return ""
        self._is_busy = True
        process = ReaderProcess(self.seconds, self._memory_mib, ReadingOptions(Mode.ON))
        try:
            async with asyncio.timeout(self.seconds):
                return telling(await asyncio.to_thread(_read, process, await fetched()))
        except TimeoutError:
            _log.info("a picture with a question was not read in time")
            return ""
        finally:
            self._is_busy = False
            await asyncio.to_thread(process.end)


def _read(process: ReaderProcess, pictures: Sequence[Picture]) -> str:
    texts = []
    with tempfile.TemporaryDirectory(prefix="quoth-", ignore_cleanup_errors=True) as folder:
        for number, (ending, data) in enumerate(pictures):
            path = Path(folder) / f"{number}{ending}"
            path.write_bytes(data)
            outcome = process.read(SourceFile(path.name, path))
            texts += [outcome.text.replace(ILLEGIBLE, "")] if isinstance(outcome, Document) else []
    return "\n".join(texts)
