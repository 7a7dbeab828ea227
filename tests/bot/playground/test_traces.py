"""What the page is told of how an answer came about is what it did come about by."""

from __future__ import annotations

import math
from typing import Any

import pytest
import pytest_asyncio

from bot import compose
from bot.playground.running import Running
from bot.settings import Settings
from index.answer.asked import Asked
from index.encode.encoder import Encoder

from .browser import Browser, buttons, text

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "When do quiet hours begin?"
NEAR = pytest.approx


@pytest_asyncio.fixture(loop_scope="session")
async def traced(ada: Browser) -> dict[str, Any]:
    """The answer's message, with what is told of it."""
    answer = await ada.ask(QUESTION)
    await ada.event("trace", message=answer["id"])
    return {"message": answer, **(await ada.do("trace", channel=ada.id_of("general"), message=answer["id"]))}


async def test_scores_are_those_that_were_used(
    traced: dict[str, Any], running: Running, chosen: Settings, encoder: Encoder
) -> None:
    """They are the same as where the same question is answered here, but for rounding."""
    trace = traced["trace"]
    answerer = compose.answerer(chosen.model_copy(update={"data": running.game.workspace.data}), encoder)
    sources = {source.source for source in answerer.generation.catalogue.sources}
    open_to_all = frozenset(source for source in sources if not source.startswith("staff/"))
    reasoning = next(answerer.trace_all([Asked(QUESTION, seen=open_to_all)]))
    choice_trace, answer = reasoning.choice_trace, reasoning.answer
    assert choice_trace is not None
    assert trace["question"] == QUESTION
    assert trace["turns"] == []
    assert (trace["answered"], trace["why_not"]) == (True, None)
    assert trace["second_look"]
    assert trace["confidence"] == NEAR(answer.confidence, abs=1e-5)
    assert trace["threshold"] == answerer.threshold == 0.12
    assert trace["evidence"]["cosine"] == NEAR(reasoning.evidence.cosine if reasoning.evidence else 0, abs=1e-5)
    assert [passage["score"] for passage in trace["passages"]] == NEAR(
        choice_trace.scored_hits.score.tolist(), abs=1e-5
    )
    best = (-choice_trace.probability).argsort(kind="stable")[:8]
    assert [sentence["score"] for sentence in trace["sentences"]] == NEAR(
        choice_trace.candidates.scores[best].tolist(), abs=1e-5
    )
    assert [sentence["probability"] for sentence in trace["sentences"]] == NEAR(
        choice_trace.probability[best].tolist(), abs=1e-4
    )
    assert [(quote["text"], quote["score"]) for quote in trace["quotes"]] == [
        (quote.text, NEAR(quote.score, abs=1e-5)) for quote in answer.quotes
    ]
    answerer.generation.close()


async def test_scores_are_made_of_their_parts(traced: dict[str, Any]) -> None:
    trace = traced["trace"]
    for passage in trace["passages"]:
        assert passage["score"] == NEAR(passage["cosine"] + 0.5 * passage["bm25"], abs=1e-5)
    assert trace["passages"] == sorted(trace["passages"], key=lambda passage: -passage["score"])
    odds = []
    for sentence in trace["sentences"]:
        made = sentence["cosine"] + sentence["covered"] + 0.1 * sentence["bm25"] + 0.075 * sentence["type"]
        made -= 0.5 * sentence["only_named"]
        assert sentence["score"] == NEAR(made, abs=1e-5)
        passage = trace["passages"][sentence["passage"]]
        assert (passage["source"], passage["bm25"]) == (sentence["source"], NEAR(sentence["bm25"]))
        odds.append(12 * sentence["score"] + 0.75 * sentence["second_look"])
    probabilities = [sentence["probability"] for sentence in trace["sentences"]]
    assert probabilities == NEAR([probabilities[0] * math.exp(log_odds - odds[0]) for log_odds in odds], rel=0.01)
    assert probabilities == sorted(probabilities, reverse=True)
    assert "this one" in trace["choice"]


