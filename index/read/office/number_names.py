"""Names of months and days as Excel shows them, for the languages that a format may ask for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a language, in full and short; weeks begin with Monday."""

    months: tuple[str, ...]
    short_months: tuple[str, ...]
    days: tuple[str, ...]
    short_days: tuple[str, ...]


_ENGLISH = 0x09
_PRIMARY = 0x3FF
"""The part of a Windows language identifier that says the language and not the country."""

_NAMES = {
    _ENGLISH: """January February March April May June July August September October November December
        Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec
        Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Wed Thu Fri Sat Sun""",
    0x07: """Januar Februar März April Mai Juni Juli August September Oktober November Dezember
        Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez
        Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Mo Di Mi Do Fr Sa So""",
    0x0A: """enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
        ene feb mar abr may jun jul ago sep oct nov dic
        lunes martes miércoles jueves viernes sábado domingo lun mar mié jue vie sáb dom""",
    0x0C: """janvier février mars avril mai juin juillet août septembre octobre novembre décembre
        janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.
        lundi mardi mercredi jeudi vendredi samedi dimanche lun. mar. mer. jeu. ven. sam. dim.""",
    0x10: """gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
        gen feb mar apr mag giu lug ago set ott nov dic
        lunedì martedì mercoledì giovedì venerdì sabato domenica lun mar mer gio ven sab dom""",
    0x13: """januari februari maart april mei juni juli augustus september oktober november december
        jan feb mrt apr mei jun jul aug sep okt nov dec
        maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma di wo do vr za zo""",
    0x16: """janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
        jan fev mar abr mai jun jul ago set out nov dez
        segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo
        seg ter qua qui sex sáb dom""",
}
"""By the primary language: 12 months, short, then 7 days, short."""


_OTHERS = {
    0x02: "bg",
    0x05: "cs",
    0x06: "da",
    0x08: "el",
    0x0B: "fi",
    0x0E: "hu",
    0x14: "nb",
    0x15: "pl",
    0x18: "ro",
    0x19: "ru",
    0x1B: "sk",
    0x1D: "sv",
    0x1F: "tr",
    0x22: "uk",
    0x24: "sl",
    0x25: "et",
    0x26: "lv",
    0x27: "lt",
}
"""Names of further languages, whose months and days Babel knows, by Windows' primary number."""

_NUMBERS = {"en": 0x09, "de": 0x07, "es": 0x0A, "fr": 0x0C, "it": 0x10, "nl": 0x13, "pt": 0x16}


@cache
def names_of(language: int | str, *, alone: bool = False) -> Names:
    """Return the names for a language such as "de" or Windows' 0x407; English ones where it is not known.

    With `alone`, months are as they stand without a day: "январь", not "января".
    """
    number = _NUMBERS.get(language, 0) if isinstance(language, str) else language & _PRIMARY
    other = language if isinstance(language, str) else _OTHERS.get(number)
    if number not in _NAMES and isinstance(other, str) and other in _OTHERS.values():
        return _of_babel(other, alone=alone)
    words = tuple(_NAMES.get(number, _NAMES[_ENGLISH]).split())
    return Names(words[:12], words[12:24], words[24:31], words[31:])


def _of_babel(language: str, *, alone: bool) -> Names:
    from babel import Locale

    locale = Locale.parse(language)
    full = locale.months["stand-alone" if alone else "format"]["wide"]
    short = locale.months["format"]["abbreviated"]
    days = locale.days["stand-alone"]
    by_width = [tuple(months[number] for number in range(1, 13)) for months in (full, short)]
    by_width += [tuple(days[width][number] for number in range(7)) for width in ("wide", "abbreviated")]
    return Names(*by_width)
