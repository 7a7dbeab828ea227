"""Jupyter notebooks (IPYNB): their text as Markdown, their code and what it printed as code; pictures are left out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from index.errors import UnreadableError
from index.read.decoding import decoded
from index.read.draft import Draft
from index.read.frontmatter import parted
from index.read.html.blocks import add_html
from index.read.markdown.reader import read_markdown
from index.records import BlockKind

_CONTROLS = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\))")
"""What a program prints to colour a terminal, to move in it and to link in it."""

_LEFT_OUT = re.compile(r"(?:remove|hide)[-_](?:cell|input|output)")
"""Tags of cells, or parts of cells, that their author keeps from readers (Jupyter Book)."""

_QUARTO = re.compile(r"#\|\s*(include|echo|output)\s*:\s*false\b")
_QUARTO_PARTS = {"include": "cell", "echo": "input", "output": "output"}

_Cell = Mapping[str, Any]


def read_notebook(data: bytes) -> Draft:
    """Read a notebook of any version of the format; it has no lines of its own, so they are those of the text."""
    draft = Draft(own_lines=True)
    for cell in _cells(data):
        hidden = _hidden(cell)
        if "cell" in hidden:
            continue
        if "input" not in hidden:
            _add_source(draft, cell)
        if "output" not in hidden:
            for output in _maps(cell.get("outputs")):
                _add_output(draft, output)
    draft.title = draft.title or draft.first_heading
    return draft


def _cells(data: bytes) -> list[_Cell]:
    try:
        notebook = json.loads(decoded(data))
    except ValueError as error:
        raise UnreadableError("is not a Jupyter notebook, or is damaged") from error
    if not isinstance(notebook, dict) or not {"cells", "worksheets"} & notebook.keys():
        raise UnreadableError("is not a Jupyter notebook, or is damaged")
    sheets = [notebook, *_maps(notebook.get("worksheets"))]  # before version 4 cells stood in sheets
    return [cell for sheet in sheets for cell in _maps(sheet.get("cells"))]


def _hidden(cell: _Cell) -> set[str]:
    """Return which of `cell`, `input` and `output` its author keeps from readers."""
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    hidden = {
        re.split("[-_]", tag)[1]
        for tag in (tags if isinstance(tags, list) else [])
        if isinstance(tag, str) and _LEFT_OUT.fullmatch(tag) and (tag.startswith("remove") or tag.endswith("cell"))
    }
    if isinstance(metadata, dict) and metadata.get("nbsphinx") == "hidden":
        hidden.add("cell")
    if cell.get("cell_type") == "code":
        hidden |= {_QUARTO_PARTS[option] for option in _QUARTO.findall(_text(cell.get("source")))}
    return hidden


def _add_source(draft: Draft, cell: _Cell) -> None:
    source = _text(cell.get("source", cell.get("input")))
    match cell.get("cell_type"):
        case "markdown":
            _add_markdown(draft, source)
        case "heading":  # before version 4
            level = cell.get("level")
            draft.heading(level if isinstance(level, int) and level > 0 else 1, [(source, 1)])
        case "raw":
            _add_raw(draft, source, cell.get("metadata"))
        case "code":
            _add_code(draft, source)


def _add_raw(draft: Draft, source: str, metadata: object) -> None:
    """Add what is put into pages of one kind as it is: HTML, Markdown, or front matter, as Quarto has it."""
    given = metadata if isinstance(metadata, dict) else {}
    kind = str(given.get("raw_mimetype") or given.get("format") or "")
    if kind.endswith("/html"):
        add_html(draft, source, lambda _: 1)
    elif kind.endswith("/markdown") or parted(source)[1] != source:
        _add_markdown(draft, source)
    elif not kind.endswith(("/latex", "/pdf")):
        _add_code(draft, source)


def _add_markdown(draft: Draft, source: str) -> None:
    part = read_markdown(source.encode("utf-8", "replace"))
    draft.title = draft.title or (part.title if part.title != part.first_heading else None)
    draft.url = draft.url or part.url
    draft.values = draft.values or part.values
    draft.absorb(part)


def _add_output(draft: Draft, output: _Cell) -> None:
    data = output.get("data", output)
    if not isinstance(data, dict):
        return
    if "text/markdown" in data:
        _add_markdown(draft, _text(data["text/markdown"]))
    elif output.get("output_type") in {"error", "pyerr"}:
        _add_printed(draft, ": ".join(filter(None, (_text(output.get("ename")), _text(output.get("evalue"))))))
    elif not any(kind.startswith(("image/", "application/vnd")) or kind in {"png", "jpeg", "svg"} for kind in data):
        text = _text(data.get("text/plain", data.get("text")))
        if text or "text/html" not in data:
            _add_printed(draft, text)
        else:
            add_html(draft, _text(data["text/html"]), lambda _: 1)


def _add_code(draft: Draft, source: str) -> None:
    draft.verbatim(BlockKind.CODE, [(line, 1) for line in source.split("\n") if not line.startswith("#|")])


def _add_printed(draft: Draft, text: str) -> None:
    draft.verbatim(BlockKind.CODE, [(line, 1) for line in _CONTROLS.sub("", text).split("\n")])


def _text(value: object) -> str:
    """Return a text that is stored whole or as a list of its lines."""
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""


def _maps(value: object) -> Iterator[_Cell]:
    return (entry for entry in value if isinstance(entry, dict)) if isinstance(value, Sequence) else iter(())
