"""Whatever documents, questions and names hold, a card is one that Discord takes and that pings nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards import colours
from bot.cards.answer_card import MOST_TEXT, answer_card
from bot.cards.buttons import At, ShowMore, Way
from bot.cards.context_card import context_card
from bot.cards.custom_ids import parse
from bot.cards.layout import length, text_of, texts_of
from bot.cards.reference import Location
from bot.cards.source_card import excerpt_between, find_card, list_card, show_card
from bot.cards.status_card import notice_card, progress_card, report_card, rollback_card, status_card
from bot.status import Status
from index.build.builder import BuildReport
from index.records import Abstention, Answer, BlockKind, LeftOut, Level, Quote
from index.store.lookup import Match
from index.store.values import Source, StoredDocument

Refused = Callable[[discord.ui.LayoutView], list[str]]
Stored = Callable[..., StoredDocument]
Quoted = Callable[..., Quote]
Made = tuple[list[tuple[BlockKind, str]], str, str, str | None]
"""Blocks, source, title and address of a document."""

_PARTS = [
    "@everyone ",
    "<@123>",
    "*_`~|",
    "```\n",
    "```",
    "😀",
    "x" * 500,
    "Z\u0351\u0352" * 40,
    "\u202e",
    "\n",
    "a | b",
]
_SAMPLES = [
    "@everyone" * 10_000,
    "@here " * 2000,
    "<@&1><#2>" * 1000,
    "*" * 9000,
    ":" * 9000,
    "``" * 5000,
    "Z" + "\u0351" * 20_000,
    "😀" * 3000,
    "a | b\n" * 2000,
    "word " * 3000,
    "\u200b" * 9000 + "x",
    "<" * 2000 + "@1>",
    "t" * 2000,
]
_NASTY = st.one_of(
    st.sampled_from(_SAMPLES), st.lists(st.sampled_from(_PARTS), max_size=12).map("".join), st.text(max_size=60)
)
_URL = (
    st.none()
    | st.sampled_from(
        [
            "https://example.org/a_(b)?c=[d]&e=@everyone<@1>*",
            "javascript:alert(1)",
            "http://[bad",
            "https://e.org/" + "a" * 900,
            "https://e.org/😀 b",
            "HTTPS://user@e.org:x/",
        ]
    )
    | _NASTY
)
_BLOCKS = st.lists(st.tuples(st.sampled_from(BlockKind), _NASTY.map(lambda text: f"x{text}")), min_size=1, max_size=6)


@st.composite
def _documents(draw: st.DrawFn) -> Made:
    return draw(_BLOCKS), draw(_NASTY), draw(_NASTY), draw(_URL)


@settings(max_examples=120)
@given(made=st.lists(_documents(), max_size=3), question=_NASTY, data=st.data())
def test_an_answer_is_taken(  # noqa: PLR0913, PLR0917 -- what is drawn, and what it is made with
    stored: Stored,
    quoted: Quoted,
    refused: Refused,
    made: list[Made],
    question: str,
    data: st.DataObject,
) -> None:
    documents = [stored(blocks, source, title, url) for blocks, source, title, url in made]
    quotes = tuple(
        replace(
            quoted(document, data.draw(st.integers(0, min(len(document.text) - 1, 40)))),
            section=(document.title,) * 5,
            lines=(1, 10**9),
        )
        for document in documents
    )
    answer = _answer(*quotes, answered=bool(quotes) and data.draw(st.booleans()), question=question)
    for skip in (0, 1, 9):
        view = answer_card(answer, skip=skip)
        assert refused(view) == []
        assert all(parse(button.custom_id or "") for button in _buttons(view))
        assert all(parse(option.value) for option in _options(view))
        assert length(text_of(view)) <= MOST_TEXT + len(texts_of(view))


@settings(max_examples=60)
@given(made=_documents(), data=st.data())
def test_context_and_excerpts_are_taken(
    stored: Stored,
    refused: Refused,
    made: Made,
    data: st.DataObject,
) -> None:
    blocks, source, title, url = made
    document = stored(blocks, source, title, url)
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, len(document.text)))
    at = data.draw(st.none() | st.builds(At, st.sampled_from(Way), st.integers(0, 2**32)))
    assert refused(context_card(Location(document, start, end), at)) == []
    excerpt = excerpt_between(document, 0, len(document.text))
    assert refused(show_card(excerpt, at)) == []
    assert refused(show_card(replace(excerpt, last=1), at)) == []
    assert refused(show_card(replace(excerpt, blocks=()), at)) == []


@settings(max_examples=60)
@given(names=st.lists(_NASTY, min_size=1, max_size=30), url=_URL, page=st.integers(-1, 10))
def test_lists_of_sources_are_taken(refused: Refused, names: list[str], url: str | None, page: int) -> None:
    matches = [Match(name, name, (name, name, name, name), 90.0) for name in names]
    assert refused(find_card(names[0], matches)) == []
    assert refused(find_card(names[0], [])) == []
    sources = [Source(number, name, name, url, ((), (name,))) for number, name in enumerate(names)]
    assert refused(list_card(sources, page)) == []
    assert refused(list_card([], page)) == []


@settings(max_examples=60)
@given(names=st.lists(_NASTY, min_size=1, max_size=30).map(tuple), number=st.integers(0, 10**9))
def test_what_is_told_of_the_index_is_taken(refused: Refused, names: tuple[str, ...], number: int) -> None:
    left_out = tuple(LeftOut(name, name) for name in names)
    report = BuildReport(names[0], True, number, number, number, names, names, names, left_out, 1e6)
    changes = {"added": list(names), "changed": list(names), "removed": list(names)}
    missed = [{"source": name, "reason": name} for name in names]
    sizes = (number, number, number, number)
    status = Status(names[0], names[0], names[0], names[0], *sizes, missed, changes, list(names))
    cards = [
        report_card(report),
        status_card(status),
        status_card(replace(status, changes=None, left_out=[])),
        rollback_card(names[0], names[-1], names[0], number),
        progress_card(names[0], number, 5, float(number)),
        progress_card("", 0, 0, None),
        notice_card(names[0], failed=True),
    ]
    assert [refused(card) for card in cards] == [[]] * len(cards)


def _answer(*quotes: Quote, answered: bool = True, question: str = "When does it open?") -> Answer:
    shown = quotes if answered else ()
    level = Level.SURE if answered else Level.GUESS
    return Answer(question, shown, 0.93, answered, () if answered else quotes, "000001-abc", 14.2, level=level)


def test_an_answer_shows_the_quote_where_it_stands_and_how_sure_it_is(
    stored: Stored, quoted: Quoted, read: Callable[[str], Any]
) -> None:
    document = stored(
        [(BlockKind.HEADING, "Hours"), (BlockKind.PARAGRAPH, "It opens at *six*. It closes at noon.")],
        "b.md",
        "The Bakery",
        "https://b.org/x",
    )
    low = document.text.index("It")
    quote = quoted(document, low, focus=(low, document.text.index(" It closes")))
    view = answer_card(_answer(quote))
    shown = read(text_of(view))
    assert shown.of("bold") == ["It opens at *six*."]
    assert shown.of("subtext") == ["Asked: When does it open?", "The Bakery › Hours", "This should answer it."]
    assert shown.of("masked link") == ["https://b.org/x"]
    assert "93" not in shown.text
    assert [button.label or str(button.emoji) for button in _buttons(view)] == ["Context", "👍", "👎"]
    assert "Asked" not in text_of(answer_card(_answer(quote), repeats_question=False))
    assert "93 % probable" in text_of(context_card(Location(document, quote.start, quote.end), None, 93))


def test_a_card_says_where_code_is_cut(stored: Stored, quoted: Quoted) -> None:
    code = "feed(1)\nfeed(2)\nfeed(3)"
    document = stored([(BlockKind.PARAGRAPH, "Feed thrice:"), (BlockKind.CODE, code)])
    second = document.text.index("feed(2)")
    for quote in (quoted(document, 0, second), quoted(document, second)):
        assert "part of longer code: Context" in text_of(answer_card(_answer(quote)))
    for quote in (quoted(document), quoted(document, 0, 5)):
        assert "longer code" not in text_of(answer_card(_answer(quote)))


@pytest.mark.parametrize(
    ("answered", "level", "abstention", "colour", "says"),
    [
        (True, Level.SURE, None, colours.SURE, "should answer"),
        (True, Level.PROBABLE, None, colours.PROBABLE, "probably helps"),
        (True, Level.GUESS, None, colours.GUESS, "This may not be it"),
        (False, Level.GUESS, Abstention.UNANSWERED, colours.GUESS, "This may not be it"),
        (False, Level.GUESS, Abstention.VAGUE, colours.NOTHING, "Too little to go by"),
        (False, Level.GUESS, Abstention.LANGUAGE, colours.NOTHING, "Ask in their language"),
        (False, Level.NONE, Abstention.UNRELATED, colours.NOTHING, "Not in the documents"),
    ],
)
def test_colour_and_words_agree_with_the_level(  # noqa: PLR0913, PLR0917 -- a row of the table
    stored: Stored,
    quoted: Quoted,
    answered: bool,  # noqa: FBT001
    level: Level,
    abstention: Abstention | None,
    colour: discord.Colour,
    says: str,
) -> None:
    document = stored([(BlockKind.PARAGRAPH, "Something else.")])
    answer = replace(_answer(quoted(document), answered=answered), level=level, abstention=abstention)
    view = answer_card(answer)
    assert [child.accent_colour for child in view.walk_children() if isinstance(child, discord.ui.Container)] == [
        colour
    ]
    assert says in text_of(view)
    assert ("> Something else." in text_of(view)) is (colour is not colours.NOTHING)


def test_where_nothing_is_found_the_two_closest_places_are_named(
    stored: Stored, quoted: Quoted, read: Callable[[str], Any]
) -> None:
    documents = [
        stored([(BlockKind.PARAGRAPH, f"Something about {name}.")], f"{name}.md", name, f"https://e.org/{name}")
        for name in ("Pets", "Bread", "Tea")
    ]
    answer = _answer(*map(quoted, documents), answered=False, question="Is there something on whales?")
    answer = replace(answer, level=Level.NONE, abstention=Abstention.UNRELATED)
    view = answer_card(answer)
    shown = read(text_of(view))
    assert shown.of("masked link") == ["https://e.org/Pets", "https://e.org/Bread"]
    assert shown.of("item") == ["Pets: Something about Pets.", "Bread: Something about Bread."]
    assert "`/source list`" in text_of(view)
    assert [button.label or str(button.emoji) for button in _buttons(view)] == [
        "👍",
        "👎",
        "Tell me when the documents have it",
    ]
    vague = answer_card(replace(answer, abstention=Abstention.VAGUE))
    assert [str(button.emoji) for button in _buttons(vague)] == ["👍", "👎"], "no document will ever have that"
    assert "Closest" not in text_of(answer_card(_answer(answered=False)))
    far = replace(answer, question="Who won the cup final?")
    assert read(text_of(answer_card(far))).of("item") == [], "what says no word of the question is not close"


def test_what_adds_nothing_is_not_shown(stored: Stored, quoted: Quoted) -> None:
    texts = [
        "It opens at six, and closes at noon.",
        "closes at *noon*.",
        "When does it open?",
        "Also:",
        "On Sundays, at nine.",
    ]
    document = stored([(BlockKind.PARAGRAPH, text) for text in texts])
    quotes = [quoted(document, document.text.index(text), document.text.index(text) + len(text)) for text in texts]
    heading = stored([(BlockKind.HEADING, "Opening hours")], "h.md")
    view = answer_card(_answer(*quotes[:1], quotes[1], quoted(heading), *quotes[2:]))
    shown = text_of(view)
    assert texts[0] in shown
    assert texts[-1] in shown
    assert not any(phrase in shown for phrase in ("Also", "Opening hours", "\\*noon"))


def test_what_scores_far_below_the_first_waits_behind_more(stored: Stored, quoted: Quoted) -> None:
    good, poor = stored([(BlockKind.PARAGRAPH, "At six.")], "g.md"), stored([(BlockKind.PARAGRAPH, "By bus.")], "p.md")
    answer = _answer(replace(quoted(good), score=0.9), replace(quoted(poor), score=0.01))
    assert "By bus" not in text_of(answer_card(answer))
    more = next(parse(button.custom_id or "") for button in _buttons(answer_card(answer)) if button.label == "More")
    assert isinstance(more, ShowMore)
    last = answer_card(answer, skip=more.skip)
    assert "By bus" in text_of(last)
    assert "More" not in {button.label for button in _buttons(last)}
    assert "no further quotes" in text_of(answer_card(answer, skip=more.skip + 1))


def test_more_is_there_where_something_is_behind_it_or_nothing_else_leads_to_corrections(
    stored: Stored, quoted: Quoted
) -> None:
    quote = quoted(stored([(BlockKind.PARAGRAPH, "At six.")]))

    def leads_further(answer: Answer, **given: Any) -> bool:
        return "More" in {button.label for button in _buttons(answer_card(answer, **given))}

    assert not leads_further(_answer(quote))
    assert not leads_further(_answer(quote, replace(quote, text="At six")))
    assert leads_further(replace(_answer(quote), has_further=True))
    assert not leads_further(replace(_answer(quote), has_further=True), more=False)
    assert leads_further(_answer(quote), votes=False)


def test_the_context_of_one_of_several_quotes_is_picked(stored: Stored, quoted: Quoted) -> None:
    long = stored([(BlockKind.CODE, "x = 1\n" * 2000)], "long.md")
    short = stored([(BlockKind.PARAGRAPH, "Short.")], "short.md", "Shorts")
    view = answer_card(_answer(quoted(short), quoted(long)))
    assert "> Short." in text_of(view)
    assert "characters more: Context)" in text_of(view)
    assert [button.label for button in _buttons(view)] == [None, None]
    first, second = _options(view)
    assert (first.label, first.description) == ("1. Shorts", "Short.")
    assert [getattr(parse(option.value), "percent", 0) for option in (first, second)] == [93, None]


def test_a_title_that_means_something_to_discord_is_no_link_words(
    stored: Stored, quoted: Quoted, read: Callable[[str], Any]
) -> None:
    document = stored([(BlockKind.PARAGRAPH, "Text.")], title="a_b [c](d) `e`", url="https://e.org/")
    shown = read(text_of(answer_card(_answer(quoted(document)))))
    assert "a_b [c](d) `e` · open" in shown.text
    assert shown.of("masked link") == ["https://e.org/"]


def test_a_link_is_only_to_the_web(stored: Stored, quoted: Quoted) -> None:
    for url in ("javascript:alert(1)", "file:///etc/passwd", "https://", "http://[x", "https://a b"):
        document = stored([(BlockKind.PARAGRAPH, "Text.")], url=url)
        assert "](" not in text_of(answer_card(_answer(quoted(document))))


def test_the_context_marks_the_quote_and_pages_reach_the_whole_document(
    stored: Stored, read: Callable[[str], Any]
) -> None:
    document = stored([(BlockKind.PARAGRAPH, f"Paragraph number {number}. It is short.") for number in range(400)])
    low = document.text.index("Paragraph number 200.")
    place = Location(document, low, low + 21)
    first = context_card(place)
    assert read(text_of(first)).of("quote") == ["Paragraph number 200. It is short.\n"]
    assert "Paragraph number 200." in read(text_of(first)).of("bold")
    seen, view = text_of(first), first
    for label in ("Later", "Earlier"):
        view = first
        while pressed := next(
            (parse(button.custom_id or "") for button in _buttons(view) if button.label == label), None
        ):
            view = context_card(place, pressed.at)  # type: ignore[union-attr]
            seen += text_of(view)
    assert all(f"Paragraph number {number}." in seen for number in range(400))


def test_a_list_has_pages(refused: Refused) -> None:
    sources = [Source(number, f"{number}.md", f"Title {number}", None, ()) for number in range(30)]
    first, last = list_card(sources), list_card(sources, 99)
    assert "page 1 of 5" in text_of(first)
    assert [button.label for button in _buttons(first)] == ["Later"]
    assert "Title 29" in text_of(last)
    assert [button.label for button in _buttons(last)] == ["Earlier"]
    assert refused(first) == []


def test_a_report_names_what_was_left_out_and_says_what_did_not_fit() -> None:
    left_out = tuple(LeftOut(f"file{number}.pdf", f"is broken on page {number}") for number in range(100))
    report = BuildReport("000002-a", True, 5, 50, 7, ("a.md",), (), (), left_out, 12.0)
    shown = text_of(report_card(report))
    assert "**Added (1)**\n- a.md" in shown
    assert "**Left out (100)**" in shown
    assert "- file0.pdf: is broken on page 0" in shown
    assert "more" in shown.splitlines()[-1]


def test_a_report_groups_what_was_left_out_for_one_reason() -> None:
    pictures = [LeftOut(f"{number}.png", "`.png` files are not read") for number in range(12)]
    locked = [LeftOut(f"file{number}.pdf", "is locked with a password") for number in range(100)]
    report = BuildReport("000002-a", True, 5, 50, 7, ("a.md",), (), (), (*locked, *pictures), 12.0)
    shown = text_of(report_card(report))
    assert "- 100 files, each of which is locked with a password: file0.pdf, file1.pdf, file2.pdf and 97 more" in shown
    assert "- 12 pictures" in shown


def test_progress_shows_a_bar_and_the_time_left() -> None:
    shown = text_of(progress_card("encoding", 50, 200, 90.0))
    assert "25 % · about 1 min 30 s left" in shown
    assert shown.count("█") == 5


def _buttons(view: discord.ui.LayoutView) -> list[discord.ui.Button[discord.ui.LayoutView]]:
    return [child for child in view.walk_children() if isinstance(child, discord.ui.Button)]


def _options(view: discord.ui.LayoutView) -> list[discord.SelectOption]:
    return [
        option for child in view.walk_children() if isinstance(child, discord.ui.Select) for option in child.options
    ]
