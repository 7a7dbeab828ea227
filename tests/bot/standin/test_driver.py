from __future__ import annotations

import pytest

from bot.standin import ClientRefusesError, NoAnswerError, Permission, Person, StandIn
from bot.standin.state.channel import Channel

from .raw import Raw


@pytest.fixture
def closed(stand_in: StandIn) -> Channel:
    """A channel that keepers alone see."""
    channel = stand_in.text_channel("keepers")
    channel.overwrite(stand_in.guild.everyone.id, deny=Permission.VIEW_CHANNEL)
    return channel


def test_people_write_where_they_may(stand_in: StandIn, closed: Channel, ada: Person) -> None:
    role = stand_in.role("keepers")
    closed.overwrite(role.id, allow=Permission.VIEW_CHANNEL)
    keeper = stand_in.person("keeper", role)
    said = keeper.say(closed, "hello")
    assert [seen.text for seen in keeper.sees(closed)] == ["hello"]
    assert ada.sees(closed) == []
    for act in (
        lambda: ada.say(closed, "hello"),
        lambda: ada.reply(said, "hello"),
        lambda: ada.react(said, "👍"),
        lambda: ada.open_thread(said, "x"),
        lambda: ada.delete(said),
        lambda: ada.menu(said, "Answer this"),
        lambda: ada.say(stand_in.channel, "x" * 2001),
        lambda: ada.say(stand_in.channel, ""),
        lambda: ada.post(stand_in.channel, "x", "x"),
    ):
        with pytest.raises(ClientRefusesError):
            act()


async def test_a_select_is_picked_from(raw: Raw) -> None:
    options = [{"label": f"Document {n}", "value": f"d{n}"} for n in range(3)]
    rows = [
        {"type": 1, "components": [{"type": 3, "custom_id": "pick", "options": options}]},
        {"type": 1, "components": [{"type": 2, "style": 5, "label": "Site", "url": "https://example.org"}]},
        {"type": 1, "components": [{"type": 2, "style": 1, "label": "Off", "custom_id": "off", "disabled": True}]},
    ]
    await raw("POST", raw.messages, {"content": "Which?", "components": rows})
    ada = raw.stand_in.person("ada")
    (shown,) = ada.sees(raw.stand_in.channel)
    response = ada.select(shown, "Document 1")
    assert response.interaction.data["values"] == ["d1"]
    for act in (
        lambda: ada.select(shown, "Document 9"),
        lambda: ada.select(shown, "d0", "d1"),
        lambda: ada.select(shown, "d0", custom_id="other"),
        lambda: ada.click(shown, "Site"),
        lambda: ada.click(shown, "Off"),
        lambda: ada.click(shown, "Nowhere"),
    ):
        with pytest.raises(ClientRefusesError):
            act()
    assert len(raw.stand_in.world.interactions) == 1


async def test_no_answer_is_an_error(stand_in: StandIn, ada: Person) -> None:
    with pytest.raises(NoAnswerError):
        await ada.say(stand_in.channel, "anyone?").answer(0.05)
    assert await ada.say(stand_in.channel, "anyone?").unanswered(0.05)
