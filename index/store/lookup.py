"""Finding a document by its name, and a place in it by section, line or page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from operator import itemgetter

from rapidfuzz import fuzz, process, utils

from index.errors import SourceError
from index.records import Block, BlockKind
from index.store.values import Source, StoredDocument

_NAMED = 5
"""How many names an error suggests."""

_ALIKE = 60.0
"""Similarity (0 to 100, rapidfuzz) from which a name is suggested."""

_FEW = 5_000
"""Up to how many names every one is compared by every measure."""

_SHORTLIST = 500


@dataclass(frozen=True, slots=True)
class Match:
    """A document or section whose name resembles what was looked for; `score` is 0 to 100."""

    source: str
    title: str
    section: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Part of a document: `blocks` in order, of which those from `first` up to `last` were asked for."""

    document: StoredDocument
    blocks: tuple[Block, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Part:
    """What to show of a document: a section, a page, or a line with `around` blocks before and after it; else all."""

    section: str | None = None
    page: int | None = None
    line: int | None = None
    around: int = 2


class Names:
    """The names of documents and their sections, prepared once for many searches."""

    def __init__(self, sources: Sequence[Source], *, sections: bool = True) -> None:
        """Prepare the names of `sources`: source, title and file name of each document, the heading of each section."""
        places = [(source, path) for source in sources for path in ((), *(_paths(source) if sections else ()))]
        self._names = [
            (plain, source, path) for source, path in places for plain in set(map(_plain, _names(source, path)))
        ]
        self._plain = [name for name, _, _ in self._names]

    def find(self, wanted: str, limit: int) -> list[Match]:
        """Return the documents and sections whose names are most like `wanted`, best first, at most `limit`.

        Names that contain `wanted` as it is come first, shorter ones before longer ones.
        """
        plain = _plain(wanted)
        best: dict[tuple[str, tuple[str, ...]], Match] = {}
        for i, score in (*self._holding(plain, 4 * limit), *self._alike(plain, 4 * limit)):
            _, source, path = self._names[i]
            best.setdefault((source.source, path), Match(source.source, source.title, path, score))
        return list(best.values())[:limit]

    def _holding(self, wanted: str, limit: int) -> list[tuple[int, float]]:
        if not wanted:
            return []
        holding = [i for i, name in enumerate(self._plain) if wanted in name]
        holding.sort(key=lambda i: (not self._plain[i].startswith(wanted), len(self._plain[i])))
        return [(i, 100.0) for i in holding[:limit]]

    def _alike(self, wanted: str, limit: int) -> list[tuple[int, float]]:
        """Compare every name by words, and only the best of them by every measure, which costs more."""
        few: dict[int, str] = dict(enumerate(self._plain))
        if len(few) > _FEW:
            few = {i: name for name, _, i in self._shortlist(wanted)}
        scored = process.extract(wanted, few, scorer=fuzz.WRatio, score_cutoff=_ALIKE, limit=limit)
        return [(i, score) for _, score, i in scored]

    def _shortlist(self, wanted: str) -> list[tuple[str, float, int]]:
        """Return the names most alike by words, compared in parts, because rapidfuzz blocks all other threads."""
        matches: list[tuple[str, float, int]] = []
        for start in range(0, len(self._plain), _FEW):
            part = self._plain[start : start + _FEW]
            alike = process.extract(wanted, part, scorer=fuzz.token_set_ratio, limit=_SHORTLIST)
            matches += [(name, score, start + i) for name, score, i in alike]
        return nlargest(_SHORTLIST, matches, key=itemgetter(1))


def find(sources: Sequence[Source], wanted: str, limit: int) -> list[Match]:
    """Return the documents and sections whose names are most like `wanted`, best first, at most `limit`."""
    return Names(sources).find(wanted, limit)


def like(names: Sequence[str], wanted: str, limit: int) -> list[str]:
    """Return those of `names` that are most like `wanted`, best first; if `wanted` is empty, the first ones."""
    if not wanted.strip():
        return list(names[:limit])
    matches = process.extract(wanted, names, processor=utils.default_process, score_cutoff=_ALIKE, limit=limit)
    return [name for name, _, _ in matches]


def matching(sources: Sequence[Source], name: str) -> list[Source]:
    """Return the documents that `name` can mean: their source, file name or title, or a part of one of these.

    The source itself comes first, then full matches, then partial ones.
    """
    wanted = name.strip().casefold()
    if not wanted:
        return []
    exact = [source for source in sources if source.source == name.strip()]
    whole = exact or [source for source in sources if wanted in {n.casefold() for n in _names(source, ())}]
    return whole or [source for source in sources if any(wanted in n.casefold() for n in _names(source, ()))]


def named(sources: Sequence[Source], name: str, names: Names | None = None) -> Source:
    """Return the one document that `name` means; raises `SourceError` if there is none or more than one.

    `names` are those of `sources`, if prepared already; the error's suggestions come from them.
    """
    matches = matching(sources, name)
    if len(matches) == 1:
        return matches[0]
    if not matches:
        near = (names or Names(sources)).find(name, _NAMED)
        raise _unknown_document(name, [match.source for match in near])
    raise SourceError(
        "{count} documents go by the name '{name}': {names}; name one in full.",
        count=len(matches),
        name=name,
        names=_first([source.source for source in matches]),
    )


def excerpt(document: StoredDocument, part: Part) -> Excerpt:
    """Return a part of a document; raises `SourceError` if the document has no such section, page or line."""
    if part.section is not None:
        return at_section(document, part.section)
    if part.line is not None:
        return at_line(document, part.line, part.page, part.around)
    if part.page is not None:
        return at_page(document, part.page)
    return entire(document)


def at_section(document: StoredDocument, name: str) -> Excerpt:
    """Return the section that `name` means, in full or in part, with the sections below it.

    A full path comes before a heading alone. Raises `SourceError` if there is none or more than one.
    """
    wanted = name.strip().casefold()
    paths = [path for path in document.sections if path]
    exact = [path for path in paths if _joined(path).casefold() == wanted]
    whole = exact or [path for path in paths if path[-1].casefold() == wanted]
    matches = whole or [path for path in paths if wanted in path[-1].casefold()]
    if not matches:
        near = process.extract(name, [_joined(path) for path in paths], score_cutoff=_ALIKE, limit=_NAMED)
        raise _unknown_section(document.source, name, [path for path, _, _ in near])
    if len(matches) > 1:
        raise SourceError(
            "{source} has {count} sections '{name}': {names}; name one in full.",
            source=document.source,
            count=len(matches),
            name=name,
            names=_first([_joined(path) for path in matches]),
        )
    return at_path(document, matches[0])


def at_path(document: StoredDocument, path: tuple[str, ...]) -> Excerpt:
    """Return the section at a path of headings, with the sections below it."""
    blocks = tuple(block for block in document.each_block() if block.section[: len(path)] == path)
    return Excerpt(document, blocks, 0, len(blocks))


def at_line(document: StoredDocument, line: int, page: int | None, around: int) -> Excerpt:
    """Return the block on `line` (of `page`, if there are pages) with `around` blocks before and after it.

    Raises `SourceError` if the document ends before that line.
    """
    blocks = tuple(document.each_block())
    there = [i for i, block in enumerate(blocks) if page is None or block.page == page]
    on = [i for i in there if blocks[i].line <= line]
    last_line = max((document.place(blocks[i].end - 1).line for i in there), default=0)
    if not there or not 1 <= line <= last_line:
        values = {"line": line, "source": document.source, "lines": last_line}
        if page:
            raise SourceError(
                "There is no line {line} in page {page} of {source}: it has {lines}.", page=page, **values
            )
        raise SourceError("There is no line {line} in {source}: it has {lines}.", **values)
    return _around(document, blocks, on[-1] if on else there[0], around)


def at_page(document: StoredDocument, page: int) -> Excerpt:
    """Return a page; raises `SourceError` if there is none with that number."""
    blocks = tuple(block for block in document.each_block() if block.page == page)
    if not blocks:
        raise SourceError("{source} has no text on a page {page}.", source=document.source, page=page)
    return Excerpt(document, blocks, 0, len(blocks))


def entire(document: StoredDocument) -> Excerpt:
    """Return all of a document."""
    blocks = tuple(document.each_block())
    return Excerpt(document, blocks, 0, len(blocks))


def outline(document: StoredDocument) -> list[Block]:
    """Return the headings of a document, in order."""
    return [block for block in document.each_block() if block.kind is BlockKind.HEADING]


def _around(document: StoredDocument, blocks: tuple[Block, ...], at: int, around: int) -> Excerpt:
    start, end = max(at - around, 0), min(at + around + 1, len(blocks))
    return Excerpt(document, blocks[start:end], at - start, at - start + 1)


def _paths(source: Source) -> Iterator[tuple[str, ...]]:
    return (path for path in source.sections if path)


def _names(source: Source, path: tuple[str, ...]) -> list[str]:
    """Return the names that a document (or the section at `path`) has."""
    if path:
        return [path[-1], _joined((source.title, *path))]
    file = source.source.rpartition("/")[2]
    return [source.source, source.title, file, file.rpartition(".")[0]]


def _plain(name: str) -> str:
    """Return a name for comparison: lower case, with everything but letters and digits turned into blanks."""
    return utils.default_process(name)


def _joined(path: Iterable[str]) -> str:
    return " › ".join(path)


def _unknown_document(name: str, near: Sequence[str]) -> SourceError:
    if near:
        return SourceError(
            "No document goes by the name '{name}': did you mean {near}?", name=name, near=", ".join(near)
        )
    return SourceError("No document goes by the name '{name}': `quoth source list` names them all.", name=name)


def _unknown_section(source: str, name: str, near: Sequence[str]) -> SourceError:
    if near:
        return SourceError(
            "{source} has no section '{name}': did you mean {near}?", source=source, name=name, near=", ".join(near)
        )
    return SourceError("{source} has no section '{name}'.", source=source, name=name)


def _first(names: Sequence[str]) -> str:
    """Return the first names, with an ellipsis where there are more."""
    return ", ".join([*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])])
