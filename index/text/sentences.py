"""Splits text into sentences."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise

from index.records import Block, BlockKind, Sentence
from index.text.language import DEFAULT

_OTHER_BLANK = re.compile(r"[^\S \n]")
_SHORT = re.compile(r"[^\W\d_]{1,3}\.")
"""Abbreviations such as M., Mme. or Nr., which do not end a sentence."""


def sentences_of(text: str, block: Block, language: str = DEFAULT) -> list[Sentence]:
    """Split the block `text[block.start:block.end]` into parts that can be quoted on their own.

    Code and table rows stay whole. Prose is split at sentence ends, by nupunkt if it is English and otherwise by
    sentencex. No sentence begins or ends with white space; together they hold everything else in the block.
    """
    if block.kind in (BlockKind.CODE, BlockKind.TABLE):
        return [Sentence(block.start, block.end, block.kind)]
    spans = _prose_spans(text[block.start : block.end], language)
    return [Sentence(block.start + start, block.start + end, block.kind) for start, end in spans]


def sentences_in(text: str, language: str = DEFAULT) -> list[tuple[int, int]]:
    """Return start and end of the sentences of a text without markup; none goes over the end of a line."""
    lines = re.finditer(r"[^\n]+", text)
    return [
        (line.start() + start, line.start() + end) for line in lines for start, end in _prose_spans(line[0], language)
    ]


def _prose_spans(prose: str, language: str) -> list[tuple[int, int]]:
    trimmed = (_trim(prose, start, end) for start, end in _spans(prose, language))
    return [(start, end) for start, end in trimmed if start < end]


def _spans(prose: str, language: str) -> list[tuple[int, int]]:
    if language == "en":
        import nupunkt

        return list(nupunkt.sent_spans(prose))
    return _joined(prose, _ends(prose, language))


def _ends(prose: str, language: str) -> list[int]:
    """Return the ends of a text's sentences; sentencex panics at some multi-byte white space."""
    import sentencex

    return list(accumulate(map(len, sentencex.segment(language, _OTHER_BLANK.sub(" ", prose)))))


def _joined(prose: str, ends: list[int]) -> list[tuple[int, int]]:
    """Return spans up to `ends`; text in lower case, or after an abbreviation, does not begin a sentence."""
    spans: list[tuple[int, int]] = []
    for start, end in pairwise([0, *ends]):
        piece = prose[start:end].strip()
        if spans and (piece[:1].islower() or not piece or _SHORT.fullmatch(prose[slice(*spans[-1])].strip())):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))
