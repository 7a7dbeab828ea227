"""Files whose names end as those of Office did before 2007: read if they are of another format, otherwise named."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from index.errors import UnreadableError
from index.read.archive import LOCKED, OLD, container
from index.read.draft import Draft
from index.read.html.reader import read_html
from index.read.mail import read_mail
from index.read.office.sheets import read_sheets
from index.read.office.slides import read_slides
from index.read.office.word import read_word
from index.read.rtf.reader import read_rtf

_READERS = {"word/": read_word, "ppt/": read_slides, "xl/": read_sheets}
_TEXTS: tuple[tuple[re.Pattern[bytes], Callable[[bytes], Draft]], ...] = (
    (re.compile(rb"\s*\{\\rtf"), read_rtf),
    (re.compile(rb"\s*MIME-Version:", re.IGNORECASE), read_mail),
    (
        re.compile(
            rb"(?:<\?xml[^>]*>|<!--(?:(?!-->).){0,1000}-->|\s)*<(?:!doctype\s+html|html|head|body|table|meta|style)\b",
            re.IGNORECASE | re.DOTALL,
        ),
        read_html,
    ),
)
"""What begins files that programs write as RTF, as a web archive or as HTML, and name as if Office had."""

_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_HEAD = 4096


def read_old_office(data: bytes) -> Draft:
    """Read a file of today's formats under an old name; raises `UnreadableError` for one that is old indeed."""
    if (read := _reader_of_text(data)) is not None:
        return read(data)
    if not zipfile.is_zipfile(io.BytesIO(data)):
        reason = container(data) or OLD
        raise UnreadableError(reason if reason == LOCKED else f"{reason}, or install LibreOffice")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
    for folder, read in _READERS.items():
        if any(name.startswith(folder) for name in names):
            return read(data)
    raise UnreadableError(OLD)


def _reader_of_text(data: bytes) -> Callable[[bytes], Draft] | None:
    """Return the reader of a file that is a text, by how it begins; None where it is none of these."""
    head = data[:_HEAD].removeprefix(_BOM)
    if head.startswith(_UTF_16):
        head = head.replace(b"\0", b"")[len(_UTF_16[0]) :]
    return next((read for begins, read in _TEXTS if begins.match(head)), None)
