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
    `needs` are read by `missing`. `minutes` are about what it takes on two cores with nothing else to do.
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


_COMMUNITY, _SQUAD = "set community", "set squad"
_FOLDS = ("file bench/out/fold-0.safetensors", "file bench/out/fold-1.safetensors", "file bench/out/fold-2.safetensors")
_GATHERED = ("training squad11_dev13", "training squadshifts_new_wiki", "training nq_gold")
_STATEMENTS = (*_GATHERED, "file /usr/share/wordnet")
_SECOND_READERS = ("pandoc", "sphinx-build", "chromium", "pdftotext", "soffice", "asciidoctor", "iconv")

BENCHES = (
    Bench("community", "python bench/community.py", 2, ("community",), (_COMMUNITY,)),
    Bench("cards", "python bench/cards.py", 2, ("cards",), (_COMMUNITY,)),
    Bench("levels", "python bench/levels.py", 4, ("levels", "unasked"), (_COMMUNITY, _SQUAD)),
    Bench("headings", "python bench/headings.py", 1, ("headings",), (_COMMUNITY,)),
    Bench("written", "python bench/written.py", 40, (), ("file bench/out/written/*/",)),
    Bench("fit-blocks", "python bench/fit_blocks.py", 3, ("fit-blocks",), (_COMMUNITY, _SQUAD)),
    Bench("look-alike", "python bench/look_alike.py", 1, ("look-alike",)),
    Bench("quotes", "python bench/quotes.py squad", 10, (), (_SQUAD, *_FOLDS)),
    Bench("quotes-squad", "python bench/quotes.py squad --first-look", 2, (), (_SQUAD,)),
    Bench("quotes-clapnq", "python bench/quotes.py clapnq --first-look", 2, (), ("set clapnq",)),
    Bench("followups", "python bench/followups.py --first-look", 3, ("followups",), ("set followups",)),
    Bench("messy", "python bench/messy.py", 5, ("messy",), (_SQUAD,)),
    Bench("votes", "python bench/votes.py", 1, ("votes",), (_SQUAD,)),
    Bench("clusters", "python bench/clusters.py", 0.5, ("clusters",), (_COMMUNITY,)),
    Bench(
        "fit-confidence",
        "python bench/fit_confidence.py",
        30,
        (None, "sets-second-look", "thresholds-second-look"),
        (_SQUAD, "set clapnq", *_GATHERED, *_FOLDS),
    ),
    Bench(
        "fit-confidence-first-look",
        "python bench/fit_confidence.py --first-look",
        10,
        (None, "sets-first-look", "thresholds-first-look"),
        (_SQUAD, "set clapnq", *_GATHERED),
    ),
    Bench("support", "python bench/support.py", 30, ("support",), _STATEMENTS),
    Bench("check-this", "python bench/check_this.py", 5, ("check-this",), (*_STATEMENTS,)),
)
