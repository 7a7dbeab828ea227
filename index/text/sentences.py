"""Where the sentences of a text begin and end."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise

from index.records import Block, BlockKind, Sentence
from index.text.language import DEFAULT

_OTHER_BLANK = re.compile(r"[^\S \n]")
_SHORT = re.compile(r"[^\W\d_]{1,3}\.")
"""M., Mme., Nr.: no sentence by itself."""


def sentences_of(text: str, block: Block, language: str = DEFAULT) -> list[Sentence]:
    """Cut the block `text[block.start:block.end]` of a document into what may be quoted on its own.

    Code and table rows stay whole; prose is cut at sentence ends, by nupunkt where its language is English, else by
    sentencex. No sentence begins or ends with white space, and together they hold everything in the block but white
    space.
    """
    if block.kind in (BlockKind.CODE, BlockKind.TABLE):
        return [Sentence(block.start, block.end, block.kind)]
    spans = _prose_spans(text[block.start : block.end], language)
    return [Sentence(block.start + start, block.start + end, block.kind) for start, end in spans]


def _prose_spans(prose: str, language: str) -> list[tuple[int, int]]:
    trimmed = (_trim(prose, start, end) for start, end in _spans(prose, language))
    return [(start, end) for start, end in trimmed if start < end]


def _spans(prose: str, language: str) -> list[tuple[int, int]]:
    if language == "en":
        import nupunkt

        return list(nupunkt.sent_spans(prose))
    return _joined(prose, _ends(prose, language))


def _ends(prose: str, language: str) -> list[int]:
    """Return where the sentences of a text end; sentencex panics at some white space that is more than a byte."""
    import sentencex

    return list(accumulate(map(len, sentencex.segment(language, _OTHER_BLANK.sub(" ", prose)))))


def _joined(prose: str, ends: list[int]) -> list[tuple[int, int]]:
    """Return spans up to `ends`; what goes on in lower case, or after a mere abbreviation, begins no sentence."""
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
