"""What is in a repository: its tree, its files, and when they were last changed."""

from __future__ import annotations

import posixpath
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from index.errors import ConnectorError
from index.library.connectors.git.program import Git, ended

LINK, MODULE = "120000", "160000"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a tree: `path` is that in the repository, `size` that of a file in bytes."""

    mode: str
    sha: str
    size: int
    path: str


def tree(git: Git, commit: str, folder: str) -> list[Entry]:
    """Return the files, links and modules below a folder, in order of their paths."""
    within = ["--", f"{folder}/"] if folder else []
    listed = git.text("ls-tree", "-r", "-l", "-z", "--full-tree", commit, *within)
    return [_entry(line) for line in listed.split("\0") if line]


def _entry(line: str) -> Entry:
    fields, _, path = line.partition("\t")
    mode, _, sha, size = fields.split()
    return Entry(mode, sha, int(size) if size.isdigit() else 0, path)


def target(link: Entry, to: str) -> str | None:
    """Return the path in the repository that a link leads to, None where that is outside of it, or no path."""
    if "\0" in to:
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(link.path), to))
    return None if path.startswith(("../", "/")) or path in {"..", "."} else path


def dates(git: Git, commit: str, paths: Iterable[str]) -> dict[str, str]:
    """Return the day (ISO) on which each of `paths` was last changed, as far as the history tells."""
    wanted, days = set(paths), {}
    if not wanted:
        return {}
    with git.lines("log", "-z", "--no-renames", "--name-only", "--format=%x01%ct", commit) as out:
        day = ""
        for part in _parts(out):
            if part.startswith("\x01"):
                day = _day(part[1:].strip())
            elif (path := part.lstrip("\n")) in wanted:
                days[path] = day
                wanted.remove(path)
                if not wanted:
                    break
    return days


def _day(seconds: str) -> str:
    """Return the day of a commit (ISO), "" where it has been given a time that is none."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


def _parts(out: Iterable[bytes]) -> Iterator[str]:
    """Yield what stands between null characters."""
    rest = b""
    for chunk in out:
        *whole, rest = (rest + chunk).split(b"\0")
        yield from (part.decode("utf-8", "surrogateescape") for part in whole if part.strip())
    if rest.strip():
        yield rest.decode("utf-8", "surrogateescape")


class Blobs:
    """Reads the contents of files by their hashes, all from one process; close it after use."""

    def __init__(self, git: Git) -> None:
        """Nothing is started before the first is read."""
        self._git = git
        self._process: subprocess.Popen[bytes] | None = None
        self.read = 0

    def __call__(self, sha: str) -> bytes:
        """Return a file's bytes; raises `ConnectorError`."""
        self._process = self._process or self._git.started("cat-file", "--batch")
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise ConnectorError("git could not be started.")
        try:
            stdin.write(f"{sha}\n".encode())
            stdin.flush()
            head = stdout.readline().split()
            data = stdout.read(int(head[2]) + 1)[:-1]
        except (OSError, IndexError, ValueError) as error:
            raise ConnectorError(
                "The clone of the repository is damaged: remove the connector and add it again."
            ) from error
        self.read += 1
        return data

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            ended(self._process)
            self._process = None
