"""Org as it is exported."""

from __future__ import annotations

import pytest

from index.errors import UnreadableError
from tests.index.read.blocks import C, H, L, P, T, blocks, document, texts


def test_every_kind_of_block() -> None:
    text = (
        "#+TITLE: The mill\n* TODO [#A] Wheel :water:\n:PROPERTIES:\n:ID: 7\n:END:\nThe /wheel/ turns *slowly*,\n"
        "see [[https://mill.example][the page]].\n- oil\n  it\n  1. first\n- axle :: of oak\n"
        "#+BEGIN_SRC sh\n  turn\n    it\n"
        "#+END_SRC\n| Part | Age |\n|------+-----|\n| axle | 90 |\n: fixed =x=\n"
    )
    assert blocks("a.org", text) == [
        (H, 2, "Wheel"),
        (P, 6, "The wheel turns slowly, see the page."),
        (L, 8, "oil it"),
        (L, 10, "1. first"),
        (L, 11, "axle: of oak"),
        (C, 13, "turn\n  it"),
        (T, 16, "Part | Age"),
        (T, 18, "axle | 90"),
        (C, 19, "fixed =x="),
    ]
    assert document("a.org", text).title == "The mill"


def test_nothing_hidden_is_read_and_includes_are_named() -> None:
    text = (
        "# secret\n* COMMENT secret\nsecret\n** secret\n* secret :noexport:\nsecret\n* Open\n#+begin_comment\nsecret\n"
        '#+end_comment\n#+INCLUDE: "/etc/passwd" src\n'
    )
    assert texts("a.org", text) == ["Open", "[not included: /etc/passwd]"]


def test_code_marks_keep_what_is_in_them() -> None:
    assert texts("a.org", "Type =a *b* c= or ~x_y~, not snake_case or 1/2/3.\n") == [
        "Type a *b* c or x_y, not snake_case or 1/2/3."
    ]


def test_when_a_heading_is_planned_is_not_read() -> None:
    written = "* TODO Row\n  DEADLINE: <2031-05-04 Sun> SCHEDULED: <2031-05-01 Thu>\nOut.\n"
    assert [seen for _, _, seen in blocks("a.org", written)] == ["Row", "Out."]


def test_macros_numbers_notes_and_raised_figures_are_as_an_export_shows_them() -> None:
    text = (
        "#+MACRO: stone The $1 stone\n"
        "{{{stone(upper)}}} weighs 10^{3} kg on 2 m^2, {{{unknown}}}, [[*Upper stones]], $a^2$ [fn::In all.].\n\n"
        "5. [@7] seven\n\nCLOCK: [2031-05-04 Sun 10:00]\n| stone | age |\n| <l> | <r4> |\n| upper | 90 |\n"
    )
    assert texts("a.org", text) == [
        *(
            "The upper stone weighs 10³ kg on 2 m², […], Upper stones, $a^2$ (In all.).",
            "7. seven",
            "stone | age",
            "upper | 90",
        ),
    ]


def test_names_of_signs_are_shown_as_these() -> None:
    assert texts("a.org", "From A\\sup2{} \\rarr{}B at 5\\deg{}, \\laquo x, =\\deg=, C:\\deg and \\unknown.\n") == [
        "From A\\sup2{} →B at 5°, « x, \\deg, C:\\deg and \\unknown."
    ]


@pytest.mark.parametrize(
    "formula",
    [
        r"\(\alpha \to \beta\)",
        r"$$\alpha$$",
        r"\[\alpha\]",
        "\n\\begin{equation}\n\\alpha \\le b\n\\end{equation}\n",
        "\n\\[\n\\alpha\n\\]\n",
    ],
)
def test_formulas_stay_as_they_are_written(formula: str) -> None:
    shown = " ".join(formula.split())
    assert texts("a.org", f"So \\deg and {formula} hold.\n") == [f"So ° and {shown} hold."]


def test_marks_go_on_over_the_end_of_a_line() -> None:
    text = (
        "See [[https://mill.example/a][the =mill=\npage]] of */old/ times\nand =a\nb=.\n"
        "- /ground\n  fine/ [[https://mill.example][a [small] wheel]]\n"
    )
    assert texts("a.org", text) == ["See the mill page of */old/ times and a b.", "ground fine a [small] wheel"]


def test_a_mark_may_stand_in_another_and_around_code() -> None:
    text = "A */bold/* word, *type =x= now*, (=y=) and =--file=/tmp/z= at https://a.ex/b/ or //a[1] and (//a)[1].\n"
    assert texts("a.org", text) == [
        "A bold word, type x now, (y) and --file=/tmp/z at https://a.ex/b/ or //a[1] and (//a)[1]."
    ]


def test_lines_keep_their_numbers_where_an_address_goes_on_over_one() -> None:
    assert blocks("a.org", "a [[https://mill.example/\nb][c]]\nd\n\ne\n") == [(P, 1, "a c d"), (P, 5, "e")]


def test_code_stands_where_it_is_written_and_goes_with_what_is_left_out() -> None:
    text = (
        "Mill @@latex:$x$@@ has =first= and then =second=,\n@@html:(=a\nb=)@@ and <<a =b= c>> then ~third~.\n"
        "Shift =a= << =b= or =c= >> =d=.\n| @@html:=q=@@ =r= | ~s~ |\n"
    )
    assert texts("a.org", text) == [
        "Mill has first and then second, and then third. Shift a << b or c >> d.",
        "r | s",
    ]


def test_raised_digits_in_code_are_raised() -> None:
    text = "Of 10^{=6=} bytes, x^{~-2~} and n^{=th=}.\n"
    assert texts("a.org", text) == ["Of 10⁶ bytes, x⁻² and nth."]


def test_boxes_pictures_and_code_in_a_sentence_are_as_they_are_exported() -> None:
    text = (
        "#+DATE: <2024-05-06 Mon>\n- [ ] oil\n- [X] pay\n\n[[file:mill.PNG]]\n\n[[./mill.png]]\n\n"
        "See [[logo.png]], [[*How to change logo.png]].\n\nRun src_sh[:dir x]{turn *it*} now.\n"
    )
    assert texts("a.org", text) == ["☐ oil", "☑ pay", "See logo.png, How to change logo.png.", "Run turn *it* now."]
    assert document("a.org", text).date == "2024-05-06"


def test_html_that_is_exported_is_read_and_titles_have_no_marks() -> None:
    text = (
        "#+TITLE: The *old* mill\n\n#+begin_export html\n<p>Oil the <i>wheel</i>.</p>\n#+end_export\n\n"
        "#+HTML: <p>Then wait.</p>\nPress @@html:<kbd>@@Esc@@html:</kbd>@@ or @@html:<kbd>F1</kbd>@@.\n"
    )
    assert blocks("a.org", text) == [(P, 4, "Oil the wheel."), (P, 7, "Then wait."), (P, 8, "Press Esc or F1.")]
    assert document("a.org", text).title == "The old mill"


def test_a_draft_of_hugo_is_not_read() -> None:
    with pytest.raises(UnreadableError, match="draft"):
        document("a.org", "#+TITLE: Mill\n#+HUGO_DRAFT: true\n\nOil it.\n")


def test_a_snippet_of_html_ends_where_it_is_closed() -> None:
    text = "Price @@html:&euro;@@ 5 and =code= with *bold* then @@html:<i>@@x@@html:</i>@@ end, @@html:no tag@@ too.\n"
    assert texts("a.org", text) == ["Price € 5 and code with bold then x end, too."]
