"""PDF: pages, lines, paragraphs, and files that hold no text or do not open."""

from __future__ import annotations

from cProfile import Profile
from dataclasses import replace
from itertools import pairwise

import pytest
from pypdfium2 import PdfPage  # type: ignore[import-untyped] # pypdfium2 carries no types

from index.errors import UnreadableError
from index.read.draft import Draft
from index.read.office.metadata import sensible_title
from index.read.pdf import covered
from index.read.pdf.headings import Sizes, sizes_of
from index.read.pdf.layout import laid_out
from index.read.pdf.page import Line, as_item, paragraphs
from index.read.pdf.reader import read_pdf
from index.read.pdf.words import Style, Word
from index.read.pdf.writer import Writer
from index.records import BlockKind, Document


def _pdf(*pages: str, trailer: str = "", catalog: str = "", page: str = "", more: tuple[str, ...] = ()) -> bytes:
    """Return a PDF whose pages show the given content streams; objects 4 on are pages, streams, then `more`."""
    fonts = "".join(
        f"/{name} << /Type /Font /Subtype /Type1 /BaseFont /{font} >> "
        for name, font in (("M", "Courier"), ("B", "Helvetica-Bold"))
    )
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    bodies = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, content in enumerate(pages):
        bodies.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] "
            f"/Resources << /Font << /F 3 0 R {fonts} >> >> {page} "
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


