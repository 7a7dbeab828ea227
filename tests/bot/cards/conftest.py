"""An independent reader of Discord's Markdown, and of what Discord refuses and pings.

It follows what Discord's clients do, not what the cards write: first match wins at each place, block constructs at the
start of a line, `\\` before anything but a letter, a digit or a blank.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import discord
import numpy as np
import pytest

from index.answer.blocks import header_row, spans_in
from index.read.draft import Draft
from index.records import BlockKind, Quote
from index.store.values import KINDS, Source, StoredDocument


@dataclass
class Read:
    """What a reader sees: the text, and what is more than text, as (kind, visible text)."""

    text: str = ""
    nodes: list[tuple[str, str]] = field(default_factory=list)

    def of(self, kind: str) -> list[str]:
        return [text for node_kind, text in self.nodes if node_kind == kind]

    @property
    def kinds(self) -> set[str]:
        return {kind for kind, _ in self.nodes}


_BLOCKS = (
    ("quote", re.compile(r" *>>> ([\s\S]*)|((?: *> [^\n]*(?:\n|$))+)")),
    ("header", re.compile(r"#{1,3}\s+(?!#)([^\n]+)(?:\n|$)")),
    ("subtext", re.compile(r"-# +(?!-#)([^\n]+)(?:\n|$)")),
    ("item", re.compile(r" *(?:[-*+]|\d+\.) +([^\n]+(?:\n {2}[^\n]*)*)")),
)
_LITERAL = (
    ("code", 2, re.compile(r"```(?:([a-zA-Z0-9_+\-.#]+?)\n)?\n*([^\n][\s\S]*?)\n*```")),
    ("inline code", 2, re.compile(r"(`+)([\s\S]*?[^`])\1(?!`)")),
)
_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
_SHRUG = re.compile(r"¯\\_\(ツ\)_/¯")
_WHOLE = (
    ("mention", 0, re.compile(r"<(?:@[!&]?|#)\d+>|@everyone|@here|</[^:>]+:\d+>|<id:\w+>")),
    ("time", 0, re.compile(r"<t:-?\d+(?::[tTdDfFR])?>")),
    ("emoji", 0, re.compile(r"<a?:\w+:\d+>|:[^\s:]+?:")),
    ("link", 0, re.compile(r"<[^: >]+:/[^ >]+>|(?:https?|steam|discord)://[^\s<]+[^<.,:;\"'\]\s]")),
    ("invite", 0, re.compile(r"discord(?:app)?\.(?:gg|com/invite|new|gift)[/\\]\S+", re.IGNORECASE)),
)
_MASKED = re.compile(r"\[((?:\[[^\]]*\]|[^\[\]])*)\]\(\s*<?((?:\([^)]*\)|[^\s\\()]|\\.)*?)>?\s*\)")
_STYLES = (
    ("bold", re.compile(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)")),
    ("underline", re.compile(r"__((?:\\[\s\S]|[^\\])+?)__(?!_)")),
    ("italic", re.compile(r"\*(?=\S)((?:\\[\s\S]|\*\*|[^*\\])+?)(?<!\s)\*(?!\*)|_((?:\\[\s\S]|__|[^_\\])+?)_(?!\w)")),
    ("strike", re.compile(r"~~([\s\S]+?)~~(?!_)")),
    ("spoiler", re.compile(r"\|\|([\s\S]+?)\|\|")),
)


def _parse(source: str, out: Read, *, quoted: bool = False, start: bool = True) -> None:
    at = 0
    while at < len(source):
        line_start = (at == 0 and start) or (at > 0 and source[at - 1] == "\n")
        at = (line_start and _block(source, at, out, quoted=quoted)) or _inline(source, at, out, quoted=quoted)


def _inside(content: str, kind: str, out: Read, *, quoted: bool, start: bool) -> None:
    inner = Read()
    _parse(content, inner, quoted=quoted, start=start)
    out.nodes += [(kind, inner.text), *inner.nodes]
    out.text += inner.text


def _block(source: str, at: int, out: Read, *, quoted: bool) -> int:
    for kind, pattern in _BLOCKS:
        match = pattern.match(source, at)
        if not match or (kind == "quote" and quoted):
            continue
        if kind == "quote":
            content = match[1] if match[1] is not None else re.sub(r"^ *> ", "", match[2], flags=re.MULTILINE)
        else:
            content = match[1]
        _inside(content, kind, out, quoted=quoted or kind == "quote", start=True)
        out.text += "\n" if kind in {"header", "subtext"} else ""
        return match.end()
    return 0


def _inline(source: str, at: int, out: Read, *, quoted: bool) -> int:
    for read in (_plainly, _literally):
        if end := read(source, at, out):
            return end
    for kind, pattern in _STYLES:
        if match := pattern.match(source, at):
            _inside(next(group for group in match.groups() if group), kind, out, quoted=quoted, start=False)
            return match.end()
    out.text += source[at]
    return at + 1


def _plainly(source: str, at: int, out: Read) -> int:
    match = _SHRUG.match(source, at) or _ESCAPE.match(source, at)
    if match is None:
        return 0
    out.text += match[1] if match.lastindex else match[0]
    return match.end()


def _literally(source: str, at: int, out: Read) -> int:
    for kind, group, pattern in (*_LITERAL, ("link words", 1, _MASKED), *_WHOLE):
        if match := pattern.match(source, at):
            out.nodes.append((kind, match[group]))
            if kind == "link words":
                out.nodes.append(("masked link", match[2]))
            out.text += match[group]
            return match.end()
    return 0


def _read(markdown: str) -> Read:
    out = Read()
    _parse(markdown, out)
    return out


_PINGS = re.compile(r"@[\u200b-\u200f\ufeff]*(?:everyone|here)|<@[!&]?\d+>|<#\d+>", re.IGNORECASE)


def _refused(view: discord.ui.LayoutView) -> list[str]:
    """Return what Discord would refuse of a view, or do to people because of it."""
    components = list(_walk(view.to_components()))
    texts = [str(component["content"]) for component in components if component["type"] == 10]
    buttons = [component for component in components if component["type"] == 2]
    selects = [component for component in components if component["type"] == 3]
    rows = [component for component in components if component["type"] == 1]
    ids = [str(component["custom_id"]) for component in (*buttons, *selects)]
    values = [[str(option["value"]) for option in select["options"]] for select in selects]
    size = sum(len(text.encode("utf-16-le")) // 2 for text in texts)
    wrong = {
        f"{size} characters": size > 4000,
        f"{len(components)} components": len(components) > 40,
        "an empty text": not all(text.strip() for text in texts),
        "a ping": any(_PINGS.search(text) for text in texts),
        "a row of too many or no buttons": not all(1 <= len(row["components"]) <= 5 for row in rows),
        "a button with nothing on it": not all(button.get("label") or button.get("emoji") for button in buttons),
        "a long label": any(len(button.get("label") or "") > 80 for button in buttons),
        "a long custom_id": not all(1 <= len(custom_id) <= 100 for custom_id in ids),
        "a custom_id twice": len(set(ids)) < len(ids),
        "a value twice": any(len(set(some)) < len(some) for some in values),
        "a long value": not all(1 <= len(value) <= 100 for some in values for value in some),
        "a long option": not all(
            1 <= len((option["label"] + (option.get("description") or "")).encode("utf-16-le")) // 2 <= 200
            for select in selects
            for option in select["options"]
        ),
        "a select beside something": any(
            len(row["components"]) > 1 and any(component["type"] == 3 for component in row["components"])
            for row in rows
        ),
    }
    return [what for what, is_wrong in wrong.items() if is_wrong]


def _walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from _walk(component.get("components", []))


@pytest.fixture(scope="session")
def read() -> Callable[[str], Read]:
    """Read Markdown as Discord does."""
    return _read


@pytest.fixture(scope="session")
def refused() -> Callable[[discord.ui.LayoutView], list[str]]:
    """Tell what Discord would refuse of a view, or whom it would ping."""
    return _refused


def _stored(
    blocks: Sequence[tuple[BlockKind, str]], source: str = "a.md", title: str = "A", url: str | None = None
) -> StoredDocument:
    """Return a document as the store holds it, a block a few lines after the other."""
    draft = Draft()
    for line, (kind, text) in enumerate(blocks, 1):
        lines = text.split("\n")
        if kind is BlockKind.CODE:
            draft.verbatim(kind, [(code_line, 10 * line + i) for i, code_line in enumerate(lines)])
        elif kind is BlockKind.HEADING:
            draft.heading(2, [(text, 10 * line)])
        else:
            draft.flow(kind, [(text, 10 * line)])
    made = draft.finished(source, title, "00")
    sections = tuple(dict.fromkeys(((), *(block.section for block in made.blocks))))
    rows = [
        (KINDS.index(block.kind), block.start, block.end, block.line, block.page or 0, sections.index(block.section))
        for block in made.blocks
    ]
    places = [(place.offset, place.line, place.page or 0) for place in made.places]
    return StoredDocument(
        id=0,
        source=source,
        title=title,
        url=url,
        text=made.text,
        sections=sections,
        places=np.array(places, np.int32).reshape(-1, 3),
        blocks=np.array(rows, np.int32).reshape(-1, 6),
    )


def _quoted(
    document: StoredDocument, start: int = 0, end: int | None = None, focus: tuple[int, int] = (-1, -1)
) -> Quote:
    """Return a stretch of a document as a quote."""
    end = len(document.text) if end is None else end
    section = next((block.section for block in document.each_block() if block.end > start), ())
    return Quote(
        source=document.source,
        title=document.title,
        section=section,
        page=None,
        lines=(3, 4),
        start=start,
        end=end,
        text=document.text[start:end],
        url=document.url,
        score=0.5,
        focus=focus,
        blocks=spans_in(document, start, end),
        header=header_row(document, start),
    )


class Folder:
    """A few documents, as a catalogue holds them."""

    def __init__(self, *documents: StoredDocument) -> None:
        self._documents = {document.source: document for document in documents}

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(Source(d.id, d.source, d.title, d.url, d.sections) for d in self._documents.values())

    def document(self, name: str) -> StoredDocument:
        return self._documents[name]


@pytest.fixture(scope="session")
def stored() -> Callable[..., StoredDocument]:
    """Make a stored document of blocks."""
    return _stored


@pytest.fixture(scope="session")
def quoted() -> Callable[..., Quote]:
    """Make a quote of part of a document."""
    return _quoted


@pytest.fixture(scope="session")
def folder() -> type[Folder]:
    """Make what documents are looked up in."""
    return Folder
