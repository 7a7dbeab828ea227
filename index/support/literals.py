"""What a sentence must take over word for word: numbers, units, dates, versions, names, code and addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.text.stop_words import stop_words
from index.text.words import stemmer

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_WORDED = {word: str(value) for value, word in enumerate(_SMALL)} | {
    "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
    "hundred": "100", "thousand": "1000", "million": "1000000", "billion": "1000000000", "dozen": "12",
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7",
    "eighth": "8", "ninth": "9", "tenth": "10", "once": "1", "twice": "2", "half": "0.5", "zeroth": "0",
}  # fmt: skip
_ONES = "|".join((*_SMALL[1:10], *"first second third fourth fifth sixth seventh eighth ninth".split()))
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_COMPOUND = re.compile(rf"\b({_TENS})[ -]({_ONES})\b", re.IGNORECASE)
_ADJECTIVE = re.compile(rf"\b(\d[\d,.]*|{'|'.join(_WORDED)})-(?=[a-z])", re.IGNORECASE)
"""A number that is a part of an adjective, as in "eight-year"."""

_POINT = re.compile(r"(?<![\w.])\.(?=\d)")
"""A point that a number begins with."""

_PRONOUNS = frozenset({"one", "second", "once", "first", "half"})
"""Number words that are often none: they are not asked for, but may be what a digit says again."""

_UNITS = (
    "kilometre kilometer kilometres kilometers km", "mile miles mi", "metre meter metres meters m", "foot feet ft",
    "yard yards yd", "inch inches", "centimetre centimeter centimetres centimeters cm",
    "millimetre millimeter millimetres millimeters mm", "nanometre nanometer nm", "micrometre micrometer µm",
    "millisecond milliseconds ms", "second seconds sec secs s", "minute minutes min mins", "hour hours hr hrs h",
    "day days", "week weeks", "fortnight", "month months", "year years yr yrs", "decade decades", "century centuries",
    "kilogram kilograms kg", "gram grams g", "milligram mg", "pound pounds lb lbs £ gbp", "ounce ounces oz",
    "tonne tonnes ton tons", "litre liter litres liters l", "millilitre ml", "gallon gallons", "pint pints",
    "acre acres", "hectare hectares ha", "dollar dollars $ usd", "euro euros € eur", "yen ¥ jpy", "cent cents",
    "rupee rupees ₹", "percent % per-cent percentage", "degree degrees °", "celsius °c c", "fahrenheit °f", "kelvin k",
    "byte bytes b", "kb kilobyte kilobytes", "mb megabyte megabytes", "gb gigabyte gigabytes", "tb terabyte terabytes",
    "kib", "mib", "gib", "tib", "hz hertz", "kilobit kilobits kbit kbps", "megabit megabits mbit mbps",
    "gigabit gigabits gbit gbps", "terabit terabits tbit tbps", "milliwatt milliwatts",
    "khz", "mhz megahertz", "ghz gigahertz", "watt watts w", "kw kilowatt kilowatts",
    "mw megawatt megawatts", "volt volts v", "amp amps ampere amperes a", "px pixel pixels", "fps", "point points",
    "people person persons", "time times", "household households", "family families", "member members",
    "student students", "million", "billion", "thousand", "trillion",
)  # fmt: skip
_UNIT = {name: names.split()[0] for names in _UNITS for name in names.split()}
_CASED = {
    "Kb": "kilobit", "Mb": "megabit", "Gb": "gigabit", "Tb": "terabit",
    "KBps": "kb", "kBps": "kb", "MBps": "mb", "GBps": "gb", "TBps": "tb", "M": "million",
    "mW": "milliwatt", "mHz": "millihertz", "Mg": "megagram",
}  # fmt: skip
"""Units that are others than in small letters."""

_ONLY_AFTER_NUMBERS = frozenset(
    "m mi s h g l c k b w v a ha min sec ms point points time times people person persons second seconds yard yards "
    "pound pounds cent".split()
)
"""Units that are other words, too, where no number stands before them."""

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = {name: month for month in _MONTHS for name in (month, month[:3], month[:4])}
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_TIMES = "weekday weekend morning afternoon evening noon midnight daily weekly monthly yearly annual hourly".split()

_ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>()\"']+|\b[\w.+-]+@[\w-]+\.[\w.-]+\w", re.IGNORECASE)
_CODE = re.compile(
    r"`([^`\n]+)`"  # what is marked as code
    r"|(?<![\w/])((?:--?[a-zA-Z][\w-]*)"  # an option
    r"|[~./]*\w[\w.-]*(?:[/\\][\w.-]+)+"  # a path
    r"|\w+(?:_\w+)+|\w+(?:::\w+)+|[A-Za-z]\w*\.[a-z]\w+(?:\.\w+)*\b(?:\(\))?"  # a name in code, a file, a host
    r"|[a-z]+[A-Z]\w*|[A-Za-z]+\d[\w-]*|\d+[A-Za-z]{2,}\w*)"
)
_VERSION = re.compile(r"\bv?\d+(?:\.\d+){2,}(?:[\w.-]*\w)?|\bv\d+(?:\.\d+)*\b")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|s)\b")
_NUMBER = re.compile(r"(?<![\w.])[-+−]?\d[\d,]*(?:\.\d+)?")  # noqa: RUF001 -- a minus sign
_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|[^\W\d_]+(?:['’-][^\W\d_]+)*|[%$€£¥₹]|°\w?")  # noqa: RUF001 -- an apostrophe
_NAME = re.compile(r"[^\W\d_][\w'’.-]*\w|\w")  # noqa: RUF001 -- likewise
_SHARED_LETTERS = 5
_LETTER_OFF = 3

Literals = frozenset[str]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the unit that stands beside it."""

    number: str
    unit: str


