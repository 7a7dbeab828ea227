"""What errors say on Discord."""

from __future__ import annotations

import inspect

import pytest

from bot.public_errors import public_words
from index import errors
from index.errors import ConnectorError, LibraryError, QuothError, SourceError

KINDS = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, QuothError) and kind not in (QuothError, SourceError, LibraryError, ConnectorError)
]


@pytest.mark.parametrize("kind", KINDS)
def test_the_words_of_the_index_which_may_name_files_stay_in_the_log(
    kind: type[QuothError], caplog: pytest.LogCaptureFixture
) -> None:
    words = public_words(kind("/srv/quoth/data/generations/000007-ab12 is broken"))
    assert "/srv" not in words
    assert "000007" not in words
    assert words.endswith(".")
    assert any("/srv/quoth" in str(getattr(record, "reason", "")) for record in caplog.records)


def test_what_is_wrong_with_a_connector_is_told_without_folders_of_the_machine() -> None:
    words = public_words(ConnectorError("/srv/quoth/library/docs cannot be written to (No space left on device)."))
    assert words == "docs cannot be written to (No space left on device)."
    words = public_words(ConnectorError("https://docs.example.org/a answers 503: nothing has changed."))
    assert words == "https://docs.example.org/a answers 503: nothing has changed."


def test_what_names_documents_that_may_be_seen_is_told_as_it_is() -> None:
    words = public_words(SourceError("There is no document 'x': `quoth source list` names them all."))
    assert words == "There is no document 'x': `quoth source list` names them all."
    assert public_words(QuothError("One moment, please.")) == "One moment, please."
