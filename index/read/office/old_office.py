"""Files whose names end as those of Office did before 2007: named with what to do, or read if they are new ones."""

from __future__ import annotations

import io
import zipfile

from index.errors import UnreadableError
from index.read.archive import LOCKED, OLD, container
from index.read.draft import Draft
from index.read.office.sheets import read_sheets
from index.read.office.slides import read_slides
from index.read.office.word import read_word

_READERS = {"word/": read_word, "ppt/": read_slides, "xl/": read_sheets}


def read_old_office(data: bytes) -> Draft:
    """Read a file of today's formats under an old name; raises `UnreadableError` for one that is old indeed."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        reason = container(data) or OLD
        raise UnreadableError(reason if reason == LOCKED else f"{reason}, or install LibreOffice")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
    for folder, read in _READERS.items():
        if any(name.startswith(folder) for name in names):
            return read(data)
    raise UnreadableError(OLD)
