"""How files are read, as the settings ask for it, and what that makes readers work with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.read.ocr.mode import Mode

if TYPE_CHECKING:
    from index.read.ocr.reader import Ocr


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """Whether text in pictures is read, and whether the names of authors in exported chats are kept."""

    ocr: Mode = Mode.OFF
    chat_names: bool = False


@dataclass(frozen=True, slots=True)
class ReaderContext:
    """What readers get besides a file: what reads text in pictures, if that is asked for, and `chat_names`."""

    ocr: Ocr | None = None
    chat_names: bool = False


BY_DEFAULT, NOTHING_ELSE = ReadingOptions(), ReaderContext()
"""How files are read where nothing is set, and what readers then get."""
