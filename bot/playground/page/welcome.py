"""The welcome card: what this is, what can be asked, and what differs from Discord."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.playground.payload import Json

QUESTIONS_FILE = ".questions"
"""A file among the documents with a question a line, for the card; its name begins with a dot, so it is not read."""

_MOST_QUESTIONS = 3
_LONGEST_QUESTION = 200

_TITLE = "This is Quoth, without Discord"
_TEXT = (
    "The bot that runs here is the one that would run on your server. Ask it something: by /ask, by mentioning it, or "
    "in #questions, where it answers unasked. Drop files on the page to try it with your own documents."
)
_NOTICE = (
    "A stand-in for Discord on your own machine: the bot talks to it as it would to Discord, and nothing leaves this "
    "machine. It knows what the bot uses and no more: there are no uploads in messages, voice, calls, search, pins or "
    "settings, all people are you, and all is gone when it ends."
)


@dataclass(frozen=True)
class Welcome:
    """The card, with questions that the documents answer."""

    questions: tuple[str, ...] = ()

    def as_json(self) -> Json:
        """Return what the page is told."""
        return {"title": _TITLE, "text": _TEXT, "questions": list(self.questions), "notice": _NOTICE}


def welcome(documents: Path) -> Welcome:
    """Return the card for a documents folder: with the questions in its `.questions`, where there is one."""
    try:
        lines = (documents / QUESTIONS_FILE).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return Welcome()
    questions = [line.strip()[:_LONGEST_QUESTION] for line in lines if line.strip()]
    return Welcome(tuple(questions[:_MOST_QUESTIONS]))
