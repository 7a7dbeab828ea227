"""The settings of a server as its managers see them, with what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import discord

from bot import permissions
from bot.cards.escape import escape_line
from bot.cards.settings_card import Option, Setting
from bot.localisation.catalogue import LANGUAGES, language_name, mark, say
from bot.preferences.effective import MOST_QUOTES, YES, InForce
from bot.preferences.store import Name
from index.answer.confidence import Strictness

TITLES: Mapping[Name, str] = MappingProxyType(
    {
        Name.CHANNELS: mark("Channels that I answer in unasked"),
        Name.THREADS: mark("Answers in threads"),
        Name.STRICTNESS: mark("How sure I must be when asked"),
        Name.UNASKED_STRICTNESS: mark("How sure I must be unasked"),
        Name.QUOTES: mark("Quotes in an answer, at most"),
        Name.HELPER_ROLE: mark("Role of the helpers"),
        Name.SOLVED_TAGS: mark("Tags of posts that are solved"),
        Name.LANGUAGES: mark("Languages that I speak"),
        Name.DIGEST_CHANNEL: mark("Channel for the weekly digest"),
    }
)

_ABOUT: Mapping[Name, str] = MappingProxyType(
    {
        Name.CHANNELS: mark("Text channels and forums. Elsewhere I answer whoever mentions me."),
        Name.THREADS: mark("Each answer gets a thread of its own."),
        Name.STRICTNESS: mark("Below that I show the closest places, and say that they are no answer."),
        Name.UNASKED_STRICTNESS: mark("Below that I keep silent."),
        Name.QUOTES: mark("Those after the first are shown where each adds something."),
        Name.HELPER_ROLE: mark("The button *Ask a helper* below my answers in forums mentions it, once in each post."),
        Name.SOLVED_TAGS: mark("The button *Solved* puts them on a post."),
        Name.LANGUAGES: mark("I speak that of whoever asks, where it is picked here; else the first."),
        Name.DIGEST_CHANNEL: mark("It is told once a week what was asked in vain."),
    }
)

_STRICTNESS: Mapping[Strictness, str] = MappingProxyType(
    {
        Strictness.STRICT: mark("Strict: only when sure"),
        Strictness.BALANCED: mark("Balanced"),
        Strictness.EAGER: mark("Eager: rather once too often"),
    }
)
_LANGUAGE_NAMES = MappingProxyType({"en": "English", "de": "German", "es": "Spanish", "fr": "French"})

_ANSWERED_IN = (discord.ChannelType.text, discord.ChannelType.forum)
_MOST_PICKED = 25


def shown(guild: discord.Guild, held: InForce) -> list[Setting]:
    """Return what holds in a server, a setting each, in the order of the card."""
    select, fixed = discord.ComponentType.string_select, held.fixed
    channels, role = discord.ComponentType.channel_select, discord.ComponentType.role_select

    def one(name: Name, kind: discord.ComponentType, picked: Iterable[object], **how: object) -> Setting:
        values = tuple(map(str, picked))
        named = _names(guild, values)
        return Setting(
            name=name.value,
            title=say(TITLES[name]),
            about=say(_ABOUT[name]),
            kind=kind,
            picked=values,
            fixed=name in fixed,
            shown=escape_line(named, 200),
            **how,  # type: ignore[arg-type]
        )

    there, gone = _split(held.channels, {channel.id for channel in guild.channels})
    helper, no_helper = _split([held.helper_role or 0], {one.id for one in guild.roles})
    digest, no_digest = _split([held.digest_channel or 0], {one.id for one in guild.channels})
    tags = _tags(guild)
    solved = [tag.value for tag in tags if int(tag.value) in held.solved_tags]
    lost = len(held.solved_tags) > len(solved)
    levels = tuple(Option(say(_STRICTNESS[level]), level.value) for level in Strictness)
    switch = (Option(say("Off"), "no"), Option(say("On"), YES))
    counts = tuple(Option(str(number), str(number)) for number in range(1, MOST_QUOTES + 1))
    names = tuple(Option(language_name(_LANGUAGE_NAMES[code]).capitalize(), code) for code in LANGUAGES)
    return [
        one(
            Name.CHANNELS,
            channels,
            there,
            most=_MOST_PICKED,
            channel_types=_ANSWERED_IN,
            note=_gone(any(gone)) or _unwritable(guild, there, threads=held.threads),
        ),
        one(Name.THREADS, select, [YES if held.threads else "no"], options=switch, least=1),
        one(Name.STRICTNESS, select, [held.strictness.value], options=levels, least=1),
        one(Name.UNASKED_STRICTNESS, select, [held.unasked_strictness.value], options=levels, least=1),
        one(Name.QUOTES, select, [held.quotes], options=counts, least=1),
        one(Name.HELPER_ROLE, role, helper, note=_gone(any(no_helper)) or _unpingable(guild, helper)),
        one(
            Name.SOLVED_TAGS,
            select,
            solved,
            options=tags,
            most=_MOST_PICKED,
            note=_gone(lost) or ("" if tags else say("No forum here has tags yet.")),
        ),
        one(Name.LANGUAGES, select, held.languages, options=names, least=1, most=len(names)),
        one(
            Name.DIGEST_CHANNEL,
            channels,
            digest,
            channel_types=(discord.ChannelType.text,),
            note=_gone(any(no_digest)) or _unwritable(guild, digest, threads=False),
        ),
    ]


def _split(wanted: Iterable[int], known: set[int]) -> tuple[list[int], list[int]]:
    """Return which ids name something that is there, and which do not."""
    every = list(wanted)
    return [one for one in every if one in known], [one for one in every if one not in known]


def _tags(guild: discord.Guild) -> tuple[Option, ...]:
    return tuple(
        Option(f"{forum.name}: {tag.name}", str(tag.id)) for forum in guild.forums for tag in forum.available_tags
    )


def _names(guild: discord.Guild, values: Iterable[str]) -> str:
    def name(value: str) -> str:
        number = int(value) if value.isdecimal() else 0
        channel, role = guild.get_channel(number), guild.get_role(number)
        return f"#{channel.name}" if channel else f"@{role.name}" if role else value

    return ", ".join(map(name, values))


def _gone(is_gone: bool) -> str:  # noqa: FBT001 -- what the note is about
    return say("Something that was picked here has been deleted: pick another.") if is_gone else ""


def _unwritable(guild: discord.Guild, channels: Iterable[int], *, threads: bool) -> str:
    """Return which permissions the bot lacks in the first of the channels where it does."""
    for number in channels:
        channel = guild.get_channel(number)
        lacking = permissions.missing(channel.permissions_for(guild.me), threads=threads) if channel is not None else []
        if channel is not None and lacking:
            return say(
                "In {channel} I lack these permissions: {missing}.", channel=channel.mention, missing=", ".join(lacking)
            )
    return ""


def _unpingable(guild: discord.Guild, roles: Iterable[int]) -> str:
    found = [guild.get_role(number) for number in roles]
    if (
        any(role is not None and not role.mentionable for role in found)
        and not guild.me.guild_permissions.mention_everyone
    ):
        return say("I cannot mention this role: allow everybody to, in the settings of the role.")
    return ""
