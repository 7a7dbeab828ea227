"""AsciiDoc as Asciidoctor shows it."""

from __future__ import annotations

import pytest

from tests.index.read.blocks import C, H, L, P, blocks, document, texts


def test_headings_paragraphs_and_the_title() -> None:
    text = (
        "= The *Harbour*\nv1.2\n:tide: high\n\nThe water is {tide},\nsee _below_ +\nnow.\n\n== Boats [[boats]]\n\n"
        "Old style\n---------\n"
    )
    assert blocks("a.adoc", text) == [
        (H, 1, "The Harbour"),
        (P, 2, "v1.2"),
        (P, 5, "The water is high, see below\nnow."),
        (H, 9, "Boats"),
        (H, 11, "Old style"),
    ]
    read = document("a.adoc", text)
    assert read.title == "The Harbour"
    assert read.blocks[-1].section == ("Old style",)


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("https://harbour.example[The port,window=_blank] and link:a.pdf[a plan]", "The port and a plan"),
        ("<<boats,all\nboats>> xref:rules.adoc#r[rules] <<piers>>", "all boats rules piers"),
        ("kbd:[Ctrl+C] btn:[OK] menu:File[Save] image:x.png[A boat,100]", "Ctrl+C OK File > Save A boat"),
        ("`code *x*` `+{tide}+` ``a`b`` **b**old ^2^ H~2~O", "code *x* {tide} a`b bold ² H2O"),
        ("Deep footnote:[Ten metres.] (((secret))) ((keel)) [.red]#mark#", "Deep (Ten metres.) keel mark"),
        ("unknown {attribute} snake_case_name 2*3*4", "unknown {attribute} snake_case_name 2*3*4"),
    ],
)
def test_marks_and_macros_are_seen_as_words(source: str, seen: str) -> None:
    assert " ".join(texts("a.adoc", source)[0].split()) == seen


def test_lists_have_the_numbers_that_are_shown() -> None:
    text = (
        ". Moor\n. Pay\n+\nIn coins.\n+\n----\n10\n----\n.. Half\n.. Whole\n. Leave\n\n* [x] rope\n** knot\n\n"
        "Pier:: Long\nQuay::\n  Short\n\nNext.\n\n[start=4]\n. Four\n. Five\n"
    )
    assert [(kind, part) for kind, _, part in blocks("a.adoc", text)] == [
        (L, "1. Moor"),
        (L, "2. Pay"),
        (L, "In coins."),
        (C, "10"),
        (L, "a. Half"),
        (L, "b. Whole"),
        (L, "3. Leave"),
        (L, "☑ rope"),
        (L, "knot"),
        (L, "Pier: Long"),
        (L, "Quay: Short"),
        (P, "Next."),
        (L, "4. Four"),
        (L, "5. Five"),
    ]


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        (". Bow\n+\n--\nWood.\n\nOak.\n--\n. Keel\n", ["1. Bow", "Wood.", "Oak.", "2. Keel"]),
        (". Bow\n+\n====\nWood.\n====\n\n. Keel\n", ["1. Bow", "Wood.", "2. Keel"]),
        (". Bow\n+\n--\n. Oak\n. Tar\n--\n. Keel\n", ["1. Bow", "1. Oak", "2. Tar", "2. Keel"]),
        (". Bow\n* oak\n** tar\n. Keel\n", ["1. Bow", "oak", "tar", "2. Keel"]),
        ("* Ship\n. Bow\n. Keel\n* Boat\n. Oar\n", ["Ship", "1. Bow", "2. Keel", "Boat", "1. Oar"]),
        ("Ship::\n. Bow\n. Keel\nBoat::\n. Oar\n", ["Ship:", "1. Bow", "2. Keel", "Boat:", "1. Oar"]),
        (". Bow\n\n[]\n. Oar\n", ["1. Bow", "1. Oar"]),
        (". Bow\n\n.Boat\n. Oar\n", ["1. Bow", "Boat", "1. Oar"]),
        (". Bow\n\n//-\n\n. Oar\n", ["1. Bow", "1. Oar"]),
        (". Bow\n----\ntar\n----\n. Oar\n", ["1. Bow", "tar", "1. Oar"]),
        ("====\n. Bow\n====\n\n. Oar\n", ["1. Bow", "1. Oar"]),
    ],
)
def test_a_list_goes_on_after_what_is_attached_to_an_item_and_ends_elsewhere(source: str, seen: list[str]) -> None:
    assert texts("a.adoc", source) == seen


def test_what_is_handed_to_the_page_as_it_is_shows_no_tags() -> None:
    text = "+++<kbd>F2</kbd>+++ pass:[a &lt; <u>b</u>] ++<u>c</u>++ link:++https://x.y/a_b++[here, now]"
    assert texts("a.adoc", text) == ["F2 a < b <u>c</u> here, now"]


def test_a_list_has_the_style_that_it_names() -> None:
    text = "[upperroman]\n. Bow\n. Keel\n.. Oak\n... Nail\n\nNext.\n\n. Mast\n"
    assert texts("a.adoc", text) == ["I. Bow", "II. Keel", "a. Oak", "i. Nail", "Next.", "1. Mast"]


