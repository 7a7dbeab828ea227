"""How often *Check this* says "supports" or "speaks against" of true statements, altered ones, and ones of elsewhere.

    python bench/check_this.py [--most N]

Over the statements that `support.py` measures with (run that first). Of each kind, N are looked at. Each is held
against three passages, as *Check this* does: the sentences that it was made of, and those of two others of the same
article.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from support import CALLED, in_order, measured_claims
from support_examples import Claim
from tables import show, write
from wordnet import FOLDER

from index.records import Quote
from index.support.support import Support
from index.support.verdict import Verdict, check

_BESIDE = 2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wordnet", type=Path, default=FOLDER)
    parser.add_argument("--most", type=int, default=150)
    given = parser.parse_args()
    kinds, titles = defaultdict[str, list[Claim]](list), defaultdict[str, list[str]](list)
    for claim in measured_claims(given.wordnet, fit=False):
        kinds[claim.kind].append(claim)
        titles[claim.title].append(claim.cited)
    chance = random.Random(0)  # noqa: S311 -- a draw, no secret
    support, rows, by_kind = Support(), [], {}
    for kind in in_order(kinds.keys()):
        some = kinds[kind][: given.most]
        said = Counter(
            check(claim.statement, _quotes(claim, titles[claim.title], chance), support).verdict for claim in some
        )
        shares = {verdict.value: round(said[verdict] / len(some), 3) for verdict in Verdict}
        rows.append((CALLED.get(kind, kind), len(some), *(f"{shares[verdict.value]:.3f}" for verdict in Verdict)))
        by_kind[kind] = shares
    show(("kind", "statements", *(verdict.value for verdict in Verdict)), rows)
    write("check_this", by_kind)


def _quotes(claim: Claim, others: Sequence[str], chance: random.Random) -> list[Quote]:
    """Return what a statement was made of and others of its article, in any order."""
    beside = sorted({text for text in others if text != claim.cited})
    texts = [claim.cited, *chance.sample(beside, min(_BESIDE, len(beside)))]
    chance.shuffle(texts)
    return [Quote("a.md", claim.title, (), None, (1, 1), 0, len(text), text, None, 0.0) for text in texts]


if __name__ == "__main__":
    main()
