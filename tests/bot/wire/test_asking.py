"""Asking, in every way there is."""

from __future__ import annotations

import pytest

from bot.standin import Person, StandIn

pytestmark = pytest.mark.usefixtures("bot")

QUIET = "Quiet hours begin at ten in the evening"


async def test_a_slash_command_is_answered_with_quote_citation_and_confidence(discord: StandIn, ada: Person) -> None:
    asked = ada.slash(discord.channel, "ask", question="When do quiet hours begin?")
    seen = await asked.answer()
    assert QUIET in seen.text
    assert "House rules › Quiet hours" in seen.text
    assert "https://example.org/rules" in seen.text
    assert "This should answer it" in seen.text
    assert "%" not in seen.text
    assert not seen.ephemeral
    assert not seen.pings
    assert asked.seconds is not None


async def test_a_private_answer_is_for_the_asker_alone(discord: StandIn, ada: Person) -> None:
    seen = await ada.slash(discord.channel, "ask", question="When do quiet hours begin?", private=True).answer()
    assert seen.ephemeral
    assert QUIET not in "".join(message.text for message in discord.person("bob").sees(discord.channel))


async def test_what_is_not_there_is_said_with_the_closest_passages(discord: StandIn, ada: Person) -> None:
    seen = await ada.slash(discord.channel, "ask", question="How many cakes does the bakery sell?").answer()
    assert "This may not be it" in seen.text
    assert "The bakery opens at six." in seen.text


async def test_what_the_documents_are_not_about_is_told_as_such(discord: StandIn, ada: Person) -> None:
    seen = await ada.slash(discord.channel, "ask", question="Who won the cup final in 1998?").answer()
    assert "nothing in them seems to be about this" in seen.text
    assert not any(line.startswith(">") for line in seen.text.splitlines())


async def test_one_source_alone_can_be_asked(discord: StandIn, ada: Person) -> None:
    choices = await ada.autocomplete(discord.channel, "ask", "source", "bakry")
    assert [value for _, value in choices][:1] == ["bakery.txt"]
    seen = await ada.slash(discord.channel, "ask", question="When do quiet hours begin?", source="bakery.txt").answer()
    assert QUIET not in seen.text
    wrong = await ada.slash(discord.channel, "ask", question="When?", source="nowhere").answer()
    assert "No document goes by the name" in wrong.text
    assert ": `/source list` names them all" in wrong.text


async def test_a_mention_a_reply_and_a_private_message_are_answered(discord: StandIn, ada: Person) -> None:
    first = await ada.ask(discord.channel, "may cats come in?").answer()
    assert "Cats stay outside" in first.text
    assert not first.pings
    assert "Asked" not in first.text, "the card is a reply to the question"
    second = await ada.reply(first, "and dogs?").answer()
    assert "Dogs may come in on a leash" in second.text
    private = await ada.dm("Who bakes the rye bread?").answer()
    assert "Marta Lindqvist" in private.text


async def test_what_is_said_to_others_is_left_alone(discord: StandIn, ada: Person) -> None:
    assert await ada.say(discord.channel, "When do quiet hours begin?").unanswered()


async def test_message_menus_answer_and_find_sources(discord: StandIn, ada: Person) -> None:
    said = ada.say(discord.channel, "When do quiet hours begin?")
    bob = discord.person("bob")
    assert QUIET in (await bob.menu(said, "Answer this").answer()).text
    sources = await bob.menu(said, "Find sources").answer()
    assert sources.ephemeral
    assert "House rules › Quiet hours" in sources.text


async def test_buttons_show_context_more_quotes_and_take_votes(discord: StandIn, ada: Person) -> None:
    seen = await ada.slash(discord.channel, "ask", question="When do quiet hours begin?").answer()
    labels = [button.label for button in seen.buttons]
    context = await ada.click(seen, next(label for label in labels if label.startswith("Context"))).answer()
    assert context.ephemeral
    assert "end at seven in the morning" in context.text
    assert "% probable" in context.text
    more = await ada.click(seen, "More").answer()
    assert more.ephemeral
    assert "noted" in (await ada.click(seen, "👍").answer()).text
    assert "changed" in (await ada.click(seen, "👎").answer()).text
    assert "noted" in (await discord.person("bob").click(seen, "👎").answer()).text


@pytest.mark.parametrize("text", ["@everyone", "<@&1> **bold** `code", "\u202etfel", "z" + "\u0301" * 500, "w " * 450])
async def test_odd_questions_ping_nobody_and_are_survived(discord: StandIn, ada: Person, text: str) -> None:
    seen = await ada.slash(discord.channel, "ask", question=text).answer()
    assert any(phrase in seen.text for phrase in ("Not in the documents", "Too little to go by", "This may not be it"))
    assert not seen.pings
