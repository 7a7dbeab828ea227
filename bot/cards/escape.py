"""Text as Discord Markdown that looks the same: nothing formats, links, mentions or pings.

Discord's grammar has no description; this follows what its clients do (observed by the parse-discord project) and asks
for a backslash before anything that could begin a construct, which shows any character but letters, digits and blanks
as itself. Nothing that is escaped needs an invisible character, so what a reader copies is what the document says; the
exception are mentions, which Discord's server looks for in the raw text, backslashes, code and all.
"""

from __future__ import annotations

import re

from bot.cards.visible import JOINER, one_line, visible
from bot.localisation.verbatim import held, put_back

_ALWAYS = r"[\\*_`<\[\]]"
_DOUBLED = r"\|(?=\|)|(?<=\|)\||~(?=~)|(?<=~)~"
_EMOJI_OR_ADDRESS = r":(?=//)|:(?=[^\s:]*:)"
_INVITE = r"(?<=discord)\.|(?<=discordapp)\."
"""Clients look for invites (`discord.gg/...`) in the raw text, and take a backslash for a slash."""

_LINE_START = r"^(?P<indent>[^\S\n]*)(?:(?P<number>\d+)\.(?!\S)|(?P<sign>>|[-+](?=[\s\#]|$)|\#))"
_SPECIAL = re.compile(
    rf"{_LINE_START}|(?P<mention>@(?=[\u200c\u200d]*(?:everyone|here))|(?<=<)[@\#](?=[!&]?[\u200c\u200d]*\d))"
    rf"|{_ALWAYS}|{_DOUBLED}|{_EMOJI_OR_ADDRESS}|{_INVITE}",
    re.MULTILINE | re.IGNORECASE,
)
_MENTION = re.compile(r"@(?=[\u200c\u200d]*(?:everyone|here))|(?<=<)[@#](?=[!&]?[\u200c\u200d]*\d)", re.IGNORECASE)
_FENCE = re.compile("`{2,}")
_OWN = re.compile(
    r"`(?:/(?:[^\W\d_]+(?:[ -][^\W\d_]+)*)?|[^\W\d_]+|\.[\w+-]{1,24})`"
    r"|(?<![^\s(])\*[^\W_](?:[\w ]{0,40}\w)?\*(?![\w*])"
)
"""What the bot's own sentences mark: commands, options and endings as code, names of buttons and permissions as *such*.

It can neither mention nor link, whoever wrote it.
"""


def escape(text: str) -> str:
    """Return Markdown that shows `text` as it is, whatever it holds; lines stay lines."""
    return _SPECIAL.sub(_escaped, visible(text))


def escape_line(text: str, most: int | None = None) -> str:
    """Return Markdown that shows `text` on one line, cut to `most` characters (of the text, not of the Markdown)."""
    return escape(one_line(text, most))


def escape_said(text: str, most: int | None = None) -> str:
    """Return Markdown that shows a sentence of the bot's own, which may hold what others wrote as `verbatim` has it.

    Where `most` is given, it is shown on one line, cut to so many characters (of the text).
    """
    shown = held(text)
    shown = shown if most is None else one_line(shown, most)
    others = map(escape, _OWN.split(shown))
    own = _OWN.findall(shown)
    return put_back(next(others) + "".join(f"{mark}{other}" for mark, other in zip(own, others, strict=True)))


def in_fence(code: str) -> str:
    """Return `code` so that it can stand between ``` and ```: no fence ends in it and no mention pings from it.

    Discord knows no longer fence than three backticks, and shows backslashes in code, so a word joiner goes between.
    """
    return _MENTION.sub(rf"\g<0>{JOINER}", _FENCE.sub(_apart, visible(code)))


def _escaped(match: re.Match[str]) -> str:
    if match["number"] is not None:
        return f"{match['indent']}{match['number']}\\."
    if match["sign"] is not None:
        return f"{match['indent']}\\{match['sign']}"
    return f"\\{match[0]}{JOINER if match['mention'] else ''}"


def _apart(match: re.Match[str]) -> str:
    return JOINER.join(match[0])
