"""How well and how fast text in pictures is read: `python bench/ocr.py` (about five minutes; needs the extra `ocr`).

Ten pages are made of the guides in `seeds/` (without the one that is full of endings), as scans are: set in 8 to 14
points, one in two columns, others askew, faint, blurred, speckled or squeezed by JPEG. Each is read at the resolution
that Quoth reads at, in one thread. Printed are the seconds of processor time a page, the share of words that are read
right (in their order, spelt as they are), and for thresholds of the score the lines that are right and left out, and
those that are wrong and kept.
"""

from __future__ import annotations

import io
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from rapidfuzz.distance import LCSseq

from index.read.draft import Draft
from index.read.file import read
from index.read.ocr import engine
from index.read.ocr.words import words_of
from index.read.pdf.layout import laid_out
from index.read.pdf.writer import Writer

_HEIGHT = engine.MOST_PIXELS
_POINT = _HEIGHT / 842  # pixels
_MARGIN = round(56 * _POINT)
_GUIDES = Path(__file__).parents[1] / "seeds" / "guides"


@dataclass(frozen=True, slots=True)
class Page:
    """A page: what is done to it, its picture, and its lines."""

    name: str
    picture: Image.Image
    lines: list[str]


def pages() -> Iterator[Page]:
    texts = (read(path, path.name).text for path in sorted(_GUIDES.glob("*.md")) if path.stem != "sources")
    words = " ".join(texts).split()
    for number, (name, points, columns) in enumerate(_MADE):
        start = number * len(words) // len(_MADE)
        picture, lines = _set(words[start:] + words[:start], points, columns)
        yield Page(f"{name}, {points} pt", _spoilt(picture, name), lines)


_MADE = (
    ("clean", 8, 1),
    ("clean", 11, 1),
    ("clean", 14, 1),
    ("two columns", 10, 2),
    ("askew by 1.2°", 11, 1),
    ("faint", 11, 1),
    ("blurred", 11, 1),
    ("speckled", 11, 1),
    ("squeezed by JPEG", 10, 1),
    ("blurred beyond reading", 10, 1),
)


def _set(words: list[str], points: int, columns: int) -> tuple[Image.Image, list[str]]:
    picture = Image.new("L", (round(595 * _POINT), _HEIGHT), 255)
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(points * _POINT)
    wide = (picture.width - _MARGIN * (columns + 1)) // columns
    lines: list[str] = []
    coming = iter(words)
    line = next(coming)
    for column in range(columns):
        for y in range(_MARGIN, _HEIGHT - _MARGIN, round(1.4 * points * _POINT)):
            for word in coming:
                if draw.textlength(f"{line} {word}", font=font) > wide:
                    break
                line += f" {word}"
            draw.text((_MARGIN + column * (wide + _MARGIN), y), line, font=font, fill=0)
            lines.append(line)
            line = word
    return picture, lines


def _spoilt(picture: Image.Image, name: str) -> Image.Image:
    noise = np.random.default_rng(1)
    if name.startswith("askew"):
        return picture.rotate(1.2, resample=Image.Resampling.BICUBIC, fillcolor=255)
    if name == "faint":
        return picture.point(lambda value: 200 + value * 40 // 255)
    if name.startswith("blurred"):
        return picture.filter(ImageFilter.GaussianBlur(4.0 if name.endswith("reading") else 1.6))
    if name == "speckled":
        return Image.fromarray(
            np.clip(np.asarray(picture) + noise.normal(0, 60, picture.size[::-1]), 0, 255).astype("uint8")
        )
    if name.startswith("squeezed"):
        data = io.BytesIO()
        picture.save(data, "JPEG", quality=12)
        return Image.open(data)
    return picture


def main() -> None:
    engine.lines_in(np.full((64, 64, 3), 255, np.uint8))  # the models are loaded before anything is measured
    scores: list[tuple[float, bool]] = []
    right = total = 0
    seconds: list[float] = []
    print("| page | words | read right | seconds | lowest score |\n| --- | --- | --- | --- | --- |")
    for page in pages():
        pixels = np.asarray(page.picture.convert("RGB"))[..., ::-1]
        began = time.process_time()
        seen = engine.lines_in(np.ascontiguousarray(pixels))
        seconds.append(time.process_time() - began)
        known = set(page.lines)
        scores += [(line.score, line.text in known) for line in seen]
        expected, got = " ".join(page.lines).split(), _text(seen, pixels.shape[0]).split()
        matched = LCSseq.similarity(expected, got)
        right, total = right + matched, total + len(expected)
        lowest = min((line.score for line in seen), default=0.0)
        print(
            f"| {page.name} | {len(expected):,} | {matched / len(expected):.3f} | {seconds[-1]:.1f} | {lowest:.2f} |",
            flush=True,
        )
    print(f"\n{right} of {total} words right, {right / total:.3f}; {np.mean(seconds):.1f} s a page")
    for threshold in (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95):
        lost = sum(score < threshold and good for score, good in scores)
        kept = sum(score >= threshold and not good for score, good in scores)
        print(f"threshold {threshold}: {lost} right lines left out, {kept} lines with a fault kept, of {len(scores)}")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


def _text(seen: list[engine.Seen], height: int) -> str:
    draft = Draft()
    Writer(draft, [laid_out(words_of(seen, height).words)]).write({})
    return draft.finished("page.png", "page", "").text


if __name__ == "__main__":
    main()
