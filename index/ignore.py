"""`.quothignore` files: which of the documents are not to be read, in the words of `.gitignore`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

IGNORE_FILE = ".quothignore"


@dataclass(frozen=True)
class Ignored:
    """The rules that hold in a folder: each with the folder it was written in, the innermost last."""

    rules: tuple[tuple[str, GitIgnoreSpec], ...] = ()

    def within(self, source: str, file: Path) -> Ignored:
        """Return the rules that hold in the folder `source`, whose ignore file, if it has one, is `file`.

        A line that is no pattern is passed over, as git does.
        """
        try:
            lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:  # there is none, or it cannot be read
            return self
        from pathspec import GitIgnoreSpec

        return Ignored((*self.rules, (source, GitIgnoreSpec.from_lines(filter(_is_pattern, lines)))))

    def holds(self, source: str, *, folder: bool = False) -> bool:
        """Return whether a file or folder is not to be read: the innermost rule that speaks of it decides."""
        for base, spec in reversed(self.rules):
            path = source[len(base) :].lstrip("/") + ("/" if folder else "")
            said = spec.check_file(path).include
            if said is not None:
                return said
        return False


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
