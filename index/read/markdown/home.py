"""Home pages of VitePress and Starlight, whose words stand in front matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from index.records import BlockKind

if TYPE_CHECKING:
    from index.read.draft import Draft
    from index.read.frontmatter import FrontMatter

_HERO = ("text", "tagline")
_BESIDE = ("text", "tagline", "actions", "image")


def add_home(draft: Draft, front: FrontMatter, source: str) -> None:
    """Add what a home page shows of its front matter; `source` is the whole file, for the lines."""
    hero, features = front.written.get("hero"), front.written.get("features")
    if not isinstance(hero, Mapping) or not ("name" in hero or any(key in hero for key in _BESIDE)):
        return
    lines = source.split("\n")
    for name in _texts(hero, "name", "title"):
        draft.heading(1, [(name, _line_of(lines, name))])
    for texts in (*([text] for text in _texts(hero, *_HERO)), *_of_features(features)):
        draft.flow(BlockKind.PARAGRAPH, [(f"{text}\n", _line_of(lines, text)) for text in texts])


def _of_features(features: object) -> Iterator[list[str]]:
    """Yield title and details of each feature: no headings, as what follows them is not below the last of them."""
    for feature in features if isinstance(features, list) else ():
        if isinstance(feature, Mapping):
            yield _texts(feature, "title", "details")


def _texts(values: Mapping[object, object], *keys: str) -> list[str]:
    entries = (values.get(key) for key in keys)
    return [
        " ".join(str(text).split()) for text in entries if isinstance(text, str | int | float) and str(text).strip()
    ]


def _line_of(lines: list[str], text: str) -> int:
    """Return the line that a text of the front matter begins on, as far as it can be told."""
    begins = text.split(" ")[:3]
    return next((number for number, line in enumerate(lines, 1) if all(word in line for word in begins)), 1)
