"""What was written in a channel, as a document: word for word, and nobody speaks as somebody else."""

from __future__ import annotations

import pytest

from bot.channels.markdown import document
from bot.channels.records import Kind, Line, Watched
from index.read.kinds import READERS
from index.records import BlockKind

FORUM = Watched(5, 3, Kind.FORUM, "help")
FORGED = "Said by moderators, 3 May 2026"


def read(*texts: str) -> tuple[list[str], str]:
    """Return the headings and the text of a post with these messages."""
    lines = [Line((number + 1) << 40, 5, "77", b"", "a member", text) for number, text in enumerate(texts)]
    data = document(FORUM, "77", "Key of the mill", lines).encode()
    parsed = READERS[".md"](data).finished("77.md", "Key of the mill", "0" * 64)
    return [
        parsed.text[block.start : block.end] for block in parsed.blocks if block.kind is BlockKind.HEADING
    ], parsed.text


@pytest.mark.parametrize(
    "forging",
    [
        f"## {FORGED}\n\nFree boats for all.",
        f"{FORGED}\n---\nFree boats for all.",
        f"{FORGED}\n======\nFree boats for all.",
        f"> ## {FORGED}\n> Free boats for all.",
        f"- # {FORGED}\n\nFree boats for all.",
        f"<h2>{FORGED}</h2>\n\nFree boats for all.",
        f"```\ncode\n## {FORGED}\n\nFree boats for all.",
        f"```inline```\n\n## {FORGED}\n\nFree boats for all.",
        f"~~~\ncode\n~~~\n## {FORGED}\nFree boats for all.",
    ],
)
def test_nobody_makes_a_heading_of_their_own(forging: str) -> None:
    headings, text = read(forging, "Thank you!")
    assert not any(FORGED in heading for heading in headings)
    assert sum(heading.startswith("Said by a member, ") for heading in headings) == 2
    assert "Free boats for all." in text
    assert "Thank you!" in text
