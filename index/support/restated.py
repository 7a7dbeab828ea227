"""Whether a statement says a sentence again in its own words: a phrase may have moved, and a further clause be gone."""

from __future__ import annotations

import re

from index.support import markers
from index.support.embedded import LINK
from index.support.reported import SAYING, SENTENCE_END, plain

_FURTHER = re.compile(r"[,;] (?:and|so|because|since|while|whereas) |;? (?:because|whereas|so that) ")
"""What a clause begins with that can be left out."""

_JOINED = frozenset({"and", "or", "but", "nor", "while", "whereas"})
_WEIGHTY = frozenset({"negation", "only", "uncertainty"})
_CONDITION = re.compile(r"\b(?:if|unless|provided|assuming|except|until|when|whenever|once|but)\b", re.IGNORECASE)


def restates(statement: str, cited: str) -> bool:
    """Tell whether a statement is one of the cited sentences, or a part of it that says the same by itself."""
    sentences = SENTENCE_END.split(cited)
    return any(says_again(statement, sentence) or says_part(statement, sentence) for sentence in sentences)


def says_again(statement: str, sentence: str) -> bool:
    """Tell whether a statement is a sentence, word for word, or is it with a phrase moved from one end to the other.

    What somebody is said to say is left to other checks.
    """
    said, given = _words(statement), _words(sentence)
    if not said or len(said) != len(given) or SAYING.search(plain(sentence)):
        return False
    return said == given or any(_is_moved(said, given, at) for at in range(1, len(given)))


def says_part(statement: str, sentence: str) -> bool:
    """Tell whether a statement is the beginning of a sentence that goes on with a clause of its own.

    That clause may not take back or limit what is said.
    """
    sentence = plain(sentence)
    return any(
        says_again(statement, sentence[: match.start()])
        for match in _FURTHER.finditer(sentence)
        if not _limits(sentence[match.start() :])
    )


def _is_moved(said: list[str], given: list[str], at: int) -> bool:
    if said != given[at:] + given[:at]:
        return False
    return bool(LINK.fullmatch(given[0]) or (LINK.fullmatch(given[at]) and _JOINED.isdisjoint(given[:at])))


def _limits(clause: str) -> bool:
    return bool(_CONDITION.search(clause)) or any(marker.kind in _WEIGHTY for marker in markers.markers_in(clause))


def _words(text: str) -> list[str]:
    words = (word.strip('.,;:!?()"“”').casefold() for word in plain(text).split())
    return [word for word in words if word]
