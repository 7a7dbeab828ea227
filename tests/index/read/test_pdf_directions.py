"""Lines of a PDF with letters from right to left, which a page holds as they are drawn."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import pytest

from index.read.pdf.directions import (
    Glyph,
    Space,
    in_reading_order,
    is_leftward,
    line_is_leftward,
    table_is_leftward,
    with_brackets,
)
from tests.index.read.test_pdf import _blocks, _pdf

_WIDE = 10.0


def _drawn(shown: str, order: Sequence[int] | None = None) -> tuple[list[Glyph], list[Space]]:
    """Return what is drawn from the left as glyphs of one width, in an order of the file, and its spaces."""
    glyphs = [
        Glyph(character, _WIDE * at, _WIDE * (at + 1), at) for at, character in enumerate(shown) if character != " "
    ]
    spaces = [Space(_WIDE * (at + 0.5), inferred=False) for at, character in enumerate(shown) if character == " "]
    return ([glyphs[at] for at in order] if order else glyphs), spaces


def _read(shown: str, *, leftward: bool = True) -> str:
    glyphs, spaces = _drawn(shown)
    words = in_reading_order(glyphs, spaces, 12.0, leftward=leftward, mirrored=True)
    return " ".join("".join(glyph.text for glyph in word) for word in words)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("אבג דהו", "והד גבא"),
        ("אבג (דהו) זח.", ".חז (והד) גבא"),
        ("אבג 25 דהו 1.5 זח", "חז 1.5 והד 25 גבא"),
        ("אבג 12% דה", "הד 12% גבא"),
        ("אבג /help דה", "הד help/ גבא"),
        ("אבג Discord Nitro 2 דה", "הד Discord Nitro 2 גבא"),
        ("אבג https://a.example/b דה", "הד https://a.example/b גבא"),
        ("בתא 3 4 גד", "דג 4 3 אתב"),
        ("قال (نعم) الآن", "نآلا (معن) لاق"),
        ("قال 12% الآن", "نآلا %12 لاق"),
        ("قال 2031-08-24 الآن", "نآلا 24-08-2031 لاق"),
        ("قال 24/08/2031 و1.5", "1.5و 24/08/2031 لاق"),
        ("אבג 2031-08-24 דה", "הד 2031-08-24 גבא"),
    ],
)
def test_a_line_is_read_as_it_was_written(written: str, shown: str) -> None:
    assert _read(shown) == written


def test_words_from_right_to_left_in_a_line_that_is_not() -> None:
    assert _read("Say םולש הברה to all (דסח).", leftward=False) == "Say הרבה שלום to all (חסד)."


def test_brackets_go_with_the_words_that_they_are_around() -> None:
    assert _read("(דסח) םולש abc", leftward=False) == "שלום (חסד) abc"
    assert _read("abc םולש (דסח) d", leftward=False) == "abc (חסד) שלום d"


def test_letters_are_read_by_their_places_in_whatever_order_a_file_holds_them() -> None:
    glyphs, spaces = _drawn("והד גבא", order=(3, 4, 5, 0, 2, 1))
    words = in_reading_order(glyphs, spaces, 12.0, leftward=True)
    assert ["".join(glyph.text for glyph in word) for word in words] == ["אבג", "דהו"]


def test_letters_of_one_ligature_are_turned_as_pdfium_turns_them() -> None:
    ligature = [Glyph("\u0627", 10, 20, 0), Glyph("ل", 10, 20, 1)]
    ((first, second, third),) = in_reading_order([Glyph("ب", 20, 30, 2), *ligature], [], 12.0, leftward=True)
    assert first.text + second.text + third.text == "بلا"


def test_marks_stay_with_the_letters_that_they_stand_over() -> None:
    glyphs = [Glyph("\u064e", 24, 26, 0), Glyph("ب", 20, 30, 1), Glyph("ت", 10, 20, 2), Glyph("\u0650", 14, 15, 3)]
    (word,) = in_reading_order(glyphs, [], 12.0, leftward=True)
    assert "".join(glyph.text for glyph in word) == "ب\u064eت\u0650"


def test_letters_that_stand_apart_make_no_word_unless_there_is_a_space() -> None:
    glyphs = [Glyph("א", 31.2, 40, 0), Glyph("ב", 20, 30, 1), Glyph("ג", 5, 14, 2)]
    for spaces, words in (
        ([], ["אב", "ג"]),
        ([Space(30.5, inferred=True)], ["אב", "ג"]),
        ([Space(30.5, inferred=False)], ["א", "ב", "ג"]),
    ):
        read = in_reading_order(glyphs, spaces, 12.0, leftward=True)
        assert ["".join(glyph.text for glyph in word) for word in read] == words


def test_most_letters_say_how_a_page_is_read() -> None:
    assert is_leftward("שלום לכולם, Discord")
    assert not is_leftward("Say שלום to all of them")
    assert not is_leftward("12 %")


@pytest.mark.parametrize(
    ("drawn", "leftward"),
    [
        ("To say םולש is to wish for peace.", False),
        ("Press any key to go on", False),
        (".Press any key to go on", True),
        ("Discord Nitro Boost Server ךירצ", True),
        ("Nitro רבד הז", True),
        ("12", True),
    ],
)
def test_a_line_of_a_page_from_the_right_is_read_from_the_left_where_its_letters_say_so(
    drawn: str, *, leftward: bool
) -> None:
    assert line_is_leftward(drawn) is leftward


def test_a_table_with_labels_from_the_left_is_read_from_there() -> None:
    words = [["Word", "Hebrew", "Long"], ["Sea", "ים הגדול", "הים הגדול ביותר"], ["Sun", "שמש חמה", "השמש החמה"]]
    assert not table_is_leftward(words)
    assert table_is_leftward([row[::-1] for row in [["שם", "Role", "3"], ["דנה הגדולה", "מנחה", "4"]]])
    assert table_is_leftward([["3.5", "(Mod) מנחה", "Dana Lev"], ["7", "חבר", "רון"], ["9", "חבר", "דוד"]])


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("אבג )Nitro) דה", "אבג (Nitro) דה"),
        ("אבג (Nitro( דה", "אבג (Nitro) דה"),
        ("אבג )Nitro Boost] )a) )b(", "אבג (Nitro Boost] (a) (b)"),
        ("א) אבג 2) דה :) ((a) b)", "א) אבג 2) דה :) ((a) b)"),
        ("f(x) אבג (דה", "f(x) אבג (דה"),
    ],
)
def test_brackets_without_another_half_are_turned(read: str, meant: str) -> None:
    assert with_brackets(read.split()) == meant.split()


def _page(shown: str) -> bytes:
    """Return a PDF that draws characters from the left, the letters of Hebrew and Arabic by codes of its own."""
    codes = {character: 33 + at for at, character in enumerate(dict.fromkeys(shown.replace(" ", "")))}
    codes |= {" ": 32}
    pairs = "".join(f"<{code:02x}> <{character.encode('utf-16-be').hex()}>\n" for character, code in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{pairs}endbfchar endcmap end end"
    )
    font = (
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /FirstChar 32 /LastChar 126 "
        f"/Widths [{' '.join(['600'] * 95)}] /ToUnicode 7 0 R >>"
    )
    content = f"BT /A 12 Tf 50 700 Td <{''.join(f'{codes[character]:02x}' for character in shown)}> Tj ET"
    more = (font, f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream")
    return _pdf(content, more=more).replace(b"/Font << /F 3 0 R", b"/Font << /A 6 0 R /F 3 0 R")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("שלום (לכולם) 12 כאן.", ".ןאכ 12 (םלוכל) םולש"),
        ("الأسئلة (مهمة) /help الآن", "نآلا help/ (ةمهم) ةلئسألا"),
        ("الأسئلة (مهمة) /help الآن", "نآلا help/ )ةمهم( ةلئسألا"),
    ],
)
def test_a_page_is_read_as_it_was_written(written: str, shown: str) -> None:
    ((_, _, _, text),) = _blocks(_page(shown))
    assert text == written
    assert unicodedata.is_normalized("NFC", text)
