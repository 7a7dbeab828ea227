"""Word documents (DOCX): what a reader of the page sees, with the numbers before its paragraphs."""

from __future__ import annotations

from index.read.archive import office_title, opened
from index.read.draft import Draft
from index.read.pieces import add_pieces
from index.read.word_body import Body
from index.read.word_xml import WordPackage


def read_word(data: bytes) -> Draft:
    """Read a DOCX file; it has no lines of its own, so they are those of the text."""
    draft = Draft(own_lines=True)
    with opened(data, "a Word document") as archive:
        draft.title = office_title(archive)
        add_pieces(draft, Body(WordPackage(archive)).pieces())
    draft.title = draft.title or draft.first_heading
    return draft
