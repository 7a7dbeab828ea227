"""Whether those who ask real questions of real documentation would be helped by what is shown.

    python bench/community.py [--first-look] [--quotes N] [--only PROJECT ...] [--eval ../shared/eval]

Over the set `community`: for each project, and for all, the share of the answerable questions for which the first
block, and all that is shown at first, hold what has to be seen (`must`: a string of every group, compared without
markup, case and white space), for which a right page is among what is shown, and which are answered; of those that are
not answerable, the share that is answered; and the characters of the first block (mean) and of all (median). What is
offered as close where nothing is answered counts as shown. 95 % intervals of shares are Wilson's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import fmean, median

from community_set import Answered, answered, parser
from intervals import share
from tables import show, write

_ALL = "all"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a question came to: whether the first quote helps, and all of them, and how much is shown."""

    project: str
    answerable: bool
    answered: bool
    first: bool
    shown: bool
    page: bool
    first_characters: int
    characters: int
    level: str


def main() -> None:
    outcomes = [_outcome(asked) for asked in answered(parser(__doc__).parse_args())]
    projects = dict.fromkeys(outcome.project for outcome in outcomes)
    rows = [_row(name, [outcome for outcome in outcomes if outcome.project == name]) for name in projects]
    rows.append(_row(_ALL, outcomes))
    show(list(rows[0]), [list(row.values()) for row in rows])
    write("community", {"rows": rows, "outcomes": [asdict(outcome) for outcome in outcomes]})


def _outcome(asked: Answered) -> Outcome:
    quotes = asked.answer.quotes or asked.answer.closest
    texts = [quote.text for quote in quotes]
    return Outcome(
        project=asked.project,
        answerable=asked.answerable,
        answered=asked.answer.answered,
        first=asked.helps(quotes[:1]),
        shown=asked.helps(quotes),
        page=any(quote.source in asked.sources for quote in quotes),
        first_characters=len(texts[0]) if texts else 0,
        characters=sum(map(len, texts)),
        level=asked.answer.level,
    )


def _row(name: str, outcomes: Sequence[Outcome]) -> dict[str, str]:
    answerable = [outcome for outcome in outcomes if outcome.answerable]
    others = [outcome for outcome in outcomes if not outcome.answerable]
    return {
        "project": name,
        "answerable": str(len(answerable)),
        "first block": str(share([outcome.first for outcome in answerable])),
        "all shown": str(share([outcome.shown for outcome in answerable])),
        "right page": str(share([outcome.page for outcome in answerable])),
        "answered": str(share([outcome.answered for outcome in answerable])),
        "not answerable, answered": _of(others, interval=name == _ALL),
        "first, characters": f"{fmean(outcome.first_characters for outcome in answerable):,.0f}",
        "all, median": f"{median(outcome.characters for outcome in answerable):,.0f}",
    }


def _of(outcomes: Sequence[Outcome], *, interval: bool) -> str:
    """Return how many were answered, and the share where there are enough for an interval."""
    answered = [outcome.answered for outcome in outcomes]
    return f"{sum(answered)} of {len(answered)}" + (f", {share(answered)}" if interval else "")


if __name__ == "__main__":
    main()
