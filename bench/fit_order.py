"""Fits the last stage of the support model: the head's odds beside how a statement's words follow what it cites.

    python bench/fit_order.py [--wordnet FOLDER]

A logistic regression over the head's log odds, the signs of `index/support/order.py`, and all products of two of them.
It is fitted to statements that pass the checks, of held-out texts that the head was not trained on and that
`support.py` does not measure by: of three quarters of the groups that `support_examples.measured` keeps for later, by
their titles. Shown is what passes at some thresholds, each title judged by a fit to the others. The head reads some
11,700 statements for it, which takes a quarter of an hour on a busy core; what it said is kept in bench/out/.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import numpy.typing as npt
from altered import Words
from safetensors.numpy import save_file
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from support import SETS, cited_by, in_order
from support_altered import SEVEN
from support_examples import TRUE, Claim, measured
from tables import OUT, show
from wordnet import FOLDER, wordnet

from index.encode.local import load_encoder
from index.support.checks import faults
from index.support.model import MOST_ODDS, ORDER, SupportModel, products
from index.support.order import signs

_MADE, _ODDS = OUT / "support-order.jsonl", OUT / "support-order.npy"
_MOST = 1070
_KEPT_QUARTER = 3
_STRENGTH = 0.1
_FOLDS = 5
_THRESHOLDS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9)

Matrix = npt.NDArray[np.float64]
Weights = dict[str, npt.NDArray[np.float32]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wordnet", type=Path, default=FOLDER)
    claims = _claims(parser.parse_args().wordnet)
    odds = _odds(claims)
    passed = np.array([not faults(claim.statement, [claim.cited], [claim.title]) for claim in claims])
    rows = np.array(
        [
            np.append(np.clip(own, -MOST_ODDS, MOST_ODDS), signs(claim.statement, cited_by(claim)))
            for claim, own in zip(claims, odds, strict=True)
        ]
    )
    true = np.array([claim.kind == TRUE for claim in claims])
    groups = np.array([zlib.crc32(claim.title.encode()) for claim in claims])
    chances = np.zeros(len(claims))
    for learned, held in GroupKFold(_FOLDS).split(rows, true, groups):
        chances[held] = _chances(rows[held], _fitted(rows[learned][passed[learned]], true[learned][passed[learned]]))
    _tell(claims, np.where(passed, chances, -1))
    save_file(_fitted(rows[passed], true[passed]), ORDER)


def _claims(folder: Path) -> list[Claim]:
    """Return the claims, made once."""
    if not _MADE.exists():
        made = measured(Words(load_encoder(), wordnet(folder)), SETS, _MOST, seed=2, later=True)
        some = [claim for claim in made if zlib.crc32(claim.title.encode()) % 4 != _KEPT_QUARTER]
        _MADE.write_text("".join(json.dumps(asdict(claim)) + "\n" for claim in some), "utf-8")
    return [Claim(**json.loads(line)) for line in _MADE.read_text("utf-8").splitlines()]


def _odds(claims: Sequence[Claim]) -> Matrix:
    """Return what the head says of claims, found once."""
    if not _ODDS.exists():
        model, pairs = SupportModel(), [(claim.statement, cited_by(claim)) for claim in claims]
        read = [odds for at in range(0, len(pairs), 32) for odds in model.log_odds(pairs[at : at + 32])]
        np.save(_ODDS, np.array(read))
    return np.asarray(np.load(_ODDS, allow_pickle=False), np.float64)


def _fitted(rows: Matrix, true: npt.NDArray[np.bool_]) -> Weights:
    weights: Weights = {
        "mean": rows.mean(axis=0).astype(np.float32),
        "scale": np.maximum(rows.std(axis=0), 1e-3).astype(np.float32),
    }
    terms = products(rows.astype(np.float32), weights)
    spread = np.maximum(terms.std(axis=0), 1e-3)
    fit = LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=3000).fit(terms / spread, true)
    return weights | {"weight": (fit.coef_[0] / spread).astype(np.float32), "bias": fit.intercept_.astype(np.float32)}


def _chances(rows: Matrix, weights: Weights) -> Matrix:
    odds = products(rows.astype(np.float32), weights) @ weights["weight"] + weights["bias"]
    return np.asarray(np.exp(-np.logaddexp(0.0, -odds)), np.float64)


def _tell(claims: Sequence[Claim], chances: Matrix) -> None:
    kinds = np.array([claim.kind for claim in claims])
    columns = [kind for kind in in_order(set(kinds)) if kind not in SEVEN]
    rows = []
    for threshold in _THRESHOLDS:
        shares = {kind: (chances[kinds == kind] >= threshold).mean() for kind in set(kinds)}
        worst = max(SEVEN, key=lambda kind: shares[kind])
        rows.append((threshold, f"{worst} {shares[worst]:.3f}", *(f"{shares[kind]:.3f}" for kind in columns)))
    show(("threshold", "worst of the seven", *columns), rows)


if __name__ == "__main__":
    main()
