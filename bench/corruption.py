"""Damage to an index: bytes flipped, files cut short, longer or gone, one at a time; then it is asked, and verified.

    python bench/corruption.py [--flips 2000] [--seed 1]

The index has two generations over small documents. Each damage is done to a file of the newer one, or to `CURRENT`, and
undone again. Three ways to meet it: `quoth index verify` has to name the file; the bot opens the index as it always
does, and answers; it opens it without comparing files of any length with their checksums, as it does with large ones,
and answers. An answer is wrong unless its quotes, to the letter and with title, section, link, lines and page, are
what the undamaged documents say.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tables import show, write

from bot.answering.standby import Standby
from bot.settings import Settings
from index.answer.asked import Asked
from index.build.builder import Builder, BuildSettings
from index.encode.encoder import Encoder
from index.encode.local import load_encoder
from index.errors import DamagedError, QuothError
from index.records import Answer
from index.store.disk import generation as opening
from index.store.disk.generation import Generation
from index.store.disk.shelf import Shelf
from index.store.disk.verify import verify
from index.store.fallback import Damage

ASKED = (
    "How long do cats sleep?",
    "Who baked the rye bread?",
    "What is the length of the bridge?",
    "Where may dogs go?",
)

DONE = ("flipped", "missing", "cut short", "longer")

_DOCUMENTS = {
    "cats.md": "---\ntitle: Cats\nurl: https://cats.example\n---\n# Cats\n\nCats sleep for {} hours a day.\n\n"
    "## Food\n\nA grown cat eats 250 grams of meat a day.\n\n```\nfeed(cat)\n```\n",
    "bakery.txt": "The bakery opens at six.\n\nIts rye bread was baked by Marta Lindqvist for {} years.\n",
    "town/bridge.html": "<h1>The bridge</h1><p>Its length is 412 metres.</p>"
    "<table><tr><th>Pier</th><td>{}</td></tr></table>",
    "rules.md": "# Rules\n\nDogs may go anywhere on a leash.\n\nQuiet hours begin at {} in the evening.\n",
}


@dataclass(frozen=True)
class Tried:
    """A shelf to be damaged: the folder of its newer generation, and both of them as they are undamaged."""

    settings: Settings
    encoder: Encoder
    place: Path
    sound: dict[str, Generation]

    @property
    def files(self) -> list[Path]:
        return [*sorted(path for path in self.place.rglob("*") if path.is_file()), self.settings.data / "CURRENT"]


@dataclass
class Tally:
    """How often what came of damage; `failures` are those that must not be."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


def built(folder: Path, encoder: Encoder) -> Tried:
    """Build two generations in `folder`."""
    settings = Settings(documents=folder / "documents", data=folder / "data", reranker="off", _env_file=None)
    shelf = Shelf(settings.data)
    for hours in (10, 16):
        for name, text in _DOCUMENTS.items():
            path = settings.documents / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.format(hours), "utf-8")
        Builder(shelf, encoder, BuildSettings()).build(settings.documents, lambda *_: None)
    sound = {name: shelf.open(name) for name in shelf.names()}
    return Tried(settings, encoder, shelf.place(), sound)


