"""The letters beyond ASCII that languages are written with, and which of the old encodings fits a text by them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from enum import Enum

ENCODINGS = (
    *("cp1252", "cp1250", "iso8859-2", "cp1254", "cp1257", "iso8859-15", "iso8859-13", "iso8859-16"),
    *("cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5", "mac_cyrillic"),
    *("cp1253", "iso8859-7", "cp1255", "iso8859-8", "cp1256", "iso8859-6", "cp874"),
    *("mac_roman", "cp850", "cp437", "cp852", "cp857", "cp737", "mac_latin2", "mac_turkish"),
)
"""Encodings of one byte a letter; of two that read a text alike, the first is taken."""

_ALPHABETS = (
    "éàèêçôûîùâïœëüæÿñ",  # French
    "üäößéàè",  # German
    "óáéíñúü¿¡ºª",  # Spanish
    "ãçéáíõóêâúàôüºª",  # Portuguese
    "èàùòéìî",  # Italian
    "áíéóàèòúçïüñŀ·",  # Catalan
    "äåöøæéüšž",  # the Nordic languages
    "ðáíéþóöúæý",  # Icelandic
    "ëéïöüèêáóçñ",  # Dutch
    "łąęóżśćńź",  # Polish
    "íáěéřčžýšůúňťóď",  # Czech
    "áíéčžýľšúťôňóäďĺŕ",  # Slovak
    "áéőöíóüúű",  # Hungarian
    "čšžćđ",  # Croatian, Slovene
    "ăîșțâşţ",  # Romanian
    "ıüşğöçiİâîûé",  # Turkish
    "ėšųžįąčęūö",  # Lithuanian
    "āēīšžņļķūčģ",  # Latvian
    "õäüöšž",  # Estonian
    "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёъ",  # Russian
    "оаинівтерскпдлумяьзгбчхйжїщцюєшґф'’ё",  # Ukrainian
    "аионетрсвлкдпмзгяъубчцйжщхюшьф",  # Bulgarian
    "аоиенрстјкдувлпмзгбшчцљњжћхђфџ",  # Serbian
    "аоеінслыртдкўмзпвяуьгбчцйшюхжфэёї",  # Belarusian
    "αοτειςσνρπκμλόίηάέυήδγθωύχφώβξζψϊΐϋ",  # Greek
    "יוהלאמרתשבנםחדקעפטכגצזסןךףץ־ְִַָׁ",  # Hebrew
    "اليمنرتوبسعدفةقحهكجطشصخأذئزءضىغثإظؤآ،؟؛ّ",  # Arabic
    "ایرندهمتوشسبکزگلخفقعجپحآصژطضغچثذئظ،؟",  # Persian
    "านรกอเลมวทตสิดย่คบ้ปงีแหจ์ไพขัใชุโถผซธฟูึะื็ำญภๆฉณฐศษฏ๊๋ฝฮฬฎฑฆฒๅ",  # Thai
)
"""The letters of each language beyond ASCII, in lower case, the most frequent first."""

_WESTERN = "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßœ¿¡"
"""Letters of a text with names from several countries."""

_EVERYDAY = frozenset("àáâãäåæçèéêëíîïñóôöøùúûüßœ")
"""Letters that an English text has in its names and borrowed words."""

_SIGNS = frozenset("“”„‘’‚«»‹›–—…•·€£¥¢©®™°²³µ½¼¾×÷±§¶№¡¿ªº‰†‡¬´¦")
"""Signs that stand beside words, or between two letters where they are in `_INNER`."""

_INNER = frozenset("’‘´·–—…×÷•")
_SIGN_LETTERS = frozenset("µªº")
"""Signs that Unicode counts among the letters."""

_AFTER_UNITS = "mx"
"""What a raised three stands behind: behind any other letter it is the Polish ł, read as another encoding."""

_BEFORE_WORDS = frozenset("°±¼½¾§¶¡¿„‚")
"""Signs that do not stand right behind a word."""

_LAST_FORMS = frozenset("ςךםןףץ")
"""Forms of Greek and Hebrew letters that stand at the end of words alone."""

_BEYOND_ASCII = re.compile("[^\x00-\x7f\xa0]")
_LINES = range(0x2500, 0x256D)
_LEAST = 0.6
"""What a text comes to in its own encoding, and hardly ever in another: measured on texts of 20 languages."""

_PRIOR = 0.35
"""What the everyday encoding is ahead by where one letter is all there is to go by; several speak for themselves."""

_SUPPOSED = 0.12
"""What the encoding that general statistics suppose is ahead by where one letter is all that there is to go by."""

_SELDOM = frozenset({"mac_cyrillic", "mac_latin2", "mac_turkish"})
_DEMERIT = 0.05
"""What encodings that hardly anybody wrote in are behind by: their capitals are the signs of others."""

_LEAST_FREQUENT = 0.5
_OF_SEVERAL = 0.62
_SIGN = 0.7
_ALONE = 0.5
"""What characters come to, of 1 for the most frequent letter of a language: those of no language in particular, signs,
and what is no part of a word."""


class _Place(Enum):
    """How a character stands in a word."""

    PLAIN = "plain"
    ALONE = "alone"
    INITIAL = "initial"
    SHOUTED = "shouted"
    HEAPED = "heaped"
    """Latin, but beside no letter of ASCII."""

    INNER = "inner"
    """No letter, but between two."""

    ASTRAY = "astray"
    """As in no word: a capital after a small letter, or a letter of another script than the one beside it."""


_LESS = {_Place.INITIAL: 0.1, _Place.SHOUTED: 0.2, _Place.HEAPED: 0.3}


def _weights() -> list[Mapping[str, float]]:
    ranked = [
        {letter: 1.0 - _LEAST_FREQUENT * rank / len(letters) for rank, letter in enumerate(letters)}
        for letters in _ALPHABETS
    ]
    return [*ranked, dict.fromkeys(_WESTERN, _OF_SEVERAL)]


def fitting(sample: bytes, supposed: str | None = None) -> str | None:
    """Return the encoding of one byte a letter in which the sample reads most like a language; None where none does.

    `supposed` is the encoding that is taken where several fit about as well.
    """
    weights = _weights()
    distinct = max(1, len(set(re.findall(rb"[\x80-\xff]", sample))))
    best, chosen = _LEAST, None
    for encoding in ENCODINGS:
        places = _places(sample.decode(encoding, errors="replace"))
        worth = max((_worth(places, letters) for letters in weights), default=0.0) if places else 0.0
        worth += _ahead(encoding, places) + (_SUPPOSED / distinct if encoding == supposed else 0.0)
        if worth > best:
            best, chosen = worth, encoding
    return chosen


def _ahead(encoding: str, places: Counter[tuple[str, _Place]]) -> float:
    """Return what the encoding is ahead of others by, before its letters are looked at in detail."""
    if encoding != ENCODINGS[0]:
        return -_DEMERIT if encoding in _SELDOM else 0.0
    letters = {character.lower() for character, _ in places if character.isalpha() and character not in _SIGN_LETTERS}
    return _PRIOR / max(1, len(letters)) ** 2 if letters <= _EVERYDAY else 0.0


def _places(text: str) -> Counter[tuple[str, _Place]]:
    """Count the characters beyond ASCII, by how they stand in their words."""
    places: Counter[tuple[str, _Place]] = Counter()
    around = f" {text} "
    for match in _BEYOND_ASCII.finditer(text):
        before, character, after = (around[match.start() + at] for at in range(3))
        places[character, _place(before, character, after)] += 1
    return places


def _place(before: str, character: str, after: str) -> _Place:
    words = before.isalpha(), after.isalpha()
    if ord(character) in _LINES:
        drawn = not {before, after}.isdisjoint({" ", "\n", "─", "═", character})
        return _Place.PLAIN if drawn and not any(words) else _Place.ASTRAY
    if character in _SIGN_LETTERS:
        return _Place.PLAIN if _stands_as_sign(before, character, after) else _Place.ASTRAY
    if not character.isalpha():
        astray = _is_sign_astray(before, character, after)
        return _Place.ASTRAY if astray else _Place.INNER if all(words) else _Place.PLAIN
    if not _is_latin(character) and any(letter.isascii() and letter.isalpha() for letter in (before, after)):
        return _Place.ASTRAY
    return _place_of_letter(before, character, after)


def _is_sign_astray(before: str, sign: str, after: str) -> bool:
    if not before.isalpha():
        return unicodedata.combining(sign) > 0
    if sign == "´":
        return not (before + after).isascii()
    return sign in _BEFORE_WORDS or (sign == "³" and before not in _AFTER_UNITS)


def _stands_as_sign(before: str, letter: str, after: str) -> bool:
    if letter == "µ":
        return not before.isalpha()
    return not after.isalpha() and (before in "Nn" or not before.isalpha())


def _place_of_letter(before: str, letter: str, after: str) -> _Place:
    if not (before.isalpha() or after.isalpha()):
        return _Place.ALONE
    if _is_latin(letter) and not any(beside.isascii() and beside.isalpha() for beside in (before, after)):
        return _Place.HEAPED
    if (letter == "œ" and not after.isalpha()) or _is_form_astray(before, letter, after):
        return _Place.ASTRAY
    if not letter.isupper():
        return _Place.ASTRAY if before.isupper() and after.isupper() else _Place.PLAIN
    if before.isalpha():
        return _Place.SHOUTED if before.isupper() else _Place.ASTRAY
    return _Place.SHOUTED if after.isupper() else _Place.INITIAL


def _is_form_astray(before: str, letter: str, after: str) -> bool:
    """Tell whether a form of a letter that ends words stands in one, or the form that does not at an end."""
    return after.isalpha() if letter in _LAST_FORMS else letter == "σ" and before.isalpha() and not after.isalpha()


def _is_latin(letter: str) -> bool:
    return letter < "\u0250" or "\u1e00" <= letter < "\u1f00"


def _worth(places: Counter[tuple[str, _Place]], letters: Mapping[str, float]) -> float:
    """Return from -1 to 1 how well characters fit a language."""
    total = sum(_fit(character, place, letters) * count for (character, place), count in places.items())
    return total / places.total()


def _fit(character: str, place: _Place, letters: Mapping[str, float]) -> float:
    weight = letters.get(character.lower())
    if place is _Place.ASTRAY:
        return -1.0
    if place is _Place.INNER and character in _INNER:
        return 1.0 if character in "’´" else _ALONE
    if weight is not None:
        return min(weight, _ALONE) if place is _Place.ALONE else weight - _LESS.get(place, 0.0)
    is_sign = character in _SIGNS or ord(character) in _LINES
    return _SIGN if is_sign and place is _Place.PLAIN else -1.0
