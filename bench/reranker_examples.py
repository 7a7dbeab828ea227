"""The data recipe of the reranker: questions with passages, and which characters of them answer.

Each question is taken twice: with its passage, which answers, and once more so that it does not, in one of four ways,
so that "not here" is learned where it is hard, by what makes the difference:

altered     the question with a name, number or word changed (`altered.py`)
neighbour   another passage of the same set, the nearest by TF-IDF, that does not hold the answer's words
removed     the passage itself without the sentences that answer
stated      the passages that a set itself says do not answer

What is held out, to choose and calibrate by: every group of texts for which `is_held_out` says so, in any set, and all
of `squad11_dev13`.
"""

from __future__ import annotations

import random
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from altered import Alterer
from sets import training_rows
from sklearn.feature_extraction.text import TfidfVectorizer

from index.encode.encoder import Encoder

SHARES = {
    "squad_train_part": 10200,
    "squadshifts_new_wiki": 3900,
    "squadshifts_reddit": 3000,
    "squadshifts_amazon": 2500,
    "nq_swap": 1500,
    "nq_gold": 1300,
    "qed_dev": 1000,
    "selqa": 2000,
    "epqa_dev": 900,
    "qamr": 3000,
    "multihop200": 2000,
}
"""Questions of each set at most: articles first, for most documents are written like them."""

HALF_HELD_OUT = ("squadshifts_new_wiki", "nq_gold")
_NAMELESS_TITLES = ("squadshifts_reddit", "squadshifts_amazon")

LONGEST = 800
"""Characters of a passage, as those of an index have them; longer ones are cut around the answer."""

_UNTITLED = 0.3
_REWORDED = 0.3
_ALTERED = 0.65
_SHORTEST = 150
_ANSWERS = 2
"""The grade of a sentence that answers, in epqa; 1 is for one that helps."""

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z\"“(0-9])")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Example:
    """A question, a title or nothing, and a passage with the spans that answer; none where it does not."""

    question: str
    title: str
    passage: str
    spans: tuple[Span, ...]
    kind: str


def is_held_out(row: dict[str, Any]) -> bool:
    """Tell whether a row's group of texts is kept for choosing and calibrating."""
    return zlib.crc32(row["split_group"].encode()) % 2 == 0


def examples(encoder: Encoder, seed: int = 0) -> list[Example]:
    """Return training examples, shuffled; `seed` decides which questions are drawn and how they are altered."""
    chance = random.Random(seed)  # noqa: S311 -- a draw, no secret
    alterer = Alterer(encoder, chance)
    rows = {name: list(training_rows(name)) for name in (*SHARES, "squad11_dev13")}
    kept_out = {row["split_group"] for row in rows.pop("squad11_dev13")}
    kept_out |= {row["split_group"] for name in HALF_HELD_OUT for row in rows[name] if is_held_out(row)}
    sample: list[Example] = []
    for name, share in SHARES.items():
        usable = [row for row in rows[name] if row["split_group"] not in kept_out]
        drawn = chance.sample(usable, min(share, len(usable)))
        sample += _of_set(name, drawn, [row["context"] for row in usable], alterer, chance)
    chance.shuffle(sample)
    return sample


def _of_set(
    name: str, rows: list[dict[str, Any]], contexts: list[str], alterer: Alterer, chance: random.Random
) -> Iterator[Example]:
    neighbours = _neighbours([row["question"] for row in rows], sorted(set(contexts)))
    for row, near in zip(rows, neighbours, strict=True):
        title = "" if name in _NAMELESS_TITLES or chance.random() < _UNTITLED else row["title"].replace("_", " ")
        spans = _spans(row)
        if not spans:
            yield Example(row["question"], title, _cropped(row["context"], (), chance)[0], (), "stated")
            continue
        passage, inside = _cropped(row["context"], spans, chance)
        question = alterer.answered(row["question"]) if chance.random() < _REWORDED else row["question"]
        yield Example(question, title, passage, inside, "answered")
        altered = alterer.unanswered(row["question"], passage, row["answers"], near[0])
        if altered and chance.random() < _ALTERED:
            yield Example(altered, title, passage, (), "altered")
        else:
            yield from _elsewhere(row, title, spans, near, chance)


