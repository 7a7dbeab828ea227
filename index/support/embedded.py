"""Whether a statement is only a clause of a sentence: what follows "imagine", "inform them that", "AI:" is not said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from index.text.stop_words import content_words
from index.text.words import stemmer

_TOKEN = re.compile(r"\w+(?:['’-]\w+)*|[^\w\s]")  # noqa: RUF001 -- an apostrophe
_BEGINNING = 3
"""Words of a statement by which it is found in a sentence."""

_FURTHEST = 3
"""Words between a determiner and the word that a statement begins with."""

_DETERMINER = re.compile(
    r"the|an?|this|that|these|those|its|his|her|their|our|your|my|all|every|each|some|any|most|many|no|both|few|several|"
    r"one|two|three"
)
_JOIN = re.compile(
    r"and|but|or|nor|so|yet|then|because|while|whereas|although|though|as|since|thus|therefore|however|also|when|where|"
    r"which|who|[,;.!?()–—•-]"
)
"""Words and signs after which a sentence goes on to say something of its own."""

_TRUE_THAT = re.compile(r"noted?|remember|means?|aware|mind|fact|shows?|so")
_FOR_MODELS = re.compile(
    r"\b(?:ai|assistants?|models?|bots?|chatbots?|answers?|respon[sd]\w*|repl\w+|words?|sentences?|instructions?|following|"
    r"this|texts?|translate|output|prompts?|system|users?|human|question|write|include|quote|repeat)\b",
    re.IGNORECASE,
)

_ADDRESSED = re.compile(
    r"\b(?:ai|assistants?|bots?|chatbots?|llms?|language models?|asked|asks|prompts?|instructions?)\b"
)
"""Words before a comma by which somebody else than a reader is spoken to, or told what to say when."""

_LINK = re.compile(
    r"about|above|across|after|against|along|although|among|around|as|at|because|before|behind|below|beneath|"
    r"beside|between|beyond|by|during|even|for|from|if|in|inside|into|near|on|once|only|outside|over|per|provided|"
    r"since|through|throughout|to|toward|towards|under|unless|until|up|upon|via|when|whenever|where|wherever|while|"
    r"with|within|without",
    re.IGNORECASE,
)
"""Prepositions and conjunctions: what a phrase begins with that says when, where or if."""


def clause_at(statement: str, sentence: str) -> int | None:
    """Return where a statement begins in a sentence, if it does there only as a part of what else is said."""
    begins = [token.lower() for token in _TOKEN.findall(_without_leading_phrase(statement))]
    while begins and _DETERMINER.fullmatch(begins[0]):
        begins.pop(0)
    begins = begins[:_BEGINNING]
    if len(begins) < _BEGINNING:
        return None
    matches = list(_TOKEN.finditer(sentence))
    tokens = [match.group().lower() for match in matches]
    places = [at for at in range(len(tokens)) if tokens[at : at + len(begins)] == begins]
    said = frozenset(_stems(statement))
    if not places or any(_is_free(tokens, at) or _is_turned(tokens[:at], said) for at in places):
        return None
    return matches[places[0]].start()


def _is_turned(before: Sequence[str], said: frozenset[str]) -> bool:
    """Tell whether all that stands before is said as well, as where "admins delete posts" is "posts are deleted"."""
    words = list(_stems(" ".join(before)))
    return bool(words) and said.issuperset(words)


def _stems(text: str) -> Iterator[str]:
    stem = stemmer("en")
    return (stem(word) for word in content_words(text, "en"))


def _without_leading_phrase(statement: str) -> str:
    """Return what follows a phrase that says when, where or if: in a sentence it may stand at the end."""
    phrase, _, rest = statement.partition(", ")
    words = phrase.split()
    return rest if rest and words and _LINK.fullmatch(words[0]) else statement


def _is_free(tokens: Sequence[str], at: int) -> bool:
    """Tell whether a sentence can begin anew with the phrase around the word at `at`."""
    nearest = range(at - 1, max(at - 1 - _FURTHEST, -1), -1)
    phrase = takewhile(lambda i: not _JOIN.fullmatch(tokens[i]), nearest)
    back = next((i for i in phrase if _DETERMINER.fullmatch(tokens[i])), at)
    while 0 < back < at and tokens[back] != "that" and _goes_on(tokens, back):
        back -= 1
    before = tokens[: back + (back < at and tokens[back] == "that")]
    if not before:
        return True
    if _JOIN.fullmatch(before[-1]):
        return not _ADDRESSED.search(" ".join(before))
    if before[-1] == "that":
        return len(before) > 1 and bool(_TRUE_THAT.fullmatch(before[-2]))
    return before[-1] == ":" and not _FOR_MODELS.search(" ".join(before))


def _goes_on(tokens: Sequence[str], back: int) -> bool:
    """Tell whether the phrase of a determiner begins before it, as "most of the" does."""
    return bool(_DETERMINER.fullmatch(tokens[back - 1])) or (
        tokens[back - 1] == "of" and back > 1 and bool(_DETERMINER.fullmatch(tokens[back - 2]))
    )
