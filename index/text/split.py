"""Splits documents into passages that fit the model's window."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from index.read.missing import is_mark
from index.records import Block, BlockKind, Document, Passage, Place, Sentence
from index.text.language import DEFAULT
from index.text.sentences import sentences_of

TokenSpans = Callable[[str], list[tuple[int, int]]]
"""Returns the (start, end) offsets of a text's tokens."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence with its length in tokens and its block."""

    sentence: Sentence
    tokens: int
    block: Block


class Splitter:
    """Packs blocks into passages of at most `limit` tokens, never across a heading, a page or two questions of a FAQ.

    A block that fits stays in one passage. A longer one is split at sentence ends into passages of about the same
    length. A sentence longer than that is split between words, code between lines.
    """

    def __init__(self, token_spans: TokenSpans, limit: int) -> None:
        """`limit` is in tokens, as `token_spans` counts them."""
        self._token_spans = token_spans
        self._limit = limit

    def split(self, document: Document, language: str = DEFAULT) -> tuple[Passage, ...]:
        """Return the passages of `document` in order, without overlap; each is `text[start:end]`.

        Its `language` decides where sentences end.
        """
        offsets = [place.offset for place in document.places]
        return tuple(
            _passage(document, [unit.sentence for unit in group], group[0].block, offsets)
            for run in self._runs(document, language)
            for group in self._pack(run)
        )

    def _runs(self, document: Document, language: str) -> Iterator[list[list[_Unit]]]:
        """Yield runs of blocks that may share a passage, each block as its units."""
        run: list[list[_Unit]] = []
        place: tuple[int | None, tuple[str, ...]] = (None, ())
        marks = _marks(document)
        for i, block in enumerate(document.blocks):
            heading = block.kind is BlockKind.HEADING
            if run and (heading or (block.page, block.section) != place):
                yield run
                run = []
            if i in marks:  # what is above it would be found for it
                continue
            if not heading or _stands_alone(document.blocks, i):
                run.append(self._units(document.text, block, language))
                place = block.page, block.section
        if run:
            yield run

    def _units(self, text: str, block: Block, language: str) -> list[_Unit]:
        units: list[_Unit] = []
        for sentence in sentences_of(text, block, language):
            tokens = self._token_spans(text[sentence.start : sentence.end])
            if len(tokens) <= self._limit:
                units.append(_Unit(sentence, len(tokens), block))
            else:
                units.extend(self._pieces(text, sentence, tokens, block))
        return units

    def _pieces(self, text: str, sentence: Sentence, tokens: list[tuple[int, int]], block: Block) -> Iterator[_Unit]:
        """Split a sentence that is too long: code after the last line that fits, other text after the last word."""
        first, free = 0, sentence.start
        while first < len(tokens):
            last = min(first + self._limit, len(tokens))
            if last < len(tokens):
                last = _cut(text, sentence, tokens, first, last)
            start = sentence.start + tokens[first][0] if first else sentence.start
            end = sentence.start + tokens[last][0] if last < len(tokens) else sentence.end
            end = start + len(text[start:end].rstrip())
            line = text.rfind("\n", 0, start) + 1
            if sentence.kind is BlockKind.CODE and line >= free:  # with its indentation
                start = line
            yield _Unit(Sentence(start, end, sentence.kind), last - first, block)
            first, free = last, end

    def _pack(self, run: list[list[_Unit]]) -> Iterator[list[_Unit]]:
        group: list[_Unit] = []
        filled = 0
        for block in run:
            for part in self._balanced(block):
                size = sum(unit.tokens for unit in part)
                if group and filled + size > self._limit:
                    yield group
                    group, filled = [], 0
                group.extend(part)
                filled += size
        if group:
            yield group

    def _balanced(self, units: list[_Unit]) -> Iterator[list[_Unit]]:
        """Split a block into as few parts as possible, of about the same length."""
        total = sum(unit.tokens for unit in units)
        parts = -(-total // self._limit)
        aim = total / max(parts, 1)
        part: list[_Unit] = []
        size = 0
        for unit in units:
            if part and (size + unit.tokens > self._limit or size + unit.tokens / 2 > aim):
                yield part
                part, size = [], 0
            part.append(unit)
            size += unit.tokens
        if part:
            yield part


def _marks(document: Document) -> frozenset[int]:
    """Return the numbers of the blocks that only say what was not read, where others say something."""
    said = [i for i, block in enumerate(document.blocks) if block.kind is not BlockKind.HEADING]
    marks = [i for i in said if is_mark(document.text[document.blocks[i].start : document.blocks[i].end])]
    return frozenset(marks) if len(marks) < len(said) else frozenset()


def place_at(places: tuple[Place, ...], offsets: list[int], offset: int) -> Place:
    """Return the place of a text offset; `offsets` are those of `places`."""
    return places[max(bisect_right(offsets, offset) - 1, 0)]


def _passage(document: Document, sentences: list[Sentence], block: Block, offsets: list[int]) -> Passage:
    start, end = sentences[0].start, sentences[-1].end
    first = place_at(document.places, offsets, start)
    last = place_at(document.places, offsets, end - 1)
    return Passage(document.source, start, end, block.section, first.page, (first.line, last.line), tuple(sentences))


def _stands_alone(blocks: tuple[Block, ...], i: int) -> bool:
    """Return whether the heading `blocks[i]` is followed by another heading or by nothing.

    Any other heading is found with the text below it, as its section.
    """
    return i + 1 == len(blocks) or (
        blocks[i + 1].kind is BlockKind.HEADING and blocks[i + 1].section[: len(blocks[i].section)] != blocks[i].section
    )


def _cut(text: str, sentence: Sentence, tokens: list[tuple[int, int]], first: int, last: int) -> int:
    """Return the token, after `first` and at most `last`, before which a line (of code) or else a word begins."""
    gaps = [
        (i, text[sentence.start + tokens[i - 1][1] : sentence.start + tokens[i][0]]) for i in range(last, first, -1)
    ]
    lines = [i for i, gap in gaps if "\n" in gap and sentence.kind is BlockKind.CODE]
    words = [i for i, gap in gaps if gap.strip() != gap]
    return (lines or words or [last])[0]
