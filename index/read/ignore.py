"""`.quothignore` files: which of the documents are not to be read, in the words of `.gitignore`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import UnreadableError
from index.read.contents import contents

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

IGNORE_FILE = ".quothignore"

WILD = "some of its lines have more than two `**` or three `*`, and are passed over"

_MOST_BYTES = 1024 * 1024
_FOLDERS, _NAMES = re.compile(r"\*\*+"), re.compile(r"(?<!\*)\*(?!\*)")
_MOST_FOLDERS, _MOST_NAMES = 2, 3
"""How many `**` and `*` a pattern may have: matching takes time that grows with the power of their number."""


@dataclass(frozen=True)
class Ignored:
    """The rules that hold in a folder: each with the folder it was written in, the innermost last."""

    rules: tuple[tuple[str, GitIgnoreSpec], ...] = ()
    wild: bool = False

    def within(self, source: str, file: Path) -> Ignored:
        """Return the rules that hold in the folder `source`, whose ignore file, if it has one, is `file`.

        A line that is no pattern is passed over, as git does; so is one that is too wild, and `wild` says so.
        """
        try:
            lines = contents(file, _MOST_BYTES).decode("utf-8", errors="replace").splitlines()
        except UnreadableError:  # there is none, or it cannot be read
            return Ignored(self.rules)
        from pathspec import GitIgnoreSpec

        tame = [line for line in lines if not _is_wild(line)]
        spec = GitIgnoreSpec.from_lines(filter(_is_pattern, tame))
        return Ignored((*self.rules, (source, spec)), wild=len(tame) < len(lines))

    def holds(self, source: str, *, folder: bool = False) -> bool:
        """Return whether a file or folder is not to be read: the innermost rule that speaks of it decides."""
        for base, spec in reversed(self.rules):
            path = source[len(base) :].lstrip("/") + ("/" if folder else "")
            is_included = spec.check_file(path).include
            if is_included is not None:
                return is_included
        return False


def _is_wild(line: str) -> bool:
    return len(_FOLDERS.findall(line)) > _MOST_FOLDERS or len(_NAMES.findall(line)) > _MOST_NAMES


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
