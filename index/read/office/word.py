"""Word documents (DOCX): what a reader of the page sees, with the numbers before its paragraphs."""

from __future__ import annotations

from index.read.archive import office_title, opened
from index.read.draft import Draft
from index.read.office.picture import unread
from index.read.office.pieces import add_pieces
from index.read.office.word_body import Body
from index.read.office.word_xml import WordPackage


def read_word(data: bytes, *, within: bool = False) -> Draft:
    """Read a DOCX file; it has no lines of its own, so they are those of the text.

    Of one that lies `within` another, the files that are put into it are not read.
    """
    draft = Draft(own_lines=True)
    with opened(data, "is not a Word document, or is damaged") as archive:
        draft.title = office_title(archive)
        body = Body(WordPackage(archive), within=within)
        add_pieces(draft, body.pieces())
        draft.unread = unread(body.pictures)
    draft.title = draft.title or draft.first_heading
    return draft
