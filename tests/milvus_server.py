"""A Milvus Lite server, in a process of its own, on loopback."""

from __future__ import annotations

import itertools
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

_STARTS = 60.0


class Server:
    """It keeps its data in a folder, and so what it holds when it is started anew."""

    def __init__(self, folder: Path) -> None:
        """Nothing runs before `start`."""
        self._folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = itertools.count()

    def __enter__(self) -> Self:
        """Start."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End."""
        self.kill()

    def start(self) -> None:
        """Start, unless it runs, and wait until it listens."""
        if self._process is not None:
            return
        command = [sys.executable, "-m", "milvus_lite", "server", "--data-dir", str(self._folder)]
        with (self._folder.parent / "milvus.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "--host", "127.0.0.1", "--port", str(self.port)], stdout=log, stderr=log
            )
        until = time.monotonic() + _STARTS
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                assert time.monotonic() < until, "the server does not listen"
                assert self._process.poll() is None, "the server has ended"
                time.sleep(0.05)
            else:
                return

    def kill(self) -> None:
        """End without a word, as in a crash."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def hang(self) -> None:
        """Answer nothing any more, until `go_on`."""
        assert self._process
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Answer again."""
        assert self._process
        self._process.send_signal(signal.SIGCONT)

    def url(self) -> str:
        """Return what QUOTH_INDEX is set to: a database that nobody else has."""
        return f"milvus://127.0.0.1:{self.port}/wiki{next(self._numbers)}"
