"""Documents that were written to do harm, as far as a card can be harmed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import compose
from bot.client import QuothClient
from bot.settings import Settings
from bot.standin import Person, Seen, StandIn
from index.encode.encoder import Encoder

TEXTS = {
    "everyone.txt": "@everyone " * 10_000,
    "override.txt": "\u202eThe password of the harbour master\u202c is \u2066swordfish\u2069.",
    "zalgo.txt": "The z" + "\u0301\u0327" * 300 + "algo clock strikes thirteen.",
    "fence.md": "# Fence\n\nThe fence is painted green.\n\n```\nprint('never closed')\n" + "`" * 7 + " ~~~ ||spoiler",
    "title.md": f"# {'Very long title ' * 130}\n\nThe title holds two thousand characters, says the librarian.",
    "mentions.md": "# <@1> <@&2> <#3> @here\n\nThe mayor <@1> meets <@&2> in <#3>, and @here hears of @everyone.",
    "link.md": "---\nurl: 'javascript:alert(1)'\n---\n# [click](https://evil.example)\n\nThe link leads [nowhere](https://x.y).",
    "@everyone <@&1> `x` **b** [a](b.c).txt": "The strange file says that the moon is made of marble.",
}
QUESTIONS = {
    "What is said to everyone?": "everyone.txt",
    "What is the password of the harbour master?": "override.txt",
    "When does the clock strike thirteen?": "zalgo.txt",
    "Which colour is the fence painted?": "fence.md",
    "What does the title hold?": "title.md",
    "Whom does the mayor meet?": "mentions.md",
    "Where does the link lead?": "link.md",
    "What is the moon made of?": "@everyone <@&1> `x` **b** [a](b.c).txt",
}
INVISIBLE = ("\u202e", "\u202c", "\u2066", "\u2069")


@pytest.fixture
def chosen(chosen: Settings, encoder: Encoder) -> Settings:
    for name, text in TEXTS.items():
        Path(chosen.documents / name).write_text(text)
    report = compose.builder(chosen, encoder).build(chosen.documents, lambda *_: None)
    assert not report.left_out
    return chosen


async def test_no_hostile_document_pings_turns_the_text_or_breaks_a_card(
    discord: StandIn, bot: QuothClient, ada: Person
) -> None:
    """The stand-in refuses what is too long; all that was shown is looked at."""
    del bot
    shown: list[Seen] = []
    for question, source in QUESTIONS.items():
        answer = await ada.slash(discord.channel, "ask", question=question, source=source).answer()
        shown.append(answer)
        shown += [await ada.click(answer, button.custom_id or "").answer() for button in answer.buttons]
        shown.append(await ada.slash(discord.channel, "source show", source=source).answer())
        shown.append(await ada.slash(discord.channel, "source find", name=source).answer())
        shown.append(await ada.ask(discord.channel, f"{question} {source}").answer())
        for option in ("source show", "ask"):
            assert await ada.autocomplete(discord.channel, option, "source", source[:20])
        await ada.autocomplete(discord.channel, "source show", "section", "", source=source)
    shown += [
        await ada.slash(discord.channel, "source list").answer(),
        await ada.slash(discord.channel, "help").answer(),
    ]
    assert len(shown) > 50
    for seen in shown:
        assert not seen.pings
        assert "Something went wrong" not in seen.text
        assert not any(character in seen.text for character in INVISIBLE)
        assert "\u0301\u0327" * 5 not in seen.text
        assert not any("evil.example)" in part for part in seen.text.split("[click](")[1:])
        assert seen.text.count("```") % 2 == 0
    assert discord.api.refusals == []
