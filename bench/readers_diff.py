"""Where two lists of words differ: runs of words that only one has, and words that both have in another order."""

from __future__ import annotations

import re
import subprocess
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_WORD = re.compile(r"\w+")
_GROUPS = [f"--{group}-group-format=%df %dl %dF %dL\n" for group in ("old", "new", "changed")]


@dataclass(frozen=True, slots=True)
class Word:
    """A word, and what it is part of, in the reader's own terms."""

    text: str
    part: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that the other reader has (`missing`) and that Quoth has (`added`) at one place, `before` both."""

    missing: tuple[Word, ...]
    added: tuple[Word, ...]
    before: str


def words_of(text: str, part: str) -> list[Word]:
    """Return the words of a text: letters, digits and underscores, in one normal form, without soft hyphens."""
    normal = unicodedata.normalize("NFKC", text.replace("\u00ad", "").replace("\u200b", ""))
    return [Word(word, part) for word in _WORD.findall(normal)]


def differences(other: Sequence[Word], ours: Sequence[Word]) -> list[Difference]:
    """Return where two lists differ, by the least number of words (`diff --minimal`)."""
    diff = []
    for first, last, first_ours, last_ours in _changed(other, ours):
        missing, added = tuple(other[first - 1 : last]), tuple(ours[first_ours - 1 : last_ours])
        before = " ".join(word.text for word in ours[max(0, first_ours - 7) : first_ours - 1])
        diff.append(Difference(missing, added, before))
    return diff


def _changed(other: Sequence[Word], ours: Sequence[Word]) -> list[tuple[int, int, int, int]]:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("other", "ours")]
        for path, words in zip(paths, (other, ours), strict=True):
            path.write_text("".join(f"{word.text}\n" for word in words), "utf-8")
        command = ["diff", "--minimal", *_GROUPS, "--unchanged-group-format=", *map(str, paths)]
        lines = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    return [tuple(map(int, line.split())) for line in lines]  # type: ignore[misc] # four each


def moved(diff: Sequence[Difference]) -> Counter[str]:
    """Return the words that are missing at one place and added at another."""
    missing = Counter(word.text for difference in diff for word in difference.missing)
    return missing & Counter(word.text for difference in diff for word in difference.added)
