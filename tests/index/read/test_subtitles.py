"""Subtitles: what is said, with the time."""

from __future__ import annotations

from tests.index.read.blocks import H, P, blocks, document, texts


def test_cues_are_joined_under_the_time() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:03,000\n<i>The lake</i> freezes\n\n2\n00:00:03,100 --> 00:00:05,000\nin winter.\n\n"
        "3\n01:06:00,000 --> 01:06:02,000\n{\\an8}It thaws.\n4\n01:06:30,000 --> 01:06:32,000\nLater.\n"
    )
    assert blocks("a.srt", text) == [
        (H, 3, "0:00:01"),
        (P, 3, "The lake freezes in winter."),
        (H, 11, "1:06:00"),
        (P, 11, "It thaws."),
        (P, 14, "Later."),
    ]


def test_what_stays_on_the_screen_is_said_once() -> None:
    text = (
        "WEBVTT - The lake\n\nNOTE\nsecret\n\nSTYLE\n::cue {secret}\n\n"
        "00:01.000 --> 00:03.000 align:left\n<v Ann>Ice &amp; snow\n\n"
        "00:03.000 --> 00:05.000\nIce &amp; snow\non the <c.blue>lake</c>\n"
    )
    assert texts("a.vtt", text) == ["0:00:01", "Ann: Ice & snow on the lake"]
    assert document("a.vtt", text).title == "The lake"


def test_a_long_speech_has_paragraphs_and_a_heading_every_few_minutes() -> None:
    cues = "".join(
        f"{n // 60:02}:{n % 60:02}.000 --> {n // 60:02}:{n % 60:02}.900\nSentence {n} is said here.\n\n"
        for n in range(900)
    )
    kinds = [kind for kind, _, _ in blocks("a.vtt", f"WEBVTT\n\n{cues}")]
    assert kinds.count(H) == 3
    assert all(len(text) < 1000 for text in texts("a.vtt", f"WEBVTT\n\n{cues}"))


def test_text_without_times_is_read_as_it_stands() -> None:
    assert texts("a.srt", "The lake freezes.") == ["The lake freezes."]
