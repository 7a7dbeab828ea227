"""Tables that are drawn with dashes in Markdown, as pandoc knows them, become rows with their header."""

from __future__ import annotations

from tests.index.read.blocks import L, P, T, blocks, texts


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
