"""A button finds the text it was made for, or says that it is gone; nothing it is sent can break it."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards.buttons import (
    Accept,
    Agree,
    AskHelper,
    At,
    Choose,
    Correct,
    Decide,
    GoBack,
    ListCorrections,
    ListPage,
    Open,
    Pressed,
    PutBack,
    Share,
    ShowChanges,
    ShowContext,
    ShowInsight,
    ShowMore,
    ShowPart,
    Solved,
    TakeBack,
    Teach,
    TellMe,
    Undo,
    UndoChange,
    UndoRefresh,
    Vote,
    Way,
)
from bot.cards.custom_ids import PATTERNS, custom_id, parse
from bot.cards.reference import Location, Reference, decode, encode, refer, resolve
from index.records import BlockKind
from index.store.values import StoredDocument

Stored = Callable[..., StoredDocument]

_HASH = st.binary(min_size=8, max_size=8)
_NUMBER = st.integers(0, 2**32 - 1)
_REFERENCE = st.builds(Reference, _HASH, _NUMBER, _NUMBER, _NUMBER, _HASH)
_AT = st.builds(At, st.sampled_from(Way), _NUMBER)
_PRESSED = st.one_of(
    st.builds(ShowContext, _REFERENCE, st.none() | _AT, st.none() | st.integers(0, 100)),
    st.builds(ShowMore, _HASH, st.integers(0, 9999)),
    st.builds(Vote, st.booleans(), _HASH, st.none() | _REFERENCE),
    st.builds(ShowPart, _REFERENCE, _AT),
    st.builds(Open, _HASH, _HASH),
    st.builds(ListPage, st.integers(0, 999_999)),
    st.just(Share()),
    st.builds(ListCorrections, st.integers(0, 999_999)),
    st.builds(Undo, st.booleans(), _HASH),
    st.builds(UndoRefresh, st.integers(0, 10**10 - 1), _HASH),
    st.builds(Choose, st.sampled_from(["channels", "solved_tags"])),
    st.builds(PutBack, st.sampled_from(["channels", "solved_tags"])),
    st.builds(UndoChange, st.integers(0, 10**15 - 1)),
    st.builds(GoBack, _HASH),
    st.builds(Accept, _HASH),
    st.sampled_from([Solved(), AskHelper(), Correct()]),
    st.builds(ShowChanges, st.integers(0, 999_999)),
    st.builds(TellMe, _HASH),
    st.builds(ShowInsight, st.sampled_from(["vain", "asked", "disliked"]), st.integers(0, 9999), st.integers(0, 999)),
    st.builds(Teach, _HASH),
    st.builds(Decide, st.sampled_from(["lead", "block", "note"]), _HASH, _REFERENCE),
    st.builds(TakeBack, st.integers(0, 10**15 - 1)),
    st.builds(Agree, st.booleans(), st.integers(0, 10**20 - 1)),
)


@given(reference=_REFERENCE)
def test_a_reference_is_read_as_it_was_written(reference: Reference) -> None:
    assert decode(encode(reference)) == reference


@given(pressed=_PRESSED)
def test_a_button_says_what_it_said(pressed: Pressed) -> None:
    said = custom_id(pressed)
    assert parse(said) == pressed
    assert len(said) <= 100
    assert [kind for kind, pattern in PATTERNS.items() if pattern.fullmatch(said)] == [type(pressed)]


@settings(max_examples=300)
@given(data=st.data())
def test_anything_else_says_nothing(data: st.DataObject) -> None:
    said = data.draw(st.text() | _PRESSED.map(custom_id))
    at = data.draw(st.integers(0, len(said)))
    changed = said[:at] + data.draw(st.text(max_size=3)) + said[at + data.draw(st.integers(0, 3)) :]
    pressed = parse(changed)
    assert pressed is None or custom_id(pressed) == changed
    decode(changed)


def test_numbers_that_are_no_digits_of_ours_say_nothing() -> None:
    assert parse("quoth:list:٣") is None
    assert parse("quoth:list:007") is None
    assert parse("quoth:list:1\n") is None


def _document(stored: Stored, *paragraphs: str, source: str = "a.md") -> StoredDocument:
    return stored([(BlockKind.PARAGRAPH, paragraph) for paragraph in paragraphs], source)


def test_a_quote_is_found_where_it_stood(stored: Stored, folder: type) -> None:
    document = _document(stored, "One. Two. Three.")
    reference = refer("a.md", 5, "Two.")
    assert resolve(reference, folder(_document(stored, "x", source="b.md"), document)) == Location(document, 5, 9)


def test_a_quote_that_moved_is_found_at_the_nearest_place(stored: Stored, folder: type) -> None:
    reference = refer("a.md", 5, "Two 😀.")
    moved = _document(stored, "Two 😀.", "New words before it. Two 😀. Three.", "Two 😀.")
    assert resolve(reference, folder(moved)) == Location(moved, 0, 6)
    later = refer("a.md", 30, "Two 😀.")
    place = resolve(later, folder(moved))
    assert place is not None
    assert moved.text[place.start : place.end] == "Two 😀."
    assert place.start == moved.text.index("Two", 5)


def test_a_quote_that_is_gone_is_not_replaced_by_another(stored: Stored, folder: type) -> None:
    reference = refer("a.md", 5, "Two.")
    assert resolve(reference, folder(_document(stored, "One. Too. Three."))) is None
    assert resolve(reference, folder(_document(stored, "Tw"))) is None
    assert resolve(reference, folder(_document(stored, "One. Two.", source="b.md"))) is None
    assert resolve(reference, folder()) is None


@given(text=st.text(min_size=1), before=st.text(), after=st.text())
def test_a_text_is_found_wherever_it_went(text: str, before: str, after: str, stored: Stored, folder: type) -> None:
    document = _document(stored, "x")
    moved = StoredDocument(
        0, "a.md", "A", None, before + text + after, document.sections, document.places, document.blocks
    )
    place = resolve(refer("a.md", 7, text), folder(moved))
    assert place is not None
    assert moved.text[place.start : place.end] == text
