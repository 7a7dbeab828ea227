"""The turns before a question, read from Discord itself: each answer of the bot repeats what it answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import discord

from bot.cards.answer_card import ASKED
from bot.cards.levels import UNSURE
from bot.cards.visible import JOINER
from bot.localisation.catalogue import every
from bot.retry import FAILED
from index.records import Turn

_MOST = 6
"""Earlier turns that are looked at."""

_LOOKED_THROUGH = 30
"""Messages of a thread in which they are looked for."""

_BAR, _FENCE, _SMALL = "> ", "```", "-# "
_QUOTED = (_BAR, _FENCE)
_ESCAPED = re.compile(r"\\(.)|\*\*", re.DOTALL)
_CLOSEST = "**Closest passages**"
"""What stood above quotes that did not answer, on cards of earlier versions."""


async def question_of(message: discord.Message, me: int) -> str | None:
    """Return the question that a message of the bot answers: its card repeats it, or it replies to it."""
    repeated = question_in(message)
    if repeated is not None:
        return repeated
    asked = await _replied_question(message, me)
    return asked.text if asked is not None else None


async def _asked_in(message: discord.Message, me: int) -> Turn | None:
    """Return the question that a message of the bot answers, with whose words it is."""
    repeated = question_in(message)
    if repeated is not None:
        return Turn("user", repeated, await _author_of(message, repeated))
    return await _replied_question(message, me)


async def _replied_question(message: discord.Message, me: int) -> Turn | None:
    asked = await replied_to(message)
    text = re.sub(rf"<@!?{me}>", " ", asked.content).strip() if asked is not None else ""
    return Turn("user", text, asked.author.id) if asked is not None and text else None


def question_in(message: discord.Message) -> str | None:
    """Return the question that a message of the bot answers, as far as its card repeats it."""
    for content in _texts(message.components):
        asked = next((prefix for prefix in every(ASKED) if content.startswith(prefix)), None)
        if asked is not None:
            return _plain(content.partition("\n")[0].removeprefix(asked).replace(JOINER, ""))
    return None


async def turns_of(message: discord.Message, me: int) -> tuple[Turn, ...]:
    """Return the question that a message of the bot answers, and its lead quote where it does answer; else nothing."""
    question = await _asked_in(message, me) if message.author.id == me else None
    if question is None:
        return ()
    quote = _lead_in(message)
    return (question, *((Turn("agent", quote),) if quote else ()))


async def _author_of(answer: discord.Message, question: str) -> int | None:
    """Return whose words a repeated question is, where that can be told: not where they may be another's."""
    interaction = answer.interaction_metadata
    if interaction is not None:
        is_command = interaction.type is discord.InteractionType.application_command
        return interaction.user.id if is_command and interaction.target_message_id is None else None
    asked = answer.reference.resolved if answer.reference is not None else await _start_of(answer.channel)
    if not isinstance(asked, discord.Message):
        return None
    contents = (asked.content, asked.clean_content)  # a card calls whom it mentions by their names
    return asked.author.id if any(_signs(question) in _signs(words) for words in contents) else None


