"""Failures of a build: what cannot be written, and what cannot be reached, as one kind of error."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

from index.errors import BuildError, EncoderError, StoreError


@contextlib.contextmanager
def translate_errors() -> Iterator[None]:
    """Turn write errors of the file system, SQLite, FAISS and tantivy into a `BuildError`.

    Errors of a remote encoder or a remote index become one too.
    """
    try:
        yield
    except EncoderError as error:
        raise BuildError(str(error)) from error
    except (OSError, sqlite3.Error) as error:
        raise BuildError(_cannot_write(error)) from error
    except StoreError as error:
        raise BuildError(f"{str(error).removesuffix('.')}; the index that was there is unchanged.") from error


def _cannot_write(error: Exception) -> str:
    message = getattr(error, "strerror", None) or str(error)
    if "space" in message.lower() or "full" in message.lower():
        message = "the disk is full"
    return f"The index could not be written ({message}); the one that was there is unchanged."
