"""E-books: chapters under the names that the book gives them, and nothing that it hides."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from index.errors import UnreadableError
from index.read.epub.reader import read_epub
from index.read.html import style
from index.records import BlockKind, Document

_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="O/book.opf"/></rootfiles></container>'
)
_NCX = (
    '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>Sails</text></navLabel>'
    '<content src="1.xhtml"/><navPoint><navLabel><text>Reefing</text></navLabel><content src="1.xhtml#r"/></navPoint>'
    '</navPoint><navPoint><navLabel><text>Oars</text></navLabel><content src="2.xhtml"/></navPoint></navMap></ncx>'
)
_NAV = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="toc">'
    '<ol><li><a href="1.xhtml">Sails</a><ol><li><a href="1.xhtml#r">Reefing</a></li></ol></li>'
    '<li><a href="2.xhtml">Oars</a></li></ol></nav></body></html>'
)


def _page(body: str, title: str = "") -> str:
    return f"<html xmlns='http://www.w3.org/1999/xhtml'><head><title>{title}</title></head><body>{body}</body></html>"


_PAGES = {
    "1.xhtml": _page("<p>They are red.</p><p id='r'>In a gale they are made small.</p>"),
    "2.xhtml": _page("<p class='chapter'>Oars</p><p>There are four.</p>"),
}


def _book(pages: Mapping[str, str], items: str = "", more: Mapping[str, str] | None = None) -> bytes:
    manifest = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in pages)
    spine = "".join(f'<itemref idref="{name}"/>' for name in pages)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"<dc:title>Boats</dc:title></metadata><manifest>{manifest}{items}</manifest><spine>{spine}</spine></package>"
    )
    parts = {"META-INF/container.xml": _CONTAINER, "O/book.opf": package, **(more or {})}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in {**parts, **{f"O/{name}": page for name, page in pages.items()}}.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _read(data: bytes) -> Document:
    draft = read_epub(data)
    return draft.finished("a.epub", draft.title or "A", "0" * 64)


@pytest.mark.parametrize("kind", ["ncx", "nav"])
def test_chapters_without_headings_are_named_by_the_contents(kind: str) -> None:
    items = {
        "ncx": '<item id="n" href="n.ncx" media-type="application/x-dtbncx+xml"/>',
        "nav": '<item id="n" href="n.ncx" media-type="application/xhtml+xml" properties="nav"/>',
    }
    document = _read(_book(_PAGES, items[kind], {"O/n.ncx": _NCX if kind == "ncx" else _NAV}))
    assert [(block.kind, block.section) for block in document.blocks] == [
        (BlockKind.HEADING, ("Sails",)),
        (BlockKind.PARAGRAPH, ("Sails",)),
        (BlockKind.HEADING, ("Sails", "Reefing")),
        (BlockKind.PARAGRAPH, ("Sails", "Reefing")),
        (BlockKind.HEADING, ("Oars",)),
        (BlockKind.PARAGRAPH, ("Oars",)),
    ]
    assert document.text.count("Oars") == 1


def test_a_page_of_links_is_a_table_of_contents_and_names_the_others() -> None:
    links = "<h1>Contents</h1><p><a href='1.xhtml'>Sails 3</a></p><p><a href='2.xhtml'>Oars 9</a></p>"
    document = _read(_book({"toc.xhtml": _page(links, "Contents"), **_PAGES}))
    assert "Contents" not in document.text
    assert {block.section for block in document.blocks} == {("Sails",), ("Oars",)}


def test_else_a_chapter_has_the_title_of_its_page() -> None:
    pages = {"0.xhtml": _page("<p>Boats</p>", "Cover"), "1.xhtml": _page("<p>They are red.</p>", "Sails")}
    assert [block.section for block in _read(_book(pages)).blocks] == [(), ("Sails",), ("Sails",)]


def test_what_is_hidden_and_the_marks_of_notes_are_not_read() -> None:
    body = (
        "<h1>Sails</h1><p>They are red.<a epub:type='noteref' href='#n'>1</a><span epub:type='pagebreak'>7</span></p>"
        "<p hidden='hidden'>secret</p><aside epub:type='footnote' id='n'><p>Or brown.</p></aside>"
    )
    assert _read(_book({"1.xhtml": _page(body)})).text == "Sails\n\nThey are red.\n\nOr brown."


def test_a_locked_book_says_so_and_one_with_locked_fonts_is_read() -> None:
    def lock(name: str) -> dict[str, str]:
        reference = f'<EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"><CipherReference URI="{name}"/>'
        return {"META-INF/encryption.xml": f"<encryption>{reference}</EncryptedData></encryption>"}

    with pytest.raises(UnreadableError, match="is locked with a password"):
        read_epub(_book(_PAGES, more=lock("O/1.xhtml")))
    assert "red" in _read(_book(_PAGES, more=lock("O/a.otf"))).text


def test_what_a_style_sheet_of_the_book_hides_is_not_read() -> None:
    link = "<link rel='stylesheet' href='css/a.css'/>"
    body = "<p>Seen<span class='x'>secret</span>.</p><p>m<span class='u'>2</span></p>"
    page = f"<html><head>{link}</head><body>{body}</body></html>"
    sheet = ".x { display: none } .u { vertical-align: super }"
    assert _read(_book({"1.xhtml": page}, more={"O/css/a.css": sheet})).text == "Seen.\n\nm²"
    assert _read(_book({"1.xhtml": page})).text == "Seensecret.\n\nm2"
    for media, text in (
        ("all, print", "Seen.\n\nm²"),
        ("print", "Seensecret.\n\nm2"),
        ("amzn-mobi", "Seensecret.\n\nm2"),
    ):
        elsewhere = page.replace("<link", f"<link media='{media}'")
        assert _read(_book({"1.xhtml": elsewhere}, more={"O/css/a.css": sheet})).text == text


def test_a_style_sheet_is_parsed_once_a_book(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed = []
    parse = style.parsed
    monkeypatch.setattr(style, "parsed", lambda sheet: parsed.append(sheet) or parse(sheet))
    page = "<html><head><link rel='stylesheet' href='a.css'/></head><body><p class='x'>Seen.</p></body></html>"
    sheet = ".once-a-book { list-style: none; color: #111 }"
    _read(_book({f"{number}.xhtml": page for number in range(5)}, more={"O/a.css": sheet}))
    assert parsed == [sheet]


def test_a_chapter_with_low_headings_is_none_of_the_chapter_before() -> None:
    item = '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    pages = {**_PAGES, "2.xhtml": _page("<h3>Oars</h3><p>There are four.</p>")}
    read = _read(_book(pages, item, {"O/nav.xhtml": _NAV}))
    assert read.blocks[-1].section == ("Oars",)
    pages["2.xhtml"] = _page("<h3>Of ash</h3><p>There are four.</p>")
    read = _read(_book(pages, item, {"O/nav.xhtml": _NAV}))
    assert read.blocks[-1].section == ("Oars", "Of ash")
