"""The welcome card: what this is, what can be asked, and what differs from Discord."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.settings import Settings
from bot.standin.payload import Json

QUESTIONS_FILE = ".questions"
"""A file among the documents with a question a line, for the card; its name begins with a dot, so it is not read."""

MOST_QUESTIONS = 3
LONGEST_QUESTION = 200

_TITLE = "This is Quoth, without Discord"
_TEXT = (
    "The bot that runs here is the one that would run on your server. Ask it something: by /ask, by mentioning it, or "
    "in #questions, where it answers unasked. Drop files on the page to try it with your own documents."
)
_NOTICE = (
    "A stand-in for Discord on your own machine: the bot talks to it as it would to Discord. {leaves} It knows what "
    "the bot uses and no more: there are no uploads in messages, voice, calls, search, pins or settings, all people "
    "are you, and all is gone when it ends."
)
_NOTHING_LEAVES = "Nothing leaves this machine."
_TEXTS_LEAVE = "Nothing leaves this machine but texts for the embedding server that QUOTH_ENCODER_URL names."


@dataclass(frozen=True)
class Welcome:
    """The card, with questions that the documents answer; `remote` tells whether another server runs the model."""

    questions: tuple[str, ...] = ()
    remote: bool = False

    def as_json(self) -> Json:
        """Return what the page is told."""
        notice = _NOTICE.format(leaves=_TEXTS_LEAVE if self.remote else _NOTHING_LEAVES)
        return {"title": _TITLE, "text": _TEXT, "questions": list(self.questions), "notice": notice}


def welcome(settings: Settings) -> Welcome:
    """Return the card for a user's settings: with the questions in `.questions` among the documents, if it is there."""
    return Welcome(tuple(_questions(settings.documents)[:MOST_QUESTIONS]), settings.encoder_url is not None)


def _questions(documents: Path) -> list[str]:
    try:
        lines = (documents / QUESTIONS_FILE).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    return [line.strip()[:LONGEST_QUESTION] for line in lines if line.strip()]
