"""Rich Text Format: what its reader sees."""

from __future__ import annotations

import pytest

from tests.index.read.blocks import C, H, L, P, T, blocks, document, texts

_HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}"


def test_every_kind_of_block() -> None:
    text = (
        _HEAD + r"{\stylesheet{\s0 Normal;}{\s3\b heading 2;}}{\info{\title The orchard}}{\header Page 1\par}"
        r"\pard\s3 Apples\par\pard\plain They are ripe in {\field{\*\fldinst HYPERLINK x}{\fldrslt autumn}}.\par"
        r"{\listtext\tab 3.\tab}Pick\par{\pntext\'b7\tab}Wash{\footnote Twice.}\par"
        r"\trowd\intbl Kind\cell Weight\cell\row\trowd\intbl Cox\cell 80 g\cell\row\pard End\par}"
    )
    assert [(kind, part) for kind, _, part in blocks("a.rtf", text)] == [
        (H, "Apples"),
        (P, "They are ripe in autumn."),
        (L, "3. Pick"),
        (L, "Wash"),
        (P, "Twice."),
        (T, "Kind | Weight"),
        (T, "Cox | 80 g"),
        (P, "End"),
    ]
    assert document("a.rtf", text).title == "The orchard"


def test_characters_of_every_kind() -> None:
    text = _HEAD + r"caf\'e9 \u8364?5 {\f1\'cf\'f0\'e8} \u-10179?\u-8704? a\~b \{c\} \ldblquote d\rdblquote\line e\par}"
    assert texts("a.rtf", text) == ["café €5 При 😀 a b {c} “d”\ne"]


def test_hidden_and_deleted_text_is_not_read() -> None:
    text = (
        _HEAD
        + r"Open{\v secret}{\deleted secret}{\*\x secret}{\pict 736563726574}{\comment secret} gate\v secret\v0 s\par}"
    )
    assert texts("a.rtf", text) == ["Open gates"]


def test_binary_pictures_are_passed_over() -> None:
    data = _HEAD.encode() + b"{\\pict\\bin6 }\\par{ }One.\\par}"
    assert texts("a.rtf", data) == ["One."]


def test_text_under_this_name_is_read_as_it_stands() -> None:
    assert texts("a.rtf", "Apples are ripe.") == ["Apples are ripe."]


def test_groups_without_end_are_no_crash() -> None:
    assert texts("a.rtf", _HEAD + "{" * 200_000 + "One." + "}" * 400_000 + "Two.") == ["One.Two."]


def test_raised_figures_stay_above_the_line() -> None:
    text = _HEAD + r"10{\super 6} trees on 2 m{\super 2}, the 1{\super st}, H{\sub 2}O.\par}"
    assert texts("a.rtf", text) == ["10⁶ trees on 2 m², the 1st, H2O."]


def test_merged_cells_keep_their_value() -> None:
    table = (
        r"\trowd\clvmgf\cellx1000\cellx2000\intbl Plan\cell Day\cell\row"
        r"\trowd\clvmrg\cellx1000\cellx2000\intbl \cell Night\cell\row"
        r"\trowd\clmgf\cellx1000\clmrg\cellx2000\cellx3000\intbl Both\cell\cell 3\cell\row}"
    )
    assert texts("a.rtf", _HEAD + table) == ["Plan | Day", "Plan | Night", "Both | Both | 3"]


def test_cells_are_merged_with_those_that_stand_above_them() -> None:
    """A cell may have another number than the one above; what a table in a cell says is of its own rows."""
    nested = r"{\pard\intbl\itap2 a\nestcell b\nestcell{\*\nesttableprops\trowd\cellx500\clmrg\cellx900\nestrow}}"
    table = (
        r"\trowd\cellx1000\clvmgf\cellx2000\intbl Above\cell Day\cell\row"
        r"\trowd\cellx500\cellx1000\clvmrg\cellx2000\intbl One\cell Two\cell\cell\row"
        r"\trowd\cellx1000\cellx2000\intbl " + nested + r"\cell Night\cell\row"
        r"\pard Next.\par\trowd\clvmrg\cellx2000\intbl Alone\cell\row}"
    )
    assert texts("a.rtf", _HEAD + table) == ["Above | Day", "One | Two | Day", "a b | Night", "Next.", "Alone"]


def test_what_marks_words_lies_over_what_shades_them() -> None:
    colours = r"{\colortbl;\red0\green0\blue0;\red255\green0\blue0;\red255\green255\blue0;\red255\green0\blue0;}"
    for seen in (r"\highlight3\chcbpat2", r"\chcbpat2\highlight3", r"\chshdng5000\chcbpat2"):
        assert texts("a.rtf", _HEAD + colours + rf"{{\cf2{seen} Seen.}}\par}}") == ["Seen."]
    for hidden in (r"\highlight0\chshdng0\chcbpat2", r"\highlight4"):
        assert texts("a.rtf", _HEAD + colours + rf"{{\cf2{hidden} secret}}Seen.\par}}") == ["Seen."]


