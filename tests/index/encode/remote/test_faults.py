"""What a server may do wrong: each is one sentence that says what to do, and it goes on when the server does."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from typing import Any

import pytest
from serving import KEY, Fault, Serving, altered, breaking_off, dripping, refusing, serving, silent

from index.encode.encoder import Encoder
from index.encode.remote import encoder as remote_encoder
from index.encode.remote.patience import Patience
from index.errors import EncoderAwayError, EncoderError, OtherModelError
from index.records import PassageText
from tests.index.encode.remote.conftest import BRIEF, HASTY, model_of, remote


def _is_sentence(message: str) -> bool:
    return (
        message.endswith(".") and "\n" not in message and "QUOTH_ENCODER" in message and "object at 0x" not in message
    )


def _data(alter: Callable[[list[dict[str, Any]]], object]) -> Fault:
    return altered(lambda good: {**good, "data": alter(good["data"])})


def _first(value: object) -> Fault:
    return _data(lambda data: [{**data[0], "embedding": [value, *data[0]["embedding"][1:]]}, *data[1:]])


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (altered(lambda _: "<html>Welcome</html>"), "not JSON"),
        (altered(lambda _: ""), "not JSON"),
        (altered(lambda _: []), "does not answer as the OpenAI embeddings API"),
        (altered(lambda _: {"error": {"message": "out of memory"}}), "data: Field required"),
        (_data(lambda data: data[:-1]), "0 vectors for 1 texts"),
        (_data(lambda data: [*data, *data]), "2 vectors for 1 texts"),
        (_data(lambda data: [{**entry, "index": 7} for entry in data]), "numbers are not those of the texts"),
        (_data(lambda data: [{"embedding": entry["embedding"]} for entry in data]), "index: Field required"),
        (_first(float("nan")), "NaN"),
        (_first(None), "valid number"),
        (_first("0.1x"), "valid number"),
        (_data(lambda data: [{**entry, "embedding": [0.0] * 384} for entry in data]), "zeros"),
        (_data(lambda data: [{**entry, "embedding": []} for entry in data]), "at least 1 item"),
        (_data(lambda data: [{**entry, "embedding": [0.1] * 100} for entry in data]), "100 numbers instead of 384"),
        (refusing(400, {"error": "no such thing"}), "400 Bad Request; no such thing"),
        (refusing(403, {"message": "go away"}), "does not let us in"),
        (refusing(404, {"detail": "The model `x` does not exist."}), "no model 'the-model'"),
        (refusing(418), "418"),
        (refusing(302, "", Location="http://elsewhere.example/"), "302 Found"),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_a_sentence_and_the_next_right_one_is_taken(
    server: Serving, fault: Fault, message: str
) -> None:
    there = remote(server.url)
    wanted = there.questions(["Who?"])
    server.always = fault
    with pytest.raises(EncoderError) as error:
        there.questions(["Who?"])
    assert not isinstance(error.value, EncoderAwayError)
    assert message in str(error.value)
    assert _is_sentence(str(error.value))
    server.always = None
    assert (there.questions(["Who?"]) == wanted).all()


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (silent, "does not answer in time"),
        (dripping, "does not answer in time"),
        (breaking_off, "broke off"),
        (refusing(429), "overloaded"),
        (refusing(503, "", Retry_After="3600"), "503 Service Unavailable"),
        (refusing(503, "", Retry_After="soon"), "503 Service Unavailable"),
        (refusing(500, "<h1>Internal</h1>"), "500 Internal Server Error"),
        (refusing(599), "599"),
    ],
)
def test_a_server_that_is_away_is_waited_for_no_longer_than_there_is_patience(
    server: Serving, fault: Fault, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote_encoder, "_REST", 0.0)
    there = remote(server.url)
    there.questions(["Who?"])
    there.patience = HASTY if fault in (silent, dripping) else BRIEF
    server.always = fault
    began = time.monotonic()
    with pytest.raises(EncoderError) as error:
        there.questions(["Who?"])
    assert time.monotonic() - began < BRIEF.all
    assert message in str(error.value)
    assert str(error.value).endswith(".")
    server.always, there.patience = None, BRIEF
    assert there.questions(["Who?"]).shape == (1, 384)


@pytest.mark.parametrize("fault", [breaking_off, refusing(429, "", Retry_After="1"), refusing(502)])
def test_what_fails_once_is_tried_again(server: Serving, fault: Fault) -> None:
    there = remote(server.url)
    there.questions(["Who?"])
    server.faults.append(fault)
    assert there.questions(["Who?"]).shape == (1, 384)
    assert not server.faults


def test_the_server_is_left_alone_for_as_long_as_it_asks(server: Serving) -> None:
    there = remote(server.url)
    there.questions(["Who?"])
    server.faults.append(refusing(503, "", Retry_After="1"))
    began = time.monotonic()
    there.questions(["Who?"])
    assert time.monotonic() - began >= 1


def test_vectors_in_another_order_are_put_in_order(server: Serving, encoder: Encoder) -> None:
    server.always = _data(lambda data: data[::-1])
    texts = ["Who?", "Where?", "When does the bakery open?"]
    vectors = remote(server.url).questions(texts)
    assert float((vectors * encoder.questions(texts)).sum(axis=1).min()) > 0.9999


def test_nobody_at_the_address_is_a_sentence_at_once() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
    began = time.monotonic()
    with pytest.raises(EncoderAwayError, match="cannot be reached") as error:
        remote(address).questions(["Who?"])
    assert time.monotonic() - began < BRIEF.all
    assert _is_sentence(str(error.value))
    assert "refused" in str(error.value)
    with pytest.raises(EncoderAwayError, match="cannot be reached"):
        remote("http://no-such-host.invalid").questions(["Who?"])


def test_what_speaks_no_http_or_no_tls_is_a_sentence(server: Serving) -> None:
    with pytest.raises(EncoderError, match="TLS") as error:
        remote(server.url.replace("http:", "https:")).questions(["Who?"])
    assert _is_sentence(str(error.value))


def test_while_it_is_away_others_are_told_so_without_waiting(server: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    there = remote(server.url)
    there.questions(["Who?"])
    there.patience = HASTY
    server.always = silent
    with pytest.raises(EncoderAwayError):
        there.questions(["Who?"])
    asked = len(server.asked)
    with pytest.raises(EncoderAwayError, match="does not answer in time"):
        there.questions(["Who?"])
    assert len(server.asked) == asked
    server.always, there.patience = None, BRIEF
    monkeypatch.setattr(remote_encoder, "_REST", 0.0)
    assert there.questions(["Who?"]).shape == (1, 384)


def test_another_model_is_told_before_any_vector_is_used(cls_model: Encoder) -> None:
    with serving(model_of(cls_model)) as running:
        there = remote(running.url)
        with pytest.raises(EncoderError, match=r"does not give the vectors of .*MiniLM.* \(likeness 0") as error:
            there.questions(["Who?"])
        assert _is_sentence(str(error.value))
        with pytest.raises(EncoderError, match="likeness"):
            list(there.passages([PassageText("", "A text.", ((0, 7),))]))


def test_a_server_that_comes_back_with_another_model_is_found_out(
    server: Serving, encoder: Encoder, cls_model: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By what it calls its model where it says so, and in any case after it has been away."""
    monkeypatch.setattr(remote_encoder, "_REST", 0.0)
    there = remote(server.url)
    there.questions(["Who?"])
    server.model, server.name = model_of(cls_model), "other"
    with pytest.raises(EncoderError, match="likeness"):
        there.questions(["Who?"])
    server.model, server.name = model_of(encoder), "the-model"
    there.questions(["Who?"])
    server.stop()
    with pytest.raises(EncoderAwayError):
        there.questions(["Who?"])
    server.model = model_of(cls_model)
    server.start()
    with pytest.raises(EncoderError, match="likeness"):
        there.questions(["Who?"])


