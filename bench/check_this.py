"""How often *Check this* says "supports" or "speaks against" of true statements, altered ones, and ones of elsewhere.

    python bench/check_this.py [--most N]

Over the statements that `support.py` measures with (run that first), each with the sentences that it was made of. Of
each kind, N are looked at.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from support import measured_claims
from support_altered import SEVEN
from support_examples import TRUE, Claim
from tables import show, write
from wordnet import FOLDER

from index.records import Quote
from index.support.support import Support
from index.support.verdict import Verdict, check


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wordnet", type=Path, default=FOLDER)
    parser.add_argument("--most", type=int, default=150)
    given = parser.parse_args()
    kinds: dict[str, list[Claim]] = defaultdict(list)
    for one in measured_claims(given.wordnet, fit=False):
        kinds[one.kind].append(one)
    support, rows, found = Support(), [], {}
    for kind in [*SEVEN, *sorted(kinds.keys() - {*SEVEN, TRUE}), TRUE]:
        some = kinds[kind][: given.most]
        said = Counter(check(one.statement, [_quote(one)], support).verdict for one in some)
        shares = {verdict.value: round(said[verdict] / len(some), 3) for verdict in Verdict}
        rows.append((kind, len(some), *(f"{shares[verdict.value]:.3f}" for verdict in Verdict)))
        found[kind] = shares
    show(("kind", "statements", *(verdict.value for verdict in Verdict)), rows)
    write("check_this", found)


def _quote(one: Claim) -> Quote:
    return Quote("a.md", one.title, (), None, (1, 1), 0, len(one.cited), one.cited, None, 0.0)


if __name__ == "__main__":
    main()
