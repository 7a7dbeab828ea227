"""Chats as WhatsApp exports them and as IRC programs log them: plain text, a message a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from index.read.chat.chat import Chat, Message, display_name, mention

_DAY = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\.?"
_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[AaPp]\.?\s?[Mm]\.?)?"
_BEFORE = r"[\u200e\u200f\ufeff]*"
_WHATSAPP = re.compile(
    rf"{_BEFORE}(?:\[(?P<day>{_DAY}),\s+{_TIME}\]\s+|(?P<bare>{_DAY}),?\s+{_TIME}\s+[-\N{{EN DASH}}]\s+)"
    r"(?:(?P<author>[^:\n]{1,60}):(?:\s+|$))?(?P<text>.*)"
)
_IRC = re.compile(
    rf"(?:\[?(?:(?P<day>{_DAY})[T\s]\s*)?{_TIME}\]?\s+)"
    r"(?:<\s?[~&@%+]?(?P<author>[^\s<>]{1,40})>\s(?P<text>.*)"
    r"|\*\s(?P<actor>[^\s*<>]{1,40})\s(?P<action>.*)"
    r"|(?P<notice>(?:\*{2,3}|-!-|-->|<--|--|==)\s.*|\*\s*$))"
)
_IRC_DAY = re.compile(
    r"(?:-{3}|\*{3,4}|Session)\s*(?P<what>Day changed(?: to)?|Log opened|Log closed|BEGIN LOGGING AT|ENDING LOGGING AT"
    r"|Start|Close|Time)?:?(?P<day>.*)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\d{4}")
_CLOCK = re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})?\b")
_LEVELS = frozenset(["debug", "info", "notice", "warn", "warning", "error", "critical", "fatal", "trace"])
"""What stands where an author would in the log of a program."""

_ATTACHED = re.compile(
    r"<(?:attached|Anhang|adjunto|pièce jointe)\s?:\s*(?P<ios>[^<>]+)>"
    r"|(?P<file>\S[^()\n]{0,200}\.\w{2,5}) \([\w ]{3,30}\)",
    re.IGNORECASE,
)
_EDITED = re.compile(
    r"\s*<(?:This message was edited|Diese Nachricht wurde bearbeitet\.?|Se editó este mensaje\.?)>", re.IGNORECASE
)
_OMITTED = re.compile(
    r"<[^<>]{0,30}(?:omitted|weggelassen|ausgeschlossen|omitid[oa]s?|omis(?:e?s)?)>"
    r"|(?:image|video|audio|sticker|GIF|document|Contact card|Bild|Video|Audio|Sticker|Dokument|imagen) "
    r"(?:omitted|weggelassen|omitid[oa])|(?:This message was deleted|You deleted this message"
    r"|Diese Nachricht wurde gelöscht|Du hast diese Nachricht gelöscht|null)\.?",
    re.IGNORECASE,
)
"""What stands in the place of a message that is not in the export."""

_CALLED = re.compile(r"@(?:\+?\d{7,15}\b|[\u2068](?P<name>[^\u2069\n]{1,60})[\u2069])")
_PHONE = re.compile(r"\+?[\d\s().\u2010-\u2015-]{7,}")
_AROUND_NAMES = "~ \u200e\u200f\u202a\u202c\u202f\u2068\u2069\xa0"
_FEWEST = 2
_LOOKED_AT = 10


def log_in(text: str, *, names: bool = False) -> Chat | None:
    """Return the chat that a text is, or None where most of its lines do not begin as messages do.

    `names` says whether those stay whom a message is addressed to.
    """
    lines = text.split("\n")
    head = list(islice((line for line in lines if line.strip()), _LOOKED_AT))
    for pattern, read in ((_WHATSAPP, _whatsapp), (_IRC, _irc)):
        if any(map(pattern.match, head)):
            chat = read(lines, names=names)
            if chat is not None:
                return chat
    return None


def _is_most(lines: Sequence[str], begun: int, said: Sequence[Message]) -> bool:
    return len(said) >= _FEWEST and 2 * begun > sum(1 for line in lines if line.strip())


def _whatsapp(lines: Sequence[str], *, names: bool) -> Chat | None:
    starts = [(at, match) for at, line in enumerate(lines) if (match := _WHATSAPP.match(line))]
    ends = [*(at for at, _ in starts[1:]), len(lines)]
    written = [
        Message(
            match["day"] or match["bare"],
            match["author"],
            _written([match["text"], *lines[at + 1 : end]], names=names),
            at + 1,
            name=_whatsapp_name(match["author"]),
        )
        for (at, match), end in zip(starts, ends, strict=True)
        if match["author"] and match["author"].lower() not in _LEVELS
    ]
    if 2 * len(written) <= len(starts) or not _is_most(lines, len(starts), written):
        return None
    return Chat("", written, {message.author.lstrip("~ ") for message in written})


def _whatsapp_name(name: str) -> str:
    """Return the name of somebody, or "" where there is a telephone number alone."""
    shown = display_name(name.strip(_AROUND_NAMES))
    return "" if _PHONE.fullmatch(shown) else shown


def _written(lines: Sequence[str], *, names: bool) -> tuple[str, ...]:
    """Return what was written in a message: files are named, what was left out of the export is not."""
    written = (_EDITED.sub("", line).strip("\u200e\u200f \t") for line in lines)
    named = (_ATTACHED.sub(_attachment, line) for line in written)
    seen = ("" if _OMITTED.fullmatch(line) else line for line in named)
    return tuple(_CALLED.sub(_mentioned if names else mention(""), line) for line in seen)


def _mentioned(match: re.Match[str]) -> str:
    return mention(_whatsapp_name(match["name"] or ""))


def _attachment(file: re.Match[str]) -> str:
    return f"[attachment: {(file['ios'] or file['file']).strip()}]"


def _irc(lines: Sequence[str], *, names: bool) -> Chat | None:
    written: list[Message] = []
    day, begun = "", 0
    for number, line in enumerate(lines, 1):
        match = _IRC.fullmatch(line.rstrip())
        if match is None:
            changed = _IRC_DAY.fullmatch(line.strip()) if _YEAR.search(line) else None
            day = " ".join(_CLOCK.sub("", changed["day"]).split()) if changed else day
            begun += changed is not None
            continue
        begun += 1
        if author := match["author"] or match["actor"]:
            text = match["text"] or match["action"] or ""
            written.append(Message(match["day"] or day, author, (text,), number, name=author))
    if not any(_IRC.fullmatch(line.rstrip()) and "<" in line for line in lines) or not _is_most(lines, begun, written):
        return None
    nicks = {message.author for message in written}
    if not names:
        written = [replace(message, lines=_to_nobody(message.lines, nicks)) for message in written]
    return Chat("", written, nicks)


def _to_nobody(lines: tuple[str, ...], names: set[str]) -> tuple[str, ...]:
    """Return the line of a message without the name of the person whom it is meant for ("ann: yes")."""
    name, mark, rest = lines[0].partition(":") if ":" in lines[0] else lines[0].partition(",")
    return (f"@member{mark}{rest}",) if mark and name in names else lines
