"""Each person sees and does what they may, and is told of nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.access.rules import rules_in
from bot.playground.cast import enter
from bot.playground.game import rules_for
from bot.playground.running import Running
from bot.standin import playground

from .browser import Browser, buttons, text

pytestmark = pytest.mark.asyncio(loop_scope="session")

KEY = "Where does the spare key to the boathouse hang?"
HANGS = "hangs behind the clock"


async def test_channels_are_those_that_each_may_see(ada: Browser, mo: Browser, kim: Browser) -> None:
    everybody = {"questions", "general", "help-forum", "dm"}
    assert set(ada.channels) == everybody
    assert set(kim.channels) == {*everybody, "staff-room"}
    assert set(mo.channels) == {*everybody, "staff-room", "moderators"}
    assert [name for name, channel in mo.channels.items() if channel["may_delete_any"]] == list(mo.channels)[:-1]
    assert not any(channel["may_delete_any"] for channel in ada.channels.values())


@pytest.mark.parametrize("place", ["staff-room", "moderators", "dm"])
async def test_what_one_does_not_see_does_not_exist(ada: Browser, mo: Browser, place: str) -> None:
    channel = mo.id_of(place)
    sent = (await mo.do("send", channel=channel, text="Between us"))["message"]
    general = (await mo.do("send", channel=mo.id_of("general"), text="For all"))["message"]
    here = {"channel": channel}
    on_it = {**here, "message": sent}
    for act, fields in (
        ("open", here),
        ("send", {**here, "text": "x"}),
        ("send", {"channel": ada.id_of("general"), "text": "x", "reply_to": sent}),
        ("edit", {**on_it, "text": "x"}),
        ("delete", on_it),
        ("react", {**on_it, "emoji": "👍"}),
        ("slash", {**here, "command": "help"}),
        ("complete", {**here, "command": "source show", "option": "source"}),
        ("menu", {**on_it, "name": "Answer this"}),
        ("click", {**on_it, "custom_id": "x"}),
        ("select", {**on_it, "custom_id": "x", "values": []}),
        ("thread", {**on_it, "name": "x"}),
        ("thread", {**here, "name": "x"}),
        ("post", {**here, "title": "x", "text": "x"}),
        ("typing", here),
        ("trace", on_it),
        ("react", {"channel": ada.id_of("general"), "message": sent, "emoji": "👍"}),
    ):
        sentence = await ada.refused(act, **fields)
        assert sentence in {"There is no such channel.", "There is no such message."}, (act, sentence)
    await ada.hear(lambda push: push.get("event") == "message" and push["message"]["id"] == general)
    assert not told_of(ada, channel)
    await mo.do("delete", channel=channel, message=sent)
    await ada.settle()
    assert not told_of(ada, channel)


def told_of(page: Browser, channel: str) -> list[dict[str, Any]]:
    """Return what a page was told in which an id stands, besides what it asked itself."""
    return [push for push in page.pushes[2:] if channel in json.dumps(push)]


async def test_what_one_person_alone_is_shown_is_shown_to_nobody_else(ada: Browser, mo: Browser) -> None:
    used = (await ada.do("slash", channel=ada.id_of("general"), command="help"))["interaction"]
    shown = await ada.answer(used)
    await ada.do("send", channel=ada.id_of("general"), text="That was it")
    await mo.hear(lambda push: push.get("event") == "message" and push["message"]["content"] == "That was it")
    assert not told_of(mo, shown["id"])
    assert not told_of(mo, used)
    there = await mo.do("open", channel=mo.id_of("general"))
    assert shown["id"] not in {message["id"] for message in there["messages"]}
    assert shown["id"] in {
        message["id"] for message in (await ada.do("open", channel=ada.id_of("general")))["messages"]
    }
    where = {"channel": mo.id_of("general"), "message": shown["id"]}
    assert "no such message" in await mo.refused("trace", **where)
    assert "no such message" in await mo.refused("delete", **where)
    assert "no such message" in await mo.refused("click", **where, custom_id="x")


async def test_who_was_somebody_else_before_is_told_what_the_new_one_may_know(mo: Browser, ada: Browser) -> None:
    await ada.do("become", person=mo.me["id"])
    await mo.do("send", channel=mo.id_of("moderators"), text="As Mo")
    await ada.hear(lambda push: push.get("event") == "message" and push["message"]["content"] == "As Mo")
    own = next(person["id"] for person in ada.pushes[0]["people"] if person["name"] == "Ada")
    await ada.do("become", person=own)
    before = len(ada.pushes)
    await mo.do("send", channel=mo.id_of("moderators"), text="Without Ada")
    await ada.settle()
    assert not [push for push in ada.pushes[before:] if push.get("event")]
    assert "no such channel" in await ada.refused("open", channel=mo.id_of("moderators"))


async def test_closed_documents_are_quoted_to_the_staff_alone(ada: Browser, mo: Browser, kim: Browser) -> None:
    for page, channel, private, sees in (
        (ada, "general", False, False),
        (ada, "general", True, False),
        (kim, "general", False, False),
        (kim, "general", True, True),
        (kim, "staff-room", False, True),
        (mo, "staff-room", False, True),
        (mo, "general", True, False),
        (kim, "dm", False, False),
    ):
        answer = await page.ask(KEY, channel, private=private)
        assert (HANGS in text(answer)) is sees, (page.me["name"], channel, private)
        await page.event("trace", message=answer["id"])
        reply = await page.do("trace", channel=page.id_of(channel), message=answer["id"])
        assert (HANGS in json.dumps(reply)) is sees
        assert ("keys.md" in json.dumps(reply["trace"])) is sees
    complete = {"command": "source show", "option": "source", "typed": "keys"}
    for page, sees in ((ada, False), (mo, False), (kim, True)):
        choices = (await page.do("complete", channel=page.id_of("general"), **complete))["choices"]
        assert ("Keys" in {choice["name"] for choice in choices}) is sees
    assert HANGS not in json.dumps(ada.pushes[1:])


async def test_moderators_alone_are_offered_the_index(ada: Browser, mo: Browser, kim: Browser) -> None:
    for page, offered in ((ada, False), (kim, False), (mo, True)):
        there = await page.do("open", channel=page.id_of("general"))
        assert ("index" in {command["name"] for command in there["commands"]}) is offered
    assert "not offered" in await ada.refused("slash", channel=ada.id_of("general"), command="index rebuild")
    assert "not offered" in await mo.refused("slash", channel=mo.id_of("dm"), command="index status")
    used = await mo.do("slash", channel=mo.id_of("moderators"), command="index status")
    assert "Up to date" in text(await mo.answer(used["interaction"]))


async def test_a_moderator_takes_the_messages_of_others_away(ada: Browser, mo: Browser) -> None:
    general = ada.id_of("general")
    mine = (await mo.do("send", channel=general, text="Mine"))["message"]
    theirs = (await ada.do("send", channel=general, text="Theirs"))["message"]
    assert "may not delete" in await ada.refused("delete", channel=general, message=mine)
    await mo.do("delete", channel=general, message=theirs)
    await ada.event("gone", message=theirs)


async def test_an_answer_s_buttons_are_pressed_by_whoever_sees_it(ada: Browser, mo: Browser) -> None:
    answer = await ada.ask("When do quiet hours begin?")
    pressed = buttons(answer["components"])["More"]
    used = await mo.do("click", channel=mo.id_of("general"), message=answer["id"], custom_id=pressed)
    assert (await mo.answer(used["interaction"]))["flags"] & 64


async def test_rules_of_a_real_server_are_tied_to_the_staff_here() -> None:
    async with playground() as discord:
        cast = enter(discord)
        given = rules_in("board/=role:1; europe/=server:2,channel:3")
        tied = {"roles": frozenset({cast.staff.id}), "channels": frozenset({cast.staff_room.id})}
        for rules, documents, folders in (
            (given, ("a.md",), ["board", "europe"]),
            (given, ("staff/a.md",), ["board", "europe"]),
            ((), ("staff/a.md", "b.md"), ["staff"]),
            ((), ("my/staff/a.md", "staff.md"), []),
        ):
            result = rules_for(rules, documents, cast)
            assert [rule.folder for rule in result] == folders
            assert all({"roles": rule.roles, "channels": rule.channels} == tied for rule in result)
            assert not any(rule.servers for rule in result)


async def test_the_moderator_and_the_staff_are_who_they_are_said_to_be(running: Running) -> None:
    cast = running.game.cast
    assert cast.moderator is cast.characters[1].person
    assert cast.characters[2].roles == (cast.staff, cast.helpers)


async def test_the_forum_has_tags_and_the_helpers_can_be_asked_there(running: Running) -> None:
    cast = running.game.cast
    forum = cast.open_channels[1]
    assert [tag.name for tag in forum.tags] == ["Solved", "Question"]
    post = cast.characters[0].person.post(forum, "Quiet hours", "When do quiet hours begin?")
    answer = await post.answer()
    assert {"Solved", "Ask a helper"} <= {button.label for button in answer.buttons}
    ada = cast.characters[0].person
    assert "have been asked" in (await ada.click(answer, "Ask a helper").answer()).text
    pings = [message.body.pings.roles for message in running.game.discord.world.messages[post.channel.id].values()]
    assert {cast.helpers.id} in pings
    assert "Marked as solved" in (await ada.click(answer, "Solved").answer()).text
    assert post.channel.applied_tags == [cast.solved.id]
    card = await cast.moderator.slash(cast.moderators, "settings").answer()
    assert "Settings of this server" in card.text
    picked = [default["id"] for select in card.selects for default in select.get("default_values") or []]
    assert str(cast.helpers.id) in picked
    assert str(forum.id) in picked
