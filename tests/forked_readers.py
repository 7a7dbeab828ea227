"""Forks the processes that read files off one that has imported what they need, which saves most of what they compute.

A reader is a process like any other, but that its status is not known. How readers really start, and how they end, is
tested in `tests/index/read`, where nothing is forked.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.connection import arbitrary_address
from pathlib import Path
from typing import Any

from index.read import process, worker
from index.read.ocr.mode import Mode
from index.read.options import ReadingOptions

SPAWNED = process._spawned
"""How readers really start."""

served_at = ""
"""The address of the server in use."""

_ROOT = Path(__file__).parents[1]
_LONGEST = 65536
"""Maximum bytes of a request: the variables of a process."""


class _Forked:
    """What is used of `subprocess.Popen`, of a reader that was forked. It holds a connection for as long as it runs."""

    returncode = None

    def __init__(self, connection: socket.socket, stdin: int, stdout: int) -> None:
        self.stdin, self.stdout = os.fdopen(stdin, "wb"), os.fdopen(stdout, "rb")
        self.pid = int(connection.recv(_LONGEST))
        self._connection = connection

    def kill(self) -> None:
        if self._connection.fileno() >= 0 and not select.select([self._connection], [], [], 0)[0]:
            os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> None:
        if self._connection.fileno() >= 0:
            self._connection.recv(1)
            self._connection.close()


def fork_off(address: str) -> None:
    """Have the readers that this process starts forked by the server at `address`."""

    def spawned(arguments: list[str], variables: Mapping[str, str]) -> Any:
        its_stdin, stdin = os.pipe()
        stdout, its_stdout = os.pipe()
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(address)
        socket.send_fds(connection, [json.dumps([arguments, dict(variables)]).encode()], [its_stdin, its_stdout])
        os.close(its_stdin)
        os.close(its_stdout)
        return _Forked(connection, stdin, stdout)

    global served_at
    process._spawned, served_at = spawned, address


@contextmanager
def serving() -> Iterator[str]:
    """Yield the address of a server, which ends with the context or with this process."""
    address = arbitrary_address("AF_UNIX")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen()
        command = (sys.executable, "-X", "utf8", "-m", "tests.forked_readers", str(listening.fileno()))
        server = subprocess.Popen(command, stdin=subprocess.PIPE, pass_fds=[listening.fileno()], cwd=_ROOT)
    with server:
        yield address


def _serve(listening: socket.socket) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while listening in select.select([listening, sys.stdin], [], [])[0]:
        connection, _ = listening.accept()
        if os.fork() == 0:
            listening.close()
            _read(connection)
        connection.close()


def _read(connection: socket.socket) -> None:
    request, descriptors, _, _ = socket.recv_fds(connection, _LONGEST, 2)
    (memory_mib, seconds, ocr, chat_names), variables = json.loads(request)
    for own, given in enumerate(descriptors):
        os.dup2(given, own)
        os.close(given)
    os.setsid()
    os.environ.clear()
    os.environ.update(variables)
    for number in (signal.SIGCHLD, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    connection.sendall(str(os.getpid()).encode())
    try:
        worker.main(int(memory_mib), float(seconds), ReadingOptions(Mode(ocr), chat_names=chat_names == "true"))
    finally:
        os._exit(0)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
