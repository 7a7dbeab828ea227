"""Whether bytes are Chinese in GB 2312 or Big5, or Korean in EUC-KR, told by how frequent their characters are in each.

General statistics need more than the few words that a short file holds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection

_HANZI = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多"
    "经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性"
    "知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次"
    "度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建"
    "务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路"
    "记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运"
)
"""The most frequent characters of simplified Chinese: about two thirds of any text."""

_FULL = frozenset(
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多"
    "經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性"
    "知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次"
    "度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建"
    "務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路"
    "記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運請"
)
"""The same in their full forms."""

_SYLLABLES = frozenset(
    "이다는에의을를가고하지은한로기도사인서어나리자대해시있그정과일수아보전부장주제만들안으니구면라게스마상여원것학했비우적성조관"
    "공동었경위생선신교당까말무습세국진연요방용오내회명분때년화소문미출되모개중발행식계입단"
)
"""The same of Korean."""

_COMMON_HANZI, _COMMON_FULL, _COMMON_SYLLABLES = 3_755, 5_401, 2_350
"""Characters that most texts hold nothing else of: the first level of GB 2312 and of Big5, all syllables of EUC-KR."""

_SHARE = 0.6
"""Of a text, at least: frequent characters."""

_ENOUGH = 2.0
"""The logarithm of the odds from which on bytes are taken for a language."""

_SURE = 5.0
"""The same where bytes are also words in KOI8-R, the one encoding of Cyrillic whose small letters are characters."""

_CHINESE = re.compile(rb"(?:[\x00-\x7f]|[\xa1-\xa3\xb0-\xd7][\xa1-\xfe])+")
_KOREAN = re.compile(rb"(?:[\x00-\x7f]|[\xa1-\xa3\xb0-\xc8][\xa1-\xfe])+")
_OF_TAIWAN = re.compile(rb"(?:[\x00-\x7f]|[\xa1-\xa3\xa4-\xc6][\x40-\x7e\xa1-\xfe])+")
_RUN_OF_TAIWAN = re.compile(rb"(?:[\xa4-\xc6][\x40-\x7e\xa1-\xfe])+[\xa4-\xc6][\xa1-\xfe]")
"""Several characters of Big5 on end: signs of Latin-1 with a letter behind them (`\N{MICRO SIGN}L`) look like one."""

_WITH_LATIN = re.compile("[A-Za-z][\u3400-\u9fff]|[\u3400-\u9fff][A-Za-z]")
_MOST = 1_000
"""Characters that are looked at."""


_ENCODINGS = (
    ("gb18030", _CHINESE, _HANZI, _COMMON_HANZI),
    ("euc_kr", _KOREAN, _SYLLABLES, _COMMON_SYLLABLES),
    ("big5", _OF_TAIWAN, _FULL, _COMMON_FULL),
)
"""What bytes may be: how they look in it, its most frequent characters, and how many most texts hold."""


def by_frequency(sample: bytes) -> str | None:
    """Return the encoding of bytes that are Chinese or Korean, more likely than anything else; None for others."""
    odds = {
        encoding: _odds(sample.decode(encoding, "replace"), frequent, common)
        for encoding, pattern, frequent, common in _ENCODINGS
        if pattern.fullmatch(sample)
    }
    if "big5" in odds and not _is_of_taiwan(sample):
        del odds["big5"]
    likeliest = max(odds, key=odds.__getitem__, default=None)
    if likeliest is None:
        return None
    return likeliest if odds[likeliest] >= (_SURE if _is_cyrillic(sample) else _ENOUGH) else None


def _is_of_taiwan(sample: bytes) -> bool:
    """Tell whether what may be Big5 is no Latin text: characters on end, several frequent ones, none in a word."""
    text = sample.decode("big5", "replace")
    several = len(_FULL.intersection(text)) > 1
    return several and _RUN_OF_TAIWAN.search(sample) is not None and not _WITH_LATIN.search(text)


def _is_cyrillic(sample: bytes) -> bool:
    """Tell whether all that is not ASCII is small letters of KOI8-R, but for the first letter of a word."""
    read = re.sub("[\x00-\x7f]+", " ", sample.decode("koi8_r")).split()
    return all(re.fullmatch("[\u0401\u0410-\u044f\u0451][\u0430-\u044f\u0451]*", word) for word in read)


def _odds(text: str, frequent: Collection[str], common: int) -> float:
    """Return what characters say for a language, as the logarithm of odds against others as common."""
    characters = [character for character in text if "\u3400" <= character < "\ue000"][:_MOST]
    gain = math.log(_SHARE * common / len(frequent))
    loss = math.log((1 - _SHARE) / (1 - len(frequent) / common))
    return sum(gain if character in frequent else loss for character in characters)
