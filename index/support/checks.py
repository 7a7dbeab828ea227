"""The checks of a sentence that need no model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from index.support import company, literals, markers
from index.support.reported import SENTENCE_END, borne_out, plain
from index.text.language import foreign
from index.text.stop_words import content_words
from index.text.words import stemmer

LANGUAGE = "en"
"""The one language that the checks and the model know."""

_QUESTION = re.compile(
    r"\?\s*$|^\W*(?:is|are|was|were|does|did|can|could|will|would|should|has|had|must) "
    r"(?:it|he|she|they|you|we|i|there|these|those)\b",
    re.IGNORECASE,
)
"""What asks and says nothing."""

_ASKED = re.compile(r"\?\W*$")
"""The end of a cited sentence that asks."""

_SAID = 0.5
"""The share of a statement's content words that must stand in what it cites, or beside it."""


def faults(statement: str, cited: Sequence[str], beside: Iterable[str] = ()) -> list[str]:
    """Return what a statement says that it must not: none where it passes.

    Numbers, dates, units, versions, names, code and addresses must stand in the `cited` sentences or in what is
    `beside` them: their title and section, and the question. Negations, hedges and quantifiers must be those of the
    cited sentences, and what somebody says must be theirs to say. A question says nothing, and questions alone bear
    nothing out. A statement in any other language than English fails: nothing here would notice that it has lost a
    negation.
    """
    if foreign(plain(statement), (LANGUAGE,)):
        return ["another language"]
    if _QUESTION.search(plain(statement)):
        return ["a question"]
    if all(_ASKED.search(sentence) for text in cited for sentence in SENTENCE_END.split(plain(text).strip())):
        return ["questions alone"]
    statement, cited = plain(statement), [borne_out(statement, text) for text in cited]
    given = [*cited, *beside]
    return [
        *literals.missing(statement, given),
        *markers.changed(statement, " ".join(cited)),
        *company.strangers(statement, cited),
        *(["other words"] if _share_of_words(statement, given) < _SAID else []),
    ]


def _share_of_words(statement: str, given: Iterable[str]) -> float:
    stem = stemmer("en")
    words = {stem(word) for word in content_words(statement, "en")}
    known = {stem(word) for text in given for word in content_words(text, "en")}
    return len(words & known) / len(words) if words else 1.0
