"""Checksums over values that are stored together."""

from __future__ import annotations

import hashlib
import struct

Value = str | bytes | None

_TEXT, _BYTES, _NOTHING = b"t", b"b", b"-"


def checksum(*values: Value) -> bytes:
    """Return the SHA-256 of `values` in this order, each preceded by its type and length."""
    digest = hashlib.sha256()
    for value in values:
        kind, data = _as_bytes(value)
        digest.update(kind + struct.pack("<q", len(data)))
        digest.update(data)
    return digest.digest()


def _as_bytes(value: Value) -> tuple[bytes, bytes]:
    if value is None:
        return _NOTHING, b""
    return (_TEXT, value.encode("utf-8", "surrogatepass")) if isinstance(value, str) else (_BYTES, value)
