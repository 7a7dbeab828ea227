"""Managers correct answers: another passage, a block, a note; and each of them ends with its text."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.cards.buttons import Decide, ListCorrections, TakeBack, Teach
from bot.cards.custom_ids import custom_id
from bot.cards.reference import refer
from bot.client import QuothClient
from bot.settings import Settings
from bot.standin import Person, Seen, StandIn
from bot.standin.state.role import Role
from bot.teaching.records import Draft, Kind
from bot.teaching.store import FILE_NAME
from index.encode.encoder import Encoder
from tests.bot.wire.conftest import also, running, until
from tests.bot.wire.test_closed import press

PETS = "Which animals may come into the house?"
DOGS, CATS = "Dogs may come in on a leash", "Cats stay outside"
QUIET = "When do quiet hours begin?"
RYE = "Its rye bread is baked by"


async def ask(discord: StandIn, person: Person, question: str, *, private: bool = False) -> Seen:
    return await person.slash(discord.channel, "ask", question=question, private=private).answer()


async def offered(discord: StandIn, mod: Person, question: str) -> Seen:
    """Return the form of *Correct this*, reached as a moderator reaches it: *More* below an answer."""
    answer = await ask(discord, mod, question)
    more = await mod.click(answer, "More").answer()
    return await mod.click(more, "Correct this").answer()


def pick(form: Seen, kind: str, words: str) -> str:
    """Return the value of the option of a select whose description holds `words`."""
    [select] = [part for part in form.selects if part["custom_id"] == f"quoth:pick:{kind}"]
    return next(option["value"] for option in select["options"] if words in option["description"])


async def correct(discord: StandIn, mod: Person, question: str, kind: str, words: str) -> Seen:
    form = await offered(discord, mod, question)
    value = pick(form, kind, words)
    return await mod.select(form, value, custom_id=f"quoth:pick:{kind}").answer()


@pytest.mark.usefixtures("bot")
async def test_another_passage_leads_at_once_for_the_same_question_in_other_words_until_it_is_taken_back(
    discord: StandIn, ada: Person, mod: Person
) -> None:
    before = (await ask(discord, ada, QUIET)).text
    assert RYE not in before
    done = await correct(discord, mod, QUIET, "lead", "bakery opens")
    assert "this is the answer" in done.text
    for question in (QUIET, "when do the quiet hours begin"):
        assert RYE in (await ask(discord, ada, question)).text
    assert RYE not in (await ask(discord, ada, "When do quiet hours end?")).text
    assert RYE not in (await ask(discord, ada, PETS)).text
    listed = await mod.slash(discord.channel, "source answers").answer()
    assert "“When do quiet hours begin?”: a passage of bakery.txt answers it" in listed.text
    assert "by mod" in listed.text
    back = await mod.click(done, "Take back").answer()
    assert "taken back" in back.text
    assert (await ask(discord, ada, QUIET)).text == before
    assert "nothing to take back" in (await mod.click(done, "Take back").answer()).text
    history = (await mod.slash(discord.channel, "source answers").answer()).text
    assert "taken back on" in history


@pytest.mark.usefixtures("bot")
async def test_what_is_blocked_for_a_question_is_quoted_for_others(discord: StandIn, ada: Person, mod: Person) -> None:
    assert DOGS in (await ask(discord, ada, "May dogs come in?")).text
    await correct(discord, mod, "May dogs come in?", "block", DOGS)
    assert DOGS not in (await ask(discord, ada, "May dogs come in?")).text
    assert DOGS in (await ask(discord, ada, "Where do I have to keep my dogs on a leash?")).text
    listed = await mod.slash(discord.channel, "source answers").answer()
    [value] = [option["value"] for option in listed.selects[0]["options"]]
    await mod.select(listed, value).answer()
    assert DOGS in (await ask(discord, ada, "May dogs come in?")).text


@pytest.mark.usefixtures("bot")
async def test_a_note_stands_below_its_quote_whatever_is_asked_and_is_no_part_of_the_conversation(
    discord: StandIn, ada: Person, mod: Person
) -> None:
    form = await offered(discord, mod, "May dogs come in?")
    value = pick(form, "note", DOGS)
    modal = await mod.select(form, value, custom_id="quoth:pick:note").modal()
    done = await modal.submit(note="Until June *only* @everyone, then see the new rules.").answer()
    assert "stands below this" in done.text
    seen = await ask(discord, ada, "What has to be on a leash?")
    assert "A note by a moderator: Until June" in seen.text
    assert not seen.pings.everyone
    assert "A note by" not in (await ask(discord, ada, QUIET)).text
    await mod.click(done, "Take back").answer()
    assert "A note by" not in (await ask(discord, ada, "What has to be on a leash?")).text


@pytest.mark.usefixtures("bot")
async def test_what_is_picked_twice_is_one_correction_and_taken_back_at_once(
    discord: StandIn, ada: Person, mod: Person
) -> None:
    form = await offered(discord, mod, PETS)
    value = pick(form, "block", "Dogs")
    twice = [await mod.select(form, value, custom_id="quoth:pick:block").answer() for _ in range(2)]
    assert DOGS not in (await ask(discord, ada, PETS)).text.replace("*", "")
    assert "is taken back" in (await mod.click(twice[0], "Take back").answer()).text
    assert DOGS in (await ask(discord, ada, PETS)).text.replace("*", "")
    assert "nothing to take back" in (await mod.click(twice[1], "Take back").answer()).text


async def test_a_correction_ends_for_good_when_its_text_changes(
    discord: StandIn, bot: QuothClient, chosen: Settings, ada: Person, mod: Person
) -> None:
    await correct(discord, mod, QUIET, "lead", "bakery opens")
    assert RYE in (await ask(discord, ada, QUIET)).text
    bakery = chosen.documents / "bakery.txt"
    text = bakery.read_text()
    for changed in (text.replace("six", "seven"), text):  # what is written as it was does not bring it back
        bakery.write_text(changed)
        before = bot.services.desk.generation.name
        await mod.slash(discord.channel, "index rebuild").when(lambda seen: "bakery" in seen.text.lower(), 120)
        await until(lambda: bot.services.desk.generation.name != before, 60)  # noqa: B023
        await until(lambda: bot.services.corrections.all()[0].ended)
        assert RYE not in (await ask(discord, ada, QUIET)).text
    listed = (await mod.slash(discord.channel, "source answers").answer()).text
    assert "as the text has changed" in listed


async def test_corrections_hold_after_a_restart_and_forget_who_made_them(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person, mod: Person
) -> None:
    async with running(discord, chosen, encoder):
        await correct(discord, mod, QUIET, "lead", "bakery opens")
    assert rows(chosen.data) == [(mod.user.id, QUIET)]
    async with running(discord, chosen, encoder):
        assert RYE in (await ask(discord, ada, QUIET)).text
        await mod.slash(discord.channel, "forget-me").answer()
        assert rows(chosen.data) == [(None, QUIET)]
        assert "by somebody" in (await mod.slash(discord.channel, "source answers").answer()).text
        assert RYE in (await ask(discord, ada, QUIET)).text
    assert b"rye bread" not in (chosen.data / FILE_NAME).read_bytes()


def rows(folder: Path) -> list[tuple[int | None, str]]:
    with closing(sqlite3.connect(folder / FILE_NAME)) as database:
        return database.execute("SELECT person, question FROM corrections").fetchall()


@pytest.mark.usefixtures("bot")
async def test_a_refusal_is_corrected_by_way_of_its_thumb(discord: StandIn, ada: Person, mod: Person) -> None:
    question = "Who kneads and bakes loaves for everybody at dawn?"
    answer = await ask(discord, mod, question)
    voted = await mod.click(answer, "👎").answer()
    form = await mod.click(voted, "Correct this").answer()
    await mod.select(form, pick(form, "lead", "rye bread"), custom_id="quoth:pick:lead").answer()
    seen = await ask(discord, ada, question)
    assert RYE in seen.text
    assert "This should answer it." in seen.text
    assert "Correct this" not in [button.label for button in (await ada.click(answer, "👎").answer()).buttons]


async def test_others_may_not_correct_anything_even_with_forged_buttons(
    discord: StandIn, bot: QuothClient, chosen: Settings, ada: Person, mod: Person
) -> None:
    answer = await ask(discord, ada, QUIET)
    more = await ada.click(answer, "More").answer()
    assert "Correct this" not in [button.label for button in more.buttons]
    document = bot.services.desk.generation.catalogue.document("bakery.txt")
    passage = refer("bakery.txt", 0, document.text)
    for forged in (
        Teach(bytes(8)),
        Decide("lead", bytes(8), passage),
        Decide("note", bytes(8), passage),
        TakeBack(1),
        ListCorrections(0),
    ):
        refused = await press(ada, answer, custom_id(forged)).answer()
        assert "That is for those who may manage" in refused.text
    assert not (chosen.data / FILE_NAME).exists()
    await correct(discord, mod, QUIET, "lead", "bakery opens")
    assert "That is for those" in (await press(ada, answer, custom_id(TakeBack(1))).answer()).text
    assert RYE in (await ask(discord, ada, QUIET)).text


async def test_a_correction_shows_nothing_to_those_who_may_not_see_its_document(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person, mod: Person
) -> None:
    (chosen.documents / "vault").mkdir()
    keys = discord.role("keys")
    keeper = discord.person("keeper", keys, *mod_roles(discord, mod))
    (chosen.documents / "vault" / "hours.md").write_text("# Hours\n\nThe vault is watched from midnight on.\n")
    async with running(discord, also(chosen, access=f"vault/=role:{keys.id}"), encoder) as bot:
        await until(
            lambda: "vault/hours.md" in {source.source for source in bot.services.desk.generation.catalogue.sources}, 60
        )
        answer = await ask(discord, keeper, QUIET, private=True)
        more = await keeper.click(answer, "More").answer()
        form = await keeper.click(more, "Correct this").answer()
        await keeper.select(form, pick(form, "lead", "watched"), custom_id="quoth:pick:lead").answer()
        assert "midnight" in (await ask(discord, keeper, QUIET, private=True)).text
        assert "midnight" not in (await ask(discord, keeper, QUIET)).text
        assert "midnight" not in (await ask(discord, ada, QUIET, private=True)).text
        assert "hours.md" not in (await mod.slash(discord.channel, "source answers").answer()).text
        assert "hours.md" in (await keeper.slash(discord.channel, "source answers").answer()).text


def mod_roles(discord: StandIn, mod: Person) -> list[Role]:
    return [role for role in discord.guild.members[mod.user.id].roles if role.name == "moderators"]


@pytest.mark.usefixtures("bot")
async def test_a_follow_up_that_says_too_little_by_itself_is_not_corrected(discord: StandIn, mod: Person) -> None:
    first = await mod.ask(discord.channel, "May dogs come in?").answer()
    answer = await mod.reply(first, "and cats?").answer()
    more = await mod.click(answer, "More").answer()
    assert "says too little by itself" in (await mod.click(more, "Correct this").answer()).text


async def test_each_of_many_corrections_can_be_taken_back_from_its_page(
    discord: StandIn, bot: QuothClient, ada: Person, mod: Person
) -> None:
    document = bot.services.desk.generation.catalogue.document("bakery.txt")
    passage = refer("bakery.txt", 0, document.text)
    questions = [f"When does bakery number {number} open?" for number in range(30)]
    for question in questions:
        bot.services.corrections.add(Draft(Kind.LEAD, question, "bakery.txt", passage), mod.user.id)
    page = await mod.slash(discord.channel, "source answers").answer()
    assert "Corrections (30)" in page.text
    assert "No answers are kept yet" in page.text
    seen = [page]
    while "Later" in [button.label for button in page.buttons]:
        page = await mod.click(page, "Later").answer()
        seen.append(page)
    assert len(seen) == 4
    assert "No answers are kept yet" not in page.text
    for question in questions:
        assert any(question in card.text for card in seen)
    [select] = page.selects
    assert len(select["options"]) == 6
    oldest = next(option["value"] for option in select["options"] if questions[0] in option["label"])
    refused = await press(ada, page, custom_id(ListCorrections(3))).answer()
    assert "That is for those" in refused.text
    assert "is taken back" in (await mod.select(page, oldest).answer()).text
    back = await mod.click(page, "Earlier").answer()
    assert "**Corrections (29)** · page 3 of 4" in back.text
