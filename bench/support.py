"""How many altered statements pass as supported, and how many true ones: by the checks, by the model, by both.

    python bench/support.py [--wordnet FOLDER] [--fit]

Over texts that nothing was trained on: all articles of `squad11_dev13`, and the held-out halves of
`squadshifts_new_wiki` and `nq_gold`. Statements are made by the rules of `support_examples.py`. --fit measures on the
other half of these texts, to choose the threshold by.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path

import numpy as np
from altered import Words
from support_altered import SEVEN
from support_examples import TRUE, Claim, measured
from tables import OUT, show, write
from wordnet import FOLDER, wordnet

from index.encode.local import load_encoder
from index.support.checks import faults

SETS = ("squad11_dev13", "squadshifts_new_wiki", "nq_gold")
MOST = 400
_ALL = 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wordnet", type=Path, default=FOLDER)
    parser.add_argument("--fit", action="store_true", help="measure on the half that the threshold is chosen by")
    parser.add_argument("--checks-only", action="store_true", help="leave the model out")
    parser.add_argument("--show", help="print what passes of this kind, or what does not of the true ones")
    given = parser.parse_args()
    claims = _claims(given)
    passed = np.array([not faults(one.statement, [one.cited], [one.title]) for one in claims])
    if given.show:
        _show(claims, passed, given.show)
        return
    chances = np.ones(len(claims)) if given.checks_only else _chances(claims)
    if given.fit:
        _fit(claims, passed, chances)
    _tell(claims, passed, chances, 0.5 if given.checks_only else _threshold())


def _threshold() -> float:
    from index.support.model import THRESHOLD

    return THRESHOLD


def _claims(given: argparse.Namespace) -> list[Claim]:
    """Return the claims, made once."""
    path = OUT / f"support-measured-{'fit' if given.fit else 'test'}.jsonl"
    if not path.exists():
        made = measured(Words(load_encoder(), wordnet(given.wordnet)), SETS, 0 if given.fit else 1, MOST)
        path.write_text("".join(json.dumps(asdict(one)) + "\n" for one in made), "utf-8")
    return [Claim(**json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def _chances(claims: list[Claim]) -> np.ndarray:
    from index.support.model import SupportModel

    model = SupportModel()
    pairs = [(one.statement, f"{one.title}\n{one.cited}" if one.title else one.cited) for one in claims]
    found: list[float] = []
    for at in range(0, len(pairs), 64):
        found += model.chances(pairs[at : at + 64])
    return np.array(found)


def _fit(claims: list[Claim], passed: np.ndarray, chances: np.ndarray) -> None:
    """Print for thresholds what passes of the worst of the seven kinds, of all others, and of the true ones."""
    kinds = np.array([one.kind for one in claims])
    rows = []
    for threshold in (0.5, 0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 0.995, 0.998):
        through = passed & (chances >= threshold)
        shares = {kind: through[kinds == kind].mean() for kind in set(kinds)}
        worst = max(SEVEN, key=lambda kind: shares[kind])
        others = max((kind for kind in shares if kind not in (*SEVEN, TRUE)), key=lambda kind: shares[kind])
        rows.append((threshold, f"{worst} {shares[worst]:.3f}", f"{others} {shares[others]:.3f}", f"{shares[TRUE]:.3f}"))
    show(("threshold", "worst of the seven", "worst of the others", "true"), rows)


def _tell(claims: list[Claim], passed: np.ndarray, chances: np.ndarray, threshold: float) -> None:
    by_kind: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(claims):
        by_kind[one.kind].append(number)
    order = [*SEVEN, *sorted(set(by_kind) - {*SEVEN, TRUE}), TRUE]
    rows, held = [], {}
    for kind in order:
        some = np.array(by_kind[kind])
        shares = [passed[some].mean(), (chances[some] >= threshold).mean(), (passed[some] & (chances[some] >= threshold)).mean()]
        held[kind] = {"statements": len(some), "checks": shares[0], "model": shares[1], "both": shares[2]}
        rows.append((kind, len(some), *(f"{share:.3f}" for share in shares)))
    show(("kind", "statements", "pass the checks", "pass the model", "pass both"), rows)
    wrong, right = np.array([one.kind != TRUE for one in claims]), np.array([one.kind == TRUE for one in claims])
    balanced = {name: (float(np.mean(ok[right])) + 1 - float(np.mean(ok[wrong]))) / 2 for name, ok in (
        ("model alone at 0.5", chances >= 0.5), ("both", passed & (chances >= threshold)))}  # fmt: skip
    print(f"threshold {threshold}; balanced accuracy: " + ", ".join(f"{name} {value:.3f}" for name, value in balanced.items()))
    if threshold != _ALL:
        write("support", {"threshold": threshold, "kinds": held, "balanced": balanced})


def _show(claims: list[Claim], passed: np.ndarray, kind: str) -> None:
    for one, ok in zip(claims, passed, strict=True):
        if one.kind == kind and ok == (kind != TRUE):
            why = faults(one.statement, [one.cited], [one.title])
            sys.stdout.write(f"{one.title} | {one.cited}\n  => {one.statement}\n  {why}\n")


if __name__ == "__main__":
    main()
