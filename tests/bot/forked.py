"""Forks the processes that the bot starts off one that has imported everything: each costs two seconds less to compute.

What is forked is a process like any other: it has its own folder, environment and output, can be killed, and ends with
a status. How processes really start is tested where nothing is forked (`test_rebuilding.py` and `test_connectors.py`).
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from bot.__main__ import main
from bot.rebuilding.processes import LONGEST
from tests import forked_readers
from tests.paths import ROOT

_CONTEXT = get_context("forkserver")
_PRELOADED = "tests.bot.preloaded"
_CONTEXT.set_forkserver_preload([_PRELOADED, __name__])


class Forked:
    """What is used of `asyncio.subprocess.Process`, of a process that was forked."""

    def __init__(self, process: ForkServerProcess, stdout: Output, stderr: Output) -> None:
        self._process, self._outputs = process, (stdout, stderr)
        self.stdout, self.stderr = stdout.reader, stderr.reader
        self.pid = process.pid
        self.returncode: int | None = None

    async def wait(self) -> int:
        """Return the status, negative where a signal ended it; what it has printed is to be read before."""
        if self.returncode is None:
            ended = asyncio.Event()
            asyncio.get_running_loop().add_reader(self._process.sentinel, ended.set)
            try:
                await ended.wait()
            finally:
                asyncio.get_running_loop().remove_reader(self._process.sentinel)
            self._process.join()
            self.returncode = self._process.exitcode
            self._process.close()
            await _close(self._outputs)
        assert self.returncode is not None
        return self.returncode

    async def communicate(self) -> tuple[bytes, bytes]:
        out, err = await asyncio.gather(self.stdout.read(), self.stderr.read())
        await self.wait()
        return out, err

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()


@dataclass(frozen=True)
class Output:
    """What a process prints, and the pipe that it comes through."""

    reader: asyncio.StreamReader
    pipe: asyncio.ReadTransport

    @classmethod
    async def of(cls, end: Connection) -> Output:
        with end:
            file = os.fdopen(os.dup(end.fileno()), "rb", buffering=0)
        reader = asyncio.StreamReader(limit=LONGEST)
        protocol = asyncio.StreamReaderProtocol(reader)
        pipe, _ = await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, file)
        return cls(reader, pipe)


async def _close(outputs: Iterable[Output]) -> None:
    for output in outputs:
        output.pipe.close()
    await asyncio.sleep(0)  # the event loop closes the files in its next round


async def forked(arguments: list[str], variables: Mapping[str, str]) -> Forked:
    """Start `quoth` with `arguments` and `variables` as its environment, in the folder where the caller is."""
    (out, its_out), (err, its_err) = _CONTEXT.Pipe(duplex=False), _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(
        target=_quoth,
        args=(arguments, dict(variables), Path.cwd(), its_out, its_err, forked_readers.served_at),
        daemon=True,
    )
    with its_out, its_err:
        process.start()
    outputs: list[Output] = []
    try:
        outputs.append(await Output.of(out))
        outputs.append(await Output.of(err))
    except BaseException:  # whoever wanted it is gone
        process.kill()
        process.join()
        await _close(outputs)
        raise
    return Forked(process, *outputs)


def loaded() -> None:
    """Start what the processes are forked off, and wait until it has imported everything."""
    first = _CONTEXT.Process(target=_check)
    with contextlib.chdir(ROOT):
        first.start()
    first.join()
    assert first.exitcode == 0
    first.close()


def _check() -> None:
    assert _PRELOADED in sys.modules  # what cannot be imported is passed over in silence


def _quoth(  # noqa: PLR0913, PLR0917 -- all that a process is given
    arguments: list[str], variables: dict[str, str], folder: Path, out: Connection, err: Connection, readers: str
) -> None:
    forked_readers.fork_off(readers)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(variables)
    for pipe, descriptor in (out, 1), (err, 2):
        os.dup2(pipe.fileno(), descriptor)
        pipe.close()
    # streams as a process begins with: those from before the fork may be files
    sys.stdin = os.fdopen(os.open(os.devnull, os.O_RDONLY))
    sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
    sys.argv = ["quoth", *arguments]
    main()
