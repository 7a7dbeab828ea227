"""The data recipe of the support model: statements with the sentences that they cite, and which words go too far.

Each statement is made of sentences of a text, or of a question and its answer, by rules: true ones in
`support_truths.py`, altered ones in `support_altered.py`. Of each sentence one true statement is taken and one or two
that are altered, so that what makes the difference is learned.

Held out, to choose and to measure by, are the same texts as the reranker's (`reranker_examples.py`): all of
`squad11_dev13`, and half of the groups of `squadshifts_new_wiki` and `nq_gold`, in whatever set they occur.
"""

from __future__ import annotations

import random
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Any

from altered import Words
from reranker_examples import HALF_HELD_OUT, is_held_out
from sets import training_rows
from support_altered import SEVEN, Breaker, Span, Surroundings, wrong_spans
from support_truths import Rewriter

SHARES = {
    "squad_train_part": 4500,
    "squadshifts_new_wiki": 900,
    "squadshifts_reddit": 1500,
    "squadshifts_amazon": 900,
    "nq_gold": 1300,
    "qed_dev": 700,
    "selqa": 1400,
    "qamr": 900,
    "multihop200": 1500,
}
"""Texts of each set at most. `nq_swap` is left out: what its texts say is often absurd on purpose."""

TRUE = "true"
_SENTENCE_END = re.compile(r"(?<=[.?!])[\"”')\]]?\s+(?=[A-Z\"“(0-9])")
_SHORTEST, _LONGEST = 5, 45
"""Words of a sentence that statements are made of."""

_OF_A_TEXT = 4
_MERGED_OF_A_TEXT = 2
_NAMELESS_TITLES = ("squadshifts_reddit", "squadshifts_amazon")
_UNTITLED = 0.3
_REWRITTEN = 0.5

_WEIGHTS = {"name": 3, "number": 2, "unit": 1, "date": 2, "negation": 2, "hedge": 2, "quantifier": 2, "word": 3,
            "swapped": 2, "condition": 1, "merged": 3, "uncited": 2, "elsewhere": 1}  # fmt: skip
