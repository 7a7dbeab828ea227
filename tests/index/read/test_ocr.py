"""Text in pictures: scanned pages and files that are pictures, what is left out of them, and what is refused."""

from __future__ import annotations

import importlib.util
import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from index.encode.encoder import Encoder
from index.errors import UnreadableError
from index.library import library as documents
from index.read.file import document_of
from index.read.folder import walk
from index.read.kinds import PICTURES
from index.read.missing import ILLEGIBLE
from index.read.ocr.engine import Seen
from index.read.ocr.mode import Mode, mode_of
from index.read.ocr.picture import DAMAGED, LATE, MOST_MEGAPIXELS, NO_TEXT, TOO_LARGE, pixels
from index.read.ocr.reader import Ocr
from index.read.ocr.words import SURE, words_of
from index.read.options import ReaderContext, ReadingOptions
from index.read.process import ReaderProcess
from index.records import BlockKind, Document, LeftOut, SourceFile
from index.store.disk.shelf import Shelf
from tests.index.conftest import Library, quiet

pytestmark = pytest.mark.xdist_group("ocr")  # the models are loaded once

_MISSING = [name for name in ("rapidocr", "onnxruntime") if importlib.util.find_spec(name) is None]
needs_models = pytest.mark.skipif(bool(_MISSING), reason=f"not installed: {', '.join(_MISSING)} (the extra `ocr`)")

_Line = tuple[int, int, str]


def _drawn(*lines: _Line, size: tuple[int, int] = (900, 420), heading: str = "", colour: str = "black") -> Image.Image:
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    draw.text((40, 24), heading, font=ImageFont.load_default(52), fill=colour)
    for x, y, text in lines:
        draw.text((x, y), text, font=ImageFont.load_default(26), fill=colour)
    return picture


