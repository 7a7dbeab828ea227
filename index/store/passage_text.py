"""The text that a passage is encoded as and searched by, and the key under which its vectors are reused."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from index.records import Passage, PassageText
from index.store.base import Catalogue
from index.store.values import StoredPassage


def header(title: str, section: tuple[str, ...]) -> str:
    """Return the title and section that precede a passage when it is encoded and searched by words."""
    return " › ".join((title, *section))


def passage_text(title: str, text: str, passage: Passage) -> PassageText:
    """Return the text to encode for a passage of a document with this `title` and `text`."""
    sentences = tuple((s.start - passage.start, s.end - passage.start) for s in passage.sentences)
    return PassageText(header(title, passage.section), text[passage.start : passage.end], sentences)


def key(fingerprint: str, text: PassageText) -> bytes:
    """Return a hash of everything that a passage's vectors depend on: the model and the encoded text."""
    parts = (fingerprint, text.header, text.text, repr(text.sentences))
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).digest()


def texts(catalogue: Catalogue, stored: Sequence[StoredPassage]) -> list[PassageText]:
    """Return the text to encode for each of the `stored` passages."""
    documents = (catalogue.document_by_id(passage.document) for passage in stored)
    return [
        passage_text(document.title, document.text, passage.passage)
        for document, passage in zip(documents, stored, strict=True)
    ]
