"""What the page can ask for, and what it is told: over the socket, with the real bot behind it."""

from __future__ import annotations

import aiohttp
import pytest

from bot.playground.running import Running
from bot.standin.posting.post import post
from bot.standin.state.interaction import InteractionKind
from bot.standin.state.message import Body
from tests.bot.wire.conftest import until

from .browser import Browser, buttons, opened, text

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "When do quiet hours begin?"
QUIET = "Quiet hours begin at ten in the evening"


async def test_the_first_thing_told_is_who_and_what_is_there(nobody: Browser, running: Running) -> None:
    hello = nobody.pushes[0]
    assert [person["name"] for person in hello["people"]] == ["Ada", "Mo", "Kim"]
    assert [role["name"] for role in hello["roles"]] == ["Moderator", "Staff", "Helper"]
    assert all(person["about"] and person["id"].isdigit() for person in hello["people"])
    assert hello["server"]["name"]
    assert hello["bot"]["bot"]
    assert hello["bot_state"] == {"state": "ready", "step": "ready", "done": 1, "total": 1, "told": "The bot is ready."}
    assert {".md", ".pdf", ".docx"} <= set(hello["accepts"])
    assert hello["limits"]["file_bytes"] == 50 * 1024 * 1024
    assert "Discord" in hello["welcome"]["notice"]
    assert "become" in (await nobody.refused("open", channel=str(running.game.discord.channel.id))).lower()
    assert "no such person" in await nobody.refused("become", person="1")


@pytest.mark.parametrize(
    "asked",
    [
        *("", "{", "[]", "null", "7", "{}", '{"id": 1}', '{"id": "x", "do": "open"}', '{"id": 1, "do": "open"}'),
        *('{"id": 1, "do": "open", "channel": "x"}', '{"id": 1, "do": "open", "channel": null}'),
        *('{"id": 1, "do": "fly"}', '{"id": 1, "do": "slash", "channel": "1", "command": ["ask"]}'),
        *('{"id": 1, "do": "send", "channel": 1, "text": {"a": 1}}', '{"id": 1, "do": "__init__"}'),
        "[" * 100_000,
        '{"id": "\\ud800", "do": "ping"}',
    ],
)
async def test_what_cannot_be_done_is_told_and_does_no_harm(ada: Browser, asked: str) -> None:
    await ada.socket.send_str(asked)
    reply = await ada.hear(lambda push: "error" in push)
    assert reply["error"].endswith(".")
    await ada.settle()


async def test_a_message_is_posted_changed_and_taken_away(ada: Browser, mo: Browser) -> None:
    general = ada.id_of("general")
    sent = (await ada.do("send", channel=general, text="Good **morning**"))["message"]
    for page in (ada, mo):
        pushed = await page.hear(lambda push: push.get("event") == "message" and push["message"]["id"] == sent)
        assert pushed["message"]["content"] == "Good **morning**"
        assert pushed["message"]["author"]["id"] == ada.me["id"]
    await ada.do("edit", channel=general, message=sent, text="Good evening")
    changed = await mo.event("changed")
    assert changed["message"]["content"] == "Good evening"
    assert changed["message"]["edited_timestamp"]
    await mo.do("react", channel=general, message=sent, emoji="👋")
    mine, theirs = await mo.event("reaction", message=sent), await ada.event("reaction", message=sent)
    assert [(reaction["count"], reaction["me"]) for reaction in mine["reactions"]] == [(1, True)]
    assert [(reaction["count"], reaction["me"]) for reaction in theirs["reactions"]] == [(1, False)]
    await mo.do("react", channel=general, message=sent, emoji="👋")
    await ada.event("reaction", message=sent, reactions=[])
    assert "others" in await mo.refused("edit", channel=general, message=sent, text="x")
    await ada.do("delete", channel=general, message=sent)
    await mo.event("gone", channel=general, message=sent)
    assert "no such message" in await ada.refused("edit", channel=general, message=sent, text="x")


async def test_what_is_too_long_or_empty_is_refused_in_a_sentence(ada: Browser) -> None:
    general = ada.id_of("general")
    assert "2,000 characters, and this one has 2,001" in await ada.refused("send", channel=general, text="x" * 2001)
    assert "10,000,000" in await ada.refused("send", channel=general, text="x" * 10_000_000)
    assert "nothing to send" in await ada.refused("send", channel=general, text=" \n ")
    assert "title" in await ada.refused("thread", channel=general, name=" ")
    assert "emoji" in await ada.refused("react", channel=general, message=await one_message(ada), emoji="<b>")
    question = {"question": "x" * 1001}
    assert "out of bounds" in await ada.refused("slash", channel=general, command="ask", options=question)


async def one_message(page: Browser) -> str:
    return str((await page.do("send", channel=page.id_of("general"), text="Here I am"))["message"])


