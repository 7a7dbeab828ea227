"""Dates and times as Excel shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from index.read.office.number_names import Names, names_of
from index.read.office.number_tokens import Token

_OUT_OF_RANGE = "########"
"""What Excel shows in place of a date before its first or after its last."""

_FIRST = datetime(1899, 12, 30)  # noqa: DTZ001 # a cell has no time zone
_FIRST_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_LAST = 2_958_466
"""One day after 31 December 9999."""

_LEAP_DAY = 60
"""The 29 February 1900 that Excel has and the calendar has not."""

_SECONDS = 86_400

_ERAS = (
    ("2019-05-01", "R", "令和"),
    ("1989-01-08", "H", "平成"),
    ("1926-12-25", "S", "昭和"),
    ("1912-07-30", "T", "大正"),
    ("1868-01-01", "M", "明治"),
)


def date_text(serial: float, parts: Sequence[Token], language: int | str, *, from_1904: bool) -> str:
    """Return days since Excel's first day as a date, a time or both; elapsed time may be any length.

    `language` is the one that names are in: its name, or the Windows identifier, 0 for none in particular.
    """
    if not 0 <= serial < _LAST:
        return _OUT_OF_RANGE
    places = max((len(token.code) - 1 for token in parts if token.code.startswith(".")), default=0)
    seconds = round(serial * _SECONDS, min(places, 3))
    moment = _moment(seconds, from_1904=from_1904)
    if moment is None:
        return _OUT_OF_RANGE
    twelve = any(token.code in {"am/pm", "a/p"} for token in parts if token.kind == "date")
    codes = _codes(parts)
    is_of_an_era = any(token.kind == "date" and token.code.startswith("g") for token in parts)
    names = names_of(language, alone=not {"d", "dd"} & {*codes})
    shown = (
        (_in_era(code, moment) if is_of_an_era else "")
        or _named(code, moment, names)
        or _part(code, moment, seconds, twelve=twelve)
        if token.kind == "date"
        else token.literal
        for token, code in zip(parts, codes, strict=True)
    )
    return "".join(shown).strip()


def _moment(seconds: float, *, from_1904: bool) -> datetime | None:
    first = _FIRST_1904 if from_1904 else _FIRST
    if not from_1904 and seconds < _LEAP_DAY * _SECONDS:
        first += timedelta(days=1)
    try:
        return first + timedelta(seconds=seconds)
    except OverflowError:
        return None


def _codes(parts: Sequence[Token]) -> list[str]:
    """Return the codes, with those `m` that stand for minutes, beside hours or seconds, as `n`."""
    codes = [token.code if token.kind == "date" else "" for token in parts]
    dated = [at for at, code in enumerate(codes) if code and not code.startswith(".")]
    for place, at in enumerate(dated):
        if codes[at] not in {"m", "mm"}:
            continue
        before = codes[dated[place - 1]] if place else ""
        after = codes[dated[place + 1]] if place + 1 < len(dated) else ""
        if before.strip("[")[:1] == "h" or after.strip("[")[:1] == "s":
            codes[at] = codes[at].replace("m", "n")
    return codes


def _part(code: str, moment: datetime, seconds: float, *, twelve: bool) -> str:
    letter, width = code.strip("[].")[:1], len(code.strip("[]"))
    if code.startswith("["):
        return f"{int(seconds // {'h': 3600, 'm': 60, 's': 1}[letter]):0{width}d}"
    if code.startswith("."):
        return f"{seconds % 1:.{min(width - 1, 3)}f}"[1:]
    hour = (moment.hour - 1) % 12 + 1 if twelve else moment.hour
    counts = {"h": hour, "n": moment.minute, "s": moment.second, "m": moment.month, "d": moment.day}
    if letter in "ye":
        return f"{moment.year:04d}" if width > 2 or letter == "e" else f"{moment.year % 100:02d}"  # noqa: PLR2004 # yy
    return f"{counts[letter]:0{min(width, 2)}d}"


def _in_era(code: str, moment: datetime) -> str:
    """Return Japan's era of a day, by its name or first letter, or the year in it; "" for what is neither."""
    first, letter, name = next(era for era in _ERAS if f"{moment:%Y-%m-%d}" >= era[0])
    if code.startswith("g"):
        return (letter, name[0], name)[min(len(code), 3) - 1]
    year = moment.year - int(first[:4]) + 1
    return f"{year:0{min(len(code), 2)}d}" if code.startswith("e") else ""


def _named(code: str, moment: datetime, names: Names) -> str:
    """Return the name of a month, a day or a half of the day, or "" for a code that asks for none."""
    if "/" in code:
        half = "AM" if moment.hour < 12 else "PM"  # noqa: PLR2004 # noon
        return half if code == "am/pm" else half[0]
    month, day = moment.month - 1, moment.weekday()
    if code.startswith("mmm"):
        return {3: names.short_months[month], 5: names.months[month][0]}.get(len(code), names.months[month])
    if code.startswith(("ddd", "aaa")):
        return names.short_days[day] if len(code) == 3 else names.days[day]  # noqa: PLR2004 # ddd
    return ""
