"""Room is shared, and what has to go is said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards.blocks import Bar
from bot.cards.cut import NOTE_ROOM, end_of_word, fitted, start_of_word
from bot.cards.layout import OversizedCardError, card, length, lines_within, rooms, text
from bot.cards.pages import View, page_from, page_to
from bot.cards.piece import Piece
from bot.cards.visible import JOINER
from index.records import BlockKind
from index.store.values import StoredDocument

Reader = Callable[[str], Any]
_TEXT = st.lists(st.sampled_from([*"ab*_`|\n ~😀", "@everyone", "```", " word", "a | b"]), max_size=200).map("".join)
_PIECES = st.lists(st.builds(Piece, st.sampled_from(BlockKind), _TEXT), max_size=4).map(tuple)


@given(needs=st.lists(st.integers(0, 5000), max_size=5), total=st.integers(0, 4000))
def test_nobody_gets_more_than_needed_and_all_of_it_goes_out_where_it_is_short(needs: list[int], total: int) -> None:
    shares = rooms(needs, total)
    assert all(share <= need for share, need in zip(shares, needs, strict=True))
    assert sum(shares) <= total
    assert shares == needs if sum(needs) <= total else sum(shares) > total - len(needs)


def test_small_needs_are_met_first() -> None:
    assert rooms([5000, 100, 5000], 2100) == [1000, 100, 1000]


@settings(max_examples=150)
@given(pieces=_PIECES, room=st.integers(NOTE_ROOM, 600))
def test_what_is_cut_fits_and_closes_its_fences(read: Reader, pieces: tuple[Piece, ...], room: int) -> None:
    shown = fitted(pieces, Bar.PROSE, room, "Context")
    assert 0 < length(shown) <= room
    assert "" not in read(shown).of("code")


@settings(max_examples=100)
@given(code=_TEXT.filter(str.strip), room=st.integers(NOTE_ROOM, 300))
def test_code_that_is_cut_is_still_code(read: Reader, code: str, room: int) -> None:
    shown = read(fitted((Piece(BlockKind.CODE, code),), Bar.PROSE, room, "Context"))
    assert shown.kinds <= {"code", "subtext"}
    assert all(code.strip("\n").startswith(text.replace(JOINER, "")) for text in shown.of("code"))


def test_a_cut_is_at_the_end_of_a_word_and_says_how_much_is_left() -> None:
    shown = fitted((Piece(BlockKind.PARAGRAPH, "word " * 200),), Bar.PROSE, 200, "Context 2")
    body, _, note = shown.partition("\n")
    assert body.removeprefix("> ").split() == ["word"] * len(body.split()[1:])
    assert note == f"-# … ({1000 - len(body.removeprefix('> ').rstrip()):,} characters more: Context 2)"


def test_code_is_cut_in_its_fence(read: Reader) -> None:
    shown = read(fitted((Piece(BlockKind.CODE, "x = 1\n" * 500),), Bar.PROSE, 300, "Context"))
    assert [kind for kind, _ in shown.nodes] == ["code", "subtext"]
    assert set(shown.of("code")[0].split("\n")) == {"x = 1"}


def test_a_character_is_not_parted_from_its_marks() -> None:
    text = "a" * 150 + "👩🏽‍🚀" + "b" * 150
    assert end_of_word(text, 151) == end_of_word(text, 153) == 150
    assert start_of_word(text, 152) == 150
    assert end_of_word("one two three", 9) == 7
    assert start_of_word("one two three", 5) == 8


def test_lists_say_how_many_lines_were_left_out() -> None:
    lines = [f"- line {i}" for i in range(100)]
    shown = lines_within(lines, 60, lambda left: f"and {left} more")
    assert length(shown) <= 60
    assert shown.endswith(f"and {100 - len(shown.splitlines()) + 1} more")
    assert lines_within(lines[:3], 60, lambda _: "") == "\n".join(lines[:3])


def test_a_card_that_is_too_large_is_a_mistake() -> None:
    with pytest.raises(OversizedCardError, match="4002 characters"):
        card([text("😀" * 2001)], discord.Colour(0))


@settings(max_examples=60)
@given(
    blocks=st.lists(st.tuples(st.sampled_from(BlockKind), _TEXT.filter(str.strip)), min_size=1, max_size=12),
    room=st.integers(80, 400),
)
def test_pages_hold_the_whole_document_once_either_way(
    stored: Callable[..., StoredDocument], blocks: list[tuple[BlockKind, str]], room: int
) -> None:
    view = View(stored(blocks), 0, len(stored(blocks).text))
    at, seen = 0, []
    while at < view.end:
        start, at = page_from(view, at, room)
        assert length(view.markdown(start, at)) <= room
        seen.append(view.document.text[start:at])
    assert "".join(seen) == view.document.text
    at, seen = view.end, []
    while at > 0:
        at, end = page_to(view, at, room)
        assert length(view.markdown(at, end)) <= room
        seen.append(view.document.text[at:end])
    assert "".join(reversed(seen)) == view.document.text
