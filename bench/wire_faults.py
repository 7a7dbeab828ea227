"""Many people ask while the gateway and the API fail: what is lost, doubled or sent to the wrong person."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tables import show, write
from wire_bot import bot_on, material, quantiles
from wire_chaos import Chaos
from wire_crowd import Crowd
from wire_description import broken
from wire_ledger import Ledger, Standing

from bot.standin import playground

_SETTLE = 10.0
"""Seconds after the last answer in which a second one may still come."""


async def faults(folder: Path, openapi: Path | None, count: int, seed: int) -> None:
    """Ask `count` questions of the set in `folder`; those that Discord itself never delivered are asked again."""
    documents, texts = material(folder)
    with tempfile.TemporaryDirectory() as place:
        async with playground() as discord:
            async with bot_on(discord, documents, Path(place)) as bot:
                crowd = Crowd(discord, texts, seed)
                began = time.monotonic()
                async with Chaos(discord, seed) as chaos:
                    await crowd.ask(count)
                seconds = time.monotonic() - began
                await asyncio.sleep(_SETTLE)
            complaints = bot.complaints()
        wrong = [*discord.api.violations, *(broken(discord.api.log, openapi) if openapi else [])]
    _Report(crowd.ledger, chaos.counts, complaints, wrong, checked=openapi is not None).show(seconds)


@dataclass(frozen=True)
class _Report:
    """What came of a run; `wrong` are requests that break Discord's description, if that was `checked`."""

    ledger: Ledger
    faults: dict[str, int]
    complaints: Counter[str]
    wrong: list[str]
    checked: bool

    def show(self, seconds: float) -> None:
        """Print it and write it down; the questions took `seconds`."""
        asked = self.ledger.asked
        standings = Counter(question.standing for question in asked)
        delivered = len(asked) - standings[Standing.UNDELIVERED]
        bars = self._bars(standings)
        own = {
            "never delivered, as there was no session; asked again": standings[Standing.UNDELIVERED],
            "delivered when the token was dead, and not answered": standings[Standing.DEAD],
        }
        outlived = sum(question.outlived() for question in asked)
        whole = quantiles([question.seconds for question in asked if question.standing is Standing.ANSWERED])
        show((f"of {delivered} questions", "answers", "bar"), [(name, figure, 0) for name, figure in bars.items()])
        show(("Discord's own loss", "questions"), list(own.items()))
        show(("what went wrong", "times"), list(self.faults.items()))
        print(f"Answers took {', '.join(f'{name} {whole[name]:.2f} s' for name in ('p50', 'p99', 'max'))}.")
        print(f"{outlived} commands that Discord had given up on were answered by a message. {seconds:.0f} s in all.")
        self._complain()
        content = {"questions": delivered, "seconds": seconds, "answer": whole, "outlived": outlived}
        log = dict(self.complaints)
        write("wire-faults", content | {"bars": bars, "discord": own, "faults": self.faults, "log": log})

    def _bars(self, standings: Counter[Standing | None]) -> dict[str, int | str]:
        doubled = sum(len(question.answers()) > 1 for question in self.ledger.asked)
        return {
            "lost": standings[Standing.LOST],
            "an error in place of an answer": standings[Standing.ERROR],
            "doubled": doubled + len(self.ledger.strays()),
            "sent to the wrong person": standings[Standing.WRONG],
            "requests that break the description": len(self.wrong) if self.checked else "not checked",
            "mentions that would ping": len(self.ledger.pings),
        }

    def _complain(self) -> None:
        for complaint, times in self.complaints.items():
            print(f"{times} times: {complaint}")
        for question in self.ledger.asked:
            if question.standing not in {Standing.ANSWERED, Standing.UNDELIVERED} or len(question.answers()) > 1:
                print(question)
        for wrong in dict.fromkeys(self.wrong):
            print(wrong)
