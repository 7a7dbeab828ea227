"""What pages that refer to each other call themselves and their sections: titles, and labels with what they lead to."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from index.read.unseen import is_unseen

_RULE = r"([=\-~^\"'*+#`:.<>_])\{}{{2,}}[ \t]*(?:\n|\Z)"
_RST_LABEL = re.compile(
    rf"^\.\. _`?([^:`\n]+)`?:[ \t]*\n(?:[ \t]*\n|\.\. _[^\n]*\n|{_RULE.format(2)}){{0,6}}(\S[^\n]*)\n{_RULE.format(4)}",
    re.MULTILINE,
)
_RST_TITLE = re.compile(rf"^(?:{_RULE.format(1)})?[ \t]*(\S[^\n]*)\n{_RULE.format(3)}", re.MULTILINE)
_MYST_LABEL = re.compile(r"^\(([\w:.-]+)\)=[ \t]*\n\s*#{1,6}[ \t]+([^\n#{]+)", re.MULTILINE)
_MYST_TITLE = re.compile(r"^# +([^\n{]+?)[ #]*(?:\{[^\n]*)?$", re.MULTILINE)
_MARKS = re.compile(r":[\w:.+-]+:`~?([^`<>]+?)(?:\s*<[^<>`]*>)?`|\*\*|``|(?<!\w)[*`]|[*`](?!\w)")
ENDINGS = (".rst", ".md", ".txt")
"""Endings of pages that refer to each other; those of reStructuredText that end in `.txt` are in it too."""

_MOST_FILES = 3_000
_MOST_NOTES = 50_000
_MOST_BYTES = 1024 * 1024


def title_in(text: str, ending: str) -> str | None:
    """Return the title of a page, None where it has none."""
    match = (_MYST_TITLE if ending == ".md" else _RST_TITLE).search(text)
    return _plain(match[1 if ending == ".md" else 2]) if match else None


def labels_in(text: str, ending: str = ".rst") -> dict[str, str]:
    """Return the titles of the sections that have labels, by label as docutils compares them: in lower case."""
    if ending == ".md":
        return {compared(label): _plain(title) for label, title in _MYST_LABEL.findall(text)}
    return {compared(label): _plain(title) for label, _, title, _ in _RST_LABEL.findall(text)}


_PARTS = ".inc"  # the usual ending of what pages of reStructuredText include


def labels_below(top: Path) -> Mapping[str, str]:
    """Return in which page below a folder, by its path there, each label stands: of the first so many pages."""
    pages: dict[str, str] = {}
    for path in islice(_pages(top, (*ENDINGS, _PARTS)), _MOST_FILES):
        text = _text(path)
        for label in labels_in(text, path.suffix) if "_" in text or ")=" in text else ():
            pages.setdefault(label, path.relative_to(top).as_posix())
    return pages


def notes_below(top: Path) -> Mapping[str, Sequence[str]]:
    """Return the paths below a folder of the first so many notes in Markdown, by name in lower case, highest first."""
    notes: dict[str, list[str]] = {}
    for path in islice((path for path in _pages(top) if path.suffix == ".md"), _MOST_NOTES):
        notes.setdefault(path.name.casefold(), []).append(path.relative_to(top).as_posix())
    return {name: sorted(paths, key=lambda path: (path.count("/"), path)) for name, paths in notes.items()}


def _pages(top: Path, endings: tuple[str, ...] = ENDINGS) -> Iterator[Path]:
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if not is_unseen(name))
        yield from (Path(folder, name) for name in sorted(names) if name.endswith(endings) and not is_unseen(name))


def compared(label: str) -> str:
    """Return a label as labels are compared."""
    return " ".join(label.lower().split())


def _plain(title: str) -> str:
    return " ".join(_MARKS.sub(lambda match: match[1] or "", title).split())


def _text(path: Path) -> str:
    try:
        if path.is_symlink() or path.stat().st_size > _MOST_BYTES:
            return ""
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""
