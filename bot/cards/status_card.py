"""The cards of `/index rebuild`, `/index status` and `/index rollback`, and of what went wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

import discord

from bot import phrasing
from bot.cards import colours, press
from bot.cards.buttons import Vote
from bot.cards.escape import escape, escape_line
from bot.cards.layout import Item, card, lines_within, text
from bot.cards.slash import with_slash_commands
from bot.cards.visible import one_line
from bot.left_out import grouped, listed
from bot.status import Status
from index.build.builder import BuildReport
from index.records import LeftOut

_BAR = 20
_LONGEST_NAME = 80
_LONGEST_REASON = 120
_LIST_ROOM = 560
_LONGEST_NOTICE = 1500
_LONGEST_DAMAGE = 500


_DAMAGED = "The index in use is damaged, and an earlier one is answered from instead. The log says why."
_DAMAGED_BEFORE = "The one before was damaged, and is no longer in use. The log says why."
_PATH = re.compile(r"(?<![\w.])(?:/|[A-Za-z]:\\)[^\s'\"),;]*[/\\]?([^\s'\"),;/\\:]+)")


def progress_card(step: str, done: int, total: int, seconds_left: float | None) -> discord.ui.LayoutView:
    """Return a bar of how far a rebuild is in its step, with the time left where it is known."""
    share = min(max(done / total, 0.0), 1.0) if total > 0 else 0.0
    filled = int(share * _BAR)
    bar = f"`{'█' * filled}{'░' * (_BAR - filled)}` {int(share * 100)} %"
    left = f" · about {phrasing.duration(seconds_left)} left" if seconds_left is not None else ""
    what = escape_line(step, _LONGEST_NAME)
    return card(
        [
            text("**Rebuilding the index**"),
            text(f"{what}\n{bar}{left}" if what else f"{bar}{left}"),
            text("-# Questions are answered from the index before until it is done."),
        ],
        colours.BUSY,
    )


def report_card(report: BuildReport, *, whole: bool = True) -> discord.ui.LayoutView:
    """Return what a rebuild came to: what was added, changed, removed and left out, and why.

    Where part of the documents is closed to whoever reads it, it is not `whole`: what was encoded is not counted.
    """
    head = _head(report)
    sizes = ((report.documents, "document"), (report.passages, "passage"))
    held = ", ".join(phrasing.count(number, noun) for number, noun in sizes)
    took = phrasing.duration(report.seconds)
    encoded = [f"{phrasing.count(report.encoded, 'passage')} encoded"] if whole else []
    figures = " · ".join((held, *encoded, took, _edition(report.generation)))
    items: list[Item] = [
        *_damage(_DAMAGED_BEFORE if report.damage else None),
        text(f"{head}\n{figures}"),
        *([text(phrasing.gaps_closed(report.gaps))] if report.gaps else []),
        *_named("Answered no more", report.lost),
        *_named("Added", report.added),
        *_named("Changed", report.changed),
        *_named("Removed", report.removed),
        *_left_out(report.left_out),
    ]
    return card(items, colours.FAILED if report.aside else colours.DONE)


def _head(report: BuildReport) -> str:
    if report.aside:
        return (
            f"**The new index was kept aside**: it loses {phrasing.canaries(len(report.lost))}, so the one before "
            "stays in use. `quoth index build --accept` puts it in use all the same."
        )
    if report.swapped:
        return "**The index was rebuilt**"
    return "**The index is up to date**: nothing had changed."


def status_card(status: Status) -> discord.ui.LayoutView:
    """Return what is in use, and whether it is up to date; nothing of the machine that it is on."""
    sizes = ((status.documents, "document"), (status.passages, "passage"), (status.sentences, "sentence"))
    held = ", ".join(phrasing.count(number, noun) for number, noun in sizes)
    size = f", {status.bytes / 1e6:,.1f} MB" if status.bytes is not None else ""
    items: list[Item] = [
        *_damage(_DAMAGED if status.damage else None),
        text(f"**{_edition(status.generation).capitalize()}**, built {_day(status.created)}\n{held}{size}"),
        *_changes(status),
        *_left_out([LeftOut(left["source"], left["reason"]) for left in status.left_out]),
        *_named("Others that are kept", [_edition(name) for name in status.others]),
    ]
    return card(items, colours.FAILED if status.damage else colours.PLAIN)


def rollback_card(before: str, now: str, created: str, documents: int) -> discord.ui.LayoutView:
    """Return what a rollback went back to: the generation `now`, when it was built and what it holds."""
    held = phrasing.count(documents, "document")
    return card(
        [
            text(f"**Back to {_edition(now)}**, built {_day(created)}, with {held}."),
            text(f"-# {_edition(before).capitalize()} is kept: a rebuild makes a new one."),
        ],
        colours.PLAIN,
    )


def notice_card(message: str, *, failed: bool = False) -> discord.ui.LayoutView:
    """Return a message in plain words: what went wrong, or what is to be known."""
    message = with_slash_commands(message)
    shown = message if len(message) <= _LONGEST_NOTICE else f"{message[:_LONGEST_NOTICE]}…"
    return card([text(escape(shown).strip() or "-# (nothing)")], colours.FAILED if failed else colours.PLAIN)


def offer_card(vote: Vote) -> discord.ui.LayoutView:
    """Return the offer to vote on an answer that somebody said was wrong."""
    offer = text("Sorry! A 👎 tells those who look after the documents that the answer was wrong.")
    return card([offer, *press.rows(press.button("", vote, emoji="👎"))], colours.PLAIN)


def damage_card() -> discord.ui.LayoutView:
    """Return the warning that the index in use is damaged, and what to do."""
    return card([*_damage(_DAMAGED), text("`/index rebuild` makes it anew.")], colours.FAILED)


def _edition(generation: str) -> str:
    """Return what an index is called on Discord: by its number, without the hash behind it."""
    number = generation.partition("-")[0]
    return f"index {int(number)}" if number.isdecimal() else "an index"


def _day(created: str) -> str:
    """Return when an index was built, to the minute, in each reader's own time."""
    try:
        return discord.utils.format_dt(datetime.fromisoformat(created))
    except ValueError:
        return escape_line(created, 40)