def _shown(*lines: tuple[int, int, str], size: int = 12, font: str = "F") -> str:
    return "".join(f"BT /{font} {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in lines)


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


def test_a_broken_word_is_joined_where_nothing_says_that_the_hyphen_is_its_own() -> None:
    lines = ((50, 700, "The harbour-"), (50, 686, "master knows the sea-"), (50, 672, "gull; a gull of the sea, pre-"))
    assert _read(_pdf(_shown(*lines, (50, 658, "1900.")))).text == (
        "The harbourmaster knows the sea-gull; a gull of the sea, pre-1900."
    )


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
_USELESS += ["about:blank", "https://example.org/a/b", "Dokument1", "PowerPoint-Präsentation"]


@pytest.mark.parametrize("title", _USELESS)
def test_a_programs_title_is_none(title: str) -> None:
    assert sensible_title(title) is None


def test_without_a_title_of_its_own_a_file_has_that_of_its_largest_heading() -> None:
    text = _shown((50, 700, "Tide tables"), size=20) + _shown((50, 660, "Low water is at noon, and high water at six."))
    for title in ("\\(anonymous\\)", "Microsoft Word - tides.doc", "untitled"):
        assert _read(_pdf(text, trailer="/Info 6 0 R", more=(f"<< /Title ({title}) >>",))).title == "Tide tables"


def test_columns_that_a_file_holds_line_by_line_are_read_one_after_the_other() -> None:
    left = ("The ferry leaves at", "nine from the old pier", "and comes back before", "the sun goes down.")
    right = ("Bicycles travel for", "nothing, but dogs pay", "half of what a child", "of seven would pay.")
    rows = [
        line
        for step, pair in enumerate(zip(left, right, strict=True))
        for line in ((60, 700 - 14 * step, pair[0]), (330, 700 - 14 * step, pair[1]))
    ]
    head = _shown((60, 740, "A heading that stands across both of the columns of this page, as in a paper"))
    assert _read(_pdf(head + _shown(*rows))).text == (
        "A heading that stands across both of the columns of this page, as in a paper\n\n"
        "The ferry leaves at nine from the old pier and comes back before the sun goes down. "
        "Bicycles travel for nothing, but dogs pay half of what a child of seven would pay."
    )


_CELLS = (("Fish", "Depth", "Price"), ("Cod", "40 m", "7 euros"), ("Sole", "", "19 euros"), ("Eel", "3 m", "11 euros"))
_AT = (60, 180, 300)


@pytest.mark.parametrize("order", ["rows", "columns"])
def test_a_table_is_read_by_its_rows_in_whatever_order_a_file_holds_it(order: str) -> None:
    placed = [
        (_AT[column], 600 - 16 * row, text)
        for row, texts in enumerate(_CELLS)
        for column, text in enumerate(texts)
        if text
    ]
    if order == "columns":
        placed.sort(key=lambda cell: (cell[0], -cell[1]))
    content = _shown((60, 700, "Prices of the day, as they are paid at the quay.")) + _shown(*placed)
    table = [text for kind, _, _, text in _blocks(_pdf(content)) if kind is BlockKind.TABLE]
    assert table == ["Fish | Depth | Price", "Cod | 40 m | 7 euros", "Sole | | 19 euros", "Eel | 3 m | 11 euros"]


def test_a_cell_of_two_lines_stays_one() -> None:
    rows = [(60, 600, "Net"), (180, 600, "Made of hemp, as long"), (180, 588, "as it is wide"), (330, 600, "4")]
    rows += [(60, 560, "Rod"), (180, 560, "Made of ash"), (330, 560, "9"), (60, 520, "Hook"), (330, 520, "1")]
    table = [text for kind, _, _, text in _blocks(_pdf(_shown(*rows))) if kind is BlockKind.TABLE]
    assert table == ["Net | Made of hemp, as long as it is wide | 4", "Rod | Made of ash | 9", "Hook | | 1"]


def test_what_runs_over_all_pages_is_left_out() -> None:
    texts = ("The first page.", "The second one.", "The last of them.")
    pages = [
        _shown((50, 780, "Club rules, private"), (280, 20, f"Page {number} of 3"), size=8)
        + _shown((50, 700, f"Lesson {number}"), size=20)
        + _shown((50, 660, text))
        for number, text in enumerate(texts, 1)
    ]
    assert _read(_pdf(*pages)).text == "\n\n".join(f"Lesson {at}\n\n{text}" for at, text in enumerate(texts, 1))


def test_bullets_begin_items_and_a_watermark_is_no_text() -> None:
    """A bullet is often set larger than its line, and a watermark stands at the same place on every page."""
    mark = "BT /F 60 Tf 0.7 0.7 -0.7 0.7 200 300 Tm (DRAFT) Tj ET\n"
    bullets = "".join(
        f"BT /F 16 Tf 50 {y} Td (\225) Tj ET {_shown((64, y, text))}" for y, text in ((700, "Keys"), (685, "Oars"))
    )
    fonts = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    data = _pdf(mark + _shown((50, 740, "Bring along:")) + bullets, mark + _shown((50, 700, "Then come.")))
    data = data.replace(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj", fonts.encode() + b"\nendobj")
    assert [(kind, text) for kind, _, _, text in _blocks(data)] == [
        (BlockKind.PARAGRAPH, "Bring along:"),
        (BlockKind.LIST_ITEM, "Keys"),
        (BlockKind.LIST_ITEM, "Oars"),
        (BlockKind.PARAGRAPH, "Then come."),
    ]


def test_code_keeps_its_lines_and_their_indents() -> None:
    code = _shown((60, 660, "boat:"), (74, 648, "oars: 2"), (74, 624, "sail:   red"), size=10, font="M")
    content = _shown((60, 700, "Write this down:")) + code + _shown((60, 580, "Then sail."))
    assert [(kind, text) for kind, _, _, text in _blocks(_pdf(content))] == [
        (BlockKind.PARAGRAPH, "Write this down:"),
        (BlockKind.CODE, "boat:\n  oars: 2\n\n  sail:   red"),
        (BlockKind.PARAGRAPH, "Then sail."),
    ]


def test_larger_and_bold_lines_are_headings() -> None:
    content = (
        _shown((50, 740, "Knots"), size=24)
        + _shown((50, 700, "Loops"), size=16)
        + _shown((50, 680, "Bowline"), font="B")
        + _shown((50, 664, "It holds when it is pulled, and comes undone when it is not, at every end of a rope."))
        + _shown((50, 640, "1. Make a loop."), (50, 626, "2. Pass the end through it,"), (65, 612, "and pull."))
    )
    document = _read(_pdf(content))
    assert document.title == "Knots"
    assert [(block.kind, block.section) for block in document.blocks][2:] == [
        (BlockKind.HEADING, ("Loops", "Bowline")),
        (BlockKind.PARAGRAPH, ("Loops", "Bowline")),
        (BlockKind.LIST_ITEM, ("Loops", "Bowline")),
        (BlockKind.LIST_ITEM, ("Loops", "Bowline")),
    ]
    assert document.text.endswith("1. Make a loop.\n2. Pass the end through it, and pull.")


def test_what_was_filled_in_stands_after_its_label() -> None:
    field = "<< /Type /Annot /Subtype /Widget /FT /{} /T (f{}) /Rect [{}] {} /P 4 0 R >>"
    fields = (
        field.format("Tx", 1, "160 696 300 712", "/V (Seal \\(grey\\))"),
        field.format("Btn", 2, "160 656 172 668", "/V /Yes /AS /Yes /AP << /N << /Yes 5 0 R /Off 5 0 R >> >>"),
        field.format("Tx", 3, "160 616 300 632", "/V (secret) /Ff 8192"),
        field.format("Tx", 4, "160 576 300 592", "/V (secret) /F 2"),
    )
    content = _shown((50, 700, "Name of the boat:"), (50, 658, "Insured:"), (50, 618, "Code:"), (50, 578, "Internal:"))
    numbers = " ".join(f"{number} 0 R" for number in range(6, 10))
    data = _pdf(content, catalog=f"/AcroForm << /Fields [{numbers}] >>", page=f"/Annots [{numbers}]", more=fields)
    assert _read(data).text.split("\n\n") == ["Name of the boat: Seal (grey)", "Insured: ☑", "Code:", "Internal:"]


_SCAN = "q {0} 0 0 {1} 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x7f EI Q\n"
_UNSEEN = {
    "not drawn": "3 Tr",
    "white on white": "1 1 1 rg",
    "off the page": "1 0 0 1 700 0 cm",
}


@pytest.mark.parametrize("way", _UNSEEN)
def test_what_a_reader_does_not_see_is_not_read(way: str) -> None:
    hidden = f"q {_UNSEEN[way]} {_shown((50, 600, 'hidden'))} Q "
    assert _read(_pdf(hidden + _shown((50, 700, "seen")))).text == "seen"


_BAR = "0 0 0 rg 110 596 70 16 re f"
_SQUARE = "<< /Type /Annot /Subtype /Square /Rect [110 596 180 612] /AP << /N 7 0 R >> >>"
_BLACK = "<< /Type /XObject /Subtype /Form /BBox [0 0 70 16] /Length 21 >>\nstream\n0 0 0 rg 0 0 70 16 re f\nendstream"


def test_what_is_blacked_out_is_not_read() -> None:
    line = _shown((50, 600, "The code is 4711-secret, they say."))
    assert _read(_pdf(f"{line} {_BAR}")).text == "The code is they say."
    assert _read(_pdf(f"{line} {_BAR.replace('0 0 0', '1 1 1')}")).text == "The code is they say."
    assert _read(_pdf(line, page="/Annots [6 0 R]", more=(_SQUARE, _BLACK))).text == "The code is they say."


@pytest.mark.parametrize("colour", ["1 1 0", "0.75 0 0", "0.2 0.2 0.2"])
def test_words_in_the_colour_of_the_shape_that_they_are_on_are_not_read(colour: str) -> None:
    bar = f"{colour} rg 40 690 200 30 re f {_shown((60, 700, 'secret'))}"
    after = f"0 g {_shown((60, 640, 'Seen after.'))}"
    assert _read(_pdf(f"{bar} {after}")).text == "Seen after."
    frame = f"{colour} rg 40 690 200 30 re 41 691 198 28 re f* {_shown((60, 700, 'seen'))} {after}"
    assert _read(_pdf(frame)).text.startswith("seen")
    over = f"{colour} rg 40 690 200 30 re f 1 g 45 692 190 26 re f {colour} rg {_shown((60, 700, 'seen'))} {after}"
    assert _read(_pdf(over)).text.startswith("seen")


def test_words_in_the_colour_of_their_shape_are_not_read_on_a_dark_page() -> None:
    """The page, the panel and a label each have words in their colour or against it."""
    page = f"0.1 g 0 0 600 800 re f {_shown((60, 760, 'secret page'))}"
    panel = f"0.9 g 40 690 200 30 re f {_shown((60, 700, 'secret panel'))}"
    label = f"0.9 g 40 630 200 30 re f 0.1 g {_shown((60, 640, 'Seen label.'))}"
    assert _read(_pdf(f"{page} {panel} {label}")).text == "Seen label."


def test_pages_are_not_drawn_for_words_on_another_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slides have a white ground, and white words on a box or a picture above it."""
    drawn = []
    monkeypatch.setattr(PdfPage, "render", lambda *_, **__: drawn.append(1))
    box = f"1 g 0 0 600 800 re f 0 0 0.6 rg 40 690 200 30 re f 1 g {_shown((60, 700, 'On a box.'))}"
    picture = f"1 g 0 0 600 800 re f {_SCAN.format(600, 200)} 1 g {_shown((60, 100, 'On a picture.'))}"
    assert _read(_pdf(box, picture)).text == "On a box.\n\nOn a picture."
    assert not drawn


def test_no_page_is_drawn_for_words_in_the_colour_of_their_shape_when_the_time_is_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bar = f"1 1 0 rg 40 690 200 30 re f {_shown((60, 700, 'secret'))} 0 g {_shown((60, 640, 'Seen.'))}"
    assert _read(_pdf(bar)).text == "Seen."
    monkeypatch.setattr(covered, "_SECONDS", 0.0)
    assert "secret" in _read(_pdf(bar)).text


def test_what_is_marked_or_framed_is_read() -> None:
    line = _shown((50, 600, "The code is 4711-secret, they say."))
    shines_through = "/ExtGState << /G << /BM /Multiply >> >> "
    mark = f"{line} /G gs {_BAR.replace('0 0 0', '1 1 0')}"
    data = _pdf(mark).replace(b"/Resources << ", f"/Resources << {shines_through}".encode())
    assert _read(data).text == "The code is 4711-secret, they say."
    frame = "0 0 0 rg 100 590 100 30 re 102 592 96 26 re f*"
    assert _read(_pdf(f"{line} {frame}")).text == "The code is 4711-secret, they say."
    veil = f"{line} /G gs {_BAR.replace('0 0 0', '1 1 1')}"
    data = _pdf(veil).replace(b"/Resources << ", b"/Resources << /ExtGState << /G << /ca 0.6 >> >> ")
    assert _read(data).text == "The code is 4711-secret, they say."
    assert _read(_pdf(f"{_BAR.replace('0 0 0', '1 1 0')} 0 g {line}")).text == "The code is 4711-secret, they say."


def test_rows_with_a_ground_are_read_whatever_letters_are_drawn() -> None:
    """Letters that PDFium has no font for leave no trace, as do thin ones of a large page that is drawn small."""
    rows = [f"0.9 g 40 {690 - 40 * row} 300 20 re f 0 g" for row in range(3)]
    letters = [f"BT /J 12 Tf 50 {695 - 40 * row} Td <304230443046> Tj ET" for row in range(3)]
    fonts = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /Nowhere /Encoding /UniJIS-UTF16-H /DescendantFonts [7 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Nowhere /CIDSystemInfo 9 0 R /FontDescriptor 8 0 R >>",
        "<< /Type /FontDescriptor /FontName /Nowhere /Flags 4 /Ascent 800 /Descent -200 /StemV 80 >>",
        "<< /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >>",
    )
    content = " ".join(map(" ".join, zip(rows, letters, strict=True)))
    data = _pdf(content, more=fonts).replace(b"/Font << /F", b"/Font << /J 6 0 R /F")
    assert _read(data).text.count("あいう") == 3
    zebra = "".join(
        f"0.9 g 100 {3000 - 40 * row} 900 12 re f 0 g BT /F 8 Tf 110 {3002 - 40 * row} Td (1 | l) Tj ET "
        for row in range(20)
    )
    large = _pdf(zebra).replace(b"[0 0 600 800]", b"[0 0 2384 3370]")
    assert _read(large).text.count("1") == 20


def test_words_between_shapes_are_read() -> None:
    """A shape hides what is drawn before it, and nothing else."""
    first, second = _shown((50, 600, "first")), _shown((50, 560, "second"))
    assert _read(_pdf(f"{first} 0 0 0 rg 40 550 200 70 re f 1 g {second}")).text == "second"


def test_white_text_on_a_dark_bar_is_seen() -> None:
    bar = f"0 0 0.4 rg 40 590 200 30 re f q 1 1 1 rg {_shown((50, 600, 'seen'))} Q"
    assert _read(_pdf(bar)).text == "seen"


def test_what_ocr_wrote_below_a_scan_is_read() -> None:
    words = f"q 3 Tr {_shown((50, 600, 'recognised'))} Q"
    assert _read(_pdf(_SCAN.format(600, 800) + words)).text == "recognised"
    with pytest.raises(UnreadableError, match="run it through OCR first"):
        read_pdf(_pdf(_SCAN.format(60, 80) + words))


def test_pages_that_hold_pictures_alone_are_named() -> None:
    scan, text = _SCAN.format(600, 800), _shown((50, 700, "One."))
    assert _read(_pdf(text, "")).unread == ()
    assert _read(_pdf(text, scan)).unread == (
        "page 2 holds a picture alone, which is not read: run the file through OCR first",
    )
    assert _read(_pdf(scan, text, scan, scan)).unread == (
        "pages 1, 3 and 4 hold pictures alone, which are not read: run the file through OCR first",
    )


def test_large_pictures_beside_text_are_named() -> None:
    words, picture = _shown((50, 700, "See the plan.")), "q {} 0 0 {} 50 400 cm" + _SCAN.partition("cm")[2]
    said = "holds {}, which is not read: write down beside it what it says"
    assert _read(_pdf(words + picture.format(300, 200))).unread == (said.format("a picture"),)
    assert _read(_pdf(words + picture.format(60, 60))).unread == ()
    assert _read(_pdf(words + _SCAN.format(600, 800))).unread == ()
    two = _pdf(words + picture.format(300, 200), words.replace("plan", "map") + picture.format(300, 200))
    assert _read(two).unread == ("holds 2 pictures, which are not read: write down beside them what they say",)


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


def test_a_page_whose_letters_the_file_does_not_tell_is_not_read_and_named() -> None:
    written = _shown((50, 700, ",- ./+.-, ,/.0, .' .% .$ . $$#.$.'!. $. . &"))
    read = _read(_pdf(_shown((50, 700, "Read by all.")), written))
    assert read.text == "Read by all."
    assert read.unread == ("the letters on page 2 cannot be told: run the file through OCR first",)
    with pytest.raises(UnreadableError, match="OCR"):
        read_pdf(_pdf(written))
    form = _shown((50, 700, "Name ______________________"), (50, 650, "5 ........ 7 ........ 9"))
    assert not _read(_pdf(form)).unread


def test_what_is_typed_onto_a_page_is_read_and_what_is_remarked_is_not() -> None:
    typed = "<< /Type /Annot /Subtype /FreeText /Rect [100 100 300 120] /Contents (Paid in full) /DA (/F 12 Tf) {} >>"
    remark = "<< /Type /Annot /Subtype /Text /Rect [1 1 20 20] /Contents (Not for all) >>"
    notes = (typed.format(""), remark, typed.replace("Paid in full", "Hidden").format("/F 2"))
    page = _pdf(_shown((50, 700, "Fees are due in May.")), page="/Annots [6 0 R 7 0 R 8 0 R]", more=notes)
    assert read_pdf(page).finished("a.pdf", "", "").text == "Fees are due in May.\n\nPaid in full"


_UPWARDS, _DOWNWARDS, _OVERHEAD = "0 1 -1 0", "0 -1 1 0", "-1 0 0 -1"


def _turned(matrix: str, *lines: tuple[int, int, str]) -> str:
    """Show each line as far along and down as it says, from where the first would begin on a page of that turn."""
    first = {_UPWARDS: (100, 50), _DOWNWARDS: (500, 750), _OVERHEAD: (550, 100)}[matrix]
    a, b, c, d = map(int, matrix.split())
    places = [(first[0] + a * along - c * down, first[1] + b * along - d * down, text) for along, down, text in lines]
    return "".join(f"BT /F 12 Tf {matrix} {x} {y} Tm ({text}) Tj ET\n" for x, y, text in places)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("matrix", [_UPWARDS, _DOWNWARDS, _OVERHEAD])
def test_a_turned_page_is_read_as_one_that_is_upright(matrix: str, rotation: int) -> None:
    lines = ((0, 0, "Nets are mended on"), (0, 14, "Fridays."), (0, 50, "Bring a needle."), (0, 64, "And be patient."))
    rows = [(("Rank", "Fee", "Duty"), 150), (("Mate", "12", "Nets"), 166), (("Cook", "14", "Soup"), 182)]
    cells = [(200 * at, down, cell) for row, down in rows for at, cell in enumerate(row)]
    read = _read(_pdf(_turned(matrix, *lines, *cells), page=f"/Rotate {rotation}"))
    paragraphs = ["Nets are mended on Fridays.", "Bring a needle. And be patient."]
    assert read.text.split("\n\n") == [*paragraphs, "Rank | Fee | Duty\nMate | 12 | Nets\nCook | 14 | Soup"]


def test_upright_lines_of_a_page_that_is_shown_sideways_keep_their_order() -> None:
    lines = _shown((50, 700, "Nets are mended"), (50, 686, "on Fridays."), (50, 650, "Bring a needle."))
    assert _read(_pdf(lines, page="/Rotate 90")).text == "Nets are mended on Fridays.\n\nBring a needle."


def test_heads_and_feet_of_turned_pages_are_left_out() -> None:
    pages = [
        _turned(_UPWARDS, (0, -80, "Rules of the Guild"), (0, 0, f"Rule {word} is kept."), (600, 480, str(number)))
        for number, word in enumerate(("one", "two", "three"), 1)
    ]
    assert _read(_pdf(*pages, page="/Rotate 90")).text == "\n\n".join(
        f"Rule {n} is kept." for n in ("one", "two", "three")
    )


def test_white_words_on_a_dark_shape_of_a_turned_page_are_read() -> None:
    dark = "0 0 0.3 rg 80 40 60 400 re f 1 g "
    assert (
        _read(_pdf(dark + _turned(_UPWARDS, (0, 0, "Nets are mended.")), page="/Rotate 90")).text == "Nets are mended."
    )


_CHAPTERS = ("Of nets", "Of nets", "Of ropes", "Of sails", "Of sails", "Of boats", "Of boats", "Of oars")


def _book(head: int, heads: tuple[str, ...] = _CHAPTERS, *, titled: bool = True) -> bytes:
    """Return a book whose text, one sentence from page to page, begins at 720, with its heads at another height.

    Where it is `titled`, the text of each chapter begins with the words of its head.
    """
    pages = zip(heads, ("", *heads), ("one", "two", "three", "four", "five", "six", "seven", "eight"), strict=False)
    return _pdf(*(
        _shown((50, head, text), *([(50, 600, text)] if titled and text != before else []))
        + _shown((50, 720, f"and page {word} goes"), (50, 706, "on with it"))
        for text, before, word in pages
    ))  # fmt: skip


def test_heads_that_change_with_the_chapter_are_left_out_of_chapters_of_a_page_too() -> None:
    text = _read(_book(760)).text
    assert [text.count(head) for head in dict.fromkeys(_CHAPTERS)] == [1] * 5
    assert text.count("goes on with it") == len(_CHAPTERS)


def test_what_stands_at_the_place_of_a_head_is_read_where_nothing_else_says_it() -> None:
    days = ("Monday", "Tuesday", "Wednesday", "Thursday") * 2
    for lines in (_CHAPTERS, days, ("Closed", *["Open"] * 2, *["Blocked"] * 2, *["Refused"] * 2, "Sold")):
        text = _read(_book(760, lines, titled=False)).text
        assert [text.count(line) for line in dict.fromkeys(lines)] == [
            lines.count(line) for line in dict.fromkeys(lines)
        ]
    foot = "Office: Harbour Street, call Anna"
    feet = [(foot if number == 1 else f"Page {number} of 6") for number in range(1, 7)]
    text = _read(_pdf(*(_shown((50, 700, "Rules."), (50, 30, line)) for line in feet))).text
    assert foot in text
    assert "of 6" not in text
    assert _read(_pdf(*(_shown((50, 760, line)) for line in ("Yes", "No", "Yes", "No", "Never")))).text.count("No") == 2


@pytest.mark.parametrize(
    ("head", "heads"),
    [
        (734, _CHAPTERS),
        (760, tuple(f"On day {word}" for word in ("a", "b", "e", "f", "g", "h", "j", "k"))),
        (760, (*("Of nets", "Of nets"), *(f"On day {word}" for word in ("a", "b", "e", "f", "g", "h")))),
    ],
)
def test_first_lines_of_pages_that_are_no_heads_are_read(head: int, heads: tuple[str, ...]) -> None:
    text = _read(_book(head, heads)).text
    assert all(line in text for line in heads)


def test_boxes_and_words_of_a_page_are_not_looked_at_in_pairs() -> None:
    words = [(30 + 18 * (at % 30), 780 - 8 * (at // 30), f"w{at}") for at in range(600)]
    boxes = " ".join(f"{20 + 9 * (at % 60)} {20 + 9 * (at // 60)} 6 6 re f" for at in range(600))
    data = _pdf(f"{_shown(*words, size=6)} {boxes}")
    profile = Profile()
    document = profile.runcall(_read, data)
    assert {f"w{at}" for at in range(600)} <= set(document.text.split())
    assert sum(entry.callcount for entry in profile.getstats()) < 100 * 2 * len(words)


def test_code_within_a_paragraph_parts_it_nowhere() -> None:
    """The letters of code are of another height, and a line may hold nothing else."""
    content = (
        _shown((50, 700, "Set the option of the"))
        + _shown((170, 700, "authenticationModule"), size=10, font="M")
        + _shown((50, 686, "to one of those that the page of it names, or call"))
        + _shown((50, 672, "begin\\(\\)."), size=10, font="M")
        + _shown((50, 640, "turn \\(it\\)"), size=10, font="M")
        + _shown((50, 600, "Words of the next paragraph,"), (50, 586, "and more of them here."))
    )
    assert [(kind, text) for kind, _, _, text in _blocks(_pdf(content))] == [
        (
            BlockKind.PARAGRAPH,
            "Set the option of the authenticationModule to one of those that the page of it names, or call begin().",
        ),
        (BlockKind.CODE, "turn (it)"),
        (BlockKind.PARAGRAPH, "Words of the next paragraph, and more of them here."),
    ]


def test_a_bold_question_of_two_lines_is_a_heading() -> None:
    content = (
        _shown(
            (50, 720, "May I bring a dog of my own to the harbour on a day"),
            (50, 706, "on which boats leave?"),
            font="B",
        )
        + _shown((50, 686, "Yes, on a leash, wherever no ropes lie on the ground, and on no boat at all."))
        + _shown((50, 672, "It must not be left alone, and it is not to be fed by others who are there."))
        + _shown((50, 658, "Who brings it looks after it, and takes it away before the boats are unloaded."))
        + _shown((50, 644, "Whoever does not is asked to leave, and may come again on the day that follows."))
    )
    kinds = [kind for kind, _, _, _ in _blocks(_pdf(content))]
    assert kinds == [BlockKind.HEADING, BlockKind.PARAGRAPH]


def test_a_line_is_no_heading_for_letters_that_reach_above_and_below_it() -> None:
    def line(text: str, height: float) -> Line:
        return Line(text, 1, broken=False, height=height)

    sizes = sizes_of([*[line("the same words as ever in a line", 10.5)] * 20, line("A heading", 12.3)])
    assert sizes.level(line("A heading", 12.3)) == 1
    assert sizes.level(line("a dependency by others", 11.8)) is None


def test_words_of_a_line_are_as_high_as_those_with_the_fewest_letters_that_reach_out() -> None:
    def word(text: str, left: float, height: float) -> Word:
        return Word(text, left, 100.0, left + 6.0 * len(text), 100.0 + height, 1, Style())

    (line,) = laid_out([word("the", 50, 10.6), word("dependency", 72, 11.8), word("up", 136, 11.2)])
    assert isinstance(line, Line)
    assert line.height == pytest.approx(10.6)


def test_numbered_items_begin_anew_whatever_they_end_with() -> None:
    items = _shown(
        (50, 700, "9. Be kind"), (65, 686, "to others"), (44, 672, "10. No insults"), (44, 658, "12. is a dozen")
    )
    assert [text for _, _, _, text in _blocks(_pdf(items))] == ["9. Be kind to others", "10. No insults 12. is a dozen"]


def test_bullets_of_word_are_none_of_the_words() -> None:
    lines = [Line(text, 1, broken=False) for text in ("\uf0b7 Be kind", "\uf0a7 No insults")]
    assert [as_item(line.text) for line in lines] == ["Be kind", "No insults"]


def test_a_question_mark_alone_is_no_heading() -> None:
    def bold(text: str) -> Line:
        return Line(text, 1, broken=False, height=10.0, bold=True)

    sizes = Sizes((), bold=True)
    assert not sizes.is_bold_heading([bold("? ?")])
    assert sizes.is_bold_heading([bold("May I bring a dog of my own"), bold("?")])


def test_the_rest_of_a_broken_word_begins_no_heading() -> None:
    def line(text: str, bottom: float, height: float = 10.0, *, broken: bool = False) -> Line:
        return Line(text, 1, broken, left=50.0, bottom=bottom, height=height)

    text = [line("Every word of this line is less high than headings.", 700.0 - 12 * at) for at in range(12)]
    page = [
        line("Of Head", 740, 14.0, broken=True),
        line("ings", 724, 14.0),
        *text,
        line("It is said without a word that is in", 556, broken=True),
        line("direct, whatever reaches up", 544, 13.0),
        line("Of Lines", 520, 14.0),
    ]
    draft = Draft()
    Writer(draft, [page]).write({})
    document = draft.finished("a.pdf", "A", "0" * 64)
    headings = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    assert [document.text[block.start : block.end] for block in headings] == ["Of Headings", "Of Lines"]


def test_a_line_of_one_high_word_parts_no_paragraph() -> None:
    def words(text: str, bottom: float, line: int) -> list[Word]:
        boxes = ((text, 50.0 + 40 * at, 9.9 if text[-1] in "fy}" else 8.9) for at, text in enumerate(text.split()))
        return [Word(text, left, bottom, left + 38, bottom + height, line, Style()) for text, left, height in boxes]

    page = [*words("each member of its list", 100, 1), *words("${NAME[$i]}", 88, 2), *words("as they say here", 76, 3)]
    lines = [item for item in laid_out(page) if isinstance(item, Line)]
    assert [line.text for line in lines] == ["each member of its list", "${NAME[$i]}", "as they say here"]
    assert len(paragraphs(lines)) == 1
    assert len(paragraphs([replace(lines[1], bold=True), lines[2]])) == len(lines[1:])


_XS, _YS = (50, 150, 330, 430), (640, 600, 550, 514, 470)
_MANY_LINES = [
    *((60, 618, "Rule"), (160, 618, "What it means for"), (160, 606, "those who play"), (340, 618, "Who decides")),
    *((60, 578, "Late"), (60, 566, "arrivals"), (160, 578, "Wait until the next"), (160, 566, "pull begins, then"))
    , *((160, 554, "join"), (340, 566, "The leader"), (60, 530, "Loot"), (160, 530, "Voted upon by all"))
    , *((160, 518, "who were there"), (340, 530, "The raid"), (60, 490, "Mute"), (160, 490, "At most an hour"))
    , (340, 490, "Any"), (340, 478, "moderator"),
]  # fmt: skip
_MANY_ROWS = [
    "Rule | What it means for those who play | Who decides",
    "Late arrivals | Wait until the next pull begins, then join | The leader",
    "Loot | Voted upon by all who were there | The raid",
    "Mute | At most an hour | Any moderator",
]
_ACROSS = [f"{_XS[0]} {y} {_XS[-1] - _XS[0]} 0.7 re f" for y in _YS]
_IN_CELLS = [
    f"{left + 1} {below + 1} {right - left - 2} {above - below - 2} re S"
    for left, right in pairwise(_XS)
    for above, below in pairwise(_YS)
]
_GROUNDS = [
    f"0.9 g {left} {below} {right - left} {above - below} re f 0 g"
    for above, below in (_YS[1:3], _YS[3:5])
    for left, right in pairwise(_XS)
]
_LINES = {
    "around cells": [*_ACROSS, *(f"{x} {_YS[-1]} m {x} {_YS[0]} l S" for x in _XS)],
    "around cells that stand apart": _IN_CELLS,
    "between rows": _ACROSS[1:-1],
    "above and below rows": _ACROSS,
    "behind every other row": _GROUNDS,
    "around, and behind every other row": [*_ACROSS, *_GROUNDS, *(f"{x} 470 0.7 170 re f" for x in (50, 429))],
}
_AROUND = _shown(
    (50, 680, "Nobody has to know these rules by heart, but all that play are bound by"),
    (50, 666, "them, and so are those who only watch. They were voted upon in March."),
    (50, 440, "Whoever has been muted may ask any other moderator to look at it again,"),
    (50, 426, "once, and is told within a day what came of it and why that is so."),
)


def _rows(data: bytes) -> list[str]:
    return [text for kind, _, _, text in _blocks(data) if kind is BlockKind.TABLE]


@pytest.mark.parametrize("way", _LINES)
@pytest.mark.parametrize("by", ["rows", "columns"])
def test_cells_of_many_lines_stay_one_between_lines(way: str, by: str) -> None:
    words = _MANY_LINES if by == "rows" else sorted(_MANY_LINES, key=lambda word: (word[0], -word[1]))
    data = _pdf("\n".join(_LINES[way]) + "\n" + _AROUND + _shown(*words))
    assert _rows(data) == _MANY_ROWS
    assert _read(data).text.startswith("Nobody has to know") or by == "columns"


def test_cells_that_span_others_are_in_all_rows_and_columns_that_they_span() -> None:
    lines = ["50 500 300 100 re S", "150 500 m 150 600 l S", "150 560 m 350 560 l S", "250 500 m 250 560 l S"]
    lines += ["150 530 m 350 530 l S", "50 460 300 40 re S", "50 430 300 30 re S", "150 430 m 150 460 l S"]
    words = [
        (60, 560, "Day"),
        (160, 580, "Hall"),
        (160, 540, "Red"),
        (260, 540, "Blue"),
        (160, 510, "9"),
        (260, 510, "8"),
    ]
    words += [(60, 478, "Closed on holidays of"), (190, 478, "the town"), (60, 440, "Fee"), (160, 440, "None")]
    assert _rows(_pdf("\n".join(lines) + "\n" + _shown(*words))) == [
        "Day | Hall | Hall",
        "Day | Red | Blue",
        "Day | 9 | 8",
        "Closed on holidays of the town",
        "Fee | None | None",
    ]


def test_lines_of_a_chart_make_no_table_of_its_labels() -> None:
    lines = [f"{x} 400 m {x} 600 l S" for x in range(100, 401, 50)] + [
        f"100 {y} m 400 {y} l S" for y in range(400, 601, 40)
    ]
    labels = [(80, y, str(y)) for y in range(400, 601, 40)] + [(180, 470, "more"), (300, 550, "less")]
    assert _rows(_pdf("\n".join(lines) + "\n" + _shown(*labels))) == []


def test_lines_between_parts_of_a_page_make_no_table_of_its_text() -> None:
    lines = [f"50 {y} 380 0.7 re f" for y in (690, 650, 456, 410)]
    assert _rows(_pdf("\n".join(lines) + "\n" + _AROUND)) == []


def test_a_table_ends_where_another_begins() -> None:
    lines = [f"50 {y} 300 0.7 re f" for y in (600, 580, 560, 480, 460, 440)]
    words = [
        (60, 606, "Fish"),
        (200, 606, "Price"),
        (60, 586, "Cod"),
        (200, 586, "7"),
        (60, 566, "Eel"),
        (200, 566, "9"),
    ]
    words += [
        (60, 520, "Nets"),
        (60, 486, "Net"),
        (200, 486, "Mesh"),
        (60, 466, "Seine"),
        (200, 466, "4"),
        (60, 446, "Gill"),
    ]
    words += [(200, 446, "6")]
    document = _read(_pdf("\n".join(lines) + "\n" + _shown(*words)))
    assert document.text.split("\n\n") == ["Fish | Price\nCod | 7\nEel | 9", "Nets", "Net | Mesh\nSeine | 4\nGill | 6"]


def test_a_word_that_a_cells_line_breaks_is_whole() -> None:
    lines = [f"{x} 500 m {x} 560 l S" for x in (50, 150, 250)] + [f"50 {y} m 250 {y} l S" for y in (500, 530, 560)]
    words = [
        (60, 548, "Late"),
        (160, 548, "Wait for the mode-"),
        (160, 536, "rator"),
        (60, 510, "Loot"),
        (160, 510, "Vote"),
    ]
    assert _rows(_pdf("\n".join(lines) + "\n" + _shown(*words, size=10))) == [
        "Late | Wait for the moderator",
        "Loot | Vote",
    ]


@pytest.mark.parametrize("down", [(), (50, 170, 290, 410)])
def test_rows_between_the_head_and_the_last_line_of_a_table_stay_rows(down: tuple[int, ...]) -> None:
    lines = [f"50 {y} 360 0.7 re f" for y in (620, 600, 540)] + [f"{x} 540 m {x} 620 l S" for x in down]
    cells = [
        ("Country", "Capital", "Languages"),
        ("Belgium", "Brussels", "Dutch, French"),
        ("Malta", "Valletta", "Maltese"),
    ]
    cells += [("Czech Republic", "Prague", "Czech"), ("Finland", "Helsinki", "Finnish, Swedish")]
    words = [
        (60 + 120 * at, (605, 586, 573, 560, 547)[row], text)
        for row, texts in enumerate(cells)
        for at, text in enumerate(texts)
    ]
    assert _rows(_pdf("\n".join(lines) + "\n" + _shown(*words, size=10))) == [" | ".join(row) for row in cells]


def test_cells_of_many_lines_stay_one_where_rows_are_farther_apart() -> None:
    words = [(x + 10 * (x > 150), y, text) for x, y, text in _MANY_LINES]
    words += [
        (60, 440, "Raid"),
        (170, 440, "Open to all who"),
        (350, 440, "The leader"),
        (170, 428, "signed up for it"),
    ]
    assert _rows(_pdf(_shown(*words))) == [*_MANY_ROWS, "Raid | Open to all who signed up for it | The leader"]


def test_rows_of_groups_stay_rows_though_groups_are_farther_apart() -> None:
    cells = [("Fruit", "Apple", "3"), ("", "Pear", "14"), ("", "Plum", "8"), ("Roots", "Beet", "2"), ("", "Leek", "21")]
    words = [
        (60 + 100 * column, (600, 586, 572, 548, 534)[row], text)
        for row, texts in enumerate(cells)
        for column, text in enumerate(texts)
        if text
    ]
    assert _rows(_pdf(_shown(*words))) == [
        "Fruit | Apple | 3",
        "| Pear | 14",
        "| Plum | 8",
        "Roots | Beet | 2",
        "| Leek | 21",
    ]


def test_paragraphs_of_two_columns_that_begin_beside_each_other_are_no_rows() -> None:
    left = ("The ferry leaves at", "nine from the old pier", "and comes back before", "the sun goes down.")
    right = ("Bicycles travel for", "nothing, but dogs pay", "half of what a child", "of seven would pay.")
    ys = [700 - 14 * line - 10 * (line // 4) for line in range(12)]
    words = [word for at, y in enumerate(ys) for word in ((60, y, left[at % 4]), (330, y, right[at % 4]))]
    document = _read(_pdf(_shown(*words)))
    assert not any(block.kind is BlockKind.TABLE for block in document.blocks)
    assert document.text.startswith(" ".join(left))


def test_lines_of_code_that_are_set_as_paragraphs_have_no_empty_lines_between_them() -> None:
    code = [(60, 700, "def f\\(\\):"), (74, 678, "return 1"), (60, 634, "f\\(\\)")]
    assert _read(_pdf(_shown(*code, size=9, font="M"))).text == "def f():\n   return 1\n\nf()"
    spaced = [(60, 700, "a = 1"), (60, 678, "b = 2")]
    assert _read(_pdf(_shown(*spaced, size=9, font="M"))).text == "a = 1\n\nb = 2"


_PLAIN_ROWS = [
    *((60, 600, "Fee"), (160, 600, "What it is for"), (60, 578, "Boat"), (160, 578, "A day on the lake, with")),
    *((160, 566, "oars and vests"), (60, 548, "Net"), (160, 548, "One evening"), (60, 530, "Large")),
    *((60, 518, "trailer"), (160, 530, "Parking until noon"), (60, 500, "Hut"), (160, 500, "A night")),
]  # fmt: skip


@pytest.mark.parametrize("down", [(), (50, 150, 330)])
def test_rows_without_lines_between_them_are_no_row_where_some_have_many_lines(down: tuple[int, ...]) -> None:
    lines = [f"50 {y} 280 0.7 re f" for y in (616, 592, 490)] + [f"{x} 490 m {x} 616 l S" for x in down]
    document = _read(_pdf("\n".join(lines) + "\n" + _shown(*_PLAIN_ROWS, size=10)))
    rows = document.text.splitlines()
    assert len(rows) > 4
    assert not any("Boat" in row and "Hut" in row for row in rows)


def test_headings_above_tables_are_headings_where_all_text_is_in_these() -> None:
    pages = []
    for name in ("Boats", "Nets"):
        down = [f"{x} 600 m {x} 660 l S" for x in (50, 150, 330)]
        lines = [f"50 {y} m 330 {y} l S" for y in (600, 620, 640, 660)] + down
        words = [(60, y, f"{name} {y}") for y in (606, 626, 646)] + [
            (160, y, "Kept at the quay") for y in (606, 626, 646)
        ]
        pages.append("\n".join(lines) + "\n" + _shown((50, 680, name), size=14) + _shown(*words, size=10))
    kinds = {text: kind for kind, _, _, text in _blocks(_pdf(*pages))}
    assert (kinds["Boats"], kinds["Nets"]) == (BlockKind.HEADING, BlockKind.HEADING)


def test_code_in_cells_keeps_its_lines() -> None:
    lines = [f"{x} 520 m {x} 620 l S" for x in (50, 150, 330)] + [f"50 {y} m 330 {y} l S" for y in (520, 600, 560, 620)]
    code = [(160, 588, "if late:"), (176, 576, "wait\\(\\)"), (160, 548, "while open:"), (176, 536, "sell\\(\\)")]
    words = [(60, 606, "Task"), (160, 606, "Example"), (60, 588, "Wait"), (60, 548, "Sell")]
    blocks = _blocks(_pdf("\n".join(lines) + "\n" + _shown(*words, size=10) + _shown(*code, size=9, font="M")))
    code = "\n".join(text for kind, _, _, text in blocks if kind is BlockKind.CODE)
    assert "if late:\n   wait()" in code
    assert "while open:\n   sell()" in code


def test_lines_of_code_with_grounds_are_code() -> None:
    grounds = [f"0.9 g 50 {y} 300 12 re f 0 g" for y in (600, 588, 576, 564)]
    lines = [(60, 603, "--all     every boat"), (60, 591, "--long    with oars"), (60, 579, "-h        this help")]
    data = _pdf("\n".join(grounds) + "\n" + _shown(*lines, (60, 567, "-q        nothing"), size=9, font="M"))
    assert [kind for kind, *_ in _blocks(data)] == [BlockKind.CODE]


@pytest.mark.parametrize("touching", [False, True])
def test_a_table_that_holds_or_touches_another_repeats_no_values(*, touching: bool) -> None:
    lines = [f"50 {y} m 350 {y} l S" for y in (500, 520, 540, 560, 580, 600)]
    words = [(60, y, f"Boat {y}") for y in (506, 526, 546, 566, 586)]
    if touching:
        lines += ["50 500 m 50 600 l S", "350 500 m 350 600 l S", "200 540 m 200 600 l S", "120 500 m 120 540 l S"]
        words += [(210, y, f"Fee {y}") for y in (546, 566, 586)] + [(130, y, f"Fee {y}") for y in (506, 526)]
    else:
        lines += [f"{x} 500 m {x} 600 l S" for x in (50, 150, 350)] + ["250 520 m 250 540 l S"]
        words += [(160, y, f"Fee {y}") for y in (506, 526, 546, 566, 586)] + [(260, 526, "Inner")]
    text = _read(_pdf("\n".join(lines) + "\n" + _shown(*words, size=10))).text
    assert [text.count(f"{what} {y}") for what in ("Boat", "Fee") for y in (506, 526, 546, 566, 586)] == [1] * 10


def test_many_lines_on_a_page_of_many_words_take_little_time() -> None:
    words = _shown(*((60 + 40 * (at % 12), 780 - 6 * (at // 12), "w") for at in range(1_500)), size=5)
    lines = "\n".join(f"50 {y} 520 0.1 re f" for y in range(20, 780, 4))
    with Profile() as profile:
        _read(_pdf(lines + "\n" + words))
    assert sum(entry.callcount for entry in profile.getstats()) < 280 * 1_500


def _in_parts(*parts: tuple[int, int, str], y: int = 700) -> str:
    """Return one text of parts, each with its size and how far it is raised."""
    shown = "".join(f"/F {size} Tf {rise} Ts ({text}) Tj " for size, rise, text in parts)
    return f"BT 50 {y} Td {shown}ET\n"


@pytest.mark.parametrize("small", ["10 people", "2024", "8 nets"])
def test_small_figures_beside_a_large_number_are_not_raised(small: str) -> None:
    """Such as the number of a chapter, or one that a poster shows in large letters."""
    below = _shown((50, 500, "It was a good year for nets and boats alike."))
    for parts in (((24, 0, "3"), (10, 12, small)), ((24, 0, "Nr. 3"), (10, 12, small)), ((12, 0, "3 "), (8, 5, small))):
        assert not set("⁰¹²³⁴⁵⁶⁷⁸⁹") & {*_read(_pdf(_in_parts(*parts) + below)).text}


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (((12, 0, "It holds 10"), (8, 5, "6"), (12, 0, " grains of salt.")), "It holds 10⁶ grains of salt."),
        (((12, 0, "It is 10"), (8, 5, "-3"), (12, 0, " m"), (8, 5, "2"), (12, 0, "/s.")), "It is 10⁻³ m²/s."),
        (((12, 0, "E = mc"), (8, 5, "2"), (12, 0, ". So it goes.")), "E = mc². So it goes."),
        (((12, 0, "H"), (8, -3, "2"), (12, 0, "O is water.")), "H2O is water."),
        (((12, 0, "The 2"), (8, 5, "nd"), (12, 0, " of 10 boats.")), "The 2nd of 10 boats."),
        (((12, 0, "A claim."), (8, 5, "1"), (12, 0, " Another.")), "A claim.¹ Another."),
        (((12, 0, "As told"), (8, 5, "[4]"), (12, 0, " before.")), "As told[4] before."),
        (((12, 0, "It costs 1"), (12, 0, "2"), (12, 0, " euro.")), "It costs 12 euro."),
    ],
)
def test_raised_figures_stay_above_the_line(parts: tuple[tuple[int, int, str], ...], text: str) -> None:
    assert _read(_pdf(_in_parts(*parts))).text == text


def test_a_cell_over_several_rows_may_have_as_many_lines() -> None:
    lines = "".join(f"{x} 600 m {x} 700 l S " for x in (50, 150, 250)) + "50 700 m 250 700 l S 50 600 m 250 600 l S "
    lines += "50 660 m 250 660 l S 150 630 m 250 630 l S "
    words = (
        (60, 675, "Kind"),
        (160, 675, "Price"),
        (60, 640, "Week"),
        (60, 610, "end"),
        (160, 640, "9"),
        (160, 610, "8"),
    )
    assert _read(_pdf(lines + _shown(*words))).text == "Kind | Price\nWeek end | 9\nWeek end | 8"


_WIDTHS = {"N": 722, "m": 833, "w": 722, "s": 500, "r": 333, "t": 278, " ": 278, ".": 278}
"""Those of Helvetica, in thousandths of its size, where they are not 556."""


def test_what_is_struck_out_by_a_line_or_a_remark_is_marked() -> None:
    corners = "/QuadPoints [50 662 84 662 50 648 84 648]"
    remark = f"<< /Type /Annot /Subtype /StrikeOut /Rect [50 648 84 662] {corners} >>"
    text = _shown((50, 700, "Free on Monday."), (50, 650, "Never on Sunday.")) + "50 704 m 74 704 l S"
    page = _pdf(text, page="/Annots [6 0 R]", more=(remark,))
    assert _read(page).text == "~~Free~~ on Monday.\n\n~~Never~~ on Sunday."


def test_items_with_dashes_are_items_and_dashes_in_a_sentence_are_none() -> None:
    rules = _shown(
        (50, 700, "What holds in the house by day and by night, for all that come:"),
        (50, 686, "\\226 no fire"),
        (50, 672, "\\226 no dogs, unless whoever keeps the house has allowed them to"),
        (60, 658, "be there"),
        (50, 644, "\\226 no noise"),
        (50, 600, "The head of the house \\226 who is there until ten at night, or else"),
        (50, 586, "\\226 on Sundays, say \\226 can be called by telephone \\226 tells what to do"),
        (50, 572, "\\226 as far as that is known to anybody at all in the house."),
    )
    fonts = _pdf(rules).replace(b"/BaseFont /Helvetica >>", b"/BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    texts = [(kind, text) for kind, _, _, text in _blocks(fonts)]
    assert [text for kind, text in texts if kind is BlockKind.LIST_ITEM] == [
        "no fire",
        "no dogs, unless whoever keeps the house has allowed them to be there",
        "no noise",
    ]
    assert [kind for kind, _ in texts] == [BlockKind.PARAGRAPH, *[BlockKind.LIST_ITEM] * 3, BlockKind.PARAGRAPH]


def test_questions_and_numbers_in_brackets_begin_paragraphs_where_a_sentence_ended() -> None:
    lines = (
        *(
            (50, 700, "Rules of the club of rowers:"),
            (50, 686, "(1) Who pays is in; and"),
            (50, 672, "(2) who does not pay"),
        ),
        *((50, 658, "(3) and (4) may be asked to leave."), (50, 644, "Q: May I swim?"), (50, 630, "A: Yes.")),
        *((50, 616, "a. boats"), (50, 602, "b. oars")),
    )
    assert [text for *_, text in _blocks(_pdf(_shown(*lines)))] == [
        *("Rules of the club of rowers:", "(1) Who pays is in; and"),
        "(2) who does not pay (3) and (4) may be asked to leave.",
        *("Q: May I swim?", "A: Yes.", "a. boats", "b. oars"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        (
            "We meet on the",
            "3. September at ten and",
            "1.5 kilometres on,",
            "where the house of the club stands by the river that leads to the sea.",
        ),
        ("See no.", "(2) of the rules of the club as they were voted upon"),
        (
            "Call us in the morning, or after lunch between 2",
            "- 5 in the afternoon.",
            "On Sundays nobody is there, so write to us before, or come on another day.",
        ),
        ("It is", "– as far as we know – true, and has been for all that came in."),
    ],
)
def test_no_sentence_is_cut_where_a_short_line_ends_and_the_next_begins_with_a_number_or_a_dash(
    lines: tuple[str, ...],
) -> None:
    shown = _shown(*((50, 700 - 14 * at, line.replace("–", "\\226")) for at, line in enumerate(lines)))
    data = _pdf(shown).replace(b"/BaseFont /Helvetica >>", b"/BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    assert [text for *_, text in _blocks(data)] == [" ".join(lines)]


@pytest.mark.parametrize("values", [("- 18 at best", "- 20 at night"), ("- $5 for boats", "- $7 for oars")])
def test_a_minus_stays(values: tuple[str, str]) -> None:
    lines = ((50, 700, "Values of the week:"), (50, 686, values[0]), (50, 672, values[1]))
    assert _read(_pdf(_shown(*lines))).text == f"Values of the week: {' '.join(values)}"


def test_a_hyphen_for_the_rest_of_a_word_stays_one() -> None:
    lines = ((50, 700, "On 24-"), (50, 686, "hour days, write about arrivals, An-"), (50, 672, "und Abreise, to us."))
    assert _blocks(_pdf(_shown(*lines)))[0][3] == "On 24-hour days, write about arrivals, An- und Abreise, to us."


def test_a_number_with_a_hyphen_goes_on_without_a_blank_in_a_word_that_the_document_knows_alone() -> None:
    lines = ((50, 700, "From 9500-"), (50, 686, "specifies, grade 5-"), (50, 672, "Total, and an 88-"))
    more = ((50, 658, "Color screen; the 88-Color screens are new."),)
    assert _read(_pdf(_shown(*lines, *more))).text == (
        "From 9500- specifies, grade 5- Total, and an 88-Color screen; the 88-Color screens are new."
    )


def test_a_line_struck_out_is_marked_in_each_block_and_once_in_one() -> None:
    struck = "50 654 m 90 654 l S 50 640 m 90 640 l S 50 604 m 110 604 l S 50 704 m 78 704 l S 300 704 m 328 704 l S "
    lines = ((50, 700, "Card"), (300, 700, "Now"), (50, 650, "Never"), (50, 636, "more"), (50, 600, "1. Boats"))
    wide = struck.replace(" 90 ", " 84 ").replace("110", "100")
    assert [text for *_, text in _blocks(_pdf(_shown(*lines) + wide))] == [
        "~~Card~~ ~~Now~~",
        "~~Never more~~",
        "1. ~~Boats~~",
    ]


def test_lines_that_are_drawn_before_the_text_lie_behind_it() -> None:
    assert _read(_pdf("50 704 m 74 704 l S " + _shown((50, 700, "Free on Monday.")))).text == "Free on Monday."


def test_what_is_filled_in_over_lines_is_not_struck_out() -> None:
    note = "<< /Type /Annot /Subtype /FreeText /Rect [50 646 150 658] /Contents (Paid in full) /DA (/F 12 Tf) >>"
    page = _pdf(_shown((50, 700, "Fees.")) + "50 652 m 150 652 l S", page="/Annots [6 0 R]", more=(note,))
    assert _read(page).text == "Fees.\n\nPaid in full"


def test_lines_of_a_drawing_that_is_put_elsewhere_strike_out_nothing() -> None:
    drawing = (
        "<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Length 23 >>\nstream\n50 704 m 74 704 l S    \nendstream"
    )
    text = _shown((50, 700, "Free on Monday.")) + "q 1 0 0 1 200 -300 cm /D Do Q"
    page = _pdf(text, more=(drawing,)).replace(b"/Resources <<", b"/Resources << /XObject << /D 6 0 R >>")
    assert _read(page).text == "Free on Monday."


def test_few_words_beside_what_they_mean_are_rows_that_go_on_on_the_right() -> None:
    meanings = (
        (50, 640, "Member"), (200, 640, "whoever has paid the fee of the year and has a card for"),
        (200, 626, "the gate, or the key to it, which costs more than"), (200, 612, "the card"),
        (50, 598, "Guest"), (200, 598, "whoever comes with a member, at most three times a year"),
        (50, 584, "Head of the board"), (200, 584, "one of five who are voted for in the spring, for two years"),
        (200, 570, "and no longer"), (50, 540, "All others stay outside of the gate."),
    )  # fmt: skip
    read = _read(_pdf(_shown((50, 700, "Words"), size=24) + _shown(*meanings)))
    assert [read.text[block.start : block.end] for block in read.blocks] == [
        "Words",
        (
            "Member | whoever has paid the fee of the year and has a card for the gate, or the key to it, which costs "
            "more than the card"
        ),
        "Guest | whoever comes with a member, at most three times a year",
        "Head of the board | one of five who are voted for in the spring, for two years and no longer",
        "All others stay outside of the gate.",
    ]
    assert read.blocks[0].kind is BlockKind.HEADING


def _beside(term: str, y: int, *meaning: str) -> str:
    return _shown((50, y, term), *((200, y - 14 * at, line) for at, line in enumerate(meaning)))


def test_words_that_lines_of_a_meaning_break_are_whole_and_numbers_are_no_terms() -> None:
    meaning = (
        "The sum that is paid for the insur\\255",
        "ance of the house and all its boats",
        "and of what is in it",
    )

    def blocks(*terms: str) -> list[tuple[BlockKind, int | None, int, str]]:
        shown = "".join(_beside(term, 700 - 42 * at, *meaning) for at, term in enumerate(terms))
        return _blocks(
            _pdf(shown).replace(b"/BaseFont /Helvetica >>", b"/BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
        )

    text = "The sum that is paid for the insurance of the house and all its boats and of what is in it"
    terms = ("Premium", "Deductible", "Card")
    assert [text for *_, text in blocks(*terms)] == [f"{term} | {text}" for term in terms]
    assert not any(kind is BlockKind.TABLE for kind, *_ in blocks("12", "13", "14"))


def test_bold_terms_of_a_table_do_not_keep_bold_lines_from_being_headings() -> None:
    terms = ("Harbour master", "Swimming pool", "Tennis courts", "Sailing school", "Youth hostel", "Lost property")
    table = "".join(
        _shown((50, 600 - 16 * at, term), font="B") + _shown((250, 600 - 16 * at, "call 12345"))
        for at, term in enumerate(terms)
    )
    shown = _shown((50, 700, "Opening hours"), font="B")
    shown += _shown((50, 680, "The pool is open on all days of the week from May to September, but not"))
    shown += _shown((50, 666, "in heavy rain. Dogs must stay outside of the fence on all days."))
    shown += _shown((50, 630, "Contacts"), font="B")
    headings = [text for kind, *_, text in _blocks(_pdf(shown + table)) if kind is BlockKind.HEADING]
    assert headings == ["Opening hours", "Contacts"]


def test_a_scanned_page_with_a_number_below_is_named() -> None:
    scan = (
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
    )
    picture = "q 600 0 0 800 0 0 cm /S Do Q "
    pages = (_shown((50, 700, "The first page.")), picture + _shown((300, 20, "Page 2")))
    data = _pdf(*pages, more=(f"{scan}\nstream\n0\nendstream",))
    read = _read(data.replace(b"/Resources <<", b"/Resources << /XObject << /S 8 0 R >>"))
    assert read.text == "The first page.\n\nPage 2"
    assert [reason.split(",")[0] for reason in read.unread] == ["page 2 holds a picture alone"]
    year = _pdf(pages[0], picture + _shown((200, 400, "2024"), size=80), more=(f"{scan}\nstream\n0\nendstream",))
    read = _read(year.replace(b"/Resources <<", b"/Resources << /XObject << /S 8 0 R >>"))
    assert (read.text, list(read.unread)) == ("The first page.\n\n2024", [])


def test_bullets_that_are_drawn_begin_items() -> None:
    """As Chromium draws them: a circle is a path, and no letter."""
    circle = "{0} {1} m {0} {2} {3} {2} {3} {1} c {3} {4} {0} {4} {0} {1} c f\n"
    dots = "".join(circle.format(50, y, y + 2, 54, y - 2) for y in (703, 675))
    lines = ((62, 700, "bring soap."), (62, 686, "Towels are there"), (62, 672, "bring slippers"))
    assert [(kind, text) for kind, _, _, text in _blocks(_pdf(dots + _shown(*lines)))] == [
        (BlockKind.LIST_ITEM, "bring soap. Towels are there"),
        (BlockKind.LIST_ITEM, "bring slippers"),
    ]
    assert len(_blocks(_pdf(circle.format(50, 703, 705, 54, 701) + _shown(*lines)))) == 1


def test_bullets_that_are_drawn_before_code_do_not_become_a_part_of_it() -> None:
    circle = "{0} {1} m {0} {2} {3} {2} {3} {1} c {3} {4} {0} {4} {0} {1} c f\n"
    dots = "".join(circle.format(50, y, y + 2, 54, y - 2) for y in (703, 689))
    code = _shown((62, 700, "http://a.example"), (62, 686, "http://b.example"), font="M")
    assert _read(_pdf(dots + code)).text == "http://a.example\nhttp://b.example"
