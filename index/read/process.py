"""One reading process as its parent sees it: started when first needed, ended when late, replaced when gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from index.read.kinds import PICTURED, kind_of
from index.read.members import sha256_of
from index.read.ocr.mode import Mode
from index.read.ocr.reader import LONGEST
from index.read.options import BY_DEFAULT, ReadingOptions
from index.read.wire import MOST_REPLY, TOO_MUCH, WANT_OF_MEMORY, replied, request
from index.records import Document, LeftOut, SourceFile

_HOME = Path(__file__).resolve().parents[2]
"""Where the package `index` lies: the process starts there, so that it finds this one and no other."""

_KEPT = frozenset(["HOME", "LANG", "LD_LIBRARY_PATH", "PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "TZ"])
"""Variables that the process needs. It reads what strangers wrote: tokens and keys stay out of its reach."""


_SLACK = 30.0
"""Seconds for a file with pictures beyond its limit: the process ends itself before that, where it can."""

_ALARM = getattr(signal, "SIGALRM", 0)


class ReaderProcess:
    """A process that reads one file at a time, within limits.

    Not for two threads at once, but `end` may be called from any.
    """

    def __init__(self, seconds: float, memory_mib: int, options: ReadingOptions = BY_DEFAULT) -> None:
        """Set the limits for each file and how files are read; nothing is started yet."""
        self._seconds = seconds
        self._memory_mib = memory_mib
        self._options = options
        self.child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._ended = False

    @property
    def pid(self) -> int | None:
        """The id of the process that is running now, if one is."""
        with self._lock:
            return self.child.pid if self.child is not None else None

    def read(self, file: SourceFile) -> Document | LeftOut:
        """Return the document, or why there is none; a file that ends the process costs only itself."""
        process = self._running()
        if process is None:
            return LeftOut(file.source, "was not read: reading was ended before its turn")
        late = threading.Event()
        timer = threading.Timer(self._longest(file), _end_late, (process, late))
        timer.start()
        try:
            line = _asked(process, file)
        finally:
            timer.cancel()
            timer.join()  # it must not end the process while that reads the next file
        if line.endswith(b"\n") and not late.is_set():
            outcome = replied(line)
            if self._options.ocr is Mode.ON and _is_full(outcome):
                self._replace(process)  # models that are half loaded may leave too little for the next file
            return outcome
        reason = self._reason(process, late=late.is_set(), endless=len(line) > MOST_REPLY)
        return LeftOut(file.source, reason, sha256_of(file))

    def end(self) -> None:
        """End the process at once and start no other."""
        with self._lock:
            self._ended = True
            process, self.child = self.child, None
        if process is not None:
            _close(process)

    def _longest(self, file: SourceFile) -> float:
        """Return the time a file may take; of one with pictures the process itself limits what comes before them."""
        pictured = self._options.ocr is Mode.ON and kind_of(file.source) in PICTURED
        return self._seconds * (LONGEST + 1 if pictured else 1) + (_SLACK if pictured else 0)

    def _running(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._ended:
                return None
            if self.child is None:
                self.child = self._started()
            return self.child

    def _started(self) -> subprocess.Popen[bytes]:
        options = [self._options.ocr.value, str(self._options.chat_names).lower()]
        limits = [str(self._memory_mib), str(self._seconds)]
        return _spawned([*limits, *options], {name: value for name, value in os.environ.items() if _is_kept(name)})

    def _replace(self, process: subprocess.Popen[bytes]) -> None:
        """End a process, so that the next file gets another."""
        with self._lock:
            if self.child is process:
                self.child = None
        _close(process)

    def _reason(self, process: subprocess.Popen[bytes], *, late: bool, endless: bool) -> str:
        self._replace(process)
        if late or process.returncode == -_ALARM:
            return f"took longer than {self._seconds:g} s to read"
        if endless:
            return "made the process that read it give more than a document holds"
        if process.returncode in {-signal.SIGKILL, -signal.SIGABRT, -signal.SIGSEGV}:
            return (
                f"ended the process that read it, perhaps because it needs more than {self._memory_mib} MiB of memory"
            )
        return "ended the process that read it"


def _spawned(arguments: list[str], variables: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 # our own module, in our own interpreter
        [sys.executable, "-X", "utf8", "-m", "index.read.worker", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=_HOME,
        env=variables,
        start_new_session=True,  # Ctrl-C is the parent's to answer
    )


def _is_full(outcome: Document | LeftOut) -> bool:
    """Tell whether reading a file, or a page of it, took more memory than there is."""
    reasons = [outcome.reason] if isinstance(outcome, LeftOut) else outcome.unread
    return any(reason.startswith(TOO_MUCH) or WANT_OF_MEMORY in reason for reason in reasons)


def _is_kept(name: str) -> bool:
    return name.upper() in _KEPT or name.startswith(("LC_", "PYTHON"))


def _end_late(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _asked(process: subprocess.Popen[bytes], file: SourceFile) -> bytes:
    """Return the reply to a request, or less than a line where the process has ended."""
    if process.stdin is None or process.stdout is None:
        return b""
    try:
        process.stdin.write(request(file))
        process.stdin.flush()
        return process.stdout.readline(MOST_REPLY + 1)
    except (OSError, ValueError):  # its end of the pipe, or ours, has been closed
        return b""


def _close(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:  # what was still to be written has nowhere to go
                continue
