"""The reading process: `python -m index.read.worker MEMORY_MIB SECONDS OCR CHAT_NAMES`.

One line of JSON in, one line out a file. It ends with its standard input.
What a library prints is not part of a reply and goes nowhere. It writes to no file.
"""

from __future__ import annotations

import hashlib
import logging
import math
import os
import signal
import sys
import warnings
from dataclasses import replace
from typing import BinaryIO

from index.errors import UnreadableError
from index.read.file import document_of
from index.read.files import Files
from index.read.kinds import kind_of
from index.read.members import bytes_of, checksum
from index.read.ocr.mode import Mode
from index.read.options import NOTHING_ELSE, ReaderContext, ReadingOptions
from index.read.site.finder import Sites
from index.read.wire import MOST_REPLY, reply, requested
from index.records import Document, LeftOut, SourceFile

_GRACE = 10
"""Seconds past the limit after which the process ends itself, should nobody be left to end it."""

_OPEN_FILES = 64


def main(memory_mib: int, seconds: float, options: ReadingOptions) -> None:
    """Answer requests until there are no more."""
    replies, sites = _reserved(), Sites()
    ocr = None
    if options.ocr is not Mode.OFF:
        from index.read.ocr.reader import Ocr

        ocr = Ocr(options.ocr, seconds, lambda most: _alarm(math.ceil(most) + _GRACE))
    context = ReaderContext(ocr, options.chat_names)
    _limit(memory_mib)
    _hush()
    for line in sys.stdin.buffer:
        _alarm(math.ceil(seconds) + _GRACE)
        replies.write(answered(requested(line), memory_mib, sites, context))
        replies.flush()
        _alarm(0)


def answered(
    file: SourceFile, memory_mib: int, sites: Sites | None = None, context: ReaderContext = NOTHING_ELSE
) -> bytes:
    """Return the reply to a request: the document, or why there is none, whatever the file may be.

    `sites` remembers those that were looked for before.
    """
    try:
        data = bytes_of(file)
    except UnreadableError as error:
        return reply(LeftOut(file.source, str(error)))
    except MemoryError:
        return reply(LeftOut(file.source, _too_much(memory_mib)))
    sha256 = checksum(file, data)
    try:
        files = Files(file, sites or Sites())
        result = outcome(data, file.source, memory_mib, files, context)
        result = replace(result, sha256=sha256, shown=files.states)
        addressed = replace(result, url=file.url) if file.url and isinstance(result, Document) else result
        line = reply(addressed)
    except MemoryError:
        return reply(LeftOut(file.source, _too_much(memory_mib), sha256))
    return line if len(line) <= MOST_REPLY else reply(LeftOut(file.source, "holds too much text to be read", sha256))


def outcome(
    data: bytes, source: str, memory_mib: int, files: Files | None = None, context: ReaderContext = NOTHING_ELSE
) -> Document | LeftOut:
    """Return the document that a file's bytes hold, or why they hold none; a damaged file costs only itself.

    `files` are those that it may show as parts of itself.
    """
    if context.ocr is not None:
        context.ocr.next_file()
    try:
        return document_of(data, source, files, context)
    except UnreadableError as error:
        reason = str(error)
    except MemoryError:
        reason = _too_much(memory_mib)
    except RecursionError:
        reason = "is nested more deeply than can be read: make it flatter"
    except Exception as error:  # noqa: BLE001 # a library may raise anything on a damaged file
        reason = f"cannot be read as a `{kind_of(source)}` file ({_detail_of(error)})"
    return LeftOut(source, reason, hashlib.sha256(data).hexdigest())


def _detail_of(error: Exception) -> str:
    detail = " ".join(str(error)[:_LONGEST].split())
    return f"{type(error).__name__}: {detail}" if detail else type(error).__name__


_LONGEST = 200
"""Characters of what a library says: it may quote the file."""


def _too_much(memory_mib: int) -> str:
    return f"needs more than {memory_mib} MiB of memory to read"


def _reserved() -> BinaryIO:
    """Return standard output, for replies alone: file descriptor 1 and 2 lead nowhere from here on."""
    replies = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return replies


def _limit(memory_mib: int) -> None:
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # each thread that it starts takes address space, which is what is limited
    if sys.platform != "win32":
        import resource

        most = resource.getrlimit(resource.RLIMIT_AS)[1]  # which a machine may have set, and nobody can raise
        size = memory_mib * 1024 * 1024
        size = size if most == resource.RLIM_INFINITY else min(size, most)
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))


def _hush() -> None:
    sys.dont_write_bytecode = True
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")


def _alarm(seconds: int) -> None:
    if sys.platform != "win32":
        signal.alarm(seconds)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), ReadingOptions(Mode(sys.argv[3]), chat_names=sys.argv[4] == "true"))