def _saved(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    data = io.BytesIO()
    picture.copy().save(data, kind, **options)  # what a JPEG is saved with stays with the picture
    return data.getvalue()


def _scan(*pages: Image.Image) -> bytes:
    return _saved(pages[0], "PDF", save_all=True, append_images=[page.copy() for page in pages[1:]], resolution=110)


_RULES = _drawn(
    (40, 120, "Boats leave the pier before nine o'clock,"),
    (40, 154, "and the warden collects the keys."),
    (40, 260, "A berth costs 12.50 euros a night."),
    heading="Harbour rules",
)
_BLANK = Image.new("RGB", (300, 200), "navy")


@pytest.fixture(scope="module")
def ocr() -> Ocr:
    return Ocr(Mode.ON, 60.0)


def _read(data: bytes, name: str, ocr: Ocr) -> Document:
    ocr.next_file()
    return document_of(data, name, context=ReaderContext(ocr))


def _texts(document: Document) -> list[tuple[BlockKind, int | None, str]]:
    return [(block.kind, block.page, document.text[block.start : block.end]) for block in document.blocks]


@needs_models
def test_a_picture_is_a_document_with_its_headings_and_paragraphs(ocr: Ocr) -> None:
    document = _read(_saved(_RULES), "rules.png", ocr)
    assert document.title == "Harbour rules"
    assert _texts(document) == [
        (BlockKind.HEADING, None, "Harbour rules"),
        (BlockKind.PARAGRAPH, None, "Boats leave the pier before nine o'clock, and the warden collects the keys."),
        (BlockKind.PARAGRAPH, None, "A berth costs 12.50 euros a night."),
    ]
    assert document.unread == ()


@needs_models
def test_scanned_pages_stand_in_their_place_among_the_others(ocr: Ocr) -> None:
    document = _read(_scan(_drawn((40, 40, "First page"), size=(400, 120)), _BLANK, _RULES), "scan.pdf", ocr)
    assert [(page, text) for _, page, text in _texts(document)][:2] == [(1, "First page"), (3, "Harbour rules")]
    assert document.unread == ("page 2 holds a picture alone, in which no text can be read",)


@needs_models
def test_columns_are_read_one_after_the_other(ocr: Ocr) -> None:
    left = ("The ferry leaves at nine", "from the old pier and", "comes back before the", "sun goes down.")
    right = ("Tickets are sold aboard", "and in the kiosk, which", "opens an hour before, at", "the printed price.")
    lines = [(x, 60 + 36 * at, text) for x, column in ((40, left), (480, right)) for at, text in enumerate(column)]
    document = _read(_saved(_drawn(*lines, size=(860, 240))), "columns.webp", ocr)
    assert " ".join(document.text.split()) == " ".join((*left, *right))


@needs_models
@pytest.mark.parametrize("kind", ["JPEG", "GIF", "TIFF", "BMP", "WEBP"])
def test_of_every_kind_of_picture_the_first_is_read(ocr: Ocr, kind: str) -> None:
    picture = _drawn((20, 14, "Gate 7 is closed"), size=(300, 60))
    several = {"save_all": True, "append_images": [_BLANK.copy()]} if kind in {"GIF", "TIFF"} else {}
    assert _read(_saved(picture, kind, **several), f"gate.{kind.lower()}", ocr).text == "Gate 7 is closed"


@needs_models
def test_light_letters_on_nothing_are_read(ocr: Ocr) -> None:
    picture = Image.new("RGBA", (300, 60), (0, 0, 0, 0))
    ImageDraw.Draw(picture).text((20, 14), "Gate 7 is closed", font=ImageFont.load_default(26), fill="white")
    assert _read(_saved(picture), "gate.png", ocr).text == "Gate 7 is closed"


@needs_models
def test_a_photo_that_lies_on_its_side_is_read_upright(ocr: Ocr) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise
    turned = _drawn((20, 14, "Gate 7 is closed"), size=(300, 60)).transpose(Image.Transpose.ROTATE_90)
    assert _read(_saved(turned, "JPEG", exif=exif, quality=95), "gate.jpg", ocr).text == "Gate 7 is closed"


@needs_models
def test_a_picture_without_text_is_named(ocr: Ocr) -> None:
    with pytest.raises(UnreadableError, match=NO_TEXT):
        _read(_saved(_BLANK), "blue.png", ocr)


@needs_models
def test_pages_for_which_there_is_no_time_are_named_and_the_others_kept() -> None:
    page = _drawn((20, 14, "Gate 7 is closed"), size=(300, 60))
    hurried = Ocr(Mode.ON, 0.0)
    document = _read(_scan(*[page] * 6), "long.pdf", hurried)
    assert [page for _, page, _ in _texts(document)] == [1]
    assert document.unread == (
        (
            "pages 2 to 6 hold pictures alone and were not read for want of time: raise QUOTH_READ_SECONDS and run "
            "`quoth index build --fresh`"
        ),
    )


@needs_models
def test_a_long_picture_is_read_in_strips_while_there_is_time(ocr: Ocr) -> None:
    long = _drawn((20, 20, "Gate 7 is closed"), (20, 2200, "Gate 8 is open"), size=(300, 2400))
    assert _read(_saved(long), "long.png", ocr).text.split("\n\n") == ["Gate 7 is closed", "Gate 8 is open"]
    hurried = document_of(_saved(long), "long.png", context=ReaderContext(Ocr(Mode.ON, 0.0)))
    assert (hurried.text, hurried.unread) == ("Gate 7 is closed", (LATE,))


def test_without_the_packages_it_is_said_what_to_install() -> None:
    missing = Ocr(Mode.MISSING, 30.0)
    for data, name in ((_saved(_RULES), "rules.png"), (_scan(_RULES), "scan.pdf")):
        with pytest.raises(UnreadableError, match=r"install the extra by `pip install -e '\.\[ocr\]'`"):
            document_of(data, name, context=ReaderContext(missing))


def test_pictures_are_documents_only_where_they_are_read(tmp_path: Path) -> None:
    names = {f"a{kind}" for kind in PICTURES}
    for name in names:
        (tmp_path / name).write_bytes(_saved(_BLANK))
    off, on = walk(tmp_path), walk(tmp_path, pictures=True)
    assert {left.source: left.reason for left in off.left_out} == {
        name: f"`{Path(name).suffix}` files are not read" for name in names
    }
    assert {file.source for file in on.files} == names
    assert (off.files, on.left_out) == ((), ())
    with pytest.raises(UnreadableError, match=r"`\.png` files are not read"):
        document_of(_saved(_RULES), "rules.png")


def test_off_is_off() -> None:
    assert mode_of(wanted=False) is Mode.OFF
    assert mode_of(wanted=True) is (Mode.MISSING if _MISSING else Mode.ON)


@needs_models
def test_switching_it_on_and_off_reads_scans_anew_and_leaves_the_rest(built: Library) -> None:
    (built.documents / "scan.pdf").write_bytes(_scan(_RULES))
    (built.documents / "a.md").write_text("# Gate\n\nGate 7 is closed.\n", "utf-8")
    off = built.builder().build(built.documents, quiet)
    assert [left.reason for left in off.left_out] == ["holds no text, perhaps only pictures: run it through OCR first"]
    pictured = documents.Library(built.documents, reading=ReadingOptions(Mode.ON))
    on = built.builder().build(pictured, quiet)
    assert (on.swapped, on.added, on.changed, on.left_out) == (True, ("scan.pdf",), (), ())
    assert built.ask("What does a berth cost a night?").quotes[0].page == 1
    assert not built.builder().build(pictured, quiet).swapped
    again = built.builder().build(built.documents, quiet)
    assert (again.swapped, again.removed) == (True, ("scan.pdf",))


@pytest.fixture
def built(tmp_path: Path, encoder: Encoder) -> Library:
    (tmp_path / "documents").mkdir()
    return Library(tmp_path / "documents", Shelf(tmp_path / "data"), encoder)


# What RapidOCR may say of a page


def _seen(text: str, x: int, y: int, score: float = 0.99, height: int = 20) -> Seen:
    right = x + 10 * len(text)
    return Seen(text, score, ((x, y), (right, y), (right, y + height), (x, y + height)))


def test_a_line_that_is_not_certain_is_marked_and_dirt_is_passed_over() -> None:
    page = words_of([_seen("Open at", 0, 0), _seen("n1ne", 0, 30, SURE - 0.1), _seen("x", 0, 60, 0.6)], 100)
    assert " ".join(word.text for word in page.words) == f"Open at {ILLEGIBLE}"
    assert page.unsure


def test_a_page_of_which_nothing_is_certain_holds_no_text() -> None:
    assert words_of([_seen("scribble", 0, 0, 0.6)], 100).words == []


def test_a_page_that_lies_askew_has_its_lines_beside_each_other() -> None:
    def askew(text: str, x: int, y: int) -> Seen:
        corners = _seen(text, x, y).corners
        return Seen(text, 0.99, tuple((across, down + 0.05 * across) for across, down in corners))

    page = words_of(
        [askew("Price", 0, 0), askew("12 euros", 800, 0), askew("Hours", 0, 24), askew("9 to 5", 800, 24)], 200
    )
    rows: dict[int, list[str]] = {}
    for word in page.words:
        rows.setdefault(word.line, []).append(word.text)
    assert list(rows.values()) == [["Price", "12", "euros"], ["Hours", "9", "to", "5"]]


# Pictures that are made to do harm


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width: int, height: int, *chunks: bytes) -> bytes:
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + _chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [8_000, 15_000, 50_000, 2**31 - 1])
def test_a_picture_bomb_is_refused_before_it_is_unpacked(side: int) -> None:
    assert side**2 > MOST_MEGAPIXELS * 1_000_000
    with pytest.raises(UnreadableError, match=f"{TOO_LARGE}|{DAMAGED}"):
        pixels(_png(side, side, _chunk(b"IDAT", zlib.compress(bytes(1_000_000)))))


