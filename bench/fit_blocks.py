"""Fits the weights of index/confidence.py for the questions that blocks are quoted for.

    python bench/fit_blocks.py [--eval ../shared/eval]

The cases: each project of the set `community` is asked its own questions, and some of the other projects and of squad.
The label is whether the first block holds what has to be seen. Questions about other things count a quarter more than
answerable ones, those that the documents are about but do not answer a third as much: there are 22 of them. Figures
are of each project by a fit on the others.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from cases import ANSWERABLE, NEAR, OTHER
from indexes import KEPT, indexed
from intervals import auc, calibration_error, share
from sets import EVAL, questions
from sklearn.linear_model import LogisticRegression
from tables import show

from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.answer.confidence import Strictness, fitted_threshold
from index.encode.local import load_encoder
from index.evaluation.must import holds

_QUOTES = 3
_STRANGERS, _FACTS = 8, 15
"""Questions of each other project, and of squad, that a project is asked."""

_SHARES = {ANSWERABLE: 1.0, NEAR: 0.35, OTHER: 1.25}
_IN_PLACE = fitted_threshold(Strictness.BALANCED)
_THRESHOLDS = (0.05, _IN_PLACE, 0.2, 0.35)


@dataclass(frozen=True, slots=True)
class _Case:
    project: str
    kind: str
    right: bool
    terms: tuple[float, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=Path, default=EVAL, help="the folder of sets")
    cases = list(_cases(parser.parse_args().eval))
    projects, kinds = (np.array([getattr(case, name) for case in cases]) for name in ("project", "kind"))
    right, terms = np.array([case.right for case in cases]), np.array([case.terms for case in cases])
    weights = sum((kinds == kind) * wanted / max((kinds == kind).sum(), 1) for kind, wanted in _SHARES.items())
    weights *= len(cases) / weights.sum()
    probabilities = np.zeros(len(cases))
    for project in np.unique(projects):
        fit = _model().fit(terms[projects != project], right[projects != project], weights[projects != project])
        probabilities[projects == project] = fit.predict_proba(terms[projects == project])[:, 1]
    answerable, near, other = (kinds == kind for kind in (ANSWERABLE, NEAR, OTHER))
    fit = _model().fit(terms, right, weights)
    print("bias and weights:", np.round([*fit.intercept_, *fit.coef_[0]], 3))
    print(
        "AUC against other, near:",
        *(f"{auc(probabilities[answerable], probabilities[kind]):.3f}" for kind in (other, near)),
    )
    print("calibration error:", f"{calibration_error(probabilities[~other], right[~other]):.3f}")
    shares = [
        (
            f"{at:.2f}{', as it is' if at == _IN_PLACE else ''}",
            *(share(probabilities[kind] >= at) for kind in (answerable, near, other)),
        )
        for at in _THRESHOLDS
    ]
    show(("from", "answerable answered", "not answerable, answered", "about other things, answered"), shares)


def _model() -> LogisticRegression:
    return LogisticRegression(C=100, max_iter=1000)


def _cases(folder: Path) -> Iterator[_Case]:
    encoder, draw = load_encoder(), np.random.default_rng(1)
    asked = {path.parent.name: _read(path) for path in sorted((folder / "community").glob("*/questions.jsonl"))}
    facts = [{"question": question.question} for question in questions(folder / "squad")]
    for project, own in asked.items():
        strangers = [row for name, some in asked.items() if name != project for row in draw.choice(some, _STRANGERS)]
        strangers += list(draw.choice(np.array(facts, object), _FACTS))
        documents = folder / "community" / project / "docs"
        with indexed(documents, encoder, kept=KEPT / project) as generation:
            answerer = Answerer(generation, encoder, quotes=_QUOTES, threshold=None)
            for own_kind, row in [
                *((None, own_row) for own_row in own),
                *((OTHER, stranger) for stranger in strangers),
            ]:
                choice = answerer.choose_all([Asked(row["question"])])[0]
                if choice.evidence is not None and choice.evidence.passage is not None:
                    kind = own_kind or (ANSWERABLE if row["answerable"] else NEAR)
                    right = kind == ANSWERABLE and holds(row["must"], [choice.quotes[0].text])
                    yield _Case(project, kind, right, choice.evidence.terms)


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


if __name__ == "__main__":
    main()
