"""What managers can pick to be read of a channel, and what of it is a document."""

from __future__ import annotations

from bot.cards import press
from bot.cards.buttons import ReadAs
from bot.cards.layout import Item
from bot.cards.reference import short_hash
from bot.channels.records import READS_OF, Kind, Reads, Watched
from bot.localisation.catalogue import mark, say

_PINS = (mark("Pinned messages alone"), mark("Whoever wrote them"))
_READS = {
    (Kind.TEXT, Reads.DAYS): (mark("What managers write"), mark("A document for each day and each thread")),
    (Kind.TEXT, Reads.PINS): _PINS,
    (Kind.NEWS, Reads.DAYS): (mark("All announcements, by day"), mark("A document for each day and each thread")),
    (Kind.NEWS, Reads.MESSAGES): (
        mark("All announcements, each by itself"),
        mark("A document for each, and each thread"),
    ),
    (Kind.NEWS, Reads.PINS): _PINS,
}


def reads_select(watched: Watched, source: str) -> list[Item]:
    """Return a select of what is read of the channel of a source; nothing where there is nothing to pick."""
    named = {reads: _READS[watched.kind, reads] for reads in READS_OF[watched.kind]}
    if watched.reads not in named:
        return []
    choices = [
        press.Choice(say(label), say(about), ReadAs(reads, short_hash(source)))
        for reads, (label, about) in named.items()
    ]
    return [press.select(say("Read now: {what}", what=say(named[watched.reads][0])), choices, "reads")]
