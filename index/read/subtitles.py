"""Subtitles (SRT, VTT): what is said as paragraphs, with a heading every few minutes that tells the time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.read.code_text import add_plain
from index.read.decoding import decoded
from index.read.draft import Draft, Fragment
from index.records import BlockKind

_STAMP = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMES = re.compile(rf"\s*{_STAMP}\s*-->\s*{_STAMP}.*")
_TITLE = re.compile(r"WEBVTT(?:[ \t]+-?[ \t]*(.+))?")
_VOICE = re.compile(r"<v(?:\.[\w.]+)?\s+([^>\n]{1,80})>")
_TAG = re.compile(r"</?[a-z][^<>\n]{0,200}>|<[\d:.]+>|\{\\?[a-z][^{}\n]{0,200}\}", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.?!…。？！][\"'”’)\]]*$")  # noqa: RUF001 -- full-width marks end sentences too
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": " ", "&lrm;": "", "&rlm;": ""}
_ENTITY = re.compile("|".join(_ENTITIES))

_SECTION = 300
"""Seconds that a heading stands for."""

_PAUSE = 4
"""Seconds of silence after which another paragraph begins."""

_LONG = 400
"""Characters past which a paragraph ends with its sentence; at twice as many it ends anyway."""


@dataclass(frozen=True, slots=True)
class _Cue:
    start: float
    end: float
    lines: list[Fragment]


def read_subtitles(data: bytes) -> Draft:
    """Read subtitles; a text without any is read as it stands."""
    text = decoded(data)
    draft = Draft()
    paragraph: list[Fragment] = []
    section, last = -1.0, 0.0
    for cue in _cues(text.split("\n")):
        if cue.start // _SECTION != section or cue.start - last > _PAUSE or _is_over(paragraph):
            draft.flow(BlockKind.PARAGRAPH, paragraph)
            paragraph = []
        if cue.start // _SECTION != section:
            section = cue.start // _SECTION
            draft.heading(2, [(_clock(cue.start), cue.lines[0][1])])
        paragraph += cue.lines
        last = cue.end
    draft.flow(BlockKind.PARAGRAPH, paragraph)
    if draft.empty:
        add_plain(draft, text)
    title = _TITLE.match(text.strip())
    draft.title = title[1] if title else None
    return draft


def _cues(lines: list[str]) -> Iterator[_Cue]:
    """Yield what is said at each time; a line that stays on the screen while the next comes is said once."""
    spoken: list[str] = []
    number = 0
    while number < len(lines):
        times = _TIMES.fullmatch(lines[number])
        number += 1
        if not times:
            continue
        shown: list[Fragment] = []
        while number < len(lines) and lines[number].strip() and not _TIMES.fullmatch(lines[number]):
            shown.append((_seen(lines[number]), number + 1))
            number += 1
        if number < len(lines) and lines[number].strip() and shown and shown[-1][0].strip().isdecimal():
            shown.pop()  # the number of the next cue, with no empty line before it
        new = [(f"{text} ", line) for text, line in shown if text and text not in spoken]
        if new:
            spoken = [part for text, _ in shown for part in (text, text.partition(": ")[2])]
            yield _Cue(_seconds(times.groups()[:4]), _seconds(times.groups()[4:]), new)


def _seen(line: str) -> str:
    """Return a line as it is shown, its speaker before it."""
    text = _TAG.sub("", _VOICE.sub(r"\1: ", line))
    return _ENTITY.sub(lambda entity: _ENTITIES[entity[0]], text).strip()


def _is_over(paragraph: list[Fragment]) -> bool:
    size = sum(len(text) for text, _ in paragraph[-_LONG:])
    return size > 2 * _LONG or (size > _LONG and bool(_SENTENCE_END.search(paragraph[-1][0].strip())))


def _seconds(stamp: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, rest = (int(part or 0) for part in stamp)
    return hours * 3600 + minutes * 60 + seconds + rest / 1000


def _clock(seconds: float) -> str:
    minutes, second = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{second:02}"
