"""Up to where something has been done that is done once: after a build, in a week."""

from __future__ import annotations

import sqlite3


def read(database: sqlite3.Connection, name: str) -> str | None:
    """Return a mark, or None where there is none yet."""
    row = database.execute("SELECT value FROM marks WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row is not None else None


def write(database: sqlite3.Connection, name: str, value: str) -> None:
    """Set a mark."""
    database.execute("INSERT OR REPLACE INTO marks VALUES (?, ?)", (name, value))


def remove(database: sqlite3.Connection, name: str) -> None:
    """Remove a mark, where there is one."""
    database.execute("DELETE FROM marks WHERE name = ?", (name,))
