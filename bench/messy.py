"""Whether questions are still answered when they are typed as people type into a chat.

    python bench/messy.py [--limit 400] [--first-look] [--seed 3] [--eval ../shared/eval]

Answerable questions of the set `squad`, as they are; with a greeting, a story and thanks around them; with two slips of
the finger in words of four letters and more (two letters swapped, one left out, doubled, or replaced by its neighbour
on the keyboard); and in the spelling of chats: small letters, no apostrophes, no question mark, "u", "pls", "idk". The
focus is right if it holds a gold answer, case folded. The packaged reranker has seen these questions, as they are, in
training: compare the ways of typing with each other.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable
from pathlib import Path

from indexes import KEPT, add_look, answers, indexed
from intervals import share
from sets import EVAL, Labelled, questions
from tables import show, write

from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.answer.reranker.pointer import Pointer
from index.encode.local import load_encoder
from index.records import Answer, Quote

_QUOTES = 3

_BEFORE = (
    "hi all!",
    "Hello, I hope this is the right place to ask.",
    "hey guys, quick one.",
    "Good evening everyone :wave: I've been looking through the pages for an hour and I'm getting nowhere.",
    "ok so my brother and I have been arguing about this since dinner, and neither of us wants to give in.",
    "Sorry if this has been asked before, I couldn't find it with the search.",
    "Not sure if anyone here knows, but I have a test on Monday and my notes are a mess.",
    "First of all, great work on this bot, I love it!",
    "I'm new here, so please be kind.",
    "so I was reading on the train this morning and one thing keeps bugging me.",
    "Hey <@183726450913827461>, you always know these things.",
    "Long time lurker, first time poster.",
)
_ASKING = ("", "", "my question is: ", "what I'd like to know: ", "can somebody tell me, ", "does anyone know ")
_AFTER = (
    "thanks!",
    "Thanks in advance for any help, I really appreciate it.",
    "any idea? I've tried everything I could think of.",
    "pls help, it's kind of urgent lol",
    "Cheers, and have a great weekend everybody!",
    "If this is the wrong channel just tell me and I'll move it.",
    "I asked a friend, who had no clue either :sweat_smile:",
    "ty <3",
)
_SPELLED = {"you": "u", "your": "ur", "please": "pls", "are": "r", "because": "cuz", "people": "ppl", "through": "thru"}
_NEIGHBOURS = dict(zip("abcdefghijklmnopqrstuvwxyz", "svxfrghjoklknmpowtdyibecux", strict=True))
"""To the side of each letter on an English keyboard."""

_LONG = re.compile(r"[A-Za-z]{4,}")


def main() -> None:
    given = _arguments()
    chance = random.Random(given.seed)  # noqa: S311 -- a draw, no secret
    asked = [question for question in questions(given.eval / "squad") if question.answerable]
    asked = chance.sample(asked, min(given.limit, len(asked)))
    encoder = load_encoder()
    look = None if given.first_look else Pointer("cpu")
    rows = []
    with indexed(given.eval / "squad" / "docs", encoder, kept=KEPT / "squad") as generation:
        answerer = Answerer(generation, encoder, quotes=_QUOTES, threshold=None, reranker=look)
        for name, typed in _WAYS.items():
            results = answers(answerer, [Asked(typed(question.question, chance)) for question in asked])
            rows.append((name, *_figures(asked, results)))
    columns = ("as typed", "the focus holds the answer", "one of three quotes holds it", "answered", "of")
    show(columns, rows)
    write("messy", {name: [str(figure) for figure in figures] for name, *figures in rows})


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--limit", type=int, default=400)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--eval", type=Path, default=EVAL, help="the folder of sets")
    add_look(parser)
    return parser.parse_args()


def _figures(asked: list[Labelled], results: list[Answer]) -> tuple[object, ...]:
    quoted = [answer.quotes or answer.closest for answer in results]
    focus = [_holds(question, _focus(quotes[0])) for question, quotes in zip(asked, quoted, strict=True)]
    three = [question.held_by(*quotes) for question, quotes in zip(asked, quoted, strict=True)]
    return share(focus), share(three), share([answer.answered for answer in results]), len(asked)


def _focus(quote: Quote) -> str:
    start, end = quote.focus
    return quote.text[start - quote.start : end - quote.start]


def _holds(question: Labelled, text: str) -> bool:
    return any(answer.casefold() in text.casefold() for answer in question.answers)


def _as_it_is(question: str, _: random.Random) -> str:
    return question


def _rambling(question: str, chance: random.Random) -> str:
    asking = chance.choice(_ASKING)
    said = f"{asking}{question[0].lower()}{question[1:]}" if asking else question
    return " ".join(
        (*chance.sample(_BEFORE, chance.choice((1, 2))), said, *chance.sample(_AFTER, chance.choice((1, 2))))
    )


def _slips(question: str, chance: random.Random) -> str:
    words = list(_LONG.finditer(question))
    for word in sorted(chance.sample(words, min(2, len(words))), key=lambda match: -match.start()):
        question = question[: word.start()] + _slip(word[0], chance) + question[word.end() :]
    return question


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    before, here, after = word[:at], word[at], word[at + 1 :]
    return chance.choice(
        (
            f"{before}{after[0]}{here}{after[1:]}",
            f"{before}{after}",
            f"{before}{here}{here}{after}",
            f"{before}{_NEIGHBOURS[here.lower()]}{after}",
        )
    )


def _chat(question: str, chance: random.Random) -> str:
    text = re.sub(r"\b(what|who|where|how|when|that) is\b", r"\1s", question.lower().rstrip("? "))
    text = re.sub(r"\b(did|does|do|is|was|are|could|would) not\b", r"\1nt", text.replace("n't", "nt").replace("'", ""))
    text = re.sub(r"[a-z]+", lambda word: _SPELLED.get(word[0], word[0]), text)
    return chance.choice(("{} pls", "idk {}", "yo {}", "{} lol", "im wondering {}", "{} thx", "{}")).format(text)


_WAYS: dict[str, Callable[[str, random.Random], str]] = {
    "as it is": _as_it_is,
    "rambling": _rambling,
    "two slips": _slips,
    "in the spelling of chats": _chat,
}


if __name__ == "__main__":
    main()
