"""Many files, read in processes beside this one, so that a file that hangs or crashes costs only itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from queue import SimpleQueue
from types import TracebackType
from typing import Self

from index.read.members import sha256_of
from index.read.office.conversion import converted
from index.read.options import BY_DEFAULT, ReadingOptions
from index.read.process import ReaderProcess
from index.records import Document, LeftOut, SourceFile

_AHEAD = 4
"""Files a process reads ahead of the one that is asked for: enough to stay busy, little enough to hold in memory."""


class Readers:
    """A context in which files are read; leaving it ends the processes. None is started before there is a file."""

    def __init__(
        self,
        *,
        seconds: float = 30.0,
        memory_mib: int = 1024,
        processes: int = 1,
        options: ReadingOptions = BY_DEFAULT,
    ) -> None:
        """Set the limits for each file, how many are read at once, and how."""
        self.processes = [ReaderProcess(seconds, memory_mib, options) for _ in range(processes)]
        self._idle: SimpleQueue[ReaderProcess] = SimpleQueue()
        for process in self.processes:
            self._idle.put(process)
        self._threads = ThreadPoolExecutor(processes, thread_name_prefix="reader")

    def read(self, files: Iterable[SourceFile]) -> Iterator[Document | LeftOut]:
        """Yield for each file in turn its document or why there is none; reading goes on a little ahead."""
        coming = iter(files)
        ahead = _AHEAD * len(self.processes)
        under_way: deque[Future[Document | LeftOut]] = deque(self._begun(islice(coming, ahead)))
        while under_way:
            outcome = under_way.popleft().result()
            under_way.extend(self._begun(islice(coming, 1)))
            yield outcome

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for process in self.processes:
            process.end()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _begun(self, files: Iterable[SourceFile]) -> Iterator[Future[Document | LeftOut]]:
        return (self._threads.submit(self._read_file, file) for file in files)

    def _read_file(self, file: SourceFile) -> Document | LeftOut:
        process = self._idle.get()
        try:
            with converted(file) as ready:
                outcome = process.read(ready)
            return outcome if ready is file else replace(outcome, sha256=sha256_of(file) or "")
        finally:
            self._idle.put(process)
