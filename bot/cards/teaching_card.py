"""The cards of *Correct this*: what can be said of the passages for a question, what was said, and the list of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import discord

from bot.cards import colours, press
from bot.cards.answer_card import asked_line
from bot.cards.buttons import Decide, ListCorrections, TakeBack, Teach
from bot.cards.citation import plain_name
from bot.cards.escape import escape_line
from bot.cards.layout import Item, card, text
from bot.cards.reference import Reference
from bot.localisation.catalogue import mark, say

MOST_OPTIONS = 25
"""Options that Discord takes in a select."""

CORRECTIONS_ON_A_PAGE = 8
"""Corrections on a page of their list: as many as fit on it where each is as long as most are."""

_LONGEST_QUESTION = 150
_LONGEST_NOTE = 300
_CORRECT = mark("Correct this")


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that can be picked: where it stands, and the words in it that come closest."""

    title: str
    section: tuple[str, ...]
    words: str
    reference: Reference


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """A correction as it is listed, in words; `number` is None where it can no longer be taken back."""

    number: int | None
    summary: str
    about: str


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    """A page, from 0, of the corrections that hold: those on it, and on the first those too that hold no longer."""

    page: int
    pages: int
    count: int
    holding: Sequence[CorrectionLine]
    ended: Sequence[CorrectionLine]


def teach_button(question: bytes) -> list[Item]:
    """Return the row with the button that corrects the answer to a question."""
    return press.rows(press.button(say(_CORRECT), Teach(question), emoji="✏️"))


def teaching_card(
    question: str, key: bytes, quoted: Sequence[Passage], close: Sequence[Passage]
) -> discord.ui.LayoutView:
    """Return what can be corrected of the answer to a question: `quoted` is quoted now, `close` could be.

    `key` is what buttons know the question by.
    """
    head = say(
        "**Correct the answer**\n"
        "What you pick counts at once, for this question and for others in nearly the same words. "
        "`/source answers` lists it and takes it back."
    )
    rows = [
        _select(say("This passage is the answer"), "lead", key, close),
        _select(say("Do not quote this for the question"), "block", key, quoted),
        _select(say("Write a note that goes with a quote"), "note", key, quoted),
    ]
    nothing = [] if quoted or close else [text(say("Nothing in the documents is close to it."))]
    return card([text(asked_line(question)), text(head), *nothing, *(row for row in rows if row)], colours.PLAIN)


def corrected_card(question: str, correction: str, words: str, number: int) -> discord.ui.LayoutView:
    """Return what was corrected, the `words` that it is about, and the button that takes it back."""
    note = [f"> {escape_line(words, _LONGEST_NOTE)}"] if words else []
    items = [text(asked_line(question)), text("\n".join([f"✅ {correction}", *note]))]
    return card([*items, *press.rows(press.button(say("Take back"), TakeBack(number)))], colours.DONE)


def correction_items(listed: CorrectionsPage) -> list[Item]:
    """Return what goes below a page of corrections: a select that takes one back, and buttons to other pages."""
    choices = [
        press.Choice(line.summary, line.about, TakeBack(line.number))
        for line in listed.holding
        if line.number is not None
    ]
    select = [press.select(say("Take a correction back"), choices)] if choices else []
    is_last = listed.page + 1 >= listed.pages
    earlier = press.button(say("Earlier"), ListCorrections(listed.page - 1)) if listed.page else None
    later = press.button(say("Later"), ListCorrections(listed.page + 1)) if not is_last else None
    return [*select, *press.rows(earlier, later)]


def correction_lines(lines: Sequence[CorrectionLine]) -> list[str]:
    """Return the corrections as lines of a list."""
    return [
        f"- {escape_line(line.summary, _LONGEST_QUESTION)}\n  -# {escape_line(line.about, _LONGEST_NOTE)}"
        for line in lines
    ]


def _select(what: str, kind: str, key: bytes, passages: Sequence[Passage]) -> Item | None:
    choices: dict[Reference, press.Choice] = {}
    for passage in passages:
        choice = press.Choice(
            plain_name(passage.title, passage.section), passage.words, Decide(kind, key, passage.reference)
        )
        choices.setdefault(passage.reference, choice)
    return press.select(what, [*choices.values()][:MOST_OPTIONS], kind) if choices else None
