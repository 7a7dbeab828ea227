"""A document of what was written in a channel: a post or another thread, or a day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from bot.channels.records import Kind, Line, Reads, Watched
from index.library.headings import sections

_EPOCH = 1_420_070_400_000
"""The first millisecond of 2015, from which Discord counts in its ids."""

_LONGEST_TITLE = 80
"""Characters of the first line of an announcement that it is called by."""

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~$:!&^=]")


def written_at(message: int) -> datetime:
    """Return when a message was written, which its id tells."""
    return datetime.fromtimestamp(((message >> 22) + _EPOCH) / 1000, UTC)


def day_of(message: int) -> str:
    """Return the day (UTC, ISO) on which a message was written."""
    return written_at(message).date().isoformat()


def place_of(reads: Reads, message: int) -> str:
    """Return the document that a message is in, of a channel that is no forum: a day, or the message's own."""
    return f"m{message}" if reads is Reads.MESSAGES else day_of(message)


def document(watched: Watched, place: str, title: str | None, lines: Sequence[Line]) -> str:
    """Return the messages of a thread, or of a day where `title` is None, as Markdown: a section each.

    A message that is a document by itself is called by its first words.

    The words are as they were written. What would be read as a heading is not, so that nobody can say something as
    somebody else.
    """
    import yaml

    first = lines[0].message
    day = written_at(first)
    shown = title or _first_words(watched, lines[0].text) or f"#{watched.name}, {day.day} {day:%B %Y}"
    url = f"https://discord.com/channels/{watched.server}/{f'{watched.channel}/{first}' if title is None else place}"
    announced = watched.kind is Kind.NEWS and title is None  # who may announce has not written all that is in a thread
    front = {"title": shown, "url": url, "date": day.date().isoformat()}
    head = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{head}---\n\n" + sections(list(_headed(announced, lines))) + "\n"


def _first_words(watched: Watched, text: str) -> str:
    """Return what an announcement is called; nothing where it shares its document with others of its day."""
    if watched.reads is not Reads.MESSAGES:
        return ""
    words = " ".join(_MARKUP.sub("", text.strip().partition("\n")[0]).split())
    return (
        words
        if len(words) <= _LONGEST_TITLE
        else f"{words[:_LONGEST_TITLE].rpartition(' ')[0] or words[:_LONGEST_TITLE]} …"
    )


def _headed(announced: bool, lines: Sequence[Line]) -> Iterator[tuple[str, str]]:  # noqa: FBT001 -- as its caller has it
    for line in lines:
        by, when = " ".join(_MARKUP.sub("", line.by).split()) or "a member", written_at(line.message)
        lead = "Announced" if announced else f"Said by {by}"
        yield f"{lead}, {when.day} {when:%B %Y}, {when:%H.%M}", line.text
