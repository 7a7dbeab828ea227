"""Fits `bot/manners/leaning.npz`, which tells small talk from requests, and says how far it can be trusted.

    python bench/fit_small_talk.py [--write]

On the messages of bench/manners/talk.txt and asks.txt, one a line below the name of their theme; those of one theme,
small talk and requests, are left out together (eight folds; each of the three other languages is four themes). The
bounds are quantiles of those left out: 1 % of small talk is below `likely`, 10 % below `unclear`. From `talk` on are
0.25 % of the requests by words, which are not searched, and 2 % with a vector, of which a sure answer alone is shown.
`fresh` are the messages of fresh_talk.txt and fresh_asks.txt, in other themes, written before anything was measured;
nothing is fitted to them. Each is asked of the indexes of four projects of the set `community`, as if it were put to
the bot. A good answer is one that is sure or probable. With --write the weights in place are replaced.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from indexes import KEPT, answers, indexed
from intervals import Floats, share
from scipy.sparse import csr_matrix, diags
from sets import EVAL
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from tables import show, write

from bot.handlers.message_answers import is_passed_over
from bot.handlers.questions import Question
from bot.manners import leaning
from bot.manners.small_talk import SEARCHED, Kind, read, weighed
from bot.manners.wording import words_of
from index.answer.answerer import Answerer
from index.answer.asked import Asked, message_text
from index.answer.reranker.pointer import Pointer
from index.encode.encoder import Encoder
from index.encode.local import load_encoder
from index.records import Answer, Level

_WRITTEN = Path(__file__).with_name("manners")
_FOLDS, _INNER_FOLDS = 8, 6
_LANGUAGES = ("de", "es", "fr")
_LINES_OF_A_THEME = 32
_BARS = 2
"""In a line that mixes what asks with manners, those around what asks: messages are read by clause, so they are fitted
to that alone."""

_OF_WORDS, _OF_VECTORS = 10.0, 1.0
"""The inverse strengths of the penalties; from a third to three times as much, one left-out message in 100 changes."""

_LIKELY, _UNCLEAR = 0.01, 0.1
_TALK = (0.9975, 0.98)
"""Of requests, by words and with a vector: what is not searched is lost, what is gets a sure answer at least."""

_QUOTES = 3
_GOOD = (Level.SURE, Level.PROBABLE)
_NAMES = ("words", "words and vector")
_PROJECTS = ("papermc", "dnd", "homebrew", "wled")
_PLAIN = len(leaning.plain("", []))


@dataclass(frozen=True, slots=True, eq=False)
class Data:
    """Messages with their themes; `is_talk` tells small talk from requests, `vectors` are of the default model."""

    texts: list[str]
    themes: np.ndarray
    is_talk: np.ndarray
    vectors: Floats
    features: csr_matrix


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Weights of words (for each bucket, then the plain features), of a vector and of the words' log odds beside it."""

    words: Floats
    bias_of_words: float
    vector: Floats
    scale: float
    bias: float

    def log_odds(self, data: Data) -> tuple[Floats, Floats]:
        """Return the log odds by words alone, and with vectors."""
        by_words = data.features @ self.words + self.bias_of_words
        return by_words, data.vectors @ self.vector + self.scale * by_words + self.bias


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="replace the weights in place")
    given = parser.parse_args()
    encoder = load_encoder()
    data = _data(encoder, "")
    left_out = np.zeros((2, len(data.texts)))
    for train, test in GroupKFold(_FOLDS).split(data.features, groups=data.themes):
        left_out[:, test] = _fit(_part(data, train)).log_odds(_part(data, test))
    bounds = [_bounds(log_odds, data.is_talk, talk) for log_odds, talk in zip(left_out, _TALK, strict=True)]
    if given.write:
        _write(_fit(data), np.array(bounds), encoder.fingerprint)
    rows = [_row(*each, data.is_talk) for each in zip(_NAMES, left_out, bounds, strict=True)]
    columns = ("by", "asked", "probably", "unclear", "talk", "small talk: asked", "probably", "unclear", "talk")
    print("left out:")
    show(columns, rows)
    print("\nfresh:")
    cards = list(_cards(_data(encoder, "fresh_"), encoder))
    show(("by", "small talk with a card", "requests not searched", "good answers not shown", "requests asked"), cards)
    write("fit_small_talk", {"left out": rows, "fresh": cards})


def _data(encoder: Encoder, prefix: str) -> Data:
    talk, asks = (list(_messages(f"{prefix}{name}")) for name in ("talk", "asks"))
    texts = [text for _, text in (*talk, *asks)]
    cleaned = [message_text(text) for text in texts]
    vectors = np.concatenate([encoder.questions(cleaned[at : at + 64]) for at in range(0, len(cleaned), 64)])
    themes = np.array([theme for theme, _ in (*talk, *asks)])
    return Data(texts, themes, np.arange(len(texts)) < len(talk), vectors, _features(texts))