def test_a_reference_without_words_has_those_of_what_it_leads_to() -> None:
    text = (
        "See <<_at-the-pier>>, <<quay>>, xref:tolls[], xref:b.adoc[], `<<quay>>` and <<quay,here>>.\n\n"
        "== At the pier\n\n"
        "[[quay]]\n== The *old* quay\n\n[#tolls]\n.Tolls\n|===\n|1\n|===\n"
    )
    assert texts("a.adoc", text)[0] == "See _at-the-pier, The old quay, Tolls, b.adoc, <<quay>> and here."
    assert texts("a.adoc", text.replace("at-the-pier", "at_the_pier"))[0].startswith("See At the pier, ")


def test_counters_and_equations() -> None:
    text = (
        "Step {counter:step} and {counter:step}.\n\n:size: 3\nifeval::[{size} > 2]\nLarge.\nendif::[]\n\n"
        'ifeval::["{backend}" == "pdf"]\nFor print.\nendif::[]\n\nifeval::["{unknown}" == "x"]\nPerhaps.\nendif::[]\n'
    )
    assert texts("a.adoc", text) == ["Step 1 and 2.", "Large.", "Perhaps."]


def test_the_marks_of_a_list_go_from_a_cell_that_holds_one() -> None:
    text = '[cols="1,2a"]\n|===\n|Ship |Needs\n\n|Brig\n|* sails\n* a crew\n|===\n'
    assert texts("a.adoc", text) == ["Ship | Needs", "Brig | sails a crew"]
    assert texts("a.adoc", "|===\n|Ship |* star\n|===\n") == ["Ship | * star"]
    text = "|===\n|`-b` +\nor c\na|\n[source,sh]\n----\nrun -b\n----\n|===\n"
    assert texts("a.adoc", text) == ["-b or c", "run -b"]


def test_cells_that_span_stand_in_each_row_and_column() -> None:
    head = '.Fees\n[cols="1,1,1"]\n|===\n'
    text = head + "|Boat |Day |Week\n\n.2+|Small\n|one\n|two\n2+|none\n|Large|three\n|a \\| b\n|===\n"
    assert texts("a.adoc", text) == [
        "Fees",
        "Boat | Day | Week",
        "Small | one | two",
        "Small | none | none",
        "Large | three | a | b",
    ]
    assert texts("a.adoc", ",===\nBoat,Fee\nSmall,one\n,===\n") == ["Boat | Fee", "Small | one"]


def test_code_stays_as_it_is() -> None:
    text = ':port: 80\n[source,ruby]\n----\n= no heading\n  puts "{port}"\n----\n\n'
    text += '[subs="attributes+"]\n....\n{port}\n....\n\n  indented\n'
    assert blocks("a.adoc", text) == [(C, 4, '= no heading\n  puts "{port}"'), (C, 10, "80"), (C, 13, "indented")]


def test_boxes_keep_their_labels_and_quotes_their_authors() -> None:
    text = "[WARNING]\n====\nHot.\n====\n\n[TIP]\nRest.\n\nNOTE: Go.\n\n[quote,Ann,Log]\n____\nWe sailed.\n____\n"
    assert texts("a.adoc", text) == ["WARNING", "Hot.", "TIP: Rest.", "NOTE: Go.", "We sailed.", "Ann, Log"]


def test_nothing_hidden_is_read_and_includes_are_named() -> None:
    text = (
        "// secret\n////\nsecret\n////\nifdef::staff[]\nsecret\nendif::[]\nifndef::staff[]\nOpen.\nendif::[]\n\n"
        "ifdef::staff[secret]\n[comment]\nsecret\n\ninclude::/etc/passwd[]\n\nvideo::tide.mp4[]\n"
    )
    assert texts("a.adoc", text) == ["Open.", "[not included: /etc/passwd]", "[video: tide.mp4]"]


def test_attributes_that_grow_have_an_end() -> None:
    text = ":a0: 0123456789\n" + "".join(f":a{n}: {f'{{a{n - 1}}}' * 10}\n" for n in range(1, 20)) + "\nx {a19}\n"
    assert len(document("a.adoc", text).text) < 5000


def test_a_literal_between_pluses_keeps_its_marks() -> None:
    assert texts("a.adoc", "Type +*a*+ and 1 + 2 + 3, a+b+c.\n") == ["Type *a* and 1 + 2 + 3, a+b+c."]


def test_lists_pictures_and_boxes_end_where_the_next_block_begins() -> None:
    text = (
        ". Moor\n. Pay\n+\nIn coins.\n. Leave\n\nimage::pier.png[The pier]\n.Tides\nimage::tide.png[High tide]\n\n"
        "Ask:\n[qanda]\nWho?:: Ann.\n\n====\nIn box\n====\n"
    )
    assert blocks("a.adoc", text) == [
        *((L, 1, "1. Moor"), (L, 2, "2. Pay"), (L, 4, "In coins."), (L, 5, "3. Leave")),
        *(
            (P, 7, "The pier"),
            (P, 8, "Tides"),
            (P, 9, "High tide"),
            (P, 11, "Ask:"),
            (L, 13, "Who?: Ann."),
            (P, 16, "In box"),
        ),
    ]


