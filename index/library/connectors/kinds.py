"""The kinds of connector: those that come with Quoth, and those that other packages bring."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, cast

from index.errors import ConnectorError

if TYPE_CHECKING:
    from index.library.connectors.protocol import Kind

GROUP = "quoth.connectors"
"""The group of entry points in which a package names its kinds."""

_OWN = {
    "git": ("index.library.connectors.git.connector", "GitConnector"),
    "web": ("index.library.connectors.web.connector", "WebConnector"),
}


def names() -> list[str]:
    """Return the names of all kinds, sorted."""
    return sorted({*_OWN, *(entry.name for entry in entry_points(group=GROUP))})


def kind(name: str) -> Kind:
    """Return a kind by its name; raises `ConnectorError` where there is none, or it cannot be imported."""
    if name in _OWN:
        module, what = _OWN[name]
        return cast("Kind", getattr(import_module(module), what))
    entries = [entry for entry in entry_points(group=GROUP) if entry.name == name]
    if not entries:
        raise ConnectorError(f"there is no kind {name!r}: there are {', '.join(names())}")
    try:
        return cast("Kind", entries[0].load())
    except (ImportError, AttributeError) as error:
        raise ConnectorError(f"the kind {name!r} cannot be loaded ({error})") from error
