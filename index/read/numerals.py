"""Numbers as lists show them: decimal, Roman, lettered and more, by the names that Office gives them."""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_MOST_ROMAN = 4000
_MOST_LETTERS = 780
"""Word's last lettered number: 30 times the same letter."""

_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_GREEK_MARKS = "*†‡§"
_DIGITS = "〇一二三四五六七八九"
_CIRCLED = 20
_HUNDRED = 100
_WORDS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_OWN_ORDINALS = "one:first two:second three:third five:fifth eight:eighth nine:ninth twelve:twelfth"


IN_ENGLISH = frozenset(["cardinalText", "ordinalText"])
"""Names of formats that are words of the document's language, and known here in English."""


def numeral(number: int, kind: str) -> str:
    """Return a number in a format that `w:numFmt` names, or that a pattern such as `001, 002, ...` shows.

    A format that is not known is shown as decimal.
    """
    if "," in kind:
        return str(number).zfill(len(kind.split(",", 1)[0].strip()))
    form = _FORMS.get(kind)
    return str(number) if form is None else form(number)


def _roman(number: int) -> str:
    if not 0 < number < _MOST_ROMAN:
        return str(number)
    text = ""
    for size, letters in _ROMAN:
        text += letters * (number // size)
        number %= size
    return text


def _letters(number: int, alphabet: str = "abcdefghijklmnopqrstuvwxyz") -> str:
    if not 0 < number <= _MOST_LETTERS:
        return str(number)
    again, at = divmod(number - 1, len(alphabet))
    return alphabet[at] * (again + 1)


def _ordinal(number: int) -> str:
    teen = number % 100 in {11, 12, 13}
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _enclosed(number: int, first: int, most: int = _CIRCLED) -> str:
    return chr(first + number - 1) if 0 < number <= most else str(number)


def _chicago(number: int) -> str:
    again, at = divmod(max(number, 1) - 1, len(_GREEK_MARKS))
    return _GREEK_MARKS[at] * (again + 1) if again < len(_GREEK_MARKS) else str(number)


def _chinese(number: int) -> str:
    """Return a number as it is counted in Chinese and Japanese, below 100; digit by digit above."""
    if not 0 < number < _HUNDRED:
        return _ideographs(number)
    tens, units = divmod(number, 10)
    text = f"{_DIGITS[tens] if tens > 1 else ''}十" if tens else ""
    return text + (_DIGITS[units] if units else "")


def _ideographs(number: int) -> str:
    return "".join(_DIGITS[int(digit)] if digit.isdigit() else digit for digit in str(number))


def _cardinal(number: int) -> str:
    """Return an English number word below 100."""
    if not 0 < number < _HUNDRED:
        return str(number)
    ones, tens = _WORDS.split(), _TENS.split()
    if number < len(ones):
        return ones[number].capitalize()
    ten, one = divmod(number, 10)
    return (tens[ten - 2] + (f"-{ones[one]}" if one else "")).capitalize()


def _ordinal_word(number: int) -> str:
    before, dash, last = _cardinal(number).rpartition("-")
    own = dict(pair.split(":") for pair in _OWN_ORDINALS.split()).get(last.lower())
    word = own or (f"{last.lower()[:-1]}ieth" if last.endswith("y") else f"{last.lower()}th")
    return f"{before}{dash}{word}" if before else word.capitalize()


_FORMS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimalZero": lambda number: f"{number:02d}",
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "russianLower": lambda number: _letters(number, _RUSSIAN),
    "russianUpper": lambda number: _letters(number, _RUSSIAN).upper(),
    "ordinal": _ordinal,
    "cardinalText": _cardinal,
    "ordinalText": lambda number: _ordinal_word(number) if 0 < number < _HUNDRED else str(number),
    "numberInDash": lambda number: f"- {number} -",
    "hex": lambda number: f"{number:X}",
    "chicago": _chicago,
    "decimalEnclosedCircle": lambda number: _enclosed(number, 0x2460),
    "decimalEnclosedParen": lambda number: _enclosed(number, 0x2474),
    "decimalEnclosedFullstop": lambda number: _enclosed(number, 0x2488),
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"), _chinese),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"), _ideographs),
}
