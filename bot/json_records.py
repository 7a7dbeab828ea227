"""Answers and excerpts as JSON, for programs that read them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from index.records import Answer
from index.store.lookup import Excerpt


def of_answer(answer: Answer) -> dict[str, Any]:
    """Return an answer without the time of each step and without what cards are made by.

    A quote has a `note` where a moderator has written one.
    """
    record = asdict(answer)
    del record["steps"], record["is_block"], record["has_further"]
    for quote in (*record["quotes"], *record["closest"]):
        del quote["blocks"], quote["header"], quote["date"], quote["version"]
        if not quote["note"]:
            del quote["note"]
    return record


def of_excerpt(excerpt: Excerpt) -> dict[str, Any]:
    """Return part of a document: its name, and its blocks with their text and their places."""
    document = excerpt.document
    blocks = [
        {
            "kind": block.kind,
            "start": block.start,
            "end": block.end,
            "line": block.line,
            "page": block.page,
            "section": block.section,
            "text": document.text[block.start : block.end],
        }
        for block in excerpt.blocks
    ]
    return {"source": document.source, "title": document.title, "url": document.url, "blocks": blocks}
