"""Documents and sections by what people type, or by what stands for a name that is too long for a choice."""

from __future__ import annotations

from collections.abc import Sequence

from bot.access.view import VisibleDocuments
from bot.cards.layout import length
from bot.cards.reference import letters, short_hash
from index.store import lookup
from index.store.lookup import Excerpt
from index.store.values import Source, StoredDocument

MOST = 100
"""Characters of a choice's name, and of its value."""

_MARK = "quoth:"
_BETWEEN = " › "


def value_of(source: Source) -> str:
    """Return the value of a choice that stands for a document: its source, or a hash of it where that is too long."""
    return _short(source.source)


def section_value(path: tuple[str, ...]) -> str:
    """Return the value of a choice that stands for a section."""
    return _short(section_name(path))


def section_name(path: tuple[str, ...]) -> str:
    """Return what a section is called."""
    return _BETWEEN.join(path)


def source_named(visible: VisibleDocuments, name: str) -> Source:
    """Return the document, of those that are seen, that goes by `name`, or that a choice's value stands for.

    Raises `SourceError` where none or more than one does.
    """
    return _picked(visible.sources, name) or lookup.named(visible.sources, name, visible.document_names)


def source_meant(sources: Sequence[Source], name: str) -> Source | None:
    """Return the document that goes by what somebody is typing, or None where none or more than one does."""
    picked = _picked(sources, name)
    matches = [picked] if picked else lookup.matching(sources, name)
    return matches[0] if len(matches) == 1 else None


def at_section(document: StoredDocument, name: str) -> Excerpt:
    """Return the section that goes by `name`, or that a choice's value stands for; raises `SourceError`."""
    if name.startswith(_MARK):
        path = next((path for path in document.sections if path and section_value(path) == name), None)
        if path is not None:
            return lookup.at_path(document, path)
    return lookup.at_section(document, name)


def _picked(sources: Sequence[Source], value: str) -> Source | None:
    """Return the document that the value of a choice stands for where it does so by a hash."""
    if not value.startswith(_MARK):
        return None
    return next((source for source in sources if value_of(source) == value), None)


def _short(name: str) -> str:
    """Return `name` where Discord hands it back as it is: not too long, nothing to trim, nothing to escape."""
    plain = length(name) <= MOST and name.isprintable() and name == name.strip()
    return name if plain else f"{_MARK}{letters(short_hash(name))}"
