"""Words that decide how much is said: negations, hedges, quantifiers, who says so. None may be gained or lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.support.reported import SAYING
from index.text.stop_words import stop_words
from index.text.words import stemmer

_KINDS: dict[str, str] = {
    "negation": "not|never|no|none|nor|neither|without|cannot|nobody|nothing|nowhere|unable|impossible|hardly|barely|"
    "fails? to|failed to|lacks?|lacked|refus(?:e|es|ed)|instead of|rather than|except|excluding|unlike|forbidden|"
    "prohibited|disallowed|unless|rarely|seldom|against|stop(?:s|ped)?|ceas(?:e|es|ed)|leaves?|denied|banned",
    "uncertainty": "may|might|could|possibly|perhaps|maybe|probably|likely|unlikely|apparently|reportedly|allegedly|"
    "supposedly|seems?|seemed|appears? to|appeared to|tends? to|tended to|believed|thought to|said to|considered|"
    "regarded|deemed|probable|"
    "suspected|claimed|estimated|suggests?|suggested|assumed|presumably|potentially|would|should|"
    "tr(?:y|ies|ied|ying) to|attempt(?:s|ed)? to|plan(?:s|ned)?(?: to)?|intend(?:s|ed)? to|hope[sd]? to|"
    "aim(?:s|ed)? to|expected to|supposed to|meant to|want(?:s|ed)? to|depend(?:s|ed|ing) on",
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
_MARKERS["saying"] = SAYING
_SHORT = re.compile(r"n['’]t\b", re.IGNORECASE)  # noqa: RUF001 -- an apostrophe
_WHOLE = re.compile(r"\b(ca|wo)n['’]t\b|\b(?:can)not\b", re.IGNORECASE)  # noqa: RUF001 -- likewise
_WORD = re.compile(r"\d[\d,.]*\d|[^\W_]+(?:['’][^\W_]+)*")  # noqa: RUF001 -- likewise
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_ANYWHERE = frozenset({"negation", "uncertainty"})
"""Kinds that are lost from a cited sentence even where little of it is said."""

_OF_AMOUNTS = frozenset({"more than", "less than"})
"""Kinds whose words say where something is, too: they are lost only before an amount."""

_AMOUNT = re.compile(
    r"\d|(?:hundred|thousand|million|billion|dozen|half|twice)|(?:two|three|four|five|six|seven|eight|nine|ten)"
)
_SUPERLATIVE = re.compile(
    r"\bthe most (?=[a-z])|\bmost (?=[a-z]+(?:al|ant|ar|ed|ent|ful|ic|ive|ous|ing|able|ible)\b)", re.IGNORECASE
)
_WHETHER = r"as|asks?|asked|checks?|decides?|determines?|knows?|out|sees?|seen|sure|tells?|tests?|wonders?"
"""Words after which "if" says what is not known, and no condition."""

_CONDITION = re.compile(
    r"(?:^|[,;(] ?|\b(?:and|but|only|even) )(?:if|unless|provided|as long as|assuming)\b|^(?:once|whenever|depending)\b"
    r"|\b(?:as long as|provided(?: that)?|assuming)\b"
    r"|\b(?:when|once) (?=[^.,;]*\b(?:is|are|has|have|does|can|you|your)\b)"
    rf"|\b(?!(?:{_WHETHER}) if\b)[\w'’]+ (?:if|unless)\b",  # noqa: RUF001 -- an apostrophe
    re.IGNORECASE,
)
_CONDITIONS = re.compile(
    r"\b(?:if|unless|provided|as long as|assuming|when|whenever|once|in case|with|without|for(?! ever| good))\b",
    re.IGNORECASE,
)

_REASON = re.compile(
    r"\b(?:because|due to|owing to|thanks to|so that|so as to|in order to|in case|thereby|therefore|thus|hence|"
    r"as a (?:result|consequence)|which (?:makes|means|is why)|that is why|reasons?|caused? by)\b|[,;] (?:so|making)\b",
    re.IGNORECASE,
)
_MAY_GIVE_REASONS = re.compile(r"\b(?:since|as|so|for|to|why|consequently|lets?|makes?|means?)\b", re.IGNORECASE)
"""Words that give reasons among others: a sentence that has one may be said again with a clearer one."""

_COMPARED = re.compile(
    r"\b(?!(?:other|rather|further|either|whether)\b)([a-z]+er|worse|less|more) than\b", re.IGNORECASE
)

_NEXT, _BEFORE = 3, 2
"""Content words after and before a marker that it is about."""

_AGAIN = 0.6
"""The share of a cited sentence's own words that has to be said for it to be said again."""

_AS_MANY = 0.6
"""Or what share of the words in common with the cited sentence that has most of them: less than most of it is said."""

