"""The benches that `all.py` runs, in order, with what each fills of RESULTS.md and what it needs."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from sets import EVAL, TRAIN

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Bench:
    """A command line, as it is typed in the root of the project.

    `parts` are the parts of RESULTS.md that its tables fill, in the order in which it prints them; None is a table
    that is not there. A bench without parts is run all the same: what it prints is for the sentences of RESULTS.md.
    `needs` are read by `missing`. `minutes` are about what it takes on two cores with nothing else to do, most of them
    estimates.
    """

    name: str
    command: str
    minutes: float
    parts: tuple[str | None, ...] = ()
    needs: tuple[str, ...] = ()

    @property
    def script(self) -> Path:
        return ROOT / next(word for word in self.command.split() if word.endswith(".py"))

    def missing(self) -> list[str]:
        """Return what it needs and is not here."""
        return [need for need in self.needs if not _is_here(need)]


def _is_here(need: str) -> bool:
    kind, _, what = need.partition(" ")
    match kind:
        case "set":
            return (EVAL / what).is_dir()
        case "training":
            return (TRAIN / f"{what}.jsonl.gz").is_file()
        case "program":
            return shutil.which(what) is not None
        case "package":
            return find_spec(what) is not None
        case "file":
            return any(ROOT.glob(what)) if not what.startswith("/") else Path(what).exists()
    raise ValueError(f"Nobody knows how to look for {need!r}.")


_COMMUNITY, _SQUAD, _CLAPNQ = "set community", "set squad", "set clapnq"
_FOLDS = tuple(f"file bench/out/fold-{fold}.safetensors" for fold in range(3))
_GATHERED = ("training squad11_dev13", "training squadshifts_new_wiki", "training nq_gold")
_STATEMENTS = (*_GATHERED, "file /usr/share/wordnet")
_PARAGRAPHS = ("training squad_train_part", *_GATHERED[:2], "training squad_train_sent")
_BARE = "package sentence_transformers"
_READERS = ("pandoc", "sphinx-build", "chromium", "pdftotext", "soffice", "asciidoctor", "iconv")

BENCHES = (
    # what is answered
    Bench("community", "python bench/community.py", 2, ("community",), (_COMMUNITY,)),
    Bench("cards", "python bench/cards.py", 2, ("cards",), (_COMMUNITY,)),
    Bench("levels", "python bench/levels.py", 4, ("levels", "unasked"), (_COMMUNITY, _SQUAD)),
    Bench("headings", "python bench/headings.py", 1, ("headings",), (_COMMUNITY,)),
    Bench("written", "python bench/written.py", 40, (), ("file bench/out/written/*",)),
    Bench("fit-blocks", "python bench/fit_blocks.py", 2, ("fit-blocks",), (_COMMUNITY, _SQUAD)),
    Bench("small-talk", "python bench/fit_small_talk.py", 2, ("small-talk-left-out", "small-talk"), (_COMMUNITY,)),
    Bench("look-alike", "python bench/look_alike.py", 1, ("look-alike",)),
    Bench("quotes", "python bench/quotes.py squad", 10, (), (_SQUAD, *_FOLDS)),
    Bench("quotes-squad", "python bench/quotes.py squad --first-look", 2, ("quotes-squad",), (_SQUAD,)),
    Bench("quotes-clapnq", "python bench/quotes.py clapnq --first-look", 2, ("quotes-clapnq",), (_CLAPNQ,)),
    Bench("followups", "python bench/followups.py --first-look", 2, ("followups",), ("set followups",)),
    Bench("messy", "python bench/messy.py", 5, ("messy",), (_SQUAD,)),
    Bench(
        "confidence",
        "python bench/fit_confidence.py",
        40,
        (None, "sets-second-look", "thresholds-second-look"),
        (_SQUAD, _CLAPNQ, *_GATHERED, *_FOLDS),
    ),
    Bench(
        "confidence-first-look",
        "python bench/fit_confidence.py --first-look",
        10,
        (None, "sets-first-look", "thresholds-first-look"),
        (_SQUAD, _CLAPNQ, *_GATHERED),
    ),
    Bench("support", "python bench/support.py", 15, ("support",), _STATEMENTS),
    Bench("check-this", "python bench/check_this.py", 5, ("check-this",), _STATEMENTS),
    Bench("clusters", "python bench/clusters.py", 0.5, ("clusters",), (_COMMUNITY,)),
    Bench("votes", "python bench/votes.py", 1, ("votes",), (_SQUAD,)),
    # what it costs
    Bench("speed", "python bench/speed.py", 15, ("speed",), (_SQUAD, _BARE, *_PARAGRAPHS)),
    Bench("throughput", "python bench/throughput.py", 1, (), (_SQUAD,)),
    Bench("start", "python bench/start.py --rounds 3", 2, (), (_BARE,)),
    Bench("encoder-url", "python bench/encoder_url.py", 5),
    Bench("memory", "python bench/needs.py --part memory --questions 200", 3, ("memory",), (_SQUAD,)),
    Bench("disk", "python bench/needs.py --part disk", 1, ("disk",), (_SQUAD,)),
    Bench("insight-rows", "python bench/insight_rows.py", 3),
    Bench("autocomplete", "python bench/autocomplete.py", 2),
    Bench("scope", "python bench/scope.py", 3),
    Bench("large", "python bench/large.py", 60, ("large",), (_BARE, *_PARAGRAPHS)),
    Bench("ranges", "python bench/ranges.py", 20, ("ranges",), _PARAGRAPHS),
    Bench("keeping-up", "python bench/keeping_up.py", 4, ("keeping-up",), (_COMMUNITY,)),
    Bench("web-refresh", "python bench/web_refresh.py", 10, ("web-refresh",)),
    Bench(
        "milvus",
        "python bench/milvus.py squad --first-look --at-once 64",
        10,
        (),
        (_SQUAD, "package milvus_lite", "package pymilvus"),
    ),
    Bench("peers", "OMP_NUM_THREADS=1 python bench/peers/run.py", 60, (), (_SQUAD, "file bench/out/peers-venv")),
    # what is read
    Bench(
        "readers", "python bench/readers.py", 4, ("readers",), (_COMMUNITY, *(f"program {each}" for each in _READERS))
    ),
    Bench("ocr", "python bench/ocr.py", 5, ("ocr",), ("package rapidocr",)),
    Bench("hostile", "python bench/hostile.py", 10),
    Bench("fuzz", "python bench/fuzz.py --inputs 12000", 600, ("fuzz",)),
    Bench(
        "fuzz-markup",
        "python bench/fuzz.py .md .mdx .rst .adoc --inputs 5000 --seed 17",
        60,
        ("fuzz-markup",),
    ),
    Bench("fuzz-files", "python bench/fuzz.py .html .pdf .epub --inputs 5000", 60, ("fuzz-files",)),
    # what goes wrong
    Bench("corruption", "OMP_NUM_THREADS=1 python bench/corruption.py", 15),
    Bench("crashes", "OMP_NUM_THREADS=1 python bench/crashes.py --kills 1250", 90, (), ("program strace",)),
    Bench("faults", "python bench/wire.py faults", 15, ("faults",), (_SQUAD,)),
    Bench("load", "python bench/wire.py load", 2, ("load",), (_SQUAD,)),
    Bench("backfill", "python bench/backfill.py", 12, ("backfill",)),
    Bench("soak", "QUOTH_RERANKER=off python bench/soak.py", 25, (), (_SQUAD,)),
)
