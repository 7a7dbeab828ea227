"""Sentences altered so that what they were made from supports them no longer, and which words make the difference."""

from __future__ import annotations

import difflib
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from altered import Words

SEVEN = ("name", "number", "unit", "date", "negation", "hedge", "quantifier")
"""The kinds that are measured one by one."""

_NAME = re.compile(r"\b[A-Z][\w'-]+(?: (?:of |the |de |von |van )?[A-Z][\w'-]+)*")
_OPENING = (
    "The A An In On It He She They This These That There Its His Her Their At By As If When While For From During "
    "After Before Since Some Most Many All You We I My And But However Also With To Not No One Two Both Each Every "
    "Until Although Because Another Other What Which Who Where How Why According Unlike Under Between Despite "
    "Following Early Later Today So Then Such Our Your "
).split()
_COMMON = re.compile(rf"^(?:{'|'.join(_OPENING)})\b")
_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w])")
_WORDED = "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty hundred".split()
_UNITS = (
    "kilometres miles metres feet yards inches centimetres millimetres nautical-miles".split(),
    "kilometers miles meters feet yards inches centimeters millimeters".split(), "km mi m ft cm mm in".split(),
    "seconds minutes hours days weeks months years decades centuries milliseconds".split(),
    "second minute hour day week month year decade century".split(),
    "kilograms pounds grams tonnes tons ounces".split(), "kg lb g t oz".split(),
    "dollars euros pounds yen cents rupees".split(), "million billion thousand trillion".split(),
    "percent dollars degrees points people times".split(), "MB GB KB TB MiB GiB".split(),
    "litres gallons pints".split(), "acres hectares".split(), "people households families members students".split(),
    "Celsius Fahrenheit".split(),
)  # fmt: skip
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|did|does|do|has|have|had|can|could|would|should|will|may|must)\b(?! not|n't)"
)
_NEGATED = re.compile(r"\b(?:not|never|no longer)\b ?|(?<=\w)n't\b", re.IGNORECASE)
_WITHOUT = (
    ("with", "without"), ("without", "with"), ("always", "never"), ("never", "always"), ("any", "no"), ("no", "a"),
    ("possible", "impossible"), ("able", "unable"), ("before", "after"), ("increase", "decrease"),
)  # fmt: skip
_HEDGES = ("may", "might", "could", "possibly", "probably", "perhaps", "reportedly", "allegedly", "apparently",
           "likely", "usually", "often", "sometimes", "generally", "typically", "mostly", "partly", "believed to",
           "said to",
           "thought to", "tend to", "seem to", "appears to", "seems to", "about", "approximately", "nearly", "almost",
           "around", "roughly", "normally", "rarely", "occasionally", "should", "estimated")  # fmt: skip
_HEDGED = re.compile(rf"\b(?:{'|'.join(_HEDGES)})\b ?")
_MODALS = (
    ("may", "must"), ("can", "must"), ("should", "must"), ("must", "may"), ("might", "will"), ("could", "will"),
    ("will", "might"), ("often", "always"), ("usually", "always"), ("sometimes", "always"), ("always", "sometimes"),
    ("is", "may be"), ("are", "may be"), ("was", "was possibly"), ("were", "were probably"), ("is", "is certainly"),
    ("has", "has reportedly"),
)  # fmt: skip
_QUANTIFIERS = (
    ("all", "some"), ("all", "most"), ("some", "all"), ("some", "most"), ("most", "all"), ("most", "few"),
    ("many", "all"), ("many", "few"), ("few", "many"), ("several", "all"), ("both", "neither"), ("both", "one"),
    ("every", "almost every"), ("each", "only one"), ("only", "mainly"), ("only", "also"), ("at least", "at most"),
    ("more than", "less than"), ("less than", "more than"), ("over", "under"), ("up to", "at least"),
    ("first", "last"), ("any", "every"), ("none", "some"), ("majority", "minority"), ("half", "all"),
    ("half", "most"), ("one of the", "the only"), ("the largest", "one of the largest"),
    ("one of the", "all of the"), ("a few", "most"), ("a", "every"), ("an", "every"), ("the", "all the"),
    ("the", "most of the"), ("the", "only the"), ("about", "more than"), ("almost", "exactly"),
)  # fmt: skip
_CONDITION = re.compile(
    r"^(?:If|Unless|Only if|Provided that|When|Except) [^,]{6,90}, (?=\w)"
    r"|,? (?:if|unless|except|provided that|as long as|only when) [^,;.]{6,90}(?=[,.;])"
)
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|can|will|would|should|must|may|became|began|made|took)\b")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where another name or number comes from: what is cited, the rest of the document, and other documents."""

    cited: str
    document: str
    elsewhere: str


