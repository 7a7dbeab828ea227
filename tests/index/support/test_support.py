"""What passes without the model: a quote said again letter for letter, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from index.records import Quote
from index.support.support import Support


class Unsure:
    """A model that holds nothing to be supported."""

    def chances(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        return [0.0] * len(pairs)


@pytest.fixture
def without_model(monkeypatch: pytest.MonkeyPatch) -> Support:
    monkeypatch.setattr("index.support.support.SupportModel", Unsure)
    return Support()


def _quote(text: str) -> Quote:
    return Quote("a.md", "Guide", (), None, (1, 1), 0, len(text), text, None, 0.5)


@pytest.mark.parametrize(
    "text",
    [
        "The pool is closed.",
        "Only admins can delete posts, so that nothing is lost.",
        "Run the tool with -v to show the version.",
        "Users are not banned because they are rude.",
        "The file says that the pool is closed.",
    ],
)
def test_a_quote_said_again_letter_for_letter_passes_without_the_model(without_model: Support, text: str) -> None:
    assert without_model(text, [_quote(text)]) == 1.0
    assert without_model(text, [_quote("The mill turns."), _quote(text.replace(" ", "\n", 1))]) == 1.0


@pytest.mark.parametrize(
    ("cited", "statement"),
    [
        ("The pool is closed on Monday.", "On Monday, the pool is closed."),  # true, but nothing here can tell
        ("Only admins can delete posts.", "Admins can delete posts only."),
        ("Guests can read the lobby only.", "Only guests can read the lobby."),
        ("This plugin works on Linux only.", "Only this plugin works on Linux."),
        ("Users are not banned because they are rude.", "Users are not banned."),
        ("We never delete accounts because they are idle.", "We never delete accounts."),
        ("Refunds are not paid so that members stay.", "Refunds are not paid."),
        (
            "You lose the files that were changed after the backup.",
            "After the backup, you lose the files that were changed.",
        ),
        ("Bob met the man who fled in 1990.", "In 1990 Bob met the man who fled."),
        (
            "Members cannot post links to sites without a certificate.",
            "Without a certificate, members cannot post links to sites.",
        ),
        (
            "Refunds are given to members who paid within a week.",
            "Within a week refunds are given to members who paid.",
        ),
        (
            "Ask a person who knows what to do if the server stops.",
            "If the server stops ask a person who knows what to do.",
        ),
        ("Admins see the same rooms as members.", "As members, admins see the same rooms."),
        ("Delete files from users before 2020.", "Before 2020, delete files from users."),
        ("Install the update from May.", "From May, install the update."),
        ("In Berlin, call the office.", "Call the office in Berlin."),
        ("Admins choose if posts are public.", "If posts are public, admins choose."),
        ("You can post, so long as it is on topic.", "You can post."),
        ("The offer is valid, while stocks last.", "The offer is valid."),
        ("To join you need an account, and a verified phone.", "To join you need an account."),
        ("The file must be smaller than 5 MB, and be a PNG.", "The file must be smaller than 5 MB."),
        ("Never share your password, PIN, and token.", "Never share your password, PIN."),
        ("Take 5 mg, and 10 mg on the second day.", "Take 5 mg."),
        ("You can restart the server, and you have to save the world beforehand.", "You can restart the server."),
        ("The server is free, and that is a lie.", "The server is free."),
        ("The key is safe, so the vendor says.", "The key is safe."),
        ("Guests may post, and that was changed in 2024.", "Guests may post."),
        ("Unless you pay, verify etc. you are banned.", "You are banned."),
        ("The limit is .5 MB per file.", "The limit is 5 MB per file."),
        ("Put the token in .env on the server.", "Put the token in env on the server."),
        ("Enter !ban and a name.", "Enter ban and a name."),
        ("Run the tool with -v to show the version.", "To show the version, run the tool with -V."),
        ("Run the tool with -v.", "Run the tool with -V."),
        ("The rooms are public?", "The rooms are public."),
        ("The limit is 5 Mb per second.", "The limit is 5 MB per second."),
    ],
)
def test_what_is_said_otherwise_does_not_pass_without_the_model(
    without_model: Support, cited: str, statement: str
) -> None:
    assert without_model(statement, [_quote(cited)]) is None
