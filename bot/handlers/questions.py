"""What a message asks: its own words, those it forwards, or those of the message that it replies to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord

from bot.handlers.conversation import fetched, replied_to, turns_before
from bot.handlers.pictures import pictures_of
from bot.manners.markup import named, searchable
from bot.manners.small_talk import Kind, read
from index.records import Turn

if TYPE_CHECKING:
    from bot.client import QuothClient

_COURTESIES = frozenset(
    """a about aider aide aidez and answer antworte any anyone aqui ayuda ayudar beantworte beantworten bitte bot ca can
    cela contestar could das dazu dem der do du ese eso esta este esto et favor for frage hello help helfen her here hey
    hi hier him idea ideas ihm ihr it ist kannst know la le lui me one peux please pls por porfa pouvez pregunta puedes
    question quoth repondre répondre reply responde responder s'il plaît sabes sagst sais say somebody someone svp take
    thank thanks that the their them they think this to try tu un una une us vous was weißt what who with y
    you""".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: `text` is searched, `shown` repeats it with names in place of ids; `author` wrote it.

    `pictures` came with it: what they say may be searched for, too.
    """

    text: str
    shown: str
    author: int
    history: tuple[Turn, ...] = ()
    is_others: bool = False
    """Whether it stands in a message of somebody else's, which the asker pointed out."""
    pictures: tuple[discord.Attachment, ...] = ()
    kind: Kind = Kind.QUESTION
    """How surely it is asked; what is `UNCLEAR` is taken by itself."""

    @property
    def is_unclear(self) -> bool:
        """Whether it may as well be said in passing."""
        return self.kind in (Kind.UNCLEAR, Kind.STATEMENT)


def own_role(guild: discord.Guild | None) -> int | None:
    """Return the id of the role that Discord made for the bot in a server: people mention it in place of the bot."""
    role = guild.self_role if guild is not None else None
    return role.id if role is not None else None


def mentions(message: discord.Message, me: int) -> bool:
    """Tell whether a message mentions the bot, or its own role."""
    role = own_role(message.guild)
    if re.search(rf"<@!?{me}>", message.content):
        return True
    return role is not None and (
        f"<@&{role}>" in message.content or role in {mention.id for mention in message.role_mentions}
    )


def is_forward(message: discord.Message) -> bool:
    """Tell whether a message forwards another: it refers to it, and replies to nothing."""
    return bool(message.message_snapshots)


def text_of(message: discord.Message) -> str:
    """Return what a message says, with what it forwards."""
    return "\n".join(filter(None, (message.content, *(snapshot.content for snapshot in message.message_snapshots))))


def without_mention(text: str, me: int, role: int | None = None) -> str:
    """Return what somebody says to the bot without the mention of it, or of its own role."""
    return re.sub(rf"<@!?{me}>" + (rf"|<@&{role}>" if role is not None else ""), " ", text).strip()


async def question_of(client: QuothClient, message: discord.Message, *, addressed: bool) -> Question:
    """Return what a message asks; the text is empty where it says nothing.

    A reply to somebody else's message, addressed to the bot, asks what that message does; what is said besides is a
    hint that goes with it.
    """
    me = client.own_id
    words = without_mention(text_of(message), me, own_role(message.guild))
    if addressed and message.reference is not None and not is_forward(message):
        pointed_at = await replied_to(message)
        if pointed_at is not None and not text_of(pointed_at):  # inside another, a forwarded one comes empty
            pointed_at = await fetched(message, pointed_at.id)
        if pointed_at is not None and pointed_at.author.id != me:
            question = await _pointed_at(pointed_at, words, me)
            if question is not None:
                return question
    history = () if is_forward(message) else await turns_before(message, me)
    return asked_in(message, titled(message, words), history)


def asked_in(message: discord.Message, words: str, history: tuple[Turn, ...] = ()) -> Question:
    """Return what `words`, in `message`, asks."""
    shown = named(words, message.guild, message.mentions)
    return Question(searchable(words), shown, message.author.id, history, pictures=pictures_of(message))


async def _pointed_at(message: discord.Message, said: str, me: int) -> Question | None:
    """Return what `message` asks, with what was `said` about it; None where that is a question of its own."""
    theirs = without_mention(text_of(message), me, own_role(message.guild))
    words = _WORD.findall(searchable(said).casefold())
    hint = "" if all(word in _COURTESIES for word in words) else said
    points = not hint and (not words or read(searchable(said), addressed=True).kind is Kind.QUESTION)
    if not searchable(theirs) or not (points or read(searchable(theirs)).asks):
        return None
    whole = "\n".join(filter(None, (titled(message, theirs), hint)))
    history = () if is_forward(message) else await turns_before(message, me)
    shown = named(whole, message.guild, message.mentions)
    pictures = pictures_of(message)
    return Question(searchable(whole), shown, message.author.id, history, is_others=True, pictures=pictures)


def titled(message: discord.Message, words: str) -> str:
    """Return what the first message of a forum post says, after the title of the post."""
    channel = message.channel
    if not isinstance(channel, discord.Thread) or message.id != channel.id:
        return words
    return f"{channel.name}\n{words}".strip() if isinstance(channel.parent, discord.ForumChannel) else words
