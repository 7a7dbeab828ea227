"""A script in place of a language model: it speaks the same API, and of each answer it makes one sentence up."""

from __future__ import annotations

import json
import re
import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager

from aiohttp import web

from bot.cards.escape import escape_line
from bot.playground.address import HOST
from bot.settings import variable
from bot.standin.payload import Json
from index.text.stop_words import content_words
from index.text.words import stemmer

NAME = "script"
"""What the model is called."""

_KEPT = 200
_TRUE = 2
_FEWEST_WORDS, _LONGEST = 4, 240
_NUMBERED = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)
_QUESTION = re.compile(r"^Question: (.*)", re.MULTILINE | re.DOTALL)
_NUMBER = re.compile(r"\d+")
_VERB = re.compile(r"\b(?:is|are|was|were|can|may|must|will|has|have|does|do)\b")


class Script:
    """Writes from the numbered sentences that it is sent, and knows what it wrote."""

    def __init__(self) -> None:
        """Nothing is served before `serving`."""
        self._key = secrets.token_urlsafe(16)
        self._url = ""
        self._drafts: OrderedDict[str, tuple[str, ...]] = OrderedDict()

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """Serve on a free port of loopback, for a while."""
        app = web.Application(client_max_size=2**20)
        app.router.add_post("/v1/chat/completions", self._answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        await web.TCPSite(runner, HOST, 0).start()
        self._url = f"http://{HOST}:{runner.addresses[0][1]}"
        try:
            yield
        finally:
            await runner.cleanup()

    @property
    def variables(self) -> Mapping[str, str]:
        """The settings that have the bot write by this script, as variables."""
        given = {"writer_url": self._url, "writer_model": NAME, "writer_key": self._key, "writer_style": "written"}
        return {variable(field): value for field, value in given.items()}

    def written(self, question: str, card: str) -> Json | None:
        """Return what was written to a question, and which of it stands on the card; None where nothing was."""
        drafted = self._drafts.get(_plain(question))
        if drafted is None:
            return None
        return {
            "model": NAME,
            "sentences": [{"text": sentence, "shown": escape_line(sentence) in card} for sentence in drafted],
        }

    async def _answer(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {self._key}":
            return web.json_response({"error": {"message": "That is not the key."}}, status=401)
        try:
            asked = str((await request.json())["messages"][-1]["content"])
        except (ValueError, LookupError, TypeError):
            return web.json_response({"error": {"message": "That is no chat."}}, status=400)
        question = next(iter(_QUESTION.findall(asked)), "")
        drafted = list(draft(question, [(int(number), text) for number, text in _NUMBERED.findall(asked)]))
        self._keep(question, [text for text, _ in drafted])
        content = {
            "answered": bool(drafted),
            "sentences": [{"text": text, "cites": [number]} for text, number in drafted],
        }
        return web.json_response({"choices": [{"message": {"role": "assistant", "content": json.dumps(content)}}]})

    def _keep(self, question: str, drafted: Sequence[str]) -> None:
        self._drafts[_plain(question)] = tuple(drafted)
        if len(self._drafts) > _KEPT:
            self._drafts.popitem(last=False)


def draft(question: str, sentences: Sequence[tuple[int, str]]) -> Iterator[tuple[str, int]]:
    """Yield the sentences nearest to a question by its words, each with its number, and at last one that is made up."""
    asked = _stems(question)
    near = [sentence for sentence in sentences if _is_plain(sentence[1]) and asked & _stems(sentence[1])]
    nearest = sorted(near, key=lambda sentence: -len(asked & _stems(sentence[1])))[:_TRUE]
    yield from ((text, number) for number, text in nearest)
    if nearest:
        yield made_up(nearest[0][1]), nearest[0][0]


def made_up(text: str) -> str:
    """Return a sentence that says something else: another number, or the opposite."""
    if number := _NUMBER.search(text):
        return f"{text[: number.start()]}{int(number.group()) + 1}{text[number.end() :]}"
    if verb := _VERB.search(text):
        return f"{text[: verb.end()]} not{text[verb.end() :]}"
    return f"It is not true that {text[:1].lower()}{text[1:]}"


def _is_plain(text: str) -> bool:
    return text[:1].isalpha() and len(text.split()) >= _FEWEST_WORDS and len(text) <= _LONGEST


def _stems(text: str) -> frozenset[str]:
    stem = stemmer("en")
    return frozenset(stem(word) for word in content_words(text, "en"))


def _plain(question: str) -> str:
    return " ".join(question.split())
