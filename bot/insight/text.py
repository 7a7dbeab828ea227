"""What is known of the questions of a time, as text; and the list of gaps for writers."""

from __future__ import annotations

from collections.abc import Iterator

from bot.insight.records import Group, Insight, Kind
from bot.insight.rows import moment
from bot.phrasing import count

HEADS = {
    Kind.VAIN: "Asked in vain",
    Kind.ASKED: "Asked most",
    Kind.DISLIKED: "Answers that were disliked",
    Kind.UNASKED: "Said in passing, and nothing found",
}
MISSING = (Kind.VAIN, Kind.UNASKED)
"""What the documents lack: where they come nearest is the place to write it."""

_NOTHING = "Nothing was asked in this time."
_BARS = "▁▂▃▄▅▆▇█"
_ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>#|"})


def as_text(insight: Insight) -> str:
    """Return everything as text for the terminal."""
    return "\n".join(_lines(insight))


def _lines(insight: Insight) -> Iterator[str]:
    yield f"{moment(insight.since)[:10]} to {moment(insight.until)[:10]}"
    yield summary(insight)
    for kind, head in HEADS.items():
        if insight.groups[kind]:
            yield f"\n{head}"
            for number, group in enumerate(insight.groups[kind], 1):
                yield from _described(number, group, kind)
    if insight.unread:
        yield f"\n{count(insight.unread, 'further question')} in rarer words: in none of these groups."


def summary(insight: Insight) -> str:
    """Return the totals as a sentence."""
    totals = insight.totals
    if not totals.asked and not totals.unasked:
        return _NOTHING
    parts = [
        f"{count(totals.asked, 'question')}: {totals.answered:,} answered, {totals.refused:,} refused",
        f"{totals.liked:,} liked, {totals.disliked:,} disliked",
    ]
    if totals.unasked:
        parts.append(f"{totals.unasked:,} said in passing, and nothing found")
    return "; ".join(parts) + "."


def people(number: int) -> str:
    """Return a number of people."""
    return f"{number:,} {'person' if number == 1 else 'people'}"


def times(group: Group, kind: Kind) -> str:
    """Return how often a group was asked, asked in vain or disliked."""
    match kind:
        case Kind.VAIN:
            return f"{group.open:,} in vain" + (f" of {group.asked:,}" if group.asked != group.open else "")
        case Kind.DISLIKED:
            return f"{group.disliked:,} 👎, {group.liked:,} 👍"
        case Kind.UNASKED:
            return f"{group.asked:,} said"
        case Kind.ASKED:
            return f"{group.asked:,} asked" + (f", {group.vain:,} in vain" if group.vain else "")


def sparkline(parts: tuple[int, ...]) -> str:
    """Return a little chart of one line."""
    top = max(parts, default=0)
    return "".join(_BARS[round(part / top * (len(_BARS) - 1))] for part in parts) if top else ""


def _described(number: int, group: Group, kind: Kind) -> Iterator[str]:
    yield f"{number:>3}. {group.name}"
    yield f"     {times(group, kind)}, {people(group.people)}, {group.trend}  {sparkline(group.parts)}"
    if group.example:
        yield f"     e.g. {group.example}"
    if group.nearest is not None:
        yield f"     {'write it at' if kind in MISSING else 'nearest'}: {group.nearest} ({group.nearest.source})"
    if group.shown is not None:
        yield f"     shown: {group.shown} ({group.shown.source})"


def gaps_as_markdown(insight: Insight) -> str:
    """Return what was asked in vain as a list to hand to writers, with a box to tick for each gap."""
    groups = insight.groups[Kind.VAIN]
    head = f"# What was asked in vain, {moment(insight.since)[:10]} to {moment(insight.until)[:10]}\n"
    if not groups:
        return f"{head}\nNothing that enough people asked.\n"
    return "\n".join([head, *map(_as_task, groups), ""])


def _as_task(group: Group) -> str:
    place = group.nearest
    where = f"\n  - nearest section: {_plain(str(place))} (`{place.source}`)" if place else ""
    lead = f"\n  - was shown: {_plain(str(group.shown))}" if group.shown and group.shown != place else ""
    counts = f"asked in vain {count(group.open, 'time')} by {people(group.people)}, {group.trend}"
    example = f"\n  - for example: {_plain(group.example)}" if group.example else ""
    return f"- [ ] **{_plain(group.name)}**: {counts}{example}{where}{lead}"


def _plain(text: str) -> str:
    return text.translate(_ESCAPED)
