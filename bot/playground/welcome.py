"""The welcome card: what this is, what can be asked, and what differs from Discord."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

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
_LEAVES = "Nothing leaves this machine but {texts}."
_TO_ENCODER = "texts for the embedding server that QUOTH_ENCODER_URL names"
_TO_WRITER = "questions, with sentences of documents, for the language model that QUOTH_WRITER_URL names"
_SCRIPTED = " A script on this machine writes in place of a language model: of each answer it makes one sentence up."


@dataclass(frozen=True)
class Welcome:
    """The card, with questions that the documents answer.

    `remote` tells whether another server runs the model, and `writer` which one writes: none (None), the one that the
    settings name, or a script.
    """

    questions: tuple[str, ...] = ()
    remote: bool = False
    writer: Literal["server", "script"] | None = None

    def as_json(self) -> Json:
        """Return what the page is told."""
        text = _TEXT + (_SCRIPTED if self.writer == "script" else "")
        notice = _NOTICE.format(leaves=self._leaves())
        return {"title": _TITLE, "text": text, "questions": list(self.questions), "notice": notice}

    def _leaves(self) -> str:
        texts = [_TO_ENCODER] * self.remote + [_TO_WRITER] * (self.writer == "server")
        return _LEAVES.format(texts=" and ".join(texts)) if texts else _NOTHING_LEAVES


def welcome(settings: Settings, *, scripted: bool = False) -> Welcome:
    """Return the card for a user's settings: with the questions in `.questions` among the documents, if it is there.

    `scripted` tells whether a script writes.
    """
    questions = tuple(_questions(settings.documents)[:MOST_QUESTIONS])
    writer: Literal["server", "script"] | None = "script" if scripted else "server" if settings.writer_url else None
    return Welcome(questions, settings.encoder_url is not None, writer)


def _questions(documents: Path) -> list[str]:
    try:
        lines = (documents / QUESTIONS_FILE).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    return [line.strip()[:LONGEST_QUESTION] for line in lines if line.strip()]
