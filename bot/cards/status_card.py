"""The cards of `/index rebuild`, `/index status` and `/index rollback`, and of what went wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

import discord

from bot import phrasing
from bot.cards import colours, press
from bot.cards.buttons import Accept, GoBack, Vote
from bot.cards.escape import escape_line, escape_said
from bot.cards.fetched import outcome_of
from bot.cards.layout import Item, card, lines_within, text
from bot.cards.reference import between_hash
from bot.cards.slash import with_slash_commands
from bot.cards.visible import one_line
from bot.left_out import grouped, listed
from bot.localisation import words
from bot.localisation.catalogue import figure, mark, say
from bot.public_errors import (
    NOTHING_LEFT,
    NoDocumentsError,
    StillReadingError,
    public_words,
    why_not_built,
    without_paths,
)
from bot.status import Status
from index.build.builder import BuildReport, Gaps
from index.errors import QuothError
from index.library.connectors.state import State
from index.records import LeftOut

_BAR = 20
_LONGEST_NAME = 80
_LONGEST_REASON = 120
_LIST_ROOM = 560
_LONGEST_NOTICE = 1500
_LONGEST_DAMAGE = 500


NO_TITLES: Mapping[str, str] = MappingProxyType({})

_DAMAGED = mark("The index in use is damaged, and an earlier one is answered from instead. The log says why.")
_GAPS = mark("Gaps that are closed: {closed} of {asked}. What was asked in vain was asked again.")
_LEFT = mark("Gaps that were not reached: {left}. They come first after the next rebuild.")
_ASIDE = mark(
    "**The new index was kept aside**: it no longer answers {n} of the questions that it must answer, so the one "
    "before stays in use. The button puts the new one in use all the same."
)
_DAMAGED_BEFORE = mark("The one before was damaged, and is no longer in use. The log says why.")
_STEPS = {
    "starting": mark("Starting"),
    "reading": mark("Reading the documents"),
    "encoding": mark("Learning what they say"),
    "writing": mark("Writing it down"),
}
"""The steps of a build, as a member would name them."""

_KINDS = {"forum": mark("forum"), "news": mark("announcement channel"), "text": mark("text channel")}
"""What kinds of channels that are read are called."""

_MEANWHILE = mark("-# Questions are answered from the index before until it is done.")
_MEANWHILE_FIRST = mark("-# Questions are answered as soon as it is done.")

_CHANGES = {"added": mark("Added since"), "changed": mark("Changed since"), "removed": mark("Removed since")}


@dataclass(frozen=True, slots=True)
class RollbackQuestion:
    """The index `before` the one in use, when it was built, and which documents would go, change and come back.

    `between` is what its button knows both by.
    """

    before: str
    created: str
    gone: tuple[str, ...]
    changed: tuple[str, ...]
    back: tuple[str, ...]
    between: bytes


def progress_card(
    step: str, done: int, total: int, seconds_left: float | None, *, first: bool = False
) -> discord.ui.LayoutView:
    """Return a bar of how far a build is in its step, with the time left where it is known.

    While the `first` one is under way, there is nothing to answer from.
    """
    share = min(max(done / total, 0.0), 1.0) if total > 0 else 0.0
    filled = int(share * _BAR)
    bar = f"`{'█' * filled}{'░' * (_BAR - filled)}` {int(share * 100)} %"
    left = ""
    if seconds_left is not None:
        left = say(" · about {duration} left", duration=phrasing.duration(seconds_left))
    what = escape_line(say(_STEPS[step]) if step in _STEPS else step, _LONGEST_NAME)
    return card(
        [
            text(say("**Reading the documents for the first time**") if first else say("**Rebuilding the index**")),
            text(f"{what}\n{bar}{left}" if what else f"{bar}{left}"),
            text(say(_MEANWHILE_FIRST if first else _MEANWHILE)),
        ],
        colours.BUSY,
    )


def not_read_card(error: Exception) -> discord.ui.LayoutView:
    """Return why there is no index yet: the build has failed, or cannot begin."""
    why = why_not_built(error)
    items = [
        text(say("**The documents could not be read yet**")),
        text(escape_said(why)),
        text(say("-# That is tried again by itself, and at once by `/index rebuild`.")),
    ]
    return card(items, colours.FAILED)


def report_card(report: BuildReport, titles: Mapping[str, str] = NO_TITLES) -> discord.ui.LayoutView:
    """Return what a rebuild came to: which documents were added, changed, removed and left out, and why.

    `titles` are those of the documents, by source: one that has none here is named by its source.
    """
    figures = f"{words.documents(report.documents)} · {phrasing.duration(report.seconds)}"

    def named(sources: Sequence[str]) -> list[str]:
        return [titles.get(source, source) for source in sources]

    gaps = report.gaps
    items: list[Item] = [
        *_damage(_DAMAGED_BEFORE if report.damage else None),
        text(f"{_head(report)}\n{figures}"),
        *([text(gaps_text(gaps))] if gaps else []),
        *_named(say("No longer answered"), report.lost),
        *_named(say("Added"), named(report.added)),
        *_named(say("Changed"), named(report.changed)),
        *_named(say("Removed"), named(report.removed)),
        *_left_out(report.left_out),
    ]
    if report.aside:
        button = press.button(say("Use it all the same"), Accept(between_hash(report.generation, report.aside)))
        return card([*items, *press.rows(button)], colours.FAILED)
    return card(items, colours.DONE)


def gaps_text(gaps: Gaps) -> str:
    """Return how much of what was asked in vain is answered now."""
    left = f" {say(_LEFT, left=gaps.left)}" if gaps.left else ""
    return f"{say(_GAPS, closed=gaps.closed, asked=gaps.asked)}{left}"


def _head(report: BuildReport) -> str:
    if report.emptied:
        return say(NOTHING_LEFT)
    if report.aside:
        return say(_ASIDE, n=len(report.lost))
    if report.swapped:
        return say("**The index was rebuilt**")
    return say("**The index is up to date**: nothing had changed.")


def status_card(status: Status) -> discord.ui.LayoutView:
    """Return what is in use, and whether it is up to date; nothing of the machine that it is on."""
    head = say("**{edition}**, built {day}", edition=_capital(_edition(status.generation)), day=_day(status.created))
    items: list[Item] = [
        *_damage(_DAMAGED if status.damage else None),
        text(f"{head}\n{words.documents(status.documents)}"),
        *_changes(status),
        *_left_out([LeftOut(left["source"], left["reason"]) for left in status.left_out]),
        *_connectors(status),
        *_channels(status),
        *_named(say("Others that are kept"), [_edition(name) for name in status.others]),
    ]
    return card(items, colours.FAILED if status.damage else colours.PLAIN)


def rollback_question_card(question: RollbackQuestion) -> discord.ui.LayoutView:
    """Return the question whether to go back, with what would go, and a button that does it."""
    offer = say("**Go back to {edition}**, built {day}?", edition=_edition(question.before), day=_day(question.created))
    lists = [
        *_named(say("Would go"), question.gone),
        *_named(say("Would be as it was"), question.changed),
        *_named(say("Would come back"), question.back),
    ]
    same = [] if lists else [text(say("It holds the same documents."))]
    button = press.button(say("Go back"), GoBack(question.between))
    return card([text(offer), *lists, *same, *press.rows(button)], colours.UNANSWERED)


def rollback_card(before: str, now: str, created: str, documents: int) -> discord.ui.LayoutView:
    """Return what a rollback went back to: the generation `now`, when it was built and what it holds."""
    back = say(
        "**Back to {edition}**, built {day}, with {documents}.",
        edition=_edition(now),
        day=_day(created),
        documents=words.documents(documents),
    )
    note = say("-# {edition} is kept: a rebuild makes a new one.", edition=_capital(_edition(before)))
    return card([text(back), text(note)], colours.PLAIN)


def accepted_card(before: str, now: str, documents: int) -> discord.ui.LayoutView:
    """Return that the generation `now`, which was kept aside, is in use in place of the one `before`."""
    edition = _capital(_edition(now))
    head = say("**{edition} is in use**, with {documents}.", edition=edition, documents=words.documents(documents))
    note = say("-# {edition} is kept: `/index rollback` goes back to it.", edition=_capital(_edition(before)))
    return card([text(head), text(note)], colours.DONE)


def notice_card(message: str, *, failed: bool = False, below: Sequence[Item] = ()) -> discord.ui.LayoutView:
    """Return a message in plain words: what went wrong, or what is to be known, with what stands `below` it."""
    message = with_slash_commands(message)
    cut = message if len(message) <= _LONGEST_NOTICE else f"{message[:_LONGEST_NOTICE]}…"
    body = text(escape_said(cut).strip() or say("-# (nothing)"))
    return card([body, *below], colours.FAILED if failed else colours.PLAIN)


def error_card(error: QuothError) -> discord.ui.LayoutView:
    """Return what is told of an error; that there is nothing to answer from yet is none."""
    return notice_card(public_words(error), failed=not isinstance(error, StillReadingError | NoDocumentsError))


def offer_card(vote: Vote) -> discord.ui.LayoutView:
    """Return the offer to vote on an answer that somebody said was wrong."""
    offer = text(say("Sorry! A 👎 tells those who look after the documents that the answer was wrong."))
    return card([offer, *press.rows(press.button("", vote, emoji="👎"))], colours.PLAIN)


def damage_card() -> discord.ui.LayoutView:
    """Return the warning that the index in use is damaged, and what to do."""
    return card([*_damage(_DAMAGED), text(say("`/index rebuild` makes it anew."))], colours.FAILED)


def _edition(generation: str) -> str:
    """Return what an index is called on Discord: by its number, without the hash behind it."""
    number = generation.partition("-")[0]
    return say("index {number}", number=int(number)) if number.isdecimal() else say("an index")


def _capital(words_: str) -> str:
    return words_[:1].upper() + words_[1:]


def _day(created: str) -> str:
    """Return when an index was built, to the minute, in each reader's own time."""
    try:
        return discord.utils.format_dt(datetime.fromisoformat(created))
    except ValueError:
        return escape_line(created, 40)


