"""A question as somebody typed it into a chat, without what is no part of the question."""

from __future__ import annotations

import re

import regex

from index.answer import courtesy

_MARKUP = re.compile(
    r"<a?:\w+:\d+>"  # custom emoji
    r"|<(?:@[!&]?|#)\d+>|<t:-?\d+(?::\w)?>"  # mentions of people, roles, channels and times
    r"|</[^<>:]+:\d+>|<id:\w+>"  # and of commands
    r"|(?<![\w:]):[A-Za-z0-9_+-]{2,32}:(?![\w:])"  # emoji by name
    r"|<!--.*?-->|!\[[^\]]*\]\([^)\s]*\)",  # comments and pictures in a form for issues
    re.DOTALL,
)
_EMOJI = regex.compile(r"(?:[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]|[\u200d\ufe0f\u20e3])+")
_LINK = re.compile(r"\[([^\]\[]+)\]\(\s*https?://[^)\s]*\)")
_BLANKS = re.compile(r"[ \t]+")
_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]")

_PIECES = re.compile(r"[^.!?\n]*(?:[.!?]+(?=\s|$)|\n|$|[.!?])")


def cleaned(text: str) -> str:
    """Return a message without markup of chats, emoji, greetings and thanks, and without what leads up to a question.

    Where nothing with a letter or digit would be left, only the markup is gone; what has none of it stays as it is.
    """
    plain = _EMOJI.sub(" ", _MARKUP.sub(" ", _LINK.sub(r"\1", text)))
    if plain != text:
        plain = _BLANKS.sub(" ", _BRACKETS.sub(" ", plain)).strip()
    question = _without_courtesy(courtesy.GREETING.sub("", plain, count=1) if courtesy.GREETING.match(plain) else plain)
    return question if any(map(str.isalnum, question)) else plain


def _without_courtesy(text: str) -> str:
    """Return `text` without the sentences that hold nothing but politeness, and what leads up to a question."""
    pieces = _PIECES.findall(text)
    remaining = [_direct(piece) for piece in pieces if not _is_courtesy(piece.strip())]
    return text if remaining == pieces else "".join(remaining).strip()


def _direct(piece: str) -> str:
    """Return a sentence without what is said of the question, how it asks to be told, and thanks at its end."""
    blank = piece[: len(piece) - len(piece.lstrip())]
    rest = piece
    for before in (courtesy.OPENING, courtesy.ASKING):
        while match := before.match(rest):
            rest = blank + rest[match.end() :]
    return courtesy.TAIL.sub("", rest)


def _is_courtesy(piece: str) -> bool:
    return bool(piece) and courtesy.COURTESY.fullmatch(piece) is not None
