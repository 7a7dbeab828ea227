"""When each document was last changed, by the commits of the git repository that the documents folder lies in."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO

from index.library.connectors.git.program import CONFIG, environment

_SECONDS = 20.0
"""After which git is ended; files whose last commit it has not come to by then have no date."""

_CHUNK = 65_536
_TIME = b"\x01"


def commit_dates(folder: Path, wanted: Collection[str]) -> dict[str, str]:
    """Return the time (ISO 8601) of the last commit of each of the `wanted` files, by their paths in the folder.

    Those that git knows nothing of are missing; all are, where it is not installed or there is no repository. git is
    started once, and writes, runs and fetches nothing.
    """
    settings = {**CONFIG, "log.showSignature": "false", "protocol.allow": "never", "core.quotePath": "false"}
    options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
    log = ["log", f"--format={_TIME.decode()}%cI", "--name-only", "-z", "--relative", "--no-renames", "--no-ext-diff"]
    command = ["git", "-C", str(folder), "--no-pager", "--no-optional-locks", *options, *log, "--", "."]
    variables = {**environment(), "GIT_NO_LAZY_FETCH": "1"}
    try:
        process = subprocess.Popen(  # noqa: S603 -- a fixed command
            command,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return {}
    timer = threading.Timer(_SECONDS, process.kill)
    timer.start()
    try:
        return _first_of_each(process.stdout, frozenset(wanted)) if process.stdout else {}
    finally:
        timer.cancel()
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _first_of_each(out: IO[bytes], wanted: frozenset[str]) -> dict[str, str]:
    """Return the first time under which each of the `wanted` files stands: commits come newest first."""
    times: dict[str, str] = {}
    time = ""
    for part in _parts(out):
        if part.startswith(_TIME):
            time = part[1:].decode("ascii", "replace")
        elif (name := part.decode("utf-8", "surrogateescape")) in wanted:
            times.setdefault(name, time)
            if len(times) == len(wanted):
                break
    return times


def _parts(out: IO[bytes]) -> Iterator[bytes]:
    """Yield what git prints with zero bytes between, as it comes: a time, or a file's path."""
    rest = b""
    while chunk := out.read(_CHUNK):
        *whole, rest = (rest + chunk).replace(b"\n", b"\0").split(b"\0")
        yield from filter(None, whole)
