"""Numbers as Excel shows them: in general, with digits in places, as percentages, fractions and powers of ten."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import groupby

from index.read.number_tokens import Token

_WIDTH = 11
"""Characters that Excel shows of a number that has no format and does not fit."""

_WHOLE = 10**15
"""Whole numbers below it are shown in full: Excel keeps 15 digits."""

_MOST_PLACES = 30
"""Places after the point that Excel takes."""

_MOST_DENOMINATOR = 99_999


def general_text(value: float) -> str:
    """Return a number without a format: 0.1 + 0.2 is 0.3, and a whole number is whole."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if value == int(value) and abs(value) < _WHOLE:
        return str(int(value))
    size = math.floor(math.log10(abs(value)))
    if -4 <= size <= -1:  # noqa: PLR2004 # as many zeros as fit
        return _trimmed(f"{value:.{9 - size - 1 + 1 + size}f}")
    if abs(size) < _WIDTH - 1:
        return _fitting(value)
    if size < 15 and size > 0:  # noqa: PLR2004 # digits that Excel keeps
        return str(Decimal(repr(value)).quantize(Decimal(1), ROUND_HALF_UP))
    return _scientific(f"{value:.5E}")


def _fitting(value: float) -> str:
    width = _WIDTH + (value < 0)
    text = _trimmed(f"{value:.12f}")
    if len(text) <= width:
        return text
    text = f"{value:.10g}"
    return text if len(text) <= width and "e" not in text else _shorter(value, width)


def _shorter(value: float, width: int) -> str:
    if abs(value) < 1e-4:  # noqa: PLR2004 # too small for the width
        return _scientific(f"{value:.5E}")
    whole = len(str(int(value)))
    return _trimmed(f"{value:.{max(0, width - whole - 1)}f}")


def _scientific(text: str) -> str:
    mantissa, _, power = text.partition("E")
    return f"{_trimmed(mantissa)}E{power[0]}{power[1:].zfill(2)}"


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def digits_text(value: float, parts: Sequence[Token], sign: str) -> str:
    """Return a number that is not negative in a section's places, with a sign before it unless it shows as zero."""
    if isinstance(value, float) and not math.isfinite(value):
        return sign + str(value)
    kinds = [token.kind for token in parts]
    if "digit" not in kinds:
        return sign + "".join(token.literal for token in parts)
    number = Decimal(repr(value)) * 100 ** kinds.count("percent")
    if "exponent" in kinds:
        return sign + _powered(number, parts)
    if "slash" in kinds:
        return sign + _fraction(number, parts)
    text = _placed(number, parts)
    return text if not any(digit in text for digit in "123456789") else sign + text


def _placed(number: Decimal, parts: Sequence[Token]) -> str:
    """Fill the places before and after the point, from the point outwards."""
    last = max(at for at, token in enumerate(parts) if token.kind == "digit")
    scale = sum(1 for token in _following(parts, last) if token.kind == "comma")
    point = next((at for at, token in enumerate(parts) if token.kind == "point"), len(parts))
    before = [token for token in parts[:point] if token.kind == "digit"]
    after = [token for token in parts[point:] if token.kind == "digit"]
    first = next(at for at, token in enumerate(parts) if token.kind == "digit")
    grouped = any(token.kind == "comma" for token in parts[first : min(last, point)])
    rounded = _rounded(number / 1000**scale, min(len(after), _MOST_PLACES))
    whole, _, rest = f"{rounded:f}".partition(".")
    return _written(parts, point, (_whole(whole, before, grouped=grouped), _rest(rest, after)))


def _following(parts: Sequence[Token], last: int) -> list[Token]:
    """Return the commas right after the last digit, which stand for thousands that are left out."""
    kinds = groupby(parts[last + 1 :], lambda token: token.kind == "comma")
    commas, tokens = next(kinds, (False, iter(())))
    return list(tokens) if commas else []


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) if number.adjusted() < 20 else number  # noqa: PLR2004 # decimal's precision is 28