def damages(path: Path, flips: int, chosen: random.Random) -> Iterator[tuple[str, bytes | None]]:
    """Yield contents for `path` that it should not have, None for none at all, each with what was done."""
    kept = path.read_bytes()
    for at in chosen.sample(range(len(kept)), min(flips, len(kept))):
        bits = chosen.choice((1 << chosen.randrange(8), 0xFF))
        yield "flipped", kept[:at] + bytes([kept[at] ^ bits]) + kept[at + 1 :]
    yield "missing", None
    for size in {0, 1, len(kept) // 2, len(kept) - 1} - {len(kept)}:
        yield "cut short", kept[:size]
    yield "longer", kept + b"\0"


def share(files: list[Path], flips: int) -> dict[Path, int]:
    """Return how many flips each file gets: half of them evenly, half by size."""
    size = sum(path.stat().st_size for path in files)
    return {path: 1 + flips // (2 * len(files)) + flips * path.stat().st_size // (2 * size) for path in files}


def meet(tried: Tried, path: Path, what: str, content: bytes | None, tally: Tally) -> None:
    """Damage `path`, meet it in all three ways, and mend it."""
    kept, mode = path.read_bytes(), path.stat().st_mode
    path.unlink()  # never written over: what is mapped into memory stays as it is
    if content is not None:
        path.write_bytes(content)
    tally.counts[what] += 1
    try:
        for name, way in _WAYS.items():
            try:
                came = way(tried, path)
            except Exception as error:  # noqa: BLE001 -- which is what is counted
                came = f"FAILED: unhandled {type(error).__name__}: {error}"
            tally.counts[f"{name}: {came.partition(' {')[0]}"] += 1
            if came.startswith("FAILED"):
                tally.failures.append(f"{path.relative_to(tried.settings.data)} {what}, {name}: {came}")
    finally:
        path.unlink(missing_ok=True)
        path.write_bytes(kept)
        path.chmod(mode)


def _verified(tried: Tried, path: Path) -> str:
    if path.name == "CURRENT":
        try:
            Shelf(tried.settings.data).current()
        except DamagedError as error:
            return "named" if "CURRENT" in str(error) else f"FAILED: {error}"
        return "FAILED: not found"
    faults = verify(tried.place, lambda *_: None)
    return "named" if any(path.name in fault for fault in faults) else f"FAILED: {faults}"


def _asked(tried: Tried, path: Path) -> str:
    reported: list[Damage] = []
    try:
        standby = Standby(tried.settings, tried.encoder, reported.append)
        opened = bool(reported)
        answers = standby.answer_all([Asked(question) for question in ASKED])
        wrong = [fault for answer in answers for fault in faults(tried, answer)]
    except QuothError as error:
        return f"FAILED: no answer, though there is a generation before: {error}"
    if wrong:
        return f"FAILED: wrong quote {wrong[0]}"
    if reported:
        named = path.name in reported[0].reason or tried.place.name in reported[0].reason
        when = "found on opening" if opened else "found when asked"
        return f"{when}, answered from the one before" if named else f"FAILED: {when}, not named: {reported[0].reason}"
    return "not noticed, every quote right"


def _asked_unread(tried: Tried, path: Path) -> str:
    kept, opening.READ_WHOLE = opening.READ_WHOLE, 0
    try:
        return _asked(tried, path)
    finally:
        opening.READ_WHOLE = kept


_WAYS: dict[str, Callable[[Tried, Path], str]] = {
    "verified": _verified,
    "asked": _asked,
    "asked, opened unread": _asked_unread,
}


def faults(tried: Tried, answer: Answer) -> list[str]:
    """Return what is wrong with the quotes of an answer, held against the undamaged documents."""
    catalogue = tried.sound[answer.generation].catalogue
    wrong = [] if answer.quotes or answer.closest else [f"{{{answer.question}: nothing at all}}"]
    for quote in (*answer.quotes, *answer.closest):
        document = catalogue.document(quote.source)
        first, last = document.place(quote.start), document.place(quote.end - 1)
        there = (document.text[quote.start : quote.end], document.title, document.url, first.page)
        quoted = (quote.text, quote.title, quote.url, quote.page)
        sections = [b.section for b in document.each_block() if b.start <= quote.start < b.end]
        if there != quoted or quote.lines != (first.line, last.line) or quote.section not in sections:
            wrong.append(f"{{{quote}}}")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--flips", type=int, default=2000, help="how many bytes, in all")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chosen, tally = random.Random(given.seed), Tally()  # noqa: S311 -- a run must repeat
    with tempfile.TemporaryDirectory() as folder:
        tried = built(Path(folder), load_encoder(device="cpu"))
        for path, flips in share(tried.files, given.flips).items():
            for what, content in damages(path, flips, chosen):
                meet(tried, path, what, content, tally)
    show(("what", "times"), sorted(tally.counts.items()))
    print(*tally.failures[:40], sep="\n")
    write("corruption", {"counts": dict(tally.counts), "failures": tally.failures, "seed": given.seed})
    return 1 if tally.failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