async def test_quotes_are_the_document_s_own_words_and_those_of_the_card(
    traced: dict[str, Any], running: Running
) -> None:
    trace = traced["trace"]
    lead = trace["quotes"][0]
    lines = (running.game.workspace.mirror.folder / lead["source"]).read_text().splitlines()
    assert lead["text"] in lines[lead["lines"][0] - 1]
    assert lead["text"] in text(traced["message"])
    assert lead["text"] in {sentence["text"] for sentence in trace["sentences"] if sentence["quoted"]}
    assert trace["total"] == NEAR(sum(trace["steps"].values()), rel=0.01)
    assert trace["generation"].startswith("0000")


async def test_the_requests_are_told_as_they_were_sent(traced: dict[str, Any], running: Running) -> None:
    callback, edit = traced["exchanges"]
    application = running.game.discord.world.application.id
    assert (callback["method"], callback["body"], callback["status"]) == ("POST", {"type": 5}, 200)
    assert callback["path"].endswith("…/callback")
    assert edit["method"] == "PATCH"
    assert edit["path"].startswith(f"/webhooks/{application}/")
    assert edit["path"].endswith("…/messages/@original")
    assert edit["body"]["allowed_mentions"] == {"parse": []}
    assert callback["at"] <= edit["at"]
    tokens = list(running.game.discord.world.interactions)
    assert not [token for token in tokens if token in str(traced)]


async def test_a_follow_up_has_its_turns_and_no_second_look(ada: Browser) -> None:
    dm = ada.id_of("dm")
    sent = (await ada.do("send", channel=dm, text="May dogs come in?"))["message"]
    first = await ada.reply_to(sent)
    sent = (await ada.do("send", channel=dm, text="And cats?", reply_to=first["id"]))["message"]
    second = await ada.reply_to(sent)
    await ada.event("trace", message=second["id"])
    reply = await ada.do("trace", channel=dm, message=second["id"])
    trace = reply["trace"]
    assert (trace["question"], trace["second_look"]) == ("And cats?", False)
    assert trace["turns"][0] == {"role": "user", "text": "May dogs come in?"}
    assert {sentence["second_look"] for sentence in trace["sentences"]} == {None}
    posted = reply["exchanges"][-1]
    assert (posted["method"], posted["path"]) == ("POST", f"/channels/{dm}/messages")


async def test_where_it_does_not_answer_it_is_told_why(ada: Browser) -> None:
    for question, why in (
        ("Which team won the cup final in 1998?", "Not in the documents"),
        ("???", "Too little to go by"),
    ):
        answer = await ada.ask(question)
        await ada.event("trace", message=answer["id"])
        trace = (await ada.do("trace", channel=ada.id_of("general"), message=answer["id"]))["trace"]
        assert not trace["answered"]
        assert why in trace["why_not"]
        assert trace["confidence"] < trace["threshold"]
        assert trace["choice"]


async def test_more_quotes_and_menus_have_traces_of_their_own(ada: Browser) -> None:
    general = ada.id_of("general")
    answer = await ada.ask(QUESTION)
    press = buttons(answer["components"])["More"]
    used = (await ada.do("click", channel=general, message=answer["id"], custom_id=press))["interaction"]
    more = await ada.answer(used)
    await ada.event("trace", message=more["id"])
    trace = (await ada.do("trace", channel=general, message=more["id"]))["trace"]
    assert trace["question"] == QUESTION
    said = (await ada.do("send", channel=general, text="Who bakes the rye bread?"))["message"]
    used = (await ada.do("menu", channel=general, message=said, name="Answer this"))["interaction"]
    reply = await ada.answer(used)
    await ada.event("trace", message=reply["id"])
    trace = (await ada.do("trace", channel=general, message=reply["id"]))["trace"]
    assert trace["question"] == "Who bakes the rye bread?"


async def test_what_is_no_answer_has_no_trace(ada: Browser) -> None:
    general = ada.id_of("general")
    used = (await ada.do("slash", channel=general, command="help"))["interaction"]
    shown = await ada.answer(used)
    reply = await ada.do("trace", channel=general, message=shown["id"])
    assert reply["trace"] is None
    assert len(reply["exchanges"]) == 2
    said = (await ada.do("send", channel=general, text="hello"))["message"]
    assert "not the bot's" in await ada.refused("trace", channel=general, message=said)
