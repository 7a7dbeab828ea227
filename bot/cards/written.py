"""The sentences above the quotes that a language model wrote."""

from __future__ import annotations

from bot.cards.escape import escape_line
from bot.localisation.catalogue import say
from index.records import Answer, Written

MARK = "-# ✎"
"""How what is written begins: what corrects a card knows it by that."""

_LONGEST_NAME = 60


def written_above(answer: Answer) -> str:
    """Return the written sentences, each with the numbers of its quotes as the card has them, and who wrote them."""
    written = answer.written
    if written is None:
        return ""
    numbers = {cited: number for number, cited in enumerate(cited_by(written), 1)}
    told = say("written by {name} from the quotes below, each sentence checked", name=_name(written))
    lines = [
        f"{escape_line(one.text)} {' '.join(f'`{numbers[cited]}`' for cited in one.cites)}" for one in written.sentences
    ]
    return "\n".join([f"{MARK} {told}", *lines])


def cited_by(written: Written) -> list[int]:
    """Return the numbers of the quotes that are cited, in the order in which they are."""
    return list(dict.fromkeys(number for one in written.sentences for number in one.cites))


def _name(written: Written) -> str:
    return escape_line(written.model, _LONGEST_NAME)
