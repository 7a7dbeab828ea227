"""Where a repository is, and the addresses of its pages for people."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urlsplit

from index.errors import ConnectorError
from index.library.connectors.git.program import PROTOCOLS

_SHORT_SSH = re.compile(r"(?:[\w.-]+@)?(?P<host>[\w.-]+):(?!/)(?P<path>.+)")
_HOSTS = {
    "github.com": "https://{host}/{repository}/blob/{version}/{file}",
    "gitlab.com": "https://{host}/{repository}/-/blob/{version}/{file}",
    "codeberg.org": "https://{host}/{repository}/src/{version}/{file}",
}
_MARKS = re.compile(r"\{(\w*)\}")
_KNOWN = ("path", "page", "file", "version")
_INDEX = {"index", "_index", "readme"}


def checked(location: str) -> str:
    """Return the location of a repository as git takes it; raises `ConnectorError` where it is none.

    It is an address with https or ssh, `user@host:path`, or a path on this machine.
    """
    address = location.strip()
    if not address or address.startswith("-") or any(character < " " for character in address):
        raise ConnectorError(f"{location!r} is no repository: give its address, or a path on this machine.")
    if "://" not in address:
        local = not _SHORT_SSH.fullmatch(address) or Path(address).exists()
        return str(Path(address).expanduser().resolve()) if local else address
    parts = urlsplit(address)
    if parts.scheme not in PROTOCOLS:
        raise ConnectorError(f"{parts.scheme}:// cannot be read from: use https, ssh or a path on this machine.")
    if parts.password or (parts.username and parts.scheme in {"http", "https"}):
        raise ConnectorError(
            "A password does not belong into an address: give it to git's credential helper, or use ssh."
        )
    return address


def template(location: str, given: str | None) -> str | None:
    """Return the template of public addresses: the one given, else that of a well-known host, else None.

    Raises `ConnectorError` where the one given holds a mark that means nothing.
    """
    if given is not None:
        unknown = [mark for mark in _MARKS.findall(given) if mark not in _KNOWN]
        if unknown or urlsplit(given).scheme not in {"http", "https"}:
            marks = ", ".join(f"{{{mark}}}" for mark in _KNOWN)
            raise ConnectorError(f"`url` has to be a web address, in which {marks} may stand.")
        return given
    host, path = _parts(location)
    repository = path.strip("/").removesuffix(".git")
    pattern = _HOSTS.get(host)
    return pattern and pattern.replace("{host}", host).replace("{repository}", quote(repository))


def filled(pattern: str | None, path: str, folder: str, version: str) -> str | None:
    """Return the public address of the file at `path` in the `folder` of a `version`."""
    if pattern is None:
        return None
    file = f"{folder}/{path}" if folder else path
    values = {"path": path, "page": _page(path), "file": file, "version": version}
    return _MARKS.sub(lambda mark: quote(values[mark[1]], errors="surrogateescape"), pattern)


def _page(path: str) -> str:
    """Return a path as most sites name its page: without its ending, and of an index the folder."""
    file = PurePosixPath(path)
    if file.stem.lower() in _INDEX:
        return "" if file.parent == PurePosixPath() else f"{file.parent}/"
    return str(file.with_suffix(""))


def _parts(location: str) -> tuple[str, str]:
    if "://" in location:
        parts = urlsplit(location)
        return (parts.hostname or "").removeprefix("ssh."), parts.path
    match = _SHORT_SSH.fullmatch(location)
    return (match["host"], match["path"]) if match else ("", "")
