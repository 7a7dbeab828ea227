"""Pictures with a question: what of their text is searched for, and what becomes of those that cannot be read."""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Awaitable, Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from bot import settings
from bot.answering.screenshots import Picture, Screenshots
from bot.manners.screenshots import MOST_CHARACTERS, telling

needs_models = pytest.mark.skipif(
    importlib.util.find_spec("rapidocr") is None or importlib.util.find_spec("onnxruntime") is None,
    reason="the extra `ocr` is not installed",
)


def screenshot(*lines: str) -> bytes:
    picture = Image.new("RGB", (760, 60 + 50 * len(lines)), "white")
    for at, line in enumerate(lines):
        ImageDraw.Draw(picture).text((30, 30 + 50 * at), line, font=ImageFont.load_default(26), fill="black")
    data = io.BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()


def fetched(*pictures: Picture) -> Callable[[], Awaitable[Sequence[Picture]]]:
    async def fetch() -> Sequence[Picture]:
        return pictures

    return fetch


def patient() -> Screenshots:
    """Return what waits longer than the bot does: a busy machine is slow."""
    screenshots = Screenshots(settings.load(ocr_questions=True))
    screenshots.seconds = 60.0
    return screenshots


def test_the_lines_that_look_like_an_error_are_what_counts() -> None:
    text = "File  Edit  View\nStarting the server\nError: port 8080 is already in use\n12:45\nHelp"
    assert telling(text) == "Error: port 8080 is already in use"


def test_without_an_error_the_first_lines_count() -> None:
    assert telling("Settings\n\n12:45\nQuiet hours\n") == "Settings\nQuiet hours"


@given(st.text())
def test_it_is_never_much(text: str) -> None:
    assert len(telling(text)) <= MOST_CHARACTERS


@needs_models
async def test_a_picture_is_read_and_a_damaged_one_passed_over() -> None:
    screenshots = patient()
    pictures = fetched((".png", b"no picture"), (".png", screenshot("Error: the berth is taken")))
    assert await screenshots.text(pictures) == "Error: the berth is taken"


@needs_models
async def test_while_those_of_one_question_are_read_others_are_not_even_fetched() -> None:
    screenshots, asked = patient(), 0

    async def fetch() -> Sequence[Picture]:
        nonlocal asked
        asked += 1
        assert await screenshots.text(fetch) == ""
        return [(".png", screenshot("Error: the berth is taken"))]

    assert await screenshots.text(fetch) == "Error: the berth is taken"
    assert asked == 1


@needs_models
async def test_what_takes_too_long_is_given_up_and_the_next_is_read() -> None:
    screenshots = Screenshots(settings.load(ocr_questions=True))
    screenshots.seconds = 0.05
    assert await screenshots.text(fetched((".png", screenshot("Error")))) == ""
    screenshots.seconds = 60.0
    assert await screenshots.text(fetched((".png", screenshot("Error: no berth")))) == "Error: no berth"


async def test_nothing_is_read_where_nobody_asked_for_it() -> None:
    screenshots = Screenshots(settings.load())
    assert not screenshots.are_read
    assert await screenshots.text(fetched((".png", screenshot("Error")))) == ""
