"""64 people ask at once, wave after wave: before the index is rebuilt, and meanwhile."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import cycle, islice
from pathlib import Path

from tables import show, write
from wire_bot import BotProcess, bot_on, material, quantiles

from bot.cards.answer_card import asked_line
from bot.standin import NoAnswerError, Permission, Person, Response, StandIn, playground

_PEOPLE = 64
_QUIET_WAVES, _MOST_WAVES = 15, 500
_PATIENCE = 60.0


async def load(folder: Path) -> None:
    """Ask the questions of the set in `folder`, and others while every passage of its documents is encoded anew."""
    there, texts = material(folder)
    with tempfile.TemporaryDirectory() as place:
        documents = Path(place) / "documents"
        shutil.copytree(there, documents, copy_function=shutil.copyfile)
        async with playground() as discord:
            async with bot_on(discord, documents, Path(place)) as bot:
                people = [discord.person(f"person{number}") for number in range(_PEOPLE)]
                known = cycle(texts)
                await _wave(discord, people, islice(known, _PEOPLE))  # warm
                quiet: Asked = []
                for _turn in range(_QUIET_WAVES):
                    quiet += await _wave(discord, people, islice(known, _PEOPLE))
                _change(documents)
                began = time.time()
                asked, rebuilt = await _waves(discord, people, known)
                ended = time.time()
            _report(bot, quiet, asked, rebuilt, (began, ended))


def _change(documents: Path) -> None:
    """Change every sentence, so that nothing that was encoded before can be taken over."""
    for file in documents.rglob("*.*"):
        file.write_text(file.read_text("utf-8").replace(". ", ", as they say. "), "utf-8")


Asked = list[tuple[Response, str, float | None]]


async def _waves(discord: StandIn, people: list[Person], known: Iterator[str]) -> tuple[Asked, float]:
    """Ask until the rebuild is over, and once more; return what was asked and how long the rebuild took."""
    keeper = discord.person("keeper", discord.role("keepers", Permission.MANAGE_GUILD))
    rebuild = keeper.slash(discord.channel, "index rebuild")
    over = asyncio.create_task(rebuild.when(lambda seen: "Rebuilding" not in seen.text, 600))
    asked: Asked = []
    for _turn in range(_MOST_WAVES):
        last = over.done()
        asked += await _wave(discord, people, islice(known, _PEOPLE))
        if last:
            break
    report = await over
    print(report.text.splitlines()[1])
    return asked, report.at - rebuild.interaction.created_at


async def _wave(discord: StandIn, people: list[Person], some: Iterable[str]) -> Asked:
    """Have everyone ask at the same moment, and wait for all answers."""
    sent = [
        (person.slash(discord.channel, "ask", question=question), question)
        for person, question in zip(people, some, strict=False)
    ]
    return list(await asyncio.gather(*(_answered(response, question) for response, question in sent)))


async def _answered(response: Response, question: str) -> tuple[Response, str, float | None]:
    try:
        await response.answer(_PATIENCE)
    except NoAnswerError:
        return response, question, None
    return response, question, time.time() - response.interaction.created_at


def _report(bot: BotProcess, quiet: Asked, asked: Asked, rebuilt: float, window: tuple[float, float]) -> None:
    first = quantiles([response.seconds for response, _, _ in asked if response.seconds is not None])
    alone, whole = (quantiles([seconds for _, _, seconds in some if seconds is not None]) for some in (quiet, asked))
    lag = quantiles(bot.lags(*window))
    right = sum(
        seconds is not None and response.versions[-1].text.startswith(asked_line(question))
        for response, question, seconds in (*quiet, *asked)
    )
    rows = [
        ("whole answer, no rebuild", *_cells(alone, 1, "s"), "p50 ≤ 0.8 s, max ≤ 2 s"),
        ("first response", *_cells(first, 1, "s"), "p99 ≤ 1 s, max ≤ 3 s"),
        ("whole answer", *_cells(whole, 1, "s"), ""),
        ("event-loop lag", *_cells(lag, 1000, "ms"), "p99 ≤ 50 ms"),
    ]
    show(("what", "n", "p50", "p99", "max", "bar"), rows)
    print(f"{len(quiet) + len(asked)} asked, {right} answered with the right answer; the rebuild took {rebuilt:.1f} s.")
    for complaint, times in bot.complaints().items():
        print(f"{times} times: {complaint}")
    counts = {"asked": len(quiet) + len(asked), "right": right, "rebuild_seconds": rebuilt}
    write("wire-load", counts | {"no_rebuild": alone, "first_response": first, "answer": whole, "lag": lag})


def _cells(figures: dict[str, float], scale: float, unit: str) -> tuple[str, ...]:
    return (str(figures["n"]), *(f"{scale * figures[name]:.3g} {unit}" for name in ("p50", "p99", "max")))
