"""The examples of what can be asked."""

from __future__ import annotations

from bot.handlers.help import examples
from index.store.values import Source


def _source(title: str, *sections: str) -> Source:
    return Source(0, f"{title}.md", title, None, ((), *((section,) for section in sections)))


def test_headings_that_ask_come_first_of_different_documents() -> None:
    sources = [
        _source("Rules", "Pets"),
        _source("FAQ", "When does it open?", "May I smoke?"),
        _source("Tips", "Why is the tea cold?"),
    ]
    assert examples(sources) == ["When does it open?", "Why is the tea cold?"]


def test_headings_and_titles_make_questions_that_people_ask_where_none_asks() -> None:
    assert examples([_source("Rules", "Pets"), _source("Tea")]) == [
        "Pets: what should I know?",
        "Tea: what should I know?",
    ]
    assert examples([_source("Rules", "Pets")]) == ["Pets: what should I know?", "Rules: what should I know?"]
    assert examples([]) == []


def test_headings_that_many_documents_have_say_nothing_of_what_they_are_about() -> None:
    sources = [_source("Boats", "Overview", "Booking"), _source("Sauna", "Overview", "Towels")]
    assert examples(sources) == ["Booking: what should I know?", "Towels: what should I know?"]
