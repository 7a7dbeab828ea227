"""How much an answer's card shows, and what on it adds nothing.

    python bench/cards.py [--first-look] [--only PROJECT ...] [--print] [--eval ../shared/eval]

Over the set `community`: for the cards of each level, how many there are, for which share of those with an answer the
first quote, and all that is shown, hold what has to be seen, the quotes on a card (mean), the characters of its text
(median and most, each as Discord counts it, Markdown and all), and the quotes that add nothing (`bench/redundant.py`).
With `--print`, each card is printed as well, as Markdown below its question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import fmean, median

from community_set import Answered, answered, parser
from intervals import share
from redundant import redundant
from tables import show, write

from bot.cards.answer_card import answer_card, quotes_on
from bot.cards.layout import length, text_of, texts_of
from bot.cards.levels import level_of

_NAMES = {"sure": "sure", "probable": "probable", "guess": "a guess", "none": "not in the documents"}
"""What the table calls each level."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the card of one question shows; `first` and `any` are None where no document answers it."""

    project: str
    question: str
    level: str
    first: bool | None
    any: bool | None
    quotes: int
    characters: int
    components: int
    adds_nothing: list[tuple[str, str]]


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--print", action="store_true", help="print each card")
    given = options.parse_args()
    cards = []
    for asked in answered(given):
        cards.append(_shown(asked))
        if given.print:
            _print(asked, cards[-1])
    of_level = {name: [card for card in cards if card.level == level] for level, name in _NAMES.items()}
    rows = [_row(name, some) for name, some in (of_level | {"all": cards}).items() if some]
    for card in cards:
        for why, text in card.adds_nothing:
            print(f"{card.project}: {why}: {text[:100]!r}")
    show(list(rows[0]), [list(row.values()) for row in rows])
    write("cards", {"rows": rows, "cards": [asdict(card) for card in cards]})


def _shown(asked: Answered) -> Shown:
    view, quotes = answer_card(asked.answer, repeats_question=False), quotes_on(asked.answer)
    has_answer = asked.answerable and bool(asked.must)
    return Shown(
        project=asked.project,
        question=asked.question,
        level=level_of(asked.answer).value,
        first=asked.helps(quotes[:1]) if has_answer else None,
        any=asked.helps(quotes) if has_answer else None,
        quotes=len(quotes),
        characters=sum(map(length, texts_of(view))),
        components=view.total_children_count,
        adds_nothing=redundant(asked.question, quotes, asked.generation),
    )


def _print(asked: Answered, shown: Shown) -> None:
    card = text_of(answer_card(asked.answer, repeats_question=False))
    helps = "no document answers it" if shown.any is None else f"first helps: {shown.first}, card helps: {shown.any}"
    print(f"\n{'=' * 100}\n[{shown.project}] {asked.question}\n--- {shown.level}, {helps}, {asked.must}\n{card}")


def _row(name: str, cards: Sequence[Shown]) -> dict[str, str]:
    answerable = [card for card in cards if card.any is not None]
    return {
        "card": name,
        "cards": str(len(cards)),
        "the first quote holds it": str(share([bool(card.first) for card in answerable])) if answerable else "",
        "the card holds it": str(share([bool(card.any) for card in answerable])) if answerable else "",
        "quotes": f"{fmean(card.quotes for card in cards):.1f}",
        "characters, median": f"{median(card.characters for card in cards):,.0f}",
        "most": f"{max(card.characters for card in cards):,}",
        "quotes that add nothing": str(sum(len(card.adds_nothing) for card in cards)),
    }


if __name__ == "__main__":
    main()
