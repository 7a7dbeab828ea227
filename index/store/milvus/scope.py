"""Turns a scope into a Milvus filter."""

from __future__ import annotations

from index.store.scope import DocumentFilter

_MOST_RUNS = 64
"""Up to how many ranges of documents a filter uses ranges; above, it names each document."""


def is_empty(inside: DocumentFilter | None) -> bool:
    """Return whether the scope is empty."""
    return inside is not None and inside.inside and not inside.runs


def as_filter(inside: DocumentFilter | None) -> str:
    """Return the filter for a scope, or one that accepts everything."""
    if inside is None or not inside.runs:
        return ""
    if len(inside.runs) > _MOST_RUNS:
        ids = [document for first, last in inside.runs for document in range(first, last + 1)]
        return f"document {'in' if inside.inside else 'not in'} {ids}"
    if inside.inside:
        return " or ".join(f"(document >= {first} and document <= {last})" for first, last in inside.runs)
    return " and ".join(f"(document < {first} or document > {last})" for first, last in inside.runs)
