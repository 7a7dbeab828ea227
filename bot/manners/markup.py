"""Discord's markup in what people write: ids shown as names, and taken out of what is searched for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.localisation.catalogue import mark, say

if TYPE_CHECKING:
    import discord

_TOKEN = re.compile(
    r"<(?:@!?(?P<user>\d{15,20})|@&(?P<role>\d{15,20})|#(?P<channel>\d{15,20})"
    r"|t:(?P<time>-?\d{1,12})(?::[tTdDfFRsS])?|a?:(?P<emoji>\w{2,32}):\d{15,20}"
    r"|/(?P<command>[^:<>\n]{1,100}):\d{15,20}|id:(?P<page>[a-z-]{1,40}))>"
)
"""https://discord.com/developers/docs/reference#message-formatting"""

_PICTURE = (
    "["
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff\U000e0020-\U000e007f"
    "\ufe0f\u200d\u20e3"
    "]"
)
_SHORTCODE = r":[a-zA-Z0-9_+-]{2,32}:"
_EMOTE = rf"(?:{_PICTURE}|{_SHORTCODE}(?!\w))"
_AT_THE_START = re.compile(rf"^(?:\s*{_EMOTE})+\s*")
_RUN = re.compile(rf"(?:(?:(?<!\w){_SHORTCODE}|{_PICTURE})[^\S\n]*)+")
_END_OF_LINE = re.compile(r"[.!?)]*[^\S\n]*$", re.MULTILINE)
_ID = r"<(?:[@#][!&]?|t:|a?:\w{2,32}:)[^<>\s]{1,40}>"
_BRACKETS_OF_IDS = re.compile(rf"\(\s*(?:\w{{1,12}}\s+)?(?:(?:\w{{2,4}}\s+)?{_ID}[,;\s]*)+\)")
"""Such as "(asked <@1> in <#2>)": with the ids gone, what is left says nothing."""

_SOMEBODY, _ROLE, _CHANNEL = mark("somebody"), mark("role"), mark("channel")
"""What has no name that is known is called by its kind."""

_BLANKS = re.compile(r"[^\S\n]+")
_BEFORE_STOP = re.compile(r"[^\S\n]+(?=[?!.,;:)])")


def searchable(text: str) -> str:
    """Return what is searched for: without mentions, times and emoji, which no document holds.

    Emoji of Unicode are kept inside a sentence, where they may be what is asked about, and where there is nothing else.
    """
    bare = _TOKEN.sub(_searched, _BRACKETS_OF_IDS.sub(" ", text))
    return _tidied(_without_emotes_at_the_end(_AT_THE_START.sub("", bare))) or _tidied(bare)


def _without_emotes_at_the_end(text: str) -> str:
    """Return text without the emoji that its lines end with; each run is looked at once, however long."""
    return _RUN.sub(lambda run: "" if _END_OF_LINE.match(text, run.end()) else run.group(), text)


def named(text: str, guild: discord.Guild | None, people: Iterable[discord.User | discord.Member] = ()) -> str:
    """Return text with names in place of ids, as Discord shows it; what has no name that is known is told by kind.

    `people` are those whom a message mentions: Discord tells of them with it, and of others in the server not.
    """
    names = {str(person.id): person.display_name for person in people}
    return _TOKEN.sub(lambda match: _name(match, guild, names), text)


def _searched(match: re.Match[str]) -> str:
    """Return what is searched for in place of an id: a command's name, or a page's, which documents may hold."""
    return f"/{match['command']}" if match["command"] else (match["page"] or " ")


def _tidied(text: str) -> str:
    lines = (_BEFORE_STOP.sub("", _BLANKS.sub(" ", line)).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _name(match: re.Match[str], guild: discord.Guild | None, names: Mapping[str, str]) -> str:
    if match["user"] is not None:
        return f"@{names.get(match['user']) or say(_SOMEBODY)}"
    for kind, show in _SHOWN.items():
        if match[kind] is not None:
            return show(match[kind], guild)
    return ""


def _role(number: str, guild: discord.Guild | None) -> str:
    role = guild.get_role(int(number)) if guild is not None else None
    return f"@{role.name}" if role is not None else f"@{say(_ROLE)}"


def _channel(number: str, guild: discord.Guild | None) -> str:
    channel = guild.get_channel_or_thread(int(number)) if guild is not None else None
    return f"#{channel.name}" if channel is not None else f"#{say(_CHANNEL)}"


def _time(seconds: str, _: discord.Guild | None) -> str:
    try:
        return f"{datetime.fromtimestamp(int(seconds), UTC):%Y-%m-%d %H:%M} UTC"
    except (ValueError, OverflowError, OSError):
        return say("a time")


_SHOWN: dict[str, Callable[[str, discord.Guild | None], str]] = {
    "role": _role,
    "channel": _channel,
    "time": _time,
    "emoji": lambda name, _: f":{name}:",
    "command": lambda name, _: f"/{name}",
    "page": lambda name, _: f"#{name}",
}
