"""Requests to Milvus; the one place where its errors become ours."""

from __future__ import annotations

import threading
from typing import Any

from index.errors import StoreError
from index.store.milvus.address import Address
from index.store.milvus.driver import MilvusClient, MilvusException, RpcError, StatusCode

SECONDS = 10.0
"""Time limit of a request while somebody waits for an answer."""

PATIENT = 300.0
"""Time limit of a request of a build."""

_MISSING = frozenset({100, 800, 1600})
"""Milvus's codes for a missing collection, database or alias; Milvus Lite says so in words."""

_NOT_LOADED = 101
_UNLOADED = "not loaded"
_CONNECT_FAILED = 2
_AUTHENTICATION = ("auth", "password", "permission", "privilege")

_OPTIONS = {
    # reconnect at once after a lost connection, without waiting for other clients' attempts
    "grpc.use_local_subchannel_pool": 1,
    "grpc.initial_reconnect_backoff_ms": 100,
    "grpc.min_reconnect_backoff_ms": 100,
    "grpc.max_reconnect_backoff_ms": 1000,
    # pymilvus sends a keepalive every ten seconds, at which Milvus Lite hangs up
    "grpc.keepalive_time_ms": 600_000,
    "grpc.keepalive_permit_without_calls": 0,
}


class MissingError(StoreError):
    """There is no such collection, alias or database."""


class Connection:
    """One database of a Milvus server. Thread-safe; connects with the first request."""

    def __init__(self, address: Address, database: str | None = None) -> None:
        """Use the database in the `address`, or the one named; nothing is sent yet."""
        self.address = address
        self._database = database or address.database
        self._lock = threading.Lock()
        self._client: Any = None

    def ask(self, verb: str, *values: Any, seconds: float = SECONDS, **given: Any) -> Any:
        """Call the method `verb` of pymilvus's client, after loading the collection if it is not in memory.

        Raises `MissingError` if what is named does not exist, and `StoreError` if Milvus does not answer or refuses.
        """
        try:
            try:
                return self._asked(verb, *values, seconds=seconds, **given)
            except MilvusException as error:
                if verb not in ("query", "search") or not _is_unloaded(error):
                    raise
                self._asked("load_collection", values[0], seconds=PATIENT)  # Milvus was restarted
                return self._asked(verb, *values, seconds=seconds, **given)
        except MilvusException as error:
            raise self._translated(error) from None  # its own text may hold secrets
        except RpcError as error:
            raise self._refused(error) from None

    def new_database(self) -> None:
        """Create the database unless it exists."""
        try:
            self.ask("list_collections")
        except MissingError:
            Connection(self.address, "default").ask("create_database", self.address.database)

    def _asked(self, verb: str, *values: Any, seconds: float, **given: Any) -> Any:
        return getattr(self._connected(), verb)(*values, timeout=seconds, **given)

    def _connected(self) -> Any:
        with self._lock:
            if self._client is None:
                where = self.address
                self._client = MilvusClient(
                    uri=where.uri, token=where.token, db_name=self._database, timeout=SECONDS, grpc_options=_OPTIONS
                )
            return self._client

    def _translated(self, error: MilvusException) -> StoreError:
        message = str(error.message)
        if error.code == _CONNECT_FAILED or isinstance(error.code, StatusCode):
            return self._away()
        if error.code in _MISSING or "does not exist" in message:
            return MissingError(f"Milvus at {self.address} no longer holds this index: run `quoth index build`.")
        if any(word in message.lower() for word in _AUTHENTICATION):
            return self._locked()
        return StoreError(f"Milvus at {self.address} refused ({self._shown(message)}): its own log says more.")

    def _refused(self, error: RpcError) -> StoreError:
        if error.code() in (StatusCode.UNAUTHENTICATED, StatusCode.PERMISSION_DENIED):
            return self._locked()
        if error.code() in (StatusCode.UNAVAILABLE, StatusCode.DEADLINE_EXCEEDED, StatusCode.CANCELLED):
            return self._away()
        return StoreError(f"Milvus at {self.address} failed ({error.code().name}): its own log says more.")

    def _away(self) -> StoreError:
        return StoreError(
            f"Milvus at {self.address} does not answer: try again in a minute; if it stays so, start it, or set "
            "QUOTH_INDEX to where it runs."
        )

    def _locked(self) -> StoreError:
        return StoreError(f"Milvus at {self.address} does not let us in: set QUOTH_INDEX with the right credentials.")

    def _shown(self, message: str) -> str:
        """Return the beginning of Milvus's message, without credentials."""
        shown = " ".join(message.split())
        user, _, password = self.address.token.partition(":")
        for secret in filter(None, (self.address.token, password, user)):  # the first contains the others
            shown = shown.replace(secret, "…")
        return shown[:200]


def _is_unloaded(error: MilvusException) -> bool:
    return bool(error.code == _NOT_LOADED or _UNLOADED in str(error.message).lower())
