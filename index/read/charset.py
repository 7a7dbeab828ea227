"""A guess at the encoding of bytes that neither say it nor are UTF-8."""

from __future__ import annotations

import re

from index.read.alphabets import fitting
from index.read.frequent import by_frequency

_SAMPLE = 256 * 1024
_PAIRS = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_MOSTLY = 0.95
_BEYOND = re.compile("[^\x00-\x7f]")
_EVERYDAY = "cp1252"
"""What a page is taken to be in where nothing tells otherwise: most that are not UTF-8 are."""

_FEW = 3
"""How often the one character beyond ASCII stands in an English page at most; more often, it is a language's."""

_NEIGHBOURS = re.compile(rb"[\x80-\xff]{2}")
_MULTIBYTE = re.compile("big5|cp9[345]|euc|gb|shift|johab|hz|iso2022")
_CROWDED = re.compile("[A-Za-z][^\x00-\u2fff]|[^\x00-\u2fff\uff00-\uff5e][A-Za-z]")
"""Ideographs and Latin letters with nothing between them, as where accented letters are read as halves of them."""

_UNLIKELY = ["utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le", "johab"]
"""Told by their zero bytes before, and one that hardly anybody has used: lines of Chinese would be read as them."""

_HANGUL = re.compile("[\uac00-\ud7a3]")
_IDEOGRAPH = re.compile("[\u3400-\u9fff]")
_MISSPELT = re.compile("(?<![きしちにひみりぎじぢびぴキシチニヒミリギジヂビピテデフヴウト])[ゃゅょャュョ]")
"""Small kana behind a syllable that they do not go with: Chinese read as Japanese."""

_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fc]")
_NARROW = re.compile("[\uff61-\uff9f]")
"""Narrow kana, which hardly anybody writes more than a few of: other encodings read as them by mistake."""

_ODD = re.compile("[a-ln-z][\u201a\u201e³¹]|[a-z][A-ZÀ-ÞŠŒŽŸ]")
"""Signs and capitals right behind a small letter: another encoding read as the everyday one."""

_LONE = re.compile(r"(?<!\w)[^\W\d_a-zA-Z\u3000-\uffff](?![\w-]| [a-z])")
"""A letter that is no word of a sentence."""

_MUCH = 0.3
_LONGEST = 1024
_ENOUGH = 400
"""Bytes of a line, and of what is beyond ASCII, that tell an encoding: more only takes longer."""


def guessed(data: bytes) -> str:
    """Return the bytes as text in the likeliest encoding, with U+FFFD for what does not fit it.

    Only a sample is looked at, so that the time it takes does not grow with the file.
    """
    if _is_damaged_utf8(data):
        return data.decode("utf-8", errors="replace")
    encoding = _likeliest(_sample(data))
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode(encoding, errors="replace")


def _is_damaged_utf8(data: bytes) -> bool:
    """Return whether nearly all bytes beyond ASCII are those of UTF-8: a file with a few broken characters."""
    high = len(_HIGH.findall(data))
    return sum(len(pair) for pair in _PAIRS.findall(data)) > _MOSTLY * high


def _sample(data: bytes) -> bytes:
    """Return the stretch that begins with the first line beyond ASCII, cut at a line end where there is one."""
    first = _HIGH.search(data)
    start = data.rfind(b"\n", 0, first.start()) + 1 if first else 0
    start = max(start, (first.start() if first else 0) - _SAMPLE // 2)
    sample = data[start : start + _SAMPLE]
    end = sample.rfind(b"\n")
    return sample[: end + 1] if len(sample) == _SAMPLE and end > 0 else sample


def _likeliest(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    known = _japanese(sample) or by_frequency(sample)
    if known is not None:
        return known
    matches = from_bytes(sample, cp_exclusion=_UNLIKELY)
    likely = (match.encoding for match in matches if len(_NARROW.findall(str(match))) <= _MUCH * len(str(match)))
    first = next(likely, None)
    if first is not None and _is_of_several_bytes(first, sample):
        return first
    supposed = (first or _EVERYDAY).replace("_", "-")
    return _of_little(sample, supposed) or fitting(_beyond_ascii(sample), supposed) or supposed


def _of_little(sample: bytes, supposed: str) -> str | None:
    """Return the encoding where one character is all there is to go by and the letters around it tell nothing."""
    high = _HIGH.findall(sample)
    if len(high) > _FEW or len(set(high)) > 1:
        return None
    everyday, other = (sample.decode(encoding, errors="replace") for encoding in (_EVERYDAY, supposed))
    if everyday == other:
        return None if _ODD.search(everyday) else _EVERYDAY
    return supposed if _LONE.search(everyday) and _LONE.search(other) else None


def _is_of_several_bytes(encoding: str, sample: bytes) -> bool:
    """Return whether all beyond ASCII are common characters of Chinese, Japanese or Korean, apart from Latin words."""
    if not (_MULTIBYTE.match(encoding) and _NEIGHBOURS.search(sample)):
        return False
    text = sample.decode(encoding, errors="replace")
    beyond = _BEYOND.findall(text)
    mixed = _HANGUL.search(text) and _IDEOGRAPH.search(text)
    return len(beyond) > 1 and not mixed and not _CROWDED.search(text) and all(map(_is_common, set(beyond)))


def _is_common(character: str) -> bool:
    if character < "\u3400" or "\uac00" <= character < "\ud7a4" or character > "\uff00":
        return "\u3000" < character < "\uff61"
    return any(
        first <= (character.encode(codec, errors="ignore") or b"\xff")[0] <= last
        for codec, first, last in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6), ("euc_jp", 0xB0, 0xCF))
    )


def _japanese(sample: bytes) -> str | None:
    """Return the encoding in which much of what is beyond ASCII is kana, None where it is so in none."""
    for encoding in ("cp932", "euc_jp"):
        text = sample.decode(encoding, errors="replace")
        beyond = len(_BEYOND.findall(text))
        if beyond and "\ufffd" not in text and not _MISSPELT.search(text) and len(_KANA.findall(text)) > _MUCH * beyond:
            return encoding
    return None


def _beyond_ascii(sample: bytes) -> bytes:
    """Return as many lines with something beyond ASCII as tell an encoding."""
    lines: list[bytes] = []
    seen = 0
    for line in sample.split(b"\n"):
        high = len(_HIGH.findall(line[:_LONGEST]))
        if high:
            lines.append(line[:_LONGEST])
        seen += high
        if seen >= _ENOUGH:
            break
    return b"\n".join(lines)
