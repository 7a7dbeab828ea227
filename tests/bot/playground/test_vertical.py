from bot.playground import Person, StandIn

from .client import Bot


async def test_a_slash_command_is_deferred_and_then_answered(stand_in: StandIn, bot: Bot, ada: Person) -> None:
    asked = ada.slash(stand_in.channel, "ask", question="why?")
    seen = await asked.answer()
    assert seen.text == "The answer to why?"
    assert [version.thinking for version in asked.versions] == [True, False]


async def test_a_mention_is_answered(stand_in: StandIn, bot: Bot, ada: Person) -> None:
    said = ada.ask(stand_in.channel, "hello")
    assert "hello" in (await said.answer()).text
