"""The address of Milvus: `milvus://user:password@host:port/database`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

SCHEME, ENCRYPTED = "milvus", "milvus+tls"
_PORT = 19530
_DATABASE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,254}")

_FORM = "write it as milvus://host:19530/database"


@dataclass(frozen=True, slots=True)
class Address:
    """A server, one of its databases, and the credentials: a token, or `name:password`.

    The credentials are in no repr and no message.
    """

    host: str
    port: int
    database: str
    token: str = field(default="", repr=False)
    encrypted: bool = False

    def __str__(self) -> str:
        """Return the address without credentials."""
        return f"{self.host}:{self.port}/{self.database}"

    @property
    def uri(self) -> str:
        """The server, as pymilvus wants it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.encrypted else 'http'}://{host}:{self.port}"


def address_in(url: str) -> Address:
    """Parse an address; raises `ValueError`, which repeats nothing of it, if it is malformed."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port or _PORT
    except ValueError as error:
        raise ValueError(f"it is no address: {_FORM}") from error
    if parts.scheme not in (SCHEME, ENCRYPTED):
        raise ValueError(f"it does not begin with {SCHEME}:// or {ENCRYPTED}://: {_FORM}")
    if not parts.hostname:
        raise ValueError(f"it names no host: {_FORM}")
    database = parts.path.strip("/") or "default"
    if not _DATABASE.fullmatch(database) or parts.query or parts.fragment:
        raise ValueError(f"what follows the host is no name of a database (letters, digits and _): {_FORM}")
    token = unquote(parts.username or "")
    if parts.password is not None:
        token = f"{token}:{unquote(parts.password)}"
    return Address(parts.hostname, port, database, token, parts.scheme == ENCRYPTED)
