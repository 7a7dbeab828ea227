"""How a document goes from the reading process to the one that asked: one line of JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from index.records import Block, BlockKind, Document, LeftOut, Place, SourceFile

MOST_REPLY = 256 * 1024 * 1024
"""Bytes of the longest line that answers: more than the largest document there may be makes (`index/read/draft.py`)."""


def request(file: SourceFile) -> bytes:
    """Return the line that asks for a file."""
    return _line({"source": file.source, "path": str(file.path.absolute()), "member": file.member, "url": file.url})


def requested(line: bytes) -> SourceFile:
    """Return the file that a line asks for."""
    asked = json.loads(line)
    return SourceFile(asked["source"], Path(asked["path"]), asked["member"], asked["url"])


def reply(outcome: Document | LeftOut) -> bytes:
    """Return the line that answers with a document, or with the reason why there is none."""
    if isinstance(outcome, LeftOut):
        return _line({"source": outcome.source, "reason": outcome.reason, "sha256": outcome.sha256})
    fields: dict[str, Any] = {name: getattr(outcome, name) for name in ("source", "title", "text", "sha256", "url")}
    fields["unread"] = outcome.unread
    fields["blocks"] = [[b.kind, b.start, b.end, b.line, b.page, b.section, b.anchor] for b in outcome.blocks]
    fields["places"] = [[place.offset, place.line, place.page] for place in outcome.places]
    return _line(fields)


def replied(line: bytes) -> Document | LeftOut:
    """Return what a line answers with.

    Raises `ValueError` where it is not a whole reply.
    """
    fields = json.loads(line)
    if "reason" in fields:
        return LeftOut(fields["source"], fields["reason"], fields["sha256"])
    fields["unread"] = tuple(fields["unread"])
    fields["blocks"] = tuple(_block(block) for block in fields["blocks"])
    fields["places"] = tuple(Place(*place) for place in fields["places"])
    return Document(**fields)


def _block(fields: list[Any]) -> Block:
    kind, start, end, line, page, section, anchor = fields
    return Block(BlockKind(kind), start, end, line, page, tuple(section), anchor)


def _line(fields: dict[str, Any]) -> bytes:
    return json.dumps(fields).encode("ascii") + b"\n"
