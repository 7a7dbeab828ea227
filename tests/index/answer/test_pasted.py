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


_TROUBLE = "[12:00:04 ERROR]: Could not load plugin c"
_LOG = (
    "[12:00:01 INFO]: Starting",
    "[12:00:02 INFO]: Loading a",
    "[12:00:03 INFO]: Loading b",
    _TROUBLE,
    "[info] all is up",
)


@pytest.mark.parametrize(
    "own",
    [
        "How do I hide the INFO lines?",
        "How do I switch on DEBUG output?",
        "How do I switch off that NOTICE lines are mailed?",
        "INFO: is that a level, or what does it mean?",
        "I want no INFO lines in it, and no [debug] either.",
        "12:30:00 it said INFO and then nothing more",
        "level: info",
        "  level: debug",
        'level = "info"',
        "DEBUG: true",
        "[debug]",
        "debug: true",
        "INFO 行怎么隐藏？",  # noqa: RUF001 -- as Chinese writes it
        "  at home (my PC) it fails",
        " at localhost:8080",
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_what_people_write_themselves_stays_whatever_it_says_of_logs(own: str, *, first: bool) -> None:
    lines = [own, *_LOG] if first else [*_LOG, own]
    assert telling("\n".join(lines)) == "\n".join([own, _TROUBLE] if first else [_TROUBLE, own])


@pytest.mark.parametrize(
    "routine",
    [
        "2024-01-02 10:00:00,123 INFO [main] Starting",
        "2024-01-02T10:00:00Z DEBUG beat",
        "[12:00:01] [Server thread/INFO]: Done. For help, type help.",
        "Jan  2 10:00:00 host app[1]: INFO started",
        "2024/01/02 10:00:00 [notice] 12#12: start worker process",
        "time=2024-01-02T10:00:00Z level=info msg=started",
        '{"time":"2024-01-02T10:00:00Z","level":"info","msg":"started"}',
        "INFO: the server has started",
        "    at Function.Module._load (node.js:1)",
        "    at Object.<anonymous> (/app/a.js:2:4)",
        "    at Foo.bar [as baz] (C:\\Program Files\\x.js:1:2)",
        "    at async node:internal/main:12:3",
        "\tat org.example.Relay.run(Relay.java:42)",
    ],
)
def test_routine_lines_and_frames_of_many_programs_go(routine: str) -> None:
    assert telling("\n".join([*_LOG, routine])) == _TROUBLE


@pytest.mark.parametrize(
    "items",
    [
        tuple(f"{sides}d6" for sides in range(1, 7)),
        tuple(f"- 1.{minor}" for minor in range(16, 22)),
        tuple(f"Step {step}" for step in range(1, 7)),
        tuple(f"Error: {code} is shown" for code in range(401, 407)),
        tuple(f"{hour}:00:00" for hour in range(10, 16)),
    ],
)
def test_lists_that_people_write_stay_whole(items: tuple[str, ...]) -> None:
    text = "\n".join(("Which of these?", *items))
    assert telling(text) == text


@pytest.mark.parametrize(
    "line",
    [
        "    at " + "/:" * 9_000,
        "    at a (" + ":1" * 9_000,
        "1" * 18_000,
        "[" + "INFO " * 3_000,
        "  at " + "a." * 9_000,
    ],
)
def test_long_lines_take_a_time_that_grows_with_them(line: str) -> None:
    began = time.perf_counter()
    telling("\n".join([*_LOG, line]))
    assert time.perf_counter() - began < 20