def test_footnotes_that_libreoffice_writes_are_read() -> None:
    note = r"{\super\chftn{\*\footnote\chftn\pard\plain Of oak.}}"
    table = rf"\trowd\cellx1000\cellx2000\intbl Part{note}\cell Age\cell\row"
    assert texts("a.rtf", _HEAD + rf"The axle{note} turns.\par{table}}}") == [
        "The axle turns.",
        "Of oak.",
        "Part | Age",
        "Of oak.",
    ]
    assert texts("a.rtf", _HEAD + r"Seen.{\*\unknown{\footnote secret}}\par}") == ["Seen."]


def test_a_title_is_a_heading_above_the_others() -> None:
    styles = r"{\stylesheet{\s1 heading 1;}{\s9 Title;}}"
    found = document("a.rtf", _HEAD + styles + r"\pard\s9 House Rules\par\pard\s1 Dice\par\pard Roll them.\par}")
    assert found.title == "House Rules"
    assert [block.section for block in found.blocks] == [(), ("Dice",), ("Dice",)]


def test_paragraphs_of_a_font_of_fixed_width_are_code() -> None:
    fonts = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fmodern Courier New;}}"
    text = (
        r"\pard Write {\f1 oars} here:\par\pard{\f1 boat:\line   oars: 2}\par\par{\f1   sail: red}\par"
        r"\pard\plain Then sail.\par\trowd\cellx1000\cellx2000\intbl{\f1 a}\cell b\cell\row\pard\f1 end\par}"
    )
    assert [(kind, part) for kind, _, part in blocks("a.rtf", fonts + text)] == [
        (P, "Write oars here:"),
        (C, "boat:\n  oars: 2\n\n  sail: red"),
        (P, "Then sail."),
        (T, "a | b"),
        (C, "end"),
    ]


def test_a_text_that_is_all_in_a_font_of_fixed_width_is_no_code() -> None:
    fonts = r"{\rtf1\ansi\deff0{\fonttbl{\f0\fmodern Courier New;}}"
    assert [kind for kind, _, _ in blocks("a.rtf", fonts + r"\f0 The mill\par Turns.\par}")] == [P, P]


def test_a_letter_in_a_font_of_fixed_width_is_no_code() -> None:
    fonts = r"{\rtf1\ansi\deff1{\fonttbl{\f0\fswiss Arial;}{\f1\fmodern Courier New;}}"
    letter = r"\pard\plain The mill turns.\par\pard\plain{\f1 Slowly, as ever.}\par\pard\f0 The miller\par}"
    assert [kind for kind, _, _ in blocks("a.rtf", fonts + letter)] == [P, P, P]


def test_marks_of_lists_that_are_written_as_text_are_those_of_lists() -> None:
    text = _HEAD + r"\pard\bullet \tx9\tab Oil\par\pard 2.\tx9\tab Pay\par\pard (a)\tab Go\par\pard 3 \bullet  4\par}"
    assert [(kind, part) for kind, _, part in blocks("a.rtf", text)] == [
        (L, "Oil"),
        (L, "2. Pay"),
        (L, "(a) Go"),
        (P, "3 • 4"),
    ]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"It is {\mmath{\*\moMathPara{\*\moMath{\mr x=1}}}} now.", "It is [formula] now."),
        (r"It is {\mmathPict picture}{\*\moMath{\mr x=1}} now.", "It is [formula] now."),
        (r"In {\upr{Mu?ller}{\*\ud{M\u252?ller}}} now.", "In Müller now."),
        (r"The {\object\objemb{\*\objdata 0102}{\result{two nets}}} now.", "The two nets now."),
        (r"{\field{\*\fldinst{FORMCHECKBOX {\*\formfield{\fftype1\ffres1}}}}{\fldrslt }} I come", "☒ I come"),
        (r"{\field{\*\fldinst{FORMCHECKBOX {\*\formfield{\fftype1\ffres25\ffdefres0}}}}{\fldrslt }} I", "☐ I"),
        (r"{\field{\*\fldinst{FORMTEXT {\*\formfield{\fftype0\ffres1}}}}{\fldrslt I}} come", "I come"),
        (r"{\shp{\*\shpinst{\sp{\sn fHidden}{\sv 1}}{\shptxt secret}}}{\shp{\*\shpinst{\shptxt seen}}}", "seen"),
    ],
)
def test_what_stands_in_groups_of_its_own_is_read_as_it_is_shown(written: str, shown: str) -> None:
    assert [part for _, _, part in blocks("a.rtf", f"{_HEAD}{written}\\par}}")] == [shown]