_SAID = 0.6
"""The share of them that has to be said for the marker to have a say in it."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker of some `kind`, and the stems of the content words around it, in its sentence."""

    kind: str
    around: frozenset[str]
    after: tuple[str, ...]


def changed(statement: str, cited: str) -> list[str]:
    """Return the kinds of markers that a statement has gained over what it cites, or lost where it says the same.

    Most kinds can be lost from those cited sentences alone that the statement says again.
    """
    said, given = list(markers_in(statement)), list(markers_in(cited))
    gained = [marker.kind for marker in said if not any(_may_be(marker, other) for other in given)]
    gained += ["negation"] * (_count(said, "negation") > _count(given, "negation"))
    stems = _set_of_stems(statement)
    said_again = _said_again(stems, cited)
    again = [
        marker
        for sentence in _SENTENCE_END.split(cited)
        for marker in markers_in(sentence)
        if (marker.kind in _ANYWHERE or sentence in said_again) and _is_said(marker, stems)
    ]
    lost = [marker.kind for marker in again if not any(_may_be(other, marker) for other in said)]
    lost += ["negation"] * (_count(again, "negation") > _count(said, "negation"))
    return list(dict.fromkeys([*gained, *lost, *_condition_lost(statement, cited), *_added(statement, cited)]))


def _added(statement: str, cited: str) -> Iterator[str]:
    """Yield "reason" where a statement says why, and "comparison" where it compares, as what it cites does not."""
    if _REASON.search(statement) and not (_REASON.search(cited) or _MAY_GIVE_REASONS.search(cited)):
        yield "reason"
    compared, given = _compared(statement), _compared(cited)
    if given and not compared <= given:
        yield "comparison"


def _compared(text: str) -> frozenset[str]:
    return frozenset(match[1].lower() for match in _COMPARED.finditer(text))


def markers_in(text: str) -> Iterator[Marker]:
    """Yield the markers of a text."""
    for sentence in _SENTENCE_END.split(text):
        yield from _of_sentence(_SUPERLATIVE.sub("", _SHORT.sub(" not", _WHOLE.sub("can not", sentence))))


def _of_sentence(text: str) -> Iterator[Marker]:
    stems = list(_stems(text))
    for kind, pattern in _MARKERS.items():
        for match in pattern.finditer(text):
            after = [stem for at, stem in stems if at >= match.end()][:_NEXT]
            before = [stem for at, stem in stems if at < match.start()][-_BEFORE:]
            yield Marker(kind, frozenset((*before, *after)), tuple(after or before))


def _count(some: Iterable[Marker], kind: str) -> int:
    return sum(marker.kind == kind for marker in some)


def _may_be(marker: Marker, other: Marker) -> bool:
    """Tell whether two markers can be the same: of one kind, and about the same."""
    if marker.kind != other.kind:
        return False
    about_the_same = not set(marker.after).isdisjoint(other.after) or len(marker.around & other.around) > 1
    return about_the_same or not marker.around or not other.around


def _is_said(marker: Marker, stems: frozenset[str]) -> bool:
    """Tell whether what a marker is about is said: the word next to it, and most of the others."""
    if not marker.after or marker.after[0] not in stems:
        return False
    if marker.kind in _OF_AMOUNTS and not _AMOUNT.match(marker.after[0]):
        return False
    return sum(stem in stems for stem in marker.after) >= _SAID * len(marker.after)


def _condition_lost(statement: str, cited: str) -> Iterable[str]:
    """Return "condition" where the sentence that a statement says again has one, and the statement has none."""
    if _CONDITIONS.search(statement):
        return ()
    stems = _set_of_stems(statement)
    conditional = (sentence for sentence in _said_again(stems, cited) if _CONDITION.search(sentence))
    own = map(_set_of_stems, conditional)
    return ("condition",) if stems and any(len(said & stems) >= _SAID * len(stems) for said in own) else ()


def _said_again(stems: frozenset[str], cited: str) -> list[str]:
    """Return the cited sentences most of which is said, or that have as many words of the statement as the nearest."""
    sentences = _SENTENCE_END.split(cited)
    own = [_set_of_stems(sentence) for sentence in sentences]
    shared = [len(words & stems) for words in own]
    enough = _AS_MANY * max(shared)
    return [
        sentence
        for sentence, words, number in zip(sentences, own, shared, strict=True)
        if number >= min(enough, _AGAIN * len(words))
    ]


def _set_of_stems(text: str) -> frozenset[str]:
    return frozenset(stem for _, stem in _stems(text))


def _stems(text: str) -> Iterator[tuple[int, str]]:
    stem, none = stemmer("en"), stop_words("en")
    for match in _WORD.finditer(text):
        word = match.group().lower()
        if word not in none and word not in _SINGLE:
            yield match.start(), stem(match.group())


_SINGLE = frozenset(word for words in _KINDS.values() for word in re.findall(r"(?:^|\|)([a-z]+)(?=\||$)", words))
