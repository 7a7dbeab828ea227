"""`QUOTH_ENCODER_URL` at the command line: settings, questions, builds, the doctor."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import KEY, Fault, Serving, altered, refusing, serving

from bot import compose, settings
from bot.env_file import SettingsError
from index.encode.encoder import Encoder
from tests.bot.conftest import Quoth
from tests.index.encode.remote.conftest import model_of
from tests.paths import ROOT

_QUESTION = "When do quiet hours begin?"
_NOBODY = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def _asked_anew() -> None:
    """No test finds what another has asked: a port may be had again."""
    compose.remote_encoder.cache_clear()


@pytest.fixture
def server(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serving]:
    """A server that is asked."""
    with serving(model_of(encoder)) as running:
        monkeypatch.setenv("QUOTH_ENCODER_URL", running.url)
        monkeypatch.setenv("QUOTH_RERANKER", "off")
        yield running


@pytest.fixture
def where(documents: Path, tmp_path: Path) -> list[str]:
    return ["--documents", str(documents), "--data", str(tmp_path / "data")]


def test_a_question_is_answered_without_the_model_being_loaded_here(
    quoth: Quoth, server: Serving, where: list[str]
) -> None:
    assert quoth("index", "build", *where).status == 0
    program = (
        "import sys; from bot.cli.main import main\n"
        "try: main()\n"
        "finally: print(sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)), file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, "ask", *where, _QUESTION],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert "Quiet hours begin at ten in the evening" in ended.stdout
    assert ended.stderr == "[]\n"
    assert server.asked[-1]["input"] == [_QUESTION]


def test_an_index_built_here_is_said_to_be_encoded_anew_elsewhere(
    quoth: Quoth, where: list[str], documents: Path, server: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.delenv("QUOTH_ENCODER_URL")
        assert quoth("index", "build", *where).status == 0
    assert "Nothing has changed" in quoth("index", "build", *where).out
    (documents / "pond.txt").write_text("The village has a pond.")
    assert "All documents were encoded anew" in quoth("index", "build", *where).out
    assert server.asked


def test_a_server_that_nobody_serves_is_one_sentence(
    quoth: Quoth, server: Serving, where: list[str], documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert quoth("index", "build", *where).status == 0
    monkeypatch.setenv("QUOTH_ENCODER_URL", _NOBODY)
    compose.remote_encoder.cache_clear()
    ended = quoth("ask", *where, _QUESTION)
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.strip().endswith("start it, or check QUOTH_ENCODER_URL.")
    assert ended.err.count("\n") == 1
    (documents / "pond.txt").write_text("The village has a pond.")
    ended = quoth("index", "build", *where)
    assert ended.status == 1
    assert "cannot be reached" in ended.err
    monkeypatch.setenv("QUOTH_ENCODER_URL", server.url)
    assert quoth("ask", *where, _QUESTION).status == 0


def _encoder_check(output: str) -> tuple[str, str]:
    checks = {check["what"]: check for check in map(json.loads, output.splitlines())}
    return checks["encoder"]["state"], checks["encoder"]["told"]


def _giving(embedding: list[float]) -> Fault:
    return altered(lambda good: {**good, "data": [{**entry, "embedding": embedding} for entry in good["data"]]})


@pytest.mark.parametrize(
    "case",
    [
        (None, "good", " answers in "),
        (altered(lambda _: {"error": "broken"}), "bad", "does not answer as the OpenAI embeddings API"),
        (_giving([1.0, 2.0]), "bad", "2 numbers instead of 384"),
        (_giving([1.0] * 384), "bad", "likeness"),
        (refusing(401), "bad", "QUOTH_ENCODER_KEY"),
    ],
)  # fmt: skip
def test_the_doctor_says_whether_it_is_there_and_right(
    quoth: Quoth, server: Serving, where: list[str], case: tuple[Fault | None, str, str]
) -> None:
    fault, state, wanted = case
    server.always = fault
    actual, message = _encoder_check(quoth("doctor", "--json", *where).out)
    assert actual == state
    assert wanted in message
    assert server.url in message


def test_the_doctor_says_that_it_is_not_there_and_nothing_where_there_is_none_to_be(
    quoth: Quoth, where: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert '"encoder"' not in quoth("doctor", "--json", *where).out
    monkeypatch.setenv("QUOTH_ENCODER_URL", _NOBODY)
    state, message = _encoder_check(quoth("doctor", "--json", *where).out)
    assert state == "bad"
    assert "cannot be reached" in message


def test_the_doctor_says_where_nothing_is_known_to_compare_with(
    quoth: Quoth, where: list[str], other_model: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(model_of(other_model)) as running:
        monkeypatch.setenv("QUOTH_ENCODER_URL", running.url)
        monkeypatch.setenv("QUOTH_MODEL", other_model.name)
        assert _encoder_check(quoth("doctor", "--json", *where).out)[0] == "warning"
        assert quoth("index", "build", *where).status == 0
        compose.remote_encoder.cache_clear()
        assert _encoder_check(quoth("doctor", "--json", *where).out)[0] == "good"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QUOTH_ENCODER_URL", "localhost:8080"),
        ("QUOTH_ENCODER_URL", "ftp://host"),
        ("QUOTH_ENCODER_URL", "http://"),
        ("QUOTH_ENCODER_URL", "http://host:port"),
        ("QUOTH_ENCODER_URL", "http://host/v1?key=secret"),
        ("QUOTH_ENCODER_URL", "http://me:secret@host"),
        ("QUOTH_ENCODER_KEY", "sécret"),
        ("QUOTH_ENCODER_KEY", "secret\nX-More: 1"),
    ],
)
def test_a_bad_address_or_key_is_one_sentence(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name) as error:
        settings.load()
    assert "\n" not in str(error.value)
    assert "@" not in str(error.value)
    assert "KEY" not in name or "cret" not in str(error.value)


def test_the_key_reaches_the_server_and_a_rebuild_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTH_ENCODER_KEY", f" {KEY}\n")
    loaded = settings.load(encoder_url="http://127.0.0.1:8080")
    assert KEY not in repr(loaded)

    environment = settings.as_environment(loaded)
    assert environment["QUOTH_ENCODER_KEY"] == KEY
    assert environment["QUOTH_ENCODER_URL"] == "http://127.0.0.1:8080"
    assert KEY not in json.dumps(loaded.model_dump(mode="json"))


def test_at_the_start_an_encoder_that_is_away_is_told_and_one_of_another_model_ends_it(
    quoth: Quoth, server: Serving, where: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Questions are answered as soon as it is there."""
    assert quoth("index", "build", *where).status == 0
    server.stop()
    compose.remote_encoder.cache_clear()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{_QUESTION}\n"))
    ended = quoth("run", *where)
    assert "Questions are answered as soon as it does." in ended.err
    server.start()
    server.always = _giving([1.0] * 384)
    compose.remote_encoder.cache_clear()
    ended = quoth("run", *where)
    assert ended.status == 1
    assert "likeness" in ended.err
    assert ended.err.count("\n") == 1