"""How often each kind of alteration is tried: those that no rule sees more often."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement with what it cites: a title or nothing, and one to three sentences; `wrong` is empty if true."""

    title: str
    cited: str
    statement: str
    wrong: tuple[Span, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a set: its sentences, and its questions with their answers by the sentence that holds the answer."""

    group: str
    title: str
    context: str
    sentences: tuple[str, ...]
    asked: dict[int, tuple[str, str]]


def training_claims(words: Words, seed: int = 0, share: float = 1.0) -> list[Claim]:
    """Return claims to train on, shuffled, of a share of the texts: those of one cited text beside each other.

    There are more of those that are merged, or leave a condition out, than alterations drawn by kind would bring.
    """
    chance = random.Random(seed)  # noqa: S311 -- a draw, no secret
    maker = Maker(words, chance)
    kept_out = held_out_groups()
    by_cited: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for name, most in SHARES.items():
        usable = [text for text in texts(name) if text.group not in kept_out]
        chance.shuffle(usable)
        some = usable[: int(most * share)]
        for claim in (*maker.claims(some), *maker.paired(some)):
            by_cited[claim.title, claim.cited].append(claim)
    groups = list(by_cited.values())
    chance.shuffle(groups)
    return [claim for group in groups for claim in group]


def held_out_groups() -> set[str]:
    """Return the groups of texts that nothing is trained on."""
    groups = {row["split_group"] for row in training_rows("squad11_dev13")}
    return groups | {row["split_group"] for name in HALF_HELD_OUT for row in training_rows(name) if is_held_out(row)}


def texts(name: str) -> list[Text]:
    """Return the texts of a set, each once."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in training_rows(name):
        rows[row["context"]].append(row)
    nameless = name in _NAMELESS_TITLES
    return [_text(context, some, nameless=nameless) for context, some in rows.items()]


def sentences_of(context: str) -> tuple[str, ...]:
    """Return the sentences of a text."""
    return tuple(part.strip() for part in _SENTENCE_END.split(context.replace("\n", " ")) if part.strip())


class Maker:
    """Makes claims of texts."""

    def __init__(self, words: Words, chance: random.Random) -> None:
        """Reword by `words`, and draw by `chance`."""
        self.rewriter = Rewriter(words, chance)
        self.breaker = Breaker(words, chance)
        self._chance = chance

    def claims(self, some: Sequence[Text]) -> Iterator[Claim]:
        """Yield a true claim and one or two altered ones for up to four sentences of each text."""
        for number, text in enumerate(some):
            other = some[number - 1]
            usable = [i for i, sentence in enumerate(text.sentences) if _SHORTEST <= len(sentence.split()) <= _LONGEST]
            for i in self._chance.sample(usable, min(_OF_A_TEXT, len(usable))):
                title = self._title(text)
                cited = self._cited(text, i)
                true = self.true_statement(text, i, cited)
                quoted = " ".join(text.sentences[j] for j in cited)
                yield Claim(title, quoted, true, (), TRUE)
                for _ in range(self._chance.choice((1, 1, 2))):
                    if broken := self._altered(text, cited, true, other):
                        yield Claim(title, quoted, *broken)

    def paired(self, some: Sequence[Text]) -> Iterator[Claim]:
        """Yield what is merged of two cited sentences, or leaves a condition out, each beside a true claim."""
        for text in some:
            usable = [i for i, sentence in enumerate(text.sentences) if _SHORTEST <= len(sentence.split()) <= _LONGEST]
            merged = [pair for pair in pairwise(usable) if pair[1] - pair[0] == 1]
            for first, second in self._chance.sample(merged, min(_MERGED_OF_A_TEXT, len(merged))):
                yield from self._merged(text, first, second)
            for at in usable:
                sentence = text.sentences[at]
                altered = self.breaker.altered("condition", sentence, Surroundings(sentence, text.context, ""))
                if altered and altered not in sentence:
                    title = self._title(text)
                    yield Claim(title, sentence, altered, wrong_spans(sentence, altered), "condition")
                    yield Claim(title, sentence, self.true_statement(text, at, [at]), (), TRUE)

    def _merged(self, text: Text, first: int, second: int) -> Iterator[Claim]:
        at, other = self._chance.sample((first, second), 2)
        sentence = text.sentences[at]
        quoted = f"{text.sentences[first]} {text.sentences[second]}"
        merged = self.breaker.merged(sentence, text.sentences[other])
        if not merged or merged in quoted or len(merged.split()) <= _SHORTEST:
            return
        said = self.rewriter.rewritten(merged) if self._chance.random() < _REWRITTEN else merged
        start = 0 if said != merged else next(i for i, (a, b) in enumerate(zip_longest(said, sentence)) if a != b)
        title = self._title(text)
        yield Claim(title, quoted, said, ((start, len(said)),), "merged")
        yield Claim(title, quoted, self.true_statement(text, at, [first, second]), (), TRUE)

    def _title(self, text: Text) -> str:
        return "" if self._chance.random() < _UNTITLED else text.title

    def of_texts(self, some: Sequence[Text]) -> Iterator[Claim]:
        """Yield for sentences of texts a true claim, and one of each kind of alteration that there is for it."""
        for number, text in enumerate(some):
            usable = [i for i, sentence in enumerate(text.sentences) if _SHORTEST <= len(sentence.split()) <= _LONGEST]
            for at in usable[:3]:
                yield from self._of_sentence(text, at, some[number - 1])

    def _of_sentence(self, text: Text, at: int, other: Text) -> Iterator[Claim]:
        cited = self._cited(text, at)
        true = self.true_statement(text, at, cited)
        quoted = " ".join(text.sentences[j] for j in cited)
        near = Surroundings(quoted, text.context, other.context)
        yield Claim(text.title, quoted, true, (), TRUE)
        for kind in self.breaker.kinds:
            altered = self.breaker.altered(kind, true, near)
            if altered and altered not in quoted:
                yield Claim(text.title, quoted, altered, wrong_spans(true, altered), kind)
        for kind in ("merged", "uncited", "elsewhere"):
            broken = self._strange(kind, text, cited, other)
            if broken and broken[0] not in quoted:
                yield Claim(text.title, quoted, *broken, kind)

    def true_statement(self, text: Text, at: int, cited: Sequence[int]) -> str:
        """Return what follows from a sentence, or from it and another that is cited."""
        roll = self._chance.random()
        if at in text.asked and roll < 0.5 and (said := self.rewriter.statement(*text.asked[at])):
            return said
        beside = [j for j in cited if j != at]
        if beside and roll < 0.3:
            return self.rewriter.joined(*(text.sentences[j] for j in sorted((at, beside[0]))))
        return self.rewriter.rewritten(text.sentences[at])

    def _cited(self, text: Text, at: int) -> list[int]:
        beside = [j for j in (at - 1, at + 1, at + 2) if 0 <= j < len(text.sentences)]
        return sorted([at, *self._chance.sample(beside, min(self._chance.choice((0, 0, 1, 2)), len(beside)))])

    def _altered(
        self, text: Text, cited: list[int], true: str, other: Text
    ) -> tuple[str, tuple[Span, ...], str] | None:
        quoted = " ".join(text.sentences[j] for j in cited)
        near = Surroundings(quoted, text.context, other.context)
        for kind in self._chance.choices(list(_WEIGHTS), weights=list(_WEIGHTS.values()), k=4):
            broken = self._strange(kind, text, cited, other) if kind in ("merged", "uncited", "elsewhere") else None
            if broken is None and kind in self.breaker.kinds:
                altered = self.breaker.altered(kind, true, near)
                broken = (altered, wrong_spans(true, altered)) if altered else None
            if broken and broken[1] and broken[0] not in quoted:
                return *broken, kind
        return None

    def _strange(self, kind: str, text: Text, cited: list[int], other: Text) -> tuple[str, tuple[Span, ...]] | None:
        """Return a statement merged of two cited sentences, of one that is not cited, or of another text."""
        if kind == "merged":
            pair = self._chance.sample(cited, 2) if len(cited) > 1 else [cited[0], cited[0]]
            said = self.breaker.merged(*(text.sentences[j] for j in pair))
            start = (
                next((i for i, (a, b) in enumerate(zip(said, text.sentences[pair[0]], strict=False)) if a != b), 0)
                if said
                else 0
            )
            return (said, ((start, len(said)),)) if said and start else None
        source = text if kind == "uncited" else other
        away = [
            i
            for i, sentence in enumerate(source.sentences)
            if (source is other or i not in cited) and _SHORTEST <= len(sentence.split()) <= _LONGEST
        ]
        if not away:
            return None
        at = self._chance.choice(away)
        said = self.true_statement(source, at, [at])
        return said, ((0, len(said)),)


def by_kind(claims: Sequence[Claim]) -> dict[str, int]:
    """Return how many claims there are of each kind."""
    return dict(Counter(claim.kind for claim in claims))


def measured(words: Words, names: Sequence[str], most: int, seed: int = 1) -> list[Claim]:
    """Return claims over held-out texts of some sets, at most so many of a kind, twice as many true ones.

    Of half of the groups of texts: the other half is kept for later.
    """
    chance = random.Random(seed)  # noqa: S311 -- a draw, no secret
    maker, kept_out = Maker(words, chance), held_out_groups()
    some = [text for name in names for text in texts(name) if text.group in kept_out and _part(text.group) == 0]
    chance.shuffle(some)
    return few_of_a_kind(maker.of_texts(some), most)


def few_of_a_kind(claims: Iterator[Claim], most: int) -> list[Claim]:
    """Return the first claims of each kind, at most so many, twice as many true ones."""
    kept: list[Claim] = []
    counts: Counter[str] = Counter()
    for claim in claims:
        if counts[claim.kind] < most * (1 + (claim.kind == TRUE)):
            counts[claim.kind] += 1
            kept.append(claim)
        elif len(counts) == len(_WEIGHTS) + 1 and all(counts[kind] >= most for kind in SEVEN):
            break
    return kept


def _part(group: str) -> int:
    return zlib.crc32(group.encode()) // 2 % 2


def _text(context: str, rows: Sequence[dict[str, Any]], *, nameless: bool) -> Text:
    sentences = sentences_of(context)
    asked: dict[int, tuple[str, str]] = {}
    for row in rows:
        if row["answerable"] and row["answers"]:
            answer = min(row["answers"], key=len)
            holding = [i for i, sentence in enumerate(sentences) if answer in sentence]
            if len(holding) == 1 and len(answer) < 80:
                asked.setdefault(holding[0], (row["question"], answer))
    title = "" if nameless else (rows[0].get("title") or "").replace("_", " ")
    return Text(rows[0]["split_group"], title, context, sentences, asked)
