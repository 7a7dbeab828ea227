"""Which form of quote a question asks for: the sentence that states a fact, or the block that shows what to do."""

from __future__ import annotations

import re
from enum import StrEnum

from index.text.language import DEFAULT
from index.text.words import words


class Form(StrEnum):
    """The form of a quote."""

    SENTENCE = "sentence"
    BLOCK = "block"


_LONGEST_FACT = 40
"""Words of a question after a fact; those of Wikipedia's readers have 10 on average and rarely more than 25."""

_ENDS = re.compile(r"[.?!](?=\s)|\n|[。？！](?=.)")  # noqa: RUF001 -- Chinese and Japanese sentence ends
_BETWEEN = re.compile(r"(?<=[.?!])\s+|\n")

_ASKS_FOR_FACT = re.compile(
    r"\b(?:who|whom|whose|when|where|which|what"
    r"|how (?:many|much|long|far|old|tall|big|large|high|often|fast|deep|wide|heavy))\b",
    re.IGNORECASE,
)
_ASKS_FOR_HELP = re.compile(
    r"\b(?:i|i['’](?:m|ve|d)|im|ive|my|me|we|we['’]re|our|(?-i:us)|mine)\b"  # noqa: RUF001 -- as people type it
    r"|\bhow (?:to|do|can|would|should|could) (?:i|you|we|one|a)\b|\bhow to\b"
    r"|\bwhat(?:'s| is| are) the (?:best|right|correct|proper|easiest) way\b|\bway to\b|\bsteps?\b"
    r"|\bwhat (?:to do|should|can|happens? if)\b|\berrors?\b|\bexception\b|\bfail(?:s|ed|ing)?\b"
    r"|(?:doesn|isn|won|can|don)['’]?t\b|\bnot work\w*\b|\bpossible to\b|[`{}<>]|::|--\w|\w\(\)",  # noqa: RUF001
    re.IGNORECASE,
)


def form_of(question: str, language: str = DEFAULT) -> Form:
    """Return the form of quote that helps whoever asks `question`, which is in `language`.

    One short sentence that asks for a person, a time, a number or another thing, and says nothing of the asker's own
    affairs, wants a fact; so does one in a language whose words are not known here.
    """
    text = question.strip()
    if _ENDS.search(text) or len(words(text)) > _LONGEST_FACT:
        return Form.BLOCK
    if language != DEFAULT:
        return Form.SENTENCE
    asks_for_fact = _ASKS_FOR_FACT.search(text) and not _ASKS_FOR_HELP.search(text)
    return Form.SENTENCE if asks_for_fact else Form.BLOCK


def only_question(text: str, least: int = 4) -> str | None:
    """Return the one sentence of a message that asks, where it asks for a fact and says so by itself.

    "By itself": in at least `least` words, with no word that points to what was said before it.
    """
    questions = [sentence.strip() for sentence in _BETWEEN.split(text) if sentence.rstrip().endswith("?")]
    if len(questions) != 1 or len(questions[0]) == len(text.strip()) or _POINTS_BACK.search(questions[0]):
        return None
    return questions[0] if len(words(questions[0])) >= least and form_of(questions[0]) is Form.SENTENCE else None


_POINTS_BACK = re.compile(
    r"\b(it|its|this|that|these|those|they|them|their|he|she|his|her|there|then)\b", re.IGNORECASE
)
