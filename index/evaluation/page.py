"""A run as one HTML page that needs nothing else: no script, no font, no picture from anywhere."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from index.evaluation import charts, curves, misses
from index.evaluation.figures import Figure
from index.evaluation.measures import MEASURES
from index.evaluation.report import Report
from index.evaluation.rows import Outcomes
from index.evaluation.run import QUOTES, WARM_UP
from index.records import Quote

_TEMPLATE = "page.html.j2"
_LEAST = 0.001
_LONGEST = 600


def page(run: Report, cite: Callable[[Quote], str]) -> str:
    """Return a run as an HTML page; `cite` says where a quote stands."""
    outcomes = Outcomes.of(run.rows)
    risk, roc = curves.risk_coverage(outcomes), curves.roc(outcomes)
    return _template().render(
        run=run,
        measures=MEASURES,
        bars={bar.name: bar for bar in run.bars},
        risk=risk and charts.risk_coverage(risk),
        roc=roc and charts.roc(roc),
        reliability=charts.reliability(run.reliability) if run.reliability else None,
        wrongly=misses.wrong(run.rows),
        falsely=misses.false(run.rows),
        refused=misses.refused(run.rows),
        cite=cite,
        quotes=QUOTES,
        warm_up=WARM_UP,
        most=misses.MOST,
    )


@lru_cache(maxsize=1)
def _template() -> Template:
    made = environment(Path(__file__).parent)
    made.filters |= {filter_.__name__: filter_ for filter_ in (number, interval, signed, chance, moment, clipped)}
    return made.get_template(_TEMPLATE)


def environment(folder: Path) -> Environment:
    """Return what renders the templates in `folder`: strict, and safe for whatever text comes into them."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_visible,
    )


def _visible(value: Any) -> Any:
    """Put a sign for every character that HTML may not hold; what is no text, and markup, is left as it is."""
    if type(value) is not str:
        return value
    return "".join("\N{REPLACEMENT CHARACTER}" if _is_barred(character) else character for character in value)


def _is_barred(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"} and character not in "\t\n\r"


def number(value: float) -> str:
    """Return a figure as it is shown: shares and the like with three places, larger ones with one."""
    if math.isnan(value):
        return "–"
    shown = f"{value:.3f}" if abs(value) <= 1 else f"{value:,.1f}"
    return shown.replace("-", "\N{MINUS SIGN}")


def chance(p: float) -> str:
    """Return a probability that something is chance; nothing where it is not known."""
    if math.isnan(p):
        return ""
    return "< 0.001" if p < _LEAST else number(p)


def clipped(text: str, longest: int = _LONGEST) -> str:
    """Return the beginning of a text, and a sign that it goes on where it does: a question may be a whole document."""
    return text if len(text) <= longest else f"{text[:longest].rstrip()}…"


def moment(created: str) -> str:
    """Return a time (ISO 8601, UTC) as a person reads it."""
    return f"{created[:16].replace('T', ' ')} UTC"


def interval(figure: Figure) -> str:
    """Return the 95 % interval of a figure in words, or nothing where there is none."""
    return "" if math.isnan(figure.low) else f"{number(figure.low)} to {number(figure.high)}"


def signed(value: float) -> str:
    """Return a difference with its sign."""
    return f"+{number(value)}" if value > 0 else number(value)