def _damage(message: str | None) -> list[Item]:
    if not message:
        return []
    head = say("**⚠️ Damage**")
    return [text(f"{head}\n{escape_said(with_slash_commands(say(message)), _LONGEST_DAMAGE)}")]


def _changes(status: Status) -> list[Item]:
    if status.changes is None:
        return [text(say("The documents folder cannot be looked at; the index goes on answering."))]
    changed = {what: sources for what, sources in status.changes.items() if sources}
    if not changed:
        return [text(say("Up to date."))]
    named = [item for what, sources in changed.items() for item in _named(say(_CHANGES[what]), sources)]
    return [*named, text(say("`/index rebuild` brings it up to date."))]


def _connectors(status: Status) -> list[Item]:
    states = [(row["name"], State.model_validate(row)) for row in status.connectors]
    lines = [
        f"- {escape_line(name, _LONGEST_NAME)}: {escape_said(without_paths(outcome_of(state)), _LONGEST_REASON)}"
        + (f" · {_day(state.ended)}" if state.ended is not None else "")
        for name, state in states
    ]
    unreadable = say("Their list cannot be read: whoever runs the bot finds the reason in its log.")
    fault = [f"- {unreadable}"]
    return _listed(say("Connectors"), [*lines, *(fault if status.connectors_fault else [])], len(lines))


