"""An index that is borrowed: generations never change, so that links to their files are as good as copies."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from index.shelf import Shelf


def borrow(lender: Path, borrower: Path) -> None:
    """Put the generations of one data folder, and which is in use, into another that is empty.

    What the borrower builds, goes back to or removes changes nothing for the lender, and nothing else is taken: neither
    votes nor the journal.
    """
    shelf = Shelf(lender)
    current, names = shelf.current(), shelf.names()
    for name in names[: names.index(current) + 1]:
        try:
            shutil.copytree(shelf.place(name), borrower / "generations" / name, copy_function=link)
        except (OSError, shutil.Error):
            if name == current:
                raise
            shutil.rmtree(borrower / "generations" / name, ignore_errors=True)  # a build has removed it meanwhile
    Shelf(borrower).use(current)


def link(source: str | Path, target: str | Path) -> None:
    """Link to a file, or copy it where the file system takes no link."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
