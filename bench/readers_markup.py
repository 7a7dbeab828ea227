"""Lines of stored text, outside of code, in which markup of a source is left."""

from __future__ import annotations

import re
from pathlib import Path

from index.read.folder import walk
from index.read.readers import Readers
from index.records import BlockKind, Document

_LEFT = re.compile(
    r"^\s*\.\.\s+(?:[\w:-]+::|_\w)"  # a directive or a label of reStructuredText
    r"|:::|^\s*(?:!!!|\?\?\?\+?|===)\s+\w"  # boxes and tabs
    r"|\{%-?\s*\w|\{\{[<%]|\{\{\s*[$\w.]+\s*\}\}"  # shortcodes and templates
    r"|(?<!\w):[a-z]+(?:[:-][a-z]+)*:`[^`\s][^`]*`|\{[a-z][\w:-]*\}`"  # roles
    r"|</?[A-Z]\w*(?:\s+[\w:@-]+=[^<>]*)/?>|<[A-Z]\w*\s*/>|</[A-Z]\w*>"  # components with attributes, or ended
    r"|!?\[\[[A-Za-z][^\[\]]*\]\]|\[![A-Z]+\]"  # wiki links, alerts
    r"|!\[[^\]]*\]\([^)]*\)|\{[:.#][\w-]+[^{}]*\}$|<!--|\{/\*"  # pictures, attributes, comments
    r"|^import .+ from ['\"]|^\|.*\|\s*\|?[-:| ]{5,}$"  # imports, tables
)


def left_in(folder: Path) -> tuple[int, int, float]:
    """Return how many lines there are in a tree, how many of them hold markup, and how many that is of 10,000.

    Markup that its author wrote as code, so that it is seen, is none that is left.
    """
    count, left = 0, []
    files = walk(folder).files
    with Readers() as readers:
        for file, document in zip(files, readers.read(files), strict=True):
            lines = [line for line in _lines(document) if line.strip()] if isinstance(document, Document) else []
            count += len(lines)
            source = file.path.read_text("utf-8", "replace") if any(map(_LEFT.search, lines)) else ""
            left += [f"{file.source}: {line}" for line in lines if _is_left(line, source)]
    for line in left:
        print(f"markup in {line[:160]}")
    return count, len(left), round(10_000 * len(left) / max(1, count), 1)


def _is_left(line: str, source: str) -> bool:
    return any(
        not re.search(rf"`[^`\n]*{re.escape(match[0].strip())}[^`\n]*`", source) for match in _LEFT.finditer(line)
    )


def _lines(document: Document) -> list[str]:
    return [
        line
        for block in document.blocks
        if block.kind is not BlockKind.CODE
        for line in document.text[block.start : block.end].split("\n")
    ]
