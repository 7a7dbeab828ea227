"""Text in whatever encoding it has."""

from __future__ import annotations

import codecs
import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableError
from index.read.characters import cleaned
from index.read.decoding import decoded
from tests.paths import EVALUATION_SETS

_SAMPLES = EVALUATION_SETS / "awkward-files" / "text"
_GERMAN = "Die Größe der Brücke über den Fluß beträgt zwölf Meter, sagt der Wächter.\n" * 3
_RUSSIAN = "Мост через реку построили в прошлом веке, и он стоит до сих пор.\n" * 5


@pytest.mark.parametrize(
    "mark_and_codec",
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_is_believed_and_taken_off(mark_and_codec: tuple[bytes, str]) -> None:
    mark, codec = mark_and_codec
    assert decoded(mark + _RUSSIAN.encode(codec)) == _RUSSIAN


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-8", "cp1252", "iso2022_jp"])
def test_text_without_a_mark_is_recognised(codec: str) -> None:
    text = "日本語のテキストです。\n" * 3 if codec == "iso2022_jp" else _GERMAN
    assert decoded(text.encode(codec)) == text


@pytest.mark.parametrize("codec", ["koi8-r", "cp1251", "cp866", "mac_cyrillic"])
def test_a_declared_encoding_is_believed(codec: str) -> None:
    for head in (
        f'<?xml version="1.0" encoding="{codec}"?>',
        f"<meta http-equiv=x content='text/html; charset={codec}'>",
    ):
        assert decoded((head + _RUSSIAN).encode(codec)) == head + _RUSSIAN


def test_a_declaration_that_cannot_be_true_is_not_believed() -> None:
    head = '<meta charset="utf-16">'
    assert decoded((head + _GERMAN).encode("cp1252")) == head + _GERMAN
    head = '<meta charset="no-such-thing">'
    assert decoded((head + _GERMAN).encode("utf-8")) == head + _GERMAN


def test_a_few_broken_bytes_do_not_cost_the_rest() -> None:
    data = _RUSSIAN.encode()
    assert decoded(data + b"\xff" + data) == f"{_RUSSIAN}\ufffd{_RUSSIAN}"


def test_line_ends_are_newlines_and_control_characters_go() -> None:
    assert decoded(b"a\r\nb\rc\x0cd\x00e\x1bf\tg\xe2\x80\xa8h" + b"." * 99) == "a\nb\nc de" + "f\tg h" + "." * 99


def test_what_is_written_for_a_printer_or_a_terminal_is_read_as_it_looks_there() -> None:
    assert decoded(b"N\bNA\bAM\bM\bME\bE\n   quoth - answer _\bf_\bi_\bl_\be\n") == "NAME\n   quoth - answer file\n"
    link = b"\x1b]8;;https://x.y\x1b\\page\x1b]8;;\x1b\\"
    assert decoded(b"\x1b[1mNAME\x1b[0m\n \x1b[38;5;9mred\x1b[m " + link) == "NAME\n red page"


@pytest.mark.parametrize("seed", range(5))
def test_a_binary_file_is_not_text(seed: int) -> None:
    with pytest.raises(UnreadableError, match="is not text"):
        decoded(b"\x89PNG\r\n\x1a\n" + random.Random(seed).randbytes(5000))  # noqa: S311 # not for secrets


@given(st.binary(max_size=500))
def test_any_bytes_are_text_without_control_characters_or_not_text(data: bytes) -> None:
    try:
        text = decoded(data)
    except UnreadableError:
        return
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", text)


def test_a_large_file_is_guessed_from_a_sample() -> None:
    text = "plain\n" * 100_000 + _GERMAN + "plain\n" * 500_000
    assert decoded(text.encode("cp1252")) == text


@pytest.mark.skipif(not _SAMPLES.is_dir(), reason="the sample files are not here")
@pytest.mark.parametrize(("declared", "least"), [(True, 1.0), (False, 0.95)])
def test_real_files_are_read_as_what_they_are(*, declared: bool, least: float) -> None:
    right = [_is_right(path, declared=declared) for path in sorted(_SAMPLES.iterdir())]
    assert sum(right) / len(right) >= least


def _is_right(path: Path, *, declared: bool) -> bool:
    codec = re.sub("-(hungarian|bulgarian|russian|greek|hebrew)$", "", path.name.split("__")[0])
    data = path.read_bytes()
    if not declared:
        data = re.sub(rb"(encoding|charset)\s*=\s*[\"']?[\w-]+", b"", data, flags=re.IGNORECASE)
    return decoded(data) == cleaned(data.decode(codec))


def test_marks_where_a_line_may_break_are_in_no_word() -> None:
    assert cleaned("a co\xadop\u200ber\u2060ates, \u0646\u0645\u06cc\u200c\u0634\u0648\u062f") == (
        "a cooperates, \u0646\u0645\u06cc\u200c\u0634\u0648\u062f"
    )
