"""The report of a build as text."""

from __future__ import annotations

from bot import left_out
from bot.phrasing import canaries, count, gaps_closed
from index.build.builder import BuildReport

_ANEW = (
    "All documents were encoded anew: with QUOTH_ENCODER_URL sentences get vectors of another kind than without, and "
    "an index holds but one."
)

_UNREAD = "Nothing that is there could be read: the index is empty."
_EMPTIED = "All documents were removed: the index is empty, and nothing of them is kept in it."


def as_text(report: BuildReport) -> str:
    """Return the report of a build as text."""
    size = f"{count(report.documents, 'document')}, {count(report.passages, 'passage')}"
    if report.emptied:
        return "\n".join([_UNREAD if report.left_out else _EMPTIED, *left_out.lines(report.left_out)])
    if report.aside:
        return "\n".join([kept_aside(report, report.aside), *lost(report), *left_out.lines(report.left_out)])
    if not report.swapped:
        return "\n".join(
            [f"Nothing has changed: {report.generation} stays in use ({size}).", *left_out.lines(report.left_out)]
        )
    changes = [
        f"{len(sources)} {what}"
        for what, sources in (("added", report.added), ("changed", report.changed), ("removed", report.removed))
        if sources
    ]
    news = f" ({', '.join(changes)})" if changes else ""
    return "\n".join(
        [
            *([f"WARNING: The index in use was damaged. {report.damage}"] if report.damage else []),
            *([_ANEW] if report.anew else []),
            f"{report.generation} is in use: {size}{news}.",
            f"{count(report.encoded, 'passage')} encoded, {report.seconds:.1f} s in all.",
            *lost(report),
            *([gaps_closed(report.gaps)] if report.gaps else []),
            *left_out.lines(report.left_out),
        ]
    )


def kept_aside(report: BuildReport, aside: str) -> str:
    """Return that a build was not put in use, and what puts it in use after all."""
    return (
        f"{aside} was kept aside, because it loses {canaries(len(report.lost))}: "
        f"{report.generation} stays in use. `quoth index build --accept` puts it in use all the same."
    )


def lost(report: BuildReport) -> list[str]:
    """Return a line for each canary that is answered no more."""
    return [f"lost: {question}" for question in report.lost]
