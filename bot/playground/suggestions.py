"""Questions for the welcome card: made of titles and headings, and tried, so that the documents answer them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from bot.access.rules import Audience
from bot.access.view import VisibleDocuments
from bot.answering.desk import Desk
from bot.playground.welcome import LONGEST_QUESTION, MOST_QUESTIONS
from index.answer.asked import Asked
from index.store.values import Source

_TRIED = 24
_SECTIONS = 2
"""Headings of one document that are tried."""


async def suggested(desk: Desk) -> list[str]:
    """Return some questions that are answered to everybody, of different documents where there are several."""
    questions: dict[str, str] = {}
    for source, question in await desk.look_up(_candidates, Audience()):
        if len(questions) == MOST_QUESTIONS:
            break
        if source not in questions and (await desk.answer(Asked(question), Audience())).answered:
            questions[source] = question
    return list(questions.values())


def _candidates(visible: VisibleDocuments) -> list[tuple[str, str]]:
    """Return sources with a question about each: of every document one, then of every one another."""
    questions = [(source.source, _questions(source)) for source in visible.sources[:_TRIED]]
    rounds = [
        (source, question) for _ in range(_SECTIONS + 1) for source, some in questions for question in islice(some, 1)
    ]
    return [(source, question) for source, question in rounds if len(question) <= LONGEST_QUESTION][:_TRIED]


def _questions(source: Source) -> Iterator[str]:
    headings = [path[-1] for path in source.sections if path]
    for heading in headings[:_SECTIONS]:
        yield heading if heading.endswith("?") else f"What does “{source.title}” say about “{heading}”?"
    yield f"What is in “{source.title}”?"