def _without_paths(reason: str) -> str:
    """Return a reason without the folders of the machine: of an absolute path the last part alone is left."""
    return _PATH.sub(r"\1", reason)


def _damage(told: str | None) -> list[Item]:
    return [text(f"**⚠️ Damage**\n{escape_line(with_slash_commands(told), _LONGEST_DAMAGE)}")] if told else []


def _changes(status: Status) -> list[Item]:
    if status.changes is None:
        return [text("The documents folder cannot be looked at; the index goes on answering.")]
    changed = {what: sources for what, sources in status.changes.items() if sources}
    if not changed:
        return [text("Up to date.")]
    named = [item for what, sources in changed.items() for item in _named(f"{what.capitalize()} since", sources)]
    return [*named, text("`/index rebuild` brings it up to date.")]


def _named(what: str, names: Sequence[str]) -> list[Item]:
    return _listed(what, [f"- {escape_line(name, _LONGEST_NAME)}" for name in names])


def _left_out(missed: Sequence[LeftOut]) -> list[Item]:
    lines = [
        f"- {escape_line(_without_paths(group.what), _LONGEST_NAME + _LONGEST_REASON)}"
        + (f": {escape_line(listed(group.sources), _LONGEST_REASON)}" if group.sources else "")
        for group in grouped(missed)
    ]
    return _listed("Left out", lines, len(missed))


def _listed(what: str, lines: Sequence[str], count: int | None = None) -> list[Item]:
    """Return a list under its name and its `count` or else its length, cut to its room; nothing where it is empty."""
    if not lines:
        return []
    shown = lines_within(lines, _LIST_ROOM, lambda left: f"-# and {left:,} more")
    return [text(f"**{one_line(what)} ({len(lines) if count is None else count:,})**\n{shown}")]
