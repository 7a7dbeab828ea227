"""What has become of a quote on a card: it stands as it was, in other words, or not any more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.access.view import VisibleDocuments
from bot.cards.reference import Location, Reference, decode, encode, refer, resolve, short_hash
from bot.insight.cards import Card, ShownQuote
from index.store.values import StoredDocument

_ALIKE = 65.0
"""Share of the old words (in percent, by edit distance) that the new ones must keep: else they are other words."""

_OVERLAP = 0.4
"""Share of a sentence that must lie where the old words are found for it to be one of the new words."""

_LONGEST = 1000
GONE = ShownQuote("", 0, 0, "")
"""Stands for a quote that a card no longer shows."""

OldText = Callable[[ShownQuote], str | None]
"""Returns the words of a quote as they were when it was shown; None where nothing knows them any more."""


@dataclass(frozen=True, slots=True)
class Change:
    """A quote whose text has changed: the `old` words, where known, and where the new ones stand, if anywhere."""

    old: str | None
    new: Location | None

    @property
    def shown(self) -> ShownQuote:
        """What the card shows from now on in its place."""
        return GONE if self.new is None else quote_at(self.new)


@dataclass(frozen=True, slots=True)
class ChangedWords:
    """The old words of a quote, and the new ones, where there are any; `source` is the document that has them."""

    source: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ChangedCard:
    """A card whose text has changed, with what has."""

    card: Card
    words: tuple[ChangedWords, ...]


Outcome = ShownQuote | Change
"""What has become of a quote: where it stands now in the same words, or how it has changed."""


def quote_at(place: Location) -> ShownQuote:
    """Return what is kept of the text at a place."""
    reference = refer(place.document.source, place.start, place.words)
    return ShownQuote(place.document.source, place.start, place.end, encode(reference))


def outcome_of(quote: ShownQuote, visible: VisibleDocuments, old_text: OldText, before: dict[str, str]) -> Outcome:
    """Compare a quote with the documents as they are; `before` are the checksums of the files before, by source.

    A card that was put right has the new words for its old ones, where nothing else knows these any more.
    """
    reference = decode(quote.reference)
    if reference is None:
        return GONE
    place = resolve(reference, visible) or _renamed(quote, reference, visible, before)
    if place is not None:
        return quote_at(place)
    old = old_text(quote)
    new = _new_words(old, quote.source, visible) if old else None
    return quote_at(new) if old and new is not None and old.split() == new.words.split() else Change(old, new)


def everything_gone(quote: ShownQuote, old_text: OldText) -> Outcome:
    """Return what has become of a quote where there is no document any more."""
    return GONE if decode(quote.reference) is None else Change(old_text(quote), None)


def _renamed(
    quote: ShownQuote, reference: Reference, visible: VisibleDocuments, before: dict[str, str]
) -> Location | None:
    """Return where the same words stand in a file that is the same but for its name."""
    now, checksum = visible.generation.manifest.documents, before.get(quote.source)
    if checksum is None or quote.source in now:
        return None
    seen = {document.source for document in visible.sources}
    for source, other in now.items():
        if other == checksum and source in seen:
            return resolve(replace(reference, source=short_hash(source)), visible)
    return None


def _new_words(old: str, source: str, visible: VisibleDocuments) -> Location | None:
    """Return the sentences of the same document that are most like the old words."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    try:
        document = visible.document(source)
    except KeyError:
        return None
    if not document.text.strip():
        return None
    if len(old) > len(document.text):
        old = old[: len(document.text)]
    alignment = partial_ratio_alignment(old, document.text, score_cutoff=_ALIKE)
    if alignment is None:
        return None
    sentences = _sentences(document, visible, alignment.dest_start, alignment.dest_end)
    if not sentences:
        return None
    start, end = sentences[0][0], max(end for _, end in sentences)
    return Location(document, start, end) if end - start <= _LONGEST else None


def _sentences(document: StoredDocument, visible: VisibleDocuments, start: int, end: int) -> list[tuple[int, int]]:
    """Return the sentences that lie for the most part between two offsets, or hold all that is between them."""
    passages = visible.generation.catalogue.passages_of(document.id)
    spans = sorted((sentence.start, sentence.end) for stored in passages for sentence in stored.passage.sentences)
    shared = ((span, min(end, span[1]) - max(start, span[0])) for span in spans)
    return [span for span, held in shared if held >= _OVERLAP * min(span[1] - span[0], end - start)]