def missing(statement: str, sources: Iterable[str]) -> list[str]:
    """Return what is in a statement, of what must be taken over, and in none of its sources."""
    given = "\n".join(sources)
    return list(
        dict.fromkeys(
            [
                *_of_code(statement, given),
                *_of_numbers(statement, given),
                *_of_dates(statement, given),
                *_of_names(statement, given),
            ]
        )
    )


def _of_code(statement: str, given: str) -> Iterator[str]:
    for match in _ADDRESS.finditer(statement):
        if match.group().rstrip(".,;").casefold() not in given.casefold():
            yield match.group()
    for match in _VERSION.finditer(statement):
        if match.group().removeprefix("v") not in given:
            yield match.group()
    for match in _CODE.finditer(_ADDRESS.sub(" ", statement)):
        code = (match[1] or match[2]).strip()
        if not _is_whole(code, given) and not _NUMBER.fullmatch(code) and not _is_amount(code):
            yield code


def _is_amount(code: str) -> bool:
    """Tell whether it is a number with its ending or its unit, as "21st" and "30km"."""
    letters = code.lstrip("0123456789")
    return letters != code and (letters in {"st", "nd", "rd", "th"} or letters.lower() in _UNIT)


def _is_whole(code: str, given: str) -> bool:
    """Tell whether code stands in a text, not as a part of other code; "-v" and "-V" are two options."""
    if not code.startswith("-"):
        code, given = code.casefold(), given.casefold()
    start = 0
    while (start := given.find(code, start)) >= 0:
        before, after = given[start - 1 : start], given[start + len(code) : start + len(code) + 1]
        if not (before.isalnum() and code[0].isalnum()) and not (after.isalnum() and code[-1].isalnum()):
            return True
        start += 1
    return False


def _of_numbers(statement: str, given: str) -> Iterator[str]:
    known, quantities = numbers_in(given, every=True), set(quantities_in(given))
    units = {quantity.unit for quantity in quantities} | _loose_units(given)
    for number in numbers_in(statement):
        if number not in known:
            yield number
    for quantity in quantities_in(statement):
        if quantity not in quantities and quantity.number in known:
            yield f"{quantity.number} {quantity.unit}"
    yield from _loose_units(statement) - units


