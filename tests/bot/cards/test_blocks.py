"""Each kind of text looks like what it is, with the source's own words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.blocks import Bar, render
from bot.cards.piece import Piece, pieces_between, pieces_of, shortened
from bot.cards.table import WIDEST, aligned
from bot.cards.visible import JOINER
from index.records import BlockKind, Quote
from index.store.values import StoredDocument

Reader = Callable[[str], Any]
Stored = Callable[..., StoredDocument]


def _shown(*pieces: tuple[BlockKind, str]) -> str:
    return render([Piece(kind, text) for kind, text in pieces], Bar.PROSE)


def test_prose_is_a_block_quote_of_its_own_lines(read: Reader) -> None:
    shown = _shown((BlockKind.PARAGRAPH, "One *star*.\nAnd two."), (BlockKind.PARAGRAPH, "> more"))
    assert shown == "> One \\*star\\*.\n> And two.\n> \n> \\> more"
    assert read(shown).of("quote") == ["One *star*.\nAnd two.\n\n> more"]


def test_code_stays_in_one_fence_whatever_it_holds(read: Reader) -> None:
    code = "  indented\n```\nrm -rf / # ````` @everyone\n```"
    shown = read(_shown((BlockKind.CODE, code)))
    assert [kind for kind, _ in shown.nodes] == ["code"]
    assert shown.of("code")[0].replace(JOINER, "") == code


def test_a_first_line_of_code_is_not_taken_for_a_language(read: Reader) -> None:
    assert read(_shown((BlockKind.CODE, "python\nprint()"))).of("code") == ["python\nprint()"]


def test_table_rows_become_aligned_columns() -> None:
    rows = ["Door | Opens", "Front gate | 7:00", "語 | x"]
    assert aligned(rows) == "Door       | Opens\nFront gate | 7:00\n語         | x"
    assert _shown(*((BlockKind.TABLE, row) for row in rows)).startswith("```\nDoor       | Opens\n")


@pytest.mark.parametrize("rows", [["no cells"], ["a | b", "a | b | c"], ["x" * WIDEST + " | y"]])
def test_rows_that_are_no_table_or_too_wide_become_lines(rows: list[str]) -> None:
    assert aligned(rows) is None
    assert _shown(*((BlockKind.TABLE, row) for row in rows)) == "\n".join(f"> {row}" for row in rows)


def test_list_items_are_list_items_and_keep_their_own_numbers(read: Reader) -> None:
    shown = _shown(
        (BlockKind.LIST_ITEM, "one\nmore"), (BlockKind.LIST_ITEM, "# two"), (BlockKind.LIST_ITEM, "3. three")
    )
    assert shown == "> - one\n>   more\n> - \\# two\n> 3\\. three"
    assert [text.strip() for text in read(shown).of("item")] == ["one\n  more", "# two"]


def test_a_fence_and_prose_stand_apart(read: Reader) -> None:
    shown = read(_shown((BlockKind.PARAGRAPH, "Run:"), (BlockKind.CODE, "make"), (BlockKind.HEADING, "Then")))
    assert shown.nodes == [("quote", "Run:\n"), ("code", "make"), ("quote", "Then"), ("bold", "Then")]


def test_nothing_to_see_is_nothing() -> None:
    assert not _shown((BlockKind.CODE, "\n \n"), (BlockKind.PARAGRAPH, "\u202e"))


def test_what_is_marked_is_bold_behind_a_bar(read: Reader, stored: Stored) -> None:
    document = stored([(BlockKind.PARAGRAPH, "First one. Second *one*. Third one."), (BlockKind.CODE, "x = 1\ny = 2")])
    low = document.text.index("Second")
    shown = read(render(pieces_between(document, 0, len(document.text), (low, low + 14)), Bar.MARKED))
    assert shown.of("bold") == ["Second *one*."]
    assert shown.of("quote") == ["First one. Second *one*. Third one.\n"]
    assert shown.of("code") == ["x = 1\ny = 2"]


def test_marked_code_is_barred_and_whole(read: Reader, stored: Stored) -> None:
    document = stored([(BlockKind.CODE, "x = 1\ny = 2")])
    shown = read(render(pieces_between(document, 0, 11, (6, 11)), Bar.MARKED))
    assert shown.nodes == [("quote", "x = 1\ny = 2"), ("code", "x = 1\ny = 2")]


def test_a_quote_is_parted_by_the_blocks_of_its_document(stored: Stored, quoted: Callable[..., Quote]) -> None:
    document = stored([(BlockKind.PARAGRAPH, "Run this:"), (BlockKind.CODE, "make run")])
    quote = quoted(document, 4)
    pieces = pieces_of(quote)
    assert [(piece.kind, piece.text, piece.begins) for piece in pieces] == [
        (BlockKind.PARAGRAPH, "this:", False),
        (BlockKind.CODE, "make run", True),
    ]
    assert pieces_of(replace(quote, blocks=())) == (Piece(BlockKind.PARAGRAPH, "this:\n\nmake run"),)
    assert [piece.text for piece in shortened(pieces, 7)] == ["this:", "ma"]


_TABLE = [
    (BlockKind.PARAGRAPH, "Doors and their hours."),
    (BlockKind.TABLE, "Door | Opens"),
    (BlockKind.TABLE, "Front gate | 7:00"),
    (BlockKind.TABLE, "Back gate | 9:00"),
]


def test_a_row_stands_below_the_header_of_its_table(read: Reader, stored: Stored, quoted: Callable[..., Quote]) -> None:
    document = stored(_TABLE)
    start = document.text.index("Back gate")
    shown = read(render(pieces_of(quoted(document, start)), Bar.PROSE))
    assert shown.nodes == [("code", "Door      | Opens\nBack gate | 9:00")]
    whole = pieces_of(quoted(document, document.text.index("Door |")))
    assert [piece.text for piece in whole] == ["Door | Opens", "Front gate | 7:00", "Back gate | 9:00"]


def test_a_marked_row_stays_in_the_fence_of_its_table(
    read: Reader, stored: Stored, quoted: Callable[..., Quote]
) -> None:
    document = stored(_TABLE)
    low = document.text.index("Front")
    quote = quoted(document, document.text.index("Door |"), focus=(low, low + len("Front gate | 7:00")))
    shown = read(render(pieces_of(quote), Bar.PROSE))
    assert shown.kinds == {"code"}
    assert len(shown.of("code")) == 1


_STEPS = [
    (BlockKind.PARAGRAPH, "Do not hurry. To begin, *stop* the server. Then:"),
    (BlockKind.LIST_ITEM, "1. open `config.yml`"),
    (BlockKind.LIST_ITEM, "2. set the port"),
    (BlockKind.LIST_ITEM, "3. start it again"),
    (BlockKind.CODE, "port: 80"),
]


@pytest.mark.parametrize(
    ("begins", "ends", "bold"),
    [
        ("To begin", " Then:", ["To begin, *stop* the server."]),
        ("Then:", "1. open", []),
        ("2. set", "\n3.", ["2. set the port"]),
        ("*stop*", "\n2.", []),
        ("1. open", "\n3.", []),
        ("To begin", "\n3.", []),
        ("Then:", "80", []),
        ("port: 80", "\n\n\n", []),
    ],
)
def test_the_words_that_answer_are_bold_in_prose_and_items_and_neither_in_part_of_the_steps_nor_in_code(  # noqa: PLR0913, PLR0917
    read: Reader, stored: Stored, quoted: Callable[..., Quote], begins: str, ends: str, bold: list[str]
) -> None:
    document = stored(_STEPS)
    low = document.text.index(begins)
    high = document.text.find(ends, low)
    shown = read(render(pieces_of(quoted(document, focus=(low, high if high > 0 else len(document.text)))), Bar.PROSE))
    assert shown.of("bold") == bold
    assert shown.of("code") == ["port: 80"]


_OPTIONS = [
    (BlockKind.PARAGRAPH, "Opens the gate. Then waits."),
    (BlockKind.PARAGRAPH, "--shut"),
    (BlockKind.PARAGRAPH, "Shuts the gate."),
    (BlockKind.PARAGRAPH, "--lock"),
    (BlockKind.CODE, "gate --lock"),
]


@pytest.mark.parametrize(
    ("begins", "ends", "bold"),
    [
        ("--shut", "\n\n--lock", ["--shut", "Shuts the gate."]),
        ("Shuts", "\n\ngate", ["Shuts the gate."]),
        ("Then waits", "\n\nShuts", ["Then waits."]),
        ("Then waits", "\n\n--lock", []),
        ("--lock", "\n\ngate", ["--lock"]),
    ],
)
def test_bold_does_not_reach_over_the_name_of_another_thing(  # noqa: PLR0913, PLR0917 -- three of it are fixtures
    read: Reader, stored: Stored, quoted: Callable[..., Quote], begins: str, ends: str, bold: list[str]
) -> None:
    document = stored(_OPTIONS)
    focus = document.text.index(begins), document.text.index(ends)
    shown = read(render(pieces_of(quoted(document, focus=focus)), Bar.PROSE))
    assert shown.of("bold") == bold


@pytest.mark.parametrize(
    "blocks",
    [
        [(BlockKind.PARAGRAPH, "It opens at six.")],
        [(BlockKind.PARAGRAPH, "Word. " * 80)],
        [(BlockKind.PARAGRAPH, "It opens at six."), (BlockKind.PARAGRAPH, "It closes at noon.")],
    ],
)
def test_a_quote_that_answers_as_a_whole_is_not_bold(
    stored: Stored, quoted: Callable[..., Quote], blocks: list[tuple[BlockKind, str]]
) -> None:
    assert "**" not in render(pieces_of(quoted(stored(blocks))), Bar.PROSE)


def test_below_a_heading_a_quote_that_answers_as_a_whole_is_not_bold(
    read: Reader, stored: Stored, quoted: Callable[..., Quote]
) -> None:
    document = stored([(BlockKind.HEADING, "Hours"), (BlockKind.PARAGRAPH, "It opens at six.")])
    low = document.text.index("It")
    shown = read(render(pieces_of(quoted(document, focus=(low, len(document.text)))), Bar.PROSE))
    assert shown.of("bold") == ["Hours"]


@given(
    text=st.lists(st.sampled_from([*"a1*_`|~:.#>-+\\\n ", "@everyone", "https://a.b/", "```", "a | b", "<@1>"])).map(
        "".join
    ),
    kind=st.sampled_from(BlockKind),
    begins=st.booleans(),
    data=st.data(),
)
def test_bold_changes_no_character(
    read: Reader,
    text: str,
    kind: BlockKind,
    begins: bool,  # noqa: FBT001 -- drawn
    data: st.DataObject,
) -> None:
    low = data.draw(st.integers(0, len(text)))
    high = data.draw(st.integers(low, len(text)))
    plain, bold = (read(render([Piece(kind, text, begins, marked)], Bar.PROSE)) for marked in ((0, 0), (low, high)))
    assert bold.text == plain.text
    assert bold.kinds <= plain.kinds | {"bold"}
