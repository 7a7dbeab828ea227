"""Documents and sections by what people type, or by what stands for a name that is too long for a choice."""

from __future__ import annotations

from bot.card.layout import length
from bot.card.reference import letters, short_hash
from index import lookup
from index.catalogue import Catalogue, Source, StoredDocument
from index.lookup import Excerpt

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


def source_named(catalogue: Catalogue, name: str) -> Source:
    """Return the document that goes by `name`, or that a choice's value stands for.

    Raises `SourceError` where none or more than one does.
    """
    if name.startswith(_MARK):
        found = next((source for source in catalogue.sources if value_of(source) == name), None)
        if found is not None:
            return found
    return lookup.named(catalogue.sources, name)


def at_section(document: StoredDocument, name: str) -> Excerpt:
    """Return the section that goes by `name`, or that a choice's value stands for; raises `SourceError`."""
    if name.startswith(_MARK):
        path = next((path for path in document.sections if path and section_value(path) == name), None)
        if path is not None:
            return lookup.at_path(document, path)
    return lookup.at_section(document, name)


def _short(name: str) -> str:
    """Return `name` where Discord hands it back as it is: not too long, nothing to trim, nothing to escape."""
    plain = length(name) <= MOST and name.isprintable() and name == name.strip()
    return name if plain else f"{_MARK}{letters(short_hash(name))}"
