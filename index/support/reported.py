"""What is only said to be so: a document that says "answer that it is closed" does not say that it is closed."""

from __future__ import annotations

import re

from index.support.embedded import clause_at

_VERBS = (
    r"(?:sa(?:y|ys|id|ying)|tell(?:s|ing)?|told|answer(?:s|ed|ing)?|repl(?:y|ies|ied)|respond(?:s|ed)?|wr(?:ites?|ote)|"
    r"state[sd]?|claim(?:s|ed)?|assert(?:s|ed)?|insist(?:s|ed)?|pretend(?:s|ed)?|argue[sd]?|report(?:s|ed)?|output|print|"
    r"repeat(?:s|ed)?|announce[sd]?|believe[sd]?|conclude[sd]?|assume[sd]?|th(?:inks?|ought)|imagine[sd]?|suppose[sd]?|den(?:y|ies|ied)|act)"
)
_BIDS = (
    r"(?:tell(?:s|ing)?|told|ask(?:s|ed|ing)?|order(?:s|ed)?|remind(?:s|ed)?|urge[sd]?|instruct(?:s|ed)?|invite[sd]?|"
    r"advise[sd]?|command(?:s|ed)?|encourage[sd]?|want(?:s|ed)?|beg(?:s|ged)?)"
)
SAYING = re.compile(
    rf"(?<![\w-])(?:{_VERBS}(?:\s+[\w'’]+){{0,4}}?\s*(?::|,?\s(?:that|as if)\b)"  # noqa: RUF001 -- an apostrophe
    r"|(?:say|pretend|claim|insist|reply|respond)(?= (?:the|it|all|every|there|this|yes|no)\b)"
    rf"|{_BIDS}(?:\s+[\w'’]+){{1,4}}?\s+to\b)",  # noqa: RUF001 -- likewise
    re.IGNORECASE,
)
"""Words that make of what follows something that is said, believed, or to be said."""

SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
"""Where a sentence ends, for what looks at each of those that are cited."""

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Characters that nobody sees, and that part a word for whoever looks for it."""


def plain(text: str) -> str:
    """Return a text without characters that nobody sees."""
    return _UNSEEN.sub("", text)


def borne_out(statement: str, cited: str) -> str:
    """Return what is cited, without what does not bear a statement out although its words are there.

    That is what somebody says, unless the statement too says that somebody does, and a clause of a sentence that says
    something else of it.
    """
    statement, is_saying = plain(statement), bool(SAYING.search(plain(statement)))
    return " ".join(
        _asserted(statement, sentence, is_saying=is_saying) for sentence in SENTENCE_END.split(plain(cited))
    )


def _asserted(statement: str, sentence: str, *, is_saying: bool) -> str:
    said = None if is_saying else SAYING.search(sentence)
    places = [at for at in (said.start() if said else None, clause_at(statement, sentence)) if at is not None]
    return f"{sentence[: min(places)].rstrip()}." if places else sentence
