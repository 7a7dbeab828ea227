"""Written sentences are found again on the card that shows them, each beside the quotes that it cites."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards.answer_card import answer_card
from bot.cards.buttons import ShowContext
from bot.cards.context_card import context_card
from bot.cards.custom_ids import custom_id, parse
from bot.cards.layout import text_of
from bot.cards.reference import Location
from bot.cards.written import sentences_on
from index.records import Answer, BlockKind, Level, Quote, Written, WrittenSentence
from index.store.values import StoredDocument

Stored = Callable[..., StoredDocument]
Quoted = Callable[..., Quote]
Refused = Callable[[discord.ui.LayoutView], list[str]]
Sentences = list[tuple[str, tuple[int, ...]]]


def _card(quotes: tuple[Quote, ...], said: Sentences) -> discord.ui.LayoutView:
    written = Written("a_model", tuple(WrittenSentence(text, cites, 0.9) for text, cites in said), 0)
    answer = Answer("When?", quotes, 0.9, True, (), "g", 1.0, level=Level.SURE)
    return answer_card(replace(answer, written=written))


def _contexts(view: discord.ui.LayoutView) -> Iterator[ShowContext]:
    for item in view.walk_children():
        ids = [item.custom_id or ""] if isinstance(item, discord.ui.Button) else []
        ids += [option.value for option in item.options] if isinstance(item, discord.ui.Select) else []
        yield from (pressed for encoded in ids if isinstance(pressed := parse(encoded), ShowContext))


@pytest.fixture
def quotes(stored: Stored, quoted: Quoted) -> tuple[Quote, ...]:
    documents = [stored([(BlockKind.PARAGRAPH, f"It says {number}.")], f"{number}.md") for number in range(3)]
    return tuple(map(quoted, documents))


def test_a_sentence_belongs_to_the_quotes_that_it_cites(quotes: tuple[Quote, ...]) -> None:
    view = _card(quotes, [("The third says `1`.", (3,)), ("*Two* say it.", (1, 3))])
    third, first = _contexts(view)
    assert sentences_on(view, custom_id(third)) == ["The third says \\`1\\`. `1`", "\\*Two\\* say it. `2` `1`"]
    assert sentences_on(view, custom_id(first)) == ["\\*Two\\* say it. `2` `1`"]


def test_where_one_quote_is_cited_all_sentences_belong_to_it(quotes: tuple[Quote, ...]) -> None:
    view = _card(quotes, [("One.", (2,)), ("Two.", (2,))])
    (context,) = _contexts(view)
    assert sentences_on(view, custom_id(context)) == ["One. `1`", "Two. `1`"]


def test_they_stay_beside_the_quote_while_pages_are_turned(stored: Stored) -> None:
    document = stored([(BlockKind.PARAGRAPH, f"Paragraph number {number}.") for number in range(900)])
    low = document.text.index("Paragraph number 450.")
    place = Location(document, low, low + 21)
    view = context_card(place, sentences=["It says so. `1`", "It does. `1` `2`"])
    assert text_of(view).index("It says so.") < text_of(view).index("> **Paragraph number 450.**")
    for _ in range(3):
        later = list(_contexts(view))[1]
        sentences = sentences_on(view, custom_id(later))
        assert sentences == ["It says so. `1`", "It does. `1` `2`"]
        view = context_card(place, later.at, sentences=sentences)


def test_a_document_cannot_pass_for_what_was_written(stored: Stored) -> None:
    document = stored([(BlockKind.PARAGRAPH, "-# ✎ written by a model\nIt is free. `1`")])
    view = context_card(Location(document, 0, 5))
    assert "It is free" in text_of(view)
    assert sentences_on(view, "") == []


@settings(max_examples=60)
@given(texts=st.lists(st.text("_*`\\ax 1.", min_size=1, max_size=298).map("x{}x".format), min_size=1, max_size=4))
def test_whatever_was_written_there_is_room_for_the_quote(
    stored: Stored, quoted: Quoted, refused: Refused, texts: list[str]
) -> None:
    document = stored([(BlockKind.PARAGRAPH, "It opens. " * 900)])
    view = _card((quoted(document, 4000, 4300),), [(text, (1,)) for text in texts])
    sentences = sentences_on(view, "")
    assert len(sentences) == len(texts)
    shown = context_card(Location(document, 4000, 4300), sentences=sentences)
    assert refused(shown) == []
    assert text_of(shown).count("It opens.") >= 30
