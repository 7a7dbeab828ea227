"""Chats that DiscordChatExporter wrote as plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.read.chat.chat import Chat, Message

_RULE = "=" * 62
_HEAD = re.compile(rf"\s*{_RULE}\nGuild: (?P<guild>.*)\nChannel: (?P<channel>.*)\n")
_MESSAGE = re.compile(
    r"\[(?P<day>[^\]\n]{0,60}?\d[^\]\n]{0,60}?),?\s+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*[AaPp]\.?[Mm]\.?)?\]\s+(?P<author>.+)"
)
_PINNED = re.compile(r"\s*\(pinned\)$")
_ATTACHED = re.compile(r"\{(Attachments|Embed|Stickers|Reactions)\}\s*$")
_SEEN = {"Embed"}
_NOTICE = re.compile(
    r"(?:Pinned a message|Joined the server|Started a (?:thread|call).*|Added .* to the (?:thread|group)|"
    r"Removed .* from the (?:thread|group)|Changed the channel (?:name|icon).*|Left the group|Boosted the server.*)\.?"
)


def chat_in(text: str) -> Chat | None:
    """Return the chat that a text is, or None where it is none."""
    head = _HEAD.match(text)
    if head is None:
        return None
    lines = text.split("\n")
    starts = [(at, match) for at, line in enumerate(lines) if (match := _MESSAGE.fullmatch(line.rstrip()))]
    ends = [*(at for at, _ in starts[1:]), _end(lines)]
    messages = [
        Message(match["day"], author, _body(lines[at + 1 : end]), at + 2, name=author)
        for (at, match), end in zip(starts, ends, strict=False)
        for author in [_PINNED.sub("", match["author"])]
    ]
    kept = [message for message in messages if not _NOTICE.fullmatch("\n".join(message.lines).strip())]
    return Chat(head["channel"].strip() or head["guild"].strip(), kept)


def _end(lines: Sequence[str]) -> int:
    """Return the line that the closing rule stands on, before "Exported 2 message(s)"."""
    rules = [at for at, line in enumerate(lines) if line.strip() == _RULE]
    return rules[-2] if len(rules) > 2 and lines[rules[-2] + 1 :][:1][0].startswith("Exported") else len(lines)  # noqa: PLR2004


def _body(lines: Sequence[str]) -> tuple[str, ...]:
    """Return a message's text: what is embedded stays, files are named, reactions go."""
    body: list[str] = []
    part = ""
    for line in lines:
        match = _ATTACHED.match(line)
        if match:
            part = match[1]
            body.append("")
        elif part == "Attachments" and line.strip():
            body.append(f"[attachment: {line.strip().split('?')[0].rpartition('/')[2]}]")
        elif not part or part in _SEEN:
            body.append(line)
        else:
            body.append("")
    return tuple(body)
