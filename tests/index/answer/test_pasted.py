"""What is searched for where somebody pastes a log."""

from __future__ import annotations

import time

import pytest

from index.answer.asked import message_text
from index.answer.pasted import telling

ROUTINE = tuple(f"[12:30:{number:02} INFO]: Thread-{number} loaded {number * 7} pages" for number in range(60))
OTHERS = ("[12:31:00 INFO]: Listening on 0.0.0.0:8080", "[12:31:01 DEBUG]: heartbeat", "[12:31:02 INFO]: Ada joined")


@pytest.mark.parametrize(
    "trouble",
    [
        "[12:32:00 ERROR]: E1042: relay handshake refused by peer",
        "java.net.BindException: Address already in use",
        "time=12:32 level=error msg='disk quota exceeded'",
        "fatal: unable to access the remote repository",
        "ModuleNotFoundError: No module named 'relay'",
    ],
)
@pytest.mark.parametrize("asked", ["", "my server stops, what now?"])
def test_what_went_wrong_is_searched_for_and_not_what_went_well(trouble: str, asked: str) -> None:
    log = [asked, *ROUTINE, *OTHERS, trouble, "\tat org.example.Relay.run(Relay.java:42)", *ROUTINE]
    assert message_text("\n".join(filter(None, log))) == "\n".join(filter(None, [asked, trouble]))


def test_lines_that_differ_in_numbers_alone_are_searched_for_once() -> None:
    assert telling("\n".join([*ROUTINE, "Ada joined"])) == f"{ROUTINE[0]}\nAda joined"


@pytest.mark.parametrize(
    "text",
    [
        "one\ntwo\nthree",
        "How do I set it up?\n\nI tried:\n\n1. the key\n2. the lamp\n\nNone of it helped.\n\nThanks!",
        "E1042: relay handshake refused by peer",
    ],
)
def test_what_is_no_log_stays_as_it_is(text: str) -> None:
    assert telling(text) == text


@pytest.mark.parametrize("text", ["." * 200_000, "\n" * 200_000, ".\n" * 100_000, "0x" * 100_000, "a." * 100_000])
def test_long_texts_take_a_time_that_grows_with_them(text: str) -> None:
    began = time.perf_counter()
    telling(text)
    assert time.perf_counter() - began < 20
