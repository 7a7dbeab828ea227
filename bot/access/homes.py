"""The bot's home servers: those it is managed in, and answers in."""

from __future__ import annotations

import json
import logging
import os
import secrets
from collections.abc import Collection
from pathlib import Path

from index.errors import QuothError

FILE_NAME = "servers.json"

_log = logging.getLogger(__name__)


class HomeServersError(QuothError):
    """The file that names the home servers cannot be used."""


class HomeServers:
    """The ids of the home servers: those of the settings or, where these name none, those written down on first start.

    Empty until either is known: then no server is a home.
    """

    def __init__(self, folder: Path, configured: Collection[int]) -> None:
        """Keep them in `folder` where none are `configured`; raises `HomeServersError` where the file is unreadable."""
        self._path = folder / FILE_NAME
        self._ids = frozenset(configured) or _read(self._path)

    @property
    def ids(self) -> frozenset[int]:
        """The ids of the home servers."""
        return self._ids

    @property
    def are_known(self) -> bool:
        """Whether the settings or the file name any."""
        return bool(self._ids)

    def __contains__(self, server: object) -> bool:
        """Tell whether a server is a home server."""
        return server in self._ids

    def settle(self, servers: Collection[int]) -> None:
        """Make `servers` the home servers, where none are known.

        Raises `OSError` if they could not be written down: they are forgotten at the next start.
        """
        if self.are_known or not servers:
            return
        self._ids = frozenset(servers)
        _write(self._path, sorted(servers))
        _log.warning(
            "these servers are the bot's home from now on; QUOTH_SERVERS names others",
            extra={"servers": sorted(servers), "file": str(self._path)},
        )


def _read(path: Path) -> frozenset[int]:
    try:
        return frozenset(int(server) for server in json.loads(path.read_text(encoding="utf-8"))["servers"])
    except FileNotFoundError:
        return frozenset()
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise HomeServersError(
            f"{path} does not name the home servers: name them in QUOTH_SERVERS, or delete the file."
        ) from error


def _write(path: Path, servers: list[int]) -> None:
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        with beside.open("w", encoding="utf-8") as file:
            json.dump({"servers": servers}, file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