def _messages(name: str) -> Iterator[tuple[str, str]]:
    theme, number = name, 0
    there: set[tuple[str, str]] = set()
    for line in (_WRITTEN / f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("# "):
            theme, number = line[2:], 0
            continue
        text = line.split("|")[1].strip() if line.count("|") == _BARS else line
        if (theme, text) in there:
            continue
        there.add((theme, text))
        yield (f"{theme}{number // _LINES_OF_A_THEME}" if theme in _LANGUAGES else theme), text
        number += 1


def _features(texts: list[str]) -> csr_matrix:
    words = [words_of(text) for text in texts]
    rows = [leaning.hashed(own) for own in words]
    columns = [np.concatenate([buckets, leaning.BUCKETS + np.arange(_PLAIN)]) for buckets, _ in rows]
    values = [
        np.concatenate([values, leaning.plain(text, own)])
        for (_, values), text, own in zip(rows, texts, words, strict=True)
    ]
    starts = np.cumsum([0, *map(len, columns)])
    return csr_matrix(
        (np.concatenate(values), np.concatenate(columns), starts), shape=(len(texts), leaning.BUCKETS + _PLAIN)
    )


def _part(data: Data, rows: np.ndarray) -> Data:
    texts = [data.texts[row] for row in rows]
    return Data(texts, data.themes[rows], data.is_talk[rows], data.vectors[rows], data.features[rows])


def _fit(data: Data) -> Fit:
    """Fit words, and vectors beside the log odds that words give to themes that were left out."""
    by_words = np.zeros(len(data.texts))
    for train, test in GroupKFold(_INNER_FOLDS).split(data.features, groups=data.themes):
        words, bias = _fit_words(data.features[train], data.is_talk[train])
        by_words[test] = data.features[test] @ words + bias
    words, bias_of_words = _fit_words(data.features, data.is_talk)
    both = _model(_OF_VECTORS).fit(np.hstack([data.vectors, by_words[:, None]]), data.is_talk)
    return Fit(words, bias_of_words, both.coef_[0, :-1], float(both.coef_[0, -1]), float(both.intercept_[0]))


def _fit_words(features: csr_matrix, is_talk: np.ndarray) -> tuple[Floats, float]:
    """Return the weights of words and a bias; rare features count more, by their inverse document frequency."""
    there = np.bincount(features.indices, minlength=features.shape[1])
    rarity = np.log((1 + features.shape[0]) / (1 + there)) + 1
    rarity /= rarity[: leaning.BUCKETS][there[: leaning.BUCKETS] > 0].mean()
    rarity[leaning.BUCKETS :] = 1.0
    model = _model(_OF_WORDS).fit(features @ diags(rarity), is_talk)
    return model.coef_[0] * rarity, float(model.intercept_[0])


def _model(inverse_penalty: float) -> LogisticRegression:
    return LogisticRegression(C=inverse_penalty, max_iter=3000, class_weight="balanced")


def _bounds(log_odds: Floats, is_talk: np.ndarray, talk: float) -> tuple[float, float, float]:
    likely, unclear = np.quantile(log_odds[is_talk], (_LIKELY, _UNCLEAR))
    return float(likely), float(unclear), float(np.quantile(log_odds[~is_talk], talk))


def _row(name: str, log_odds: Floats, bounds: tuple[float, float, float], is_talk: np.ndarray) -> list[str]:
    shares = [
        f"{((log_odds[own] >= low) & (log_odds[own] < high)).mean():.3f}"
        for own in (~is_talk, is_talk)
        for low, high in pairwise((-np.inf, *bounds, np.inf))
    ]
    return [name, *shares]


def _write(fit: Fit, bounds: np.ndarray, fingerprint: str) -> None:
    words = fit.words[: leaning.BUCKETS]
    step = float(np.abs(words).max() / 127)
    np.savez_compressed(
        Path(leaning.__file__).with_name("leaning.npz"),
        words=np.round(words / step).astype(np.int8),
        plain=fit.words[leaning.BUCKETS :].astype(np.float32),
        vector=fit.vector.astype(np.float16),
        numbers=np.array([step, fit.bias_of_words, fit.scale, fit.bias], np.float32),
        bounds=bounds.astype(np.float32),
        fingerprint=fingerprint,
    )


def _cards(data: Data, encoder: Encoder) -> Iterator[list[str]]:
    """Yield by words alone, and with vectors, what the weights in place do with messages that are put to the bot."""
    by_words = [read(text, addressed=True).kind for text in data.texts]
    model = encoder.fingerprint
    with_vectors = [
        weighed(text, kind, own, model) for text, kind, own in zip(data.texts, by_words, data.vectors, strict=True)
    ]
    is_searched = np.array([kind in SEARCHED for kind in by_words])
    found = [_answers(project, data.texts, encoder) for project in _PROJECTS]
    is_good = np.array([[answer.answered and answer.level in _GOOD for answer in own] for own in found])
    for name, kinds in zip(_NAMES, (by_words, with_vectors), strict=True):
        questions = [Question(text, text, 1, kind=kind) for text, kind in zip(data.texts, kinds, strict=True)]
        passed = np.array([[is_passed_over(q, a) for q, a in zip(questions, own, strict=True)] for own in found])
        has_card = is_searched & ~passed
        asked = np.array([kind in (Kind.QUESTION, Kind.LIKELY) for kind in kinds])
        requests = ~data.is_talk
        yield [
            name,
            str(share(has_card[:, data.is_talk].ravel())),
            str(share(~is_searched[requests])),
            str(share(~has_card[:, requests][is_good[:, requests]])),
            str(share(asked[requests])),
        ]


def _answers(project: str, texts: list[str], encoder: Encoder) -> list[Answer]:
    with indexed(EVAL / "community" / project / "docs", encoder, kept=KEPT / project) as generation:
        answerer = Answerer(generation, encoder, quotes=_QUOTES, threshold=None, reranker=Pointer("cpu"))
        return answers(answerer, [Asked(text) for text in texts])


if __name__ == "__main__":
    main()
