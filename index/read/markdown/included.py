"""What other files add to a Markdown text that shows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.read.files import Files
from index.read.includes import Reference, lines_of
from index.read.markdown.audience import for_everybody
from index.read.markdown.lines import LinePass, escaped
from index.read.missing import not_included

if TYPE_CHECKING:
    from index.read.draft import Fragment

_FENCE = "~~~~~~~~"
_LONGEST = 200


def add_file(lines: LinePass, reference: Reference, indent: str, *folders: str, number: int | None = None) -> None:
    """Add what a file holds, or its name where it is not shown; the pass takes nothing.

    The lines of the file stand on the line `number` that names it: the next one, where it is not given. It is looked
    for in the further `folders`, too.
    """
    files, number = lines.page.files, lines.number if number is None else number
    with files.opened(reference.path, *folders, anywhere=reference.anywhere) as part:
        chosen = None if part is None else lines_of(files, reference, part.text)
        if chosen is None:
            lines.say(escaped(not_included(reference.name)), indent, number)
            return
        added = [(f"{indent}{line}" if line.strip() else "", number) for line in chosen]
        if reference.is_code:
            fence = (f"{indent}{_FENCE}", number)
            lines.out += [("", number), fence, *added, fence, ("", number)]
        else:
            lines.within(for_everybody(added))


def in_code(lines: LinePass, reference: Reference, indent: str, number: int) -> Iterator[Fragment]:
    """Yield the lines of a file that stands in code, or its name."""
    files = lines.page.files
    with files.opened(reference.path) as part:
        chosen = None if part is None else lines_of(files, reference, part.text)
        if chosen is None:
            yield f"{indent}{not_included(reference.name)}", number
            return
        yield from ((f"{indent}{line}", number) for line in chosen)


def in_sentence(files: Files, reference: Reference) -> str:
    """Return what a file adds to a sentence: its only line, or else its name."""
    with files.opened(reference.path, anywhere=reference.anywhere) as part:
        chosen = None if part is None else lines_of(files, reference, part.text)
        shown = for_everybody([(line, 0) for line in chosen or ()])
        said = [line.strip() for line, _ in shown if line.strip()]
        if len(said) == 1 and len(said[0]) <= _LONGEST:
            return said[0]
        if part is not None:
            files.miss(reference.name, "holds more than the line that a sentence has room for")
    return not_included(reference.name)
