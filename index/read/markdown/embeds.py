"""Notes of Obsidian that a page shows in its place: whole, by a heading, or by the name of a block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from itertools import takewhile

from index.read.includes import Reference
from index.read.markdown.included import add_file
from index.read.markdown.lines import LinePass, rule

_PICTURE = re.compile(
    r"\.(?:png|jpe?g|gif|svg|webp|bmp|avif|mp4|webm|mov|mkv|mp3|wav|m4a|ogg|flac|3gp|pdf|canvas|base)$", re.IGNORECASE
)
_NOTE = re.compile(r".*\.(?:md|markdown)$", re.IGNORECASE)
_HEADING = re.compile(r"\s{0,3}(?P<marks>#{1,6})\s+(?P<text>.*)")
_NOT_COMPARED = re.compile(r"[^\w]+")
_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})")


@rule("!", r"(?P<indent>\s*)!\[\[(?P<page>[^\[\]|#^\n]+)(?P<anchor>[#^][^\[\]|\n]*)?(?:\|[^\[\]\n]*)?\]\]\s*$")
def _embedded(lines: LinePass, match: re.Match[str]) -> bool:
    if is_picture(match["page"]):
        return False
    lines.say("", match["indent"])
    add_file(lines, reference_to(match["page"], match["anchor"] or ""), match["indent"])
    lines.say("", match["indent"])
    lines.at += 1
    return True


def is_picture(page: str) -> bool:
    """Tell whether what is shown is a picture, a sound or another thing without a text."""
    return bool(_PICTURE.search(page.strip()))


def reference_to(page: str, anchor: str) -> Reference:
    """Return the note that `![[page#anchor]]` names, with the part of it that is shown."""
    name = page.strip()
    path = name if _NOTE.match(name) else f"{name}.md"
    part = anchor.rpartition("#")[2].strip()
    if not part:
        return Reference(name, path, _within_section, anywhere=True)
    choice = partial(_block, part.removeprefix("^")) if part.startswith("^") else partial(_section, part)
    return Reference(f"{name}{anchor}", path, choice, anywhere=True)


def _within_section(lines: Sequence[str]) -> list[str]:
    """Return lines with their headings as paragraphs: what follows the note is still in the section of the page."""
    headings = {at: text for at, _, text in _headings(lines)}
    return [part for at, line in enumerate(lines) for part in (("", headings[at], "") if at in headings else (line,))]


def _section(heading: str, lines: Sequence[str]) -> list[str] | None:
    """Return the lines below a heading and its own, up to the next that is no deeper."""
    headings = _headings(lines)
    wanted = _compared(heading)
    found = next(((at, level) for at, level, text in headings if _compared(text) == wanted), None)
    if found is None:
        return None
    end = next((at for at, level, _ in headings if at > found[0] and level <= found[1]), len(lines))
    return _within_section(lines[found[0] : end])


def _headings(lines: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return the headings outside of code: index, level and text."""
    found, code = [], False
    for at, line in enumerate(lines):
        code ^= bool(_FENCE.match(line))
        if not code and (match := _HEADING.match(line)):
            found.append((at, len(match["marks"]), _unclosed(match["text"].rstrip())))
    return found


def _unclosed(heading: str) -> str:
    """Return a heading without the marks at its end, which stand apart from its words."""
    words = heading.rstrip("#")
    return words.rstrip() if words[-1:].isspace() or not words else heading


def _block(name: str, lines: Sequence[str]) -> list[str] | None:
    """Return the paragraph or item that ends with `^name`, without the name."""
    named = re.compile(rf"(?:^|\s)\^{re.escape(name)}\s*$")
    end = next((at for at, line in enumerate(lines) if named.search(line)), None)
    if end is None:
        return None
    last = named.sub("", lines[end])
    if last.lstrip().startswith(("- ", "* ", "+ ")):
        return [last]
    above = list(takewhile(lambda line: line.strip(), reversed(lines[:end])))
    return [*reversed(above), last]


def _compared(heading: str) -> str:
    return _NOT_COMPARED.sub(" ", heading).strip().casefold()
