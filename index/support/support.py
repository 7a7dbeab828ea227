"""Whether quotes support a statement: the checks and the model together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from index.records import Quote
from index.support.checks import faults
from index.support.model import THRESHOLD, SupportModel
from index.support.reported import borne_out


class Support:
    """Tells how well quotes support a statement. Loads the model when it is first needed; for one thread at a time."""

    def __call__(self, statement: str, quotes: Sequence[Quote], question: str = "") -> float | None:
        """Return the chance (0 to 1) that quotes support a statement; None where a check fails or it is too small.

        A statement that is one of the quotes, letter for letter, is supported. One document must bear it out: what is
        merged of two is said by neither.
        """
        sources = {quote.source for quote in quotes}
        if len(sources) > 1:
            alone = (
                self(statement, [quote for quote in quotes if quote.source == source], question) for source in sources
            )
            return max((chance for chance in alone if chance is not None), default=None)
        if faults(statement, [quote.text for quote in quotes], [*map(_header, quotes), question]):
            return None
        asserted = [replace(quote, text=borne_out(statement, quote.text)) for quote in quotes]
        if any(_letters(statement) == _letters(quote.text) for quote in asserted):
            return 1.0
        chance = self._model.chances([(statement, cited_text(asserted))])[0]
        return chance if chance >= THRESHOLD else None

    @cached_property
    def _model(self) -> SupportModel:
        return SupportModel()


def cited_text(quotes: Sequence[Quote]) -> str:
    """Return quotes as the model reads them: below each place, what stands there."""
    lines: list[str] = []
    for quote in quotes:
        if _header(quote) not in lines:
            lines.append(_header(quote))
        lines.append(quote.text)
    return "\n".join(lines)


def _letters(text: str) -> str:
    return " ".join(text.split())


def _header(quote: Quote) -> str:
    return " › ".join((quote.title, *quote.section))