class Breaker:
    """Alters statements; `chance` decides how."""

    def __init__(self, words: Words, chance: random.Random) -> None:
        """Take words that mean something else from `words`."""
        self._words = words
        self._chance = chance
        self._kinds: dict[str, Callable[[str, Surroundings], Iterator[str]]] = {
            "name": self._names, "number": self._numbers, "unit": _units, "date": self._dates, "negation": _negations,
            "hedge": _hedges, "quantifier": _quantifiers, "word": self._reworded, "swapped": self._swapped,
            "condition": _conditions,
        }  # fmt: skip

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that `altered` knows."""
        return tuple(self._kinds)

    def altered(self, kind: str, text: str, near: Surroundings) -> str | None:
        """Return `text` with one alteration of a kind; None where there is nothing to alter so."""
        ways = [way for way in self._kinds[kind](text, near) if way != text]
        return self._chance.choice(ways) if ways else None

    def merged(self, text: str, other: str) -> str | None:
        """Return the beginning of a sentence with the end of another, which is said of something else."""
        first, second = _VERB.search(text, 3), _VERB.search(other, 3)
        if not first or not second or first.group()[0] != second.group()[0]:
            return None
        return text[: first.start()] + other[second.start() :]

    def _names(self, text: str, near: Surroundings) -> Iterator[str]:
        source = self._chance.choice((near.cited, near.document, near.document, near.elsewhere))
        others = sorted({name for name in names_in(source) if name not in text})
        for match in names_found(text):
            other = self._chance.choice(others) if others else None
            if other and match.group() not in other:
                yield text[: match.start()] + other + text[match.end() :]

    def _numbers(self, text: str, near: Surroundings) -> Iterator[str]:
        others = [n for n in _NUMBER.findall(near.cited) if n not in text]
        for match in _NUMBER.finditer(text):
            if not _YEAR.fullmatch(match.group()):
                changed = self._changed(match.group())
                yield text[: match.start()] + self._chance.choice([*others, changed, changed]) + text[match.end() :]
        for match in re.finditer(rf"\b(?:{'|'.join(_WORDED)})\b", text):
            yield text[: match.start()] + self._chance.choice(_WORDED) + text[match.end() :]

    def _changed(self, number: str) -> str:
        plain = number.replace(",", "")
        value = float(plain)
        ways = (value + 1, value * 2, value * 10, value + 10, max(value - 1, 1), value / 2)
        changed = self._chance.choice(ways)
        if "." in plain:
            return f"{changed:.{len(plain.partition('.')[2])}f}"
        return f"{int(changed):,}" if "," in number else str(int(changed))

    def _dates(self, text: str, near: Surroundings) -> Iterator[str]:
        said = sorted(set(_YEAR.findall(near.cited + near.document)) - set(_YEAR.findall(text)))
        for match in _YEAR.finditer(text):
            changed = str(int(match.group()) + self._chance.choice((-10, -2, -1, 1, 2, 5, 100)))
            yield text[: match.start()] + self._chance.choice([*said[:2], changed]) + text[match.end() :]
        for series in (_MONTHS, _DAYS):
            for match in re.finditer(rf"\b(?:{'|'.join(series)})\b", text):
                yield text[: match.start()] + self._chance.choice(series) + text[match.end() :]
        for match in re.finditer(rf"\b\d{{1,2}}(?=(?:st|nd|rd|th)? (?:{'|'.join(_MONTHS)}))", text):
            yield text[: match.start()] + str(self._chance.randint(1, 28)) + text[match.end() :]
        for match in re.finditer(r"\b\d{1,2}(?:st|nd|rd|th) century\b", text):
            yield text[: match.start()] + f"{self._chance.randint(4, 19)}th century" + text[match.end() :]

    def _reworded(self, text: str, near: Surroundings) -> Iterator[str]:
        there = frozenset(re.findall(r"\b[a-z]{3,}\b", f"{near.cited} {near.document}".lower()))
        for match in re.finditer(r"\b[a-z]{4,}\b", text):
            others = [other for other in self._words.others(match.group()) if other not in text]
            said = [other for other in others if other in there]
            some = said if said and self._chance.random() < 0.5 else others[:6]
            if some:
                yield text[: match.start()] + self._chance.choice(some) + text[match.end() :]

    def _swapped(self, text: str, _near: Surroundings) -> Iterator[str]:
        numbers = list(_NUMBER.finditer(text))
        for matches in (list(names_found(text)), numbers):
            for match, other in pairwise(matches):
                if match.group() != other.group():
                    yield (
                        text[: match.start()] + other.group() + text[match.end() : other.start()] + match.group()
                        + text[other.end() :]
                    )  # fmt: skip


def names_found(text: str) -> list[re.Match[str]]:
    """Return the names in a text: words with capitals, but for one that only begins the sentence."""
    return [match for match in _NAME.finditer(text) if not _COMMON.match(match.group())]


def names_in(text: str) -> list[str]:
    """Return the names in a text."""
    return [match.group() for match in names_found(text)]


def wrong_spans(true: str, altered: str) -> tuple[Span, ...]:
    """Return where `altered` differs from `true`; where words are missing, the words beside the gap."""
    before, after = true.split(), list(re.finditer(r"\S+", altered))
    spans: list[Span] = []
    for what, _, _, first, last in difflib.SequenceMatcher(
        None, before, [m.group() for m in after], autojunk=False
    ).get_opcodes():
        if what == "equal":
            continue
        some = after[first:last] or after[max(first - 1, 0) : first + 1]
        if some:
            spans.append((some[0].start(), some[-1].end()))
    return tuple(spans)


def _units(text: str, _near: Surroundings) -> Iterator[str]:
    for series in _UNITS:
        every, long = "|".join(series), "|".join(unit for unit in series if len(unit) > 3) or "(?!)"
        for match in re.finditer(rf"(?<=\d )(?:{every})\b|(?<=\d)(?:{every})\b|\b(?:{long})\b", text):
            for other in series:
                if other != match.group():
                    yield text[: match.start()] + other + text[match.end() :]
    for sign, others in (("$", "€£"), ("€", "$£"), ("£", "$€")):
        if sign in text:
            yield from (text.replace(sign, other) for other in others)
    if re.search(r"\d ?%", text):
        yield re.sub(r"(?<=\d) ?%", " points", text, count=1)


def _negations(text: str, _near: Surroundings) -> Iterator[str]:
    for match in _NEGATED.finditer(text):
        yield text[: match.start()] + text[match.end() :]
    for match in list(_AUXILIARY.finditer(text))[:3]:
        yield text[: match.end()] + " not" + text[match.end() :]
        yield text[: match.end()] + " never" + text[match.end() :]
        if match.group() not in ("may", "can", "will"):
            yield text[: match.end()] + "n't" + text[match.end() :]
    yield from _exchanged(text, _WITHOUT)


def _hedges(text: str, _near: Surroundings) -> Iterator[str]:
    for match in _HEDGED.finditer(text):
        yield text[: match.start()] + text[match.end() :]
    yield from _exchanged(text, _MODALS)


def _quantifiers(text: str, _near: Surroundings) -> Iterator[str]:
    yield from _exchanged(text, _QUANTIFIERS)


def _conditions(text: str, _near: Surroundings) -> Iterator[str]:
    for match in _CONDITION.finditer(text):
        left = (text[: match.start()] + text[match.end() :]).strip()
        if len(left.split()) > 3:
            yield left[0].upper() + left[1:]


def _exchanged(text: str, pairs: Sequence[tuple[str, str]]) -> Iterator[str]:
    for word, other in pairs:
        for match in list(re.finditer(rf"\b{word}\b", text, re.IGNORECASE))[:2]:
            capital = match.group()[0].isupper()
            yield text[: match.start()] + (other[0].upper() + other[1:] if capital else other) + text[match.end() :]
