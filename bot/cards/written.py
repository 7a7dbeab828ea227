"""The sentences above the quotes that a language model wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import discord

from bot.cards.escape import escape_line
from bot.cards.layout import texts_of
from bot.localisation.catalogue import say
from index.records import Answer, Written

MARK = "-# ✎"
"""How what is written begins: what corrects a card knows it by that."""

_LONGEST_NAME = 60
_SENTENCE = re.compile(r".+?((?: `\d{1,2}`)+)")


def written_above(answer: Answer) -> str:
    """Return the written sentences, each with the numbers of its quotes as the card has them, and who wrote them."""
    written = answer.written
    if written is None:
        return ""
    numbers = {cited: number for number, cited in enumerate(cited_by(written), 1)}
    byline = say("written by {name} from the quotes below, each sentence checked", name=_name(written))
    lines = [
        f"{escape_line(sentence.text)} {' '.join(f'`{numbers[cited]}`' for cited in sentence.cites)}"
        for sentence in written.sentences
    ]
    return "\n".join([f"{MARK} {byline}", *lines])


def cited_by(written: Written) -> list[int]:
    """Return the numbers of the quotes that are cited, in the order in which they are."""
    return list(dict.fromkeys(number for sentence in written.sentences for number in sentence.cites))


def written_beside(sentences: Sequence[str]) -> str:
    """Return the written sentences that cite a quote, as the card of the answer has them, to stand beside that quote.

    "" where there are none.
    """
    origin = say("written from this quote, and checked")
    return "\n".join([f"{MARK} {origin}", *sentences]) if sentences else ""


def sentences_on(view: discord.ui.LayoutView, pressed: str) -> list[str]:
    """Return the written sentences on a card, as they stand there, that cite the quote whose context was `pressed`.

    Nothing else has to remember them, so they are there after a restart, and gone once the card is corrected. An option
    of a select begins with its quote's number; a button belongs to all the sentences on its card.
    """
    number = next((_number(option.label) for option in _options(view) if option.value == pressed), None)
    lines = [line for content in texts_of(view) if content.startswith(MARK) for line in content.splitlines()[1:]]
    cited = [(line, match[1]) for line in lines if (match := _SENTENCE.fullmatch(line))]
    return [line for line, cites in cited if number is None or f"`{number}`" in cites]


def _options(view: discord.ui.LayoutView) -> Iterator[discord.SelectOption]:
    for item in view.walk_children():
        if isinstance(item, discord.ui.Select):
            yield from item.options


def _number(label: str) -> int | None:
    number = label.partition(".")[0]
    return int(number) if number.isdecimal() else None


def _name(written: Written) -> str:
    return escape_line(written.model, _LONGEST_NAME)
