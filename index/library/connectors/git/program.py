"""The git program, run so that it asks nothing, runs nothing and speaks no protocol but those that are meant."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from index.errors import ConnectorError

PROTOCOLS = ("https", "http", "ssh", "file")

CONFIG = {
    "core.hooksPath": os.devnull,
    "core.fsmonitor": "false",
    "credential.interactive": "false",
    "gc.autoDetach": "false",
    "http.lowSpeedLimit": "1000",
    "http.lowSpeedTime": "60",
    "maintenance.autoDetach": "false",
    "submodule.recurse": "false",
    "uploadpack.packObjectsHook": "",
}

_SSH = "ssh -o BatchMode=yes -o ConnectTimeout=20"
_SECONDS = 30 * 60.0
_MOST_BYTES = 4 * 1024**3
"""Of a clone: it is broken off past this."""

_LOOK = 0.25

_REASONS = (
    ("could not resolve host", "its host is not known: check the address and the network"),
    ("host key verification failed", "this machine does not know its host's key: run `ssh` to it once as this user"),
    ("terminal prompts disabled", "it asks for a login, or is not there: check the address and this user's rights"),
    ("could not read username", "it asks for a login, or is not there: check the address and this user's rights"),
    ("authentication failed", "it does not let us in: check the credentials that git has for it"),
    ("permission denied", "it does not let us in: check this user's rights and keys"),
    ("dubious ownership", "it belongs to another user: name it in git's safe.directory"),
    ("certificate", "its certificate cannot be trusted"),
    ("not appear to be a git repository", "there is no repository there"),
    ("not found", "there is no repository there"),
    ("does not exist", "there is no repository there"),
    ("no such file or directory", "there is no repository there"),
    ("connection refused", "its host does not answer"),
    ("timed out", "its host does not answer"),
    ("operation too slow", "its host is too slow"),
    ("no space left", "the disk is full"),
    ("not allowed", "its protocol is not one of https, ssh and a local path"),
)


class Git:
    """The program, for one repository in a folder of its own, without a working tree."""

    def __init__(self, folder: Path, location: str) -> None:
        """`location` is named in errors."""
        self._folder = folder
        self._location = location

    def make(self) -> None:
        """Make the repository, where there is none."""
        if not (self._folder / "HEAD").is_file():
            self._folder.parent.mkdir(parents=True, exist_ok=True)
            self._run(["init", "--quiet", "--bare", "--template=", str(self._folder)], inside=False)

    def text(self, *arguments: str) -> str:
        """Return what a command prints; raises `ConnectorError` where it fails."""
        return self._run(arguments).decode("utf-8", "surrogateescape")

    def holds(self, *arguments: str) -> bool:
        """Tell whether a command succeeds."""
        try:
            self._run(arguments)
        except ConnectorError:
            return False
        return True

    @contextmanager
    def lines(self, *arguments: str) -> Iterator[IO[bytes]]:
        """Start a command, and end it once what it prints has been read as far as is wanted."""
        process = self._started(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            yield _pipe(process.stdout)
        finally:
            _end(process)

    def started(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a command that is spoken to; end it with `ended`."""
        return self._started(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def _started(
        self, arguments: Sequence[str], *, inside: bool = True, **streams: int | IO[bytes]
    ) -> subprocess.Popen[bytes]:
        where = [f"--git-dir={self._folder}"] if inside else []
        settings = [part for key, value in CONFIG.items() for part in ("-c", f"{key}={value}")]
        command = ["git", "--no-pager", *settings, *where, *arguments]
        streams = {"stdin": subprocess.DEVNULL, **streams}
        try:
            return subprocess.Popen(command, env=environment(), start_new_session=True, **streams)  # type: ignore[call-overload, no-any-return] # noqa: S603
        except FileNotFoundError as error:
            raise ConnectorError(
                "git is not installed on this machine: install it, such as by `apt install git`."
            ) from error

    def _run(self, arguments: Sequence[str], *, inside: bool = True) -> bytes:
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = self._started(arguments, inside=inside, stdout=out, stderr=err)
            try:
                self._await(process)
            finally:
                _end(process)
            if process.returncode:
                err.seek(0)
                raise ConnectorError(self._explained(err.read(100_000).decode("utf-8", "replace")))
            out.seek(0)
            return out.read()

    def _await(self, process: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + _SECONDS
        while True:
            try:
                process.wait(_LOOK)
            except subprocess.TimeoutExpired:
                if time.monotonic() > until:
                    raise ConnectorError(f"{self._location} took longer than half an hour to clone.") from None
                if _size(self._folder / "objects" / "pack") > _MOST_BYTES:
                    raise ConnectorError(f"{self._location} is larger than 4 GiB, which is not cloned.") from None
            else:
                return

    def _explained(self, message: str) -> str:
        plain = message.lower()
        reason = next((words for sign, words in _REASONS if sign in plain), None)
        last = next((line for line in reversed(message.strip().splitlines()) if line.strip()), "git says nothing")
        return f"{self._location} cannot be read: {reason or last.removeprefix('fatal: ')}."


def ended(process: subprocess.Popen[bytes]) -> None:
    """End a command that was spoken to."""
    _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:  # what was still to be written has nowhere to go
                continue


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ConnectorError("git could not be started.")
    return pipe


def environment() -> dict[str, str]:
    """Return the variables for git: those of the machine, without our own and those that would lead it astray."""
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith(("QUOTH_", "GIT_")) or name in {"GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSL_CAINFO"}
    }
    return {
        "GIT_SSH_COMMAND": _SSH,
        **own,
        "GIT_ALLOW_PROTOCOL": ":".join(PROTOCOLS),
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "true",
        "SSH_ASKPASS": "true",
        "GIT_LFS_SKIP_SMUDGE": "1",
        "LC_ALL": "C",
    }


def _size(folder: Path) -> int:
    try:
        with os.scandir(folder) as entries:
            return sum(entry.stat().st_size for entry in entries)
    except OSError:
        return 0
