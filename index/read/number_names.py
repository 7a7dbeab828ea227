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


@cache
def names_of(language: int) -> Names:
    """Return the names for a Windows language identifier such as 0x407; English ones where it is not known."""
    words = tuple(_NAMES.get(language & _PRIMARY, _NAMES[_ENGLISH]).split())
    return Names(words[:12], words[12:24], words[24:31], words[31:])
