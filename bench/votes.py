"""What votes do to the leads of answers: a replay of votes on real answers, a fifth of which lie.

    python bench/votes.py [--questions 300] [--votes 2000] [--seed 5] [--eval ../shared/eval]

Questions of `squad` that have an answer are asked without the second look, which has been trained on them. Votes on
every second question are cast in rounds, each on the lead that is shown by then: honest people like a lead that holds
the answer and dislike one that does not, and liars do the opposite. The votes go through the bot's own files and back.
The other questions, which nobody votes on, show what votes on close questions do.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from indexes import BATCH, KEPT, indexed
from intervals import share
from sets import EVAL
from tables import show, write

from bot.answering.votes_count import VotesCount
from bot.cards.answer_card import reference_to
from bot.cards.reference import encode, short_hash
from bot.privacy import tables
from bot.privacy.journal import add_vectors
from bot.privacy.votes import Votes
from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.answer.trace import AnswerTrace
from index.encode.encoder import Encoder
from index.encode.local import load_encoder
from index.records import Quote
from index.store.disk.generation import Generation

_QUOTES = 3
_PEOPLE, _LIARS = 300, 9
_ROUNDS = 4
_LIES = {"none": (0.0, 1.0), "a fifth": (0.2, 1.0), "a fifth, all on a tenth of the questions": (0.2, 0.1)}
"""The share of votes that lie, and the share of the questions that they are on."""


@dataclass(frozen=True, slots=True)
class _Asked:
    question: str
    answers: tuple[str, ...]
    trace: AnswerTrace

    @property
    def key(self) -> bytes:
        return short_hash(self.question)

    def is_right(self, quote: Quote) -> bool:
        return any(answer.casefold() in quote.text.casefold() for answer in self.answers)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--questions", type=int, default=300)
    options.add_argument("--votes", type=int, default=2000)
    options.add_argument("--seed", type=int, default=5, help="what questions and votes are drawn with")
    options.add_argument("--eval", type=Path, default=EVAL, help="the folder of sets")
    given = options.parse_args()
    encoder = load_encoder(device="cpu")
    with indexed(given.eval / "squad" / "docs", encoder, kept=KEPT / "squad") as generation:
        asked = _asked(given, generation, encoder)
        rows = [_replayed(name, asked, generation, encoder, given) for name in _LIES]
    show(list(rows[0]), [list(row.values()) for row in rows])
    write("votes", {"rows": rows})


def _asked(given: argparse.Namespace, generation: Generation, encoder: Encoder) -> list[_Asked]:
    lines = [json.loads(line) for line in (given.eval / "squad" / "questions.jsonl").read_text().splitlines()]
    told = [line for line in lines if line["answerable"]]
    sample = random.Random(given.seed).sample(told, min(given.questions, len(told)))  # noqa: S311 -- a sample, no secret
    answerer = Answerer(generation, encoder, quotes=_QUOTES, threshold=0.0)
    traces: list[AnswerTrace] = []
    for at in range(0, len(sample), BATCH):
        traces += answerer.trace_all([Asked(line["question"]) for line in sample[at : at + BATCH]])
    return [
        _Asked(line["question"], tuple(line["answers"]), trace)
        for line, trace in zip(sample, traces, strict=True)
        if trace.answer.quotes
    ]


def _replayed(
    lies: str, asked: Sequence[_Asked], generation: Generation, encoder: Encoder, given: argparse.Namespace
) -> dict[str, str]:
    voted, others = asked[::2], asked[1::2]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_journal(folder, voted, encoder)
        count = VotesCount(folder, counts=True)
        count.turn_to(generation)
        votes = Votes(folder / "votes.sqlite")
        draw = random.Random(given.seed)  # noqa: S311 -- a sample, no secret
        for number in range(given.votes):
            if number % (given.votes // _ROUNDS) == 0:
                count.refresh()
            _cast(votes, count, number, voted, draw, *_LIES[lies])
        votes.close()
        count.refresh()
        return {
            "votes that lie": lies,
            "voted on, before": str(share([one.is_right(one.trace.answer.quotes[0]) for one in voted])),
            "after": str(share([one.is_right(count.applied(one.trace).quotes[0]) for one in voted])),
            "the others, before": str(share([one.is_right(one.trace.answer.quotes[0]) for one in others])),
            "then": str(share([one.is_right(count.applied(one.trace).quotes[0]) for one in others])),
        }


def _cast(  # noqa: PLR0913, PLR0917 -- who votes on what, and how
    votes: Votes,
    count: VotesCount,
    number: int,
    voted: Sequence[_Asked],
    draw: random.Random,
    lying: float,
    among: float,
) -> None:
    lies = draw.random() < lying
    person = draw.randrange(_LIARS) if lies else draw.randrange(_LIARS, _PEOPLE)
    one = voted[draw.randrange(max(int(among * len(voted)), 1) if lies else len(voted))]
    lead = count.applied(one.trace).quotes[0]
    quote = encode(reference_to(lead))
    votes.record(number, person, up=one.is_right(lead) != lies, question=one.key, quote=quote)


def _write_journal(folder: Path, asked: Sequence[_Asked], encoder: Encoder) -> None:
    with closing(sqlite3.connect(folder / "journal.sqlite", isolation_level=None)) as database:
        database.executescript(tables.TABLES)
        known = [(one, one.trace.choice_trace.question.vector) for one in asked if one.trace.choice_trace is not None]
        database.executemany(  # vectors are kept of questions that are
            "INSERT INTO questions VALUES (0, x'', x'', NULL, NULL, ?, ?, '[]', 0, 1)",
            [(one.key, one.question) for one, _ in known],
        )
        add_vectors(database, encoder.fingerprint, [(one.key, vector) for one, vector in known])
        if not database.execute("SELECT 1 FROM vectors").fetchone():
            raise RuntimeError("The journal has kept no vectors: no vote would count.")


if __name__ == "__main__":
    main()
