"""The cards of what is added to the library and taken from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import discord

from bot.cards import colours, press
from bot.cards.buttons import Undo, UndoRefresh
from bot.cards.escape import escape_line, escape_said
from bot.cards.fetched import outcome_of
from bot.cards.layout import Item, card, length, lines_within, rooms, text
from bot.cards.reference import short_hash
from bot.cards.status_card import gaps_text
from bot.cards.teaching_card import CorrectionsPage, correction_items, correction_lines
from bot.cards.visible import one_line
from bot.localisation.catalogue import figure, mark, say
from bot.localisation.explanation import explained
from bot.localisation.verbatim import verbatim
from bot.localisation.words import and_more
from bot.public_errors import without_paths
from index.build.builder import Gaps
from index.library.connectors.state import State
from index.records import LeftOut

LAPSING_HEAD = mark("**Answers that lapse soon**")
_UNDO = mark("Undo")
_LONGEST_NAME = 100
_LONGEST_REASON = 300
_LONGEST_LABEL = 60
_MOST_UNDONE = 10
"""Connectors whose refreshing can be undone from one card: two rows of buttons."""

_LIST_ROOM = 3000
_CORRECTIONS_ROOM = 2000
"""Characters that a page of corrections has at most, before what else is on the card."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: `source` where something of it stays, to be undone; `result` says it in words.

    `version` tells it from what was added before or later under the same name.
    """

    name: str
    result: str
    source: str | None = None
    failed: bool = False
    version: int | None = None


def stays(outcomes: Sequence[Outcome]) -> bool:
    """Tell whether anything of some files stays."""
    return any(outcome.source is not None for outcome in outcomes)


def outcome_card(
    head: str, outcomes: Sequence[Outcome], *, added: bool, gaps: Gaps | None = None, below: Sequence[Item] = ()
) -> discord.ui.LayoutView:
    """Return what came of each file, with a button for each that can be undone, and which `gaps` that closes.

    `below` is what else can be picked.
    """
    lines = [  # an error names it again
        f"- {escape_line(outcome.name, _LONGEST_NAME)}: "
        f"{escape_said(outcome.result.removeprefix(f'{verbatim(outcome.name)} '), _LONGEST_REASON)}"
        for outcome in outcomes
    ]
    items: list[Item] = [text(f"**{one_line(head)}**\n{lines_within(lines, _LIST_ROOM, and_more)}")]
    items += [text(f"-# {gaps_text(gaps)}")] if gaps else []
    undone = [outcome for outcome in outcomes if outcome.source is not None]
    names = [f" {one_line(outcome.name, _LONGEST_LABEL)}" if len(undone) > 1 else "" for outcome in undone]
    buttons = [
        press.button(f"{say(_UNDO)}{name}", Undo(added, short_hash(outcome.source or ""), outcome.version))
        for outcome, name in zip(undone, names, strict=True)
    ]
    failed = any(outcome.failed for outcome in outcomes)
    return card([*items, *below, *press.rows(*buttons)], colours.FAILED if failed else colours.DONE)


def fetched_card(  # noqa: PLR0913 -- each is a part of the card
    head: str,
    fetched: Sequence[tuple[str, State | None]],
    note: str,
    *,
    undo: tuple[str, int | None] | None = None,
    runs: Mapping[str, int] = MappingProxyType({}),
    unread: Sequence[LeftOut] = (),
) -> discord.ui.LayoutView:
    """Return what connectors came to: what was read, what was not and why; None: one is still at it.

    `note` is what else there is to say; `undo` is a connector that the button takes away again, and its version. `runs`
    are the numbers of those that have changed something, by the names of their connectors: a button undoes each.
    `unread` is what was fetched and could not be read, or not as a whole.
    """
    lines = [line for name, state in fetched for line in _fetched(name, state, unread)]
    items: list[Item] = [text(f"**{one_line(head)}**\n{lines_within(lines, _LIST_ROOM, and_more)}")]
    items += [text(f"-# {escape_said(note, _LONGEST_REASON)}")] if note else []
    buttons = [press.button(say(_UNDO), Undo(True, short_hash(f"{undo[0]}/"), undo[1]))] if undo else []
    for name, run in list(runs.items())[:_MOST_UNDONE]:
        which = f" {one_line(name, _LONGEST_LABEL)}" if len(runs) > 1 else ""
        buttons.append(press.button(f"{say(_UNDO)}{which}", UndoRefresh(run, short_hash(f"{name}/"))))
    failed = any(state is not None and state.error is not None for _, state in fetched)
    return card([*items, *press.rows(*buttons)], colours.FAILED if failed else colours.DONE)


def removed_site_card(name: str, version: int | None, fault: str, note: str = "") -> discord.ui.LayoutView:
    """Return that a connector was removed, in its `version`, with a button that puts it back, and a `note`.

    `fault` says what went wrong, if it did.
    """
    line = fault or " ".join(filter(None, (say("is no longer quoted. It can be put back for an hour."), note)))
    body = f"- {escape_line(name, _LONGEST_NAME)}/: {escape_said(line, _LONGEST_REASON)}"
    head = one_line(say("Removed from the documents"))
    button = press.button(say(_UNDO), Undo(False, short_hash(f"{name}/"), version))
    return card([text(f"**{head}**\n{body}"), *press.rows(button)], colours.FAILED if fault else colours.DONE)


def _fetched(name: str, state: State | None, unread: Sequence[LeftOut]) -> list[str]:
    folder = escape_line(name, _LONGEST_NAME)
    if state is None:
        message = say("is still being read: `/index status` says how far it has come.")
        return [f"- {folder}/: {message}"]
    missed = [(failure.name, failure.reason) for failure in state.failures]
    missed += [
        (left.source.removeprefix(f"{name}/"), left.reason) for left in unread if left.source.startswith(f"{name}/")
    ]
    reasons = [f"{verbatim(what)}: {explained(reason)}" for what, reason in missed] if state.error is None else []
    notes = [*reasons, *map(explained, state.notices)]
    more = [escape_said(without_paths(note), _LONGEST_REASON) for note in notes]
    return [
        f"- {folder}/: {escape_said(without_paths(outcome_of(state)), _LONGEST_REASON)}",
        *(f"  - {line}" for line in more),
    ]


def answers_card(rows: Sequence[tuple[str, str]], corrections: CorrectionsPage) -> discord.ui.LayoutView:
    """Return what managers have taught: the answers that are kept, the corrections that hold, and the history.

    Of an answer it is its source and what is known of it; answers and history are on the first page alone.
    """
    lines = [f"- {escape_line(known, _LONGEST_REASON)}\n  -# {escape_line(source, 120)}" for source, known in rows]
    pages = {"page": figure(corrections.page + 1), "pages": figure(corrections.pages)}
    turned = say(" · page {page} of {pages}", **pages) if corrections.pages > 1 else ""
    listed, ended = correction_lines(corrections.holding), correction_lines(corrections.ended)
    own = min(_needed(listed), _CORRECTIONS_ROOM)
    of_answers, of_ended = rooms([_needed(lines), _needed(ended)], _LIST_ROOM - own)
    none = say("No answers are kept yet: *Keep as answer* in a message's menu keeps one.")
    items = [
        *([] if rows or corrections.page else [text(none)]),
        *_part(say("**Answers that are kept ({n})**", n=figure(len(rows))), lines, of_answers),
        *_part(say("**Corrections ({n})**", n=figure(corrections.count)) + turned, listed, own),
        *_part(say("**No longer holds**"), ended, of_ended),
    ]
    return card([*items, *correction_items(corrections)], colours.PLAIN)


def lapsing_card(answers: Sequence[tuple[str, date]]) -> discord.ui.LayoutView:
    """Return which answers lapse soon: the question of each, and its last day."""
    holding = [(escape_line(question, _LONGEST_REASON), say("good until {day}", day=day)) for question, day in answers]
    lines = [f"- {question} · {holds}" for question, holds in holding]
    head = say(LAPSING_HEAD)
    how = say("To keep one longer, remove it with `/source remove` and keep its message again with a later day.")
    return card([text(f"{head}\n{lines_within(lines, _LIST_ROOM, and_more)}\n-# {how}")], colours.PLAIN)


def _needed(lines: Sequence[str]) -> int:
    return length("\n".join(lines))


def _part(head: str, lines: Sequence[str], room: int) -> list[Item]:
    return [text(f"{head}\n{lines_within(lines, room, and_more)}")] if lines else []
