"""Compare what is stored of documents with what a second reader sees: `python bench/readers.py [FOLDER ...]`.

For every file of ../shared/eval/awkward-files, ../shared/faults and ../shared/eval/community: the words that are
missing, added and out of order, by format, and by what explains them (`readers_rules.py`); and the lines of markup that
are left in the trees of Markdown and reStructuredText (`readers_markup.py`). `--show N` prints the differences of the N
worst files that nothing explains. Where a second reader is not installed, that is said: pandoc, Sphinx, Chromium,
poppler-utils, LibreOffice, Asciidoctor.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import readers_other
import tables
from readers_diff import Difference, Word, differences, moved, words_of
from readers_markup import left_in
from readers_rules import BY_FILE, explained
from sets import EVAL, SHARED

from index.read.folder import walk
from index.read.kinds import kind_of
from index.read.members import bytes_of
from index.read.readers import Readers
from index.records import Document, SourceFile

_SHARES = ("missing", "added", "out of order")
_SHOWN = 40


@dataclass(slots=True)
class Compared:
    """A file whose words were compared: those of the second reader, and what differs and is not explained."""

    source: str
    form: str
    words: int
    counts: Counter[str]
    left: list[Difference] = field(default_factory=list)


def main() -> None:
    """Compare, and print what came of it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folders", nargs="*", type=Path)
    options.add_argument("--show", type=int, default=0)
    chosen = options.parse_args()
    trees = sorted((EVAL / "community").glob("*/docs"))
    rules: Counter[str] = Counter()
    compared = [
        comparison
        for folder in chosen.folders or [EVAL / "awkward-files", SHARED / "faults", *trees]
        for comparison in _compared(folder, rules)
    ]
    forms = dict.fromkeys(sorted(comparison.form for comparison in compared))
    rows = [_row([comparison for comparison in compared if comparison.form == form]) for form in forms]
    tables.show(("format", "second reader", "files", "words", *_SHARES, "explained"), rows)
    print()
    tables.show(("what explains a difference", "words"), rules.most_common())
    markup = {
        folder.parent.name: left_in(folder)
        for folder in ([*trees, EVAL / "fastapi" / "docs"] if not chosen.folders else [])
    }
    print()
    tables.show(("tree", "lines", "with markup", "per 10,000"), [(name, *counted) for name, counted in markup.items()])
    tables.write("readers", {"formats": rows, "rules": rules, "markup": markup})
    for comparison in sorted(compared, key=lambda each: -sum(each.counts[share] for share in _SHARES))[: chosen.show]:
        _show(comparison)


def _compared(folder: Path, rules: Counter[str]) -> Iterator[Compared]:
    files = walk(folder).files
    pages = _pages(folder, files, rules)
    with Readers() as readers:
        for file, document in zip(files, readers.read(files), strict=True):
            if isinstance(document, Document):
                try:
                    yield from _compare_file(file, document, pages, rules)
                except readers_other.MissingToolError as error:
                    print(f"{file.source} is not compared: {error} is not installed")


def _pages(folder: Path, files: tuple[SourceFile, ...], rules: Counter[str]) -> dict[str, list[Word]]:
    """Return what Sphinx sees of a tree; nothing, where it is none or Sphinx is missing."""
    if not any(kind_of(file.source) == ".rst" for file in files):
        return {}
    try:
        return readers_other.sphinx(folder, rules)
    except readers_other.MissingToolError:
        print("Sphinx is not installed: pandoc reads its pages, which knows few of its directives")
        return {}


def _compare_file(
    file: SourceFile, document: Document, pages: dict[str, list[Word]], rules: Counter[str]
) -> Iterator[Compared]:
    kind = kind_of(file.source)
    page = pages.get(str(file.path))
    orders = [page] if page else readers_other.read(kind, file.source, bytes_of(file), rules)
    blocks = [(document.text[block.start : block.end], str(block.kind)) for block in document.blocks]
    ours = [word for text, part in blocks for word in words_of(text, part)]
    candidates = [(differences(words, ours), len(words)) for words in orders]
    if candidates:
        nearest, words = min(
            candidates, key=lambda candidate: sum(len(each.missing) + len(each.added) for each in candidate[0])
        )
        yield _counted(file.source, readers_other.READERS[kind].form, nearest, words, rules)


def _counted(source: str, form: str, diff: list[Difference], words: int, rules: Counter[str]) -> Compared:
    comparison = Compared(source, form, words, Counter())
    by_file = BY_FILE.get(Path(source).name, "")
    for difference in diff:
        name = explained(difference) or by_file
        if name:
            size = max(len(difference.missing), len(difference.added))
            rules[name] += size
            comparison.counts["explained"] += size
        else:
            comparison.left.append(difference)
    both = moved(comparison.left).total()
    comparison.counts["out of order"] = both
    comparison.counts["missing"] = sum(len(each.missing) for each in comparison.left) - both
    comparison.counts["added"] = sum(len(each.added) for each in comparison.left) - both
    return comparison


def _row(compared: list[Compared]) -> list[str | int]:
    counts: Counter[str] = Counter()
    for comparison in compared:
        counts.update(comparison.counts)
    words = sum(comparison.words for comparison in compared)
    shares = [
        f"{counts[share]:,}, {1000 * counts[share] / max(1, words):.1f}" if counts[share] else "0" for share in _SHARES
    ]
    form = compared[0].form
    name = next(second.name for second in readers_other.READERS.values() if second.form == form)
    return [form, name, len(compared), f"{words:,}", *shares, counts["explained"]]


def _show(comparison: Compared) -> None:
    print(f"\n{comparison.source}: {dict(comparison.counts)} of {comparison.words} words")
    for difference in comparison.left[:_SHOWN]:
        missing, added = (
            " ".join(word.text for word in words)[:120] for words in (difference.missing, difference.added)
        )
        print(f"  … {difference.before} -[{missing}] +[{added}]")


if __name__ == "__main__":
    main()