async def test_a_command_is_answered_as_it_is_on_discord(ada: Browser) -> None:
    channel = ada.id_of("questions")
    there = await ada.do("open", channel=channel)
    names = {(command["type"], command["name"]) for command in there["commands"]}
    assert {(1, "ask"), (1, "source"), (1, "help"), (3, "Answer this"), (3, "Find sources")} <= names
    used = (await ada.do("slash", channel=channel, command="ask", options={"question": QUESTION}))["interaction"]
    began = await ada.event("interaction")
    assert began["interaction"]["name"] == "ask"
    assert (began["interaction"]["id"], began["interaction"]["kind"]) == (used, InteractionKind.COMMAND)
    answered = await ada.event("answered", interaction=used)
    thinking = await ada.hear(
        lambda push: push.get("event") == "message" and push["message"]["id"] == answered["message"]
    )
    assert (answered["kind"], thinking["message"]["flags"] & 128) == (5, 128)
    message = await ada.answer(used)
    assert message["id"] == answered["message"]
    assert message["interaction_metadata"]["name"] == "ask"
    assert QUIET in text(message)
    again = await ada.do("open", channel=channel)
    assert [entry["id"] for entry in again["messages"]][-1] == message["id"], "a page that is reloaded sees the same"
    assert again["pending"] == []


async def test_everything_of_a_command_is_typed_as_its_options_are(ada: Browser) -> None:
    general = ada.id_of("general")
    choices = await ada.do("complete", channel=general, command="source show", option="source", typed="hous")
    assert choices["choices"][0]["name"] == "House rules"
    source = choices["choices"][0]["value"]
    others = {"source": source, "line": "ten"}
    choices = await ada.do(
        "complete", channel=general, command="source show", option="section", typed="", options=others
    )
    assert {"Pets", "Quiet hours"} <= {choice["name"] for choice in choices["choices"]}
    used = await ada.do("slash", channel=general, command="source show", options={"source": source, "line": "7"})
    assert "Dogs may come in" in text(await ada.answer(used["interaction"]))
    for wrong in ({}, {"source": 7}, {"source": source, "line": "ten"}, {"source": source, "sauce": "x"}):
        assert await ada.refused("slash", channel=general, command="source show", options=wrong)
    assert "not offered" in await ada.refused("slash", channel=general, command="fly")
    assert "not offered" in await ada.refused("slash", channel=general, command="")
    assert "subcommand" in await ada.refused("slash", channel=general, command="source")
    assert "not completed" in await ada.refused(
        "complete", channel=general, command="ask", option="question", typed="x"
    )


async def test_buttons_menus_and_ephemeral_messages(ada: Browser, mo: Browser) -> None:
    general = ada.id_of("general")
    answer = await ada.ask(QUESTION)
    more = buttons(answer["components"])
    context = next(label for label in more if label.startswith("Context"))
    used = await ada.do("click", channel=general, message=answer["id"], custom_id=more[context])
    assert (
        await ada.hear(
            lambda push: (
                (push.get("interaction") or {})
                and push["event"] == "interaction"
                and push["interaction"]["id"] == used["interaction"]
            )
        )
    )["interaction"]["name"] == context
    shown = await ada.answer(used["interaction"])
    assert shown["flags"] & 64
    assert "end at seven" in text(shown)
    said = (await mo.do("send", channel=general, text=QUESTION))["message"]
    used = await ada.do("menu", channel=general, message=said, name="Answer this")
    reply = await ada.answer(used["interaction"])
    assert QUIET in text(reply)
    assert reply["interaction_metadata"]["target_message_id"] == said
    assert "no button" in await ada.refused("click", channel=general, message=answer["id"], custom_id="x")
    assert "no such select" in await ada.refused(
        "select", channel=general, message=answer["id"], custom_id="x", values=["a"]
    )
    assert "not offered" in await ada.refused("menu", channel=general, message=said, name="Fly")
    await ada.do("delete", channel=general, message=shown["id"])
    await ada.event("gone", message=shown["id"])


async def test_the_bot_answers_messages_where_people_write_them(ada: Browser) -> None:
    bot = ada.pushes[0]["bot"]["id"]
    for channel, said in (("general", f"<@{bot}> {QUESTION}"), ("questions", QUESTION), ("dm", QUESTION)):
        sent = (await ada.do("send", channel=ada.id_of(channel), text=said))["message"]
        answer = await ada.reply_to(sent)
        assert QUIET in text(answer)
    sent = (await ada.do("send", channel=ada.id_of("dm"), text="May cats come in?", reply_to=answer["id"]))["message"]
    assert "Cats stay outside" in text(await ada.reply_to(sent))


