"""Files of Office before 2007, saved in today's formats by LibreOffice where that is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from index.errors import UnreadableError
from index.read.archive import LOCKED, container
from index.read.kinds import kind_of
from index.read.members import bytes_of
from index.records import SourceFile

_FORMATS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys((".doc", ".dot"), "docx"),
        **dict.fromkeys((".ppt", ".pps", ".pot"), "pptx"),
        **dict.fromkeys((".xls", ".xlt"), "xlsx"),
    }
)
"""What the files of each ending are saved as."""

_SECONDS = 60.0
"""After which LibreOffice is ended: it takes some five to start for the first time."""

_KEPT = frozenset(["LANG", "LD_LIBRARY_PATH", "PATH", "SYSTEMROOT", "TZ"])
_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_SETTINGS = {"BlockUntrustedRefererLinks": "true", "DisableMacrosExecution": "true", "MacroSecurityLevel": "3"}
"""No macro is run, and nothing is fetched that a document links to."""


def program() -> str | None:
    """Return the path of LibreOffice, or None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@contextmanager
def converted(file: SourceFile) -> Iterator[SourceFile]:
    """Yield a file in a format that is read: itself, or what LibreOffice has made of it, which is removed again."""
    path = program() if kind_of(file.source) in _FORMATS else None
    data = _old(file) if path else None
    if path is None or data is None:
        yield file
        return
    with tempfile.TemporaryDirectory(prefix="quoth-", ignore_cleanup_errors=True) as folder:
        made = _saved(path, data, kind_of(file.source), Path(folder))
        yield file if made is None else replace(file, path=made, member=None)


def _old(file: SourceFile) -> bytes | None:
    """Return the bytes of a file that is old indeed, and not locked."""
    try:
        data = bytes_of(file)
    except UnreadableError:
        return None
    return data if container(data) not in {None, LOCKED} else None


def _saved(path: str, data: bytes, kind: str, folder: Path) -> Path | None:
    """Return where LibreOffice has saved a document in today's format, None where it has not."""
    given, profile = folder / f"document{kind}", folder / "profile"
    given.write_bytes(data)
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_registry(), encoding="utf-8")
    command = [path, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
    command += ["--convert-to", _FORMATS[kind], "--outdir", str(folder / "made"), str(given)]
    variables = {name: value for name, value in os.environ.items() if name.upper() in _KEPT or name.startswith("LC_")}
    process = subprocess.Popen(  # noqa: S603 -- a fixed program and files of our own
        command,
        env={**variables, "HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # it starts others
        process.wait()
    made = folder / "made" / f"document.{_FORMATS[kind]}"
    return made if made.is_file() else None


def _registry() -> str:
    """Return the settings of LibreOffice as it stores them."""
    items = "".join(
        f'<item oor:path="{_SECURITY}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for name, value in _SETTINGS.items()
    )
    return f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