def _signs(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


async def turns_before(message: discord.Message, me: int) -> tuple[Turn, ...]:
    """Return the turns before `message`, oldest first: up its chain of replies, or in its thread."""
    if message.reference is not None and message.reference.message_id is not None:
        return await _up_the_replies(message, me)
    return await turns_in(message.channel, me, before=message)


async def turns_before_answer(answer: discord.Message, me: int) -> tuple[Turn, ...]:
    """Return the turns before the question that `answer` answers, oldest first."""
    if answer.reference is None:
        return await turns_in(answer.channel, me, before=answer)
    question = await replied_to(answer)
    return await turns_before(await _whole(question), me) if question is not None else ()


async def turns_in(channel: object, me: int, before: discord.abc.Snowflake | None = None) -> tuple[Turn, ...]:
    """Return the latest turns of a thread or a private conversation, oldest first; elsewhere none."""
    if not isinstance(channel, discord.Thread | discord.DMChannel):
        return ()
    try:
        return await _in_history(channel, me, before) or await _above(channel, me)
    except FAILED:  # without the right to read the history, the question stands alone
        return ()


async def _in_history(
    channel: discord.Thread | discord.DMChannel, me: int, before: discord.abc.Snowflake | None
) -> tuple[Turn, ...]:
    exchanges: list[tuple[Turn, ...]] = []
    async for message in channel.history(limit=_LOOKED_THROUGH, before=before):
        exchanges += filter(None, [await turns_of(message, me)])
        if len(exchanges) == _MOST:
            break
    return _in_order(exchanges)


async def _above(channel: discord.Thread | discord.DMChannel, me: int) -> tuple[Turn, ...]:
    """Return the turns of the answer that somebody opened a thread on: it stands in the channel above."""
    start = await _start_of(channel)
    return await turns_of(start, me) if start is not None else ()


async def _start_of(channel: object) -> discord.Message | None:
    """Return the message that a thread was opened on, None where it was opened on none."""
    if not isinstance(channel, discord.Thread) or not isinstance(channel.parent, discord.TextChannel):
        return None
    try:
        return await channel.parent.fetch_message(channel.id)
    except FAILED:  # not there, or not to be seen
        return None


async def _up_the_replies(message: discord.Message, me: int) -> tuple[Turn, ...]:
    exchanges: list[tuple[Turn, ...]] = []
    current: discord.Message | None = message
    while current is not None and len(exchanges) < _MOST:
        current = await replied_to(current)
        exchanges += filter(None, [await turns_of(current, me) if current is not None else ()])
    return _in_order(exchanges)


def _in_order(latest_first: Sequence[tuple[Turn, ...]]) -> tuple[Turn, ...]:
    return tuple(turn for turns in reversed(latest_first) for turn in turns)


def _lead_in(message: discord.Message) -> str | None:
    """Return the first quote of an answer's card, as far as it can be read from its Markdown."""
    contents = list(_texts(message.components))
    if any(content.startswith(every(UNSURE)) or _CLOSEST in content for content in contents):
        return None
    for content in contents:
        lines = _without_small_print(content.splitlines())
        if lines and lines[0].startswith(_QUOTED):
            return "\n".join(_plain(line.removeprefix(_BAR)) for line in lines).replace(JOINER, "")
    return None


def _without_small_print(lines: list[str]) -> list[str]:
    """Return the lines of a quote without its citation and the note that goes with it."""
    last = len(lines)
    while last and lines[last - 1].startswith(_SMALL):
        last -= 1
    return lines[:last]


def _plain(line: str) -> str:
    """Return a line of Markdown without what makes words bold, and without the backslashes."""
    return _ESCAPED.sub(lambda match: match[1] or "", line)


async def replied_to(message: discord.Message) -> discord.Message | None:
    """Return the message that a message replies to; None where it replies to none, or that cannot be read."""
    reference = (await _whole(message)).reference
    if reference is None or reference.message_id is None:
        return None
    if isinstance(reference.resolved, discord.Message):
        return reference.resolved
    return await fetched(message, reference.message_id)


async def _whole(message: discord.Message) -> discord.Message:
    """Return a message with what it replies to: Discord leaves that out of a message that comes inside another."""
    if message.type is discord.MessageType.reply and message.reference is None:
        return await fetched(message, message.id) or message
    return message


async def fetched(beside: discord.Message, number: int) -> discord.Message | None:
    """Return a message of the channel that another is in; None where it has gone, or may not be read."""
    try:
        return await beside.channel.fetch_message(number)
    except FAILED:  # deleted, or not to be read
        return None


def _texts(components: Iterable[object]) -> Iterable[str]:
    for component in components:
        if isinstance(component, discord.TextDisplay):
            yield component.content
        yield from _texts(getattr(component, "children", ()))