async def test_threads_and_posts(ada: Browser, mo: Browser) -> None:
    general, forum = ada.id_of("general"), ada.id_of("help-forum")
    said = await one_message(ada)
    thread = (await ada.do("thread", channel=general, message=said, name="About it"))["channel"]
    assert (thread["id"], thread["parent_id"], thread["name"]) == (said, general, "About it")
    assert (await mo.hear(lambda push: push.get("event") == "channel" and push["channel"]["id"] == said))["channel"]
    free = (await ada.do("thread", channel=general, name="Without a message"))["channel"]
    assert free["parent_id"] == general
    await ada.do("send", channel=free["id"], text="hello")
    post = (await ada.do("post", channel=forum, title="Quiet hours", text=QUESTION))["channel"]
    answer = await ada.hear(
        lambda push: (
            push.get("event") == "message"
            and push["message"]["channel_id"] == post["id"]
            and push["message"]["author"]["bot"]
        )
    )
    assert QUIET in text(answer["message"])
    arrived = await ada.do("become", person=ada.me["id"])
    threads = {
        channel["name"]: [thread["name"] for thread in channel.get("threads", [])] for channel in arrived["channels"]
    }
    assert {"About it", "Without a message"} <= set(threads["general"])
    assert "Quiet hours" in threads["help-forum"]
    counted = {
        thread["id"]: thread["message_count"]
        for channel in arrived["channels"]
        for thread in channel.get("threads", [])
    }
    assert (counted[free["id"]], counted[post["id"]]) == (1, 2)
    assert "there is one" in await ada.refused("thread", channel=general, message=said, name="Again")
    for place in (forum, free["id"], ada.id_of("dm")):
        assert "no threads" in await ada.refused("thread", channel=place, name="Deeper")
    assert "no forum" in await ada.refused("post", channel=general, title="x", text="x")
    assert await ada.refused("send", channel=forum, text="x")


async def test_typing_is_told_to_others(ada: Browser, mo: Browser) -> None:
    await ada.do("typing", channel=ada.id_of("general"))
    await mo.event("typing", channel=ada.id_of("general"), user=ada.me["id"])
    await ada.settle()
    assert not ada.events("typing")


async def test_modals_and_selects(ada: Browser, mo: Browser, running: Running) -> None:
    """The bot has none of them yet: here they are put up by hand."""
    game = running.game
    options = [{"label": f"Document {n}", "value": f"d{n}"} for n in range(3)]
    row = {"type": 1, "id": 1, "components": [{"type": 3, "id": 2, "custom_id": "pick", "options": options}]}
    message = post(game.discord.world, game.discord.channel, game.discord.world.bot, Body("Which?", components=(row,)))
    general = ada.id_of("general")
    where = {"channel": general, "message": str(message.id), "custom_id": "pick"}
    picked = (await ada.do("select", **where, values=["d1"]))["interaction"]
    assert "no 'd9'" in await ada.refused("select", **where, values=["d9"])
    selected = next(
        interaction for interaction in game.discord.world.interactions.values() if str(interaction.id) == picked
    )
    assert selected.data["values"] == ["d1"]
    field = {"type": 4, "id": 2, "custom_id": "why", "style": 1, "label": "Why"}
    selected.modal = {
        "custom_id": "reason",
        "title": "Why?",
        "components": [{"type": 1, "id": 1, "components": [field]}],
    }
    assert "not open" in await mo.refused("submit", interaction=picked, values={"why": "x"})
    assert "filled in" in await ada.refused("submit", interaction=picked, values={})
    assert "has no" in await ada.refused("submit", interaction=picked, values={"why": "x", "what": "y"})
    sent = (await ada.do("submit", interaction=picked, values={"why": "because"}))["interaction"]
    modal = next(interaction for interaction in game.discord.world.interactions.values() if str(interaction.id) == sent)
    assert modal.data["components"][0]["components"][0]["value"] == "because"
    assert "not open" in await ada.refused("submit", interaction="1", values={})


async def test_an_interaction_without_a_response_fails_after_three_seconds(ada: Browser, running: Running) -> None:
    fault = running.game.discord.api.faults.at_rate
    fault(1.0, (502,), "POST /interactions/*")
    try:
        used = (await ada.do("slash", channel=ada.id_of("general"), command="help"))["interaction"]
        there = await ada.do("open", channel=ada.id_of("general"))
        assert [(interaction["id"], interaction.get("failed")) for interaction in there["pending"]][-1] == (used, None)
        await ada.event("failed", interaction=used)
    finally:
        running.game.discord.api.faults.clear()
    there = await ada.do("open", channel=ada.id_of("general"))
    assert [(interaction["id"], interaction.get("failed")) for interaction in there["pending"]][-1] == (used, True)


async def test_two_pages_of_one_person_are_told_the_same(
    ada: Browser, http: aiohttp.ClientSession, running: Running
) -> None:
    async with opened(http, running) as other:
        await other.become("Ada")
        used = (await ada.do("slash", channel=ada.id_of("general"), command="help"))["interaction"]
        shown = await other.answer(used)
        assert shown["flags"] & 64
        await other.event("answered", interaction=used)


async def test_a_page_that_goes_leaves_nothing_behind(http: aiohttp.ClientSession, running: Running) -> None:
    listeners = len(running.game.discord.world.listeners)
    async with opened(http, running) as page:
        await page.become("Ada")
        assert len(running.game.discord.world.listeners) == listeners + 1
        await page.socket.send_json(
            {
                "id": 99,
                "do": "complete",
                "channel": page.id_of("general"),
                "command": "source show",
                "option": "source",
                "typed": "x",
            }
        )
    await until(lambda: not running.game.pages and len(running.game.discord.world.listeners) == listeners)