def _spans(row: dict[str, Any]) -> tuple[Span, ...]:
    """Return where the answer stands: every place where its words do, or the sentences labelled."""
    context = row["context"]
    if not row["answerable"]:
        return ()
    if row.get("answer_starts"):
        stated = [
            (start, start + len(answer)) for start, answer in zip(row["answer_starts"], row["answers"], strict=True)
        ]
        again = [
            m.span()
            for answer in set(row["answers"])
            for m in re.finditer(rf"(?<!\w){re.escape(answer)}(?!\w)", context)
        ]
        return tuple(sorted({*stated, *again}))
    if row.get("grades"):
        return tuple(
            (start, end)
            for (start, end, _), grade in zip(row["sentence_labels"], row["grades"], strict=True)
            if grade == _ANSWERS
        )
    if row.get("sentence_labels"):
        return tuple((start, end) for start, end, label in row["sentence_labels"] if label)
    return tuple(m.span() for answer in row["answers"] for m in re.finditer(re.escape(answer), context))


def _neighbours(questions: list[str], contexts: list[str]) -> Iterator[list[str]]:
    """Yield for each question the five contexts nearest to it."""
    vectorizer = TfidfVectorizer(stop_words="english", sublinear_tf=True)
    matrix = vectorizer.fit_transform(contexts)
    asked = vectorizer.transform(questions)
    for at in range(0, len(questions), 500):
        likeness = (asked[at : at + 500] @ matrix.T).toarray()
        for row in likeness:
            yield [contexts[i] for i in row.argsort()[:-7:-1]]


def _elsewhere(
    row: dict[str, Any], title: str, spans: tuple[Span, ...], near: list[str], chance: random.Random
) -> Iterator[Example]:
    """Yield the question with a passage that does not answer it, where one can be made."""
    question, context = row["question"], row["context"]
    said = [answer.lower() for answer in row["answers"]]
    if chance.random() < 1 / 2:
        others = [other for other in near if other != context and not any(answer in other.lower() for answer in said)]
        if others and said:
            yield Example(question, "", _cropped(chance.choice(others[:3]), (), chance)[0], (), "neighbour")
        return
    passage = " ".join(context[start:end] for start, end in _sentences(context) if not _touches((start, end), spans))
    if len(passage) > _SHORTEST and not any(answer in passage.lower() for answer in said):
        yield Example(question, title, _cropped(passage, (), chance)[0], (), "removed")


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _touches(span: Span, others: tuple[Span, ...]) -> bool:
    return any(start < span[1] and end > span[0] for start, end in others)


def _cropped(text: str, spans: tuple[Span, ...], chance: random.Random) -> tuple[str, tuple[Span, ...]]:
    """Return at most `LONGEST` characters of `text`, whole words, around one of the spans where there is one."""
    most = chance.randint(LONGEST // 2, LONGEST)
    if len(text) <= most:
        return text, spans
    first, last = chance.choice(spans) if spans else (0, 0)
    last = min(last, first + most)
    low, high = max(0, last - most), min(first, len(text) - most)
    start = chance.randint(low, max(low, high))
    start = 0 if start == 0 else text.find(" ", start, first + 1) + 1 or start
    end = start + most
    end = text.rfind(" ", last, end) if end < len(text) and text.rfind(" ", last, end) > 0 else min(end, len(text))
    moved = tuple((max(s - start, 0), min(e, end) - start) for s, e in spans if s < end and e > start)
    return text[start:end], moved


def by_kind(sample: list[Example]) -> dict[str, int]:
    """Count examples by kind."""
    counts: dict[str, int] = defaultdict(int)
    for example in sample:
        counts[example.kind] += 1
    return dict(counts)
