"""Fits the weights of index/answer/confidence.py, and says how far the result can be trusted.

    python bench/fit_confidence.py [--first-look] [--gathered]

Without a second look, where --first-look is given.

Of questions that blocks are quoted for, `bench/fit_blocks.py` does.

The cases (bench/cases.py) are asked of real indexes and kept in bench/out/; with --gathered those are used
again. The label is whether the lead quote holds the answer. It is fitted on the two sets whose unanswerable questions
people asked or wrote; in the others they are made by taking paragraphs away, which is easier to tell than what people
do, so these are measured alone. Both sets count alike, and in each the questions that its documents do not answer but
are about (near) as much as those that they answer, so that the probability is one for a community where every second
question that is on topic has no answer in the documents; questions about other documents, which hardly any evidence
speaks for, count half as much.
Figures are cross-validated by document (5 folds); `unseen` ones by set: each set scored by a fit on the others.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from cases import ANSWERABLE, GATHERED, NEAR, OTHER, cases
from held_out import HeldOut
from intervals import Floats, auc, bootstrap, calibration_error, share
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from tables import OUT, show, write

from index.answer.confidence import Evidence, Strictness, fitted_threshold
from index.answer.reranker import Reranker
from index.encode.local import load_encoder

_PARTS = ("cosine", "covered", "said", "unnamed", "read")
_TERMS = (*_PARTS[:-1], "cosine x covered", _PARTS[-1])
_BY_PEOPLE = ("squad", "clapnq")
"""Sets whose unanswerable questions were asked or written by people."""

_SHARES = {ANSWERABLE: 1.0, NEAR: 1.0, OTHER: 0.5}
_THRESHOLDS = (0.05, 0.08, 0.12, 0.15, 0.2, 0.35, 0.5)
_FOLDS = 5
_BALANCED = fitted_threshold(Strictness.BALANCED)


@dataclass(frozen=True, slots=True)
class Data:
    """The cases as columns; `evidence` has shape (cases, terms)."""

    sets: npt.NDArray[np.str_]
    groups: npt.NDArray[np.str_]
    kinds: npt.NDArray[np.str_]
    right: npt.NDArray[np.bool_]
    evidence: Floats


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gathered", action="store_true", help="use the cases of the last run again")
    parser.add_argument("--first-look", action="store_true", help="without the reranker")
    given = parser.parse_args()
    name = "first_look" if given.first_look else "second_look"
    if not given.gathered:
        _gather(OUT / f"cases_{name}.jsonl", None if given.first_look else HeldOut())
    data = _load(OUT / f"cases_{name}.jsonl")
    weights = _weights(data)
    by_document = _crossed(data, weights, GroupKFold(_FOLDS).split(data.evidence, groups=data.groups))
    by_set = _crossed(
        data, weights, ((np.flatnonzero(data.sets != s), np.flatnonzero(data.sets == s)) for s in set(data.sets))
    )
    bias, slopes = _fit(data.evidence, data.right, weights)
    coefficients = {"bias": bias} | dict(zip(_TERMS, slopes, strict=False))
    show(("weight", "value"), [(name, f"{value:.3f}") for name, value in coefficients.items()])
    tables = {"sets": _of_sets(data, by_document, by_set), "thresholds": _at_thresholds(data, by_document)}
    for rows in tables.values():
        print()
        show(list(rows[0]), [list(row.values()) for row in rows])
    write(f"fit_confidence_{name}", {"coefficients": coefficients, "cases": len(data.sets)} | tables)


def _gather(path: Path, reranker: Reranker | None) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for case in cases(load_encoder(), reranker, lambda name: print(f"asking {name}", flush=True)):
            if case.choice.evidence is not None and case.choice.evidence.passage is None:
                row = {"set": case.set, "group": case.group, "kind": case.kind, "right": case.right}
                file.write(json.dumps(row | asdict(case.choice.evidence)) + "\n")


def _load(path: Path) -> Data:
    with path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    columns = [np.array([row[name] for row in rows]) for name in ("set", "group", "kind", "right")]
    return Data(*columns, np.array([Evidence(**{name: row[name] for name in _PARTS}).terms for row in rows]))


def _weights(data: Data) -> Floats:
    weights = np.zeros(len(data.sets))
    for name in _BY_PEOPLE:
        for kind, wanted in _SHARES.items():
            there = (data.sets == name) & (data.kinds == kind)
            weights[there] = wanted / max(there.sum(), 1)
    return np.asarray(weights * len(weights) / weights.sum())


def _fit(evidence: Floats, right: npt.NDArray[np.bool_], weights: Floats) -> tuple[float, Floats]:
    model = LogisticRegression(C=100, max_iter=1000).fit(evidence, right, sample_weight=weights)
    return float(model.intercept_[0]), model.coef_[0]


def _crossed(
    data: Data, weights: Floats, folds: Iterable[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]
) -> Floats:
    probability = np.zeros(len(data.sets))
    for train, test in folds:
        bias, slopes = _fit(data.evidence[train], data.right[train], weights[train])
        probability[test] = 1 / (1 + np.exp(-bias - data.evidence[test] @ slopes))
    return probability


def _of_sets(data: Data, by_document: Floats, by_set: Floats) -> list[dict[str, str]]:
    return [
        {
            "set": name,
            "answerable": str((own & (data.kinds == ANSWERABLE)).sum()),
            "lead right": f"{data.right[own & (data.kinds == ANSWERABLE)].mean():.3f}",
            "AUC against other": _contrast(data, by_document, own, OTHER),
            "other, unseen": _contrast(data, by_set, own, OTHER),
            "AUC against near": _contrast(data, by_document, own, NEAR) if name in _BY_PEOPLE else "",
            "near, unseen": _contrast(data, by_set, own, NEAR),
            f"answered from {_BALANCED}": f"{(by_document[own & (data.kinds == ANSWERABLE)] >= _BALANCED).mean():.3f}",
            "of other": f"{(by_document[own & (data.kinds == OTHER)] >= _BALANCED).mean():.3f}",
            "calibration error": f"{_error(data, by_document, own):.3f}" if name in _BY_PEOPLE else "",
            "unseen": f"{_error(data, by_set, own):.3f}",
        }
        for name in GATHERED
        for own in [data.sets == name]
        if own.any()
    ]


def _contrast(data: Data, probability: Floats, own: npt.NDArray[np.bool_], kind: str) -> str:
    positive, negative = probability[own & (data.kinds == ANSWERABLE)], probability[own & (data.kinds == kind)]
    return str(bootstrap(auc, positive, negative)) if len(negative) else ""


def _error(data: Data, probability: Floats, own: npt.NDArray[np.bool_]) -> float:
    """Return the calibration error over answerable and near questions; over all where none is near."""
    asked = own & (data.kinds != OTHER) if (own & (data.kinds == NEAR)).any() else own
    return calibration_error(probability[asked], data.right[asked])


def _at_thresholds(data: Data, probability: Floats) -> list[dict[str, str]]:
    answerable, near, other = (data.kinds == kind for kind in (ANSWERABLE, NEAR, OTHER))
    return [
        {
            "threshold": f"{threshold:.2f}",
            "": " ".join(f"`{each}`" for each in Strictness if fitted_threshold(each) == threshold),
            "answerable answered": str(share(above[answerable])),
            "least of a set": f"{min(above[answerable & (data.sets == name)].mean() for name in set(data.sets)):.3f}",
            "near answered": str(share(above[near])),
            "other answered": str(share(above[other])),
        }
        for threshold in _THRESHOLDS
        for above in [probability >= threshold]
    ]


if __name__ == "__main__":
    main()
