"""A question as somebody typed it into a chat, without what is no part of the question."""

from __future__ import annotations

import re

import regex

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

_WHO = r"(?:\s+(?:all|everyone|everybody|guys|folks|there|team|people|y'?all|friends|devs?))*"
_GREETING = re.compile(
    rf"\s*(?:hi|hiya|hey|heya|hello|howdy|yo|greetings|good (?:morning|afternoon|evening|day)|dear){_WHO}"
    r"\s*[,.!\-:–—]+\s*",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    rf"(?>(?:(?:hiya|hi|heya|hey|hello|greetings|good (?:morning|afternoon|evening|day)){_WHO}"
    r"|(?:so|very) much|ok(?:ay)?|so|well|sorry|and|many|big|a lot|in advance"
    r"|(?:quick|dumb) question|(?:noob|newbie) here|i have a (?:quick |small |stupid |dumb )?question"
    r"|thanks?(?: you)?|thx|tysm|ty|tia|cheers|for (?:the|your|any) (?:help|time|reply)|(?:kind |best )?regards"
    r"|any (?:help|ideas?|advice|hints?)(?: (?:is|would be|are))?(?: (?:much|greatly))?(?: (?:appreciated|welcome))?"
    r"|i hope (?:this|it) is the right (?:place|channel)(?: to ask)?"
    r"|(?:can|could) (?:anyone|someone|somebody|anybody) (?:please |pls )?help|help(?: me)?(?: out)?|please|pls"
    r")\b[\s,!.:;)(-]*)++\??",
    re.IGNORECASE,
)
"""Nothing is tried twice (atomic groups): a message of a thousand pleas takes no time."""

_ANYONE = r"(?:any ?(?:one|body)|some ?(?:one|body)|(?:any|one) of you|you guys|y'?all|you|u)(?: here)?"
_PLEASE = r"(?: (?:please|pls|plz|maybe|kindly|just))?"
_AM = r"(?:i(?:['\u2019]?m| am| was)|we(?:['\u2019]?re| are| were))?"
_WANT = r"(?:i(?:['\u2019]?d| would)?|we)(?: just)? (?:like|want|need|love|wanted) to|i(?: just)? wanna"
_ASKING = re.compile(
    r"\s*(?:(?:yo|so|ok(?:ay)?|well|and|but|hey|hi|also|(?:quick )?question)\b[\s,:]*)*+"
    rf"(?:(?:do|does|did|would) {_ANYONE}(?: happen to)? (?:know|remember|have (?:an|any) ideas?)|anyone knows?"
    rf"|(?:can|could|would|will) {_ANYONE}{_PLEASE} (?:tell|explain to|remind|let|help) (?:me|us)(?: know| understand)?"
    r"|(?:please |pls )?tell (?:me|us)|(?:my|the) (?:\w+ )?question is"
    rf"|(?:what )?(?:{_WANT}) (?:know|ask)(?: is)?|{_AM}(?: just)? ?(?:wondering|curious)|i(?: just)? wonder(?:ed)?"
    r"|idk|(?:i have )?no (?:idea|clue)|any ideas?)"
    rf"{_PLEASE}(?: about)?(?:[\s,:]+(?:if|whether|that)\b)?[\s,:.-]+(?=\w+\W+\w+\W+\w)",
    re.IGNORECASE,
)
"""How a question is led up to: three words at least are left."""

_TAIL = re.compile(
    r"(?<=\w)[\s,]+(?:please|pls|plz|thanks|thx|ty|tia|lol|lmao|anyone|guys)(?=\s*[?!.]*\s*$)", re.IGNORECASE
)

_PIECES = re.compile(r"[^.!?\n]*(?:[.!?]+(?=\s|$)|\n|$|[.!?])")


def cleaned(text: str) -> str:
    """Return a message without markup of chats, emoji, greetings and thanks, and without what leads up to a question.

    Where nothing with a letter or digit would be left, only the markup is gone; what has none of it stays as it is.
    """
    plain = _EMOJI.sub(" ", _MARKUP.sub(" ", _LINK.sub(r"\1", text)))
    if plain != text:
        plain = _BLANKS.sub(" ", _BRACKETS.sub(" ", plain)).strip()
    asked = _without_courtesy(_GREETING.sub("", plain, count=1) if _GREETING.match(plain) else plain)
    return asked if any(map(str.isalnum, asked)) else plain


def _without_courtesy(text: str) -> str:
    """Return `text` without the sentences that hold nothing but politeness, and what leads up to a question."""
    pieces = _PIECES.findall(text)
    kept = [_direct(piece) for piece in pieces if not _is_courtesy(piece.strip())]
    return text if kept == pieces else "".join(kept).strip()


def _direct(piece: str) -> str:
    """Return a sentence without how it asks to be told, and without thanks at its end."""
    blank = piece[: len(piece) - len(piece.lstrip())]
    return _TAIL.sub("", blank + _ASKING.sub("", piece, count=1) if _ASKING.match(piece) else piece)


def _is_courtesy(piece: str) -> bool:
    return bool(piece) and _COURTESY.fullmatch(piece) is not None
