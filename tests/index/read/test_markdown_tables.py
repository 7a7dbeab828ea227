"""Tables that are drawn with dashes in Markdown, as pandoc knows them, become rows with their header."""

from __future__ import annotations

from tests.index.read.blocks import C, H, L, P, T, blocks, texts


def test_a_grid_keeps_its_rows_and_the_markdown_in_its_cells() -> None:
    source = (
        "Fees:\n\n"
        "+----------+------------------+\n"
        "| Plan     | What it holds    |\n"
        "+=========:+:=================+\n"
        "| *Small*  | - one server     |\n"
        "|          | - `a|b` and more |\n"
        "+----------+------------------+\n"
        "| 大きい   | ```              |\n"
        "|          | quoth run        |\n"
        "|          | ```              |\n"
        "+----------+------------------+\n"
        "\n: Fees of this year. {#tbl-fees}\n\nAfter.\n"
    )
    assert blocks("a.md", source) == [
        (P, 1, "Fees:"),
        (T, 4, "Plan | What it holds"),
        (T, 6, "Small | one server a|b and more"),
        (T, 9, "大きい | quoth run"),
        (P, 14, "Fees of this year."),
        (P, 16, "After."),
    ]


def test_a_cell_that_spans_others_stands_in_each() -> None:
    source = (
        "- Weather\n\n"
        "  +-------------------+------+\n"
        "  | Property          | Here |\n"
        "  +========+==========+======+\n"
        "  | Heat   | lowest   | -8   |\n"
        "  |        +----------+------+\n"
        "  |        | mean     | 14   |\n"
        "  +--------+----------+------+\n"
    )
    assert texts("a.md", source) == ["Weather", "Property | Property | Here", "Heat | lowest | -8", "Heat | mean | 14"]


def test_columns_under_dashes() -> None:
    source = (
        "  Right Left     Default\n------- ------ ----------\n     12 12     with more\n      1        last\n\n"
        "Table: Numbers.\n\n"
        "----- ----\n  one  two\n three four\n----- ----\n\nAfter.\n"
    )
    assert blocks("a.md", source) == [
        (T, 1, "Right | Left | Default"),
        (T, 3, "12 | 12 | with more"),
        (T, 4, "1 | | last"),
        (P, 6, "Table: Numbers."),
        (T, 9, "one | two"),
        (T, 10, "three | four"),
        (P, 13, "After."),
    ]


def test_rows_of_several_lines_between_dashes() -> None:
    source = (
        "--------------------------\n"
        " Step    What\n  No.    happens\n"
        "------- ------------------\n"
        "   1     The key is\n         pressed.\n\n"
        "   2     It **stops**.\n"
        "--------------------------\n\nAfter.\n"
    )
    assert blocks("a.md", source) == [
        (T, 2, "Step No. | What happens"),
        (T, 5, "1 | The key is pressed."),
        (T, 8, "2 | It stops."),
        (P, 11, "After."),
    ]


def test_columns_that_emacs_parts_and_a_caption() -> None:
    source = "| Key | Does  |\n|-----+-------|\n| q   | quits |\n: Keys of the game\n"
    assert texts("a.md", source) == ["Key | Does", "q | quits", "Keys of the game"]
    source = ": Keys {#tbl-keys}\n\n| Key | Does |\n|---|---|\n| q | quits |\n"
    assert texts("a.md", source) == ["Keys", "Key | Does", "q | quits"]


def test_what_only_looks_like_a_table_stays() -> None:
    assert texts("a.md", "Title\n-----\n\nText.\n\n---\n\nMore.\n\n--- ---\n\nLast.\n") == [
        "Title",
        "Text.",
        "More.",
        "Last.",
    ]
    assert texts("a.md", "A sentence goes\n-- --\nand goes on here.\n") == ["A sentence goes", "and goes on here."]
    assert blocks("a.md", "Term\n\n: What it is\n\n- a\n- b\n")[1:] == [(P, 3, "What it is"), (L, 5, "a"), (L, 6, "b")]
    assert texts("a.md", "+---+\n| a |\n+--+\n")[0].startswith("+---+")
    assert texts("a.md", "```\n+---+\n| a |\n+---+\n```\n") == ["+---+\n| a |\n+---+"]


def test_a_line_in_two_parts_swallows_no_section() -> None:
    inside = "## Install\n\n```sh\nnpm i\n```\n\n- one\n- two\n\n> Mind it.\n\n"
    source = f"Above.\n\n{'-' * 50} ---\n\n{inside}---\n\nBelow.\n"
    assert blocks("a.md", source) == [
        (P, 1, "Above."),
        (H, 5, "Install"),
        (C, 8, "npm i"),
        (L, 11, "one"),
        (L, 12, "two"),
        (P, 14, "Mind it."),
        (P, 18, "Below."),
    ]
    assert texts("a.md", "----- ----\nOne line.\n\nAnother.\n\n---\n\nBelow.\n") == ["One line.", "Another.", "Below."]


def test_code_in_an_item_stays_as_it_is_drawn() -> None:
    drawn = "+------+------+\n| a    | b    |\n+------+------+"
    for mark, indent in (("1. ", " " * 7), ("- ", " " * 6)):
        source = f"{mark}Draw this:\n\n" + "".join(f"{indent}{line}\n" for line in drawn.splitlines())
        assert [(kind, text) for kind, _, text in blocks("a.md", source)][1:] == [(C, drawn)]
    assert texts("a.md", "1. Draw this:\n\n    " + drawn.replace("\n", "\n    "))[1:] == ["a | b"]


def test_a_table_in_an_item_leaves_the_next_alone() -> None:
    source = "- Name   Age\n  ----   ---\n  Bob    3\n- two\n"
    assert "two" in texts("a.md", source)
    source = "- Crew:\n\n  Name   Age\n  ----   ---\n  Bob    3\n- two\n"
    assert blocks("a.md", source) == [(L, 1, "Crew:"), (T, 3, "Name | Age"), (T, 5, "Bob | 3"), (L, 6, "two")]


def test_signs_of_numbers_are_no_marks_of_lists() -> None:
    source = "City      Degrees\n--------- -------\nOslo      - 5\nRome      + 12\nPuno      * none\n"
    assert texts("a.md", source)[1:] == ["Oslo | - 5", "Rome | + 12", "Puno | * none"]


def test_a_caption_ends_where_something_else_begins() -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n"
    assert texts("a.md", f"{table}: Prices\nof today\n{{% note %}}\nMind it.\n{{% endnote %}}\n")[2:] == [
        "Prices of today",
        "Mind it.",
    ]
    assert texts("a.md", "Text.\n\n: A {.b}\n\nMore.\n")[1] == "A {.b}"


def test_what_is_larger_than_a_table_is_none() -> None:
    source = "a\n" + "-- " * 199 + "--\n" + "a\n" * 1000
    assert len(texts("a.md", source)[0]) < 2 * len(source)