def _channels(status: Status) -> list[Item]:
    lines = [f"- {_channel(channel)}" for channel in status.channels]
    fault = [f"- {escape_said(say(status.channels_fault), _LONGEST_REASON)}"] if status.channels_fault else []
    return _listed(say("Channels that are read"), [*lines, *fault], len(lines))


def _channel(state: Mapping[str, Any]) -> str:
    name, kind = escape_line(state["name"], _LONGEST_NAME), say(_KINDS.get(state["kind"], state["kind"]))
    reason = state["failure"]
    failure = without_paths(say(reason)) if reason else ""
    parts = [
        f"{words.messages(state['messages'])}, {words.documents(state['documents'])}",
        say("up to {day}", day=_day(state["until"])) if state["until"] else "",
        "" if state["complete"] else say("its history is still being read"),
        escape_said(say("failed last: {reason}", reason=failure), _LONGEST_REASON) if failure else "",
    ]
    return f"{name} ({kind}): {' · '.join(filter(None, parts))}"


def _named(what: str, names: Sequence[str]) -> list[Item]:
    return _listed(what, [f"- {escape_line(name, _LONGEST_NAME)}" for name in names])


def _left_out(missed: Sequence[LeftOut]) -> list[Item]:
    lines = [
        f"- {escape_said(without_paths(group.what), _LONGEST_NAME + _LONGEST_REASON)}"
        + (f": {escape_line(listed(group.sources), _LONGEST_REASON)}" if group.sources else "")
        for group in grouped(missed)
    ]
    return _listed(say("Left out"), lines, len(missed))


def _listed(what: str, lines: Sequence[str], count: int | None = None) -> list[Item]:
    """Return a list under its name and its `count` or else its length, cut to its room; nothing where it is empty."""
    if not lines:
        return []
    fitting = lines_within(lines, _LIST_ROOM, words.and_more)
    return [text(f"**{one_line(what)} ({figure(len(lines) if count is None else count)})**\n{fitting}")]
