"""Cards that do not come up in the playground, or only after hours: laid out from values, as the bot lays them out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import discord
from card_documents import SAUNA

from bot.answering.limits import Limits, TooSoonError
from bot.cards.answer_card import answer_card
from bot.cards.consent_card import consent_card
from bot.cards.insight_card import digest_card
from bot.cards.library_card import answers_card, fetched_card, removed_site_card
from bot.cards.post_card import post_items, similar_card, unanswered_card
from bot.cards.privacy_card import Kept, privacy_card
from bot.cards.source_card import list_card
from bot.cards.status_card import damage_card, notice_card
from bot.cards.teaching_card import CorrectionLine, CorrectionsPage
from bot.handlers.index import UNFINISHED
from bot.insight.records import Group, Insight, Kind, Totals
from bot.localisation.catalogue import say
from bot.public_errors import public_words
from index.library.connectors.state import Failure, State
from index.records import Answer, BlockKind, BlockSpan, Level, Quote, Written, WrittenSentence
from index.store.values import Source

_SLIPWAY = "When is the slipway free?"
_WEEK = 7


def views(posts: int) -> Iterator[tuple[str, discord.ui.LayoutView]]:
    """Yield each card with its name; `posts` is the id of a channel that stands for a post that was solved."""
    yield "index-damaged", damage_card()
    yield "rebuild-failed", notice_card(say(UNFINISHED), failed=True)
    yield "too-soon", notice_card(_too_soon(), failed=True)
    yield "similar-posts", similar_card(post_items([posts], solved=True, helper=True))
    yield "post-unanswered", unanswered_card(post_items([], solved=True, helper=True), is_doubtful=False)
    yield "consent", _consent()
    yield (
        "consent-given",
        notice_card(say("Thank you! Your message answers “{question}” from now on.", question=_SLIPWAY)),
    )
    yield "answers-taught", _taught()
    yield "site-added", _site()
    yield "site-removed", removed_site_card("harbour", None, "")
    yield "source-list-long", list_card(list(_sources()), 1)
    yield "privacy-nothing-kept", privacy_card(Kept(days=0))
    yield "digest", digest_card(_insight(), _WEEK)
    yield "answer-written", answer_card(_written())


def _too_soon() -> str:
    limits = Limits(cooldown=8, at_once=1)
    for _ in range(2):
        try:
            with limits.admitted(1):
                pass
        except TooSoonError as error:
            return public_words(error)
    raise AssertionError


def _consent() -> discord.ui.LayoutView:
    return consent_card(
        1,
        server="The harbour",
        question=_SLIPWAY,
        words="The slipway is free after six.",
        by="a helper",
        url="https://harbour.example",
        lapses=(datetime.now(UTC) + timedelta(days=_WEEK)).date(),
    )


def _taught() -> discord.ui.LayoutView:
    holding = [
        CorrectionLine(1, "When may I bring guests?", "is answered by: Each member may bring three guests."),
        CorrectionLine(2, "What does a lost key cost?", "has a note: The office takes cards, too."),
    ]
    kept = [("answers/slipway.md", f"{_SLIPWAY} Said by a helper, kept by mo.")]
    return answers_card(kept, CorrectionsPage(0, 1, len(holding), holding, []))


def _site() -> discord.ui.LayoutView:
    failed = Failure(name="tides.pdf", reason="is larger than 50 MiB")
    state = State(began="2026-01-01", ended="2026-01-01", documents=41, added=41, failed=1, failures=(failed,))
    return fetched_card(say("Added to the documents"), [("harbour", state)], "", undo=("harbour", None))


def _sources() -> Iterator[Source]:
    for number in range(1, 19):
        sections = tuple((f"Part {part}",) for part in range(number % 4))
        yield Source(number, f"minutes/{number:02}.md", f"Minutes of meeting {number}", None, sections)


def _insight() -> Insight:
    vain = Group("heated sauna", "When is the sauna heated?", 9, 9, 9, 0, 0, 6, (1, 2, 2, 4))
    often = Group("quiet hours", "When do quiet hours begin?", 14, 0, 0, 3, 1, 8, (4, 3, 4, 3))
    now = time.time()
    known: dict[Kind, tuple[Group, ...]] = {Kind.VAIN: (vain,), Kind.ASKED: (often, vain)}
    groups = {kind: known.get(kind, ()) for kind in Kind}
    return Insight(now - _WEEK * 86_400, now, Totals(41, 30, 7, 2, 5), (), groups)


def _written() -> Answer:
    text = SAUNA.split("\n\n", 1)[1].strip()
    blocks = (BlockSpan(BlockKind.PARAGRAPH, 0, len(text)),)
    focus = (0, text.index(" Bring"))
    quote = Quote("sauna.md", "Sauna", (), None, (3, 3), 0, len(text), text, None, 0.9, focus=focus, blocks=blocks)
    written = Written(
        "a model", (WrittenSentence("It is heated on Wednesday evenings, from five to nine.", (1,), 0.9),), 0
    )
    return Answer(
        "When is the sauna heated?", (quote,), 0.8, True, (), "000001-0", 9.0, level=Level.SURE, written=written
    )