_DAMAGED = {
    "cut": _saved(_RULES)[:900],
    "of no pixels": _png(0, 0),
    "without pixels": _png(100, 100),
    "a bomb of words": _png(10, 10, _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(80_000_000)))),
    "another kind": b"<svg xmlns='http://www.w3.org/2000/svg'><text>Gate</text></svg>",
    "a cut photo": _saved(_RULES, "JPEG")[:500],
    "noise": np.random.default_rng(7).bytes(5_000),
    "a cut TIFF": _saved(_RULES, "TIFF", compression="tiff_lzw")[:300],
    "a cut GIF": _saved(_RULES, "GIF")[:200],
}


@pytest.mark.parametrize("data", _DAMAGED.values(), ids=list(_DAMAGED))
def test_a_damaged_picture_is_called_damaged(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=DAMAGED):
        pixels(data)


@pytest.mark.parametrize("size", [(1, 1), (1, 20_000), (20_000, 1)])
@needs_models
def test_a_picture_of_an_odd_shape_holds_no_text(ocr: Ocr, size: tuple[int, int]) -> None:
    with pytest.raises(UnreadableError, match=NO_TEXT):
        _read(_saved(Image.new("RGB", size, "white")), "odd.png", ocr)


@pytest.fixture
def process() -> Iterator[ReaderProcess]:
    process = ReaderProcess(20.0, 2048, ReadingOptions(Mode.ON))
    yield process
    process.end()


@needs_models
def test_the_reading_process_reads_pictures_within_its_limits(process: ReaderProcess, tmp_path: Path) -> None:
    """Neither the limit on memory nor those on files keep the models from being loaded, and nothing is fetched."""
    (tmp_path / "gate.png").write_bytes(_saved(_drawn((20, 14, "Gate 7 is closed"), size=(300, 60))))
    outcome = process.read(SourceFile("gate.png", tmp_path / "gate.png"))
    assert isinstance(outcome, Document), outcome
    assert outcome.text == "Gate 7 is closed"


@needs_models
def test_where_memory_is_short_one_picture_is_lost_and_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "gate.png").write_bytes(_saved(_RULES))
    (tmp_path / "a.md").write_text("# Gate\n\nGate 7 is closed.\n", "utf-8")
    process = ReaderProcess(20.0, 400, ReadingOptions(Mode.ON))
    try:
        lost = process.read(SourceFile("gate.png", tmp_path / "gate.png"))
        kept = process.read(SourceFile("a.md", tmp_path / "a.md"))
    finally:
        process.end()
    assert isinstance(lost, LeftOut)
    assert lost.reason == "needs more than 400 MiB of memory to read"
    assert isinstance(kept, Document)
