"""Text from documents, file names and people without what would disturb the screen that it is shown on."""

from __future__ import annotations

import re
import unicodedata

JOINER = "\u2060"
"""Word joiner: has no width and no break. It keeps characters apart that would mean something side by side.

Not the zero-width space: Discord once began to see through it in `@everyone`, and a line may break at it.
"""

MOST_MARKS = 4
"""Combining marks shown on one character: natural writing has up to four (Vietnamese two, Tibetan stacks four)."""

_LINE_ENDS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"  # controls
    "\u202a-\u202e\u2066-\u206f"  # direction set by hand: text would be shown in another order than it is read
    "\u00ad\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb"  # nothing to see, but they hide `@everyone` from a check
    "\ud800-\udfff\ufffe\uffff]"  # halves of pairs, and what is no character
)
_BLANK = re.compile(r"\s+")
_MARKS = {"Mn", "Me"}


def visible(text: str) -> str:
    """Return what a reader sees of `text`: all of it, but for what has no width, turns direction or piles up.

    Line ends of every kind become newlines; tabs stay.
    """
    if text.isascii() and text.isprintable():
        return text
    clean = _DROPPED.sub("", _LINE_ENDS.sub("\n", text))
    return clean if clean.isascii() else _without_piles(clean)


def one_line(text: str, most: int | None = None) -> str:
    """Return what a reader sees of `text` on one line, cut to `most` characters with an ellipsis."""
    line = _BLANK.sub(" ", visible(text if most is None else text[: 8 * most])).strip()
    if most is None or len(line) <= most:
        return line
    return f"{line[: most - 1].rstrip()}…"


def _without_piles(text: str) -> str:
    """Return `text` with at most `MOST_MARKS` combining marks on each character ("zalgo" has hundreds)."""
    characters: list[str] = []
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        if category in _MARKS:
            marks += 1
        elif category != "Cf":
            marks = 0
        if marks <= MOST_MARKS:
            characters.append(character)
    return "".join(characters)
