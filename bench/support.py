"""How many altered statements pass as supported, and how many true ones: by the checks, by the model, by both.

    python bench/support.py [--wordnet FOLDER] [--fit]

Over texts that nothing was trained on: articles of `squad11_dev13`, and of the held-out halves of
`squadshifts_new_wiki` and `nq_gold`. Statements are made by the rules of `support_examples.py`. --fit measures on a
quarter of the titles, to choose the threshold by; without it, the three quarters left are measured. The model reads
what passes the checks, and a sample of all by itself.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import zlib
from collections.abc import Sequence, Set
from dataclasses import asdict
from pathlib import Path

import numpy as np
import numpy.typing as npt
from altered import Words
from support_altered import SEVEN
from support_examples import TRUE, Claim, measured
from tables import OUT, show, write
from wordnet import FOLDER, wordnet

from index.encode.local import load_encoder
from index.support.checks import faults
from index.support.model import THRESHOLD, SupportModel
from index.support.reported import borne_out

SETS = ("squad11_dev13", "squadshifts_new_wiki", "nq_gold")
MOST = 420

CALLED = {
    "word": "a word for another",
    "swapped": "two names or numbers exchanged",
    "merged": "merged of two sentences",
    "condition": "a condition left out",
    "elsewhere": "from elsewhere in the document",
    "uncited": "of another sentence of the article",
}
"""What kinds beyond the seven are called in a table."""

_THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99)
_SAMPLE = 200
_EVEN = 0.5

Flags = npt.NDArray[np.bool_]
Chances = npt.NDArray[np.float64]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wordnet", type=Path, default=FOLDER)
    parser.add_argument("--fit", action="store_true", help="measure on the quarter that the threshold is chosen by")
    parser.add_argument("--show", help="print what passes the checks of this kind, or what does not of the true ones")
    given = parser.parse_args()
    claims = measured_claims(given.wordnet, fit=given.fit)
    passed = np.array([not faults(claim.statement, [claim.cited], [claim.title]) for claim in claims])
    if given.show:
        _show(claims, passed, given.show)
        return
    model = SupportModel()
    chances = _where_passed(model, claims, passed)
    if given.fit:
        _fit(claims, passed, chances)
    else:
        _tell(claims, passed, chances, _alone(model, claims))


def in_order(kinds: Set[str]) -> list[str]:
    """Return kinds in the order in which they are shown: the seven, those that have a name of their own, true ones."""
    return [kind for kind in (*SEVEN, *CALLED, TRUE) if kind in kinds]


def measured_claims(folder: Path, *, fit: bool) -> list[Claim]:
    """Return the claims of the quarter of the titles to `fit` on, or of the others."""
    return [claim for claim in _claims(folder) if (zlib.crc32(claim.title.encode()) % 4 == 0) == fit]


def _claims(folder: Path) -> list[Claim]:
    """Return the claims, made once."""
    path = OUT / "support-measured.jsonl"
    if not path.exists():
        made = measured(Words(load_encoder(), wordnet(folder)), SETS, MOST)
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(json.dumps(asdict(claim)) + "\n" for claim in made), "utf-8")
    return [Claim(**json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def _where_passed(model: SupportModel, claims: Sequence[Claim], passed: Flags) -> Chances:
    """Return the model's chances of statements that pass the checks, 0 of others."""
    chances = np.zeros(len(claims))
    chances[passed] = _chances(model, [claim for claim, through in zip(claims, passed, strict=True) if through])
    return chances


def _alone(model: SupportModel, claims: Sequence[Claim]) -> tuple[float, int]:
    """Return the model's balanced accuracy at 0.5 without the checks, over a sample of as many true as altered ones."""
    chance = random.Random(0)  # noqa: S311 -- a draw, no secret
    true = chance.sample([claim for claim in claims if claim.kind == TRUE], _SAMPLE // 2)
    altered = chance.sample([claim for claim in claims if claim.kind != TRUE], _SAMPLE // 2)
    right = (np.mean(_chances(model, true) >= _EVEN), np.mean(_chances(model, altered) < _EVEN))
    return float(np.mean(right)), _SAMPLE


def _chances(model: SupportModel, claims: Sequence[Claim]) -> Chances:
    pairs = [(claim.statement, _cited_by(claim)) for claim in claims]
    return np.array([chance for at in range(0, len(pairs), 32) for chance in model.chances(pairs[at : at + 32])])


def _cited_by(claim: Claim) -> str:
    """Return what a claim cites as the model reads it: below the title, what bears it out if anything does."""
    return "\n".join(filter(None, (claim.title, borne_out(claim.statement, claim.cited))))


def _shares(claims: Sequence[Claim], passed: Flags, chances: Chances, threshold: float) -> dict[str, float]:
    """Return the share of each kind that passes both."""
    kinds, both = np.array([claim.kind for claim in claims]), passed & (chances >= threshold)
    return {kind: float(both[kinds == kind].mean()) for kind in set(kinds.tolist())}


def _fit(claims: Sequence[Claim], passed: Flags, chances: Chances) -> None:
    rows = []
    for threshold in _THRESHOLDS:
        shares = _shares(claims, passed, chances, threshold)
        worst = max(SEVEN, key=lambda kind: shares[kind])
        others = max((kind for kind in shares if kind not in (*SEVEN, TRUE)), key=lambda kind: shares[kind])
        seven = np.mean([shares[kind] for kind in SEVEN])
        rows.append(
            (
                threshold,
                f"{worst} {shares[worst]:.3f}",
                f"{seven:.3f}",
                f"{others} {shares[others]:.3f}",
                f"{shares[TRUE]:.3f}",
            )
        )
    show(("threshold", "worst of the seven", "mean of the seven", "worst of the others", "true"), rows)


def _tell(claims: Sequence[Claim], passed: Flags, chances: Chances, alone: tuple[float, int]) -> None:
    kinds = np.array([claim.kind for claim in claims])
    both = _shares(claims, passed, chances, THRESHOLD)
    order = in_order(set(kinds))
    counts = {kind: int((kinds == kind).sum()) for kind in order}
    checks = {kind: float(passed[kinds == kind].mean()) for kind in order}
    show(
        ("kind", "statements", "pass the checks", "pass checks and model"),
        [(CALLED.get(kind, kind), counts[kind], f"{checks[kind]:.3f}", f"{both[kind]:.3f}") for kind in order],
    )
    print(f"threshold {THRESHOLD}; the model alone: balanced accuracy {alone[0]:.3f} over {alone[1]}")
    write("support", {"threshold": THRESHOLD, "counts": counts, "checks": checks, "both": both, "alone": alone[0]})


def _show(claims: Sequence[Claim], passed: Flags, kind: str) -> None:
    for claim, ok in zip(claims, passed, strict=True):
        if claim.kind == kind and ok == (kind != TRUE):
            why = faults(claim.statement, [claim.cited], [claim.title])
            sys.stdout.write(f"{claim.title} | {claim.cited}\n  => {claim.statement}\n  {why}\n")


if __name__ == "__main__":
    main()
