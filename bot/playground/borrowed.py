"""An index that is borrowed: generations never change, so that links to their files are as good as copies."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from index.errors import BuildError, IndexUseError
from index.store.disk.shelf import Shelf


def has_index(borrower: Path) -> bool:
    """Tell whether a data folder has an index in use: one whose borrowing was broken off has none."""
    try:
        Shelf(borrower).current()
    except IndexUseError:
        return False
    return True


def borrow(lender: Path, borrower: Path) -> None:
    """Put the generations of one data folder, and which is in use, into another; what was left there is removed first.

    What the borrower builds, goes back to or removes changes nothing for the lender, and nothing else is taken: neither
    votes nor the journal. Raises `BuildError` where the one in use cannot be put there.
    """
    shutil.rmtree(borrower / "generations", ignore_errors=True)
    shelf = Shelf(lender)
    current, names = shelf.current(), shelf.names()
    for name in names[: names.index(current) + 1]:
        try:
            shutil.copytree(shelf.place(name), borrower / "generations" / name, copy_function=link)
        except OSError as error:
            if name == current:
                reason = error.strerror or "not all of its files can be copied"
                raise BuildError(f"The index cannot be taken over from {lender} ({reason}).") from error
            shutil.rmtree(borrower / "generations" / name, ignore_errors=True)  # a build has removed it meanwhile
    Shelf(borrower).use(current)


def link(source: str | Path, target: str | Path) -> None:
    """Link to a file, or copy it where the file system takes no link."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