def _whole(digits: str, places: Sequence[Token], *, grouped: bool) -> list[str]:
    """Return what stands in each place before the point; the first takes all digits that have none of their own."""
    digits = "" if digits == "0" else digits
    shown: list[str] = []
    count = 0
    for at in range(len(places) - 1, -1, -1):
        taken, digits = (digits, "") if at == 0 else (digits[-1:], digits[:-1])
        taken = taken or {"0": "0", "?": " "}.get(places[at].code, "")
        text = ""
        for digit in reversed(taken):
            text = digit + ("," if grouped and count and count % 3 == 0 and digit.isdigit() else "") + text
            count += 1
        shown.append(text)
    return shown[::-1]


def _rest(digits: str, places: Sequence[Token]) -> list[str]:
    shown = list(digits.ljust(len(places), "0"))
    for at in range(len(places) - 1, -1, -1):
        if shown[at] != "0" or places[at].code == "0":
            break
        shown[at] = " " if places[at].code == "?" else ""
    return shown


def _written(parts: Sequence[Token], point: int, digits: tuple[list[str], list[str]]) -> str:
    before, after = iter(digits[0]), iter(digits[1])
    text = ""
    for at, token in enumerate(parts):
        if token.kind == "digit":
            text += next(before if at < point else after)
        elif token.kind == "point":
            text += token.literal if at == point else ""
        elif token.kind != "comma":
            text += token.literal
    return text


def _powered(number: Decimal, parts: Sequence[Token]) -> str:
    """Return a number with a power of ten, such as 1.50E+03."""
    at = next(at for at, token in enumerate(parts) if token.kind == "exponent")
    places = [token for token in parts[:at] if token.kind == "digit"]
    point = next((spot for spot, token in enumerate(parts[:at]) if token.kind == "point"), at)
    decimals = sum(1 for token in parts[point:at] if token.kind == "digit")
    step = max(1, len(places) - decimals)
    power = number.adjusted() // step * step if number else 0
    mantissa = _rounded(number.scaleb(-power), min(decimals, _MOST_PLACES))
    if mantissa >= 10**step:
        mantissa, power = mantissa.scaleb(-step), power + step
    width = sum(1 for token in parts[at:] if token.kind == "digit")
    plus = "+" if parts[at].code.endswith("+") else ""
    head = _placed(mantissa, parts[:at]) if places else ""
    tail = "".join(token.literal for token in parts[at:] if token.kind == "literal")
    return f"{head}E{'-' if power < 0 else plus}{abs(power):0{max(1, width)}d}{tail}"


def _fraction(number: Decimal, parts: Sequence[Token]) -> str:
    """Return a number as a whole and a fraction, such as 1 1/2."""
    slash = next(at for at, token in enumerate(parts) if token.kind == "slash")
    fixed = "".join(token.code for token in parts[slash + 1 :] if token.kind == "literal" or token.code == "0")
    fixed = fixed.strip()
    places = sum(1 for token in parts[slash + 1 :] if token.kind == "digit")
    exact = Fraction(number)
    if fixed.isdecimal() and 0 < int(fixed) <= _MOST_DENOMINATOR:
        bottom = int(fixed)
        top = round(exact * bottom)
    else:
        near = exact.limit_denominator(min(10 ** max(places, 1) - 1, _MOST_DENOMINATOR))
        top, bottom = near.numerator, near.denominator
    if _has_whole(parts[:slash]):
        whole, top = divmod(top, bottom)
        return f"{whole} {top}/{bottom}" if whole and top else str(whole) if not top else f"{top}/{bottom}"
    return f"{top}/{bottom}"


def _has_whole(parts: Sequence[Token]) -> bool:
    """Return whether a format has a place for whole numbers before its fraction, with a space between them."""
    kinds = [kind for kind, _ in groupby("digit" if token.kind == "digit" else "" for token in parts)]
    return kinds.count("digit") > 1
