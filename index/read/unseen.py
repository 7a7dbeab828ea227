"""Names of files and folders that programs put beside documents, and that nobody means to be read."""

from __future__ import annotations

_NAMES = frozenset(["thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx", "node_modules"])
"""A file manager's, a packer's, and other people's packages, in lower case."""

_BEGINNINGS = (".", "~$", "~wrl")
"""Hidden files, Office's locks on open documents (`~$rules.docx`), and what Word writes while it saves."""

_ENDINGS = ("~", ".bak", ".orig", ".swo", ".swp", ".tmp", ".crdownload", ".part")
"""Backups of editors, and what is written until it is whole."""


def is_unseen(name: str) -> bool:
    """Return whether a file or folder of this name is passed over without a word."""
    lowered = name.lower()
    return (
        lowered in _NAMES
        or lowered.startswith(_BEGINNINGS)
        or lowered.endswith(_ENDINGS)
        or (len(name) > 1 and name[0] == name[-1] == "#")
    )
