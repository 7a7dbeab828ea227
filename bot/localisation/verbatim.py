"""Names and words of others inside a sentence of the bot's own, told apart from what the sentence itself marks."""

from __future__ import annotations

import re

_FIRST, _LAST = "\u2068", "\u2069"
"""Unicode's isolates, in which libraries for translation put what they fill in: nothing is seen of them."""

_VERBATIM = re.compile(rf"{_FIRST}([^{_FIRST}{_LAST}]*){_LAST}?")
_SIGNS = str.maketrans({"*": "\U0010fffc", "`": "\U0010fffd"})
"""Signs by which the bot's own sentences mark, and what holds their place: for private use, in no script or font."""

_SHOWN = str.maketrans({"\U0010fffc": r"\*", "\U0010fffd": r"\`"})


def verbatim(text: str) -> str:
    """Return `text` so that it can stand in a sentence of the bot's own, none of its signs taken for the sentence's.

    It is unchanged where it holds no such sign.
    """
    if not _SIGNS.keys() & set(map(ord, text)):
        return text
    return f"{_FIRST}{text.replace(_FIRST, '').replace(_LAST, '')}{_LAST}"


def unmarked(sentence: str) -> str:
    """Return a sentence without what tells the words of others apart, for where it is no Markdown."""
    return _VERBATIM.sub(r"\1", sentence)


def held(sentence: str) -> str:
    """Return a sentence with what is `verbatim` in it out of the way: a character stands for each sign there."""
    return _VERBATIM.sub(lambda match: match[1].translate(_SIGNS), sentence)


def put_back(markdown: str) -> str:
    """Return Markdown of what was `held`, each sign shown as itself."""
    return markdown.translate(_SHOWN)
