"""An answer that somebody gave and others keep: one Markdown file, with what is known of it in front."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from index.errors import LibraryError
from index.library.filenames import safe
from index.library.headings import sections

_MOST_NAME = 50
_MOST_HEAD = 16 * 1024

_FRONT = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~$:!&^=]")
_HEADING = re.compile(r"\s*## Said by [^\n]*\n")
_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """A message kept as the answer to a question, its words as they were written: what looks like a heading is text.

    `by` is the role of whoever wrote it, never a name; `until` is the last day on which it holds.
    """

    message: int
    question: str
    words: str
    url: str
    said: date
    by: str
    until: date | None = None

    @property
    def name(self) -> str:
        """The name of its file: some words of the question, and the message's id, which no other has."""
        plain = unicodedata.normalize("NFKC", self.question).lower()
        slug = "-".join(_WORDS.findall(plain))[:_MOST_NAME].strip("-")
        return f"{slug or 'answer'}-{self.message}.md"

    def as_markdown(self) -> str:
        """Return the file's text."""
        import yaml

        front = {"title": self.question, "url": self.url, "date": self.said.isoformat(), "by": self.by}
        if self.until is not None:
            front["until"] = self.until.isoformat()
        head = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=10_000)
        return f"---\n{head}---\n\n{self.section}\n"

    @property
    def section(self) -> str:
        """The words as they were written, below who said them, and when: what citations name."""
        by = " ".join(_MARKUP.sub("", self.by).split()) or "a member"
        return sections([(f"Said by {by}, {self.said.day} {self.said:%B %Y}", self.words)])


def read(path: Path, message: int) -> KeptAnswer | None:
    """Return the answer in a file, its words as they stand there, or None where it is not one that was kept."""
    front = front_matter(path)
    said = day(front.get("date"))
    fields = [front.get(key) for key in ("title", "url", "by")]
    parts = _parts(path)
    if parts is None or said is None or not all(isinstance(field, str) for field in fields):
        return None
    title, url, by = map(str, fields)
    return KeptAnswer(message, title, parts[-1].strip(), url, said, by, day(front.get("until")))


def changed(path: Path, message: int, words: str) -> str | None:
    """Return the text of an answer's file with other words, what stands above them as it is.

    None where they are the same, and where the file is gone or no answer that was kept.
    """
    kept, parts = read(path, message), _parts(path)
    if kept is None or parts is None:
        return None
    section = replace(kept, words=words).section
    heading = _HEADING.match(section)
    shown = section[heading.end() :].strip() if heading else section
    if shown == kept.words:
        return None
    front, above, _ = parts
    return f"{front}\n{above.strip() or (heading[0].strip() if heading else '')}\n\n{shown}\n"


def _parts(path: Path) -> tuple[str, str, str] | None:
    """Return what stands in front of an answer's file, its heading and its words; None where it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    front = match.end() if (match := _FRONT.match(text)) else 0
    above = match.end() if (match := _HEADING.match(text, front)) else front
    return text[:front], text[front:above], text[above:]


def front_matter(path: Path) -> Mapping[str, object]:
    """Return what stands in front of an answer's file; nothing where it holds no such thing, or cannot be read."""
    import yaml

    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            head = _FRONT.match(file.read(_MOST_HEAD))
        parsed = yaml.safe_load(head[1]) if head is not None else None
    except (OSError, ValueError, yaml.YAMLError):
        return {}
    return parsed if isinstance(parsed, dict) else {}


def lapsed(path: Path, today: date) -> date | None:
    """Return the last day on which an answer held, where that is past."""
    until = day(front_matter(path).get("until"))
    return until if until is not None and until < today else None


def day(value: object) -> date | None:
    """Return the day that a value in front of a file stands for, or None."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def folder_in(text: str) -> str:
    """Return the folder that somebody wrote, below the one of all kept answers; "" where they wrote none.

    Raises `LibraryError` where it is none that is read.
    """
    parts = [part.strip() for part in text.strip().strip("/").split("/")]
    if parts == [""]:
        return ""
    if any(safe(part) != part for part in parts):
        raise LibraryError("'{text}' is no folder: write it as “staff”, or leave it empty.", text=text.strip())
    return "/".join(parts)


def until_in(text: str, today: date) -> date | None:
    """Return the day that somebody wrote, None where they wrote none.

    Raises `LibraryError` where it is no day, or is past.
    """
    if not text.strip():
        return None
    try:
        until = date.fromisoformat(text.strip())
    except ValueError as error:
        raise LibraryError(
            "'{text}' is no day: write it as 2031-05-03, or leave it empty.", text=text.strip()
        ) from error
    if until < today:
        raise LibraryError("{day} is past: write a day to come, or leave it empty.", day=until.isoformat())
    return until
