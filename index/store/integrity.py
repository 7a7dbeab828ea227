"""Checks whether a passage is still what was indexed."""

from __future__ import annotations

from index.store.passage_text import key, passage_text
from index.store.values import StoredDocument, StoredPassage


def passage_is_intact(stored: StoredPassage, document: StoredDocument, fingerprint: str) -> bool:
    """Return whether a passage is inside its document, on its page and lines, and matches its key.

    `fingerprint` is that of the model that the generation was built with.
    """
    passage = stored.passage
    if not 0 <= passage.start < passage.end <= len(document.text):
        return False
    first, last = document.place(passage.start), document.place(passage.end - 1)
    text = passage_text(document.title, document.text, passage)
    return (
        (first.page, first.line, last.line) == (passage.page, *passage.lines)
        and all(passage.start <= s.start < s.end <= passage.end for s in passage.sentences)
        and key(fingerprint, text) == stored.key
    )
