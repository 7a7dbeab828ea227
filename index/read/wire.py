"""How a document goes from the reading process to the one that asked: one line of JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from index.records import Block, BlockKind, Document, LeftOut, Place, SourceFile

MOST_REPLY = 256 * 1024 * 1024
"""Bytes of the longest line that answers: more than the largest document there may be makes (`index/read/draft.py`)."""


TOO_MUCH = "needs more than"
WANT_OF_MEMORY = "for want of memory"
"""What the reasons hold why a file, or a page of it, was left out that does not fit into the process's memory."""

_AS_THEY_ARE = ("source", "title", "text", "sha256", "url", "unread", "shown", "date", "version")


def request(file: SourceFile) -> bytes:
    """Return the line that asks for a file."""
    top = None if file.top is None else str(file.top.absolute())
    path = str(file.path.absolute())
    return _line({"source": file.source, "path": path, "member": file.member, "url": file.url, "top": top})


def requested(line: bytes) -> SourceFile:
    """Return the file that a line asks for."""
    asked = json.loads(line)
    top = None if asked["top"] is None else Path(asked["top"])
    return SourceFile(asked["source"], Path(asked["path"]), asked["member"], asked["url"], top)


def reply(outcome: Document | LeftOut) -> bytes:
    """Return the line that answers with a document, or with the reason why there is none."""
    if isinstance(outcome, LeftOut):
        names = ("source", "reason", "sha256", "shown")
        return _line({name: getattr(outcome, name) for name in names})
    fields: dict[str, Any] = {name: getattr(outcome, name) for name in _AS_THEY_ARE}
    fields["blocks"] = [[b.kind, b.start, b.end, b.line, b.page, b.section, b.anchor] for b in outcome.blocks]
    fields["places"] = [[place.offset, place.line, place.page] for place in outcome.places]
    return _line(fields)


def replied(line: bytes) -> Document | LeftOut:
    """Return what a line answers with.

    Raises `ValueError` where it is not a whole reply.
    """
    fields = json.loads(line)
    if "reason" in fields:
        return LeftOut(**fields)
    fields["unread"] = tuple(fields["unread"])
    fields["blocks"] = tuple(_block(block) for block in fields["blocks"])
    fields["places"] = tuple(Place(*place) for place in fields["places"])
    return Document(**fields)


def _block(fields: list[Any]) -> Block:
    kind, start, end, line, page, section, anchor = fields
    return Block(BlockKind(kind), start, end, line, page, tuple(section), anchor)


def _line(fields: dict[str, Any]) -> bytes:
    return json.dumps(fields).encode("ascii") + b"\n"