def numbers_in(text: str, *, every: bool = False) -> Literals:
    """Return the numbers of a text as digits, without signs between thousands; `every` word that may be one counts."""
    text = _digits_for_words(text)
    numbers = {_plain(match.group()) for match in _NUMBER.finditer(_ORDINAL.sub(" ", text))}
    numbers |= {_plain(number) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", text)} if every else set()
    words = re.findall(r"[a-z]+", text.lower())
    return frozenset(
        numbers | {_WORDED[word] for word in words if word in _WORDED and (every or word not in _PRONOUNS)}
    )


def quantities_in(text: str) -> Iterator[Quantity]:
    """Yield the numbers of a text that stand before or behind a unit."""
    tokens = _TOKEN.findall(_ORDINAL.sub("", _digits_for_words(text)))
    for before, token, after in zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False):
        number = _plain(token) if token[0].isdigit() else _WORDED.get(token.lower())
        if number is None:
            continue
        for unit in (_unit(after.rstrip("'")), _UNIT.get(before) if before in "$€£¥₹" else None):
            if unit:
                yield Quantity(number, unit)


def _digits_for_words(text: str) -> str:
    """Return a text with "22" for "twenty-two", "8 year" for "eight-year", and "0.5" for ".5"."""
    text = _POINT.sub("0.", text)
    whole = _COMPOUND.sub(lambda match: str(int(_WORDED[match[1].lower()]) + int(_WORDED[match[2].lower()])), text)
    return _ADJECTIVE.sub(r"\1 ", whole)


def _loose_units(text: str) -> Literals:
    words = _TOKEN.findall(_digits_for_words(text))
    return frozenset(unit for word in words if word.lower() not in _ONLY_AFTER_NUMBERS and (unit := _unit(word)))


def _unit(name: str) -> str | None:
    return _CASED.get(name) or _UNIT.get(name.lower())


def _plain(number: str) -> str:
    plain = number.replace(",", "").lstrip("+-−")  # noqa: RUF001 -- a minus sign
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain.lstrip("0")) or "0"


def _of_dates(statement: str, given: str) -> Iterator[str]:
    known = dates_in(given)
    yield from dates_in(statement) - known


def dates_in(text: str) -> Literals:
    """Return the months and days of the week that a text names, and days of a month together with it."""
    words = [word for word in re.findall(r"[A-Za-z]+|\d+", _ORDINAL.sub("", text)) if word not in ("of", "the")]
    dates = {word.lower() for word in words if word.lower() in _DAYS}
    dates |= {plain for word in words if (plain := word.lower().removesuffix("s").removesuffix("ly")) in _TIMES}
    dates |= {word.lower() for word in words if word.lower() in _TIMES}
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        if word[0].isupper() and word.lower() in _MONTH:
            month = _MONTH[word.lower()]
            dates.add(month)
            dates |= {f"{int(day)} {month}" for day in (before, after) if day.isdigit() and int(day) <= 31}  # noqa: PLR2004
    return frozenset(dates)


def _of_names(statement: str, given: str) -> Iterator[str]:
    statement, given = without_accents(statement), without_accents(given)
    known = {word.casefold() for word in _words(given)}
    lower = {word for word in _words(given) if word.islower()}
    stems = {stemmer("en")(word) for word in lower}
    for number, word in enumerate(_words(statement)):
        if not word[0].isupper() or word.lower() in stop_words("en") or word.lower() in (*_MONTH, *_DAYS, *_WORDED):
            continue
        folded = word.casefold()
        opens = number == 0 and (word[1:].islower() or len(word) == 1)
        if opens and (folded in lower or stemmer("en")(word) in stems):
            continue
        if folded not in known and not _is_form(folded, known):
            yield word


def without_accents(text: str) -> str:
    """Return a text with its letters alone: a name is the same with its accents and without them."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def _words(text: str) -> list[str]:
    full_names = (match.group() for match in _NAME.finditer(text))
    return [part for word in full_names for part in re.sub(r"['’]s?$", "", word).split("-") if part]  # noqa: RUF001


def _is_form(name: str, known: Iterable[str]) -> bool:
    """Tell whether a name is another form of one that is known, as "Germany" is of "German"."""
    return any(
        abs(len(name) - len(other)) <= _LETTER_OFF
        and len(other) > _SHARED_LETTERS
        and name[:_SHARED_LETTERS] == other[:_SHARED_LETTERS]
        and (other.startswith(name) or name.startswith(other))
        for other in known
    )
