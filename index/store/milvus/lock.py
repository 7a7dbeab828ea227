"""The lock that allows one build at a time across machines: an alias can be created only once.

It points to an empty collection whose name says who builds and since when. It is renewed during the build, so that the
lock of a killed build can be recognised. Two builds at once would only hinder each other: in any case a generation is
complete before it is put in use.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
import socket
import threading
import time
from collections.abc import Iterator

from index.errors import BusyError, QuothError, StoreError
from index.store.milvus import layout
from index.store.milvus.connection import Connection, MissingError

_RENEWED = 60.0
_STALE = 300.0
"""Seconds after which a lock that was not renewed expires; the machines' clocks must differ by less."""

_HOLDER = re.compile(rf"{layout.LOCK}_(\d+)_([0-9a-f]{{8}})_(\d+)_[0-9a-f]{{8}}")

_ours: set[str] = set()
"""The locks that this process holds."""


@contextlib.contextmanager
def locked(connection: Connection) -> Iterator[None]:
    """Lock out other builds; raises `BusyError` if one is running."""
    held = HeldLock(connection)
    try:
        held.take()
    except QuothError:
        held.forget()
        raise
    ended = threading.Event()
    renewing = threading.Thread(target=held.renew_until, args=(ended,), daemon=True)
    renewing.start()
    try:
        yield
    finally:
        ended.set()
        renewing.join()
        held.forget()
        with contextlib.suppress(StoreError):  # it expires
            held.release()


class HeldLock:
    """The lock, held by this process."""

    def __init__(self, connection: Connection) -> None:
        """Name this process as the holder; nothing is taken yet."""
        self._connection = connection
        self.holder = new_holder()
        _ours.add(self.holder)

    def take(self) -> None:
        """Take the lock; raises `BusyError` where another process holds one that is not stale."""
        with contextlib.suppress(MissingError):
            holder = self._connection.ask("describe_alias", layout.LOCK)["collection_name"]
            if not is_stale(holder):
                raise self._busy()
            self._connection.ask("drop_alias", layout.LOCK)
        self._connection.ask("create_collection", self.holder, schema=layout.texts())
        try:
            self._connection.ask("create_alias", self.holder, layout.LOCK)
        except StoreError as error:
            self._connection.ask("drop_collection", self.holder)
            with contextlib.suppress(MissingError):
                self._connection.ask("describe_alias", layout.LOCK)
                raise self._busy() from error
            raise
        self._clear()

    def renew_until(self, ended: threading.Event) -> None:
        """Renew the lock at intervals until `ended` is set."""
        while not ended.wait(_RENEWED):
            with contextlib.suppress(StoreError):  # the next try may succeed
                self.renew()

    def renew(self) -> None:
        """Hold the lock under a new name, which tells the time anew."""
        before, after = self.holder, new_holder()
        self._connection.ask("create_collection", after, schema=layout.texts())
        _ours.add(after)
        try:
            self._connection.ask("alter_alias", after, layout.LOCK)
        except StoreError:
            _ours.discard(after)
            raise
        self.holder = after
        _ours.discard(before)
        self._connection.ask("drop_collection", before)

    def forget(self) -> None:
        """Release the lock; if Milvus cannot be reached, it expires."""
        _ours.discard(self.holder)

    def release(self) -> None:
        """Give the lock back."""
        self._connection.ask("drop_alias", layout.LOCK)
        self._connection.ask("drop_collection", self.holder)

    def _clear(self) -> None:
        """Remove what expired locks have left."""
        for name in self._connection.ask("list_collections"):
            if _HOLDER.fullmatch(name) and name != self.holder and is_stale(name):
                self._connection.ask("drop_collection", name)

    def _busy(self) -> BusyError:
        where = self._connection.address
        return BusyError(f"Another build is under way in Milvus at {where}: wait until it is done.")


def new_holder() -> str:
    """Return the name of a collection that tells who holds the lock, and since when."""
    return f"{layout.LOCK}_{time.time():.0f}_{host()}_{os.getpid()}_{secrets.token_hex(4)}"


def host() -> str:
    """Return eight hex digits that stand for this machine."""
    return hashlib.blake2b(socket.gethostname().encode(), digest_size=4).hexdigest()


def is_stale(holder: str) -> bool:
    """Tell whether a holder has not renewed its lock for too long, or is a process of this machine that has ended."""
    parts = _HOLDER.fullmatch(holder)
    if parts is None or time.time() - int(parts[1]) > _STALE:
        return True
    if parts[2] != host():
        return False
    process = int(parts[3])
    return holder not in _ours if process == os.getpid() else not _is_alive(process)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
