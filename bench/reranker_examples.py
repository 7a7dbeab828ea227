"""The data recipe of the reranker: questions with passages, and which characters of them answer.

Two thirds of the examples hold their answer. The others do not, in four ways, so that "not here" is learned where it is
hard:

neighbour   another passage of the same set, the nearest by TF-IDF, that does not hold the answer's words
removed     the passage itself without the sentences that answer
altered     the question with one of its names or numbers changed for another of the passage, or a word for its opposite
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

from sets import training_rows
from sklearn.feature_extraction.text import TfidfVectorizer

SHARES = {
    "squad_train_part": (8400, 10200),
    "squadshifts_new_wiki": (3800, 3900),
    "squadshifts_reddit": (2200, 4000),
    "squadshifts_amazon": (1800, 3500),
    "nq_swap": (2400, 2400),
    "nq_gold": (1300, 1300),
    "qed_dev": (1000, 1000),
    "selqa": (1500, 2300),
    "epqa_dev": (900, 900),
    "qamr": (3000, 5000),
    "multihop200": (1800, 2900),
}
"""Questions of each set at most, in the first pass and in the second, each drawn anew and given its kind anew: articles
first, for most documents are written like them."""

HALF_HELD_OUT = ("squadshifts_new_wiki", "nq_gold")
_NAMELESS_TITLES = ("squadshifts_reddit", "squadshifts_amazon")

LONGEST = 800
"""Characters of a passage, as those of an index have them; longer ones are cut around the answer."""

_POSITIVE = 0.55
_UNTITLED = 0.3
_PLAIN_NEGATION = 0.15
_SHORTEST = 150
_ANSWERS = 2
"""The grade of a sentence that answers, in epqa; 1 is for one that helps."""

_OPPOSITES = (
    "first last|most least|more less|more fewer|largest smallest|highest lowest|before after|earliest latest|"
    "best worst|longest shortest|increase decrease|increased decreased|north south|northern southern|east west|"
    "eastern western|always never|early late|old new|older newer|high low|higher lower|large small|larger smaller|"
    "major minor|men women|"
    "male female|won lost|win lose|open closed|begin end|began ended|start stop|started stopped|upper lower|"
    "inside outside|maximum minimum|public private|strong weak|allowed forbidden|include exclude|included excluded|"
    "internal external|positive negative|rich poor|success failure|support oppose|supported opposed|with without"
)
_OPPOSITE = {
    a: b for pair in _OPPOSITES.split("|") for one, other in [pair.split()] for a, b in ((one, other), (other, one))
}
_NEGATED = {
    "is": "isn't", "are": "aren't", "was": "wasn't", "were": "weren't", "did": "didn't", "does": "doesn't",
    "do": "don't", "has": "hasn't", "have": "haven't", "had": "hadn't", "can": "can't", "could": "couldn't",
    "would": "wouldn't", "should": "shouldn't", "will": "won't",
}  # fmt: skip
_NAME = re.compile(r"(?<![.?!] )(?<!^)\b(?:[A-Z][\w'\u2019-]+(?:\s+(?:of|the|de|von|van)?\s*[A-Z][\w'\u2019-]+)*)")
_NUMBER = re.compile(r"\b\d[\d,.]*\b")
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


def examples(turn: int) -> list[Example]:
    """Return the training examples of pass number `turn` (0 or 1), shuffled."""
    chance = random.Random(turn)  # noqa: S311 -- a draw, no secret
    rows = {name: list(training_rows(name)) for name in (*SHARES, "squad11_dev13")}
    kept_out = {row["split_group"] for row in rows.pop("squad11_dev13")}
    kept_out |= {row["split_group"] for name in HALF_HELD_OUT for row in rows[name] if is_held_out(row)}
    found: list[Example] = []
    for name, shares in SHARES.items():
        share = shares[turn]
        usable = [row for row in rows[name] if row["split_group"] not in kept_out]
        drawn = chance.sample(usable, min(share, len(usable)))
        found += _of_set(name, drawn, [row["context"] for row in usable], chance)
    chance.shuffle(found)
    return found


def _of_set(name: str, rows: list[dict[str, Any]], contexts: list[str], chance: random.Random) -> Iterator[Example]:
    neighbours = _neighbours([row["question"] for row in rows], sorted(set(contexts)))
    for row, near in zip(rows, neighbours, strict=True):
        title = "" if name in _NAMELESS_TITLES or chance.random() < _UNTITLED else row["title"].replace("_", " ")
        context, question = row["context"], row["question"]
        spans = _spans(row)
        if not spans:
            yield Example(question, title, _cropped(context, (), chance)[0], (), "stated")
            continue
        if chance.random() < _POSITIVE:
            yield Example(question, title, *_cropped(context, spans, chance), "answered")
            continue
        kind = chance.choice(("neighbour", "removed", "altered", "altered"))
        unanswered = _unanswered(kind, row, spans, near, chance)
        if unanswered is None:
            yield Example(question, title, *_cropped(context, spans, chance), "answered")
        else:
            asked, passage = unanswered
            yield Example(asked, "" if kind == "neighbour" else title, passage, (), kind)


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


def _unanswered(
    kind: str, row: dict[str, Any], spans: tuple[Span, ...], near: list[str], chance: random.Random
) -> tuple[str, str] | None:
    """Return a question and a passage that does not answer it; none where that cannot be made."""
    question, context = row["question"], row["context"]
    if kind == "neighbour":
        said = [answer.lower() for answer in row["answers"]]
        others = [one for one in near if one != context and not any(answer in one.lower() for answer in said)]
        return (question, _cropped(chance.choice(others[:3]), (), chance)[0]) if others and said else None
    if kind == "removed":
        left = [context[start:end] for start, end in _sentences(context) if not _touches((start, end), spans)]
        answers = [answer.lower() for answer in row["answers"]]
        passage = " ".join(left)
        gone = not any(answer in passage.lower() for answer in answers)
        return (question, _cropped(passage, (), chance)[0]) if len(passage) > _SHORTEST and gone else None
    altered = _altered(question, context, row["answers"], chance)
    return (altered, _cropped(context, spans, chance)[0]) if altered else None


def _altered(question: str, context: str, answers: list[str], chance: random.Random) -> str | None:
    """Return a question that the passage no longer answers, most probably."""
    ways = []
    for pattern in (_NAME, _NUMBER):
        asked = [m for m in pattern.finditer(question) if m.start() > 0]
        said = {m.group() for m in pattern.finditer(context)}
        for match in asked:
            others = [
                one
                for one in sorted(said)
                if one not in question and match.group() not in one and not any(one in a or a in one for a in answers)
            ]
            if others:
                other = chance.choice(others)
                ways.append(question[: match.start()] + other + question[match.end() :])
    words = question.split(" ")
    for i, word in enumerate(words):
        if word.lower() in _OPPOSITE:
            ways.append(" ".join([*words[:i], _OPPOSITE[word.lower()], *words[i + 1 :]]))
    negatable = [i for i, word in enumerate(words) if word.lower() in _NEGATED]
    if negatable and chance.random() < _PLAIN_NEGATION:
        i = negatable[0]
        ways.append(" ".join([*words[:i], _NEGATED[words[i].lower()], *words[i + 1 :]]))
    return chance.choice(ways) if ways else None


def _is_another(name: str, asked: str, question: str, answers: list[str]) -> bool:
    """Tell whether a name can stand for the one `asked` for: it is no part of the question nor of an answer."""
    return name not in question and asked not in name and not any(name in one or one in name for one in answers)


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _touches(one: Span, others: tuple[Span, ...]) -> bool:
    return any(start < one[1] and end > one[0] for start, end in others)


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


def by_kind(found: list[Example]) -> dict[str, int]:
    """Count examples by kind."""
    counts: dict[str, int] = defaultdict(int)
    for one in found:
        counts[one.kind] += 1
    return dict(counts)
