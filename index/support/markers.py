"""Words that decide how much is said: negations, hedges, quantifiers. None may be gained or lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.text.stop_words import stop_words
from index.text.words import stemmer

_KINDS: dict[str, str] = {
    "negation": "not|never|no|none|nor|neither|without|cannot|nobody|nothing|nowhere|unable|impossible|hardly|barely|"
    "fails? to|failed to|lacks?|lacked|refus(?:e|es|ed)|instead of|rather than|except|excluding|unlike|forbidden|"
    "prohibited|disallowed|rarely|seldom",
    "uncertainty": "may|might|could|possibly|perhaps|maybe|probably|likely|unlikely|apparently|reportedly|allegedly|"
    "supposedly|seems?|seemed|appears? to|appeared to|tends? to|tended to|believed|thought to|said to|considered|"
    "suspected|claimed|estimated|suggests?|suggested|assumed|presumably|potentially|would|should",
    "certainty": "certainly|definitely|surely|always|must|will|guaranteed|undoubtedly|shall|exactly|invariably",
    "approximation": "about|approximately|around|roughly|nearly|almost|some (?=\\d)|circa|an estimated",
    "frequency": "usually|often|generally|typically|normally|mostly|mainly|commonly|frequently|largely|primarily",
    "occasion": "sometimes|occasionally|partly|partially|at times",
    "all": "all|every|each|everyone|everybody|everything|entire|whole|any|both",
    "most": "most|majority|almost all",
    "many": "many|numerous|several|a number of|lots? of|various|multiple|a lot of|much",
    "some": "some|few|a few|minority|little",
    "only": "only|solely|just|exclusively|alone|sole",
    "least": "at least|no less than|minimum|or more|from .{1,12} up(?:wards)?",
    "up to": "at most|up to|maximum|no more than|or less|or fewer|not more than",
    "more than": "more than|over|above|exceed(?:s|ing|ed)?|greater than|longer than|larger than",
    "less than": "less than|fewer than|under|below|smaller than|shorter than",
    "one of": "one of",
    "first": "first|earliest",
    "last": "last|final|latest",
    "half": "half",
    "before": "before|prior to|until",
    "after": "after|following|since",
}  # fmt: skip
_MARKERS = {kind: re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE) for kind, words in _KINDS.items()}
_SHORT = re.compile(r"n['’]t\b", re.IGNORECASE)  # noqa: RUF001 -- an apostrophe
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")  # noqa: RUF001 -- likewise
_SUPERLATIVE = re.compile(
    r"\bthe most (?=[a-z])|\bmost (?=[a-z]+(?:al|ant|ar|ed|ent|ful|ic|ive|ous|ing|able|ible)\b)", re.IGNORECASE
)
_CONDITION = re.compile(
    r"(?:^|[,;(] ?|\b(?:and|but|only|even) )(if|unless|provided|as long as|assuming)\b", re.IGNORECASE
)
_CONDITIONS = re.compile(
    r"\b(?:if|unless|provided|as long as|assuming|when|whenever|once|in case|with|without|for)\b", re.IGNORECASE
)

_NEXT, _BEFORE = 3, 2
"""Content words after and before a marker that it is about."""

_SAID = 0.6
"""The share of them that has to be said for the marker to have a say in it."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker of some `kind`, and the stems of the content words around it."""

    kind: str
    around: frozenset[str]
    after: frozenset[str]


def changed(statement: str, cited: str) -> list[str]:
    """Return the kinds of markers that a statement has gained over what it cites, or lost where it says the same."""
    said, given = list(markers_in(statement)), list(markers_in(cited))
    gained = [one.kind for one in said if not any(_may_be(one, other) for other in given)]
    gained += ["negation"] * (_count(said, "negation") > _count(given, "negation"))
    stems = frozenset(stem for _, stem in _stems(statement))
    lost = [one.kind for one in given if _is_said(one, stems) and not any(_may_be(other, one) for other in said)]
    return list(dict.fromkeys([*gained, *lost, *_condition_lost(statement, cited)]))


def markers_in(text: str) -> Iterator[Marker]:
    """Yield the markers of a text."""
    text = _SHORT.sub(
        " not", text.replace("can't", "can not").replace("won't", "will not").replace("cannot", "can not")
    )
    text = _SUPERLATIVE.sub("", text)
    stems = list(_stems(text))
    for kind, pattern in _MARKERS.items():
        for match in pattern.finditer(text):
            after = [stem for at, stem in stems if at >= match.end()][:_NEXT]
            before = [stem for at, stem in stems if at < match.start()][-_BEFORE:]
            yield Marker(kind, frozenset((*before, *after)), frozenset(after or before))


def _count(some: Iterable[Marker], kind: str) -> int:
    return sum(one.kind == kind for one in some)


def _may_be(one: Marker, other: Marker) -> bool:
    """Tell whether two markers can be the same: of one kind, and about the same."""
    if one.kind != other.kind:
        return False
    return bool(one.after & other.after) or len(one.around & other.around) > 1 or not one.around or not other.around


def _is_said(marker: Marker, stems: frozenset[str]) -> bool:
    return bool(marker.after) and len(marker.after & stems) >= _SAID * len(marker.after)


def _condition_lost(statement: str, cited: str) -> Iterable[str]:
    """Return "condition" where the sentence that a statement says again has one, and the statement has none."""
    if _CONDITIONS.search(statement):
        return ()
    stems = frozenset(stem for _, stem in _stems(statement))
    for sentence in re.split(r"(?<=[.!?])\s+", cited):
        if (match := _CONDITION.search(sentence)) and stems:
            own = frozenset(stem for _, stem in _stems(sentence))
            if len(own & stems) >= _SAID * len(stems) and match:
                return ("condition",)
    return ()


def _stems(text: str) -> Iterator[tuple[int, str]]:
    stem, none = stemmer("en"), stop_words("en")
    marks = _all_markers()
    for match in _WORD.finditer(text):
        word = match.group().lower()
        if word not in none and word not in marks:
            yield match.start(), stem(match.group())


def _all_markers() -> frozenset[str]:
    return _SINGLE


_SINGLE = frozenset(word for words in _KINDS.values() for word in re.findall(r"(?:^|\|)([a-z]+)(?=\||$)", words))
