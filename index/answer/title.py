"""The title of a post: the line that people write above what they tell, and the best summary of it."""

from __future__ import annotations

SHARE = 0.3
"""What the title has of a question's vector; the whole message, title included, has the rest. For 594 titled posts of
twelve communities the first block helps for as many with 0.25 to 0.5 (`bench/RESULTS.md`)."""

_SHORTEST, _LONGEST = 9, 150
"""Characters of a title."""

_REST = 1.5
"""Times as long as its title a post is at least: what is nearly all of a message says nothing else than the message."""

_SENTENCE_ENDS = (".", "!", "…", ",", ";", ":", "。", "！")  # noqa: RUF001 -- as Chinese and Japanese write them
"""A title may be a question, and is no other sentence: who begins to tell in the first line has set none."""


def title_of(text: str) -> str | None:
    """Return the first line of a message, if it is no sentence and more is told below it."""
    line, _, _ = text.strip().partition("\n")
    title = line.strip(" \t#*_`")
    is_title = _SHORTEST <= len(title) <= _LONGEST and not title.endswith(_SENTENCE_ENDS)
    return title if is_title and len(text.strip()) > _REST * len(line) else None
