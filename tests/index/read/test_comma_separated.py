"""Tables as text: a row is a block that stands alone."""

from __future__ import annotations

import time

import pytest

from index.errors import UnreadableError
from tests.index.read.blocks import P, T, blocks, texts


def test_each_value_has_the_name_of_its_column_and_each_row_its_line() -> None:
    assert blocks(
        "a.csv", 'Question,Answer\nWhen does the pool open?,"At seven,\nevery day."\n\nWho pays?,Members\n'
    ) == [
        (T, 1, "Question | Answer"),
        (T, 2, "Question: When does the pool open? | Answer: At seven, every day."),
        (T, 5, "Question: Who pays? | Answer: Members"),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    text = f"Item{delimiter}Price\nTea{delimiter}two coins\nSoup{delimiter}nine coins\n"
    assert texts("a.csv", text)[1:] == ["Item: Tea | Price: two coins", "Item: Soup | Price: nine coins"]


def test_a_delimiter_that_the_file_names_is_believed() -> None:
    assert texts("a.csv", "sep=;\nItem;Price\nTea;2,50\nMilk;3,00\n")[1] == "Item: Tea | Price: 2,50"


def test_a_title_above_the_table_is_a_paragraph_and_empty_cells_go() -> None:
    assert blocks("a.csv", "Opening hours\n\nDay,From,To\nMonday,9:00,17:00\nTuesday,,18:00\n") == [
        (P, 1, "Opening hours"),
        (T, 3, "Day | From | To"),
        (T, 4, "Day: Monday | From: 9:00 | To: 17:00"),
        (T, 5, "Day: Tuesday | To: 18:00"),
    ]


@pytest.mark.parametrize(
    "text", ["Is it open?,Yes it is.\nIs it free?,No.\n", "2021,12\n2022,14\n", "north,1\nnorth,2\n", "a,a\nb,c\n"]
)
def test_a_first_row_of_values_names_no_columns(text: str) -> None:
    assert texts("a.csv", text) == text.replace(",", " | ").splitlines()


def test_one_column_stays_whole_lines() -> None:
    assert texts("a.csv", "The hall, they say, opens at nine.\nIt closes late.\n") == [
        "The hall, they say, opens at nine.",
        "It closes late.",
    ]


def test_any_encoding_is_read() -> None:
    text = "Stadt;Größe\nKöln am großen Rhein;übersichtlich groß\nLübeck an der Trave;schön klein\n"
    assert texts("a.csv", text.encode("cp1252")) == texts("a.csv", text.encode("utf-16"))


def test_tabs_part_cells_that_hold_commas() -> None:
    assert texts("a.tsv", "Name\tSaying\nAnn\tWell, well, well\n")[1] == "Name: Ann | Saying: Well, well, well"


@pytest.mark.parametrize("data", [b"value\n" + b"x\n" * 2_000_000, b'"' + b"x,\n" * 2_000_000])
def test_two_million_rows_are_refused_at_once(data: bytes) -> None:
    started = time.process_time()
    with pytest.raises(UnreadableError, match="split it into smaller files"):
        texts("a.csv", data)
    assert time.process_time() - started < 5


def test_a_remark_above_uneven_rows_does_not_hide_what_parts_their_cells() -> None:
    assert texts("a.csv", "# from the desk\nname,port\nssh,22,open\nweb,80,open,x\n") == [
        *("# from the desk", "name | port", "name: ssh | port: 22 | open", "name: web | port: 80 | open | x"),
    ]


def test_a_value_after_hundreds_of_empty_cells_stays_in_its_column() -> None:
    names = "\t".join(f"name {at}." + "x" for at in range(400))
    rows = "first" + "\t" * 300 + "late\nsecond" + "\t" * 399 + "last\n"
    read = texts("a.tsv", f"{names}\n{rows}")
    assert read[1:] == ["name 0.x: first | name 300.x: late", "name 0.x: second | name 399.x: last"]


def test_rows_that_are_none_of_questions_and_answers_are_read() -> None:
    for head in ("Company,Bid,Ask,Public", "Question,Asked by,Day,Public"):
        assert len(texts("a.csv", f"{head}\nNets,4,5,yes\nRopes,2,3,no\n")) == 3


def test_questions_that_are_kept_back_are_not_read() -> None:
    assert texts("a.csv", "Question,Answer,Published\nOpen?,At nine.,TRUE\nWhy?,secret,FALSE\n") == [
        "Question | Answer | Published",
        "Question: Open? | Answer: At nine. | Published: TRUE",
    ]
    assert texts("a.csv", "Door,Hidden\nThe back,yes\nThe front,no\n")[1] == "Door: The back | Hidden: yes"


def test_a_cell_with_the_markup_of_a_page_is_read_as_it_is_shown() -> None:
    source = (
        'Question,Answer\nHow?,"<p>Coil <b>it</b>.</p>\n<ul><li>Dry</li><li>Cool</li></ul>"\nWhy?,a < b and <b>c</b>\n'
    )
    assert texts("a.csv", source) == [
        "Question | Answer",
        "Question: How? | Answer: Coil it. Dry Cool",
        "Question: Why? | Answer: a < b and <b>c</b>",
    ]


def test_a_cell_that_only_speaks_of_tags_keeps_them() -> None:
    for cell in (
        "Write </p> to close a paragraph, e.g. <div class=x> or List<String>",
        "<div class=x> needs </p> before it",
    ):
        assert texts("a.csv", f'Question,Answer\nHow?,"{cell}"\n')[1] == f"Question: How? | Answer: {cell}"
    assert texts("a.csv", "Question,Answer\nHow?,Map<A> first<br>then<BR/>last\n")[1:] == [
        "Question: How? | Answer: Map<A> first then last"
    ]
