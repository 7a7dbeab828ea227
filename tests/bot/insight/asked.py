"""Questions of a made-up holiday village, in groups that ask for the same, and a journal that holds them."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from bot.privacy import tables
from bot.privacy.journal import add_vectors
from bot.privacy.pseudonyms import hashed, read_or_make
from index.answer.asked import question_text
from index.encode.encoder import Encoder

GROUPS = (
    (
        "When is the pool open?",
        "what are the opening hours of the swimming pool",
        "hi! is the pool open on sundays?",
        "how long can we swim in the evening, pool hours?",
        "pool times please",
    ),
    (
        "Where can I charge my electric car?",
        "is there a charging point for EVs",
        "we come with a tesla, can we charge it there?",
        "charging station for electric cars near the cabins",
        "how much does it cost to charge an electric car",
    ),
    (
        "How do I cancel my booking?",
        "cancel a reservation and get the money back",
        "we cannot come, how can we cancel the booking",
        "is cancelling a booking free of charge?",
        "booking cancellation deadline",
    ),
    (
        "What is the password of the wifi?",
        "wifi password",
        "how do I get on the wireless network in my cabin",
        "no internet, which wlan password do I need?",
        "the wifi asks me for a key",
    ),
    (
        "Are there towels in the cabins?",
        "do we need to bring our own towels and bed linen?",
        "is bed linen included",
        "towels and sheets, are they there or do we bring them",
        "can I rent towels?",
    ),
    (
        "Is there a kids club?",
        "what do you offer for children?",
        "activities for kids of six",
        "childcare during the day",
        "kids programme in the holidays",
    ),
    (
        "My shower has no hot water",
        "water in the shower stays cold",
        "how do I turn the boiler on, there is no warm water",
        "no hot water in cabin 12",
        "shower is cold every morning",
    ),
    (
        "Can I bring my guitar amplifier?",
        "how loud may music be",
        "rules about noise and music at night",
        "until when is loud music allowed?",
        "neighbours play loud music, what are the rules",
    ),
)

DAY = 86_400.0


@dataclass(frozen=True)
class Asking:
    """A question as somebody asked it so many days ago."""

    text: str
    person: int
    days: float = 1.0
    answered: bool = False
    quotes: tuple[tuple[str, int, int], ...] = ()
    author: int | None = None


def key_of(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=8).digest()


def write(
    folder: Path,
    asked: Sequence[Asking],
    encoder: Encoder | None = None,
    *,
    server: int | None = None,
    channel: int | None = None,
) -> None:
    """Write a journal of a channel in a server, with vectors where there is an encoder."""
    now = time.time()
    ids = {b"server": server, b"channel": channel}
    where, there = (hashed(number, read_or_make(folder)) if number else name for name, number in ids.items())
    with closing(sqlite3.connect(folder / "journal.sqlite", isolation_level=None)) as database:
        database.executescript(tables.TABLES)
        for asking in asked:
            who, author = _who(asking.person), _who(asking.author or asking.person)
            content = (asking.text, json.dumps(asking.quotes), 0.5, int(asking.answered))
            row = (now - asking.days * DAY, who, author, there, where, key_of(asking.text), *content)
            database.execute("INSERT INTO questions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        if encoder is not None:
            texts = list({asking.text for asking in asked})
            vectors = encoder.questions([question_text(text) for text in texts])
            add_vectors(database, encoder.fingerprint, zip(map(key_of, texts), vectors, strict=True))


def vote(folder: Path, text: str, person: int, *, up: bool, quote: str | None = None) -> None:
    from bot.privacy.votes import Votes

    votes = Votes(folder / "votes.sqlite")
    votes.record(person, person, up=up, question=key_of(text), quote=quote)
    votes.close()


def _who(person: int) -> bytes:
    return hashed(person, b"salt of the tests")
