"""PDF: pages, lines, paragraphs, and files that hold no text or do not open."""

from __future__ import annotations

import pytest

from index.errors import UnreadableError
from index.read.metadata import sensible_title
from index.read.pdf import read_pdf
from index.records import BlockKind, Document


def _pdf(*pages: str, trailer: str = "", catalog: str = "", more: tuple[str, ...] = ()) -> bytes:
    """Return a PDF whose pages show the given content streams; objects 4 on are pages, streams, then `more`."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    bodies = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, content in enumerate(pages):
        bodies.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 3 0 R >> >> "
            f"/Contents {5 + 2 * number} 0 R >>"
        )
        bodies.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    data, offsets = "%PDF-1.4\n", []
    for number, body in enumerate([*bodies, *more], 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    start = len(data)
    size = len(offsets) + 1
    data += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\n"
    return f"{data}startxref\n{start}\n%%EOF".encode("latin-1")


def _shown(*lines: tuple[int, int, str], size: int = 12) -> str:
    return "\n".join(f"BT /F {size} Tf {x} {y} Td ({text}) Tj ET" for x, y, text in lines)


def _read(data: bytes) -> Document:
    draft = read_pdf(data)
    return draft.finished("a.pdf", draft.title or "A", "0" * 64)


def _blocks(data: bytes) -> list[tuple[BlockKind, int | None, int, str]]:
    document = _read(data)
    return [(block.kind, block.page, block.line, document.text[block.start : block.end]) for block in document.blocks]


def test_paragraphs_are_told_by_the_gaps_between_lines() -> None:
    first = _shown((50, 700, "The first line"), (50, 686, "goes on."), (50, 650, "Another"), (50, 636, "paragraph."))
    second = _shown((50, 700, "On page two."))
    p = BlockKind.PARAGRAPH
    assert _blocks(_pdf(first, second)) == [
        (p, 1, 1, "The first line goes on."),
        (p, 1, 3, "Another paragraph."),
        (p, 2, 1, "On page two."),
    ]


def test_places_give_page_and_line_of_every_line() -> None:
    document = _read(_pdf(_shown((50, 700, "one"), (50, 686, "two")), _shown((50, 700, "three"))))
    assert document.text == "one two\n\nthree"
    assert [(place.offset, place.line, place.page) for place in document.places] == [(0, 1, 1), (4, 2, 1), (9, 1, 2)]


def test_a_broken_word_is_joined_where_the_document_has_it_whole() -> None:
    lines = ((50, 700, "An exam-"), (50, 686, "ple is an example, and well-"), (50, 672, "known as such."))
    assert _read(_pdf(_shown(*lines))).text == "An example is an example, and well-known as such."


def test_the_outline_names_headings() -> None:
    outline = (
        "<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>",
        "<< /Title (Install) /Parent 6 0 R /Dest [4 0 R /Fit] >>",
    )
    content = _shown((50, 700, "Before."), (50, 660, "1.2 Install"), (50, 640, "Run it."))
    document = _read(_pdf(content, catalog="/Outlines 6 0 R", more=outline))
    assert [(block.kind, block.section) for block in document.blocks] == [
        (BlockKind.PARAGRAPH, ()),
        (BlockKind.HEADING, ("1.2 Install",)),
        (BlockKind.PARAGRAPH, ("1.2 Install",)),
    ]


def test_the_title_is_the_files_own() -> None:
    data = _pdf(_shown((50, 700, "x")), trailer="/Info 6 0 R", more=("<< /Title (A Guide) >>",))
    assert _read(data).title == "A Guide"


_USELESS = ["", "Untitled", "untitled 2", "Microsoft Word - a b.doc", "scan.pdf", "\x00", "report.final"]


@pytest.mark.parametrize("title", _USELESS)
def test_a_programs_title_is_none(title: str) -> None:
    assert sensible_title(title) is None


def test_a_scanned_file_says_what_to_do() -> None:
    with pytest.raises(UnreadableError, match="run it through OCR first"):
        read_pdf(_pdf("0 0 100 100 re f"))


def test_a_locked_file_says_what_to_do() -> None:
    key = "<" + "41" * 32 + ">"
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O {key} /U {key} /P -4 >> /ID [<00> <00>]"
    with pytest.raises(UnreadableError, match="locked with a password"):
        read_pdf(_pdf(_shown((50, 700, "secret")), trailer=lock))


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"no pdf", b"\x00" * 100])
def test_what_is_no_pdf_is_named(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="is not a PDF, or is damaged"):
        read_pdf(data)
