"""Word documents and e-books, each made here and read back."""

from __future__ import annotations

import io
import zipfile

import pytest

from index.errors import UnreadableError
from index.read.draft import Draft
from index.read.epub import read_epub
from index.read.kinds import READERS
from index.read.word import read_word
from index.records import BlockKind, Document

H, P, C, T = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.CODE, BlockKind.TABLE

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def _zip(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def _docx(body: str, title: str = "") -> bytes:
    return _zip(
        **{
            "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">'
            f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": f'<w:styles {_W}><w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>'
            "</w:style>"
            '<w:style w:type="paragraph" w:styleId="Src"><w:name w:val="Source Code"/></w:style></w:styles>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">'
            f'<Relationship Id="s" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
            "docProps/core.xml": f'<x xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></x>',
        }
    )


def _paragraph(text: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def _epub(*pages: str) -> bytes:
    manifest = "".join(
        f'<item id="p{n}" href="p%20{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(pages))
    )
    spine = "".join(f'<itemref idref="p{n}"/>' for n in reversed(range(len(pages))))
    return _zip(
        **{
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
            "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<metadata><dc:title>The Book</dc:title></metadata><manifest>{manifest}</manifest><spine>{spine}</spine>"
            "</package>",
            **{f"OEBPS/p {n}.xhtml": f"<html><body>{page}</body></html>" for n, page in enumerate(pages)},
        }
    )


def _finished(draft: Draft) -> Document:
    return draft.finished("a", draft.title or "A", "0" * 64)


def _blocks(document: Document) -> list[tuple[BlockKind, int, str]]:
    return [(block.kind, block.line, document.text[block.start : block.end]) for block in document.blocks]


def test_word_paragraphs_headings_code_and_tables() -> None:
    cells = "".join(f"<w:tc>{_paragraph(text)}</w:tc>" for text in ("a", "b"))
    body = (
        _paragraph("Top", "H1")
        + _paragraph("Text &amp; more")
        + _paragraph("x = 1", "Src")
        + _paragraph("  y", "Src")
        + f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>"
    )
    document = _finished(read_word(_docx(body)))
    assert document.title == "Top"
    assert _blocks(document) == [
        (H, 1, "Top"),
        (P, 3, "Text & more"),
        (C, 5, "x = 1\n  y"),
        (T, 8, "a | b"),
        (T, 9, "a | b"),
    ]
    assert {block.page for block in document.blocks} == {None}


def test_a_word_files_own_title_comes_first() -> None:
    assert read_word(_docx(_paragraph("Top", "H1"), title="Guide")).title == "Guide"
    assert read_word(_docx(_paragraph("Top", "H1"), title="Microsoft Word - a.doc")).title == "Top"


def test_a_book_is_read_in_the_order_of_its_pages() -> None:
    document = _finished(read_epub(_epub("<h1>Two</h1><p>second</p>", "<h1>One</h1><p>first</p>")))
    assert document.title == "The Book"
    assert _blocks(document) == [(H, 1, "One"), (P, 3, "first"), (H, 5, "Two"), (P, 7, "second")]


@pytest.mark.parametrize("kind", [".docx", ".pptx", ".xlsx", ".epub"])
def test_what_is_no_archive_is_named(kind: str) -> None:
    for data in (b"no archive", _docx(_paragraph("x"))[:-100]):
        with pytest.raises(UnreadableError, match="or is damaged"):
            READERS[kind](data)