def test_one_that_was_away_for_a_moment_and_has_another_model_since_is_found_out(
    server: Serving, cls_model: Encoder
) -> None:
    """Under the same name, and without anybody having been told that it was away."""
    there = remote(server.url)
    there.questions(["Who?"])
    server.model = model_of(cls_model)
    server.faults.append(refusing(503))
    with pytest.raises(EncoderError, match="likeness"):
        there.questions(["Who?"])


def test_a_model_that_nothing_is_known_of_is_held_against_the_index(
    encoder: Encoder, other_model: Encoder, cls_model: Encoder
) -> None:
    with serving(model_of(other_model)) as running:
        there = remote(running.url, name=other_model.name)
        there.questions(["Who?"])
        assert not there.is_known
        with pytest.raises(OtherModelError, match="vectors of another model"):
            there.expect(cls_model.probes)
        there.expect(None)
        there.expect(other_model.probes)
        assert there.is_known
        unasked = remote(running.url, name=other_model.name)
        unasked.expect(encoder.probes)
        with pytest.raises(EncoderError, match="likeness"):
            unasked.questions(["Who?"])


def test_a_server_that_goes_away_in_mid_build_ends_it_in_a_sentence_and_soon(server: Serving) -> None:
    there = remote(server.url, building=Patience(connect=5, answer=30, all=600, pauses=(0.05, 0.05)))
    texts = [PassageText("Title", f"A text that is number {number}.", ((0, 6),)) for number in range(300)]
    encoded = there.passages(texts)
    next(encoded)
    server.stop()
    began = time.monotonic()
    with pytest.raises(EncoderAwayError, match="cannot be reached"):
        list(encoded)
    assert time.monotonic() - began < 20


def test_whoever_breaks_off_a_build_does_not_wait_for_a_server_that_is_away(server: Serving) -> None:
    there = remote(server.url, building=Patience(connect=5, answer=30, all=600, pauses=(300,)))
    texts = [PassageText("Title", f"A text that is number {number}.", ((0, 6),)) for number in range(300)]
    encoded = there.passages(texts)
    next(encoded)
    server.always = refusing(503)
    time.sleep(0.3)
    began = time.monotonic()
    encoded.close()  # type: ignore[attr-defined]
    assert time.monotonic() - began < 20


def test_a_key_goes_to_no_other_address(server: Serving, encoder: Encoder) -> None:
    with serving(model_of(encoder)) as other:
        server.always = refusing(307, "", Location=f"{other.url}/v1/embeddings")
        with pytest.raises(EncoderError, match="307"):
            remote(server.url, key=KEY).questions(["Who?"])
        assert other.asked == []


def test_a_server_that_is_two_models_in_turns_is_told(server: Serving) -> None:
    """As behind a balancer of loads: the one that answered is not the one that was held against the model."""
    there = remote(server.url)
    there.questions(["Who?"])
    server.faults.append(altered(lambda good: {**good, "model": "other"}))
    with pytest.raises(EncoderError, match="as 'other' and as 'the-model' in turns"):
        there.questions(["Who?"])
    server.name = "renamed"
    assert there.questions(["Who?"]).shape == (1, 384)