def test_verses_keep_their_lines_and_code_the_numbers_of_what_is_said_of_it() -> None:
    text = "[verse]\n____\nThe tide\ncomes in.\n____\n\n[source]\n----\nrow(3) # <1>\na < b > c\n----\n<1> Thrice.\n"
    assert texts("a.adoc", text) == ["The tide\ncomes in.", "row(3) # (1)\na < b > c", "1. Thrice."]


def test_signs_that_are_written_in_several_letters_are_shown() -> None:
    assert texts("a.adoc", "Moor(C) 2031 (TM): A -> B => C <- D <= E, \\-> F, `a -> b`, --> G.\n") == [
        "Moor© 2031 ™: A → B ⇒ C ← D ⇐ E, -> F, a -> b, --> G."
    ]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Where stem:[a <= b] -> c.", "Where a <= b → c."),
        ("So latexmath:[g => h] or asciimath:[a -> b].", "So g => h or a -> b."),
        ("So $$g->h$$ => i.", "So $$g->h$$ ⇒ i."),
    ],
)
def test_formulas_stay_as_they_are_written(written: str, shown: str) -> None:
    assert texts("a.adoc", f"{written}\n") == [shown]


def test_the_style_of_a_column_is_its_own() -> None:
    head = '[cols="1,2a"]\n|===\n'
    assert texts("a.adoc", f"{head}|- 5 °C\n|- cold\n|===\n") == ["- 5 °C | cold"]
    assert texts("a.adoc", f"{head}.2+|- 5 °C\n|- cold\n|- wet\n|===\n") == ["- 5 °C | cold", "- 5 °C | wet"]
    assert texts("a.adoc", '[cols="2*a,1"]\n|===\n|- a |- b |- c\n|===\n') == ["a | b | - c"]


def test_code_in_a_cell_stays_as_it_is() -> None:
    text = "|===\na|\n[source,yaml]\n----\n- run\n[main]\n--\n* all\n----\n* done\n|===\n"
    assert texts("a.adoc", text) == ["- run [main] -- * all done"]


def test_tags_stay_where_they_are_handed_on_as_characters() -> None:
    text = "pass:c[Map<String, Integer>] and pass:[<u>under</u>] and pass:q[<b>line</b>]"
    assert texts("a.adoc", text) == ["Map<String, Integer> and under and line"]


def test_only_letters_and_numbers_are_counted_on() -> None:
    assert texts("a.adoc", ":n: \U0010ffff\n:m: b\n\nx {counter:n}{counter:m}") == ["x \U0010ffffc"]


def test_letters_go_on_after_the_last() -> None:
    assert texts("a.adoc", "[loweralpha,start=26]\n. x\n. y\n. z\n") == ["z. x", "aa. y", "ab. z"]


def test_code_may_stand_in_a_link_and_between_marks() -> None:
    text = "See https://mill.example[the `mill` page], *type `x` now*, <<a,`b` c>> and footnote:[Or `d`.].\n"
    assert texts("a.adoc", text) == ["See the mill page, type x now, b c and (Or d.)."]


def test_raised_digits_in_code_are_raised() -> None:
    assert texts("a.adoc", "Of 10^`6`^ bytes and x^`\\*n`^.\n") == ["Of 10⁶ bytes and x\\*n."]


def test_shifts_between_code_are_no_links() -> None:
    text = "Shift `a` << `b` or `c` >> `d`; see <<mill>>, <<#mill,the mill>> and <<b.adoc#,b>>.\n\n[#mill]\n== Mill\n"
    assert texts("a.adoc", text)[0] == "Shift a << b or c >> d; see Mill, the mill and b."


def test_roles_without_a_dot_are_not_seen() -> None:
    assert texts("a.adoc", "Moor [line-through]*here* and [underline]#there#, [big red]*now*; [sic] *c*.") == [
        "Moor ~~here~~ and there, now; [sic] c."
    ]


def test_a_term_ends_the_paragraph_above_that_is_part_of_another() -> None:
    text = "Linux::\n+\nTake apt.\nMac::\n+\nTake brew\nor ports.\n"
    assert texts("a.adoc", text) == ["Linux:", "Take apt.", "Mac:", "Take brew or ports."]


def test_entries_of_a_bibliography_have_their_names() -> None:
    assert texts("a.adoc", "* [[[oak]]] Of oaks.\n* [[[yew,2]]] Of yews.\n") == ["[oak] Of oaks.", "[2] Of yews."]


def test_front_matter_before_the_title_is_not_read() -> None:
    text = "---\nlayout: page\ntitle: The mill\ndate: 2024-05-06\n---\n= Mill\n\nOil it.\n"
    assert blocks("a.adoc", text) == [(H, 6, "Mill"), (P, 8, "Oil it.")]
    assert (document("a.adoc", text).title, document("a.adoc", text).date) == ("The mill", "2024-05-06")
